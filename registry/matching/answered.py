"""The weights that officers' answers teach, as they count now: kept as a setting, so that it is seen and taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select

from db.models import setting
from db.store import Transaction
from registry.matching.compare import Floats
from registry.matching.model import Model

#: Beside the fields: what is added for every pair.
ALL = ""
_SETTING = "duplicate_weights."


def kept(connection: Connection, kind: str) -> dict[str, float]:
    """By field how much more (0.2 = a fifth) it says than the records teach, and in `ALL` nats for every pair."""
    text = connection.execute(select(setting.c.value).where(setting.c.name == _SETTING + kind)).scalar()
    found: dict[str, float] = json.loads(text) if text else {}
    return found


def keep(transaction: Transaction, kind: str, weights: Mapping[str, float]) -> None:
    """Let these count from now on; none = what the records teach."""
    name = _SETTING + kind
    value = json.dumps(weights, sort_keys=True) if weights else None
    row_id = transaction.connection.execute(select(setting.c.id).where(setting.c.name == name)).scalar()
    if row_id is not None:
        transaction.update(setting, row_id, {"value": value})
    elif value is not None:
        transaction.insert(setting, [{"name": name, "value": value}])


def judged(connection: Connection, kind: str, model: Model) -> Model:
    """The model with what counts now."""
    weights = kept(connection, kind)
    return replace(model, judged=in_order(model.fields, weights) if weights else None)


def in_order(fields: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """The weights as a model has them: by field, what is added for every pair at the end."""
    return np.array([weights.get(name, 0.0) for name in (*fields, ALL)], float)

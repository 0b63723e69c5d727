"""Values that a statement is given as a list, to compare with as if they stood in a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func


def listed(texts: Sequence[str]) -> ColumnElement[Any]:
    """A column whose rows are these texts; SQLite reads them out of one JSON text, however many they are."""
    column: ColumnElement[Any] = func.json_each(json.dumps(list(texts))).table_valued("value").c.value
    return column

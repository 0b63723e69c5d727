"""The score of one record: what it lost points by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import duplicate_pair
from registry.context import View
from registry.errors import Invalid
from registry.matching.review import waiting
from registry.quality.measures import MEASURES, Measure
from registry.quality.overview import THRESHOLD
from registry.queries import RecordQuality
from registry.records import NO_RECORD
from registry.search.conditions import Conditions, own_table
from registry.search.names import Names
from registry.search.parser import parse


@dataclass(frozen=True)
class Loss:
    """Points that a record lost.

    Attributes:
        title: what is the matter, in the reader's words.
    """

    measure: Measure
    title: str


@dataclass(frozen=True)
class RecordScore:
    """How good a record is.

    Attributes:
        score: 0..100.
        losses: what it lost points by, the most first.
    """

    score: int
    losses: tuple[Loss, ...]


def record_quality(view: View, query: RecordQuality) -> RecordScore:
    """Look at one record; raises `Invalid` if there is none of this kind."""
    own = own_table(query.kind)
    if view.connection.execute(select(own.c.id).where(own.c.id == query.id)).first() is None:
        raise Invalid(NO_RECORD)
    lost = [m for m in MEASURES[query.kind] if (_fails(view, query, m) if m.query else _is_double(view, query))]
    losses = tuple(Loss(m, m.title(query.kind)) for m in sorted(lost, key=lambda m: -m.points))
    return RecordScore(100 - sum(m.points for m in lost), losses)


def _fails(view: View, query: RecordQuality, measure: Measure) -> bool:
    own, names = own_table(query.kind), Names(query.kind, view.session)
    condition = Conditions(view, names).of(parse(measure.query, names))
    return view.connection.execute(select(own.c.id).where(own.c.id == query.id, condition)).first() is not None


def _is_double(view: View, query: RecordQuality) -> bool:
    pair = duplicate_pair.c
    sides = waiting(query.kind, THRESHOLD), (pair.record_id, pair.other_id)
    return any(view.connection.execute(sides[0].where(side == query.id).limit(1)).first() for side in sides[1])

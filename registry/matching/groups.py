"""The queue as it is reviewed: records that may be one stand together, a whole group or a pair at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, or_, select

from db.models import duplicate_pair, matching_run
from db.records import slices
from registry.context import View
from registry.matching.review import DuplicatePair, Side, pairs_of, waiting
from registry.queries import DuplicatesOf, ReviewDuplicates

#: As likely one as not; pairs of a group are shown however likely they are by themselves.
_THRESHOLD = 0.5


@dataclass(frozen=True)
class DuplicateGroup:
    """Records that may be one.

    Attributes:
        records: all of them, by id.
        likelihood: of the likeliest pair, 0..1.
        pairs: the likeliest first; a pair of which somebody said that they are not the same is missing.
    """

    records: tuple[Side, ...]
    likelihood: float
    pairs: tuple[DuplicatePair, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the records."""
        return tuple(one.id for one in self.records)


@dataclass(frozen=True)
class DuplicatesToReview:
    """The head of the queue.

    Attributes:
        count: how many groups wait, read or not.
        looked_at: when all records were compared, in microseconds since 1970 (UTC); 0 = never.
        compared: how many records that were.
    """

    groups: tuple[DuplicateGroup, ...]
    count: int
    looked_at: int
    compared: int


def review_duplicates(view: View, query: ReviewDuplicates) -> DuplicatesToReview:
    """What waits, and how old the comparison is."""
    run = view.connection.execute(select(matching_run).where(matching_run.c.kind == query.kind)).first()
    groups = _groups(view, query.kind, waiting(query.kind, _THRESHOLD), query.limit)
    count = count_groups(view.connection, query.kind)
    return DuplicatesToReview(groups, count, run.at if run else 0, run.records if run else 0)


def duplicates_of(view: View, query: DuplicatesOf) -> tuple[DuplicateGroup, ...]:
    """Of one record."""
    pair = duplicate_pair.c
    of_record = or_(pair.record_id == query.id, pair.other_id == query.id)
    # Most records are in no pair, which is known at once.
    if view.connection.execute(select(pair.record_id).where(of_record).limit(1)).first() is None:
        return ()
    return _groups(view, query.kind, waiting(query.kind, _THRESHOLD).where(of_record), 10)


def count_groups(connection: Connection, kind: str) -> int:
    """How many groups and pairs outside of groups wait."""
    pairs = waiting(kind, _THRESHOLD).order_by(None).subquery()
    counted = select(func.count(distinct(pairs.c.cluster)) + func.count() - func.count(pairs.c.cluster))
    return int(connection.execute(counted.select_from(pairs)).scalar_one())


def _groups(view: View, kind: str, chosen: Select[Any], limit: int) -> tuple[DuplicateGroup, ...]:
    """Groups in which a chosen pair is, the likeliest first, and after them the chosen pairs that are in none."""
    cluster = duplicate_pair.c.cluster
    likeliest = func.max(duplicate_pair.c.likelihood)
    heads = chosen.with_only_columns(cluster).order_by(None).where(cluster.is_not(None))
    first = view.connection.execute(heads.group_by(cluster).order_by(likeliest.desc(), cluster).limit(limit))
    clusters = list(first.scalars())
    rows: dict[int, list[Any]] = {head: [] for head in clusters}
    for some in slices(clusters):
        for row in view.connection.execute(waiting(kind, _THRESHOLD).where(cluster.in_(some))):
            rows[row.cluster].append(row)
    alone = view.connection.execute(chosen.where(cluster.is_(None)).limit(limit - len(clusters))).all()
    sets: list[Sequence[Any]] = [*rows.values(), *([row] for row in alone)]
    return tuple(_told(view, kind, sets))


def _told(view: View, kind: str, sets: Sequence[Sequence[Any]]) -> Iterable[DuplicateGroup]:
    """Sets of rows with names, numbers and words, read together."""
    told = iter(pairs_of(view.connection, view.session, kind, [row for rows in sets for row in rows]))
    for rows in sets:
        pairs = tuple(next(told) for _row in rows)
        records = {side.id: side for pair in pairs for side in (pair.one, pair.other)}
        yield DuplicateGroup(tuple(records[i] for i in sorted(records)), pairs[0].likelihood, pairs)

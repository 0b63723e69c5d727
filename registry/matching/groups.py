"""The queue as it is reviewed: records that may be one stand together, a whole group or a pair at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from db.models import duplicate_pair, matching_run
from db.records import among, slices
from registry.context import View
from registry.matching.review import DuplicatePair, Side, likeliest_first, pairs_of, waiting
from registry.queries import DuplicatesOf, ReviewDuplicates

#: As likely one as not; pairs of a group are shown however likely they are by themselves.
_THRESHOLD = 0.5
#: Groups and pairs that are told of one record.
_OF_RECORD = 10


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
    alone, heads = _heads(view.connection, waiting(query.kind, _THRESHOLD, most=True))
    every = waiting(query.kind, _THRESHOLD, most=True)
    groups = _groups(view, query.kind, heads[: query.limit], every, waiting(query.kind, _THRESHOLD), query.limit)
    return DuplicatesToReview(groups, alone + len(heads), run.at if run else 0, run.records if run else 0)


def duplicates_of(view: View, query: DuplicatesOf) -> tuple[DuplicateGroup, ...]:
    """Of one record."""
    pair = duplicate_pair.c
    of_record = or_(pair.record_id == query.id, pair.other_id == query.id)
    # Most records are in no pair, which is known at once; of a group every two are one.
    found = view.connection.execute(select(pair.record_id, pair.other_id).where(of_record)).all()
    if not found:
        return ()
    every = waiting(query.kind, _THRESHOLD, most=True)
    near = every.where(among(pair.record_id, {i for row in found for i in row}))
    heads = _heads(view.connection, every.where(of_record))[1]
    return _groups(view, query.kind, heads, near, every.where(of_record), _OF_RECORD)


def _heads(connection: Connection, pairs: Select[Any]) -> tuple[int, list[int]]:
    """How many pairs are in no group, and the groups in which the others are, the likeliest first."""
    cluster = duplicate_pair.c.cluster
    counted = pairs.with_only_columns(cluster, func.max(duplicate_pair.c.likelihood), func.count()).group_by(cluster)
    found = connection.execute(counted).all()
    alone = sum(count for head, _likeliest, count in found if head is None)
    grouped = ((-likeliest, head) for head, likeliest, _count in found if head is not None)
    return alone, [head for _likeliest, head in sorted(grouped)]


def _groups(
    view: View, kind: str, heads: Sequence[int], grouped: Select[Any], alone: Select[Any], limit: int
) -> tuple[DuplicateGroup, ...]:
    """Groups that are made of pairs of `grouped`, and after them those of `alone` that are in none."""
    cluster = duplicate_pair.c.cluster
    rows: dict[int, list[Any]] = {head: [] for head in heads}
    for some in slices(heads):
        for row in view.connection.execute(likeliest_first(grouped.where(cluster.in_(some)))):
            rows[row.cluster].append(row)
    first = likeliest_first(alone.where(cluster.is_(None))).limit(max(limit - len(heads), 0))
    sets: list[Sequence[Any]] = [*rows.values(), *([row] for row in view.connection.execute(first))]
    return tuple(_told(view, kind, sets))


def _told(view: View, kind: str, sets: Sequence[Sequence[Any]]) -> Iterable[DuplicateGroup]:
    """Sets of rows with names, numbers and words, read together."""
    told = iter(pairs_of(view.connection, view.session, kind, [row for rows in sets for row in rows]))
    for rows in sets:
        pairs = tuple(next(told) for _row in rows)
        records = {side.id: side for pair in pairs for side in (pair.one, pair.other)}
        yield DuplicateGroup(tuple(records[i] for i in sorted(records)), pairs[0].likelihood, pairs)

"""Groups of records that are one, put together anew where pairs came in between two runs over everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, bindparam, or_, select, update

from db.bulk import insert_all
from db.models import duplicate_pair
from db.records import slices
from registry.matching import answered, cluster, evidence, few, finding, model, queue, running
from registry.matching.candidates import common_words
from registry.matching.compare import Comparing, Floats, Levels, Places
from registry.matching.facts import Collector, Facts, mixed
from registry.matching.model import Model
from registry.matching.reading import facts_of

#: From this likelihood on, in ten-thousandths, a pair may join two groups.
_JOINS = running.per_myriad(cluster.JOINS)


class Compared(NamedTuple):
    """Records compared anew."""

    facts: Facts
    used: Model
    levels: Levels
    shares: Floats

    @property
    def weights(self) -> Floats:
        """Log-odds that each two are one."""
        return self.used.weights(self.levels, self.shares)


def regroup(connection: Connection, kind: str, ids: Collection[int]) -> None:
    """Put these records, and all that hang together with them by likely pairs, into groups."""
    rows = _together(connection, ids)
    if not rows:
        return
    members = np.unique(np.array([(row.record_id, row.other_id) for row in rows], np.int64))
    first, second = (np.searchsorted(members, [getattr(row, side) for row in rows]) for side in _SIDES)
    chances = np.clip(np.array([row.likelihood for row in rows]) / 10_000, 1e-6, 1 - 1e-6)
    weights = np.log(chances / (1 - chances))
    said = running.standing(connection)
    apart = {(row.record_id, row.other_id) for row in rows if said.get((row.record_id, row.other_id)) == row.basis}
    kept_apart = np.array([(row.record_id, row.other_id) in apart for row in rows], bool)

    def weigh(one: Places, other: Places) -> Floats:
        return compared(connection, kind, members[one], members[other]).weights

    heads = cluster.clusters(len(members), first, second, np.where(kept_apart, cluster.NEVER, weights), weigh)
    _note_groups(connection, rows, members, heads)
    _close(connection, kind, members, heads, first * len(members) + second)


_SIDES = ("record_id", "other_id")


def _together(connection: Connection, ids: Collection[int]) -> Sequence[Any]:
    """The pairs of these records and of those that they are likely one with, and so on."""
    pair = duplicate_pair.c
    found: dict[tuple[int, int], Any] = {}
    asked: set[int] = set()
    waiting = set(ids)
    while waiting:
        asked |= waiting
        rows = [
            row
            for some in slices(sorted(waiting))
            for row in connection.execute(
                select(duplicate_pair).where(queue.both_there(), or_(pair.record_id.in_(some), pair.other_id.in_(some)))
            )
        ]
        found |= {(row.record_id, row.other_id): row for row in rows}
        waiting = {i for row in rows if row.likelihood >= _JOINS for i in (row.record_id, row.other_id)} - asked
    return [found[key] for key in sorted(found)]


def compared(connection: Connection, kind: str, one: Places, other: Places) -> Compared:
    """Records by their ids, as the register has them."""
    collector = Collector(kind)
    facts_of(connection, kind, np.union1d(one, other).tolist(), collector)
    facts, held = collector.facts(), few.held(connection, kind)
    comparing = Comparing(facts, common_words(connection, facts.tokens, held))
    used = answered.judged(
        connection, kind, running.learned(connection, kind) or model.expected(comparing.fields, held)
    )
    levels, shares = comparing.compare(np.searchsorted(facts.ids, one), np.searchsorted(facts.ids, other))
    return Compared(facts, used, levels, shares)


def _note_groups(connection: Connection, rows: Sequence[Any], members: Places, heads: Places) -> None:
    """Write in which group each pair is, where that is another than before."""
    changed = []
    for row in rows:
        low, high = np.searchsorted(members, (row.record_id, row.other_id)).tolist()
        head = int(members[heads[low]]) if heads[low] == heads[high] else None
        if head != row.cluster:
            changed.append({"one": row.record_id, "two": row.other_id, "head": head})
    if changed:
        mine = (duplicate_pair.c.record_id == bindparam("one"), duplicate_pair.c.other_id == bindparam("two"))
        connection.execute(update(duplicate_pair).where(*mine).values(cluster=bindparam("head")), changed)


def _close(connection: Connection, kind: str, members: Places, heads: Places, known: Places) -> None:
    """Add the pairs that close a group, however little likely they are by themselves."""
    nobody = np.zeros(0, np.int64)
    one, other = finding.with_groups(len(members), nobody, nobody, heads)
    missing = ~np.isin(one * len(members) + other, known)
    if missing.any():
        one, other = one[missing], other[missing]
        again = compared(connection, kind, members[one], members[other])
        insert_all(connection, duplicate_pair, queue.COLUMNS, list(_rows(kind, again, members, one, other, heads)))


def _rows(
    kind: str, compared: Compared, members: Places, one: Places, other: Places, heads: Places
) -> Iterator[tuple[object, ...]]:
    facts, used = compared.facts, compared.used
    says, weights = used.evidence(compared.levels, compared.shares), compared.weights
    hashes = (facts.hashes[np.searchsorted(facts.ids, members[side])] for side in (one, other))
    bases = mixed(*hashes).tolist()
    for n, (low, high) in enumerate(zip(members[one].tolist(), members[other].tolist(), strict=True)):
        codes = evidence.packed(used.fields, compared.levels[n], says[n])
        head = int(members[heads[one[n]]])
        yield low, high, kind, running.per_myriad(weights[n]), head, codes, f"{bases[n]:016x}"

"""A few new records against the whole register: by the indexes that are there, without reading everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from db.batches import Batch, by_column
from db.models import association, record
from registry.drafts import Draft
from registry.fields import PEOPLE, table_of
from registry.i18n import _
from registry.matching import answered, evidence, finding, keys, model, running
from registry.matching.candidates import Register
from registry.matching.compare import Comparing, Floats, Levels, Places
from registry.matching.facts import Collector, Facts, Rows, mixed
from registry.matching.finding import LEAST
from registry.matching.model import Model
from registry.matching.reading import add_all, facts_of
from registry.progress import SILENT, Progress
from registry.repeated import RAW, settle
from registry.writing import compose_full_name

#: So many new records are compared as all are, if the register holds no more than they are.
_MANY = 300


@dataclass(frozen=True)
class Pair:
    """Two that may be one, new ones by their negative ids; the smaller id stands first.

    Attributes:
        likelihood: in ten-thousandths.
        evidence: as of `evidence.packed`.
        basis: a number of what was compared.
    """

    one: int
    other: int
    likelihood: int
    evidence: str
    basis: str


def are_many(connection: Connection, kind: str, count: int) -> bool:
    """Whether so many new records are compared as all are, with a register that holds no more than they are."""
    return count >= _MANY and held(connection, kind) <= count


def pairs_of_many(
    connection: Connection, kind: str, batches: Iterable[Batch], progress: Progress = SILENT
) -> list[Pair]:
    """As `pairs_with`, of records that come in batches, with negative ids that ascend."""
    collector = Collector(kind)
    for batch in batches:
        collector.add(batch)
    add_all(connection, kind, collector, progress)
    found = finding.find_among(collector.facts(), {}, progress)
    pairs = _pairs(found.facts, found.model, found.first, found.second, found.weights, found.levels, found.says)
    return [pair for pair in pairs if pair.one < 0]


def pairs_with(
    connection: Connection, kind: str, new: Sequence[tuple[int, Rows]], progress: Progress = SILENT
) -> list[Pair]:
    """Pairs of the new records (negative id and rows) with the register's, and with each other."""
    # The facts of a record stand by its id: those of the last rows first.
    new = sorted(new, key=lambda one: one[0])
    if are_many(connection, kind, len(new)):
        return pairs_of_many(connection, kind, [by_column(new)], progress)
    known = held(connection, kind)
    fresh = _collected(kind, new).facts()
    register = Register(connection, kind, known)
    like = list(register.like(new, fresh, progress))
    progress.step(len(new), len(new), _("Comparing with the register"))
    collector = _collected(kind, new)
    facts_of(connection, kind, sorted({n for ids in like for n in ids.tolist()}), collector)
    progress.step(len(new), len(new), _("Comparing with the register"))
    facts = collector.facts()
    comparing = Comparing(facts, register.common)
    used = running.learned(connection, kind) or model.expected(comparing.fields, known + len(new))
    used = answered.judged(connection, kind, used)
    return list(_found(facts, comparing, used, *_to_compare(facts, fresh, like)))


def rows_of(kind: str, draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """What somebody typed, or a row of a file, as the rows of a record."""
    own = "person" if kind == PEOPLE else "association"
    found: dict[str, list[dict[str, Any]]] = {own: [{}]}
    for (group, place), values in settle(kind, draft).rows.items():
        if group == RAW:
            found.setdefault(RAW, []).append({"field": place, **values})
        elif table_of(group) == own:
            found[own][0].update(values)
        else:
            found.setdefault(table_of(group), []).append(dict(values))
    if kind == PEOPLE and not found[own][0].get("full_name"):
        found[own][0]["full_name"] = compose_full_name(found[own][0])
    return found


def held(connection: Connection, kind: str) -> int:
    """About how many records there are: to count a million people takes longer than to find the like of one."""
    if kind == PEOPLE:
        return int(connection.execute(select(func.max(record.c.id))).scalar_one() or 0)
    return int(connection.execute(select(func.count()).select_from(association)).scalar_one())


def _collected(kind: str, new: Sequence[tuple[int, Rows]]) -> Collector:
    collector = Collector(kind)
    collector.add(by_column(new))
    return collector


def _to_compare(facts: Facts, fresh: Facts, like: Sequence[Places]) -> tuple[Places, Places]:
    """Places of the new records and of whom each is compared with: of the register, and new ones with equal keys."""
    owners = np.repeat(np.arange(len(like)), [len(ids) for ids in like])
    ids = np.concatenate([*like, np.zeros(0, np.int64)])
    others = np.minimum(np.searchsorted(facts.ids, ids), len(facts) - 1)
    there = facts.ids[others] == ids
    among = np.concatenate(list(keys.pairs_of(fresh))) if len(fresh) > 1 else np.zeros(0, np.int64)
    return (
        np.concatenate((owners[there], among // max(1, len(fresh)))),
        np.concatenate((others[there], among % max(1, len(fresh)))),
    )


def _found(facts: Facts, comparing: Comparing, used: Model, first: Places, second: Places) -> Iterable[Pair]:
    levels, shares = comparing.compare(first, second)
    weights = used.weights(levels, shares)
    kept = np.flatnonzero(weights >= LEAST)
    says = used.evidence(levels[kept], shares[kept])
    return _pairs(facts, used, first[kept], second[kept], weights[kept], levels[kept], says)


def _pairs(
    facts: Facts, used: Model, first: Places, second: Places, weights: Floats, levels: Levels, says: Floats
) -> Iterable[Pair]:
    bases = mixed(facts.hashes[first], facts.hashes[second]).tolist()
    for n, (one, other) in enumerate(zip(facts.ids[first].tolist(), facts.ids[second].tolist(), strict=True)):
        codes = evidence.packed(used.fields, levels[n], says[n])
        yield Pair(min(one, other), max(one, other), running.per_myriad(weights[n]), codes, f"{bases[n]:016x}")

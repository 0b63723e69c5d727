"""Looking for duplicates in the whole register, and what was learned of it for the single records that come later."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from time import perf_counter, time_ns

import numpy as np
from sqlalchemy import Connection, delete, distinct, func, or_, select, update

from db.bulk import insert_all
from db.models import duplicate_pair, duplicate_verdict, matching_run
from registry.commands import FindDuplicates
from registry.context import Context
from registry.i18n import _
from registry.matching import compare, evidence, finding, queue
from registry.matching.facts import COLUMNS, mixed
from registry.matching.finding import Found
from registry.matching.model import Model

#: What was learned of fewer records rests on a handful of pairs, and to compare them all takes seconds.
FEW = 5_000
#: Pairs that are written at once.
_WRITTEN = 10_000


@dataclass(frozen=True)
class Duplicates:
    """What a run found.

    Attributes:
        pairs: as likely as asked, or in one group.
        clusters: groups of records that are one.
        records: how many were compared, all or those that had changed.
    """

    pairs: int
    clusters: int
    records: int
    seconds: float


def find_duplicates(context: Context, command: FindDuplicates) -> Duplicates:
    """Compare the records of a kind: all with all, or with the register only what changed since that was done."""
    from registry.matching import changed, judging  # they compare by what is learned here

    started = perf_counter()
    connection, kind = context.connection, command.kind
    judging.settle(context, kind)
    run = connection.execute(select(matching_run).where(matching_run.c.kind == kind)).first()
    known = None if command.everything or run is None or learned(connection, kind) is None else json.loads(run.model)
    ids = None if known is None or run is None else changed.since(connection, kind, known["sequence"], run.records)
    newest = changed.newest(connection)
    if known is None or ids is None:
        _find_all(context, kind, newest)
    else:
        changed.compare(connection, kind, ids, context.progress)
        kept = json.dumps(known | {"sequence": newest}, separators=(",", ":"))
        mine = matching_run.c.kind == kind
        connection.execute(update(matching_run).where(mine).values(at=time_ns() // 1_000, model=kept))
    context.transaction.touched_tables.add(duplicate_pair.name)
    pair = duplicate_pair.c
    likely = or_(pair.likelihood >= round(command.threshold * 10_000), pair.cluster.is_not(None))
    counted = select(func.count(), func.count(distinct(pair.cluster))).where(pair.kind == kind, likely)
    pairs, clusters = connection.execute(counted).one()
    held = select(matching_run.c.records).where(matching_run.c.kind == kind)
    compared = connection.execute(held).scalar_one() if ids is None else len(ids)
    return Duplicates(pairs, clusters, compared, perf_counter() - started)


def _find_all(context: Context, kind: str, sequence: int) -> None:
    """Put the pairs of everybody in place of those of the last run; `sequence`: of the history, as it was read."""
    connection = context.connection
    found = finding.find(connection, kind, standing(connection), context.progress)
    queue.remove_all(connection, kind)
    for start in range(0, len(found.first), _WRITTEN):
        context.progress.step(start, len(found.first), _("Writing the pairs"))
        insert_all(connection, duplicate_pair, queue.COLUMNS, rows_of(found, kind, start, start + _WRITTEN))
    connection.execute(delete(matching_run).where(matching_run.c.kind == kind))
    learned = json.dumps(found.model.as_json() | {"sequence": sequence}, separators=(",", ":"))
    run = (kind, len(found.facts), time_ns() // 1_000, learned)
    insert_all(connection, matching_run, ("kind", "records", "at", "model"), [run])


def learned(connection: Connection, kind: str) -> Model | None:
    """What the last run learned of enough records; None before the first."""
    enough = matching_run.c.records >= FEW
    text = connection.execute(select(matching_run.c.model).where(matching_run.c.kind == kind, enough)).scalar()
    found = Model.from_json(json.loads(text)) if text else None
    return found if found is not None and found.fields == compare.fields_of(COLUMNS[kind]) else None


def standing(connection: Connection) -> dict[tuple[int, int], str]:
    """Pairs of which somebody said that they are not the same, and of what that was said."""
    said = select(duplicate_verdict).where(duplicate_verdict.c.verdict == queue.NOT_THE_SAME)
    return {(row.record_id, row.other_id): row.basis for row in connection.execute(said)}


def rows_of(found: Found, kind: str, start: int, end: int) -> list[tuple[object, ...]]:
    """Found pairs, from one place to another, as the queue keeps them."""
    facts, some = found.facts, slice(start, end)
    first, second, heads = found.first[some], found.second[some], found.grouped[some]
    bases = mixed(facts.hashes[first], facts.hashes[second]).tolist()
    sides = np.sort(np.stack((facts.ids[first], facts.ids[second])), axis=0).tolist()
    clusters = facts.ids[heads].tolist()  # whatever stands for those that are in none
    return [
        (
            *(low, high, kind, per_myriad(found.weights[n])),
            clusters[n - start] if heads[n - start] >= 0 else None,
            evidence.packed(found.model.fields, found.levels[n], found.says[n]),
            f"{bases[n - start]:016x}",
        )
        for n, (low, high) in enumerate(zip(*sides, strict=True), start)
    ]


def per_myriad(weight: float) -> int:
    """Log-odds as ten-thousandths."""
    return round(10_000 / (1 + math.exp(-min(max(weight, -30.0), 30.0))))

"""Looking quietly for duplicates of what is new or changed, a part at a time, while nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from time import time_ns

from sqlalchemy import Connection, or_, select, update

from db import trail
from db.models import (
    METADATA,
    duplicate_pair,
    history_content,
    history_entry,
    matching_run,
    record,
    record_column,
)
from db.records import among, slices
from db.trail import RowKey
from registry.commands import CompareChanged, FindDuplicates
from registry.context import Context
from registry.matching import changed, few, judging, reading, running

#: Records that are compared at a time, and entries of the history that are read for them.
MOST, _ENTRIES = 50, 2_000
_NOTHING: tuple[set[int], set[RowKey]] = (set(), set())


@dataclass(frozen=True)
class Followed:
    """What one part of a quiet look did.

    Attributes:
        records: how many were compared.
        more: whether others wait.
    """

    records: int
    more: bool


def compare_changed(context: Context, command: CompareChanged) -> Followed:
    """Compare the next records that changed since they were last looked at.

    Where nobody has compared all, few are compared at once; many wait until somebody asks for it.
    """
    connection, kind = context.connection, command.kind
    judging.settle(context, kind)
    run = connection.execute(select(matching_run).where(matching_run.c.kind == kind)).first()
    if run is None:
        if not 0 < few.held(connection, kind) <= running.FEW:
            return Followed(0, False)
        return Followed(running.find_duplicates(context, FindDuplicates(kind)).records, False)
    known = json.loads(run.model)
    ids, sequence, more = _next(connection, kind, known["sequence"])
    if ids:
        before = _pairs(connection, ids)
        changed.compare(connection, kind, ids, context.progress)
        if _pairs(connection, ids) != before:
            context.transaction.touched_tables.add(duplicate_pair.name)
    if ids or more:  # to note more often how far the history was read would wake every other window
        kept = json.dumps(known | {"sequence": sequence}, separators=(",", ":"))
        mine = matching_run.c.kind == kind
        connection.execute(update(matching_run).where(mine).values(at=time_ns() // 1_000, model=kept))
    return Followed(len(ids), more)


def _next(connection: Connection, kind: str, sequence: int) -> tuple[list[int], int, bool]:
    """Records of which something that is compared changed, up to which entry that is, and whether there are more."""
    later = (
        select(history_entry.c.sequence, history_content.c.content)
        .join(history_content, history_content.c.sequence == history_entry.c.sequence, isouter=True)
        .where(history_entry.c.sequence > sequence)
        .order_by(history_entry.c.sequence)
        .limit(_ENTRIES)
    )
    # What was erased has no content any more, and no record.
    entries = [(at, _touched(content) if content else _NOTHING) for at, content in connection.execute(later)]
    owners = _owners(connection, {key for _at, (_ids, rows) in entries for key in rows})
    whose = [(at, ids | {owners[key] for key in rows if key in owners}) for at, (ids, rows) in entries]
    mine = select(record.c.id).where(among(record.c.id, {i for _at, ids in whose for i in ids}), record.c.kind == kind)
    there = set(connection.execute(mine).scalars())
    found: set[int] = set()
    for at, ids in whose:
        if len(found | (ids & there)) > MOST and found:
            return sorted(found), sequence, True
        found |= ids & there
        sequence = at
    return sorted(found), sequence, len(entries) == _ENTRIES


def _touched(content: bytes) -> tuple[set[int], set[RowKey]]:
    """Of what is compared: records, and rows that belong to some. A letter sent to somebody touches nothing of it."""
    _note, touched, _digest = trail.parse(content)
    rows = {key for key in touched.created if reading.is_compared(key[0])}
    rows |= {key for key, some in touched.changed.items() if any(reading.is_compared(key[0], c) for c in some)}
    own = {row_id for table, row_id in rows if record_column(METADATA.tables[table]) in (None, "id")}
    for (table, row_id), values in touched.deleted.items():
        if reading.is_compared(table):
            own.add(int(str(values.get("record_id", row_id))))
    return own, {key for key in rows if record_column(METADATA.tables[key[0]]) not in (None, "id")}


def _owners(connection: Connection, rows: Collection[RowKey]) -> dict[RowKey, int]:
    """Row -> the record to which it belongs, for those that are still there."""
    found: dict[RowKey, int] = {}
    for name in sorted({table for table, _row in rows}):
        table = METADATA.tables[name]
        mine = among(table.c.id, {row_id for other, row_id in rows if other == name})
        for row_id, record_id in connection.execute(select(table.c.id, table.c.record_id).where(mine)):
            found[name, row_id] = record_id
    return found


def _pairs(connection: Connection, ids: Sequence[int]) -> set[tuple[object, ...]]:
    """What the queue says of these records."""
    pair = duplicate_pair.c
    asked = select(pair.record_id, pair.other_id, pair.likelihood, pair.cluster, pair.basis)
    return {
        tuple(row)
        for some in slices(ids)
        for row in connection.execute(asked.where(or_(pair.record_id.in_(some), pair.other_id.in_(some))))
    }

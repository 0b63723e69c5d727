"""Looking quietly for duplicates of what is new or changed, a part at a time, while nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from time import time_ns

from sqlalchemy import Connection, or_, select, update

from db import trail
from db.models import duplicate_pair, history_content, history_entry, matching_run, record
from db.records import slices
from registry.commands import CompareChanged, FindDuplicates
from registry.context import Context
from registry.matching import changed, few, judging, reading, running

#: Records that are compared at a time, and entries of the history that are read for them.
MOST, _ENTRIES = 100, 2_000


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
        select(history_entry.c.sequence, record.c.id, record.c.kind, history_content.c.content)
        .join(record, record.c.subject == history_entry.c.subject, isouter=True)
        .join(history_content, history_content.c.sequence == history_entry.c.sequence, isouter=True)
        .where(history_entry.c.sequence > sequence)
        .order_by(history_entry.c.sequence)
        .limit(_ENTRIES)
    )
    found: set[int] = set()
    rows = connection.execute(later).all()
    for row in rows:
        if row.kind == kind and row.id not in found and (row.content is None or _says_something(row.content)):
            if len(found) == MOST:
                return sorted(found), sequence, True
            found.add(row.id)
        sequence = row.sequence
    return sorted(found), sequence, len(rows) == _ENTRIES


def _says_something(content: bytes) -> bool:
    """Whether an entry of the history touches anything that is compared: a letter sent to somebody does not."""
    _note, touched, _digest = trail.parse(content)
    whole = (table for table, _row in (*touched.created, *touched.deleted))
    columns = ((table, column) for (table, _row), some in touched.changed.items() for column in some)
    return any(map(reading.is_compared, whole)) or any(reading.is_compared(*column) for column in columns)


def _pairs(connection: Connection, ids: Sequence[int]) -> set[tuple[object, ...]]:
    """What the queue says of these records."""
    pair = duplicate_pair.c
    asked = select(pair.record_id, pair.other_id, pair.likelihood, pair.cluster, pair.basis)
    return {
        tuple(row)
        for some in slices(ids)
        for row in connection.execute(asked.where(or_(pair.record_id.in_(some), pair.other_id.in_(some))))
    }

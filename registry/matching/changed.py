"""What changed since the last look over everybody, compared alone with the register."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, or_, select

from db.bulk import insert_all
from db.models import duplicate_pair, history_entry, record, relation
from db.records import slices
from registry.matching import few, joining, queue
from registry.matching.reading import rows_of
from registry.progress import Progress

#: Where more than one record in so many changed, everybody is compared anew.
_PART = 20


def since(connection: Connection, kind: str, sequence: int, count: int) -> list[int] | None:
    """Records of a kind that an operation after this one touched; None if they are too many of `count`."""
    most = count // _PART
    later = select(history_entry.c.subject).where(history_entry.c.sequence > sequence).distinct()
    subjects = connection.execute(later.limit(2 * most + 100)).scalars().all()
    if len(subjects) > most + 50:
        return None
    found: list[int] = []
    for some in slices(subjects):
        mine = select(record.c.id).where(record.c.subject.in_(some), record.c.kind == kind)
        found.extend(connection.execute(mine).scalars())
    return sorted(found) if len(found) <= most else None


def compare(connection: Connection, kind: str, ids: list[int], progress: Progress) -> None:
    """Put the pairs of these records in place of those that they had, and their groups together anew."""
    kept = sorted(_partners(connection, ids) | set(ids))
    for some in slices(ids):
        of_record = or_(duplicate_pair.c.record_id.in_(some), duplicate_pair.c.other_id.in_(some))
        connection.execute(delete(duplicate_pair).where(of_record))
    new = [(-record_id, rows) for record_id, rows in rows_of(connection, kind, ids)]
    relatives = _relatives(connection, ids)
    for negative, rows in new:
        rows.setdefault("relation", []).extend(relatives.get(-negative, ()))
    found = {}
    for pair in few.pairs_with(connection, kind, new, progress) if new else ():
        low, high = sorted((abs(pair.one), abs(pair.other)))
        if low != high:  # each is like itself, as the register has it
            found[low, high] = (low, high, kind, pair.likelihood, None, pair.evidence, pair.basis)
    insert_all(connection, duplicate_pair, queue.COLUMNS, [found[key] for key in sorted(found)])
    joining.regroup(connection, kind, sorted({*kept, *(i for key in found for i in key)}))


def newest(connection: Connection) -> int:
    """The number of the last entry in the history."""
    return int(connection.execute(select(func.max(history_entry.c.sequence))).scalar_one() or 0)


def _partners(connection: Connection, ids: list[int]) -> set[int]:
    pair = duplicate_pair.c
    found: set[int] = set()
    for some in slices(ids):
        of_record = or_(pair.record_id.in_(some), pair.other_id.in_(some))
        for row in connection.execute(select(pair.record_id, pair.other_id).where(of_record)):
            found.update(row)
    return found


def _relatives(connection: Connection, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Who names these as relatives, for that is kept once."""
    found: dict[int, list[dict[str, Any]]] = {}
    for some in slices(ids):
        mine = select(relation.c.record_id, relation.c.relative_id, relation.c.kind)
        for row in connection.execute(mine.where(relation.c.relative_id.in_(some))):
            found.setdefault(row.relative_id, []).append({"relative_id": row.record_id, "kind": row.kind})
    return found

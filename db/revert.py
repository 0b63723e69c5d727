"""Taking an operation back, from what the history kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Table, select

from db import trail as trails
from db.history import REGISTRY_SUBJECT
from db.models import METADATA, history_content, history_entry, record, record_column
from db.store import Transaction
from db.trail import Row, RowKey, Trail

_BATCH = 500
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Reverted:
    """What taking an operation back came to.

    Attributes:
        records: how many records are as they were before.
        left: ids of records changed since, which were not touched.
        erased: how many people of the operation have been erased meanwhile.
    """

    records: int
    left: tuple[int, ...]
    erased: int


def revert(transaction: Transaction, batch: int, *, force: bool) -> Reverted:
    """Write the inverse of every row change of `batch`; records changed since are left unless `force`."""
    connection = transaction.connection
    mine = select(history_entry.c.sequence, history_entry.c.subject, history_content.c.content).join_from(
        history_entry, history_content, history_entry.c.sequence == history_content.c.sequence, isouter=True
    )
    entries = connection.execute(mine.where(history_entry.c.batch == batch)).all()
    erased = sum(1 for e in entries if e.content is None)
    parsed = {e.subject: trails.parse(e.content)[1] for e in entries if e.content is not None}
    newer = set() if force else _changed_since(transaction, batch)
    kept = {s for s, trail in parsed.items() if trail and s in newer and s != REGISTRY_SUBJECT}
    inverse = _Inverse(transaction)
    done = 0
    for subject, trail in parsed.items():
        if trail and subject not in kept:
            inverse.take(trail)
            done += subject != REGISTRY_SUBJECT
    left = [_record_of(t) for s, t in parsed.items() if s in kept]
    held = inverse.write()
    return Reverted(done - len(held), (*left, *held), erased)


def _changed_since(transaction: Transaction, batch: int) -> set[bytes]:
    """Subjects of the batch that a later operation changed; an operation and its undo cancel out."""
    mine = select(history_entry.c.subject).where(history_entry.c.batch == batch)
    later = select(history_entry.c.subject, history_entry.c.batch, history_entry.c.undoes).where(
        history_entry.c.subject.in_(mine), history_entry.c.batch > batch
    )
    since: dict[bytes, set[int]] = {}
    undos: dict[int, int] = {}
    for row in transaction.connection.execute(later):
        since.setdefault(row.subject, set()).add(row.batch)
        if row.undoes is not None:
            undos[row.batch] = row.undoes
    return {subject for subject, batches in since.items() if _standing(batches, undos)}


def _standing(batches: set[int], undos: dict[int, int]) -> set[int]:
    """Those of `batches` that are still in force; the newest undo decides first."""
    left = set(batches)
    for undo in sorted(batches & undos.keys(), reverse=True):
        if undo in left and undos[undo] in left:
            left -= {undo, undos[undo]}
    return left


def _record_of(trail: Trail) -> int:
    for (name, row_id), row in (*trail.created.items(), *trail.deleted.items()):
        column = record_column(METADATA.tables[name])
        if column == "id":
            return row_id
        if column in row:
            return int(str(row[column]))
    return next(row_id for _, row_id in trail.changed)


class _Inverse:
    """Collects the inverse of several trails, then writes it in an order that keeps every reference whole."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._delete: dict[str, set[int]] = {}
        self._insert: dict[str, dict[int, Row]] = {}
        self._update: dict[RowKey, Row] = {}

    def take(self, trail: Trail) -> None:
        for name, row_id in trail.created:
            self._delete.setdefault(name, set()).add(row_id)
        for (name, row_id), row in trail.deleted.items():
            self._insert.setdefault(name, {})[row_id] = {"id": row_id, **row}
        for key, pairs in trail.changed.items():
            self._update[key] = {column: old for column, (old, _) in pairs.items()}

    def write(self) -> list[int]:
        """Apply everything; returns ids of records that others refer to and that therefore stay."""
        self._complete_records()
        held = self._referred()
        for table in METADATA.sorted_tables:
            rows = list(self._insert.get(table.name, {}).values())
            self._transaction.insert(
                table, [r for r in rows if r["id"] not in self._present(table, [r["id"] for r in rows])]
            )
        for (name, row_id), values in self._update.items():
            table = METADATA.tables[name]
            if self._present(table, [row_id]):
                self._transaction.update(table, row_id, values)
        for table in reversed(METADATA.sorted_tables):
            self._transaction.delete(table, sorted(self._delete.get(table.name, set())))
        return held

    def _complete_records(self) -> None:
        """A record that goes takes all its rows along, also those that came later (only when forced)."""
        gone = self._delete.get("record", set())
        for table in METADATA.sorted_tables:
            column = record_column(table)
            if column in (None, "id"):
                continue
            for some in _slices(sorted(gone)):
                found = select(table.c.id).where(table.c[column].in_(some))
                self._delete.setdefault(table.name, set()).update(self._transaction.connection.execute(found).scalars())

    def _referred(self) -> list[int]:
        """Records that stay because rows which stay point at them; they are taken out of the work."""
        held: set[int] = set()
        for table in METADATA.sorted_tables:
            for key in table.foreign_keys:
                target = key.column.table
                if target is record or record_column(target) != "id":
                    continue
                staying = self._delete.get(table.name, set())
                for some in _slices(sorted(self._delete.get(target.name, set()))):
                    found = select(table.c.id, key.parent).where(key.parent.in_(some))
                    held.update(i for row, i in self._transaction.connection.execute(found) if row not in staying)
        for name, ids in self._delete.items():
            table = METADATA.tables[name]
            column = record_column(table)
            for some in _slices(sorted(held)):
                owned = select(table.c.id).where(table.c[column or "id"].in_(some))
                ids.difference_update(self._transaction.connection.execute(owned).scalars())
        return sorted(held)

    def _present(self, table: Table, ids: Iterable[object]) -> set[int]:
        present: set[int] = set()
        for some in _slices(list(ids)):
            present.update(
                self._transaction.connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars()
            )
        return present


def _slices(items: list[_Item]) -> Iterable[list[_Item]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))

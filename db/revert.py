"""Taking an operation back, from what the history kept of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import Table, UniqueConstraint, select, text, tuple_

from db import history
from db import trail as trails
from db.history import FIRST_RECORD_SUBJECT, REGISTRY_SUBJECT
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
        left: ids of records changed since, which were not touched; 0 stands for rows of the registry's own,
            -1 for a record that is gone and whose id its rows do not tell.
        erased: how many people of the operation have been erased meanwhile.
    """

    records: int
    left: tuple[int, ...]
    erased: int


def revert(
    transaction: Transaction,
    batch: int,
    *,
    force: bool,
    done: Collection[bytes] = (),
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Reverted:
    """Write the inverse of every row change of `batch`; records changed since are left unless `force`.

    Args:
        done: subjects that an earlier undo of the same operation took back; they stay as they are.
        step: told now and then how many of how many new records are taken out; may raise to stop.
    """
    connection = transaction.connection
    mine = select(history_entry.c.subject, history_content.c.content).join_from(
        history_entry, history_content, history_entry.c.sequence == history_content.c.sequence, isouter=True
    )
    newer = set() if force else _changed_since(transaction, batch)
    inverse, kept = _Inverse(transaction, step), dict[bytes, Trail]()
    count = erased = 0
    # One by one: an import may have made a hundred thousand records.
    for subject, content in connection.execute(mine.where(history_entry.c.batch == batch)).yield_per(_BATCH):
        if content is None:
            erased += subject >= FIRST_RECORD_SUBJECT
        elif subject not in done and (trail := trails.parse(content)[1]):
            if subject in newer:
                kept[subject] = trail
            else:
                inverse.take(trail)
                count += subject != REGISTRY_SUBJECT
    left = _records_of(transaction, kept)
    held = inverse.write()
    return Reverted(count - len(held), (*left, *held), erased)


def _changed_since(transaction: Transaction, batch: int) -> set[bytes]:
    """Subjects of the batch that a later operation changed; an operation and its undo cancel out."""
    mine = select(history_entry.c.subject).where(history_entry.c.batch == batch)
    later = select(history_entry.c.subject, history_entry.c.batch, history_entry.c.undoes).where(
        history_entry.c.subject.in_(mine),
        history_entry.c.subject != REGISTRY_SUBJECT,
        history_entry.c.batch > batch,
    )
    since: dict[bytes, set[int]] = {}
    undos: dict[int, int] = {}
    for row in transaction.connection.execute(later):
        since.setdefault(row.subject, set()).add(row.batch)
        if row.undoes is not None:
            undos[row.batch] = row.undoes
    changed = {subject for subject, batches in since.items() if _standing(batches, undos)}
    return changed | ({REGISTRY_SUBJECT} if _own_rows_differ(transaction, batch) else set())


def _own_rows_differ(transaction: Transaction, batch: int) -> bool:
    """Whether the registry's own rows are no more as the batch left them: every operation shares that subject."""
    mine = select(history_content.c.content).where(history_content.c.sequence == batch)
    content = transaction.connection.execute(mine).scalar()
    trail = Trail() if content is None else trails.parse(content)[1]
    for (name, row_id), pairs in trail.changed.items():
        table = METADATA.tables[name]
        row = transaction.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        if row is None or any(row[column] != new for column, (_, new) in pairs.items()):
            return True
    return False


def _standing(batches: set[int], undos: dict[int, int]) -> set[int]:
    """Those of `batches` that are still in force; the newest undo decides first."""
    left = set(batches)
    for undo in sorted(batches & undos.keys(), reverse=True):
        if undo in left and undos[undo] in left:
            left -= {undo, undos[undo]}
    return left


def _records_of(transaction: Transaction, left: dict[bytes, Trail]) -> list[int]:
    """Record ids of subjects, also of records that are gone; 0 for the registry's own rows."""
    ids = {REGISTRY_SUBJECT: 0}
    for some in _slices(list(left)):
        found = select(record.c.subject, record.c.id).where(record.c.subject.in_(some))
        ids.update((row.subject, row.id) for row in transaction.connection.execute(found))
    return [ids[s] if s in ids else _record_of(trail) for s, trail in left.items()]


def _record_of(trail: Trail) -> int:
    """The id of a record that is gone, as far as its rows tell."""
    rows: list[tuple[RowKey, Row]] = [*trail.deleted.items(), *trail.created.items()]
    rows += [(key, {column: old for column, (old, _) in pairs.items()}) for key, pairs in trail.changed.items()]
    for (name, row_id), row in rows:
        column = record_column(METADATA.tables[name])
        if column == "id":
            return row_id
        if column in row:
            return int(str(row[column]))
    return -1


class _Gone(NamedTuple):
    """Some records that go, and the ids of their rows by table."""

    records: Sequence[int]
    rows: dict[str, Sequence[int]]


class _Inverse:
    """Collects the inverse of several trails, then writes it whole."""

    def __init__(self, transaction: Transaction, step: Callable[[int, int], None]) -> None:
        self._transaction = transaction
        self._step = step
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
        gone = self._complete_records()
        held = self._referred()
        # Neither order of rows keeps both references and unique values whole at each step; the end does.
        self._transaction.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        self._take_out_records(gone)
        for table in reversed(METADATA.sorted_tables):
            self._transaction.delete(table, sorted(self._delete.get(table.name, set())))
        for table in METADATA.sorted_tables:
            self._restore(table, self._insert.get(table.name, {}))
        for (name, row_id), values in self._update.items():
            table = METADATA.tables[name]
            if self._present(table, [row_id]):
                for whole in self._referring(table, [values]):
                    self._transaction.update(table, row_id, whole)
        return held

    def _take_out_records(self, gone: Iterable[_Gone]) -> None:
        """Delete records with all their rows, some at a time: what is kept of those needs little memory."""
        taken = 0
        for some in gone:
            self._step(taken, len(self._delete.get("record", ())) + taken)
            for table in reversed(METADATA.sorted_tables):
                wanted = self._delete.get(table.name, set())
                ids = wanted.intersection(some.records if record_column(table) == "id" else some.rows[table.name])
                self._transaction.delete(table, sorted(ids))
                wanted -= ids
            self._transaction.pack(some.records)
            taken += len(some.records)

    def _restore(self, table: Table, wanted: dict[int, Row]) -> None:
        """Bring rows back, except those that are there and those whose record is gone."""
        there = self._present(table, wanted)
        rows = self._referring(table, [row for row_id, row in wanted.items() if row_id not in there])
        if table is record:
            # Above every version the record ever had: who read it before its removal must not overwrite it.
            version = history.head(self._transaction.connection)[0] + 1
            rows = [{**row, "version": version} for row in rows]
        self._make_room(table, rows)
        self._transaction.insert(table, rows)

    def _referring(self, table: Table, rows: list[Row]) -> list[Row]:
        """`rows` with references only to what is there: a link is emptied, a part of a lost record left out."""
        for key in table.foreign_keys:
            column, target = key.parent, key.column.table
            named = {row[column.name] for row in rows if row.get(column.name) is not None}
            lost = named - self._present(target, named)
            if lost and column.nullable:
                rows = [{**row, column.name: None} if row.get(column.name) in lost else row for row in rows]
            elif lost:
                rows = [row for row in rows if row.get(column.name) not in lost]
        return rows

    def _make_room(self, table: Table, rows: list[Row]) -> None:
        """Remove what came later under the same unique values (only when forced)."""
        for unique in (c for c in table.constraints if isinstance(c, UniqueConstraint)):
            columns = list(unique.columns)
            for some in _slices([tuple(row.get(c.name) for c in columns) for row in rows]):
                found = select(table.c.id).where(tuple_(*columns).in_(some))
                self._transaction.delete(table, self._transaction.connection.execute(found).scalars().all())

    def _complete_records(self) -> list[_Gone]:
        """A record that goes takes all its rows along, also those that came later (only when forced)."""
        gone = [_Gone(some, {}) for some in _slices(sorted(self._delete.get("record", set())))]
        for table in METADATA.sorted_tables:
            column = record_column(table)
            for some in gone:
                some.rows[table.name] = []
                if column not in (None, "id"):
                    found = select(table.c.id).where(table.c[column].in_(some.records))
                    some.rows[table.name] = self._transaction.connection.execute(found).scalars().all()
                    self._delete.setdefault(table.name, set()).update(some.rows[table.name])
        return gone

    def _referred(self) -> list[int]:
        """Records that stay because rows which stay point at them; they are taken out of the work."""
        held: set[int] = set()
        for table in METADATA.sorted_tables:
            for key in table.foreign_keys:
                target = key.column.table
                if target is record or record_column(target) != "id":
                    continue
                going = self._delete.get(table.name, set())
                link = key.parent.name
                for some in _slices(sorted(self._delete.get(target.name, set()))):
                    found = select(table.c.id, key.parent).where(key.parent.in_(some))
                    for row_id, to in self._transaction.connection.execute(found):
                        will_be = self._update.get((table.name, row_id), {}).get(link, to)
                        if row_id not in going and will_be == to:
                            held.add(to)
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

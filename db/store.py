"""One transaction on the register: every insert, update and delete of followed rows passes here and is noted."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select, update

from db import history
from db.bulk import insert_all
from db.models import METADATA, counter, kept_columns, merged_record, record, record_column
from db.names import Gathered
from db.trail import NewRows, Packed, Row, Trail, kept, packed

#: Tables about a record that are not edited on its card: a letter sent, a photo or a place on a list is no reason for
#: a conflict there.
_APART = frozenset({"campaign_recipient", "certificate", "attachment", "segment_member", "duplicate_verdict"})
_BATCH = 500  # bound parameters a statement stay under every store's limit


class Transaction:
    """Writes rows and keeps the trail of what was written.

    Attributes:
        connection: the open transaction's connection, for reading.
        officer: sign-in name of who writes, for rows that tell it.
        touched: records whose rows changed, by record id -> kind.
        touched_tables: the registry's own tables that changed.
        indexed: records of which everything derived is written already; a later change takes them out.
        names: of new records, to be written to the index before it is asked and before the commit.
    """

    def __init__(self, connection: Connection, officer: str = "") -> None:
        self.connection = connection
        self.officer = officer
        self.touched: dict[int, str] = {}
        self.touched_tables: set[str] = set()
        self.indexed: set[int] = set()
        self.names = Gathered(connection)
        self._trails: dict[int | None, Trail] = {}
        self._new = NewRows()
        self._packed: dict[int, Packed] = {}
        self._subjects: dict[int, bytes] = {}
        self._expected: dict[int, tuple[bytes, str]] = {}
        self._counters: dict[str, int] = {}
        self._erased: list[tuple[int, bytes]] = []

    @property
    def erased(self) -> bool:
        """Whether something was erased for good: the WAL has to be emptied after the commit."""
        return bool(self._erased)

    @property
    def changed(self) -> bool:
        """Whether there is anything to keep in the history: rows that are other than before, or erased."""
        return self.erased or bool(self._packed or self._new.records) or any(self._trails.values())

    @property
    def stale(self) -> dict[int, str]:
        """The touched records of which something derived is still to be written; nothing follows from what is apart."""
        apart = {i for i, trail in self._trails.items() if i is not None and trail and not trail.tables - _APART}
        return {i: kind for i, kind in self.touched.items() if i not in self.indexed and i not in apart}

    def reserve(self, name: str, count: int = 1) -> int:
        """The first of `count` numbers of the series `name` that nobody else will ever get."""
        if name not in self._counters:
            value = self.connection.execute(select(counter.c.value).where(counter.c.name == name)).scalar()
            if value is None:
                self.connection.execute(insert(counter), {"name": name, "value": 0})
            self._counters[name] = value or 0
        first = self._counters[name] + 1
        self._counters[name] += count
        return first

    def skip(self, name: str, last: int) -> None:
        """Let the series `name` go on behind `last`, which came from elsewhere."""
        self.reserve(name, 0)
        self._counters[name] = max(self._counters[name], last)

    def new_records(self, kind: str, numbers: Sequence[str], sources: Sequence[str | None]) -> range:
        """Make one record a registration number; returns their ids."""
        ids = self._ids("record", len(numbers))
        subjects, uuids = _fresh_subjects(len(ids)), _slices(_as_uuid4(secrets.token_bytes(16 * len(ids))))
        self._subjects.update(zip(ids, subjects, strict=True))
        self.touched.update(zip(ids, repeat(kind)))
        self._new.records.update(ids)
        columns: dict[str, Sequence[object]] = {"number": numbers, "source": sources, "subject": subjects}
        columns |= {"kind": [kind] * len(ids), "version": [1] * len(ids), "uuid": uuids}
        self._put(record, ids, ids, columns)
        return ids

    def pack(self, record_ids: Sequence[int]) -> None:
        """Keep what was noted of these new or deleted records in little memory.

        New ones may be written of again, but for now are not; deleted ones are not.
        """
        self._packed.update(self._new.packed())
        self._new = NewRows()
        for record_id in record_ids:
            if record_id in self._trails:
                self._packed[record_id] = packed(self._trails.pop(record_id))

    def _go_on(self) -> None:
        """Follow the new records one by one: something more is done to one of them than rows being added."""
        for record_id, trail in self._new.trails().items():
            self._trails[record_id] = trail
        self._new = NewRows()

    def _unpack(self, record_ids: set[int]) -> None:
        """Go on with the trails of records that were packed; their rows are as they were created."""
        wanted: dict[str, list[int]] = {}
        for record_id in record_ids:
            self._trails[record_id] = Trail()
            for name, row_id in self._packed.pop(record_id).created:
                wanted.setdefault(name, []).append(row_id)
        for name, ids in wanted.items():
            table = METADATA.tables[name]
            for start in range(0, len(ids), _BATCH):
                some = select(table).where(table.c.id.in_(ids[start : start + _BATCH]))
                for row in map(dict, self.connection.execute(some).mappings()):
                    self._trails[row[record_column(table) or ""]].create((name, row["id"]), kept(table, row))

    def insert(self, table: Table, rows: Sequence[Row]) -> Sequence[int]:
        """Add rows; those without an `id` are given the next ones. Returns the ids in order."""
        if not rows:
            return []
        ids: Sequence[int]
        if "id" in rows[0]:
            ids = [row["id"] for row in rows]
        else:
            ids = self._ids(table.name, len(rows))
            for row_id, row in zip(ids, rows, strict=True):
                row["id"] = row_id
        named = set().union(*rows) - {"id"}
        blanks = {name: blank for name, blank in _blanks(table).items() if name in named}
        columns = {name: [row.get(name, blank) for row in rows] for name, blank in blanks.items()}
        self._put(table, ids, _owners(table, rows), columns)
        return ids

    def insert_columns(
        self, table: Table, owners: Sequence[int], columns: Mapping[str, Sequence[object]]
    ) -> Sequence[int]:
        """Add rows of many records by column; returns their ids in order.

        Args:
            table: one that belongs to records.
            owners: for each row the id of its record; where a record has one row, that is the row's id as well.
            columns: for each row a value, without the ids of rows and records; columns left out are empty.
        """
        if not owners:
            return []
        own = record_column(table) == "id"
        ids = owners if own else self._ids(table.name, len(owners))
        self._put(table, ids, owners, columns if own else {**columns, "record_id": owners})
        return ids

    def update(self, table: Table, row_id: int, values: Mapping[str, object]) -> bool:
        """Set columns of one row; False if they already had these values."""
        before = self._row(table, row_id)
        changes = {c: (before[c], v) for c, v in values.items() if before[c] != v}
        if not changes:
            return False
        self.connection.execute(update(table).where(table.c.id == row_id), {c: v for c, (_, v) in changes.items()})
        followed = {c: pair for c, pair in changes.items() if c in kept_columns(table)}
        if followed:
            self._trail(table, before).update((str(table.name), row_id), followed)
        return True

    def point(self, table: Table, row_ids: Sequence[int], link: str, to: int | None) -> None:
        """Set the link of many rows at once; nothing derived follows from links, so that no record is indexed anew."""
        for start in range(0, len(row_ids), _BATCH):
            some = table.c.id.in_(row_ids[start : start + _BATCH])
            rows = [dict(r) for r in self.connection.execute(select(table).where(some)).mappings() if r[link] != to]
            owners = {row[record_column(table) or "id"] for row in rows}
            settled = {i for i in owners if i not in self.touched or i in self.indexed}
            self._meet(table, owners)
            for row in rows:
                self._trail(table, row).update((str(table.name), row["id"]), {link: (row[link], to)})
            self.connection.execute(update(table).where(some).values({link: to}))
            self.indexed |= settled

    def expect(self, record_ids: Sequence[int]) -> None:
        """Learn at once what would be asked of each of these records when it is first touched."""
        for start in range(0, len(record_ids), _BATCH):
            some = record.c.id.in_(record_ids[start : start + _BATCH])
            found = select(record.c.id, record.c.subject, record.c.kind).where(some)
            self._expected.update({row[0]: (row[1], row[2]) for row in self.connection.execute(found)})

    def delete(self, table: Table, row_ids: Iterable[int]) -> None:
        """Remove rows; their values stay in the history until the subject is erased."""
        ids = list(row_ids)
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            rows = [dict(r) for r in self.connection.execute(select(table).where(table.c.id.in_(some))).mappings()]
            self._meet(table, _owners(table, rows))
            for row in rows:
                self._trail(table, dict(row)).delete((str(table.name), row["id"]), kept(table, row))
            self.connection.execute(delete(table).where(table.c.id.in_(some)))

    def erase(self, record_id: int) -> None:
        """Remove every row of a record and, at the end, the content of its history (SECURITY.md, "History").

        The histories of the records that were merged into it go with it.
        """
        subjects = select(merged_record.c.subject).where(merged_record.c.record_id == record_id)
        parts = self.connection.execute(subjects).scalars().all()
        self._erased.extend((record_id, subject) for subject in (self._subject(record_id), *parts))
        for table in reversed(METADATA.sorted_tables):
            column = record_column(table)
            if column is not None and table is not record:
                self.connection.execute(delete(table).where(table.c[column] == record_id))
        self.touched[record_id] = str(self._row(record, record_id)["kind"])
        self.connection.execute(delete(record).where(record.c.id == record_id))
        if record_id in self._new.records:
            self._go_on()
        self._trails.pop(record_id, None)
        self._packed.pop(record_id, None)

    def erase_notes(self, names_somebody: Callable[[str], bool]) -> int:
        """Remove, at the end, the notes of past operations that name somebody; returns how many."""
        notes = history.notes_where(self.connection, names_somebody)
        self._erased.extend((0, subject) for subject in notes)
        return len(notes)

    def finish(self, *, user_id: int, operation: str, note: Mapping[str, object], undoes: int | None = None) -> int:
        """Write the counters and the history; returns the batch, the sequence of its first entry."""
        for name, value in self._counters.items():
            self.connection.execute(update(counter).where(counter.c.name == name), {"value": value})
        self.pack(())
        own = self._trails.pop(None, Trail())
        trails: list[tuple[bytes, Trail | Packed]] = [(self._subjects[i], kept) for i, kept in self._packed.items()]
        trails += [(self._subject(i), trail) for i, trail in self._trails.items() if i is not None and trail]
        self._raise_versions([i for i, trail in self._trails.items() if i is not None and trail])
        heading = history.Heading(user_id, operation, time.time_ns() // 1000, undoes)
        batch = history.append(self.connection, heading, own, note, trails, [s for _, s in self._erased])
        for _, subject in self._erased:
            history.erase(self.connection, subject)
        return batch

    def _raise_versions(self, record_ids: Sequence[int]) -> None:
        fresh = {key[1] for i in record_ids for key in self._trails[i].created if key[0] == "record"}
        old = [i for i in record_ids if i not in fresh and self._trails[i].tables - _APART]
        for start in range(0, len(old), _BATCH):
            some = record.c.id.in_(old[start : start + _BATCH])
            self.connection.execute(update(record).where(some).values(version=record.c.version + 1))

    def _ids(self, name: str, count: int) -> range:
        first = self.reserve("id." + name, count)
        return range(first, first + count)

    def _put(
        self, table: Table, ids: Sequence[int], owners: Sequence[int] | None, columns: Mapping[str, Sequence[object]]
    ) -> None:
        """Write rows of one table by column, and note them; `owners` has their records, if they belong to any."""
        given = {**columns, "id": ids}
        # In the order of the table's columns.
        wanted = {name: blank for name, blank in _blanks(table).items() if blank is not None or name in given}
        values = [given.get(name, [blank] * len(ids)) for name, blank in wanted.items()]
        insert_all(self.connection, table, tuple(wanted), list(zip(*values, strict=True)))
        if owners is not None and self._new.records.issuperset(owners):
            self.indexed.difference_update(owners)
            self._new.add(table, owners, ids, columns)
            return
        self._meet(table, owners)
        whose: Sequence[int | None] = owners or [None] * len(ids)
        for owner, *row in zip(whose, *given.values(), strict=True):
            whole = dict(zip(given, row, strict=True))
            self._trail_of(owner).create((str(table.name), whole["id"]), kept(table, whole))

    def _row(self, table: Table, row_id: int) -> Row:
        return dict(self.connection.execute(_one(table), {"row_id": row_id}).mappings().one())

    def _trail(self, table: Table, row: Row) -> Trail:
        owners = _owners(table, [row])
        self._meet(table, owners)
        return self._trail_of(owners[0] if owners else None)

    def _trail_of(self, record_id: int | None) -> Trail:
        """The trail of a record that was met, or of the registry itself."""
        if record_id in self._new.records:
            self._go_on()
        trail = self._trails.get(record_id)
        if trail is None:
            trail = self._trails[record_id] = Trail()
        elif record_id in self.indexed:
            self.indexed.discard(record_id)
        return trail

    def _subject(self, record_id: int) -> bytes:
        self._meet(record, [record_id])
        return self._subjects[record_id]

    def _meet(self, table: Table, owners: Iterable[int] | None) -> None:
        """Learn subject and kind of the records that rows of this table belong to."""
        if owners is None:
            self.touched_tables.add(table.name)
            return
        if self._packed and (again := self._packed.keys() & owners):
            self._unpack(again)
        strangers = list(set(owners).difference(self._subjects))
        for record_id in strangers:
            if record_id in self._expected:
                self._subjects[record_id], self.touched[record_id] = self._expected.pop(record_id)
        strangers = [i for i in strangers if i not in self._subjects]
        for start in range(0, len(strangers), _BATCH):
            some = record.c.id.in_(strangers[start : start + _BATCH])
            found = select(record.c.id, record.c.subject, record.c.kind).where(some)
            for record_id, subject, kind in self.connection.execute(found):
                self._subjects[record_id] = subject
                self.touched[record_id] = kind


@cache
def _one(table: Table) -> Select[Any]:
    """One row by its id; made once, as building the statement takes longer than answering it."""
    return select(table).where(table.c.id == bindparam("row_id"))


def _owners(table: Table, rows: Sequence[Row]) -> list[int] | None:
    """The records that these rows belong to; None if they are the registry's own."""
    column = record_column(table)
    return None if column is None else [row[column] for row in rows]


@cache
def _blanks(table: Table) -> dict[str, object]:
    """Every column and what stands there when a row does not name it; derived ones are computed later."""
    waiting = {c.name for c in table.columns if c.info.get("derived") and not c.nullable}
    return {str(c.name): (1 if c.type.python_type is int else "") if c.name in waiting else None for c in table.columns}


def _slices(noise: bytes) -> list[bytes]:
    """Sixteen bytes each."""
    return [noise[start : start + 16] for start in range(0, len(noise), 16)]


def _as_uuid4(noise: bytes) -> bytes:
    """RFC 9562 version 4 UUIDs from sixteen random bytes each."""
    return _of_version(4, np.frombuffer(noise, np.uint8).reshape(-1, 16).copy())


def _fresh_subjects(count: int) -> list[bytes]:
    """RFC 9562 version 7 UUIDs, ascending: the index of subjects grows at its end, instead of anywhere in it.

    They tell when they were made, as the entries of the history do that they stand in.
    """
    numbers = np.frombuffer(secrets.token_bytes(16 * count), np.uint8).reshape(-1, 16).copy()
    numbers[:, :6] = np.frombuffer((time.time_ns() // 1_000_000).to_bytes(6, "big"), np.uint8)
    return sorted(_slices(_of_version(7, numbers)))


def _of_version(version: int, numbers: npt.NDArray[np.uint8]) -> bytes:
    """UUIDs, a row each, with the bits that say how they were made."""
    numbers[:, 6] = numbers[:, 6] & 0x0F | version << 4
    numbers[:, 8] = numbers[:, 8] & 0x3F | 0x80
    return numbers.tobytes()

"""One transaction on the register: every insert, update and delete of followed rows passes here and is noted."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select, update

from db import history
from db.bulk import insert_all
from db.models import METADATA, counter, kept_columns, merged_record, record, record_column
from db.names import Gathered
from db.trail import Packed, Row, Trail, apart_of, kept, kept_of, packed, salts_for

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
        return self.erased or bool(self._packed) or any(self._trails.values())

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
        noise = secrets.token_bytes(32 * len(numbers))
        rows = []
        for place, (row_id, number, source) in enumerate(zip(ids, numbers, sources, strict=True)):
            subject = noise[32 * place : 32 * place + 16]
            self._subjects[row_id] = subject
            uuid = _as_uuid4(noise[32 * place + 16 : 32 * place + 32])
            rows.append(
                {"id": row_id, "kind": kind, "uuid": uuid, "subject": subject, "number": number, "version": 1}
                | {"source": source}
            )
            self.touched[row_id] = kind
        self._put(record, rows)
        return ids

    def pack(self, record_ids: Sequence[int]) -> None:
        """Keep what was noted of these new records in little memory: for now nothing more is written of them."""
        salts = salts_for(len(record_ids))
        for record_id, salt in zip(record_ids, salts, strict=True):
            self._packed[record_id] = packed(self._trails.pop(record_id), salt)

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

    def insert(self, table: Table, rows: Sequence[Row]) -> range | list[int]:
        """Add rows; those without an `id` are given the next ones. Returns the ids in order."""
        if not rows:
            return []
        ids: range | list[int]
        if "id" in rows[0]:
            ids = [row["id"] for row in rows]
        else:
            ids = self._ids(table.name, len(rows))
            for row_id, row in zip(ids, rows, strict=True):
                row["id"] = row_id
        self._put(table, rows)
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
            self._meet(table, rows)
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
            self._meet(table, rows)
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

    def _put(self, table: Table, rows: Sequence[Row]) -> None:
        used = set().union(*rows)
        columns = []
        for name, blank in _blanks(table):
            if blank is not None or name in used:
                columns.append(name)
                for row in rows if blank is not None else ():
                    row.setdefault(name, blank)
        insert_all(self.connection, table, tuple(columns), [tuple(map(row.get, columns)) for row in rows])
        self._meet(table, rows)
        name, owner, apart = str(table.name), record_column(table), apart_of(table)
        for row in rows:
            trail = self._trail_of(row[owner] if owner else None)
            trail.create((name, row["id"]), kept_of(row, apart))

    def _row(self, table: Table, row_id: int) -> Row:
        return dict(self.connection.execute(_one(table), {"row_id": row_id}).mappings().one())

    def _trail(self, table: Table, row: Row) -> Trail:
        self._meet(table, [row])
        column = record_column(table)
        return self._trail_of(row[column] if column else None)

    def _trail_of(self, record_id: int | None) -> Trail:
        """The trail of a record that was met, or of the registry itself."""
        trail = self._trails.get(record_id)
        if trail is None:
            trail = self._trails[record_id] = Trail()
        elif record_id in self.indexed:
            self.indexed.discard(record_id)
        return trail

    def _subject(self, record_id: int) -> bytes:
        self._meet(record, [{"id": record_id}])
        return self._subjects[record_id]

    def _meet(self, table: Table, rows: Sequence[Row]) -> None:
        """Learn subject and kind of the records that these rows belong to."""
        column = record_column(table)
        if column is None:
            self.touched_tables.add(table.name)
            return
        if self._packed and (again := {row[column] for row in rows if row[column] in self._packed}):
            self._unpack(again)
        strangers = list({row[column] for row in rows}.difference(self._subjects))
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


@cache
def _blanks(table: Table) -> tuple[tuple[str, object], ...]:
    """Every column and what stands there when a row does not name it; derived ones are computed later."""
    waiting = {c.name for c in table.columns if c.info.get("derived") and not c.nullable}
    return tuple(
        (str(c.name), (1 if c.type.python_type is int else "") if c.name in waiting else None) for c in table.columns
    )


def _as_uuid4(noise: bytes) -> bytes:
    """RFC 9562 version 4 UUID from 16 random bytes."""
    return noise[:6] + bytes([noise[6] & 0x0F | 0x40, noise[7], noise[8] & 0x3F | 0x80]) + noise[9:]

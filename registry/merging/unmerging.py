"""Taking a merged record out again, at any later time: what was its own goes back, what changed since stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from db import history, trail
from db.models import METADATA, duplicate_verdict, history_content, history_entry, merged_record, record, record_column
from db.trail import RowKey
from registry import fields, records
from registry.access import Right, Session
from registry.commands import Unmerged, UnmergeRecord
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.merging.later import Later, came_in_between
from registry.merging.trace import Trace
from registry.numbers import normal_form
from registry.queries import UnmergePlan
from registry.writing import parts_of

NOT_MERGED = N_("{number} is no merged record, and no record has become part of it.")
HISTORY_GONE = N_("The history of {number} was erased, so that it cannot be taken out again.")
ADDED_SINCE = N_("Only what was added to the record since the merge can be moved.")

Values = dict[str, object]


@dataclass(frozen=True)
class AddedSince:
    """A row that came after the merge: with whom it stays is for the user to say.

    Attributes:
        table, row_id: which.
        field: canonical name of the first field that it fills; "" = it has none, such as a letter sent.
        text: what it says there, in the reader's words.
    """

    table: str
    row_id: int
    field: str
    text: str


@dataclass(frozen=True)
class UnmergeView:
    """What taking a record out would do.

    Attributes:
        number, name: of the merged record.
        from_id, from_number: of the record that it is part of.
        added: what was added since.
        kept: canonical names of fields that the merge set and that were changed since.
    """

    number: str
    name: str
    from_id: int
    from_number: str
    added: tuple[AddedSince, ...]
    kept: tuple[str, ...]


def unmerge_plan(view: View, query: UnmergePlan) -> UnmergeView:
    """What would go where; raises `Invalid` for a record that was not merged."""
    merged = _merged(view.connection, query.number)
    trace = Trace.load(merged.trace)
    number = _number(view.connection, merged.record_id)
    added = tuple(one for one in _added(view.connection, merged) if _may_know(view.session, merged, one))
    return UnmergeView(
        merged.number, merged.name, merged.record_id, number, added, _changed(view.connection, merged, trace)
    )


def unmerge_record(context: Context, command: UnmergeRecord) -> Unmerged:
    """Bring the merged record back with its number and history, and let the other be as if it had not come."""
    connection = context.connection
    merged = _merged(connection, command.number)
    trace = Trace.load(merged.trace)
    added = {(one.table, one.row_id) for one in _added(connection, merged)}
    if not added.issuperset(command.moving):
        raise Invalid(ADDED_SINCE)
    kept = _changed(connection, merged, trace)
    work = _Unmerge(context, merged, trace)
    work.restore()
    work.give(command.moving)
    number = _number(connection, merged.record_id)
    return Unmerged(work.id, merged.number, merged.record_id, number, kept)


class _Unmerge:
    """The work on one merged record."""

    def __init__(self, context: Context, merged: Row[Any], trace: Trace) -> None:
        self._transaction = context.transaction
        self._connection = context.connection
        self._merged, self._trace = merged, trace
        own, gone = _deleted(self._connection, merged.subject)
        if not own:
            raise Invalid(HISTORY_GONE, number=merged.number)
        self._gone = came_in_between(self._connection, (merged.id, merged.record_id), gone) | gone
        self._later = Later(context.transaction, merged)
        self.id = next(row_id for table, row_id in own if table == "record")

    def restore(self) -> None:
        """Everything goes back."""
        transaction = self._transaction
        transaction.delete(merged_record, [self._merged.id])
        self._restore_own()
        taken = self._take_back()
        self._insert("record", {self.id: {**self._gone["record", self.id], "version": self._version()}})
        own = "person" if self._merged.kind == fields.PEOPLE else "association"
        self._insert(own, {self.id: self._gone[own, self.id]})
        moved = {(table, old) for table, old, _new in self._trace.pairs()}
        gave_way = {(table, i) for table, some in self._trace.gave_way.items() for i in some}
        for table in METADATA.sorted_tables:
            if table.name in ("record", own, duplicate_verdict.name):
                continue
            back = {
                i: row
                for (name, i), row in self._gone.items()
                if name == table.name
                and (name, i) not in moved
                and (row.get("record_id") == self.id or (name, i) in gave_way)
            }
            self._insert(table.name, back | taken.get(table.name, {}))
        self._insert(duplicate_verdict.name, self._verdicts())
        for name, ids in self._trace.pointed.items():
            self._point_back(METADATA.tables[name], ids)
        transaction.touched[self.id] = self._merged.kind

    def give(self, rows: Iterable[tuple[str, int]]) -> None:
        """Move what was added since to the record that is there again."""
        for name, row_id in rows:
            table = METADATA.tables[name]
            found = self._connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
            self._transaction.delete(table, [row_id])
            values = {c: v for c, v in found.items() if c != "id"}
            self._transaction.insert(table, [{**values, "record_id": self.id}])

    def _take_back(self) -> dict[str, dict[int, Values]]:
        """The moved rows as they are now, under the ids that they had; what was removed since stays removed."""
        taken: dict[str, dict[int, Values]] = {}
        for name, old, new in self._trace.pairs():
            table = METADATA.tables[name]
            mine = select(table).where(table.c.id == new, table.c.record_id == self._merged.record_id)
            row = self._connection.execute(mine).mappings().first()
            if row is not None:
                self._transaction.delete(table, [new])
                now = self._later.without_theirs(name, dict(row))
                taken.setdefault(name, {})[old] = {**now, "record_id": self.id}
            elif self._later.gave_way(name, new):
                taken.setdefault(name, {})[old] = self._gone[name, old]
        for name, ids in self._trace.added.items():
            table = METADATA.tables[name]
            mine = select(table.c.id).where(table.c.id.in_(ids), table.c.record_id == self._merged.record_id)
            self._transaction.delete(table, self._connection.execute(mine).scalars().all())
            for row_id in ids:
                self._later.gave_way(name, row_id)
        return taken

    def _verdicts(self) -> dict[int, Values]:
        """What was said of the record and another, whichever stands first, as far as the other is there."""
        said = {i: row for (name, i), row in self._gone.items() if name == duplicate_verdict.name}
        ends = {int(str(row[c])) for row in said.values() for c in ("record_id", "other_id")}
        there = set(self._connection.execute(select(record.c.id).where(record.c.id.in_(ends))).scalars())
        pairs = {i: {int(str(row["record_id"])), int(str(row["other_id"]))} for i, row in said.items()}
        return {i: row for i, row in said.items() if self.id in pairs[i] and pairs[i] <= there}

    def _restore_own(self) -> None:
        """Values that came by the merge go, unless they were changed since."""
        own = METADATA.tables["person" if self._merged.kind == fields.PEOPLE else "association"]
        places = [(own.name, self._merged.record_id, {c: new for c, (_old, new) in self._trace.own.items()})]
        places += [(name, i, values) for name, some in self._trace.filled.items() for i, values in some]
        for name, row_id, values in places:
            table = METADATA.tables[name]
            row = self._connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
            before = {c: old for c, (old, _new) in self._trace.own.items()} if name == own.name else {}
            if row is not None:
                back = {c: before.get(c) for c, value in values.items() if row[c] == value}
                self._transaction.update(table, row_id, back)
        self._later.hand_on(self._trace.own)

    def _point_back(self, table: Table, ids: list[int]) -> None:
        """Links of others lead to the record again, as far as they still lead to the one that it was part of."""
        from registry.links import of_table

        link = of_table(table.name)
        if link is not None:
            here = select(table.c.id).where(table.c.id.in_(ids), table.c[link.id] == self._merged.record_id)
            self._transaction.point(table, self._connection.execute(here).scalars().all(), link.id, self.id)

    def _insert(self, name: str, rows: Mapping[int, Values]) -> None:
        """Rows come back with links only to what is there, and only where nothing stands in their place."""
        table = METADATA.tables[name]
        wanted = [{**row, "id": i} for i, row in rows.items()]
        for key in table.foreign_keys:
            column, target = key.parent, key.column.table
            named = {row[column.name] for row in wanted if row.get(column.name) is not None}
            there = set(self._connection.execute(select(target.c.id).where(target.c.id.in_(named))).scalars())
            if column.nullable:
                wanted = [r if r.get(column.name) in there else {**r, column.name: None} for r in wanted]
            else:
                wanted = [r for r in wanted if r[column.name] in there]
        for row in wanted:
            if not self._taken(table, row):
                self._transaction.insert(table, [row])

    def _taken(self, table: Table, row: Values) -> bool:
        """Whether a newer answer stands where this one stood."""
        if table.name not in fields.KEYED:
            return False
        keys = (table.c[c] == row[c] for c in fields.KEYED[table.name][1])
        here = select(table.c.id).where(table.c.record_id == row["record_id"], *keys).limit(1)
        return row["record_id"] != self.id and self._connection.execute(here).first() is not None

    def _version(self) -> int:
        """Above every version that the record ever had."""
        return history.head(self._connection)[0] + 1


def _merged(connection: Connection, number: str) -> Row[Any]:
    """The merged record of this number, else the last that became part of the record of this number."""
    text = normal_form(number)
    found = connection.execute(select(merged_record).where(merged_record.c.number == text)).first()
    if found is None:
        _kind, record_id = records.find_by_number(connection, number)
        mine = select(merged_record).where(merged_record.c.record_id == record_id)
        found = connection.execute(mine.order_by(merged_record.c.id.desc())).first()
    if found is None:
        raise Invalid(NOT_MERGED, number=text[:40])
    return found


def _number(connection: Connection, record_id: int) -> str:
    return str(connection.scalar(select(record.c.number).where(record.c.id == record_id)))


def _batch(connection: Connection, subject: bytes) -> int:
    """The operation by which the record went: the last that its history has."""
    last = select(history_entry.c.batch).where(history_entry.c.subject == subject)
    return int(connection.scalar(last.order_by(history_entry.c.sequence.desc()).limit(1)) or 0)


def _merged_in(connection: Connection, subject: bytes) -> int:
    """The operation that merged the record; one that was undone is as if it had never been, and so is its undoing."""
    batch = _batch(connection, subject)
    while undoes := connection.scalar(select(func.max(history_entry.c.undoes)).where(history_entry.c.batch == batch)):
        before = (history_entry.c.subject == subject, history_entry.c.batch < undoes)
        batch = int(connection.scalar(select(func.max(history_entry.c.batch)).where(*before)) or 0)
    return batch


def _deleted(connection: Connection, subject: bytes) -> tuple[dict[RowKey, Values], dict[RowKey, Values]]:
    """The rows that went with the merge: of the merged record itself, and of everybody."""
    contents = (
        select(history_entry.c.subject, history_content.c.content)
        .join(history_content, history_entry.c.sequence == history_content.c.sequence)
        .where(history_entry.c.batch == _batch(connection, subject))
    )
    own: dict[RowKey, Values] = {}
    gone: dict[RowKey, Values] = {}
    for whose, content in connection.execute(contents):
        deleted = trail.parse(content)[1].deleted
        gone |= deleted
        own |= deleted if whose == subject else {}
    return own, gone


def _changed(connection: Connection, merged: Row[Any], trace: Trace) -> tuple[str, ...]:
    """Fields that the merge set and somebody changed since."""
    own = METADATA.tables["person" if merged.kind == fields.PEOPLE else "association"]
    row = connection.execute(select(own).where(own.c.id == merged.record_id)).mappings().one()
    changed = {c for c, (_old, new) in trace.own.items() if row[c] != new}
    return tuple(f.name for f in fields.of(merged.kind) if f.table == own.name and f.column in changed)


def _added(connection: Connection, merged: Row[Any]) -> tuple[AddedSince, ...]:
    """Rows of the record that came after the merge."""
    subject = select(record.c.subject).where(record.c.id == merged.record_id).scalar_subquery()
    contents = (
        select(history_content.c.content)
        .join(history_entry, history_entry.c.sequence == history_content.c.sequence)
        .where(history_entry.c.subject == subject, history_entry.c.batch > _merged_in(connection, merged.subject))
    )
    created: set[RowKey] = set()
    for content in connection.execute(contents).scalars():
        created.update(trail.parse(content)[1].created)
    trace = Trace.load(merged.trace)
    created -= {(table, new) for table, _old, new in trace.pairs()}
    created -= {(table, row_id) for table, ids in trace.added.items() for row_id in ids}
    since: list[AddedSince] = []
    for table in parts_of(merged.kind):
        ids = sorted(i for name, i in created if name == table.name)
        if table is merged_record or not ids:
            continue
        here = select(table).where(table.c.id.in_(ids), table.c[record_column(table) or "id"] == merged.record_id)
        for row in connection.execute(here.order_by(table.c.id)).mappings():
            since.append(_told(merged.kind, table.name, dict(row)))
    return tuple(since)


def _told(kind: str, table: str, row: Values) -> AddedSince:
    group = fields.group_of(table, row)
    for field in fields.by_group(kind).get(group, ()):
        if (value := row.get(field.column)) is not None:
            return AddedSince(table, int(str(row["id"])), field.name, field.show(str(value)))
    return AddedSince(table, int(str(row["id"])), "", _(APART.get(table, "")))


def _may_know(session: Session, merged: Row[Any], one: AddedSince) -> bool:
    """Whether this user may know of a row: also that there is something sealed is nobody else's business."""
    if one.field:
        return session.sees(fields.by_name(merged.kind)[one.field])
    return one.table != "sealed" or session.may(Right.PROTECTED)


#: What rows are called that no field describes.
APART = {
    "campaign_recipient": N_("A letter"),
    "attachment": N_("A file"),
    "certificate": N_("A certificate"),
    "registration": N_("A state of the registration"),
    "sealed": N_("A protected value"),
    "segment_member": N_("A place on a list"),
    "profile_answer": N_("An answer to a questionnaire"),
}

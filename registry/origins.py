"""Where each value of a record comes from: the list or the officer, and when it was last changed and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from db.models import METADATA, history_content, history_entry, merged_record, record, user_account
from db.trail import Row, RowKey, Trail, parse
from registry import actions, fields, formats, links
from registry.access import SEES
from registry.context import View
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import _
from registry.kinds import PHONE
from registry.merging.trace import Trace
from registry.queries import FieldOrigins
from registry.records import NO_RECORD

_IMPORT, _MERGE = "import", "merge"


@dataclass(frozen=True)
class Origin:
    """What brought a value.

    Attributes:
        time: microseconds since 1970-01-01 UTC.
        operation: code of the action.
        user: sign-in name, "" = the program.
        source: file and row of a list; of a list that changed a record later, the file; "" = typed.
    """

    time: int
    operation: str
    user: str
    source: str

    @property
    def sentence(self) -> str:
        """In the reader's words, on one line."""
        who = self.user or _("The program")
        parts = (self.source, _(actions.label(self.operation)), formats.moment(self.time), who)
        return " · ".join(part for part in parts if part)


def field_origins(view: View, query: FieldOrigins) -> Mapping[str, Origin]:
    """Numbered canonical name -> origin, of every value that this user sees; raises `Invalid` for no record."""
    found = view.connection.execute(
        select(record.c.kind, record.c.subject, record.c.source).where(record.c.id == query.id)
    ).first()
    if found is None:
        raise Invalid(NO_RECORD)
    known = _walk(view, found.subject, found.source or "")
    _from_merged(view, query.id, known)
    origins: dict[str, Origin] = {}
    for group, rows in _groups(view, query.id, known).items():
        for place, of_row in enumerate(rows):
            for field in fields.by_group(found.kind).get(group, ()):
                if view.session.sees(field):
                    origins[fields.numbered(field.name, place)] = _latest(of_row, field)
    origins.update(_of_raw_values(view, query.id, found.kind, known))
    return origins


class _Known:
    """Origins of one row: of the row itself, and of the columns that changed since it came."""

    def __init__(self, came: Origin) -> None:
        self.came = came
        self.changed: dict[str, Origin] = {}


def _walk(view: View, subject: bytes, source: str) -> dict[RowKey, _Known]:
    """The record's rows that are left, by what its history says of them, the oldest entry first."""
    entries = view.connection.execute(
        select(history_entry, history_content.c.content, user_account.c.name)
        .join(history_content, history_entry.c.sequence == history_content.c.sequence)
        .join(user_account, history_entry.c.user_id == user_account.c.id, isouter=True)
        .where(history_entry.c.subject == subject)
        .order_by(history_entry.c.sequence)
    ).all()
    trails = [parse(entry.content)[1] for entry in entries]
    files = _files(view, [e.batch for e in entries if e.operation == _IMPORT])
    known: dict[RowKey, _Known] = {}
    for entry, trail in zip(entries, trails, strict=True):
        made = any(table == record.name for table, _row_id in trail.created)
        come_from = source if made else files.get(entry.batch, "")
        _note(known, trail, Origin(entry.time, entry.operation, entry.name or "", come_from))
    return known


def _note(known: dict[RowKey, _Known], trail: Trail, origin: Origin) -> None:
    if not any(table == record.name for table, _row_id in trail.deleted):
        # Else the record went as a whole: what it said last is what it said.
        for key in trail.deleted:
            known.pop(key, None)
    for key in trail.created:
        known[key] = _Known(origin)
    for key, pairs in trail.changed.items():
        if key in known:
            known[key].changed.update(dict.fromkeys(pairs, origin))


def _from_merged(view: View, record_id: int, known: dict[RowKey, _Known]) -> None:
    """What came with merged records comes from where it came from there."""
    mine = select(merged_record).where(merged_record.c.record_id == record_id).order_by(merged_record.c.id)
    for merged in view.connection.execute(mine):
        theirs, trace = _walk(view, merged.subject, merged.source or ""), Trace.load(merged.trace)
        for table, old, new in trace.pairs():
            if (table, new) in known and (table, old) in theirs:
                now, was = known[table, new], theirs[table, old]
                now.came, now.changed = was.came, was.changed | now.changed
        own = next(key for key in theirs if key[0] in fields.SINGLE and key[0] != record.name)
        for column in trace.own:
            here = known.get((own[0], record_id))
            if here is not None and column in here.changed and here.changed[column].operation == _MERGE:
                here.changed[column] = theirs[own].changed.get(column, theirs[own].came)


def _files(view: View, batches: Sequence[int]) -> dict[int, str]:
    """Batch of an import -> the name of its file, for those who see whom it is about."""
    if not batches or SEES[view.session.role] < 1:
        return {}
    notes = view.connection.execute(
        select(history_content).where(history_content.c.sequence.in_([batch + 1 for batch in batches]))
    )
    return {note.sequence - 1: str(parse(note.content)[0].get("file", "")) for note in notes}


def _groups(view: View, record_id: int, known: Mapping[RowKey, _Known]) -> dict[str, list[_Known]]:
    """Group of rows -> its rows in the order in which the card numbers them."""
    keyed = {
        (name, row["id"]): fields.group_of(name, row)
        for name in fields.KEYED
        if any(table == name for table, _row_id in known)
        for row in _rows(view, name, record_id)
    }
    groups: dict[str, list[_Known]] = {}
    for key in sorted(known):
        table, row_id = key
        group = keyed.get((table, row_id), "") if table in fields.KEYED else table
        groups.setdefault(group, []).append(known[key])
    return groups


def _of_raw_values(
    view: View, record_id: int, kind: str, known: Mapping[RowKey, _Known]
) -> Iterable[tuple[str, Origin]]:
    """Texts that their field could not hold stand in rows of their own."""
    if any(table == "raw_value" for table, _row_id in known):
        for row in _rows(view, "raw_value", record_id):
            name = str(row["field"])
            found = fields.find(kind, name)
            here = known.get(("raw_value", int(str(row["id"]))))
            if found is not None and here is not None and view.session.sees(found[0]):
                yield name, here.changed.get("text", here.came)


def _rows(view: View, name: str, record_id: int) -> list[Row]:
    table = METADATA.tables[name]
    return [dict(r) for r in view.connection.execute(select(table).where(table.c.record_id == record_id)).mappings()]


def _latest(row: _Known, field: Field) -> Origin:
    """The last change of any column that the field's value is made of, else how the row came."""
    columns = [field.column, field.written]
    if field.kind is PHONE:
        columns.append("raw")
    link = links.of_table(field.table)
    if link is not None and link.text == field.column:
        columns.append(link.id)
    changes = [row.changed[column] for column in columns if column in row.changed]
    return max(changes, key=lambda origin: origin.time, default=row.came)

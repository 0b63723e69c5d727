"""Adding, changing, removing and erasing single records."""

from __future__ import annotations

from datetime import date

from db import records as rows_of
from registry import fields, records, writing
from registry.access import Session
from registry.commands import AddRecord, DeleteRecords, EditRecord, EraseRecord, RecordAdded
from registry.context import Context
from registry.drafts import UNKNOWN_FIELD, Draft, DraftReader
from registry.errors import Conflict, Invalid, NotAllowed
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.kinds import Situation

MAY_NOT_EDIT = N_("Your role does not allow changing the field “{field}”.")
CHANGED_MEANWHILE = N_("Somebody else changed this record meanwhile. Open it again and repeat your change.")


def add_record(context: Context, command: AddRecord) -> RecordAdded:
    """Make one record from texts; the first value that a field cannot hold is refused."""
    draft = read_texts(context, command.kind, dict(command.texts))
    if command.kind == PEOPLE:
        draft.rows.setdefault(("person", 0), {}).setdefault("registered_on", date.today().isoformat())
    created = writing.create(context.transaction, command.kind, [draft], [None], context.settings["post"])
    record = records.load(context.connection, context.session, command.kind, created)[created[0]]
    return RecordAdded(record.id, record.number)


def edit_record(context: Context, command: EditRecord) -> bool:
    """Change the named fields of one record."""
    existing = rows_of.load(context.connection, [command.id], records.tables_of(command.kind)).get(command.id)
    if existing is None or existing["record"][0]["kind"] != command.kind:
        raise Invalid(records.NO_RECORD)
    if command.version is not None and existing["record"][0]["version"] != command.version:
        raise Conflict(CHANGED_MEANWHILE)
    draft = read_texts(context, command.kind, dict(command.texts))
    return writing.change(context.transaction, command.kind, command.id, draft, existing)


def delete_records(context: Context, command: DeleteRecords) -> int:
    """Remove records; their values stay in the history, so that undo brings them back."""
    kinds = records.kinds_of(context.connection, command.ids)
    ids = [i for i in command.ids if kinds.get(i) == command.kind]
    writing.remove(context.transaction, ids)
    return len(ids)


def erase_record(context: Context, command: EraseRecord) -> bool:
    """Remove a record and the content of its history for good."""
    if command.id not in records.kinds_of(context.connection, [command.id]):
        raise Invalid(records.NO_RECORD)
    context.note["reason"] = command.reason
    writing.unlink(context.transaction, [command.id])
    context.transaction.erase(command.id)
    return True


def read_texts(context: Context, kind: str, texts: dict[str, str]) -> Draft:
    """Texts under field names as a draft; raises what is wrong with the first bad one."""
    for name in texts:
        _require_editable(context.session, kind, name)
    reader = DraftReader(kind, tuple(texts), Situation(context.settings["country"]))
    draft = reader.read(tuple(texts.values()), keep_empty=True)
    if draft.problems:
        raise Invalid("{reason}", field=draft.problems[0].field, reason=draft.problems[0].reason)
    return draft


def _require_editable(session: Session, kind: str, name: str) -> None:
    found = fields.find(kind, name)
    if found is None or not session.sees(found[0]):
        raise Invalid(UNKNOWN_FIELD, field=name, name=name)
    if not session.edits(found[0]):
        raise NotAllowed(MAY_NOT_EDIT, field=found[0].title)

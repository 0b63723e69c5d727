"""Adding, changing, removing and erasing single records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from db import records as rows_of
from registry import consents, fields, links, new_rows, possible, records, writing
from registry.access import Session
from registry.commands import AddRecord, DeleteRecords, EditRecord, EraseRecord, RecordAdded
from registry.context import Context
from registry.drafts import UNKNOWN_FIELD, Draft, DraftReader
from registry.errors import Conflict, Invalid, NotAllowed
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.kinds import Situation
from registry.matching import queue
from registry.outreach import frozen
from registry.registration.renewal import valid_until
from registry.search.folding import fold
from registry.segments import looking

REASON_NAMES = N_("The reason names the person, and it stays in the history. Write it without the name.")
#: Shorter parts of names, such as "de" or "al", say nothing about who is meant.
_SHORTEST_NAME = 3
MAY_NOT_EDIT = N_("Your role does not allow changing the field “{field}”.")
CHANGED_MEANWHILE = N_("Somebody else changed this record meanwhile. Open it again and repeat your change.")


def defaults(kind: str) -> dict[str, str]:
    """What a new record says where nothing else is written: canonical name -> value."""
    return {"state": "active", "registered_on": date.today().isoformat()} if kind == PEOPLE else {}


def add_record(context: Context, command: AddRecord) -> RecordAdded:
    """Make one record from texts; the first value that a field cannot hold is refused."""
    draft = read_texts(context, command.kind, dict(command.texts))
    possible.require_possible(command.kind, draft, {})
    consents.settle(draft, {})
    if command.kind == PEOPLE:
        _register_today(context, draft.rows.setdefault(("person", 0), {}))
    given = writing.numbers(context.transaction, command.kind, [""], context.settings["post"])
    rows = new_rows.of_drafts(command.kind, [draft])
    created = writing.create(context.transaction, command.kind, rows, [None], given)
    record = records.load(context.connection, context.session, command.kind, created)[created[0]]
    return RecordAdded(record.id, record.number)


def _register_today(context: Context, own: dict[str, object]) -> None:
    """Somebody of whom no date of registration was written is registered today, and valid as if confirmed today."""
    if own.get("registered_on") is None:
        own["registered_on"] = date.today().isoformat()
        if own.get("state") in (None, "active") and own.get("valid_until") is None:
            own["valid_until"] = valid_until(context, date.today())


def edit_record(context: Context, command: EditRecord) -> bool:
    """Change the named fields of one record."""
    existing = records.whole(context.connection, command.kind, [command.id]).get(command.id)
    if existing is None or existing["record"][0]["kind"] != command.kind:
        raise Invalid(records.NO_RECORD)
    if command.version is not None and existing["record"][0]["version"] != command.version:
        raise Conflict(CHANGED_MEANWHILE)
    draft = read_texts(context, command.kind, dict(command.texts))
    possible.require_possible(command.kind, draft, existing)
    consents.settle(draft, existing)
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
    names = _naming(context, command.id)
    if names(command.reason):
        raise Invalid(REASON_NAMES, field="reason")
    context.note["reason"] = command.reason
    context.note["notes_removed"] = context.transaction.erase_notes(names)
    looking.forget(context.connection, command.id)
    frozen.forget(context.connection, command.id)
    queue.forget(context.transaction, [command.id])
    links.unlink(context.transaction, [command.id], erased=True)
    context.transaction.erase(command.id)
    return True


def _naming(context: Context, record_id: int) -> Callable[[str], bool]:
    """Whether a text has a name, a number or an address of this record among its words."""
    kind = records.kinds_of(context.connection, [record_id])[record_id]
    tables = records.tables_of(kind)
    rows = rows_of.load(context.connection, [record_id], tables)[record_id]
    words = {str(rows["record"][0]["number"]).casefold()}
    for field in fields.of(kind):
        if field.index in ("name", "contact") or field.name == "external_id":
            for row in rows.get(field.table, ()):
                words.update(w for w in fold(str(row[field.column] or "")).split() if len(w) >= _SHORTEST_NAME)

    def names(text: str) -> bool:
        return not words.isdisjoint((*fold(text).split(), *text.casefold().split()))

    return names


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

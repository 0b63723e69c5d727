"""One field of many records, set at once."""

from __future__ import annotations

from db.models import METADATA
from db.records import RecordRows
from registry import fields, kinds, possible, records, writing
from registry.access import Session
from registry.commands import SetField
from registry.context import Context
from registry.drafts import UNKNOWN_FIELD, Draft
from registry.editing import MAY_NOT_EDIT, read_texts
from registry.errors import Invalid, NotAllowed
from registry.fields import CONSENT, SINGLE, Field
from registry.i18n import N_, _
from registry.registration.outcomes import Left, Treated

NOT_FOR_SEVERAL = N_("“{field}” is each record’s own and is not set for several at once.")

#: What tells one record from another, or follows from a step of its registration.
_OWN = frozenset({
    "number", "external_id", "birth_date", "state", "registered_on", "valid_until", "last_confirmed", "first_notice",
    "second_notice", "died_on", "registration_number", "consular_number", "acronym",
})  # fmt: skip
#: Names, and texts of which much would be overwritten.
_KINDS = (kinds.NAME, kinds.LONG_TEXT, kinds.COORDINATES)
_SLICE = 500


def settable(kind: str, session: Session) -> tuple[Field, ...]:
    """The fields that this user can set for several records at once: one value a record, nobody's own."""
    return tuple(f for f in fields.of(kind) if _is_settable(f) and session.edits(f))


def set_field(context: Context, command: SetField) -> Treated:
    """Write one value into a field of many records; those for which it cannot be are left, with the reason."""
    field = _require_settable(context.session, command.kind, command.field)
    draft = read_texts(context, command.kind, {field.name: command.text})
    done, left = 0, list[Left]()
    ids = list(dict.fromkeys(command.ids))
    # What else a record holds decides nothing here.
    tables = [METADATA.tables[name] for name in dict.fromkeys((field.table, "raw_value"))]
    for start in range(0, len(ids), _SLICE):
        context.progress.step(start, len(ids), _("Writing records"))
        some = ids[start : start + _SLICE]
        context.transaction.expect(some)
        for record_id, rows in records.whole(context.connection, command.kind, some, tables).items():
            head = rows["record"][0]
            if head["kind"] != command.kind:
                continue
            try:
                done += _change(context, command.kind, record_id, draft, rows)
            except Invalid as problem:
                left.append(Left(str(head["number"]), str(problem)))
    if not field.index:
        # Nothing that is searched by words or sorted by follows from it.
        context.transaction.indexed.update(context.transaction.touched)
    return Treated(done, tuple(left))


def _change(context: Context, kind: str, record_id: int, draft: Draft, rows: RecordRows) -> bool:
    """Bring one record to the draft of one field: what is wrong with it is found before anything is written."""
    possible.require_possible(kind, draft, rows)
    return writing.change(context.transaction, kind, record_id, draft, rows)


def _require_settable(session: Session, kind: str, name: str) -> Field:
    found = fields.find(kind, name)
    if found is None or not session.sees(found[0]):
        raise Invalid(UNKNOWN_FIELD, field="field", name=name[:40])
    if not session.edits(found[0]):
        raise NotAllowed(MAY_NOT_EDIT, field=found[0].title)
    if not _is_settable(found[0]) or found[1]:
        raise Invalid(NOT_FOR_SEVERAL, field=found[0].title)
    return found[0]


def _is_settable(field: Field) -> bool:
    one = field.table in SINGLE or (field.key is not None and field.table != CONSENT)
    return one and not field.repeats and not field.former and field.name not in _OWN and field.kind not in _KINDS

"""Answers about consent as they are taken, with all that proves them, and withdrawn."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.models import consent
from db.records import Row
from registry import consents, dates, fields, possible, records, vocabularies
from registry.commands import RecordConsent, WithdrawConsent
from registry.consents import GIVEN
from registry.context import Context
from registry.editing import MAY_NOT_EDIT
from registry.errors import Invalid, NotAllowed
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.kinds import NOT_IN_LIST, TEXT, Situation
from registry.outreach.consent_texts import list_consent_texts
from registry.possible import require_order
from registry.queries import ListConsentTexts

NO_CHANNEL = N_("Choose at least one channel.")
NO_TEXT = N_("There is no text “{version}” for this purpose. Kept are: {known}.")
BEFORE_ANSWER = N_("{date} is before the day of the answer, {day}. Correct one of them.")


def record_consent(context: Context, command: RecordConsent) -> bool:
    """Write one answer for some channels; what was answered before stays in the history."""
    existing = _answers(context, command.id)
    purpose = _code("consent_purpose", command.purpose, "purpose")
    _require_kept_text(context, purpose, command.text_version)
    if not command.channels:
        raise Invalid(NO_CHANNEL, field="channels")
    channels = [_code("consent_channel", channel, "channels") for channel in command.channels]
    answer = _answer(context, command)
    changed = False
    for channel in dict.fromkeys(channels):
        _require_editable(context, purpose, channel)
        row = existing.get((purpose, channel))
        if row is None:
            fresh = {"record_id": command.id, "purpose": purpose, "channel": channel, **answer}
            context.transaction.insert(consent, [fresh])
            changed = True
        else:
            changed |= context.transaction.update(consent, int(str(row["id"])), answer)
    return changed


def withdraw_consent(context: Context, command: WithdrawConsent) -> int:
    """From a day on, what was given is refused; when and how it was given stays."""
    purpose = _code("consent_purpose", command.purpose, "purpose") if command.purpose else ""
    day = possible.day(command.on or date.today().isoformat(), "on")
    withdrawn = 0
    for (about, channel), row in _answers(context, command.id).items():
        if row["status"] != GIVEN or (purpose and about != purpose):
            continue
        _require_editable(context, about, channel)
        require_order(row["decided_on"], day, "on", BEFORE_ANSWER)
        context.transaction.update(consent, int(str(row["id"])), {"status": consents.REFUSED, "withdrawn_on": day})
        withdrawn += 1
    return withdrawn


def _answers(context: Context, person_id: int) -> dict[tuple[str, str], Row]:
    if records.kinds_of(context.connection, [person_id]).get(person_id) != PEOPLE:
        raise Invalid(records.NO_RECORD)
    rows = context.connection.execute(select(consent).where(consent.c.record_id == person_id)).mappings()
    return {(row["purpose"], row["channel"]): dict(row) for row in rows}


def _require_kept_text(context: Context, purpose: str, version: str) -> None:
    """Where texts are kept for a purpose, an answer is given to one of them; others are written as they were called."""
    texts = list_consent_texts(context, ListConsentTexts(purpose))
    versions = tuple(dict.fromkeys(text.version for text in texts))
    if versions and version.strip() and " ".join(version.split()) not in versions:
        raise Invalid(NO_TEXT, field="text_version", version=version[:40], known=", ".join(versions))


def _answer(context: Context, command: RecordConsent) -> Row:
    """The answer's columns; raises `Invalid` at the first that cannot be."""
    on = possible.day(command.on, "on") if command.on.strip() else ""
    expires = _date(command.expires, "expires")
    if expires:
        require_order(on or None, expires, "expires", BEFORE_ANSWER)
    texts = {"text_version": command.text_version, "taken_by": command.taken_by}
    read = {name: TEXT.read(text, Situation(), "") for name, text in texts.items()}
    return {
        "status": _code("consent_status", command.status, "status"),
        "decided_on": on or None,
        "how": _code("consent_method", command.how, "how") if command.how else None,
        "text_version": read["text_version"] or None,
        "language": _code("language", command.language, "language") if command.language else None,
        "taken_by": read["taken_by"] or context.session.name,
        "expires": expires or None,
        "withdrawn_on": None,
    }


def _date(text: str, field: str) -> str:
    if not text.strip():
        return ""
    try:
        return dates.parse(text)
    except Invalid as problem:
        raise Invalid(problem.message, field=field, **problem.values) from None


def _code(vocabulary: str, text: str, field: str) -> str:
    code = vocabularies.get(vocabulary).find(text)
    if code is None:
        raise Invalid(NOT_IN_LIST, field=field, text=text[:40])
    return code


def _require_editable(context: Context, purpose: str, channel: str) -> None:
    described = fields.by_name(PEOPLE)[f"consent.{purpose}.{channel}"]
    if not context.session.edits(described):
        raise NotAllowed(MAY_NOT_EDIT, field=described.title)

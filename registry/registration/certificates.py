"""Certificates of registration: a serial number for each period of validity, and every print is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlalchemy import select

import resources
from db.models import certificate
from registry import fields, kinds, records
from registry.commands import WriteCertificate
from registry.context import Context
from registry.documents.certificate import Certificate
from registry.documents.certificate import write_certificate as print_certificate
from registry.documents.days import long_date, placed
from registry.documents.letters import Sender
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.numbers import check_character
from registry.outreach.letter_making import sender_of
from registry.postal import alpha2
from registry.records import Record
from registry.registration.states import HERE
from registry.vocabularies import get as vocabulary
from registry.whole_file import require_pdf

NOT_HERE = N_("Nothing can be certified: this person is not registered here now. The card says since when.")
NO_LANGUAGE = N_("Certificates are not written in “{language}”. Known: {known}.")
#: What it certifies, in this order, of what the register knows.
_FACTS = ("full_name", "native_name", "birth_date", "birth_place", "citizenship", "number", "registered_on")


@dataclass(frozen=True)
class CertificateWritten:
    """What was issued: `prints` counts this one, so 1 is the original."""

    serial: str
    prints: int
    issued_on: str
    missing: str


def languages() -> tuple[str, ...]:
    """Codes of the languages that certificates are written in, the fallback first."""
    return tuple(_words())


@cache
def _words() -> dict[str, dict[str, str]]:
    """Language -> what a certificate says in it."""
    words: dict[str, dict[str, str]] = json.loads(resources.path("certificates", "words.json").read_text("utf-8"))
    return words


def write_certificate(context: Context, command: WriteCertificate) -> CertificateWritten:
    """Issue a certificate, or print once more what was issued for the same name and period."""
    require_pdf(command.path)
    known = languages()
    if command.language and command.language not in known:
        raise Invalid(NO_LANGUAGE, language=command.language[:20], known=", ".join(known))
    found = records.load(context.connection, context.session, PEOPLE, [command.id])
    if command.id not in found:
        raise Invalid(records.NO_RECORD)
    person = found[command.id]
    if person.values.get("state") not in HERE:
        raise Invalid(NOT_HERE)
    language = command.language or person.values.get("preferred_language", "")
    language = language if language in known else known[0]
    issued = _issued(context, person)
    context.note.update({"certificate": issued.serial, "prints": issued.prints})
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    sender = sender_of(context, known)
    said = _said(sender, person, issued, language)
    missing = print_certificate(command.path, said, sender=sender, language=language)
    return CertificateWritten(issued.serial, issued.prints, issued.issued_on, missing)


def _issued(context: Context, person: Record) -> CertificateWritten:
    """The row of this certificate, counted up or new."""
    until, name = person.values.get("valid_until"), person.name
    mine = (certificate.c.record_id == person.id) & (certificate.c.name == name)
    newest = select(certificate).where(mine).order_by(certificate.c.id.desc())
    before = context.connection.execute(newest).mappings().first()
    if before is not None and before["valid_until"] == until:
        prints = before["prints"] + 1
        context.transaction.update(certificate, before["id"], {"prints": prints})
        return CertificateWritten(before["serial"], prints, before["issued_on"], "")
    today = date.today()
    running = context.transaction.reserve(f"certificate.{today:%y}")
    body = f"{context.settings['post']}-R{today:%y}-{running:05d}"
    serial = f"{body}-{check_character(body)}"
    row: dict[str, object] = {"record_id": person.id, "serial": serial, "issued_on": today.isoformat(), "name": name}
    row |= {"valid_until": until, "prints": 1, "officer": context.transaction.officer}
    context.transaction.insert(certificate, [row])
    return CertificateWritten(serial, 1, today.isoformat(), "")


def _said(sender: Sender, person: Record, issued: CertificateWritten, language: str) -> Certificate:
    """The words of the certificate, in its language."""
    say, country = _words()[language], alpha2(sender.country)
    today = long_date(date.today(), language, country)
    notes = [say["serial"].format(serial=issued.serial)]
    if until := person.values.get("valid_until"):
        notes.append(say["valid_until"].format(day=_day(until, language, country)))
    reprint = say["reprint"].format(count=issued.prints - 1, day=today)
    notes.append(reprint if issued.prints > 1 else say["original"])
    return Certificate(
        title=say["title"],
        opening=say["opening"].format(post=sender.post(language)),
        facts=_facts(person, language, country),
        closing=say["closing"],
        dated=placed(sender.city, long_date(date.fromisoformat(issued.issued_on), language, country), language),
        signed=say["signed"],
        serial=issued.serial,
        notes=notes,
    )


def _facts(person: Record, language: str, country: str) -> list[tuple[str, str]]:
    """Label and value of what is known, in the certificate's language."""
    described, say = fields.by_name(PEOPLE), _words()[language]
    facts = []
    for name in _FACTS:
        shown = person.number if name == "number" else _shown(person, described[name], language, country)
        if shown:
            facts.append((say[name], shown))
    return facts


def _shown(person: Record, field: fields.Field, language: str, country: str) -> str:
    """All values of a field that are valid, in words; citizenships that ended are none."""
    shown, place = [], 0
    while value := person.values.get(fields.numbered(field.name, place)):
        if not person.values.get(fields.numbered(f"{field.name}.to", place)):
            if field.kind is kinds.COUNTRY:
                value = vocabulary("country").label(value, language)
            shown.append(_day(value, language, country) if field.kind is kinds.PARTIAL_DATE else value)
        place += 1
    return ", ".join(shown)


def _day(value: str, language: str, country: str) -> str:
    """A date of the register in words; one of which the day is not known as it is kept."""
    try:
        return long_date(date.fromisoformat(value), language, country)
    except ValueError:
        return value.rstrip("~")

"""Everything that is kept of a person, for that person: values and their origin, what was sent, what happened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from db.models import campaign, campaign_recipient, certificate, merged_record, sealed, segment, segment_member
from db.sealed import open_sealed
from registry import actions, dates, fields, formats, records
from registry.access import Right
from registry.attachments import list_attachments
from registry.commands import WriteExtract
from registry.context import Context, View
from registry.documents.extract import write_extract as print_extract
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.history import FieldChange, get_history
from registry.i18n import LANGUAGES, N_, _, current_language, ngettext
from registry.origins import Origin, field_origins
from registry.outreach import frozen
from registry.outreach.letter_making import sender_of
from registry.outreach.reasons import REASONS
from registry.outreach.sorting import Wanted
from registry.progress import Progress
from registry.protecting import PROTECTED_FIELDS, registry_id
from registry.queries import FieldOrigins, GetHistory, GetRegistration, GetRelated, ListAttachments
from registry.records import Record
from registry.registration.view import get_registration
from registry.related import TITLES, get_related
from registry.vocabularies import get as vocabulary
from registry.whole_file import whole_file

OTHER_ENDING = N_("An extract is written as PDF or JSON. Give the file the ending .pdf or .json.")
HEADING = N_("Extract of personal data")
PROTECTED_APART = N_(
    "Values under special protection, where there are any, are not in this extract. Ask the head of the post for them."
)
#: No person's history is longer: all of it belongs to the extract.
_ALL = 1_000_000


@dataclass(frozen=True)
class Fact:
    """One thing that is kept.

    Attributes:
        field: canonical name of a field, numbered; "" = it is none.
        label, value: in the reader's words.
        source: where it comes from, in the reader's words; "" = told by the section.
    """

    field: str
    label: str
    value: str
    source: str = ""


@dataclass(frozen=True)
class Section:
    """Facts under one heading; an empty one is not in the extract."""

    title: str
    facts: tuple[Fact, ...]


def write_extract(context: Context, command: WriteExtract) -> int:
    """Write the extract of one person to a PDF or a JSON file; how many facts it holds."""
    ending = command.path.suffix.casefold()
    if ending not in (".pdf", ".json"):
        raise Invalid(OTHER_ENDING)
    found = records.load(context.connection, context.session, PEOPLE, [command.id])
    if command.id not in found:
        raise Invalid(records.NO_RECORD)
    person = found[command.id]
    context.note.update({"reason": command.reason, "record": command.id})
    sections = tuple(section for section in _sections(context, person) if section.facts)
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    notes = (_("Written on {day}.", day=formats.day(date.today())), *_apart(context))
    if ending == ".json":
        _write_json(command, person, sections, notes, context.progress)
    else:
        print_extract(
            command.path,
            [(s.title, [(fact.label, fact.value, fact.source) for fact in s.facts]) for s in sections],
            heading=_(HEADING),
            about=(person.name, person.number, *notes),
            titles=(_("What"), _("Value"), _("Where it comes from")),
            sender=sender_of(context, LANGUAGES),
            language=current_language(),
            progress=context.progress,
        )
    return sum(len(section.facts) for section in sections)


def _write_json(
    command: WriteExtract, person: Record, sections: Sequence[Section], notes: Sequence[str], progress: Progress
) -> None:
    said = {"number": person.number, "name": person.name, "notes": list(notes)}
    whole = {**said, "sections": [asdict(section) for section in sections]}
    with whole_file(command.path) as file:
        file.write(json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8"))
        progress.committing()


def _sections(context: Context, person: Record) -> Iterator[Section]:
    """Every section in its order."""
    yield from _of_fields(context, person)
    yield Section(_("Not understood when it came"), tuple(_raw(person)))
    yield Section(_("States of the registration"), tuple(_states(context, person)))
    yield Section(_("Consent, as it was given"), tuple(_consents(person)))
    yield Section(_("What was sent"), tuple(_sent(context, person)))
    yield Section(_("Certificates"), tuple(_certificates(context, person)))
    yield from _linked(context, person)
    yield Section(_("Files"), tuple(_files(context, person)))
    yield Section(_("Lists"), tuple(_lists(context, person)))
    yield Section(_("Records that became part of this one"), tuple(_merged(context, person)))
    yield Section(_("Protected values"), tuple(_protected(context, person)))
    yield Section(_("What happened to the record"), tuple(_history(context, person)))


def _of_fields(context: Context, person: Record) -> Iterator[Section]:
    """All values by the sections of the card, each with its origin."""
    origins = field_origins(context, FieldOrigins(person.id))
    by_section: dict[str, list[Fact]] = {}
    for name in person.values:
        found = fields.find(PEOPLE, name)
        if found is None or name in person.raw:
            continue
        field, place = found
        label = f"{field.title} ({place + 1})" if place else field.title
        fact = Fact(name, label, person.show(name), _origin(origins.get(name)))
        by_section.setdefault(field.heading, []).append(fact)
    for title, facts in by_section.items():
        yield Section(title, tuple(facts))


def _origin(origin: Origin | None) -> str:
    return origin.sentence if origin is not None else ""


def _raw(person: Record) -> Iterator[Fact]:
    for name, text in person.raw.items():
        found = fields.find(PEOPLE, name)
        yield Fact(name, found[0].title if found else name, text)


def _states(view: View, person: Record) -> Iterator[Fact]:
    for dated in get_registration(view, GetRegistration(person.id)).states:
        said = (vocabulary("state").label(dated.state), dated.reason, dated.officer)
        yield Fact("", dates.show(dated.since), " · ".join(part for part in said if part))


def _consents(person: Record) -> Iterator[Fact]:
    """Every answer with what is known of it: withdrawn ones and those that ran out too."""
    described = fields.by_name(PEOPLE)
    for answer in person.consents:
        days = (
            (_("decided on {day}"), answer.decided_on),
            (_("expires {day}"), answer.expires),
            (_("withdrawn on {day}"), answer.withdrawn_on),
        )
        said = [vocabulary("consent_status").label(answer.status)]
        said += [words.format(day=dates.show(day)) for words, day in days if day]
        said += [part for part in (vocabulary("consent_method").label(answer.how) if answer.how else "",) if part]
        said += [part for part in (answer.text_version, answer.taken_by) if part]
        yield Fact(answer.name, described[answer.name].title, " · ".join(said))


def _sent(view: View, person: Record) -> Iterator[Fact]:
    """Every campaign that the person was selected for: what became of it, and where it went."""
    mine = select(campaign_recipient).where(campaign_recipient.c.record_id == person.id)
    got = {row.campaign_id: row for row in view.connection.execute(mine)}
    for row in view.connection.execute(select(campaign).order_by(campaign.c.id)):
        label = f"{row.code} · {dates.show(row.prepared_on)}"
        purpose = vocabulary("consent_purpose").label(row.purpose)
        said = [row.template, purpose, vocabulary("consent_channel").label(row.channel)]
        sent = got.get(row.id)
        if sent is None:
            reason = _left_out(view, row, person.id)
            if reason is None:
                continue
            said += [_("left out"), _(REASONS[reason])] if reason else [_("prepared")]
        else:
            said += [sent.state, _(REASONS.get(sent.reason or "", "")), *(sent.written_to or "").split("\n")]
        yield Fact("", label, " · ".join(part for part in said if part))


def _left_out(view: View, row: Any, record_id: int) -> str | None:
    """Why somebody gets nothing from a campaign, "" = is still to get it; None = was not selected for it."""
    wanted = Wanted(languages=("en",), purpose=row.purpose, channel=row.channel, kind=row.kind)
    kept = frozen.thaw(view.connection, row.id, wanted)
    places = (kept.ids == record_id).nonzero()[0]
    return kept.reason(int(places[0])) if len(places) else None


def _certificates(view: View, person: Record) -> Iterator[Fact]:
    rows = select(certificate).where(certificate.c.record_id == person.id).order_by(certificate.c.id)
    for row in view.connection.execute(rows):
        printed = ngettext("printed {count} time", "printed {count} times", row.prints)
        yield Fact("", row.serial, f"{dates.show(row.issued_on)} · {printed}")


def _linked(view: View, person: Record) -> Iterator[Section]:
    for group in get_related(view, GetRelated(PEOPLE, person.id)):
        facts = (Fact("", other.role, " · ".join(p for p in (other.name, other.since) if p)) for other in group.rows)
        yield Section(_("Linked: {name}", name=_(TITLES[group.code])), tuple(facts))


def _files(view: View, person: Record) -> Iterator[Fact]:
    for file in list_attachments(view, ListAttachments(person.id)):
        size = _("{count} bytes", count=formats.number(file.size))
        said = (file.title, file.media_type, size, dates.show(file.added_on), file.officer or "")
        label = vocabulary("attachment").label(file.kind)
        yield Fact("", label, " · ".join(part for part in said if part))


def _lists(view: View, person: Record) -> Iterator[Fact]:
    joined = segment_member.join(segment, segment_member.c.segment_id == segment.c.id)
    names = select(segment.c.name).select_from(joined).where(segment_member.c.record_id == person.id)
    for name in view.connection.execute(names.order_by(segment.c.name)).scalars():
        yield Fact("", _("Fixed list"), name)


def _merged(view: View, person: Record) -> Iterator[Fact]:
    rows = select(merged_record).where(merged_record.c.record_id == person.id).order_by(merged_record.c.id)
    for row in view.connection.execute(rows):
        yield Fact("", row.number, f"{row.name} · {dates.show(row.merged_on)}", row.source or "")


def _protected(context: Context, person: Record) -> Iterator[Fact]:
    """What is sealed, for who may open it and has the key."""
    if not _opens(context):
        return
    rows = context.connection.execute(select(sealed).where(sealed.c.record_id == person.id)).mappings().all()
    for row in rows:
        keys = context.unlocked.compartment_keys
        text = open_sealed(keys, registry_id(context), row["field"], row["row_key"], row["ciphertext"]).decode()
        yield Fact("", _(PROTECTED_FIELDS.get(row["field"], row["field"])), text)


def _opens(context: Context) -> bool:
    """Whether this user may open protected values and has typed the password for it."""
    return context.session.may(Right.PROTECTED) and context.confirmed and bool(context.unlocked.compartment_keys)


def _apart(context: Context) -> Sequence[str]:
    """What the reader is told of protected values; the same whether there are any or not."""
    return () if _opens(context) else (_(PROTECTED_APART),)


def _history(view: View, person: Record) -> Iterator[Fact]:
    """Every operation on the record, the newest first, and what it changed."""
    for done in get_history(view, GetHistory(person.id, limit=_ALL)).operations:
        who = done.user or _("The program")
        label = f"{formats.moment(done.time)} · {who}"
        yield Fact("", label, _(actions.label(done.code)), "; ".join(_change(change) for change in done.changes))


def _change(change: FieldChange) -> str:
    if change.hidden:
        return change.field.title
    old, new = (change.field.show(text) if text else "–" for text in (change.old, change.new))
    return f"{change.field.title}: {old} → {new}"

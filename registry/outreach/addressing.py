"""Addresses without their letters: labels, envelopes, and the list that goes to the counter with registered mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import select

from db.models import address as address_table
from db.models import campaign_recipient
from db.records import among, slices
from registry import records
from registry.commands import WriteEnvelopes, WriteLabels, WriteRegisteredMail
from registry.context import Context, View
from registry.documents.addresses import Address, address_lines, country_line, names_for, post_order
from registry.documents.paper_lists import Column, write_list
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import LANGUAGES, N_, current_language, translate
from registry.outreach.contacts import address_of
from registry.outreach.letter_making import sender_of
from registry.outreach.preparing import NO_PURPOSE, campaign_of
from registry.outreach.reasons import LETTER
from registry.outreach.recipients import NEEDED
from registry.outreach.sorting import Sorted, Wanted, sort_out
from registry.postal import alpha2
from registry.search.find import ids_of
from registry.settings import LABEL_SHEET
from registry.vocabularies import get as vocabulary
from registry.whole_file import require_pdf

NOBODY = N_("Nobody in this selection may be written to. Look at the reasons, and at the selection.")
#: States of those of a campaign who got nothing, or whom it did not reach.
_UNREACHED = ("excluded", "returned")


@dataclass(frozen=True)
class Addressed:
    """What came of it.

    Attributes:
        selected: how many people were asked for.
        count: how many are on the paper.
        excluded: reason -> how many.
        cut: how many have more text than there is room for.
        missing: the characters no font had.
    """

    selected: int
    count: int
    excluded: Mapping[str, int]
    cut: int = 0
    missing: str = ""


def write_labels(context: Context, command: WriteLabels) -> Addressed:
    """Write sheets of labels; nobody is on one with others who is to be contacted individually."""
    from registry.documents.labels import write_labels as print_labels
    from registry.documents.sheets import first_place, sheet

    chosen = sheet(command.sheet or context.settings.get(LABEL_SHEET, ""))
    first = first_place(chosen, command.start)
    selected, people, excluded = _addressed(context, command)
    written = print_labels(
        command.path,
        (whom.lines for whom in people),
        sheet=chosen,
        first=first,
        language=_language(context),
        total=len(people),
        progress=context.progress,
    )
    return Addressed(selected, written.count, excluded, written.cut, written.missing)


def write_envelopes(context: Context, command: WriteEnvelopes) -> Addressed:
    """Write envelopes, the post's own address in the corner of each."""
    from registry.documents.labels import write_envelopes as print_envelopes
    from registry.documents.stationery import envelope

    size = envelope(command.envelope)
    selected, people, excluded = _addressed(context, command)
    sender = sender_of(context, LANGUAGES)
    written = print_envelopes(
        command.path,
        (whom.lines for whom in people),
        envelope=size,
        sender=(sender.post(_language(context)), *sender.address_lines),
        language=_language(context),
        total=len(people),
        progress=context.progress,
    )
    return Addressed(selected, written.count, excluded, written.cut, written.missing)


def write_registered_mail(context: Context, command: WriteRegisteredMail) -> Addressed:
    """Write a numbered list with room for the numbers that the counter gives; it says to whom and where, no more."""
    selected, people, excluded = _addressed(context, command)
    language = _language(context)
    sender = sender_of(context, LANGUAGES)
    columns = (
        Column(translate(N_("No."), language), 0.07, "right"),
        Column(translate(N_("Recipient"), language), 0.35),
        Column(translate(N_("Destination"), language), 0.33),
        Column(translate(N_("Number of the item"), language), 0.25),
    )
    rows = ((str(number), whom.name, _destination(context, whom.address), "") for number, whom in enumerate(people, 1))
    missing = write_list(
        command.path,
        rows,
        columns=columns,
        heading=translate(N_("Registered mail"), language),
        head=(sender.post(language), *sender.address_lines),
        foot=translate(N_("Received at the counter, date and stamp:"), language),
        language=language,
        country=sender.country,
        progress=context.progress,
    )
    return Addressed(selected, len(people), excluded, missing=missing)


@dataclass(frozen=True, slots=True)
class _Whom:
    """One address block, and what it is made of."""

    lines: Sequence[str]
    name: str
    address: Address


def _addressed(
    context: Context, command: WriteLabels | WriteEnvelopes | WriteRegisteredMail
) -> tuple[int, list[_Whom], Mapping[str, int]]:
    """How many were asked for, who may be written to now, and how many were left out for which reason."""
    require_pdf(command.path)
    context.note["query"] = command.query
    if command.campaign:
        found, lines = of_campaign(context, command.campaign)
    else:
        found, lines = sort_out(context, _ids(context, command), wanted_by(command.purpose, LETTER, command.kind)), {}
    people = _whom(context, found, lines)
    if command.by_post:
        country = context.settings["country"]
        people.sort(key=lambda whom: post_order(whom.address, country))
    end(context, command.path, len(people), command.reason)
    return len(found.ids), people, found.counted()


def wanted_by(purpose: str, channel: str, kind: str = PEOPLE) -> Wanted:
    """What decides who is on a list; raises `Invalid` for a purpose that there is not."""
    known = vocabulary("consent_purpose").codes
    if purpose not in known:
        raise Invalid(NO_PURPOSE, field="purpose", purpose=purpose[:40], known=", ".join(known))
    return Wanted(purpose, channel, tuple(LANGUAGES), kind=kind)


def of_campaign(view: View, code: str) -> tuple[Sorted, Mapping[int, str]]:
    """Those who got something in a campaign, in the order of its letters, looked at anew; record id -> its lines."""
    row = campaign_of(view, code)
    mine = campaign_recipient.c.campaign_id == row["id"]
    chosen = select(campaign_recipient.c.record_id, campaign_recipient.c.written_to, campaign_recipient.c.contact_id)
    chosen = chosen.where(mine, campaign_recipient.c.state.not_in(_UNREACHED)).order_by(campaign_recipient.c.id)
    rows = list({r.record_id: r for r in view.connection.execute(chosen)}.values())
    # Who is served for the household was decided already.
    per = "person" if row["per"] == "household" else str(row["per"])
    names = ("purpose", "channel", "basis", "kind")
    wanted = Wanted(languages=tuple(LANGUAGES), per=per, **{name: str(row[name]) for name in names})
    found = sort_out(view, [r.record_id for r in rows], wanted)
    return found, {r.record_id: r.written_to for r in rows if r.written_to}


def _ids(view: View, command: WriteLabels | WriteEnvelopes | WriteRegisteredMail) -> Sequence[int]:
    return command.ids if command.ids is not None else ids_of(view, command.kind, command.query)


def _whom(view: View, found: Sorted, printed: Mapping[int, str]) -> list[_Whom]:
    """The address blocks of those who may be written to; as on the letter where one was printed."""
    country, made = view.settings["country"], []
    kind = found.wanted.kind
    for places in slices(found.recipients.tolist()):
        ids, contacts = found.ids[places].tolist(), found.contacts[places].tolist()
        loaded = records.load(view.connection, view.session, kind, ids, NEEDED if kind == PEOPLE else ())
        chosen = select(address_table).where(among(address_table.c.id, contacts))
        rows = {row.id: row for row in view.connection.execute(chosen)}
        for place, record_id, contact in zip(places, ids, contacts, strict=True):
            record, where = loaded[record_id], address_of(rows[contact])
            if lines := printed.get(record_id):
                made.append(_Whom(lines.split("\n"), lines.split("\n")[0], where))
                continue
            names = names_for(where, record.name, record.values.get("native_name", ""))
            lines_now = address_lines(where, names, posting_country=country, language=found.language(place))
            made.append(_Whom(lines_now, record.name or names[0], where))
    return made


def end(context: Context, path: Path, people: int, reason: str) -> None:
    """Ask for what many people's data asks for, and see to it that a file without a trace does not stay."""
    if not people:
        raise Invalid(NOBODY)
    context.note["people"] = people
    context.require_confirmation(people, reason)
    context.on_failure.append(partial(path.unlink, missing_ok=True))


def _destination(view: View, address: Address) -> str:
    """Postcode, place and country: what the counter looks for."""
    place = " ".join(part for part in (address.postal_code, address.city or address.region) if part)
    destination, origin = alpha2(address.country), alpha2(view.settings["country"])
    country = country_line(destination, origin, "") if destination != origin else ""
    return ", ".join(part for part in (place, country) if part)


def _language(view: View) -> str:
    """The language of what the post itself hands in: one of ours that is official there, else the one in use."""
    from babel.languages import get_official_languages

    official = [code.split("_")[0] for code in get_official_languages(alpha2(view.settings["country"]))]
    return next((code for code in official if code in LANGUAGES), current_language())

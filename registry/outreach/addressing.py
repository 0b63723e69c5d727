"""Addresses without their letters: labels, envelopes, and the list that goes to the counter with registered mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import campaign, campaign_recipient
from registry.commands import WriteEnvelopes, WriteLabels, WriteRegisteredMail
from registry.documents.addresses import address_lines, country_line, names_for, post_order
from registry.documents.paper_lists import Column, write_list
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import LANGUAGES, N_, translate
from registry.outreach.recipients import Excluded, Recipient, sort_out
from registry.outreach.sender import sender_of
from registry.postal import alpha2
from registry.search.find import ids_of
from registry.settings import LABEL_SHEET
from registry.vocabularies import get as vocabulary
from registry.whole_file import require_pdf

if TYPE_CHECKING:
    from registry.context import Context, View

NOBODY = N_("Nobody in this selection may be written to. Look at the reasons, and at the selection.")
NO_PURPOSE = N_("“{purpose}” is not a purpose of consent. Known: {known}.")
NO_CAMPAIGN = N_("There is no campaign “{code}”. “campaign list” shows them.")
#: State of those of a campaign who got nothing.
_EXCLUDED = "excluded"


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
        (lines_of(context, person) for person in people),
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
        (lines_of(context, person) for person in people),
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
    rows = ((str(number), _name(person), _destination(context, person), "") for number, person in enumerate(people, 1))
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


def lines_of(view: View, person: Recipient) -> list[str]:
    """The whole block of a recipient's address, as it is printed on a letter."""
    values = person.record.values
    names = names_for(person.address, values.get("full_name", ""), values.get("native_name", ""))
    country = view.settings["country"]
    return address_lines(person.address, names, posting_country=country, language=person.language)


def prepare(
    context: Context, command: WriteLabels | WriteEnvelopes | WriteRegisteredMail, path: Path
) -> tuple[Sequence[int], str]:
    """Whom a command means and the purpose of consent; raises `Invalid` for another ending, purpose or campaign."""
    require_pdf(path)
    context.note["query"] = command.query
    if command.campaign:
        ids, purpose, _channel = of_campaign(context, command.campaign)
        return ids, purpose
    if command.purpose not in vocabulary("consent_purpose").codes:
        known = ", ".join(vocabulary("consent_purpose").codes)
        raise Invalid(NO_PURPOSE, purpose=command.purpose[:40], known=known)
    return command.ids if command.ids is not None else ids_of(context, PEOPLE, command.query), command.purpose


def of_campaign(view: View, code: str) -> tuple[Sequence[int], str, str]:
    """Who got something in a campaign, in the order of its letters, and its purpose and channel."""
    columns = (campaign.c.id, campaign.c.purpose, campaign.c.channel)
    found = view.connection.execute(select(*columns).where(campaign.c.code == code.strip().upper())).first()
    if found is None:
        raise Invalid(NO_CAMPAIGN, code=code[:20])
    got = (campaign_recipient.c.campaign_id == found.id) & (campaign_recipient.c.state != _EXCLUDED)
    ids = select(campaign_recipient.c.record_id).where(got).order_by(campaign_recipient.c.id)
    return list(dict.fromkeys(view.connection.execute(ids).scalars())), found.purpose, found.channel


def end(context: Context, path: Path, people: int, reason: str) -> None:
    """Ask for what many people's data asks for, and see to it that a file without a trace does not stay."""
    if not people:
        raise Invalid(NOBODY)
    context.note["people"] = people
    context.require_confirmation(people, reason)
    context.on_failure.append(partial(path.unlink, missing_ok=True))


def _addressed(
    context: Context, command: WriteLabels | WriteEnvelopes | WriteRegisteredMail
) -> tuple[int, list[Recipient], Mapping[str, int]]:
    """How many were asked for, who may be written to now, and how many were left out for which reason."""
    ids, purpose = prepare(context, command, command.path)
    people: list[Recipient] = []
    reasons: Counter[str] = Counter()
    for person in sort_out(context.connection, context.session, ids, purpose, "auto", LANGUAGES):
        if isinstance(person, Excluded):
            reasons[person.reason] += 1
        else:
            people.append(person)
    if command.by_post:
        country = context.settings["country"]
        people.sort(key=lambda person: post_order(person.address, country))
    end(context, command.path, len(people), command.reason)
    return len(ids), people, reasons


def _name(person: Recipient) -> str:
    return person.record.values.get("full_name", "") or person.record.name


def _destination(view: View, person: Recipient) -> str:
    """Postcode, place and country: what the counter looks for."""
    address = person.address
    place = " ".join(part for part in (address.postal_code, address.city or address.region) if part)
    destination, origin = alpha2(address.country), alpha2(view.settings["country"])
    country = country_line(destination, origin, "") if destination != origin else ""
    return ", ".join(part for part in (place, country) if part)


def _language(view: View) -> str:
    """The language of what the post itself hands in: one of ours that is official there, else the one in use."""
    from babel.languages import get_official_languages

    from registry.i18n import current_language

    official = [code.split("_")[0] for code in get_official_languages(alpha2(view.settings["country"]))]
    return next((code for code in official if code in LANGUAGES), current_language())

"""The list that lies at the door: names and seat numbers, and of nobody what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from db import records as rows_of
from registry import records
from registry.commands import WriteAttendance
from registry.context import Context
from registry.documents.paper_lists import Column, write_list
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import LANGUAGES, N_, current_language, translate
from registry.outreach.addressing import NO_PURPOSE, Addressed, end, of_campaign
from registry.outreach.recipients import to_be_contacted_alone
from registry.outreach.sender import sender_of
from registry.records import Record
from registry.registration.states import DECEASED, UNTRACEABLE
from registry.search.collation import collated
from registry.search.find import ids_of
from registry.vocabularies import get as vocabulary
from registry.whole_file import require_pdf

EVENT = "event"
_GONE = frozenset({"transferred", "erased"})
_LONGEST_TITLE = 200


def write_attendance(context: Context, command: WriteAttendance) -> Addressed:
    """Write seats in the order of names; nobody is on the list who is to be contacted individually."""
    require_pdf(command.path)
    ids, consent = _meant(context, command)
    context.note["query"] = command.query
    seats, reasons = _seats(context, ids, consent)
    end(context, command.path, len(seats), command.reason)
    language = current_language()
    sender = sender_of(context, LANGUAGES)
    columns = (
        Column(translate(N_("Seat"), language), 0.1),
        Column(translate(N_("Name"), language), 0.5),
        Column(translate(N_("Signature"), language), 0.4),
    )
    missing = write_list(
        command.path,
        ((str(seat), name, "") for seat, name in enumerate(seats, 1)),
        columns=columns,
        heading=translate(N_("Attendance list"), language),
        head=(command.title[:_LONGEST_TITLE], sender.post(language)),
        language=language,
        country=sender.country,
        progress=context.progress,
    )
    return Addressed(len(ids), len(seats), reasons, missing=missing)


def _meant(context: Context, command: WriteAttendance) -> tuple[Sequence[int], str]:
    """Whom the command means, and the consent that they gave."""
    if command.campaign:
        ids, purpose, channel = of_campaign(context, command.campaign)
        return ids, f"consent.{purpose}.{channel}"
    if command.purpose not in vocabulary("consent_purpose").codes:
        known = ", ".join(vocabulary("consent_purpose").codes)
        raise Invalid(NO_PURPOSE, purpose=command.purpose[:40], known=known)
    found = command.ids if command.ids is not None else ids_of(context, PEOPLE, command.query)
    return found, f"consent.{command.purpose}.{EVENT}"


def _seats(context: Context, ids: Sequence[int], consent: str) -> tuple[list[str], Mapping[str, int]]:
    """The names in their order, and how many were left out for which reason."""
    wanted = ["full_name", "native_name", "state", consent]
    names: list[str] = []
    reasons: Counter[str] = Counter()
    for some in rows_of.slices(ids):
        alone = to_be_contacted_alone(context.connection, some)
        for record in records.load(context.connection, context.session, PEOPLE, some, wanted).values():
            reason = _reason(record, consent, record.id in alone)
            if reason:
                reasons[reason] += 1
            else:
                names.append(record.name or record.values.get("native_name", ""))
    return sorted(names, key=collated), reasons


def _reason(record: Record, consent: str, alone: bool) -> str:
    """Why somebody is not on the list, by the codes of `recipients.REASONS`; "" = nothing speaks against it."""
    state = record.values.get("state", "")
    if state in (DECEASED, UNTRACEABLE):
        return state
    if state in _GONE:
        return "gone"
    if alone:
        return "individually"
    answer = record.values.get(consent, "")
    return "" if answer == "given" else "refused" if answer == "refused" else "no_consent"

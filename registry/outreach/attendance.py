"""The list that lies at the door: names and seat numbers, and of nobody what they are."""

from __future__ import annotations

from collections.abc import Mapping

from registry.commands import WriteAttendance
from registry.context import Context
from registry.documents.paper_lists import Column, write_list
from registry.fields import PEOPLE
from registry.i18n import LANGUAGES, N_, current_language, translate
from registry.outreach.addressing import Addressed, end, of_campaign, wanted_by
from registry.outreach.letter_making import sender_of
from registry.outreach.preparing import names_of
from registry.outreach.reasons import EVENT
from registry.outreach.sorting import Sorted, sort_out
from registry.search.collation import collated
from registry.search.find import ids_of
from registry.whole_file import require_pdf

#: Who comes needs no address.
_NO_MATTER = frozenset({"no_address", "mail_returned"})
_LONGEST_TITLE = 200


def write_attendance(context: Context, command: WriteAttendance) -> Addressed:
    """Write seats in the order of names; nobody is on the list who is to be contacted individually."""
    require_pdf(command.path)
    context.note["query"] = command.query
    found = _found(context, command)
    seats, reasons = _seats(context, found)
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
    return Addressed(len(found.ids), len(seats), reasons, missing=missing)


def _found(context: Context, command: WriteAttendance) -> Sorted:
    """Whom the command means, and why some of them are not on the list."""
    if command.campaign:
        return of_campaign(context, command.campaign)[0]
    wanted = wanted_by(command.purpose, EVENT)
    ids = command.ids if command.ids is not None else ids_of(context, PEOPLE, command.query)
    return sort_out(context, ids, wanted)


def _seats(context: Context, found: Sorted) -> tuple[list[str], Mapping[str, int]]:
    """The names in their order, and how many were left out for which reason."""
    reasons = {code: count for code, count in found.counted().items() if code not in _NO_MATTER}
    coming = [
        int(record_id)
        for place, record_id in enumerate(found.ids.tolist())
        if not found.reasons[place] or found.reason(place) in _NO_MATTER
    ]
    names = names_of(context, found.wanted.kind, coming)
    return sorted((name for _number, name in names.values()), key=collated), reasons

"""Leaving the post: to another one, home, or nobody knows where."""

from __future__ import annotations

from db.models import METADATA
from db.records import RecordRows
from registry import possible
from registry.commands import MarkUntraceable, ReturnPerson, TransferPerson
from registry.context import Context
from registry.errors import Invalid
from registry.i18n import N_, ngettext
from registry.kinds import clean
from registry.postal import AT_HOME
from registry.registration import ongoing, persons, states
from registry.registration.moving import day_of_change, read_address, settle
from registry.registration.outcomes import Followed
from registry.vocabularies import get as vocabulary
from registry.whereabouts import has_ended

NO_POST = N_("Write which post takes the registration over.")
NO_REASON = N_("Write how it is known, such as: letter of 3 May came back.")
ALREADY = N_("The state is “{state}” already.")
ABROAD = N_("The address is not in the home state. If the person lives there now, record a move instead.")


def transfer_person(context: Context, command: TransferPerson) -> Followed:
    """Hand the registration over; everything on the card stays."""
    rows = _in_another_state(context, command.id, states.TRANSFERRED)
    post = clean(command.post)
    if not post:
        raise Invalid(NO_POST, field="post")
    since = possible.day(command.since, "since", persons.own(rows)["birth_date"])
    states.write(context.transaction, persons.own(rows), {"state": states.TRANSFERRED}, since=since, reason=post)
    return Followed(1, 0, _still_open(rows))


def return_person(context: Context, command: ReturnPerson) -> Followed:
    """End the addresses abroad and, unless the person stays reachable, the consents; an address at home is lived at."""
    rows = _in_another_state(context, command.id, states.RETURNED)
    since = day_of_change(command.since, rows)
    address, _district = read_address(context, command.texts)
    home = context.settings.get("home")
    if address and home and address.get("country") not in (None, home):
        raise Invalid(ABROAD, field="address.country")
    if address and home:
        address["country"] = home
    standing = [a for a in rows.get("address", ()) if not has_ended(a["valid_to"])]
    kept = [a for a in standing if a["kind"] == AT_HOME]
    abroad = [a for a in standing if a not in kept and (home is None or a["country"] != home)]
    if not address:
        for one in kept:
            context.transaction.update(METADATA.tables["address"], int(str(one["id"])), {"kind": "home"})
    closed = settle(context, rows, address, since, abroad)
    states.write(context.transaction, persons.own(rows), {"state": states.RETURNED}, since=since)
    if not command.reachable:
        withdraw_consents(context, rows, since)
    return Followed(1, closed, _still_open(rows))


def mark_untraceable(context: Context, command: MarkUntraceable) -> Followed:
    """Mark the address as one from which mail comes back."""
    rows = _in_another_state(context, command.id, states.UNTRACEABLE)
    reason = clean(command.reason)
    if not reason:
        raise Invalid(NO_REASON, field="reason")
    for address in persons.lived_at(rows):
        context.transaction.update(METADATA.tables["address"], int(str(address["id"])), {"state": "returned"})
    states.write(context.transaction, persons.own(rows), {"state": states.UNTRACEABLE}, reason=reason)
    return Followed(1)


def withdraw_consents(context: Context, rows: RecordRows, since: str) -> None:
    """Nothing is sent any more: what was given is refused from a day on."""
    table = METADATA.tables["consent"]
    for consent in ongoing.consents(rows):
        context.transaction.update(table, int(str(consent["id"])), {"status": "refused", "withdrawn_on": since})


def _in_another_state(context: Context, person_id: int, state: str) -> RecordRows:
    rows = persons.living(context.connection, person_id)
    if persons.own(rows)["state"] == state:
        raise Invalid(ALREADY, state=vocabulary("state").label(state))
    return rows


def _still_open(rows: RecordRows) -> tuple[str, ...]:
    count = len(ongoing.open_follow_ups(rows))
    if not count:
        return ()
    return (ngettext("{count} follow-up is still open.", "{count} follow-ups are still open.", count),)

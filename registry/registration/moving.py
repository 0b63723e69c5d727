"""A move: the old address ends, the new one is declared, and what follows from another country or district is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.models import METADATA
from db.records import RecordRows, Row
from registry import dates, fields, possible
from registry.commands import MovePerson
from registry.context import Context
from registry.drafts import UNKNOWN_FIELD
from registry.editing import read_texts
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.registration import persons, states
from registry.registration.outcomes import Followed
from registry.registration.renewal import HAS_ENDED
from registry.vocabularies import get as vocabulary

NO_ADDRESS = N_("Write the new address.")
SAME_ADDRESS = N_("This is the address at which the person lives already.")
BEFORE_ADDRESS = N_("{date} is before the day since which the person lives at the present address, {since}.")
NOT_OF_AN_ADDRESS = ("address.from", "address.to", "address.state", "address.kind")
#: The field that is at fault when the address as a whole is.
FIRST_PART = "address.street"

GONE_HOME = N_("The new address is in the home state. If that is for good, record the return.")
OTHER_COUNTRY = N_("{country} is not the country of this post. If another post serves it, transfer the registration.")
OTHER_DISTRICT = N_("Check the consular district: “{district}” was written down for the old address.")
STILL_UNTRACEABLE = N_("The state is still “Untraceable”. Confirm the registration to make it active.")


def move_person(context: Context, command: MovePerson) -> Followed:
    """Move one person, and if asked the household."""
    rows = persons.living(context.connection, command.id)
    mine, home = persons.own(rows), persons.lived_at(rows)
    address, district = read_address(context, command.texts)
    if not address:
        raise Invalid(NO_ADDRESS, field=FIRST_PART)
    since = day_of_change(command.since, rows)
    if home and persons.place_of({**dict.fromkeys(home[0]), **address}) == persons.place_of(home[0]):
        raise Invalid(SAME_ADDRESS, field=FIRST_PART)
    members = persons.household_here(context.connection, rows) if command.household else {}
    closed = 0
    for moved in (rows, *members.values()):
        closed += settle(context, moved, address, since, persons.lived_at(moved))
        if district is not None:
            states.write(context.transaction, persons.own(moved), {"district": district})
    return Followed(1 + len(members), closed, _follows(context, mine, address, district))


def read_address(context: Context, texts: Mapping[str, str]) -> tuple[Row, str | None]:
    """The columns of an address as typed, without empty ones, and the consular district if it was typed."""
    for name in texts:
        found = fields.find(PEOPLE, name)
        part = found is not None and found[0].table == "address" and name not in NOT_OF_AN_ADDRESS and not found[1]
        if not part and name != "consular_district":
            raise Invalid(UNKNOWN_FIELD, field=name, name=name)
    draft = read_texts(context, PEOPLE, {name: text for name, text in texts.items() if text.strip()})
    address = draft.rows.get(("address", 0), {})
    district = draft.value("person", "district")
    return address, None if district is None else str(district)


def day_of_change(text: str, rows: RecordRows) -> str:
    """The day of a move or return as typed; not before the birth, nor before the present address began."""
    since = possible.day(text, "since", persons.own(rows)["birth_date"])
    for address in persons.lived_at(rows):
        began = address["valid_from"]
        if isinstance(began, str) and dates.latest(since) < dates.earliest(began):
            raise Invalid(BEFORE_ADDRESS, field="since", date=dates.show(since), since=dates.show(began))
    return since


def settle(context: Context, rows: RecordRows, address: Row, since: str, ending: Sequence[Row]) -> int:
    """End some addresses and write the new one, first among the person's: lists show the first.

    What stood first goes to the end. Returns how many addresses were ended.
    """
    transaction, table = context.transaction, METADATA.tables["address"]
    for old in ending:
        transaction.update(table, _id(old), {"valid_to": since})
        old["valid_to"] = since
    if not address:
        return len(ending)
    new = {"valid_from": since, "state": "declared", **address}
    held = rows.get("address", [])
    if not held or held[0]["valid_to"] is None:
        transaction.insert(table, [{"record_id": persons.own(rows)["id"], **new}])
        return len(ending)
    first = held[0]
    transaction.insert(table, [{c: v for c, v in first.items() if c != "id"}])
    blank = {c: None for c in first if c not in ("id", "record_id")}
    transaction.update(table, _id(first), blank | new)
    _renumber(context, rows, len(held))
    return len(ending)


def _renumber(context: Context, rows: RecordRows, place: int) -> None:
    """Texts that the first address could not hold follow it to its new place."""
    for raw in rows.get("raw_value", ()):
        found = fields.find(PEOPLE, str(raw["field"]))
        if found is not None and found[0].table == "address" and found[1] == 0:
            name = fields.numbered(found[0].name, place)
            context.transaction.update(METADATA.tables["raw_value"], _id(raw), {"field": name})


def elsewhere(country: str, settings: Mapping[str, str]) -> str:
    """What follows from an address in another country than the post's, in words; "" = nothing."""
    if not country or country == settings["country"]:
        return ""
    if country == settings.get("home"):
        return _(GONE_HOME)
    return _(OTHER_COUNTRY, country=vocabulary("country").label(country))


def _follows(context: Context, mine: Row, address: Row, district: str | None) -> tuple[str, ...]:
    """What the officer decides after a move."""
    found = []
    if abroad := elsewhere(str(address.get("country") or ""), context.settings):
        found.append(abroad)
    if mine["district"] and district is None:
        found.append(_(OTHER_DISTRICT, district=mine["district"]))
    if mine["state"] == states.UNTRACEABLE:
        found.append(_(STILL_UNTRACEABLE))
    elif mine["state"] in states.ENDED:
        state = vocabulary("state").label(str(mine["state"]))
        found.append(_(HAS_ENDED, state=state))
    return tuple(found)


def _id(row: Row) -> int:
    return int(str(row["id"]))

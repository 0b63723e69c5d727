"""One person with every row, as the commands of registration need it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.models import person
from db.records import RecordRows, Row
from registry import records
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.registration import states
from registry.whereabouts import has_ended

IS_DECEASED = N_("This person is recorded as deceased. If that is wrong, undo it or correct the state first.")

#: Kinds of address at which somebody lives; the others stay when somebody moves.
_LIVED_AT = (None, "home")
#: What makes two addresses the same place.
_PLACE = ("house_number", "street", "district", "city", "region", "postal_code", "country", "raw")


def whole(connection: Connection, person_id: int) -> RecordRows:
    """Every row of a person; raises `Invalid` if there is none."""
    rows = records.whole(connection, PEOPLE, [person_id]).get(person_id)
    if rows is None or rows["record"][0]["kind"] != PEOPLE:
        raise Invalid(records.NO_RECORD)
    return rows


def living(connection: Connection, person_id: int) -> RecordRows:
    """The same of somebody who is not recorded as deceased."""
    rows = whole(connection, person_id)
    if own(rows)["state"] == states.DECEASED:
        raise Invalid(IS_DECEASED)
    return rows


def own(rows: RecordRows) -> Row:
    """The person's own row."""
    return rows["person"][0]


def lived_at(rows: RecordRows) -> list[Row]:
    """The addresses at which the person lives: those that have not ended."""
    return [row for row in rows.get("address", ()) if row["kind"] in _LIVED_AT and not has_ended(row["valid_to"])]


def place_of(address: Row) -> tuple[object, ...]:
    """What is compared to tell whether two people live at one address."""
    return tuple(str(address[part] or "").casefold() for part in _PLACE)


def household_here(connection: Connection, rows: RecordRows) -> dict[int, RecordRows]:
    """The others of the household who are registered here and live at the same address, by id."""
    mine, home = own(rows), lived_at(rows)
    if not mine["household"] or not home:
        return {}
    others = select(person.c.id).where(
        person.c.household == mine["household"], person.c.id != mine["id"], person.c.state.in_(states.HERE)
    )
    loaded = records.whole(connection, PEOPLE, connection.execute(others).scalars().all())
    place = place_of(home[0])
    return {i: found for i, found in loaded.items() if any(place_of(a) == place for a in lived_at(found)[:1])}

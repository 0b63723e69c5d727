"""Links between records: a text that names another record, and the record it names.

An association is linked by its name, which stays as it was written. A person is linked by registration number, and no
name is kept beside the link: who is erased is not named in the records of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Table, select

from db import records as rows_of
from db.models import METADATA, association, person, record, record_column
from db.records import RecordRows, Row
from db.store import Transaction
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_
from registry.numbers import is_valid, normal_form
from registry.search.folding import name_key

NOBODY = N_("There is no person with the number {number} in the register. Correct it, or write the name only.")
ONESELF = N_("A record cannot stand in relation to itself. Name another one.")
CIRCLE = N_("“{name}” belongs, directly or through others, to this association. An umbrella cannot stand in a circle.")

_NUMBERED = re.compile(r"(?:.*\()?\s*([^\s()]+-[^\s()]+)\s*\)?")


@dataclass(frozen=True)
class Link:
    """A column with a text, and the column beside it that links to the record which the text names.

    Attributes:
        table, text, id: names of the table and of its two columns.
        kind: what is linked to, "people" or "associations".
        field: canonical name of the field, for what is wrong with it.
    """

    table: str
    text: str
    id: str
    kind: str
    field: str

    @property
    def columns(self) -> Table:
        """The table itself."""
        return METADATA.tables[self.table]


LINKS = (
    Link("membership", "association", "association_id", ASSOCIATIONS, "association"),
    Link("partner", "partner", "partner_id", ASSOCIATIONS, "partner"),
    Link("association", "parent", "parent_id", ASSOCIATIONS, "parent"),
    Link("relation", "relative", "relative_id", PEOPLE, "relative"),
    Link("officer", "person", "person_id", PEOPLE, "officer"),
)


@cache
def of_table(table: str) -> Link | None:
    """The link that rows of this table hold."""
    return next((link for link in LINKS if link.table == table), None)


def resolve(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Set the links of these rows from their texts; `Invalid` for a number that nobody has and for oneself."""
    link = of_table(table)
    named = [row for row in rows if link is not None and link.text in row]
    if link is None or not named:
        return
    if link.kind == ASSOCIATIONS:
        _link_associations(connection, link, named)
    else:
        _link_people(connection, link, named)
    for row in named:
        owner = row.get(record_column(link.columns) or "id")
        if owner is not None and row[link.id] == owner:
            raise Invalid(ONESELF, field=link.field)


def require_no_circle(connection: Connection, association_id: int, parent_id: object) -> None:
    """Raise `Invalid` if an association would belong to itself through its umbrellas."""
    above = parent_id
    while above is not None:
        row = connection.execute(
            select(association.c.parent_id, association.c.name).where(association.c.id == above)
        ).first()
        if row is None:
            return
        if above == association_id or row.parent_id == association_id:
            raise Invalid(CIRCLE, field="parent", name=row.name)
        above = row.parent_id


def show(connection: Connection, loaded: Mapping[int, RecordRows]) -> None:
    """Put what linked people are called into the rows that link to them: `Name (number)`."""
    for link in LINKS:
        if link.kind != PEOPLE:
            continue
        linked = [row for rows in loaded.values() for row in rows.get(link.table, ()) if row[link.id] is not None]
        called = names(connection, {int(str(row[link.id])) for row in linked})
        for row in linked:
            row[link.text] = called.get(int(str(row[link.id])))


def names(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """`Name (number)` of people by id."""
    found: dict[int, str] = {}
    for some in rows_of.slices(sorted(ids)):
        joined = select(person.c.id, person.c.full_name, record.c.number).join_from(
            person, record, person.c.id == record.c.id
        )
        rows = connection.execute(joined.where(person.c.id.in_(some)))
        found.update((row.id, f"{row.full_name} ({row.number})") for row in rows)
    return found


def unlink(transaction: Transaction, ids: Sequence[int], *, erased: bool = False) -> None:
    """Let nothing point at these records any more: their names stand instead of the links.

    Args:
        erased: they go for good, so that rows which say something about a person only by the link go with it.
    """
    for link in LINKS:
        table = link.columns
        for some in rows_of.slices(ids):
            linked = transaction.connection.execute(
                select(table.c.id, table.c[link.id]).where(table.c[link.id].in_(some))
            ).all()
            if link.kind == PEOPLE and erased:
                transaction.delete(table, [row.id for row in linked])
                continue
            called = _plain_names(transaction.connection, some) if link.kind == PEOPLE else {}
            for row_id, target in linked:
                text = {link.text: called[target]} if link.kind == PEOPLE else {}
                transaction.update(table, row_id, {link.id: None, **text})


def _plain_names(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(select(person.c.id, person.c.full_name).where(person.c.id.in_(ids)))
    return {row.id: row.full_name for row in rows}


def _link_associations(connection: Connection, link: Link, rows: Sequence[Row]) -> None:
    keys = sorted({name_key(str(row[link.text] or "")) for row in rows} - {""})
    known: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        some = association.c.name_key.in_(keys[start : start + 500])
        known.update(
            (r[0], r[1]) for r in connection.execute(select(association.c.name_key, association.c.id).where(some))
        )
    for row in rows:
        row[link.id] = known.get(name_key(str(row[link.text] or "")))


def _link_people(connection: Connection, link: Link, rows: Sequence[Row]) -> None:
    for row in rows:
        row[link.id] = None
        match = _NUMBERED.fullmatch(str(row[link.text] or ""))
        number = normal_form(match[1]) if match else ""
        if match is None or not is_valid(number):
            continue
        mine = select(person.c.id).join_from(person, record, person.c.id == record.c.id)
        found = connection.execute(mine.where(record.c.number == number)).scalar()
        if found is None:
            raise Invalid(NOBODY, field=link.field, number=number)
        row[link.id], row[link.text] = found, None

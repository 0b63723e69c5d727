"""Whether a row of a record says anything: what says nothing by itself, and what a row must hold."""

from __future__ import annotations

from collections.abc import Mapping

from db.models import METADATA
from registry import fields, links
from registry.additions import remembered
from registry.drafts import Place
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.kinds import PHONE

NEEDS_VALUE = N_("The field “{name}” is empty, and others depend on it. Fill it, or empty those too.")

Row = dict[str, object]


def whole(kind: str, at: Place, row: Row) -> Row:
    """`row` if it holds what every row of its table must: a level alone is nobody's skill."""
    table, place = at
    needed = fields.HEADS.get(table)
    if needed and row.get(needed) is None and headless(row, table):
        field = next(f for f in fields.by_group(kind)[table] if f.column == needed or f.kind is PHONE)
        raise Invalid(NEEDS_VALUE, field=fields.numbered(field.name, int(place)), name=field.title)
    return row


def emptied(row: Row, table: str) -> bool:
    """Whether a repeated row has nothing left to say."""
    if table in fields.SINGLE:
        return False
    if table in fields.HEADS:
        return headless(row, table)
    return says_nothing(row, table)


def headless(row: Mapping[str, object], table: str) -> bool:
    """Whether the value is missing without which the row says nothing; a link to a person stands for the name."""
    link = links.of_table(table)
    return row.get(fields.HEADS[table]) is None and (link is None or row.get(link.id) is None)


def says_nothing(row: Mapping[str, object], table: str) -> bool:
    """Whether it has no value, or only such as say nothing by themselves."""
    return {column for column, value in row.items() if value is not None} <= _unspoken(table)


@remembered
def _unspoken(table: str) -> frozenset[str]:
    """Columns that say nothing by themselves: ids, keys, versions, what is derived, and the text beside a code."""
    columns = METADATA.tables[table].columns
    technical = {c.name for c in columns if c.info.get("derived")} | set(fields.written(table).values())
    keys = {*fields.KEYED[table][1], "version"} if table in fields.KEYED else set()
    person_link = links.of_table(table)
    named = {person_link.id} if person_link is not None and person_link.kind != PEOPLE else set()
    return frozenset({"id", "record_id"} | technical | keys | named)

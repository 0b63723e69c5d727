"""Facts of records as the register has them, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from db.batches import by_column, load
from db.models import (
    address,
    association,
    document,
    email,
    job,
    other_name,
    person,
    phone,
    raw_value,
    relation,
)
from db.records import listed, slices
from registry.fields import PEOPLE
from registry.i18n import _
from registry.matching.facts import Collector, Facts
from registry.progress import SILENT, Progress

#: Only these columns are read: protected values are rows of another table, and are never evidence.
_COLUMNS: dict[Table, tuple[str, ...]] = {
    phone: ("e164", "raw"),
    email: ("folded",),
    document: ("number", "type", "issued"),
    address: ("house_number", "street", "district", "city", "region", "postal_code", "country", "raw"),
    job: ("occupation", "occupation_text"),
    other_name: ("name",),
    relation: ("relative_id", "kind"),
    raw_value: ("field", "text"),
}
_OWN: dict[Table, tuple[str, ...]] = {
    person: (
        *("full_name", "given_name", "family_name", "birth_name", "native_name", "sex", "birth_date", "birth_place"),
        "household",
    ),
    association: ("name", "native_name", "acronym", "website", "registration_number"),
}
_BLOCK = 2_000


def is_compared(table: str, column: str = "") -> bool:
    """Whether anything of a table, or a column of it, is compared."""
    columns = {known.name: some for known, some in (_COLUMNS | _OWN).items()}.get(table, ())
    return column in columns if column else bool(columns)


def facts_of_all(connection: Connection, kind: str, progress: Progress = SILENT) -> Facts:
    """The facts of every record of a kind, by id."""
    collector = Collector(kind)
    add_all(connection, kind, collector, progress)
    return collector.facts(progress)


def add_all(connection: Connection, kind: str, collector: Collector, progress: Progress = SILENT) -> None:
    """Take in every record of a kind, by id."""
    own = person if kind == PEOPLE else association
    ids = listed(connection, select(own.c.id).order_by(own.c.id))
    for first in range(0, len(ids), _BLOCK):
        progress.step(first, len(ids), _("Reading the records"))
        collector.add(load(connection, ids[first : first + _BLOCK], {own: _OWN[own]} | _COLUMNS))


def facts_of(connection: Connection, kind: str, ids: Sequence[int], collector: Collector) -> None:
    """Take in some records, by id."""
    if records := [*rows_of(connection, kind, ids)]:
        collector.add(by_column(records))


def rows_of(
    connection: Connection, kind: str, ids: Sequence[int]
) -> Iterator[tuple[int, dict[str, list[dict[str, Any]]]]]:
    """The rows of some records that say what is compared, by id."""
    own = person if kind == PEOPLE else association
    for some in slices(sorted(ids)):
        found: dict[int, dict[str, list[dict[str, Any]]]] = {}
        for row in _rows(connection, own, own.c.id, _OWN[own], some):
            found[row[0]] = {own.name: [dict(zip(_OWN[own], row[1:], strict=True))]}
        for table, columns in _COLUMNS.items():
            for row in _rows(connection, table, table.c.record_id, columns, some):
                if row[0] in found:
                    found[row[0]].setdefault(table.name, []).append(dict(zip(columns, row[1:], strict=True)))
        yield from found.items()


def _rows(
    connection: Connection, table: Table, owner: ColumnElement[int], columns: Sequence[str], ids: Sequence[int]
) -> Iterator[Any]:
    statement = select(owner, *(table.c[column] for column in columns)).where(owner.in_(ids)).order_by(table.c.id)
    yield from connection.execute(statement)

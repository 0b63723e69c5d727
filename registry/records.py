"""Records as officers know them: fields by name, from the rows that keep them and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from db import records as rows_of
from db.models import METADATA, merged_record, record
from db.records import RecordRows
from registry import consents, fields, gazetteer, links
from registry.access import Session
from registry.additions import remembered
from registry.consents import Consent
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.gazetteer import City
from registry.i18n import N_
from registry.kinds import COORDINATES, PHONE, clean

#: Longer numbers are no ids: the store's own end at 9,223,372,036,854,775,807.
_DIGITS = 19
NO_RECORD = N_("There is no such record. It may have been removed or merged.")
SEVERAL = N_("“{text}” is the id or the reference of several records. Give the registration number.")


@dataclass(frozen=True)
class Record:
    """One person or association, with the fields that its reader may see.

    Attributes:
        kind: "people" or "associations".
        number: registration number.
        version: rises with every change.
        source: where it came from, as told at its creation.
        values: canonical name, numbered -> kept value; empty fields are missing.
        raw: canonical name, numbered -> text that the field could not hold.
        consents: every answer with what is known of it; those that ran out are not among the values.
        cities: numbered name of the coordinates -> the city of the gazetteer in which the address lies.
    """

    kind: str
    id: int
    number: str
    version: int
    source: str
    values: Mapping[str, str]
    raw: Mapping[str, str]
    consents: tuple[Consent, ...] = ()
    cities: Mapping[str, City] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the record is called."""
        return self.values.get("full_name" if self.kind == PEOPLE else "name", "")

    def show(self, name: str) -> str:
        """One field in the reader's words; raw text where the field could not hold the value."""
        value = self.values.get(name)
        if value is None:
            return self.raw.get(name, "")
        found = fields.find(self.kind, name)
        if found is None or name in self.raw:
            return value
        return found[0].show(value)


def load(
    connection: Connection, session: Session, kind: str, ids: Sequence[int], columns: Sequence[str] = ()
) -> dict[int, Record]:
    """Records by id, in the order asked; those of another kind or gone are left out.

    Args:
        columns: canonical names to fill; () = all that `session` sees.
    """
    wanted = visible(session, kind, columns)
    tables = [METADATA.tables[name] for name in dict.fromkeys(f.table for f in wanted)]
    loaded = _grouped(rows_of.load(connection, ids, [*tables, METADATA.tables["raw_value"]]))
    links.show(connection, loaded)
    names = {f.name for f in wanted}
    found = ((i, loaded[i]) for i in ids if i in loaded and loaded[i]["record"][0]["kind"] == kind)
    read = [_Read(f.name, f.group, f.column, f.kind is PHONE, f.kind is COORDINATES) for f in wanted]
    groups = [f.group for f in wanted if f.table == fields.CONSENT]
    return {i: _record(kind, rows, read, groups, names) for i, rows in found}


def visible(session: Session, kind: str, columns: Sequence[str] = ()) -> tuple[Field, ...]:
    """The fields of `kind` that this user sees, or those of `columns`, numbered or not."""
    seen = tuple(f for f in fields.of(kind) if session.sees(f))
    if not columns:
        return seen
    heads = {f.name for c in columns if (found := fields.find(kind, c)) for f in (found[0],)}
    return tuple(f for f in seen if f.name in heads)


class _Read(NamedTuple):
    """A field and where it stands; asked once for many records."""

    name: str
    group: str
    column: str
    phone: bool
    city: bool


def _record(
    kind: str, rows: RecordRows, wanted: Sequence[_Read], consent_groups: Sequence[str], names: set[str]
) -> Record:
    head = rows["record"][0]
    values: dict[str, str] = {}
    raw: dict[str, str] = {}
    cities: dict[str, City] = {}
    for head_name, group, column, phone, city in wanted:
        for place, row in enumerate(rows[group]) if group in rows else ():
            value = row[column]
            if value is None and not phone:
                continue
            name = fields.numbered(head_name, place) if place else head_name
            if value is None:
                value = raw[name] = str(row["raw"])
            values[name] = str(value)
            if city and (known := gazetteer.by_id(_number(value))):
                cities[name] = known
    agreed = tuple(consents.of_row(row) for group in consent_groups for row in rows.get(group, ()))
    for answer in agreed:
        if not answer.counts:
            del values[answer.name]
    for row in rows.get("raw_value", ()):
        found = fields.find(kind, str(row["field"]))
        if found is not None and found[0].name in names:
            raw[str(row["field"])] = str(row["text"])
    return Record(
        kind,
        _number(head["id"]),
        str(head["number"]),
        _number(head["version"]),
        str(head["source"] or ""),
        values,
        raw,
        agreed,
        cities,
    )


def whole(connection: Connection, kind: str, ids: Sequence[int], tables: Sequence[Table] = ()) -> dict[int, RecordRows]:
    """Every row of these records, or those of `tables`, by group, with what linked people are called."""
    loaded = _grouped(rows_of.load(connection, ids, tables or tables_of(kind)))
    links.show(connection, loaded)
    return loaded


def _grouped(loaded: dict[int, RecordRows]) -> dict[int, RecordRows]:
    """The same rows, those of keyed tables apart by their keys."""
    for rows in loaded.values():
        for table in fields.KEYED:
            for row in rows.pop(table, ()):
                rows.setdefault(fields.group_of(table, row), []).append(row)
    return loaded


def find_by_number(connection: Connection, text: str) -> tuple[str, int]:
    """(kind, id) of the one record with this registration number, else this id or external id; raises `Invalid`.

    The numbers of a merged record lead to the one that it is part of.
    """
    from registry.numbers import MISTYPED, is_mistyped, normal_form

    person, association = METADATA.tables["person"], METADATA.tables["association"]
    text = clean(text)
    referred = [select(t.c.id).where(t.c.external_id == text) for t in (person, association)]
    referred += [select(merged_record.c.record_id).where(merged_record.c.external_id == text)]
    others: list[ColumnElement[bool]] = [record.c.id.in_(ids) for ids in referred]
    if text.isdecimal() and len(text) < _DIGITS:
        others.append(record.c.id == int(text))
    merged = select(merged_record.c.record_id).where(merged_record.c.number == normal_form(text))
    for attempt in (record.c.number == normal_form(text), record.c.id.in_(merged), or_(*others)):
        found = connection.execute(select(record.c.kind, record.c.id).where(attempt).limit(2)).all()
        if len(found) > 1:
            raise Invalid(SEVERAL, text=text)
        if found:
            return found[0][0], found[0][1]
    if is_mistyped(normal_form(text)):
        raise Invalid(MISTYPED, number=normal_form(text))
    raise Invalid(NO_RECORD)


@remembered
def tables_of(kind: str) -> tuple[Table, ...]:
    """Every table that holds fields of `kind`, the record's own part first."""
    names = dict.fromkeys(f.table for f in fields.of(kind) if f.table != "record")
    return tuple(METADATA.tables[name] for name in (*names, "raw_value"))


def kinds_of(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Record id -> kind."""
    found: dict[int, str] = {}
    for some in rows_of.slices(list(ids)):
        found.update(
            (row[0], row[1])
            for row in connection.execute(select(record.c.id, record.c.kind).where(record.c.id.in_(some)))
        )
    return found


def _number(value: object) -> int:
    return int(str(value))

"""Records as officers know them: fields by name, from the rows that keep them and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from db import records as rows_of
from db.models import METADATA, merged_record, record
from db.records import RecordRows
from registry import consents, fields, gazetteer, links, listing
from registry.access import Session
from registry.additions import remembered
from registry.consents import Consent
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.gazetteer import City
from registry.i18n import N_
from registry.kinds import COORDINATES, clean
from registry.listing import Listing

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
    found = listing.read(connection, kind, ids, visible(session, kind, columns))
    made = _records(kind, found)
    return {found.ids[place]: made[place] for place in found.places(ids)}


def visible(session: Session, kind: str, columns: Sequence[str] = ()) -> tuple[Field, ...]:
    """The fields of `kind` that this user sees, or those of `columns`, numbered or not."""
    seen = tuple(f for f in fields.of(kind) if session.sees(f))
    if not columns:
        return seen
    heads = {f.name for c in columns if (found := fields.find(kind, c)) for f in (found[0],)}
    return tuple(f for f in seen if f.name in heads)


def _records(kind: str, found: Listing) -> list[Record]:
    """One for each place of a listing."""
    raw: dict[int, dict[str, str]] = {}
    for name, texts in found.raw.items():
        for place, text in texts.items():
            raw.setdefault(place, {})[name] = text
    answers: dict[int, list[Consent]] = {}
    for part in found.answers:
        for place, row in zip(part.owners, zip(*part.columns.values(), strict=True), strict=True):
            answers.setdefault(place, []).append(consents.of_row(dict(zip(part.columns, row, strict=True))))
    places = [n for n in found.values if (known := fields.find(kind, n)) and known[0].kind is COORDINATES]
    made: list[Record] = []
    head = zip(*(found.heads.get(name, ()) for name in ("id", "number", "version", "source")), strict=True)
    for place, ((record_id, number, version, source), cells) in enumerate(zip(head, _rows(found), strict=True)):
        values = {name: cell for name, cell in zip(found.values, cells, strict=True) if cell is not None}
        cities = {n: city for n in places if n in values and (city := gazetteer.by_id(int(values[n])))}
        mine = raw.get(place, {}), tuple(answers.get(place, ())), cities
        made.append(Record(kind, record_id, number, version, source or "", values, *mine))
    return made


def _rows(found: Listing) -> Iterable[Sequence[str | None]]:
    """What each record says under the names of the listing."""
    return zip(*found.values.values(), strict=True) if found.values else [()] * len(found.ids)


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

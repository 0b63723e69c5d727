"""Links between records: a text that names another record, and the record it names.

An association is linked by its name, which stays as it was written; a name that no association has yet waits for one.
A person is linked by registration number, and no name is kept beside the link: who is erased is not named in the
records of others, and of who is deleted the number alone stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from db import records as rows_of
from db.batches import Part
from db.models import METADATA, association, merged_record, person, record, record_column
from db.records import RecordRows, Row
from db.store import Transaction
from registry.drafts import Draft
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE, SINGLE, Field, numbered, table_of
from registry.i18n import N_
from registry.numbers import MISTYPED, is_mistyped, is_valid, normal_form
from registry.search.folding import name_key

NOBODY = N_("There is no person with the number {number} in the register. Correct it, or write the name only.")
OTHER_PERSON = N_("The person with the number {number} has another name. Correct it, or write the name only.")
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


def target(field: Field) -> str:
    """The kind of record that the texts of this field may name; "" if they name none."""
    link = of_table(field.table)
    return link.kind if link is not None and link.text == field.column else ""


def resolved(connection: Connection, part: Part, owners: Sequence[int], *, strict: bool = True, first: int = 0) -> Part:
    """Rows with the links that their texts stand for; no text stays beside a link to a person.

    Args:
        owners: for each row the id of its record.
        strict: raise `Invalid` for a number that nobody has, for oneself and for a circle of umbrellas; otherwise such
            a text, and one that gives the number of a person of another name, stays without a link, as a list's own
            words.
        first: place of the first of these rows among those of its record.
    """
    link = of_table(part.table)
    if link is None or link.text not in part.columns:
        return part
    texts = [str(text or "") for text in part.columns[link.text]]
    found = _leading(connection, link, texts, owners, strict=strict, first=first)
    columns = {**part.columns, link.id: found}
    if link.kind == PEOPLE:
        said = zip(part.columns[link.text], found, strict=True)
        columns[link.text] = [text if to is None else None for text, to in said]
    return part._replace(columns=columns)


def _leading(
    connection: Connection, link: Link, texts: Sequence[str], owners: Sequence[int], *, strict: bool, first: int
) -> list[int | None]:
    """Where each text leads."""
    distinct = set(texts)
    known = (_named if link.kind == ASSOCIATIONS else people_numbered)(connection, distinct)
    others = misnamed(connection, distinct) if link.kind == PEOPLE and not strict else ()
    leading = {text: known.get(_key(link, text)) if text not in others else None for text in distinct}
    umbrellas = _umbrellas(connection) if link.columns is association and known else {}
    found: list[int | None] = [*map(leading.__getitem__, texts)]
    # Most texts lead nowhere and are no numbers: nothing can be wrong with those.
    doubtful = {
        text for text, to in leading.items() if to is not None or (link.kind == PEOPLE and _like_a_number(text))
    }
    for at, text in enumerate(texts) if doubtful else ():
        wrong = _wrong(connection, link, text, owners[at], found[at], umbrellas) if text in doubtful else None
        if wrong is not None and strict:
            wrong.field = link.field if link.table in SINGLE else numbered(link.field, first + at)
            raise wrong
        if wrong is not None:
            found[at] = None
    return found


def link_waiting(transaction: Transaction, ids: Sequence[int], *, strict: bool = True) -> None:
    """Link the texts that name these associations, new or newly named, and lead nowhere yet.

    Args:
        strict: raise `Invalid` where an umbrella would close a circle; otherwise that text goes on waiting.
    """
    connection = transaction.connection
    called: dict[str, int] = {}
    for some in rows_of.slices(sorted(ids)):
        # By their names: after an undo, what is derived of them is still to be written.
        found = select(association.c.name, association.c.id).where(association.c.id.in_(some))
        for name, record_id in connection.execute(found.order_by(association.c.id)):
            called.setdefault(name_key(name), record_id)
    for link in LINKS if called else ():
        if link.kind != ASSOCIATIONS:
            continue
        table = link.columns
        text, waits = table.c[link.text], table.c[link.id].is_(None)
        texts = connection.execute(select(text).where(waits, text.is_not(None)).distinct()).scalars()
        leading = {t: called[key] for t in texts if (key := name_key(t)) in called}
        for to, rows in _to_link(connection, link, leading, strict=strict).items():
            transaction.point(table, rows, link.id, to)


def renumbered(text: str, numbers: Mapping[str, str]) -> str:
    """A list's text with the number that its person has here instead of the one that the list knows."""
    old = number_in(text)
    return text.replace(old, numbers[old]) if old in numbers else text


def keep_known(connection: Connection, draft: Draft, existing: RecordRows) -> Draft:
    """A list's draft with the link that the record has where the list gives another registry's number for it."""
    rows = dict(draft.rows)
    for (group, place), row in draft.rows.items():
        link = of_table(table_of(group))
        text = _text(row, link) if link is not None and link.kind == PEOPLE and link.text in row else ""
        if link is None or not number_in(text):
            continue
        linked = [str(e[link.text]) for e in existing.get(group, ()) if e[link.id] is not None]
        same = [one for one in linked if _name_in(one) == _name_in(text)]
        if len(same) == 1 and text not in linked and not _is_here(connection, text):
            rows[group, place] = {**row, link.text: same[0]}
    return replace(draft, rows=rows)


def _name_in(text: str) -> str:
    return name_key(text.rpartition("(")[0])


def _is_here(connection: Connection, text: str) -> bool:
    """Whether a text leads to a person of that number and name."""
    return bool(people_numbered(connection, [text])) and not misnamed(connection, [text])


def link_numbered(transaction: Transaction, ids: Sequence[int]) -> None:
    """Link the texts of these people that name people by numbers, once everybody of a list is there."""
    for link in LINKS:
        table = link.columns
        if link.kind != PEOPLE or record_column(table) is None:
            continue
        for some in rows_of.slices(ids):
            waits = table.c.record_id.in_(some), table.c[link.id].is_(None), table.c[link.text].like("%(%-%)")
            chosen = select(table.c.id, table.c.record_id, table.c[link.text]).where(*waits)
            waiting = transaction.connection.execute(chosen).all()
            owners, texts = [row[1] for row in waiting], [row[2] for row in waiting]
            found = _leading(transaction.connection, link, texts, owners, strict=False, first=0)
            for row, to in zip(waiting, found, strict=True):
                if to is not None:
                    transaction.update(table, row[0], {link.id: to, link.text: None})


def stands_in_circle(connection: Connection, ids: Iterable[int]) -> bool:
    """Whether one of these associations belongs to itself; no change makes that so, but an undo could."""
    umbrellas = _umbrellas(connection)
    return any(i in umbrellas and _circle(umbrellas, i, umbrellas[i]) for i in ids)


def number_in(text: str) -> str:
    """The registration number that a text such as `Name (number)` holds; "" if there is none."""
    number = _like_a_number(text)
    return number if number and is_valid(number) else ""


def _like_a_number(text: str) -> str:
    match = _NUMBERED.fullmatch(text)
    return normal_form(match[1]) if match else ""


def show(connection: Connection, loaded: Mapping[int, RecordRows]) -> None:
    """Put what linked people are called into the rows that link to them: `Name (number)`."""
    for link in LINKS:
        if link.kind != PEOPLE:
            continue
        linked = [row for rows in loaded.values() for row in rows.get(link.table, ()) if row[link.id] is not None]
        called = names(connection, {int(str(row[link.id])) for row in linked})
        for row in linked:
            row[link.text] = called.get(int(str(row[link.id])))


def shown(connection: Connection, part: Part) -> Part:
    """The same of rows by column."""
    link = of_table(part.table)
    if link is None or link.kind != PEOPLE:
        return part
    texts, linked = part.columns[link.text], part.columns[link.id]
    called = names(connection, {int(str(i)) for i in linked if i is not None})
    said = [text if i is None else called.get(int(str(i))) for text, i in zip(texts, linked, strict=True)]
    return part._replace(columns={**part.columns, link.text: said})


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
    """Let nothing point at these records any more: an association's name stays, of a person the number.

    Args:
        erased: they go for good, so that rows which say something about a person only by the link go with it.
    """
    for link in LINKS:
        table = link.columns
        for some in rows_of.slices(ids):
            linked = transaction.connection.execute(
                select(table.c.id, table.c[link.id]).where(table.c[link.id].in_(some))
            ).all()
            if link.kind == ASSOCIATIONS:
                transaction.point(table, [row.id for row in linked], link.id, None)
            elif erased:
                transaction.delete(table, [row.id for row in linked])
            else:
                called = _numbers(transaction.connection, some)
                for row_id, to in linked:
                    transaction.update(table, row_id, {link.id: None, link.text: called[to]})


def said(field: Field) -> ColumnElement[Any]:
    """What the rows of the field's table hold there: the text, or the name of the person whom they link to instead."""
    column: ColumnElement[Any] = METADATA.tables[field.table].c[field.column]
    link = of_table(field.table)
    if link is None or link.text != field.column or link.kind != PEOPLE:
        return column
    linked = person.alias()
    name = select(linked.c.full_name).where(linked.c.id == link.columns.c[link.id]).scalar_subquery()
    return func.coalesce(column, name)


def _text(row: Row, link: Link) -> str:
    return str(row[link.text] or "")


def _key(link: Link, text: str) -> str:
    return name_key(text) if link.kind == ASSOCIATIONS else number_in(text)


def _wrong(
    connection: Connection, link: Link, text: str, owner: int, found: int | None, umbrellas: Mapping[int, int]
) -> Invalid | None:
    """Why a text of the record `owner` can't lead where it says."""
    number = number_in(text) if link.kind == PEOPLE else ""
    if found is None and link.kind == PEOPLE and is_mistyped(said := _like_a_number(text)):
        return Invalid(MISTYPED, number=said)
    if found is None:
        return Invalid(NOBODY, number=number) if number else None
    if found == owner:
        return Invalid(ONESELF)
    circle = _circle(umbrellas, owner, found)
    return Invalid(CIRCLE, name=_name(connection, circle)) if circle else None


def _named(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """Folded name -> association; of several with one name the first."""
    known: dict[str, int] = {}
    for some in rows_of.slices(sorted({name_key(text) for text in texts} - {""})):
        named = select(association.c.name_key, association.c.id).where(association.c.name_key.in_(some))
        for key, record_id in connection.execute(named.order_by(association.c.id)):
            known.setdefault(key, record_id)
    return known


def people_numbered(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """Registration number -> person, for those that these texts hold."""
    known: dict[str, int] = {}
    for some in rows_of.slices(sorted({number_in(text) for text in texts} - {""})):
        mine = select(record.c.number, record.c.id).where(record.c.number.in_(some), record.c.kind == PEOPLE)
        merged = select(merged_record.c.number, merged_record.c.record_id.label("id")).where(
            merged_record.c.number.in_(some), merged_record.c.kind == PEOPLE
        )
        for found in (merged, mine):
            known.update((row.number, row.id) for row in connection.execute(found))
    return known


def misnamed(connection: Connection, texts: Iterable[str]) -> set[str]:
    """Those of these texts that give a person's number and another name: they come from another registry."""
    numbered_texts = {text: number for text in texts if (number := number_in(text))}
    called: dict[str, set[str]] = {}
    for some in rows_of.slices(sorted(set(numbered_texts.values()))):
        mine = select(record.c.number, person.c.name_key).join_from(record, person, person.c.id == record.c.id)
        rows = connection.execute(mine.where(record.c.number.in_(some)))
        called.update((row.number, set(str(row.name_key or "").split())) for row in rows)
    wrong = set()
    for text, number in numbered_texts.items():
        said, known = set(_name_in(text).split()), called.get(number, set())
        if said and known and not (said <= known or known <= said):
            wrong.add(text)
    return wrong


def _to_link(connection: Connection, link: Link, leading: Mapping[str, int], *, strict: bool) -> dict[int, list[int]]:
    """Association -> waiting rows whose texts lead there, without those that would lead to themselves."""
    table = link.columns
    owner = table.c[record_column(table) or "id"]
    umbrellas = _umbrellas(connection) if table is association and leading else {}
    found: dict[int, list[int]] = {}
    for some in rows_of.slices(sorted(leading)):
        waiting = select(table.c.id, owner, table.c[link.text]).where(
            table.c[link.id].is_(None), table.c[link.text].in_(some)
        )
        for row_id, owned_by, text in connection.execute(waiting.order_by(table.c.id)):
            to = leading[text]
            if to == owned_by or (table is association and _circle(umbrellas, row_id, to)):
                if strict and to != owned_by:
                    raise Invalid(CIRCLE, field=link.field, name=_name(connection, row_id))
                continue
            umbrellas[row_id] = to
            found.setdefault(to, []).append(row_id)
    return found


def _umbrellas(connection: Connection) -> dict[int, int]:
    """Association -> the one it belongs to."""
    linked = select(association.c.id, association.c.parent_id).where(association.c.parent_id.is_not(None))
    return {row.id: row.parent_id for row in connection.execute(linked)}


def _circle(umbrellas: Mapping[int, int], below: int, above: int) -> int:
    """The last on the way up from `above` that belongs to `below`, if `above` would close a circle; else 0."""
    passed: set[int] = set()
    while above in umbrellas and above not in passed:
        if umbrellas[above] == below:
            return above
        passed.add(above)
        above = umbrellas[above]
    return 0


def _name(connection: Connection, record_id: int) -> str:
    return str(connection.execute(select(association.c.name).where(association.c.id == record_id)).scalar_one())


def _numbers(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(select(record.c.id, record.c.number).where(record.c.id.in_(ids)))
    return {row.id: row.number for row in rows}

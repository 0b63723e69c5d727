"""Drafts into rows: creating, changing and removing records, and what is computed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count

from sqlalchemy import Connection, Table, select

from db import index, names
from db import records as rows_of
from db.batches import by_column
from db.models import (
    METADATA,
    association,
    attachment,
    campaign_recipient,
    certificate,
    merged_record,
    profile_answer,
    record,
    registration,
    sealed,
    segment_member,
)
from db.records import RecordRows
from db.store import Transaction
from registry import consents, fields, links, places, records
from registry.additions import remembered
from registry.drafts import Draft, Place
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_
from registry.matching import queue
from registry.numbers import registration_number, running_number
from registry.registration import states
from registry.repeated import RAW, settle
from registry.search.indexing import keys, name_entries, text_entries

NEEDED = N_("This field cannot be empty. Choose one of its values.")
NEEDS_VALUE = N_("The field “{name}” is empty, and others depend on it. Fill it, or empty those too.")
NO_NAME = N_("A record needs a name. Fill at least one of the name fields.")
#: Families whose name stands first, as the officer would write it.
_FAMILY_FIRST = "family_first"
NAME_PARTS = ("given_name", "patronymic", "family_name")

#: Rows about a record that no field describes, or none any more.
_APART = (
    *(sealed, campaign_recipient, certificate, attachment, registration),
    *(profile_answer, segment_member, merged_record),
)

Row = dict[str, object]


def create(
    transaction: Transaction,
    kind: str,
    drafts: Sequence[Draft],
    sources: Sequence[str | None],
    given: Sequence[str],
    *,
    strict: bool = True,
) -> list[int]:
    """Make one record a draft, in bulk; returns their ids in order. Raises `Invalid` if one has no name.

    Args:
        given: their registration numbers, of `numbers`.
        strict: as of `links.resolve`.
    """
    ids = transaction.new_records(kind, given, sources)
    by_table: dict[str, list[Row]] = {}
    own_table = "person" if kind == PEOPLE else "association"
    made: list[tuple[int, RecordRows]] = []
    kept_in = _Kept(kind)
    for record_id, number, draft in zip(ids, given, (settle(kind, d) for d in drafts), strict=True):
        own = _named(kind, dict(draft.rows.get((own_table, 0), {})))
        own["id"] = record_id
        if kind == PEOPLE:
            own.setdefault("state", "active")
        rows: RecordRows = {"record": [{"number": number}], own_table: [own]}
        for place, values in draft.rows.items():
            name, marks, unspoken, headed = kept_in[place[0]]
            if name != own_table and not _says_nothing(values, unspoken):
                row = {"record_id": record_id, **values, **marks}
                rows.setdefault(name, []).append(_whole(kind, place, row) if headed else row)
                by_table.setdefault(name, []).append(row)
        by_table.setdefault(own_table, []).append(own)
        made.append((record_id, rows))
    for name, some in by_table.items():
        links.resolve(transaction.connection, name, some, strict=strict)
    for row in by_table.get("address", ()):
        row["city_id"] = places.city_id(row)
    for table in records.tables_of(kind):
        transaction.insert(table, by_table.get(table.name, []))
    if kind == PEOPLE:
        states.begin(transaction, by_table.get(own_table, []))
    batch = by_column(made)
    index.replace(transaction.connection, text_entries(kind, batch), fresh=True)
    transaction.names.add(name_entries(kind, batch))
    transaction.indexed.update(ids)
    transaction.pack(ids)
    if kind == ASSOCIATIONS:
        links.link_waiting(transaction, ids, strict=strict)
    return list(ids)


def change(
    transaction: Transaction,
    kind: str,
    record_id: int,
    draft: Draft,
    existing: RecordRows,
    *,
    fill: bool = False,
    strict: bool = True,
) -> bool:
    """Bring one record to what the draft says; False if it said so already.

    Args:
        existing: the record's rows now, by group.
        fill: only put values where there are none.
        strict: as of `links.resolve`.
    """
    changed = False
    own_table = "person" if kind == PEOPLE else "association"
    for at, named in draft.rows.items():
        group, place = at
        table_name = fields.table_of(group)
        table, marks = METADATA.tables[table_name], fields.marks(kind).get(group, {})
        row = _row_at(existing.get(group, []), place)
        values = dict(named)
        if table_name == own_table and row is not None and not fill:
            values = _renamed(kind, row, values)
        if fill and row is not None:
            values = {c: v for c, v in values.items() if row.get(c) is None}
        if table_name == "consent":
            values = consents.anew(row, values)
        values = _linked(transaction.connection, at, values, row, record_id, strict=strict)
        if row is None:
            if not _says_nothing(values, _unspoken(table_name)):
                transaction.insert(table, [_whole(kind, at, {"record_id": record_id, **values, **marks})])
                changed = True
        elif _emptied({**row, **values}, table_name):
            transaction.delete(table, [_id(row)])
            changed = True
        elif table_name == "person":
            changed |= states.write(transaction, row, values)
        elif any(row[c] != v for c, v in values.items()):
            changed |= transaction.update(table, _id(row), {**values, **marks})
        if table is association and "name_key" in values:
            links.link_waiting(transaction, [record_id], strict=strict)
    return _clear_raw(transaction, kind, draft, existing) or changed


def parts_of(kind: str) -> tuple[Table, ...]:
    """Every table of which a record of `kind` can have several rows."""
    return tuple(dict.fromkeys((*(t for t in records.tables_of(kind) if "record_id" in t.c), *_APART)))


def remove(transaction: Transaction, ids: Sequence[int]) -> None:
    """Remove records and all their rows; links from others to a removed association become plain names."""
    links.unlink(transaction, ids)
    queue.forget(transaction, ids)
    for table in dict.fromkeys(part for kind in fields.KINDS for part in parts_of(kind)):
        for some in rows_of.slices(ids):
            found = select(table.c.id).where(table.c.record_id.in_(some))
            transaction.delete(table, transaction.connection.execute(found).scalars().all())
    for table in (METADATA.tables["person"], association, record):
        transaction.delete(table, ids)


def reindex(connection: Connection, touched: Mapping[int, str]) -> None:
    """Compute again what is derived from these records: keys for lists and matching, and the words for search."""
    for kind in fields.KINDS:
        ids = [i for i, k in touched.items() if k == kind]
        for some in rows_of.slices(ids):
            loaded = records.whole(connection, kind, some)
            _with_merged(connection, loaded)
            _derive(connection, kind, loaded)
            batch = by_column(loaded.items())
            index.remove(connection, some)
            index.replace(connection, text_entries(kind, batch), fresh=True)
            names.remove(connection, some)
            names.replace(connection, name_entries(kind, batch), fresh=True)


def _with_merged(connection: Connection, loaded: Mapping[int, RecordRows]) -> None:
    """Put the numbers of merged records beside the rows of the records that they are part of."""
    for row in connection.execute(select(merged_record).where(merged_record.c.record_id.in_(loaded))).mappings():
        loaded[row["record_id"]].setdefault("merged_record", []).append(dict(row))


def derived(kind: str, own: Mapping[str, object]) -> Row:
    """The computed columns of a record's own row."""
    return {column: values[0] for column, values in keys(kind, {c: [value] for c, value in own.items()}).items()}


def compose_full_name(own: Mapping[str, object]) -> str:
    """A full name from its parts in the order of its bearer, else the name in own script."""
    parts = [str(own[p]) for p in NAME_PARTS if own.get(p)]
    if own.get("name_order") == _FAMILY_FIRST and own.get("family_name"):
        parts = [parts[-1], *parts[:-1]]
    return " ".join(parts) or str(own.get("native_name") or "")


def _named(kind: str, own: Row) -> Row:
    if kind == PEOPLE and not own.get("full_name"):
        own["full_name"] = compose_full_name(own)
    if not own.get("full_name" if kind == PEOPLE else "name"):
        raise Invalid(NO_NAME, field="full_name" if kind == PEOPLE else "name")
    return own | derived(kind, own)


def _renamed(kind: str, before: Row, values: Row) -> Row:
    """New own values, with the full name following its parts when it was composed of them, or is emptied."""
    after = {**before, **values}
    if kind == PEOPLE:
        composed = "full_name" not in values and before["full_name"] == compose_full_name(before)
        if composed or not after["full_name"]:
            after["full_name"] = compose_full_name(after)
        if not after["state"]:
            raise Invalid(NEEDED, field="state")
    if not after.get("full_name" if kind == PEOPLE else "name"):
        raise Invalid(NO_NAME, field="full_name" if kind == PEOPLE else "name")
    return {c: v for c, v in (after | derived(kind, after)).items() if before.get(c) != v}


def _linked(connection: Connection, at: Place, values: Row, row: Row | None, record_id: int, *, strict: bool) -> Row:
    """New values with the link that their text stands for; a text that already says where the link leads is no news."""
    table, place = at
    link = links.of_table(table)
    if link is None or link.text not in values:
        return values
    if row is not None and row.get(link.id) is not None and _leads_there(link, values[link.text], row[link.text]):
        return {c: v for c, v in values.items() if c != link.text}
    linked: Row = {**values, "id" if table in fields.SINGLE else "record_id": record_id}
    links.resolve(connection, table, [linked], strict=strict, first=int(place))
    return {c: v for c, v in linked.items() if c in values or c == link.id}


def _leads_there(link: links.Link, text: object, before: object) -> bool:
    number = links.number_in(str(text or "")) if link.kind == PEOPLE else ""
    return text == before or (number != "" and number == links.number_in(str(before or "")))


def _whole(kind: str, at: Place, row: Row) -> Row:
    """`row` if it holds what every row of its table must: a level alone is nobody's skill."""
    table, place = at
    needed = fields.HEADS.get(table)
    if needed and row.get(needed) is None and _headless(row, table):
        field = next(f for f in fields.of(kind) if (f.table, f.column) == (table, needed))
        raise Invalid(NEEDS_VALUE, field=fields.numbered(field.name, int(place)), name=field.title)
    return row


def _clear_raw(transaction: Transaction, kind: str, draft: Draft, existing: RecordRows) -> bool:
    """A field that holds a value, or was emptied, needs its old raw text no more."""
    settled = []
    for row in existing.get(RAW, []):
        name = str(row["field"])
        found = fields.find(kind, name)
        if (RAW, name) in draft.rows or found is None:
            continue
        if found[0].column in draft.rows.get((found[0].group, found[1]), {}):
            settled.append(_id(row))
    transaction.delete(METADATA.tables[RAW], settled)
    return bool(settled)


def _row_at(rows: Sequence[Row], place: int | str) -> Row | None:
    if isinstance(place, int):
        return rows[place] if place < len(rows) else None
    return next((r for r in rows if r["field"] == place), None)


def _emptied(row: Row, table: str) -> bool:
    """Whether a repeated row has nothing left to say."""
    if table in fields.SINGLE:
        return False
    if table in fields.HEADS:
        return _headless(row, table)
    return _says_nothing(row, _unspoken(table))


class _Kept(dict[str, tuple[str, Row, frozenset[str], bool]]):
    """By group: the table of its rows, what new ones say beside their values, which say nothing, whether one must."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __missing__(self, group: str) -> tuple[str, Row, frozenset[str], bool]:
        table = fields.table_of(group)
        self[group] = table, fields.marks(self._kind).get(group, {}), _unspoken(table), table in fields.HEADS
        return self[group]


def _headless(row: Mapping[str, object], table: str) -> bool:
    """Whether the value is missing without which the row says nothing; a link to a person stands for the name."""
    link = links.of_table(table)
    return row.get(fields.HEADS[table]) is None and (link is None or row.get(link.id) is None)


def _says_nothing(row: Mapping[str, object], unspoken: frozenset[str]) -> bool:
    return {column for column, value in row.items() if value is not None} <= unspoken


@remembered
def _unspoken(table: str) -> frozenset[str]:
    """Columns that say nothing by themselves: ids, keys, versions, what is derived, and the text beside a code."""
    columns = METADATA.tables[table].columns
    technical = {c.name for c in columns if c.info.get("derived")} | set(fields.written(table).values())
    keys = {*fields.KEYED[table][1], "version"} if table in fields.KEYED else set()
    person_link = links.of_table(table)
    named = {person_link.id} if person_link is not None and person_link.kind != PEOPLE else set()
    return frozenset({"id", "record_id"} | technical | keys | named)


def numbers(transaction: Transaction, kind: str, wanted: Sequence[str], post: str) -> list[str]:
    """Registration numbers for as many new records: the wanted one where this post never gave it, else the next.

    Args:
        wanted: what a list that we exported says; "" = nothing.
    """
    kept = _never_given(transaction, kind, wanted, post)
    group = f"{date.today():%y}" if kind == PEOPLE else "A"
    first = transaction.reserve(f"number.{group}", len(wanted) - len(kept))
    news = (registration_number(post, group, running) for running in count(first))
    return [number if number in kept else next(news) for number in wanted]


def _never_given(transaction: Transaction, kind: str, wanted: Sequence[str], post: str) -> set[str]:
    """Those that may be kept: a registry made anew from its export keeps what is printed on letters and cards."""
    once = (number for number, times in Counter(wanted).items() if times == 1)
    found = {number: parts for number in once if (parts := running_number(number, post)) is not None}
    groups = {group for group, _ in found.values() if (group == "A") == (kind != PEOPLE)}
    last = {group: transaction.reserve(f"number.{group}", 0) - 1 for group in groups}
    kept = {n for n, (group, running) in found.items() if group in last and running > last[group]}
    for number in kept:
        transaction.skip(f"number.{found[number][0]}", found[number][1])
    return kept


def _derive(connection: Connection, kind: str, loaded: Mapping[int, RecordRows]) -> None:
    from sqlalchemy import update

    table = METADATA.tables["person" if kind == PEOPLE else "association"]
    for record_id, rows in loaded.items():
        own = rows[table.name][0]
        now = derived(kind, own)
        if any(own[c] != v for c, v in now.items()):
            connection.execute(update(table).where(table.c.id == record_id), now)
    for name, column, computed in (("email", "folded", _folded), ("address", "city_id", places.city_id)):
        part = METADATA.tables[name]
        for row in (row for rows in loaded.values() for row in rows.get(name, ())):
            if row[column] != (value := computed(row)):
                connection.execute(update(part).where(part.c.id == row["id"]), {column: value})


def _folded(email: Mapping[str, object]) -> str:
    return str(email["address"]).casefold()


def _id(row: Row) -> int:
    return int(str(row["id"]))

"""Drafts into rows: creating, changing and removing records, and what is computed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from sqlalchemy import Connection, Table, bindparam, select, update

from db import index, names
from db import records as rows_of
from db.batches import Batch, Part, by_column
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
from registry.drafts import Draft, Place
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_
from registry.matching import queue
from registry.numbers import registration_number, running_number
from registry.registration import states
from registry.repeated import RAW
from registry.saying import emptied, says_nothing, whole
from registry.search.indexing import keys, name_entries, text_entries
from registry.search.readings import spelled

NEEDED = N_("This field cannot be empty. Choose one of its values.")
NO_NAME = N_("A record needs a name. Fill at least one of the name fields.")
#: Families whose name stands first, as the officer would write it.
_FAMILY_FIRST = "family_first"
NAME_PARTS = ("given_name", "patronymic", "family_name")
#: What a full name is composed of.
_COMPOSED = (*NAME_PARTS, "name_order", "native_name")

#: Rows about a record that no field describes, or none any more.
_APART = (
    *(sealed, campaign_recipient, certificate, attachment, registration),
    *(profile_answer, segment_member, merged_record),
)

Row = dict[str, object]


def create(
    transaction: Transaction,
    kind: str,
    rows: Sequence[Part],
    sources: Sequence[str | None],
    given: Sequence[str],
    *,
    strict: bool = True,
) -> list[int]:
    """Make records of new rows, in bulk; returns their ids in order. Raises `Invalid` if one has no name.

    Args:
        rows: of `new_rows`: one part a table.
        sources: where each record comes from.
        given: their registration numbers, of `numbers`.
        strict: as of `links.resolved`.
    """
    ids = transaction.new_records(kind, given, sources)
    batch = Batch(ids, [Part("record", range(len(ids)), {"number": given}), *_computed(kind, rows, len(ids))])
    for place, part in enumerate(batch.parts):
        owners = [ids[owner] for owner in part.owners]
        batch.parts[place] = links.resolved(transaction.connection, part, owners, strict=strict)
    for table in records.tables_of(kind):
        for part in batch.of(table.name):
            transaction.insert_columns(table, [ids[owner] for owner in part.owners], part.columns)
    for part in batch.of("person"):
        states.begin(transaction, ids, part.columns)
    index.replace(transaction.connection, text_entries(kind, batch), fresh=True)
    transaction.names.add(name_entries(kind, batch), spelled)
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
    strict: bool = True,
) -> bool:
    """Bring one record to what the draft says; False if it said so already.

    Args:
        existing: the record's rows now, by group.
        strict: as of `links.resolved`.
    """
    changed = False
    own_table = "person" if kind == PEOPLE else "association"
    for at, named in draft.rows.items():
        group, place = at
        table_name = fields.table_of(group)
        table, marks = METADATA.tables[table_name], fields.marks(kind).get(group, {})
        row = _row_at(existing.get(group, []), place)
        values = dict(named)
        if table_name == own_table and row is not None:
            values = _renamed(kind, row, values)
        if table_name == "consent":
            values = consents.anew(row, values)
        values = _linked(transaction.connection, at, values, row, record_id, strict=strict)
        if row is None:
            if not says_nothing(values, table_name):
                transaction.insert(table, [whole(kind, at, {"record_id": record_id, **values, **marks})])
                changed = True
        elif emptied({**row, **values}, table_name):
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
        ids = sorted(i for i, k in touched.items() if k == kind)
        # First of all of them: going back to a record before the last one costs the index of texts more than its words.
        index.remove(connection, ids)
        for some in rows_of.slices(ids):
            loaded = records.whole(connection, kind, some)
            _with_merged(connection, loaded)
            batch = by_column(loaded.items())
            _derive(connection, kind, batch)
            index.replace(connection, text_entries(kind, batch), fresh=True)
            names.remove(connection, some)
            names.replace(connection, name_entries(kind, batch), spelled, fresh=True)


def _with_merged(connection: Connection, loaded: Mapping[int, RecordRows]) -> None:
    """Put the numbers of merged records beside the rows of the records that they are part of."""
    for row in connection.execute(select(merged_record).where(merged_record.c.record_id.in_(loaded))).mappings():
        loaded[row["record_id"]].setdefault("merged_record", []).append(dict(row))


def derived(kind: str, own: Mapping[str, object]) -> Row:
    """The computed columns of a record's own row."""
    return {column: values[0] for column, values in keys(kind, {c: [value] for c, value in own.items()}).items()}


def compose_full_name(own: Mapping[str, object]) -> str:
    """A full name from its parts in the order of its bearer, else the name in own script."""
    return _composed(*map(own.get, _COMPOSED))


def with_full_names(people: Part) -> Part:
    """The own rows of people, with a full name where it is to be composed."""
    nothing: Sequence[object] = [None] * len(people.owners)
    if all(people.columns.get("full_name", nothing)):
        return people
    parts = zip(*(people.columns.get(column, nothing) for column in ("full_name", *_COMPOSED)), strict=True)
    composed = [full or _composed(*others) for full, *others in parts]
    return people._replace(columns={**people.columns, "full_name": composed})


def _composed(given: object, patronymic: object, family: object, order: object, native: object) -> str:
    parts = [str(part) for part in (given, patronymic, family) if part]
    if order == _FAMILY_FIRST and family:
        parts = [parts[-1], *parts[:-1]]
    return " ".join(parts) or str(native or "")


def _computed(kind: str, rows: Sequence[Part], count: int) -> Iterator[Part]:
    """New rows with what is computed of their values; each record has a name."""
    own_table, name = ("person", "full_name") if kind == PEOPLE else ("association", "name")
    own = next((part for part in rows if part.table == own_table), Part(own_table, (), {}))
    columns = dict(own.columns)
    nothing: Sequence[object] = [None] * count
    if kind == PEOPLE and len(own.owners) == count:
        columns["state"] = [state or states.UNSAID for state in columns.get("state", nothing)]
        columns = dict(with_full_names(own._replace(columns=columns)).columns)
    if len(own.owners) < count or not all(columns.get(name, nothing)):
        raise Invalid(NO_NAME, field=name)
    yield own._replace(columns=columns | keys(kind, columns))
    for part in rows:
        if part.table == "address":
            yield part._replace(columns={**part.columns, "city_id": places.city_ids(part.columns, len(part.owners))})
        elif part is not own:
            yield part


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
    part = Part(table, [0], {column: [value] for column, value in values.items()})
    linked = links.resolved(connection, part, [record_id], strict=strict, first=int(place))
    return {column: value for column, (value,) in linked.columns.items()}


def _leads_there(link: links.Link, text: object, before: object) -> bool:
    number = links.number_in(str(text or "")) if link.kind == PEOPLE else ""
    return text == before or (number != "" and number == links.number_in(str(before or "")))


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


def _derive(connection: Connection, kind: str, batch: Batch) -> None:
    """Write what is computed of the rows of these records where it is another than they have."""
    for part in batch.parts:
        if not (now := _derived_of(kind, part)):
            continue
        kept, news = zip(*map(part.columns.__getitem__, now), strict=True), zip(*now.values(), strict=True)
        changed = [
            {"row_id": row_id, **dict(zip(now, new, strict=True))}
            for row_id, old, new in zip(part.columns["id"], kept, news, strict=True)
            if old != new
        ]
        if changed:
            table = METADATA.tables[part.table]
            values: dict[str, object] = {name: bindparam(name) for name in now}
            connection.execute(update(table).where(table.c.id == bindparam("row_id")).values(values), changed)


def _derived_of(kind: str, part: Part) -> Mapping[str, Sequence[object]]:
    """The computed columns of a table, from the others."""
    if part.table == ("person" if kind == PEOPLE else "association"):
        return keys(kind, part.columns)
    if part.table == "email":
        return {"folded": [str(address).casefold() for address in part.columns["address"]]}
    if part.table == "address":
        return {"city_id": places.city_ids(part.columns, len(part.owners))}
    return {}


def _id(row: Row) -> int:
    return int(str(row["id"]))

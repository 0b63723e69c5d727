"""Merging: every fact of the others goes to the record that stays, and their numbers lead there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from db import records as rows_of
from db.models import METADATA, merged_record, record, record_column
from db.records import Row
from registry import fields, links, records
from registry.commands import Merged, MergeRecords
from registry.context import Context
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS
from registry.i18n import N_
from registry.matching import judging, queue
from registry.merging.lists import unite_lists
from registry.merging.own import unite_own
from registry.merging.trace import Trace
from registry.writing import parts_of

ONE = N_("Choose at least two different records to merge.")
KINDS_DIFFER = N_("A person and an association cannot be merged.")
RELATED = N_(
    "{one} and {other} are linked with each other, so they are written down as two. If they are one all the same, "
    "remove that link first."
)
NOT_CHOSEN = N_("The value of “{field}” can be taken only from one of the records that are merged.")
NO_CHOICE = N_("For “{field}” there is nothing to choose: the values of all records are kept.")


def merge_records(context: Context, command: MergeRecords) -> Merged:
    """Make the others part of the first record; their numbers find it from now on.

    Raises:
        Invalid: fewer than two records, of two kinds, gone, linked with each other, or an unknown choice.
    """
    others = tuple(dict.fromkeys(command.others))
    ids = (command.id, *others)
    if not others or command.id in others:
        raise Invalid(ONE)
    kinds = records.kinds_of(context.connection, ids)
    if len(kinds) < len(ids):
        raise Invalid(records.NO_RECORD)
    if len(set(kinds.values())) > 1:
        raise Invalid(KINDS_DIFFER)
    kind = kinds[command.id]
    _require_choices(kind, command.taken, ids)
    _require_unrelated(context.connection, kind, ids)
    for other in others:
        _merge(context, kind, command.id, other, {n for n, i in command.taken.items() if i == other})
    if kind == ASSOCIATIONS and links.stands_in_circle(context.connection, [command.id]):
        raise Invalid(RELATED, **_two_numbers(context.connection, ids))
    context.transaction.touched[command.id] = kind
    number = context.connection.scalar(select(record.c.number).where(record.c.id == command.id))
    return Merged(command.id, str(number), len(others))


def _merge(context: Context, kind: str, survivor: int, other: int, taken: set[str]) -> None:
    """One of the others."""
    transaction, trace = context.transaction, Trace(said=judging.said_of(context.connection, kind, survivor, other))
    own = METADATA.tables["person" if kind == fields.PEOPLE else "association"]
    owned = parts_of(kind)
    loaded = rows_of.load(context.connection, (survivor, other), (own, *owned))
    mine, theirs = loaded[survivor], loaded[other]
    going = {name: [_id(row) for row in rows] for name, rows in theirs.items()}
    unite_own(transaction, kind, mine, theirs, taken, trace)
    moving = unite_lists(transaction, kind, mine, theirs, taken, trace)
    _lead_here(context, kind, survivor, other, trace)
    for table in owned:
        transaction.delete(table, going.get(table.name, ()))
        rows: list[Row] = [{**row, "record_id": survivor} for row in moving.get(table.name, ())]
        old = [_id(row) for row in rows]
        for row in rows:
            del row["id"]
        new = transaction.insert(table, rows)
        if old:
            trace.moved[table.name] = [list(pair) for pair in zip(old, new, strict=True)]
    # Its pairs stay: as long as the record is gone nobody is shown them, and they are there when it comes back.
    queue.forget_verdicts(transaction, [other])
    head, was = theirs["record"][0], theirs[own.name][0]
    transaction.delete(own, [other])
    transaction.delete(record, [other])
    kept = {c: head[c] for c in ("kind", "number", "uuid", "subject", "source")}
    kept |= {"external_id": was["external_id"], "name": was["full_name" if kind == fields.PEOPLE else "name"]}
    kept |= {"merged_on": date.today().isoformat(), "officer": transaction.officer, "trace": trace.dump()}
    transaction.insert(merged_record, [{"record_id": survivor, **kept}])


def _lead_here(context: Context, kind: str, survivor: int, other: int, trace: Trace) -> None:
    """What leads to the merged record leads to the survivor; a second link that says the same goes."""
    connection, transaction = context.connection, context.transaction
    for link in links.LINKS:
        if link.kind != kind:
            continue
        table = link.columns
        owner = record_column(table) or "id"
        leading = [dict(r) for r in connection.execute(select(table).where(table.c[link.id] == other)).mappings()]
        there = connection.execute(
            select(table).where(table.c[link.id] == survivor, table.c[owner].in_([row[owner] for row in leading]))
        )
        known = {_said(dict(row), link) for row in there.mappings()} if owner != "id" else set()
        twins = [_id(row) for row in leading if _said(row, link) in known]
        pointed = [_id(row) for row in leading if _said(row, link) not in known]
        transaction.delete(table, twins)
        transaction.point(table, pointed, link.id, survivor)
        if twins:
            trace.gave_way.setdefault(table.name, []).extend(twins)
        if pointed:
            trace.pointed[table.name] = pointed


def _said(row: Row, link: links.Link) -> tuple[tuple[str, object], ...]:
    """All that a row says beside where it leads."""
    return tuple((c, v) for c, v in sorted(row.items()) if c not in ("id", link.id))


def _require_choices(kind: str, taken: Mapping[str, int], ids: Sequence[int]) -> None:
    known = fields.by_name(kind)
    for name, record_id in taken.items():
        field = known.get(name)
        if field is None or record_id not in ids:
            raise Invalid(NOT_CHOSEN, field=field.title if field else name[:40])
        if field.repeats or field.table in ("record", fields.CONSENT):
            raise Invalid(NO_CHOICE, field=field.title)


def _require_unrelated(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    for link in links.LINKS:
        owned = {t.name for t in parts_of(kind)} | {"person" if kind == fields.PEOPLE else "association"}
        if link.kind != kind or link.table not in owned:
            continue
        table = link.columns
        owner = table.c[record_column(table) or "id"]
        pair = connection.execute(select(owner, table.c[link.id]).where(owner.in_(ids), table.c[link.id].in_(ids)))
        for one, other in pair:
            raise Invalid(RELATED, **_two_numbers(connection, (one, other)))


def _two_numbers(connection: Connection, ids: Sequence[int]) -> dict[str, str]:
    found = select(record.c.id, record.c.number).where(record.c.id.in_(ids[:2]))
    numbers = {row.id: row.number for row in connection.execute(found)}
    return {"one": numbers.get(ids[0], ""), "other": numbers.get(ids[1], "")}


def _id(row: Row) -> int:
    return int(str(row["id"]))

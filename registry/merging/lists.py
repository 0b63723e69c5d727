"""Repeated values: lists are united, nothing stands there twice, and of two consents the stricter counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from db.models import METADATA, kept_columns
from db.records import RecordRows, Row
from db.store import Transaction
from registry import fields
from registry.consents import GIVEN, Consent, of_row
from registry.fields import CONSENT
from registry.merging.trace import Trace
from registry.repeated import RAW
from registry.writing import parts_of

#: Tables of which a record has one row for each key; the other's stays away.
_ONCE = {"segment_member": ("segment_id",), "registration": ("state", "since")}
#: Tables whose rows are all kept, whatever they say: what was sent, sealed, filed, merged.
_ALWAYS = frozenset({"campaign_recipient", "certificate", "sealed", "attachment", "merged_record", "activity"})
#: After every day on which a consent ends.
_NEVER = "~"

Moving = dict[str, list[Row]]


def unite_lists(
    transaction: Transaction,
    kind: str,
    mine: RecordRows,
    theirs: RecordRows,
    taken: Collection[str],
    trace: Trace,
) -> Moving:
    """The rows that move to the survivor; its own are filled, or give way, where the other's say more."""
    moving: Moving = {}
    places: dict[tuple[str, int], int] = {}
    for table in parts_of(kind):
        here, there = mine.get(table.name, []), theirs.get(table.name, [])
        if table.name in _ALWAYS:
            moving[table.name] = list(there)
        elif table.name in _ONCE:
            columns = _ONCE[table.name]
            known = {tuple(row[c] for c in columns) for row in here}
            moving[table.name] = [row for row in there if tuple(row[c] for c in columns) not in known]
        elif table.name in fields.KEYED:
            moving[table.name] = _keyed(transaction, kind, table.name, here, there, taken, trace)
        elif table.name != RAW:
            moving[table.name] = _listed(transaction, table.name, here, there, places, trace)
    moving[RAW] = _unread(kind, mine, theirs, places)
    return moving


def _listed(
    transaction: Transaction,
    name: str,
    here: Sequence[Row],
    there: Sequence[Row],
    places: dict[tuple[str, int], int],
    trace: Trace,
) -> list[Row]:
    """Rows of which the survivor has none that says as much; one that says less takes over what it lacks."""
    moving: list[Row] = []
    known = [dict(row) for row in here]
    for place, row in enumerate(there):
        twin = next((i for i, one in enumerate(known) if _same(name, row, one)), None)
        if twin is None:
            known.append(row)
            moving.append(row)
            places[name, place] = len(known) - 1
            continue
        places[name, place] = twin
        lacking = {c: row[c] for c in _columns(name) if known[twin][c] is None and row[c] is not None}
        if lacking and twin < len(here):
            transaction.update(METADATA.tables[name], _id(known[twin]), lacking)
            trace.filled.setdefault(name, []).append((_id(known[twin]), lacking))
        known[twin].update(lacking)
    return moving


def _same(name: str, row: Row, other: Row) -> bool:
    """Whether two rows are one fact: one telephone, one address of mail, or one says all that the other says."""
    if name == "phone" and row["e164"] is not None:
        return row["e164"] == other["e164"]
    if name == "email":
        return str(row["address"]).casefold() == str(other["address"]).casefold()
    return _within(name, row, other) or _within(name, other, row)


def _within(name: str, less: Row, more: Row) -> bool:
    spelt = fields.written(name).values()
    said = [c for c in _columns(name) if less[c] is not None and c not in spelt]
    return bool(said) and all(less[c] == more[c] for c in said)


def _columns(name: str) -> tuple[str, ...]:
    return tuple(c for c in kept_columns(METADATA.tables[name]) if c not in ("id", "record_id"))


def _keyed(
    transaction: Transaction,
    kind: str,
    name: str,
    here: Sequence[Row],
    there: Sequence[Row],
    taken: Collection[str],
    trace: Trace,
) -> list[Row]:
    """Answers by their key: of consents the stricter, of a ministry's questions the chosen, else the survivor's."""
    mine, theirs = _by_group(name, here), _by_group(name, there)
    moving: list[Row] = []
    for group, rows in theirs.items():
        own = mine.get(group, [])
        field = fields.by_name(kind).get(group)
        if own and field is not None and field.repeats:
            moving += [row for row in rows if not any(_same(name, row, one) for one in own)]
            continue
        if own and not (group in taken or (name == CONSENT and _stricter(rows[0], own[0]))):
            continue
        gone = [_id(row) for row in own]
        transaction.delete(METADATA.tables[name], gone)
        if gone:
            trace.gave_way.setdefault(name, []).extend(gone)
        moving += rows
    return moving


def _by_group(name: str, rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(fields.group_of(name, row), []).append(row)
    return found


def _stricter(row: Row, other: Row) -> bool:
    """Whether `row` allows less than `other`: a refusal before what ran out, that before what ends; then the later."""
    one, two = of_row(row), of_row(other)
    if (less := _allows(one) - _allows(two)) != 0:
        return less < 0
    ends, other_ends = one.expires or _NEVER, two.expires or _NEVER
    if one.status == GIVEN and ends != other_ends:
        return ends < other_ends
    return (one.withdrawn_on or one.decided_on) > (two.withdrawn_on or two.decided_on)


def _allows(one: Consent) -> int:
    return 0 if one.status != GIVEN else 2 if one.counts else 1


def _unread(kind: str, mine: RecordRows, theirs: RecordRows, places: Mapping[tuple[str, int], int]) -> list[Row]:
    """Texts that no field could hold go along, at the number that their row has now."""
    known = {str(row["field"]) for row in mine.get(RAW, ())}
    moving = []
    for row in theirs.get(RAW, ()):
        name = str(row["field"])
        found = fields.find(kind, name)
        if found is not None and found[0].repeats:
            field, place = found
            held = len(mine.get(field.table, ())) + place
            at = places.get((field.table, place), held)
            while (name := fields.numbered(field.name, at)) in known:
                at += 1
        if name not in known:
            known.add(name)
            moving.append({**row, "field": name})
    return moving


def _id(row: Row) -> int:
    return int(str(row["id"]))

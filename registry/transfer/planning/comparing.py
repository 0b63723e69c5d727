"""A row against a record: what would change, value by value, whatever the order of repeated values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from db.models import METADATA
from db.records import RecordRows, Row
from registry import fields, links, possible
from registry.consents import is_refusal
from registry.drafts import Draft, DraftReader, Place, Problem
from registry.fields import PEOPLE, SINGLE, Field
from registry.i18n import N_, _
from registry.possible import Fault
from registry.postal import AT_HOME
from registry.registration.states import RETURNED
from registry.repeated import RAW, says_as_much, settle
from registry.transfer.planning import naming
from registry.transfer.readers.safe_text import unguarded
from registry.transfer.values.lost_letters import is_without_letters
from registry.values import Value

LETTERS_LOST = N_(
    "“{text}” is the record's “{kept}” with ? for letters that the file's encoding lacks. “{kept}” stays; save the "
    "list as .xlsx or in UTF-8."
)
ZEROS_LOST = N_("“{text}” is the record's “{kept}” without the zeros, which spreadsheet programs take. “{kept}” stays.")

_ADDRESS = "address"


class Change(NamedTuple):
    """One field of one record: what it holds and what the row says; "" = nothing."""

    field: str
    old: str
    new: str


def drafted(connection: Connection, reader: DraftReader, values: Sequence[Value], existing: RecordRows) -> Draft:
    """What a row says, as it is compared with a record: settled, without our number, with the links that are known."""
    draft = settle(reader.kind, reader.draft(values))
    draft.rows.pop(("record", 0), None)
    return links.keep_known(connection, draft, existing)


def compare(kind: str, draft: Draft, existing: RecordRows, *, fill: bool = False) -> tuple[Draft, tuple[Change, ...]]:
    """What of a settled draft is new to a record, placed where the record keeps it, and the changes it makes.

    Args:
        existing: the record's rows by group.
        fill: leave out whatever would replace a value, but for a refusal, which counts whatever was given before.
    """
    rows: dict[Place, dict[str, object]] = {}
    raw = {r["field"] for r in existing.get(RAW, ())}
    for (group, place), row in draft.rows.items():
        if group in SINGLE:
            _take(rows, (group, place), row, existing[group][0], fill=fill)
            _name(rows, (group, place), row, existing[group][0], fill=fill)
        elif group == RAW and place not in raw:
            rows[group, place] = row
    # In the order of the row, so that a plan tells its changes in the same order each time.
    for group in dict.fromkeys(g for g, _place in draft.rows if g not in SINGLE and g != RAW):
        mine = [row for (g, _place), row in draft.rows.items() if g == group]
        if group == _ADDRESS and kind == PEOPLE and existing["person"][0]["state"] == RETURNED:
            mine = [_lived_at(row) for row in mine]
        refused = any(is_refusal(group, row.get("status")) for row in mine)
        _align(rows, group, mine, existing.get(group, []), fill=fill and not refused)
    news = Draft(rows, list(draft.problems))
    _keep_own(kind, news, existing)
    for fault in tuple(possible.faults(kind, news, existing)):
        _set_aside(news, fault, raw)
    changes = tuple(change for place, row in rows.items() for change in _changes(kind, place, row, existing))
    return news, changes


def only_missing(kind: str, names: Sequence[str], values: Sequence[Value], existing: RecordRows) -> tuple[Value, ...]:
    """Of a row's values those of which a record holds nothing; not the parts of a name, which is one person's.

    Args:
        names: canonical names of the values, numbered.
    """
    kept: list[Value] = []
    for name, value in zip(names, values, strict=True):
        described = fields.by_name(kind)[fields.split(name)[0]]
        held = existing.get(described.group, [])
        of_name = described.group == "person" and described.column in {"full_name", *naming.MADE_OF}
        missing = described.group in SINGLE and not of_name and held[0].get(described.column) is None
        kept.append(value if missing or not held or name == "number" else None)
    return tuple(kept)


def _keep_own(kind: str, news: Draft, existing: RecordRows) -> None:
    """Leave alone what differs from the record only as spreadsheet programs change our exports.

    They take zeros from the front of codes and write ? for letters, which is told, and show the sign that keeps a text
    from being computed.
    """
    for (group, place), row in tuple(news.rows.items()):
        held = existing.get(group, ())
        if group == RAW or int(place) >= len(held):
            continue
        for described in fields.by_group(kind).get(group, ()):
            text, kept = row.get(described.column), held[int(place)].get(described.column)
            if not isinstance(text, str) or not isinstance(kept, str) or text == kept:
                continue
            without_zeros = text.isdecimal() and text == kept.lstrip("0")
            lost = ZEROS_LOST if without_zeros else LETTERS_LOST if is_without_letters(text, kept) else ""
            if lost:
                name = fields.numbered(described.name, int(place))
                news.problems.append(Problem(name, _(lost, text=text, kept=kept)))
            if lost or unguarded(text) == kept:
                del row[described.column]
        if not row:
            del news.rows[group, place]


def _set_aside(news: Draft, fault: Fault, raw: Collection[object]) -> None:
    """Keep a date or a number as text that cannot be beside what the record holds."""
    group, place = fault.place
    name, row = fields.numbered(fault.field.name, int(place)), news.rows.get(fault.place, {})
    if fault.field.column not in row:
        return  # it cannot be for two reasons
    value = row.pop(fault.field.column)
    if not row:
        del news.rows[group, place]
    if name not in raw:
        news.rows[RAW, name] = {"field": name, "text": str(value)}
    news.problems.append(Problem(name, str(fault.reason)))


def holds_more(kind: str, draft: Draft, existing: RecordRows) -> bool:
    """Whether a record says anything that a row equal to it in all it says does not."""
    own = "person" if kind == PEOPLE else "association"
    beside = {*fields.written(own).values(), *(c.name for c in METADATA.tables[own].columns if c.info.get("link"))}
    said = {c for (t, _), row in draft.rows.items() if t == own for c, v in row.items() if v is not None}
    derived = {"id", "name_key", "sort_key", "state", "full_name"}
    if any(v is not None and c not in said | derived | beside for c, v in existing[own][0].items()):
        return True
    groups = {g for g, _place in draft.rows}
    return any(rows for group, rows in existing.items() if group not in groups | {"record", own})


def _take(rows: dict[Place, dict[str, object]], place: Place, row: Row, before: Row | None, *, fill: bool) -> None:
    old = before or {}
    new = {c: v for c, v in row.items() if v != old.get(c) and not (fill and old.get(c) is not None)}
    for column, spelt in fields.written(fields.table_of(place[0])).items():
        if column not in new:
            new.pop(spelt, None)
    if new:
        rows[place] = new


def _name(rows: dict[Place, dict[str, object]], place: Place, said: Row, before: Row, *, fill: bool) -> None:
    """Say what becomes of a person's full name, so that the plan shows it and nothing else decides it afterwards."""
    news = rows.get(place, {})
    if place[0] == "person" and naming.MADE_OF & news.keys():
        news["full_name"] = naming.full_name(before, said, news, fill=fill)


def _align(
    rows: dict[Place, dict[str, object]], group: str, mine: Sequence[Row], existing: Sequence[Row], *, fill: bool
) -> None:
    """Match repeated rows: equal ones first, then by their place; the rest are added behind."""
    claimed: set[int] = set()
    open_rows: list[tuple[int, Row]] = []
    for place, row in enumerate(mine):
        twin = next((i for i, e in enumerate(existing) if i not in claimed and says_as_much(group, row, e)), None)
        if twin is None:
            open_rows.append((place, row))
        else:
            claimed.add(twin)
    behind = len(existing)
    for number, row in open_rows:
        place = _stead(row, number, existing, claimed) if group == _ADDRESS else number
        if fill and existing:
            if place < behind and place not in claimed and _agree(row, existing[place]):
                _take(rows, (group, place), row, existing[place], fill=True)
        elif place < len(existing) and place not in claimed:
            claimed.add(place)
            _take(rows, (group, place), row, existing[place], fill=False)
        else:
            rows[group, behind] = row
            behind += 1


def _stead(row: Row, place: int, existing: Sequence[Row], claimed: Collection[int]) -> int:
    """The place of the address that a new one stands for: one at home never for one where somebody lives."""
    if place >= len(existing) or place in claimed or _is_kin(row, existing[place]):
        return place
    return next((at for at, held in enumerate(existing) if at not in claimed and _is_kin(row, held)), len(existing))


def _lived_at(row: Row) -> Row:
    """An address of somebody who has returned, and lives at the one that a list knows as that at home."""
    return {column: value for column, value in row.items() if (column, value) != ("kind", AT_HOME)}


def _is_kin(row: Row, before: Row) -> bool:
    """Whether both are addresses at home or neither is, or only the kind was changed."""
    same = any(row.get(part) and row[part] == before.get(part) for part in ("street", "city", "postal_code"))
    return same or (row.get("kind") == AT_HOME) == (before.get("kind") == AT_HOME)


def _agree(row: Row, before: Row) -> bool:
    """Whether two rows contradict each other nowhere and share something."""
    both = [c for c, v in row.items() if v is not None and before.get(c) is not None]
    return bool(both) and all(row[c] == before[c] for c in both)


def _changes(kind: str, place: Place, row: Row, existing: RecordRows) -> list[Change]:
    group, at = place
    if group == RAW:
        return [Change(str(row["field"]), "", str(row["text"]))]
    number = int(at)
    held = existing.get(group, [])
    before = held[number] if number < len(held) else {}
    return [
        Change(fields.numbered(described.name, number), _text(described, before), _text(described, row))
        for described in fields.by_group(kind).get(group, ())
        if described.column in row and (described.name != "full_name" or row["full_name"] != before.get("full_name"))
    ]


def _text(described: Field, row: Row) -> str:
    value = row.get(described.column)
    if value is None and described.name == "phone":
        value = row.get("raw")
    return "" if value is None else str(value)

"""A row against a record: what would change, value by value, whatever the order of repeated values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from db.models import METADATA
from db.records import RecordRows, Row
from registry import fields
from registry.drafts import Draft, Place
from registry.fields import PEOPLE, SINGLE, Field
from registry.repeated import KEYED, says_as_much


class Change(NamedTuple):
    """One field of one record: what it holds and what the row says; "" = nothing."""

    field: str
    old: str
    new: str


def compare(kind: str, draft: Draft, existing: RecordRows, *, fill: bool = False) -> tuple[Draft, tuple[Change, ...]]:
    """What of a settled draft is new to a record, placed where the record keeps it, and the changes it makes.

    Args:
        existing: the record's rows by table.
        fill: leave out whatever would replace a value.
    """
    rows: dict[Place, dict[str, object]] = {}
    for (table, place), row in draft.rows.items():
        if table in SINGLE:
            _take(rows, (table, place), row, existing[table][0], fill=fill)
        elif table in KEYED:
            before = _keyed(existing, table, place)
            if before is None or (table == "consent" and not fill):
                _take(rows, (table, place), row, before, fill=fill)
    for table in {t for t, _ in draft.rows} - SINGLE - KEYED:
        mine = [row for (t, _), row in draft.rows.items() if t == table]
        _align(rows, table, mine, existing.get(table, []), fill=fill)
    changes = tuple(change for place, row in rows.items() for change in _changes(kind, place, row, existing))
    return Draft(rows, draft.problems), changes


def holds_more(kind: str, draft: Draft, existing: RecordRows) -> bool:
    """Whether a record says anything that a row equal to it in all it says does not."""
    own = "person" if kind == PEOPLE else "association"
    beside = {*fields.written(own).values(), *(c.name for c in METADATA.tables[own].columns if c.info.get("link"))}
    said = {c for (t, _), row in draft.rows.items() if t == own for c, v in row.items() if v is not None}
    derived = {"id", "name_key", "sort_key", "state", "full_name"}
    if any(v is not None and c not in said | derived | beside for c, v in existing[own][0].items()):
        return True
    tables = {t for t, _ in draft.rows}
    return any(rows for table, rows in existing.items() if table not in tables | {"record", own})


def _take(rows: dict[Place, dict[str, object]], place: Place, row: Row, before: Row | None, *, fill: bool) -> None:
    old = before or {}
    new = {c: v for c, v in row.items() if v != old.get(c) and not (fill and old.get(c) is not None)}
    for column, spelt in fields.written(place[0]).items():
        if column not in new:
            new.pop(spelt, None)
    if new:
        keys = {c: v for c, v in row.items() if c in ("purpose", "channel", "field")}
        rows[place] = {**keys, **new}


def _align(
    rows: dict[Place, dict[str, object]], table: str, mine: Sequence[Row], existing: Sequence[Row], *, fill: bool
) -> None:
    """Match repeated rows: equal ones first, then by their place; the rest are added behind."""
    claimed: set[int] = set()
    open_rows: list[tuple[int, Row]] = []
    for place, row in enumerate(mine):
        twin = next((i for i, e in enumerate(existing) if i not in claimed and says_as_much(table, row, e)), None)
        if twin is None:
            open_rows.append((place, row))
        else:
            claimed.add(twin)
    behind = len(existing)
    for place, row in open_rows:
        if fill and existing:
            if place < behind and place not in claimed and _agree(row, existing[place]):
                _take(rows, (table, place), row, existing[place], fill=True)
        elif place < len(existing) and place not in claimed:
            _take(rows, (table, place), row, existing[place], fill=False)
        else:
            rows[table, behind] = row
            behind += 1


def _agree(row: Row, before: Row) -> bool:
    """Whether two rows contradict each other nowhere and share something."""
    both = [c for c, v in row.items() if v is not None and before.get(c) is not None]
    return bool(both) and all(row[c] == before[c] for c in both)


def _keyed(existing: RecordRows, table: str, place: int | str) -> Row | None:
    found = existing.get(table, [])
    if table == "raw_value":
        return next((r for r in found if r["field"] == place), None)
    return next((r for r in found if f"{r['purpose']}.{r['channel']}" == place), None)


def _changes(kind: str, place: Place, row: Row, existing: RecordRows) -> list[Change]:
    table, at = place
    if table == "raw_value":
        return [Change(str(row["field"]), "", str(row["text"]))]
    before: Row = {}
    if table == "consent":
        before = _keyed(existing, table, at) or {}
    elif isinstance(at, int) and at < len(existing.get(table, [])):
        before = existing[table][at]
    found = []
    for described in fields.of(kind):
        if described.table == table and described.column in row and _here(described, at):
            name = described.name if described.key else fields.numbered(described.name, int(at))
            found.append(Change(name, _text(described, before), _text(described, row)))
    return found


def _here(described: Field, at: int | str) -> bool:
    return described.key is None or ".".join(described.key) == at


def _text(described: Field, row: Row) -> str:
    value = row.get(described.column)
    if value is None and described.name == "phone":
        value = row.get("raw")
    return "" if value is None else str(value)

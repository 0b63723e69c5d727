"""Repeated values of a draft: numbered without gaps, none twice, before the record is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry import fields
from registry.drafts import Draft, Place
from registry.fields import SINGLE

#: Tables whose rows are told apart by a key, not by their place.
KEYED = frozenset({"consent", "raw_value"})


def settle(kind: str, draft: Draft) -> Draft:
    """The draft with repeated values numbered without gaps, none of them twice, unreadable ones last."""
    places = [p for p in draft.rows if p[0] not in SINGLE and p[0] not in KEYED]
    raws = [p for p in draft.rows if p[0] == "raw_value"]
    if not raws and all(place == 0 for _, place in places):
        return draft
    rows: dict[Place, dict[str, object]] = {p: r for p, r in draft.rows.items() if p[0] in SINGLE or p[0] == "consent"}
    moved: dict[Place, int] = {}
    counts: dict[str, int] = {}
    for table, place in sorted(places, key=lambda p: int(p[1])):
        row = draft.rows[table, place]
        twin = next((i for i in range(counts.get(table, 0)) if says_as_much(table, row, rows[table, i])), None)
        if twin is None:
            twin = counts.get(table, 0)
            rows[table, twin] = row
            counts[table] = twin + 1
        moved[table, place] = twin
    _place_raws(kind, draft, raws, rows, moved, counts)
    return Draft(rows, draft.problems)


def says_as_much(table: str, row: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether the row `other` says all that `row` says."""
    if table == "phone" and row.get("e164") is not None:
        return row["e164"] == other.get("e164")
    if table == "email":
        return row.get("folded") == other.get("folded")
    spelt = fields.written(table).values()
    return all(v is None or v == other.get(c) for c, v in row.items() if c not in spelt)


def _place_raws(
    kind: str,
    draft: Draft,
    raws: Sequence[Place],
    rows: dict[Place, dict[str, object]],
    moved: Mapping[Place, int],
    counts: dict[str, int],
) -> None:
    """Texts that could not be read keep the number of the row they belong to, or stand behind the read ones."""
    alone: dict[Place, int] = {}
    for raw in raws:
        found = fields.find(kind, str(raw[1]))
        name = str(raw[1])
        if found is not None and found[0].repeats:
            described, place = found
            at = (described.table, place)
            if at not in moved and at not in alone:
                alone[at] = counts.get(described.table, 0)
                counts[described.table] = alone[at] + 1
            name = fields.numbered(described.name, moved[at] if at in moved else alone[at])
        rows["raw_value", name] = {**draft.rows[raw], "field": name}

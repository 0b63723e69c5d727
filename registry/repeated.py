"""Repeated values of a draft: numbered without gaps, none twice, before the record is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry import fields
from registry.drafts import Draft, Place
from registry.fields import SINGLE

#: Texts that could not be read: their rows are told apart by the name of their field.
RAW = "raw_value"


def settle(kind: str, draft: Draft) -> Draft:
    """The draft with repeated values numbered without gaps, none of them twice, unreadable ones last."""
    # The place of a raw text is the name of its field.
    if not any([place for _group, place in draft.rows]):
        return draft
    places = [p for p in draft.rows if p[0] not in SINGLE and p[0] != RAW]
    # By their numbers: a list may have the column of a second value before that of the first.
    raws = sorted((p for p in draft.rows if p[0] == RAW), key=lambda p: fields.split(str(p[1]))[1])
    rows: dict[Place, dict[str, object]] = {p: r for p, r in draft.rows.items() if p[0] in SINGLE}
    moved: dict[Place, int] = {}
    counts: dict[str, int] = {}
    for group, place in sorted(places, key=lambda p: int(p[1])):
        row = draft.rows[group, place]
        twin = next((i for i in range(counts.get(group, 0)) if says_as_much(group, row, rows[group, i])), None)
        if twin is None:
            twin = counts.get(group, 0)
            rows[group, twin] = row
            counts[group] = twin + 1
        moved[group, place] = twin
    _place_raws(kind, draft, raws, rows, moved, counts)
    return Draft(rows, draft.problems)


def says_as_much(group: str, row: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether the row `other` says all that `row` says."""
    if group == "phone" and row.get("e164") is not None:
        return row["e164"] == other.get("e164")
    if group == "email":
        return row.get("folded") == other.get("folded")
    spelt = fields.written(fields.table_of(group)).values()
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
            at = (described.group, place)
            if at not in moved and at not in alone:
                alone[at] = counts.get(described.group, 0)
                counts[described.group] = alone[at] + 1
            name = fields.numbered(described.name, moved[at] if at in moved else alone[at])
        rows[RAW, name] = {**draft.rows[raw], "field": name}

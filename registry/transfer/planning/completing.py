"""Exports of which columns were deleted, or never written: a second telephone stays the second without the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry import fields
from registry.access import Session
from registry.context import View
from registry.fields import HEADS
from registry.kinds import COORDINATES, PHONE
from registry.transfer.headings.headers import NAMES
from registry.transfer.headings.own_names import NUMBER
from registry.transfer.lists.source import Source
from registry.transfer.planning.own_words import kept_texts


def complete(view: View, source: Source) -> None:
    """Give rows what their record has where the list lacks what tells the place of a value, or what it belongs to."""
    columns = {target: m.column for m in source.matches for target in m.targets}
    missing = list(_missing(source.kind, columns, view.session)) if source.own and NUMBER in columns else []
    if not missing:
        return
    numbers = source.rows.columns[columns[NUMBER]]
    kept = kept_texts(view, source.kind, set(numbers))
    held = [kept.get(number, {}) for number in numbers]
    # Another registry may have given the same number to somebody else.
    for texts, name in [(source.rows.columns[columns[n]], n) for n in NAMES[source.kind] if n in columns]:
        held = [own if text.strip() == own.get(name, "") else {} for text, own in zip(texts, held, strict=True)]
    for name in missing:
        source.kept[name] = len(source.rows.columns)
        source.rows.columns.append([own.get(name, "") for own in held])


def _missing(kind: str, listed: Mapping[str, int], session: Session) -> Iterator[str]:
    """The names without which values of the listed columns lose their place, or what they belong to."""
    for group, described in fields.by_group(kind).items():
        names = {field.name for field in described if field.repeats}
        places = {place for head, place in map(fields.split, listed) if head in names}
        first = next((f.name for f in described if HEADS.get(group) == ("raw" if f.kind is PHONE else f.column)), "")
        for place in range(max(places, default=-1) + 1):
            if place not in places or (first and fields.numbered(first, place) not in listed):
                here = (f.name for f in described if f.kind is not COORDINATES and session.edits(f))
                yield from (name for f in here if (name := fields.numbered(f, place)) not in listed)

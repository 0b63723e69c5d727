"""Exports of which columns were deleted, or never written: a second telephone stays the second without the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry import fields
from registry.access import Session
from registry.context import View
from registry.fields import HEADS
from registry.kinds import COORDINATES, PHONE
from registry.search.folding import name_key
from registry.transfer.headings.headers import NAMES
from registry.transfer.headings.own_names import NUMBER
from registry.transfer.lists.source import Source
from registry.transfer.planning.lookup import Register
from registry.transfer.planning.own_words import kept_texts
from registry.transfer.values.lost_letters import is_without_letters
from registry.writing import compose_full_name

#: What two people of the same name differ in.
_TELLING = ("birth_date", "external_id")


def complete(view: View, source: Source) -> None:
    """Give rows what their record has where the list lacks what tells the place of a value, or what it belongs to."""
    columns = {target: m.column for m in source.matches for target in m.targets}
    missing = list(_missing(source.kind, columns, view.session)) if source.own and NUMBER in columns else []
    if not missing:
        return
    numbers = source.rows.columns[columns[NUMBER]]
    kept = kept_texts(view, source.kind, set(numbers))
    told = {name: source.rows.columns[columns[name]] for name in (*NAMES[source.kind], *_TELLING) if name in columns}
    register, held = Register(view.connection, source.kind), []
    for number, *texts in zip(numbers, *told.values(), strict=True):
        own, said = kept.get(number, {}), dict(zip(told, map(str.strip, texts), strict=True))
        held.append(own if own and _is_of(register, source.kind, said, own) else {})
    for name in missing:
        source.kept[name] = len(source.rows.columns)
        source.rows.columns.append([own.get(name, "") for own in held])


def _is_of(register: Register, kind: str, said: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Whether a row is of the record with its number, perhaps with a corrected name (see `Candidates`).

    Another registry may have given the same number to somebody else.
    """
    names = [(said[name], own.get(name, "")) for name in NAMES[kind] if name in said]
    if all(text in ("", kept) or is_without_letters(text, kept) for text, kept in names):
        return True
    mine, theirs = name_key(_called(said)), name_key(_called(own))
    if mine == theirs:
        return True
    corrected = not set(mine.split()).isdisjoint(theirs.split()) and not register.is_called(mine)
    return corrected and all(text in ("", own.get(name, text)) for name in _TELLING if (text := said.get(name, "")))


def _called(values: Mapping[str, str]) -> str:
    return values.get("name") or values.get("full_name") or compose_full_name(values)


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

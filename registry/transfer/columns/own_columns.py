"""The columns of our own exports: each is the field of its name, whatever else it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from registry import fields, vocabularies
from registry.kinds import CODE, COORDINATES, COUNTRY, LANGUAGE
from registry.numbers import is_of_association, is_valid
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Given, Match, match
from registry.transfer.columns.remembered import with_remembered
from registry.transfer.headings import headers
from registry.transfer.headings.headers import ALIAS
from registry.transfer.headings.own_names import LABEL, NUMBER, are_names, names_of

#: What an export writes as codes, always.
_CODED = (CODE, COUNTRY, LANGUAGE)


def names_of_own(kind: str, columns: Sequence[Column]) -> list[str]:
    """What each column holds (see `names_of`) if most registration numbers are whole; [] = no list of ours.

    Filled forms have the fields' names too, but words where exports have codes.
    """
    headings = [column.header for column in columns]
    names = names_of(kind, headings)
    numbers = columns[names.index(NUMBER)].cells if NUMBER in names else ()
    labelled = any(name.endswith(LABEL) for name in names)
    if not numbers:
        return names if labelled else []
    own = labelled or not are_names(headings) or _has_codes(kind, columns, names)
    return names if own and 2 * sum(map(is_valid, numbers)) > len(numbers) else []


def _has_codes(kind: str, columns: Sequence[Column], names: Sequence[str]) -> bool:
    """Whether codes stand where there are lists, as exports write them."""
    described = ((column, fields.find(kind, name)) for column, name in zip(columns, names, strict=True))
    lists = [(vocabularies.get(f[0].vocabulary), c.cells) for c, f in described if f and f[0].kind in _CODED]
    codes = [text in known.labels for known, cells in lists for text in cells]
    return 2 * sum(codes) >= len(codes)


def kind_of_own(columns: Sequence[Column]) -> str | None:
    """What an export lists that has no column of names, by its registration numbers; None = it is no list of ours."""
    for kind in fields.KINDS:
        names = names_of_own(kind, columns)
        numbers = columns[names.index(NUMBER)].cells if NUMBER in names else ()
        if numbers and any(map(is_of_association, numbers)) == (kind == fields.ASSOCIATIONS):
            return kind
    return None


def own_matches(kind: str, columns: Sequence[Column], names: Sequence[str], given: Given) -> list[Match]:
    """Each column as the field of its name, unless the officer says otherwise.

    A column that somebody named anew, or added for a field that the list lacks, is taken in where its heading leaves no
    doubt; a further telephone is not, as it would take the place of one that was not exported. Words beside codes, and
    coordinates, which are found anew, are no columns to be taken in.
    """
    ours = {column.name: _target(kind, name, names) for column, name in zip(columns, names, strict=True) if name}
    found = match(kind, columns, with_remembered(given, Given(ours)))
    told = {headers.label_of(header).casefold() for header in given.columns}
    matches: list[Match] = []
    for one, name in zip(found, names, strict=True):
        if headers.label_of(one.header).casefold() in told:
            matches.append(one)
        elif not name:
            plain = one.confidence >= ALIAS and all(fields.split(target)[1] == 0 for target in one.targets)
            matches.append(one if plain else one.without_targets())
        elif one.targets or headers.is_asked_elsewhere(kind, name):
            matches.append(replace(one, confidence=float(bool(one.targets)), sure=False))
    return matches


def words_of(kind: str, names: Sequence[str]) -> dict[int, int]:
    """Column of codes -> column of words for them; both are the same where one of the two was deleted."""
    places = {name: place for place, name in enumerate(names) if name}
    found: dict[int, int] = {}
    for name, place in places.items():
        field = name.removesuffix(LABEL)
        described = fields.find(kind, field)
        if described is not None and described[0].vocabulary:
            found[places.get(field, place)] = places.get(field + LABEL, place)
    return found


def _target(kind: str, name: str, names: Sequence[str]) -> str | None:
    """What a column of this name is taken in as; None = it is not."""
    field = name.removesuffix(LABEL)
    found = fields.find(kind, field)
    if found is None or found[0].kind is COORDINATES or (field != name and field in names):
        return None
    return field

"""Texts of a list that no vocabulary knows, and near-equal spellings of one: each once, with what it may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from registry import fields, vocabularies
from registry.coding import suggested
from registry.fields import Field
from registry.kinds import CODE, COUNTRY, LANGUAGE, OPEN_CODE, TEXT
from registry.transfer.planning.clusters import Alike, clusters
from registry.transfer.planning.plan import Plan
from registry.values import Unread, Value
from registry.vocabularies import Suggestion, Vocabulary

#: Suggestions for one text.
_SUGGESTED = 5
_CODED = (CODE, COUNTRY, LANGUAGE)
#: Fields whose texts are compared with each other: what many rows name in the same way.
_NAMED = frozenset({"city", "institution", "employer", "hometown", "origin_region", "region"})


@dataclass(frozen=True)
class Spelling:
    """One text of a field.

    Attributes:
        field: canonical name, without number.
        text: as it is written.
        rows: how many rows of the list have it.
        suggestions: what it may mean, the likeliest first: entries of the field's vocabulary, or the commoner spelling.
        likeness: how it resembles the commoner spelling, a catalogue message; "" = it is no other spelling.
    """

    field: str
    text: str
    rows: int
    suggestions: tuple[Suggestion, ...]
    likeness: str = ""


def spellings(plan: Plan) -> tuple[Spelling, ...]:
    """The texts to be decided on, field by field, the commonest first."""
    found: list[Spelling] = []
    for name, described in _fields(plan).items():
        texts = _texts(plan, name, described)
        known = vocabularies.get(described.vocabulary) if described.vocabulary else None
        if known is not None:
            found += _unknown(name, texts, known)
        else:
            found += (_alike(name, one, texts[one.text]) for one in clusters(texts))
    return tuple(found)


def _fields(plan: Plan) -> dict[str, Field]:
    """The fields of the plan whose texts are coded, or name what others name too."""
    named = {head: f[0] for name in plan.names if (f := fields.find(plan.kind, name)) for head in (f[0].name,)}
    return {
        name: field
        for name, field in named.items()
        if field.kind in (*_CODED, OPEN_CODE) or (field.kind is TEXT and field.column in _NAMED)
    }


def _texts(plan: Plan, name: str, described: Field) -> Counter[str]:
    """What rows say that their field could not read, or reads as mere text -> in how many rows."""
    places = [place for place, own in enumerate(plan.names) if fields.split(own)[0] == name]
    rows = [[entry.values[place] for place in places] for entry in plan.entries if entry.values]
    opened = {value: text for value in set(chain.from_iterable(rows)) if (text := _open(value, described))}
    return Counter(text for row in rows for text in {opened[value] for value in row if value in opened})


def _open(value: Value, described: Field) -> str:
    if isinstance(value, Unread):
        return value.text
    if type(value) is str and described.kind not in _CODED and described.vocabulary:
        return "" if value in vocabularies.get(described.vocabulary).labels else value
    return value if type(value) is str and not described.vocabulary else ""


def _unknown(name: str, texts: Counter[str], known: Vocabulary) -> Iterator[Spelling]:
    nearer = {one.text: one for one in clusters(texts)}
    for text, rows in sorted(texts.items(), key=lambda one: (-one[1], one[0])):
        if found := tuple(suggested(known, text)):
            yield Spelling(name, text, rows, found)
        elif alike := nearer.get(text):
            yield _alike(name, alike, rows)
        else:
            yield Spelling(name, text, rows, ())


def _alike(name: str, one: Alike, rows: int) -> Spelling:
    return Spelling(name, one.text, rows, (Suggestion(one.commoner, one.commoner, ""),), one.likeness)

"""The part of a query that is being typed: where it stands, and what of it is there already."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.search.parser import OPERATOR

#: A word, or a term whose value may stand in quotation marks that are not closed yet.
_ITEM = re.compile(r'[^\s()"]*(?:"(?:[^"]|"")*(?:"(?:(?:>=|<=|[:<>])[^\s()"]*)?)?)?')
_REST = re.compile(r'[^\s()"]*')
_BETWEEN = re.compile(r"[\s()]*-*")


@dataclass(frozen=True)
class Unfinished:
    """One item of a query, as far as it stands before the cursor.

    Attributes:
        start, end: the item's place in the text, without a minus before it, with what stands behind the cursor.
        word: what is typed of a word, or the word of a field.
        operator: "" while it is a word.
        value: what is typed of a value, without quotation marks.
    """

    start: int
    end: int
    word: str
    operator: str = ""
    value: str = ""


def unfinished(text: str, cursor: int) -> Unfinished | None:
    """The item at the cursor; None where nothing is being typed, or a phrase that belongs to no field."""
    place = 0
    while place < cursor:
        between = _BETWEEN.match(text, place, cursor)
        place = between.end() if between else place
        item = _ITEM.match(text, place, cursor)
        if item is None or item.end() >= cursor:
            break
        place = max(item.end(), place + 1)
    typed = text[place:cursor]
    bare, quote, phrase = typed.partition('"')
    operator = OPERATOR.search(bare)
    if (
        not typed
        or (quote and operator is None)
        or (operator and not any(c.isalpha() for c in bare[: operator.start()]))
    ):
        return None
    if operator is None:
        return Unfinished(place, _end(text, cursor), bare)
    inside = bool(quote) and _is_open(phrase)
    value = phrase.replace('""', '"') if inside else bare[operator.end() :]
    if quote and not inside:
        closed, _quote, level = phrase.rpartition('"')
        value = closed.replace('""', '"') + level
    end = _end_of_phrase(text, cursor) if inside else _end(text, cursor)
    return Unfinished(place, end, bare[: operator.start()], operator[0], value)


def _is_open(phrase: str) -> bool:
    return '"' not in phrase.replace('""', "")


def _end(text: str, cursor: int) -> int:
    rest = _REST.match(text, cursor)
    return rest.end() if rest else cursor


def _end_of_phrase(text: str, cursor: int) -> int:
    """Behind the closing quotation mark, if every other one has its partner."""
    closing = text.find('"', cursor)
    return closing + 1 if closing >= 0 and text.count('"') % 2 == 0 else cursor

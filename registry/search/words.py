"""Words to conditions on the search index: folded words, ideographs, numbers and telephones in any form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, false, or_, select

from db import index
from db.models import phone
from registry.search.folding import IDEOGRAPH, digits, fold, native
from registry.search.tree import Node, Phrase, Word

Owner: TypeAlias = ColumnElement[int]

_NUMERIC = re.compile(r"\+?[\d().\-/]*\d[\d().\-/]*")
#: A telephone number has at least so many digits; shorter ones are postcodes and house numbers.
_PHONE_DIGITS = 6
#: E.164: at most 15 digits, and nobody writes more than a few separate groups.
_MOST_DIGITS = 18


def matching(owner: Owner, words: Sequence[str], column: str = "") -> ColumnElement[bool]:
    """The condition "the record `owner` has all these words, whatever their order".

    Args:
        owner: the column with the record's id.
        words: as typed.
        column: only in this column of the index ("" = in any).
    """
    parts: list[ColumnElement[bool]] = []
    for numeric, run in groupby(words, key=lambda word: bool(_NUMERIC.fullmatch(word))):
        some = list(run)
        if numeric and not column:
            parts.append(_numbers(owner, some))
        elif query := " AND ".join(_queries(some, column)):
            parts.append(index.matching(owner, query))
    return and_(*parts) if parts else false()


def phrase(owner: Owner, text: str, column: str = "") -> ColumnElement[bool]:
    """The condition "the record has these words side by side"; ideographs in their own script."""
    query = _phrase(text, column)
    return index.matching(owner, query) if query else false()


def query_of(items: Sequence[Node]) -> str:
    """What the index alone answers of a query of words and phrases; "" where numbers or anything else is asked for."""
    queries: list[str] = []
    for item in items:
        if isinstance(item, Phrase):
            queries.append(_phrase(item.text))
        elif isinstance(item, Word) and not _NUMERIC.fullmatch(item.text):
            queries.extend(_queries([item.text]) or [""])
        else:
            return ""
    return " AND ".join(queries) if all(queries) else ""


def _queries(words: Sequence[str], column: str = "") -> list[str]:
    """What the index is asked for words that are no numbers; a word of ideographs is a phrase of them."""
    plain = [folded for word in words if not IDEOGRAPH.search(word) for folded in fold(word).split()]
    phrases = [query for word in words if IDEOGRAPH.search(word) and (query := _phrase(word, column))]
    return [*([index.query_for(plain, within=column)] if plain else []), *phrases]


def _phrase(text: str, column: str = "") -> str:
    own = native(text) if IDEOGRAPH.search(text) else ""
    listed = (own or fold(text)).split()
    return index.query_for(listed, phrase=True, within=column) if listed else ""


def has_phone(owner: Owner, text: str) -> ColumnElement[bool]:
    """The condition "a telephone number has these digits", with or without country code and leading zeros."""
    core = digits(text).lstrip("0")
    if not core:
        return false()
    fits = or_(phone.c.e164.contains(core), phone.c.raw.contains(core))
    return owner.in_(select(phone.c.record_id).where(fits))


def is_of_a_name(word: str) -> bool:
    """Whether the word may be one of a name: no number, no e-mail address."""
    return "@" not in word and not any(c.isdigit() for c in word)


def tokens(words: Sequence[str]) -> list[str]:
    """The folded words of all `words`, for ranking."""
    return [token for word in words for token in fold(word).split()]


def _numbers(owner: Owner, run: Sequence[str]) -> ColumnElement[bool]:
    """Numbers one after the other: each by itself, or all together one telephone number in groups."""
    apart = and_(*(_number(owner, word) for word in run))
    together = "".join(_groups(run))
    if len(run) == 1 or not _PHONE_DIGITS <= len(together) <= _MOST_DIGITS:
        return apart
    return or_(has_phone(owner, together), apart)


def _number(owner: Owner, word: str) -> ColumnElement[bool]:
    listed = fold(word).split()
    whole = digits(word)
    as_words = index.matching(owner, index.query_for(listed)) if listed else false()
    if _PHONE_DIGITS <= len(whole) <= _MOST_DIGITS:
        return or_(as_words, has_phone(owner, whole))
    return as_words


def _groups(run: Sequence[str]) -> Iterator[str]:
    """The digits of each group; the 0 of `+33 (0)1` is not dialled from abroad."""
    for place, word in enumerate(run):
        if not (place and run[place - 1].startswith("+") and digits(word) == "0"):
            yield digits(word)

"""Citizenships written as adjectives: those that are listed, and those that follow from the name of the country."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import resources
from registry import vocabularies
from registry.i18n import ngettext
from registry.kinds import clean
from registry.search.folding import fold
from registry.vocabularies.suggesting import key

#: Marocain(e), brasileiro/a, français·e: the word, and the ending that it has for the other sex.
_BOTH_SEXES = re.compile(r"(.+?)\s?(?:\(-?(\w{1,3})\)|[/·.-](\w{1,2}))")
_HYPHEN = re.compile(r"\s*[-–]\s*")
#: Slovak, Czech, Slovene, Croatian, Serbian: slovenská, český, hrvatsko -> Slovensko, Česko, Hrvatska;
#: ukrajinská -> Ukrajina.
_SLAVIC = re.compile(r"(\w+[scz]k)(?:a|e|y|i|o|ych|eho|u)")
#: Hungarian: magyar, szlovák -> Magyarország, Szlovákia.
_HUNGARIAN_ENDINGS = ("orszag", "ia")
_NAMED = 3
#: Letters of a code of ISO 3166-1 alpha-2.
_CODE = 2
_SHORTEST = 5


def code_of(text: str) -> str:
    """Alpha-3 code of the one country that a text names, or an adjective made of it; "" = none."""
    return vocabularies.get("country").find(text) or _adjective(text)


def said(text: str) -> str:
    """The same of a text that is a country's name in the languages most used, or a listed adjective."""
    known = vocabularies.get("country")
    return (known.find(text) or "") if known.knows(key(text)) else _listed("adjectives").get(fold(text), "")


def read(texts: Iterable[str]) -> dict[str, str]:
    """Text -> alpha-3 code of those that are no country's name but an adjective made of one.

    TC is Turkey, and no code of two letters, where no other such code stands beside it.
    """
    known, like_codes = vocabularies.get("country"), _listed("like_codes")
    named = {text: known.find(text) for text in map(clean, texts) if text}
    coded = any(code and len(text) == _CODE and fold(text) not in like_codes for text, code in named.items())
    read = {text: _adjective(text) for text, name in named.items() if name is None}
    instead = {} if coded else {text: like_codes.get(fold(text), "") for text, name in named.items() if name}
    return {text: code for text, code in (read | instead).items() if code}


def hyphened(text: str) -> list[str]:
    """The two citizenships of "franco-marocaine", the first as its code; [] if it is no such word."""
    first, *others = _HYPHEN.split(text)
    code = _listed("before_hyphen").get(fold(first)) or code_of(first)
    return [code, *others] if code and len(others) == 1 and code_of(others[0]) else []


def told(column: str, read: dict[str, str], count: int) -> str:
    """What is said about them."""
    known = vocabularies.get("country")
    examples = ", ".join(f"{text} = {known.label(code)}" for text, code in sorted(read.items())[:_NAMED])
    return ngettext(
        "“{column}”: {count} citizenship was read from an adjective ({examples}).",
        "“{column}”: {count} citizenships were read from adjectives ({examples}).",
        count,
        column=column,
        examples=examples,
    )


def _adjective(text: str) -> str:
    word = fold(text)
    return _listed("adjectives").get(word) or _of_both_sexes(text) or _made(word)


def _of_both_sexes(text: str) -> str:
    """The country of a listed adjective with the ending of another of its forms; "Lebanese/US" is of two countries."""
    if (parts := _BOTH_SEXES.fullmatch(text)) is None:
        return ""
    word, ending = fold(parts[1]), fold(parts[2] or parts[3])
    others = _forms().get(word, frozenset()) - {word}
    return _listed("adjectives")[word] if any(other.endswith(ending) for other in others) else ""


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    """Folded adjective -> all forms that the same language has of it."""
    found: dict[str, frozenset[str]] = {}
    for kept in _document()["adjectives"].values():
        for forms in (frozenset(map(fold, words.split("|"))) for words in kept.values()):
            found |= {word: forms | found.get(word, frozenset()) for word in forms}
    return found


@cache
def _document() -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(resources.path("nationalities", "words.json").read_text(encoding="utf-8"))
    return document


@cache
def _listed(group: str) -> Mapping[str, str]:
    """Folded word -> the country; by language or not."""
    return {
        fold(word): code
        for code, kept in _document()[group].items()
        for words in (kept.values() if isinstance(kept, dict) else (kept,))
        for word in words.split("|")
    }


def _made(word: str) -> str:
    """The country of which a word is made by rule."""
    known = vocabularies.get("country")
    codes = {code for name in _names(word) if (code := known.find(name)) is not None}
    return codes.pop() if len(codes) == 1 else ""


def _names(word: str) -> Iterator[str]:
    if slavic := _SLAVIC.fullmatch(word):
        yield slavic[1] + "o"
        yield slavic[1] + "a"
        if len(slavic[1]) > _SHORTEST:
            yield slavic[1].removesuffix("sk") + "a"
    if len(word) > 3:
        yield from (word + ending for ending in _HUNGARIAN_ENDINGS)

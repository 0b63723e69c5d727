"""Words that say in a heading whom it is about and what is agreed to, of all languages, from `resources/headings`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import resources
from registry import foreign_words
from registry.search.folding import fold

#: Language -> words, parted by bars; or the same by code of a vocabulary.
_Words = Mapping[str, Any]


@cache
def _document() -> _Words:
    document: dict[str, Any] = json.loads(resources.path("headings", "words.json").read_text(encoding="utf-8"))
    for language, said in foreign_words.languages().items():
        for key, words in said["headings"].items():
            for code, below in words.items() if isinstance(words, dict) else ((None, words),):
                (document[key] if code is None else document[key][code])[language] = below
    return document


@cache
def folded(key: str) -> frozenset[str]:
    """The words of a key, folded."""
    return frozenset(map(fold, _listed(_document()[key])))


@cache
def plain(key: str) -> frozenset[str]:
    """The words of a key as they are written."""
    return frozenset(_listed(_document()[key]))


def by_language(key: str) -> Mapping[str, str]:
    """Language -> the words of a key as they are written."""
    words: Mapping[str, str] = _document()[key]
    return words


@cache
def pattern(*keys: str) -> re.Pattern[str]:
    """Finds any word of these keys in a folded text, the longest first."""
    return any_of(word for key in keys for word in _listed(_document()[key]))


@cache
def patterns(key: str) -> Mapping[str, re.Pattern[str]]:
    """The same by code, of a key whose words stand by codes."""
    return {code: any_of(_listed(words)) for code, words in _document()[key].items()}


def _listed(words: str | _Words) -> list[str]:
    if isinstance(words, str):
        return words.split("|")
    return [word for below in words.values() for word in _listed(below)]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words in a folded text, the longest first; `*` stands for any letters."""
    spelled = sorted({_spelled(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b")


def _spelled(word: str) -> str:
    return r"\w*" * word.startswith("*") + fold(word) + r"\w*" * word.endswith("*")

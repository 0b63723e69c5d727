"""What lists in further languages say: `resources/headings/languages`, a file a language, read when first asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import resources


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Language -> what its file holds: `fields`, `headings` and `values`; their words are parted by bars."""
    files = sorted(resources.path("headings", "languages").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def words_of_fields() -> Iterator[tuple[str, str]]:
    """(Canonical name, word) of what stands above columns."""
    for said in languages().values():
        yield from _words(said["fields"])


def codes(vocabulary: str, key: Callable[[str], str]) -> dict[str, str]:
    """What each word names among the values of a vocabulary; nothing where two languages mean two things by it.

    Args:
        key: how words are compared.
    """
    named: dict[str, set[str]] = {}
    for said in languages().values():
        for code, word in _words(said["values"].get(vocabulary, {})):
            named.setdefault(key(word), set()).add(code)
    return {word: next(iter(found)) for word, found in named.items() if len(found) == 1}


def _words(listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, word) for name, words in listed.items() for word in words.split("|"))

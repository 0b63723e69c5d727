"""Every shipped vocabulary says where it is from, speaks English and French, and reads each word one way."""

from __future__ import annotations

import json

import pytest

import resources
from registry import vocabularies
from registry.search.folding import fold, native

NAMES = sorted(path.stem for path in resources.path("vocabularies").glob("*.json"))
CODED = [name for name in NAMES if name != "country"]


@pytest.mark.parametrize("name", NAMES)
def test_source_and_licence(name: str) -> None:
    document = json.loads(resources.path("vocabularies", f"{name}.json").read_text(encoding="utf-8"))
    assert document["name"] == name
    assert document["source"]
    assert document["version"]
    assert document["licence"]


@pytest.mark.parametrize("name", CODED)
def test_labels_in_english_and_french(name: str) -> None:
    vocabulary = vocabularies.get(name)
    assert all(set(labels) >= {"en", "fr"} and all(labels.values()) for labels in vocabulary.labels.values())
    assert len({labels["en"] for labels in vocabulary.labels.values()}) == len(vocabulary.codes)


@pytest.mark.parametrize("name", CODED)
def test_a_word_names_one_code(name: str) -> None:
    vocabulary = vocabularies.get(name)
    meant: dict[str, set[str]] = {}
    for code in vocabulary.codes:
        for word in (code, *vocabulary.labels[code].values(), *vocabulary.aliases[code]):
            meant.setdefault(native(word) or fold(word), set()).add(code)
    assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", CODED)
def test_aliases_in_arabic_and_latin(name: str) -> None:
    vocabulary = vocabularies.get(name)
    for code, aliases in vocabulary.aliases.items():
        if name == "cefr" or code == "disclosure" or aliases:
            words = (*aliases, *vocabulary.labels[code].values())
            assert any("\u0600" <= mark <= "\u06ff" for word in words for mark in word), code
            assert any(alias.isascii() for alias in aliases), code

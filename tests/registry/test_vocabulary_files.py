"""Every shipped vocabulary says where it is from, speaks English and French, and reads each word one way."""

from __future__ import annotations

import json

import pytest

import resources
from registry import i18n, vocabularies
from registry.vocabularies.suggesting import key

NAMES = vocabularies.names()
#: Names given by others, some of them only in English or in no second language.
PUBLISHED = {"country", "currency", "language", "script", "subdivision"}
#: Titles that stand on several levels.
REPEATED = {"isco", "isced_field", "isic"}
CODED = [name for name in NAMES if name not in PUBLISHED]
OWN = [name for name in CODED if not resources.path("vocabularies", f"{name}.source.json").exists()]


@pytest.mark.parametrize("name", NAMES)
def test_source_version_and_licence(name: str) -> None:
    told = vocabularies.source(name)
    assert told.source
    assert told.version
    assert told.licence


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_it_once(name: str) -> None:
    """A list of our own has its source in its head, every other one in the file beside it."""
    file = resources.path("vocabularies", f"{name}.json")
    beside = resources.path("vocabularies", f"{name}.source.json").exists()
    head = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    assert ("source" in head) != beside
    assert head.get("name", name) == name


@pytest.mark.parametrize("name", CODED)
def test_labels_in_english_and_french(name: str) -> None:
    vocabulary = vocabularies.get(name)
    assert all(set(labels) >= {"en", "fr"} and all(labels.values()) for labels in vocabulary.labels.values())
    if name not in REPEATED:
        assert len({labels["en"] for labels in vocabulary.labels.values()}) == len(vocabulary.codes)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_names_are_there_in_english_at_least(name: str) -> None:
    vocabulary = vocabularies.get(name)
    assert [code for code, labels in vocabulary.labels.items() if not labels.get("en")] == []
    assert set().union(*vocabulary.labels.values()) >= set(i18n.LANGUAGES)


@pytest.mark.parametrize("name", [name for name in CODED if name not in REPEATED])
def test_a_word_names_one_code(name: str) -> None:
    vocabulary = vocabularies.get(name)
    meant: dict[str, set[str]] = {}
    for code in vocabulary.codes:
        for word in (code, *vocabulary.labels[code].values(), *vocabulary.aliases[code]):
            meant.setdefault(key(word), set()).add(code)
    assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", OWN)
def test_aliases_in_arabic_and_latin(name: str) -> None:
    vocabulary = vocabularies.get(name)
    for code, aliases in vocabulary.aliases.items():
        if name == "cefr" or code == "disclosure" or aliases:
            words = (*aliases, *vocabulary.labels[code].values())
            assert any("\u0600" <= mark <= "\u06ff" for word in words for mark in word), code
            assert any(alias.isascii() for alias in aliases), code


@pytest.mark.parametrize("name", NAMES)
def test_the_hierarchy_has_a_top_and_no_circle(name: str) -> None:
    vocabulary = vocabularies.get(name)
    assert set(vocabulary.parents.values()) <= set(vocabulary.codes)
    for code in vocabulary.codes:
        assert vocabulary.level(code) <= 4
    reached = [code for top in vocabulary.children() for code in _below(vocabulary, top)]
    assert sorted(reached) == sorted(vocabulary.codes)


def _below(vocabulary: vocabularies.Vocabulary, code: str) -> list[str]:
    return [code, *(low for child in vocabulary.children(code) for low in _below(vocabulary, child))]


def test_all_together_stay_small() -> None:
    files = resources.path("vocabularies").iterdir()
    assert sum(file.stat().st_size for file in files) < 6_000_000

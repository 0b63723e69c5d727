"""Words of further languages name one field or value, whatever language they stand in, and what they name is there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from registry import fields, foreign_words, vocabularies
from registry.fields import KINDS, PEOPLE
from registry.transfer.headings import headers, wordings
from registry.vocabularies.suggesting import key

LANGUAGES = foreign_words.languages()
#: How fields that are about somebody else than the person, or another place, begin.
ABOUT_OTHERS = ("patronymic", "relative", "employer", "association", "education.institution", "contact_person", "name")

#: Words that say something else in another language, and why that does no harm: the whole heading is known.
ALSO_OTHERS = {"Son Geçerlilik Tarihi": "son is the last one in Turkish"}


def listed(language: str) -> Iterator[tuple[str, str]]:
    """(Canonical name, word) of a language."""
    return ((name, word) for name, words in LANGUAGES[language]["fields"].items() for word in words.split("|"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_words_stand_for_is_there(language: str) -> None:
    said = LANGUAGES[language]
    assert said.keys() == {"language", "fields", "headings", "values"}
    names = {name for kind in KINDS for name in fields.by_name(kind)}
    assert said["fields"].keys() <= names
    for vocabulary, values in said["values"].items():
        assert values.keys() <= set(vocabularies.get(vocabulary).codes)
    for name, words in said["headings"].items():
        assert wordings.pattern(name)
        if isinstance(words, dict):
            assert words.keys() <= wordings.patterns(name).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_stands_once(language: str) -> None:
    for name, words in LANGUAGES[language]["fields"].items():
        counted = Counter(map(headers.spelled, words.split("|")))
        assert [word for word, count in counted.items() if count > 1] == [], name
        assert words == " ".join(words.split())
        assert "" not in words.split("|")


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_means_another_field_in_another_language(kind: str) -> None:
    own, known = headers.words(kind), fields.by_name(kind)
    meant: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for name, word in listed(language):
            if name in known:
                meant[headers.spelled(word)].add(name)
                # The fields' own words go before: such a word would never be met, or mean something else.
                assert own.get(headers.key(word), {name: 1.0}).keys() >= {name}, (language, word)
    assert {word: names for word, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_that_names_a_field_is_of_the_person_and_kept(language: str) -> None:
    for name, word in listed(language):
        assert headers.may_be_kept(word), word
        assert not headers.is_of_another_calendar(word), word
        if not name.startswith(ABOUT_OTHERS) and word not in ALSO_OTHERS:
            assert not headers.is_about_another(PEOPLE, word), word


def test_words_of_other_languages_do_not_say_that_a_field_is_not_kept() -> None:
    """Checked of what fields are called in their own descriptions, word for word, against each further language."""
    for language, said in LANGUAGES.items():
        for group in ("not_ours", "other_calendars", "relatives", "others"):
            if words := said["headings"].get(group):
                found = wordings.any_of(words.split("|"))
                hit = {
                    (word, name)
                    for kind in KINDS
                    for word, names in headers.words(kind).items()
                    for name in names
                    if found.search(word) and not name.startswith(ABOUT_OTHERS)
                }
                assert hit == set(), (language, group)


def test_a_value_means_one_thing() -> None:
    for vocabulary in {name for said in LANGUAGES.values() for name in said["values"]}:
        known = vocabularies.get(vocabulary)
        meant: dict[str, set[str]] = defaultdict(set)
        for said in LANGUAGES.values():
            for code, words in said["values"].get(vocabulary, {}).items():
                for word in words.split("|"):
                    meant[key(word)].add(code)
        assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}
        for said in LANGUAGES.values():
            for code, words in said["values"].get(vocabulary, {}).items():
                assert [word for word in words.split("|") if known.find(word) != code] == [], (vocabulary, code)

"""Names of countries and languages as lists from Central Europe and the rest of the world write them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from registry import vocabularies
from registry.vocabularies import Entry, Vocabulary, loading

COUNTRIES = {
    "SVK": ("Slovensko", "Slovenská republika", "Szlovákia", "Szlovák Köztársaság", "Słowacja", "Slovačka"),
    "CZE": ("Česko", "Česká republika", "Csehország", "Cseh Köztársaság", "Czechy", "Češka"),
    "HUN": ("Maďarsko", "Magyarország", "Węgry", "Mađarska", "Madžarska", "Ungheria", "Unkari"),
    "DEU": ("Nemecko", "Německo", "Németország", "NSZK", "Niemcy", "Njemačka", "Nemčija", "Germania", "Saksa"),
    "AUT": ("Rakúsko", "Rakousko", "Ausztria", "Austrija", "Avstrija"),
    "GBR": (
        "Veľká Británia",
        "Spojené kráľovstvo",
        "Spojené království",
        "Nagy-Britannia",
        "Anglia",
        "Wielka Brytania",
    ),
    "USA": ("Spojené štáty americké", "Spojené státy", "Amerikai Egyesült Államok", "Stany Zjednoczone", "Amerika"),
    "HRV": ("Chorvátsko", "Horvátország", "Hrvatska", "Chorwacja"),
    "MKD": ("Severné Macedónsko", "Észak-Macedónia", "Macedónsko"),
    "JPN": ("日本", "Japonsko", "Japán", "Ιαπωνία"),
}
LANGUAGES = {
    "sk": ("slovenčina", "slovenský jazyk", "slovensky", "szlovák", "słowacki", "slovački"),
    "hu": ("maďarčina", "maďarský jazyk", "magyar", "magyarul", "węgierski", "mađarski", "unkari"),
    "en": ("angličtina", "anglický jazyk", "anglicky", "angol", "angolul", "angielski", "engleski", "englanti"),
    "de": ("nemčina", "němčina", "nemecky", "német", "niemiecki", "njemački"),
    "rom": ("rómčina", "cigány"),
    "rue": ("rusínčina", "ruszin"),
}


@pytest.mark.parametrize(("vocabulary", "names"), [("country", COUNTRIES), ("language", LANGUAGES)])
def test_names_of_many_languages_are_recognised(vocabulary: str, names: dict[str, tuple[str, ...]]) -> None:
    find = vocabularies.get(vocabulary).find
    wrong = {word: find(word) for code, words in names.items() for word in words if find(word) != code}
    assert wrong == {}


def test_a_word_that_means_two_countries_in_two_languages_means_neither() -> None:
    find = vocabularies.get("country").find
    assert [find(word) for word in ("Kongo", "Конго", "Nikaraagua", "Sant Martin")] == [None] * 4


def test_codes_and_the_programs_own_languages_go_first() -> None:
    country = vocabularies.get("country")
    assert all(country.find(code) == code for code in country.codes)
    assert country.find("CR") == "CRI"
    for code, labels in country.labels.items():
        for language in ("en", "fr"):
            if language in labels:
                assert country.find(labels[language]) in (code, None)


def test_nothing_is_suggested_from_other_languages_and_the_lists_own_words_win() -> None:
    birds = Vocabulary.of(
        "bird",
        [Entry("B1", {"en": "Gull", "fr": "Mouette"}), Entry("B2", {"en": "Heron"}, ("mouette",))],
        elsewhere=lambda: {"lokki": "B1", "gull": "B2"},
    )
    assert (birds.find("Lokki"), birds.find("gull"), birds.find("mouette")) == ("B1", "B1", "B1")
    assert birds.suggest("lok") == []


def test_they_are_read_only_when_a_text_is_nothing_else() -> None:
    code = (
        "from registry import vocabularies; c = vocabularies.get('country'); c.find('France'); c.suggest('fra')\n"
        "assert '_elsewhere' not in c.__dict__\n"
        "c.find('Ranska'); assert '_elsewhere' in c.__dict__"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("name", "kind"), [("country", "territories"), ("language", "languages")])
def test_the_labels_written_down_are_those_of_cldr(name: str, kind: str) -> None:
    shipped = vocabularies.shipped(name)
    theirs = {code: vocabularies.alpha2(code) if name == "country" else code for code in shipped.codes}
    named = loading.names_by_cldr(kind, {code: their for code, their in theirs.items() if their != "ZZ"})
    assert {code: shipped.labels[code] for code in named} == named


def test_a_code_is_found_before_any_word_is_looked_at() -> None:
    code = (
        "import sys\n"
        "from registry import vocabularies\n"
        "known = [vocabularies.get(name) for name in ('country', 'language', 'cefr')]\n"
        "assert [v.find(c) for v, c in zip(known, ('fra', 'FR', 'b2'))] == ['FRA', 'fr', 'B2']\n"
        "assert not any('_tiers' in v.__dict__ for v in known)\n"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'babel']\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

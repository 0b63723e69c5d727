"""Vocabularies: hierarchy, languages, what a text names, type-ahead, a ministry's entries on top."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from registry import i18n, vocabularies
from registry.vocabularies import Entry, Vocabulary, merged
from registry.vocabularies.suggesting import key


@pytest.fixture
def birds() -> Vocabulary:
    """A small tree: labels in three languages, an old word, a twin name."""
    return Vocabulary.of(
        "bird",
        [
            Entry("B", {"en": "Birds", "fr": "Oiseaux"}),
            Entry("B1", {"en": "Waders", "fr": "Échassiers", "ar": "طيور الخوض"}, parent="B"),
            Entry("B11", {"en": "Grey heron", "fr": "Héron cendré"}, ("hern", "Graureiher"), "B1"),
            Entry("B12", {"en": "Waders"}, parent="B1"),
            Entry("B2", {"en": "Gulls"}, ("sea birds", "hern"), "B"),
            Entry("B3", {"en": "Great auk"}, parent="B", offered=False),
            Entry("B4", {"en": "Penguins"}, ("great auk",), "B"),
        ],
    )


def test_the_hierarchy(birds: Vocabulary) -> None:
    assert birds.children() == ("B",)
    assert birds.children("B") == ("B1", "B2", "B3", "B4")
    assert birds.children("B11") == ()
    assert [birds.parent(code) for code in ("B", "B1", "B11")] == ["", "B", "B1"]
    assert [birds.level(code) for code in ("B", "B1", "B11")] == [1, 2, 3]
    assert list(birds.ancestors("B11")) == ["B1", "B"]
    assert birds.descends("B11", "B")
    assert birds.descends("B11", "B11")
    assert not birds.descends("B11", "B2")
    assert not birds.descends("B", "B11")


def test_a_label_falls_back_to_english_and_says_so(birds: Vocabulary) -> None:
    with i18n.in_language("fr"):
        assert (birds.label("B1"), birds.is_translated("B1")) == ("Échassiers", True)
        assert (birds.label("B2"), birds.is_translated("B2")) == ("Gulls", False)
    assert birds.is_translated("B1", "ar")
    assert birds.label("B1", "pt") == "Waders"
    assert birds.label("no such code") == "no such code"
    assert merged(birds, [Entry("B9", {"pt": "Garças"})]).label("B9", "fr") == "Garças"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("b11", "B11"),
        ("heron cendre", "B11"),
        ("GRAUREIHER", "B11"),
        ("طُيُور الخوض", "B1"),
        ("Gulls", "B2"),
        ("Waders", "B12"),  # of two levels the lower
        ("hern", None),  # of two branches neither
        ("great auk", "B3"),  # a label goes before an alias
        ("B11 Grey heron", "B11"),
        ("B1: Waders", "B1"),
        ("B11 – Héron cendré", "B11"),
        ("Héron cendré (B11)", "B11"),
        ("B2 hern", "B2"),
        ("B2 Grey heron", None),
        ("5 gulls", None),
        ("her", None),
        ("", None),
        ("—", None),
    ],
)
def test_what_a_text_names(birds: Vocabulary, text: str, code: str | None) -> None:
    assert birds.find(text) == code


def test_type_ahead_offers_the_best_first(birds: Vocabulary) -> None:
    assert [s.code for s in birds.suggest("wad")] == ["B12", "B1"]
    assert [s.code for s in birds.suggest("her")] == ["B11", "B2"]
    assert [s.code for s in birds.suggest("grey her")] == ["B11"]
    assert [s.code for s in birds.suggest("heron gr")] == ["B11"]
    assert [s.code for s in birds.suggest("reih")] == ["B11"]
    assert [s.code for s in birds.suggest("b1")] == ["B1", "B11", "B12"]
    assert [s.code for s in birds.suggest("b1", start="B12")] == ["B12"]
    assert [s.code for s in birds.suggest("b", limit=2)] == ["B", "B1"]
    assert birds.suggest("") == birds.suggest(" ") == birds.suggest("zebra") == []


def test_a_suggestion_tells_the_word_that_was_met(birds: Vocabulary) -> None:
    (heron,) = birds.suggest("graur")
    assert (heron.label, heron.matched) == ("Grey heron", "Graureiher")
    (heron,) = birds.suggest("grey")
    assert heron.matched == ""
    with i18n.in_language("fr"):
        assert birds.suggest("grey")[0].matched == "Grey heron"


def test_what_is_no_longer_chosen_is_still_known(birds: Vocabulary) -> None:
    assert "B3" not in dict(birds.choices())
    assert birds.label("B3") == "Great auk"
    assert [s.code for s in birds.suggest("great a")] == ["B4"]


def test_a_ministry_adds_entries_and_words(birds: Vocabulary) -> None:
    more = [Entry("B21", {"en": "Kittiwake"}, parent="B2"), Entry("B2", {"fr": "Mouettes"}, ("seagulls",))]
    larger = merged(birds, more)
    assert larger.codes == (*birds.codes, "B21")
    assert larger.children("B2") == ("B21",)
    assert larger.find("seagulls") == larger.find("mouettes") == larger.find("gulls") == "B2"
    assert larger.labels["B2"] == {"en": "Gulls", "fr": "Mouettes"}
    assert larger.parent("B2") == "B"
    assert "B21" not in birds.codes
    assert birds.find("seagulls") is None


def test_relations_are_seen_from_the_other_side() -> None:
    inverses = vocabularies.get("relation").inverses
    assert set(inverses) == set(vocabularies.get("relation").codes)
    assert all(inverses[other] == code for code, other in inverses.items())
    assert inverses["child"] == "parent"
    assert inverses["spouse"] == "spouse"


@pytest.mark.parametrize(
    ("text", "code"),
    [("USSR", "SUN"), ("Союз Советских", None), ("СССР", "SUN"), ("Zaïre", "ZAR"), ("RDA", "DDR"), ("Burma", "MMR")],
)
def test_former_countries_are_recognised_and_not_offered(text: str, code: str | None) -> None:
    country = vocabularies.get("country")
    assert country.find(text) == code
    assert {"SUN", "YUG", "SCG", "CSK", "DDR", "ZAR", "BUR"} <= country.unoffered
    assert not country.unoffered & set(dict(country.choices()))
    assert vocabularies.alpha2("SUN") == "ZZ"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Sœurs  de l’Étang", "soeurs de letang"),
        ("Azərbaycan", "azerbaycan"),
        ("Đà Nẵng", "da nang"),
        ("Ἀθῆναι", "αθηναι"),
        ("الرِّباط", "الرباط"),
        ("東京", "東 京"),
        ("+", "+"),
    ],
)
def test_how_words_are_compared(text: str, compared: str) -> None:
    assert key(text) == key(compared) == compared


def test_subdivisions_of_a_country() -> None:
    subdivision = vocabularies.get("subdivision")
    assert len(subdivision.codes) > 5000
    assert subdivision.find("Bavière") == subdivision.find("Bayern") == subdivision.find("de-by") == "DE-BY"
    assert subdivision.parent("MA-RAB") == "MA-04"
    assert [s.code for s in subdivision.suggest("rabat", start="MA-")] == ["MA-RAB", "MA-04"]
    assert subdivision.find("Central") is None


def test_scripts_and_currencies() -> None:
    assert vocabularies.get("script").find("Cyrillique") == "Cyrl"
    currency = vocabularies.get("currency")
    assert currency.find("Moroccan dirham") == "MAD"
    assert currency.find("French franc") == "FRF"
    assert "FRF" in currency.unoffered
    assert "EUR" in dict(currency.choices())


def test_skills_stand_in_groups() -> None:
    skill = vocabularies.get("skill")
    assert len(skill.children()) == 20
    assert sum(len(skill.children(group)) for group in skill.children()) >= 300
    assert skill.find("infirmière") == "nursing_care"
    assert skill.descends("nursing_care", "health_skills")


def test_an_unknown_vocabulary_is_a_bug() -> None:
    with pytest.raises(KeyError):
        vocabularies.get("no_such_list")


def test_nothing_is_read_when_the_module_is_imported() -> None:
    script = (
        "import sys, registry.vocabularies\n"
        "late = ('babel', 'anyascii', 'gzip', 'registry.vocabularies.loading')\n"
        "print([name for name in late if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_type_ahead_keeps_up_with_the_keys() -> None:
    occupation = vocabularies.get("isco")
    occupation.suggest("warm")
    for text in ("n", "nu", "nur", "nurs", "infirm", "ingénieur", "of the", "xyzzy", "sage-femme"):
        spent = []
        for _time in range(5):
            began = time.process_time()
            occupation.suggest(text)
            spent.append(time.process_time() - began)
        assert min(spent) < 0.030, text

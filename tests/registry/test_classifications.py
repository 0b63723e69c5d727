"""The published classifications are complete: occupations, education, status in employment, industries, sectors."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from registry import vocabularies
from registry.vocabularies import code_or_text
from tests.conftest import TEST_DATA

#: ISCO-08 codes and titles and ESCO's occupations as published.
REFERENCE = TEST_DATA / "reference"


def test_occupations_on_four_levels() -> None:
    """The ILO's counts: 10 major, 43 sub-major, 130 minor and 436 unit groups."""
    isco = vocabularies.get("isco")
    assert Counter(map(isco.level, isco.codes)) == {1: 10, 2: 43, 3: 130, 4: 436}
    assert all(isco.parent(code) == code[:-1] and isco.level(code) == len(code) for code in isco.codes)
    assert isco.descends("2221", "22")


if REFERENCE.is_dir():

    def test_occupations_as_published() -> None:
        isco = vocabularies.get("isco")
        with (REFERENCE / "isco08_groups.csv").open(encoding="utf-8") as file:
            published = {row["code"]: row for row in csv.DictReader(file)}
        assert set(isco.codes) == set(published)
        for code, row in published.items():
            for language in ("en", "fr", "es"):
                assert isco.is_translated(code, language)
                assert isco.label(code, language) == row[language]

    def test_every_occupation_of_esco_is_offered_below_its_group() -> None:
        isco = vocabularies.get("isco")
        with (REFERENCE / "esco_occupations.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows[::20]:
            for language in ("en", "fr", "es"):
                word = row[language].split("/")[0]
                assert row["isco08"] in {s.code for s in isco.suggest(word, limit=400)}, word


@pytest.mark.parametrize("text", ["nurs", "infirm", "enferm", "ممرض"])
def test_nurses_are_among_the_first(text: str) -> None:
    assert "2221" in [s.code for s in vocabularies.get("isco").suggest(text)][:2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2221", "2221"),
        ("2221 Nursing professionals", "2221"),
        ("2221 infirmière", "2221"),
        ("Cadres infirmiers", "2221"),
        ("nurse", "2221"),
        ("Infirmière", "2221"),
        ("ممرضة", "2221"),
        ("chauffeur de taxi", "8322"),
        ("Commissioned armed forces officers", "0110"),
        ("011 Commissioned armed forces officers", "011"),
        ("engineer", "214"),
        ("2221 teacher", None),
        ("works at the port", None),
        ("5 years", None),
    ],
)
def test_a_job_is_coded_where_there_is_no_doubt(text: str, code: str | None) -> None:
    assert code_or_text("isco", text) == code


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_label_of_a_skill_is_coded(language: str) -> None:
    skills = vocabularies.get("skill")
    words = {skills.label(code, language): code for code in skills.codes}
    named = {word: code for word, code in words.items() if skills.find(word) == code}
    assert len(named) > 150
    assert {word: code_or_text("skill", word) for word in named} == named


@pytest.mark.parametrize("text", ["(0)", "{0}", "0."])
def test_of_a_code_every_sign_counts(text: str) -> None:
    assert code_or_text("isco", text) is None


def test_own_titles_are_there_for_the_upper_groups_and_marked_below() -> None:
    isco = vocabularies.get("isco")
    for language in ("pt", "ar"):
        assert all(isco.is_translated(code, language) == (len(code) < 3) for code in isco.codes)


def test_education() -> None:
    assert vocabularies.get("isced_level").codes == tuple("012345678")
    field = vocabularies.get("isced_field")
    assert len(field.children()) == 11
    # 29 narrow and 80 detailed fields, and one of each broad field but the first for programmes between fields.
    assert Counter(map(len, field.codes)) == {2: 11, 3: 29 + 10, 4: 80 + 10}
    assert all(field.parent(code) == code[:-1] for code in field.codes if len(code) > 2)
    assert field.find("Soins infirmiers") == "0913"
    assert field.find("Law") == "0421"


def test_work() -> None:
    status = vocabularies.get("icse")
    assert [c for c in status.codes if status.level(c) == 3 or c in ("30", "51")] == [
        *("11", "12", "21", "22", "30", "41", "42", "43", "44", "51")
    ]
    industry = vocabularies.get("isic")
    assert "".join(industry.children()) == "ABCDEFGHIJKLMNOPQRSTU"
    assert sum(len(industry.children(section)) for section in industry.children()) == 88
    assert industry.descends("86", "Q")


def test_sectors() -> None:
    assert vocabularies.get("sdg").codes == tuple(map(str, range(1, 18)))
    sector = vocabularies.get("dac_sector")
    assert all(len(code) == 3 and code.isdigit() for code in sector.codes)
    assert sector.parent("122") == "120"
    assert vocabularies.get("association_type").descends("university", "institution")

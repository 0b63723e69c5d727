"""Citizenships written as adjectives, in the words of five languages and German, for men and women."""

from __future__ import annotations

import pytest

from registry import vocabularies
from registry.app import Registry
from registry.transfer.values import nationalities
from registry.transfer.values.several import citizenships
from tests.registry.transfer.importing import plan, records, take_in, take_in_rows, write_csv


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("French", "FRA"),
        ("FRANÇAISE", "FRA"),
        ("Marocain(e)", "MAR"),
        ("libanais·e", "LBN"),
        ("brasileiro/a", "BRA"),
        ("Libanais (US)", ""),
        ("marroquí", "MAR"),
        ("Española", "ESP"),
        ("alemã", "DEU"),
        ("لبنانية", "LBN"),
        ("deutsche", "DEU"),
        ("polskie", "POL"),
        ("українка", "UKR"),
        ("Nigérienne", "NER"),
        ("Nigériane", "NGA"),
        ("Sud-africaine", "ZAF"),
        ("Dominicaine", "DOM"),
        ("Congolaise", ""),
        ("Dominican", ""),
        ("coréen", ""),
    ],
)
def test_an_adjective_is_of_one_country_or_asked(text: str, code: str) -> None:
    assert nationalities.code_of(text) == code


def test_no_adjective_is_the_name_of_another_country() -> None:
    known = vocabularies.get("country")
    listed = nationalities._listed("adjectives")
    assert {word for word, code in listed.items() if known.find(word) not in (None, code)} == set()
    assert all(known.find(word) not in (None, code) for word, code in nationalities._listed("like_codes").items())
    assert len(set(listed.values())) > 190


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Française / Sénégalaise", ["Française", "Sénégalaise"]),
        ("franco-marocaine", ["FRA", "marocaine"]),
        ("Suisse-Portugaise", ["CHE", "Portugaise"]),
        ("Française Marocaine", ["Française", "Marocaine"]),
        ("French/Française", ["French"]),
        ("Guinée-Bissau", ["Guinée-Bissau"]),
        ("Française, congolaise", ["Française, congolaise"]),
        ("brasileiro/a", ["brasileiro/a"]),
        ("Canadien/ne", ["Canadien/ne"]),
        ("Lebanese/US", ["Lebanese", "US"]),
        ("Français/CH", ["Français", "CH"]),
        ("French-US", ["FRA", "US"]),
        ("Libanais (US)", ["Libanais", "(US)"]),
    ],
)
def test_several_in_one_cell(text: str, parts: list[str]) -> None:
    assert citizenships(text) == parts


def test_they_are_taken_in_and_told(registry: Registry) -> None:
    listed = [
        ["Nom", "Nationalité"],
        ["Ana Exemple", "franco-marocaine"],
        ["Bo Exemple", "Libanais"],
        ["Cy", "Congolaise"],
    ]
    result = take_in_rows(registry, listed)
    assert [[r.values.get(n) for n in ("citizenship", "citizenship.2")] for r in records(registry)] == [
        ["FRA", "MAR"],
        ["LBN", None],
        [None, None],
    ]
    assert any("2 citizenships were read from adjectives" in said for said in result.warnings)
    assert records(registry)[2].raw["citizenship"] == "Congolaise"


def test_a_country_of_residence_is_no_adjective(registry: Registry) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [["Name", "Country"], ["Ana Exemple", "French"]])
    assert [p.column for p in plan(registry, path).problems] == ["Country"]
    take_in(registry, path)
    assert "address.country" not in records(registry)[0].values

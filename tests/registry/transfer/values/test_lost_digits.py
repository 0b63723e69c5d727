"""Numbers that were none before a spreadsheet program had them; several people in one cell."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.transfer.values.lost_digits import completed, restored
from registry.transfer.values.several import people
from tests.registry.transfer.importing import records, take_in_rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("69001.0", "69001"),
        ("33612345678,0", "33612345678"),
        ("3.3612345678E+10", "33612345678"),
        ("3.361234567E+10", "33612345670"),
        ("3.36E+10", "3.36E+10"),
        ("1.5", "1.5"),
        ("SW1A 2HQ", "SW1A 2HQ"),
        ("", ""),
    ],
)
def test_digits_are_written_as_they_were(text: str, expected: str) -> None:
    assert restored(text) == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("1000", "FRA", "01000"),
        ("1000", "BEL", "1000"),
        ("150", "NOR", "0150"),
        ("2139", "USA", "02139"),
        ("69001", "FRA", "69001"),
        ("12", "FRA", "12"),
        ("1000", "ARE", "1000"),
        ("01000", "SGP", "01000"),
    ],
)
def test_postcodes_get_their_zeros_back(text: str, country: str, expected: str) -> None:
    assert completed(text, country) == expected


def codes(registry: Registry) -> list[str]:
    return [r.values["address.postal_code"] for r in records(registry)]


def test_the_country_of_the_row_decides(registry: Registry) -> None:
    rows = [["Name", "Postcode", "Country"], ["Ana Exemple", "1000", "France"], ["Bo Modèle", "1000", "Belgium"]]
    result = take_in_rows(registry, rows)
    assert codes(registry) == ["01000", "1000"]
    assert any("1 postcode got back the zero" in warning for warning in result.warnings)


def test_without_a_country_the_other_postcodes_decide(registry: Registry) -> None:
    rows = [["Name", "Postcode"], ["Ana Exemple", "1000"], ["Bo Modèle", "69001.0"], ["Cy Patron", "75018"]]
    take_in_rows(registry, rows)
    assert codes(registry) == ["01000", "69001", "75018"]


def test_postcodes_of_another_country_stay(registry: Registry) -> None:
    rows = [["Name", "Postcode"], ["Ana Exemple", "1000"], ["Bo Modèle", "1201"], ["Cy Patron", "8001"]]
    take_in_rows(registry, rows)
    assert codes(registry) == ["1000", "1201", "8001"]


def test_shortened_telephones_are_told(registry: Registry) -> None:
    rows = [["Name", "Phone"], ["Ana Exemple", "3.36E+10"], ["Bo Modèle", "3.3612345678E+10"], ["Cy Patron", ""]]
    result = take_in_rows(registry, rows)
    first, second, _third = records(registry)
    assert (dict(first.raw), second.values["phone"]) == ({"phone": "3.36E+10"}, "+33612345678")
    assert any("last digits are lost" in warning for warning in result.warnings)
    assert [problem.row for problem in result.problems] == [2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Exemple / Bo Modèle", ["Ana Exemple", "Bo Modèle"]),
        ("Ana Exemple et Bo Modèle", ["Ana Exemple", "Bo Modèle"]),
        ("Ana Exemple; Bo Modèle\nCy Patron", ["Ana Exemple", "Bo Modèle", "Cy Patron"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Mr & Mrs Exemple", ["Mr & Mrs Exemple"]),
        ("", [""]),
    ],
)
def test_people_in_one_cell(text: str, expected: list[str]) -> None:
    assert people(text) == expected


def test_two_who_share_an_office_are_two_officers(registry: Registry) -> None:
    rows = [["Association", "President", "City"], ["Club Exemple", "Ana Exemple / Bo Modèle", "Lyon"]]
    result = take_in_rows(registry, rows)
    values = records(registry, "associations")[0].values
    assert [values[n] for n in ("officer", "officer.role", "officer.2", "officer.role.2")] == [
        *("Ana Exemple", "president", "Bo Modèle", "president"),
    ]
    assert any("several values" in warning for warning in result.warnings)


def test_two_people_in_a_row_are_told(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "City"], ["Ana Exemple et Bo Modèle", "Lyon"], ["Cy Patron", "Nice"]])
    assert len(records(registry)) == 2
    assert any("1 row seems to name several people (2)" in warning for warning in result.warnings)

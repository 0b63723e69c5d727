"""One cell that says several things: titles, parts of names, addresses; one person in several rows."""

from __future__ import annotations

from time import process_time

import pytest

from registry.app import Registry
from registry.transfer.values import addresses, name_parts, nationalities, titles
from tests.registry.transfer.importing import counts, records, take_in_rows


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        ("Dr. Ana Exemple", False, ("Dr.", "Ana Exemple")),
        ("Dr.(Smt.) Ana Exemple", False, ("Dr.(Smt.)", "Ana Exemple")),
        ("Prof. Dr. Ana Exemple", False, ("Prof. Dr.", "Ana Exemple")),
        ("Senator the Hon Dr Ana Exemple", True, ("Senator the Hon Dr", "Ana Exemple")),
        ("Seth Exemple", False, ("", "Seth Exemple")),
        ("Seth Govind Exemple", True, ("Seth", "Govind Exemple")),
        ("Shri Babu Exemple", True, ("Shri", "Babu Exemple")),
        ("Shri M. K. Exemple", True, ("Shri", "M. K. Exemple")),
        ("Shri M.R. Exemple", True, ("Shri", "M.R. Exemple")),
        ("M. Exemple", True, ("M.", "Exemple")),
        ("Mme", False, ("", "Mme")),
        ("Lord Exemple of Modèle", True, ("", "Lord Exemple of Modèle")),
        ("", True, ("", "")),
    ],
)
def test_titles_stand_before_names(text: str, usual: bool, expected: tuple[str, str]) -> None:
    assert titles.apart(text, usual=usual) == expected


def test_words_that_may_be_names_are_titles_only_among_titles() -> None:
    assert titles.look(["Seth Exemple", "Captain Modèle", "Ana Patron"]) == (False, [])
    assert titles.look(["Shri Exemple", "Seth Modèle", "Ana Patron"]) == (True, ["Shri", "Seth"])


def test_a_title_goes_to_its_field_and_is_told(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "City"], ["Mrs. Ana Exemple", "Lyon"], ["Bo Modèle", "Nice"]])
    first, second = records(registry)
    assert (first.values["title"], first.values["full_name"]) == ("Mrs.", "Ana Exemple")
    assert "title" not in second.values
    assert any("the title Mrs." in warning for warning in result.warnings)


def test_a_list_with_a_column_of_titles_keeps_its_names(registry: Registry) -> None:
    take_in_rows(registry, [["Title", "Name"], ["", "Dr Ana Exemple"], ["Ms", "Bea Modèle"]])
    assert {r.values["full_name"] for r in records(registry)} == {"Dr Ana Exemple", "Bea Modèle"}


def test_a_comma_parts_family_and_given_name(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name"], ["Exemple, Ana"], ["de Modèle, Bo"], ["Patron, Cy Lee"]])
    found = [[r.values[n] for n in ("family_name", "given_name", "full_name")] for r in records(registry)]
    assert found[0] == ["Exemple", "Ana", "Ana Exemple"]
    assert found[1] == ["de Modèle", "Bo", "Bo de Modèle"]
    assert any("by the comma" in warning for warning in result.warnings)


def test_a_comma_before_a_degree_parts_no_name() -> None:
    assert name_parts.needed("Name", ["Ana Exemple, PhD", "Bo Modèle, Jr."], ()) is None


def test_a_heading_may_state_the_order_of_the_parts(registry: Registry) -> None:
    take_in_rows(registry, [["ФИО"], ["Примеров Иван Петрович"], ["Образцова Анна"]])
    first, second = records(registry)
    assert [first.values[n] for n in ("family_name", "given_name", "patronymic")] == ["Примеров", "Иван", "Петрович"]
    assert first.values["full_name"] == "Примеров Иван Петрович"
    assert [second.values[n] for n in ("family_name", "given_name")] == ["Образцова", "Анна"]


@pytest.mark.parametrize(
    ("whole", "country", "expected"),
    [
        ("93, rue Exemple 75018 Paris", "FRA", ("93, rue Exemple", "Paris", "", "75018", "")),
        ("93 rue Exemple 75018", "FRA", ("93 rue Exemple", "", "", "75018", "")),
        ("12 rue Exemple, 69003 Lyon Cedex 03, France", "FRA", ("12 rue Exemple", "Lyon Cedex 03", "", "69003", "FRA")),
        (
            "Ground Floor, 1 Exemple Road, London SW1A 2HQ",
            "GBR",
            ("Ground Floor, 1 Exemple Road", "London", "", "SW1A 2HQ", ""),
        ),
        ("1 Exemple Place\nLondon\nEC4A 1DE", "GBR", ("1 Exemple Place", "London", "", "EC4A 1DE", "")),
        ("12345 Exemple St, Chicago, IL 60601", "USA", ("12345 Exemple St", "Chicago", "IL", "60601", "")),
        ("Rruga Exemple 47, Tirana, Albania", "ALB", ("Rruga Exemple 47", "Tirana", "", "", "ALB")),
        ("Exempleweg 1234", "CHE", ("Exempleweg 1234", "", "", "", "")),
        ("P.O. Box 33379", "ZMB", ("P.O. Box 33379", "", "", "", "")),
        ("12345 Exemple Street", "USA", ("12345 Exemple Street", "", "", "", "")),
        ("rue Exemple", "", ("rue Exemple", "", "", "", "")),
        ("1 rue Exemple  Lyon  69001  FR", "FRA", ("1 rue Exemple", "Lyon", "", "69001", "FRA")),
        ("1 rue  Exemple", "FRA", ("1 rue Exemple", "", "", "", "")),
        ("1 rue Exemple Lyon 69001 FR", "FRA", ("1 rue Exemple Lyon 69001 FR", "", "", "", "")),
    ],
)
def test_an_address_in_one_cell(whole: str, country: str, expected: tuple[str, ...]) -> None:
    found = addresses.apart(whole, country)
    assert (found.street, found.city, found.region, found.postcode, found.country) == expected


def test_postcode_and_city_leave_the_street_and_are_told(registry: Registry) -> None:
    rows = [["Name", "Address"], ["Ana Exemple", "1 rue Exemple, 69001 Lyon"], ["Bo Modèle", "somewhere"]]
    result = take_in_rows(registry, rows)
    first, second = (r.values for r in records(registry))
    parts = ("address.street", "address.postal_code", "address.city")
    assert [first[n] for n in parts] == ["1 rue Exemple", "69001", "Lyon"]
    assert second["address.street"] == "somewhere"
    assert any("taken out of 1 address" in warning for warning in result.warnings)


def test_an_address_that_contradicts_its_columns_stays_whole(registry: Registry) -> None:
    rows = [["Name", "Address", "City"], ["Ana Exemple", "1 rue Exemple, 69001 Lyon", "Nice"]]
    take_in_rows(registry, rows)
    assert records(registry)[0].values["address.street"] == "1 rue Exemple, 69001 Lyon"


def test_citizenships_may_be_adjectives(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "Citizenship"], ["Ana Exemple", "slovenská"], ["Bo Modèle", "SVK"]])
    assert {r.values["citizenship"] for r in records(registry)} == {"SVK"}
    assert any("slovenská = Slovakia" in warning for warning in result.warnings)
    assert nationalities.read(["ukrajinská", "szlovák", "Paris", "roman", ""]).get("ukrajinská") == "UKR"


def test_rows_of_one_person_make_one_record(registry: Registry) -> None:
    rows = [
        ["Name", "Role", "From"],
        ["The Hon Ana Exemple", "Chair", "01/02/2001"],
        ["The Hon Bo Modèle", "Member", "13/02/2001"],
        ["Senator the Hon Ana Exemple", "Member", "03/04/2005"],
        ["Dr Bo Modèle", "Treasurer", ""],
        ["The Hon Ana Exemple", "Auditor", "05/06/2007"],
    ]
    result = take_in_rows(registry, rows)
    assert counts(result) == (2, 3, 0, 0, 0)
    first, second = (r.values for r in records(registry))
    assert [first[n] for n in ("association.role", "association.role.2", "association.role.3")] == [
        "Chair",
        "Member",
        "Auditor",
    ]
    assert [first[n] for n in ("association.from", "association.from.3")] == ["2001-02-01", "2007-06-05"]
    assert second["association.role.2"] == "Treasurer"
    assert any("2 people in 5 rows" in warning for warning in result.warnings)
    assert sum("day before month" in warning for warning in result.warnings) == 1
    assert counts(take_in_rows(registry, rows)) == (0, 0, 5, 0, 0)


def test_namesakes_who_are_told_apart_stay_two(registry: Registry) -> None:
    rows = [
        ["Name", "Role", "Born"],
        ["Ana Exemple", "Chair", "1980"],
        ["Ana Exemple", "Member", "1990"],
    ]
    assert counts(take_in_rows(registry, rows))[0] == 2


def test_a_status_of_associations_is_kept_in_the_notes(registry: Registry) -> None:
    rows = [
        ["Association", "City", "Status"],
        ["Club Exemple", "Lyon", "Active"],
        ["Association Modèle", "Nice", "Closed"],
    ]
    take_in_rows(registry, rows)
    assert [r.values["notes"] for r in records(registry, "associations")] == ["Status: Active", "Status: Closed"]


def test_an_address_of_many_spaces_takes_no_time() -> None:
    whole = (" " * 15_000).join("abc")
    started = process_time()
    assert addresses.apart(whole, "FRA").street
    assert process_time() - started < 1

"""Lists with several addresses: a permanent one beside another is at home, one of before is none, none are mixed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import ReturnPerson
from registry.transfer.values import countries
from tests.registry.post import cheap_keys
from tests.registry.transfer.importing import counts, records, take_in_rows

PARTS = ("street", "city", "region", "postal_code", "country", "kind")


@pytest.fixture
def india(tmp_path: Path) -> Iterator[Registry]:
    """The registry of a post that serves people from India."""
    folder = tmp_path / "india"
    with cheap_keys():
        setup.create(folder, post="LYS", country="FRA", home="IND", admin="demo", password="demo", demonstration=True)
        with Registry.open(folder, "demo", "demo") as opened:
            yield opened


def addresses(registry: Registry) -> list[list[dict[str, str]]]:
    """What is kept of each address of each person."""
    return [
        [
            {part: said[name] for part in PARTS if (name := f"address.{part}{number}") in said}
            for number in ("", ".2", ".3")
            if any(f"address.{part}{number}" in said for part in PARTS)
        ]
        for said in (record.values for record in records(registry))
    ]


OAK_ROAD = {"street": "7 Oak Road", "country": "IND", "kind": "home_country"}


@pytest.mark.parametrize(
    "heads",
    [
        ["Name", "Address", "City", "Permanent address"],
        ["Nom complet", "Adresse", "Ville", "Adresse permanente"],
        ["Nombre completo", "Dirección", "Ciudad", "Dirección permanente"],
        ["Nome completo", "Morada", "Cidade", "Morada permanente"],
        ["الاسم الكامل", "العنوان", "المدينة", "العنوان الدائم"],
    ],
)
def test_beside_another_it_is_at_home_in_every_language(india: Registry, heads: list[str]) -> None:
    listed = [heads, ["Ana Exemple", "3 rue Neuve", "Lyon", "7 Oak Road"]]
    result = take_in_rows(india, listed)
    assert addresses(india) == [[{"street": "3 rue Neuve", "city": "Lyon"}, OAK_ROAD]]
    (told,) = [said for said in result.warnings if heads[3] in said]
    assert "home country" in told
    assert counts(take_in_rows(india, listed)) == (0, 0, 1, 0, 0)


def test_its_parts_are_never_mixed_with_those_of_the_address_here(india: Registry) -> None:
    heads = ["Name", "Permanent Address", "Permanent City", "Permanent State", "Permanent Pincode", "Present Address"]
    take_in_rows(
        india,
        [[*heads, "Present City"], ["Ana Exemple", "7 Oak Road", "Kochi", "Kerala", "682001", "3 rue Neuve", "Lyon"]],
    )
    at_home = OAK_ROAD | {"city": "Kochi", "region": "Kerala", "postal_code": "682001"}
    assert addresses(india) == [[{"street": "3 rue Neuve", "city": "Lyon"}, at_home]]


def test_where_people_live_now_may_be_a_town_alone(india: Registry) -> None:
    take_in_rows(
        india,
        [
            ["Name", "Country of residence", "City of residence", "Permanent address"],
            ["Ana Exemple", "France", "Lyon", "7 Oak Road"],
        ],
    )
    assert addresses(india) == [[{"city": "Lyon", "country": "FRA"}, OAK_ROAD]]


def test_a_town_of_each_is_of_two_addresses(india: Registry) -> None:
    heads = ["Name", "City", "Permanent address", "Permanent city"]
    take_in_rows(india, [heads, ["Ana Exemple", "Lyon", "7 Oak Road", "Kochi"]])
    assert addresses(india) == [[{"city": "Lyon"}, OAK_ROAD | {"city": "Kochi"}]]


def test_alone_it_is_the_address(india: Registry) -> None:
    heads = ["Name", "Permanent address", "Postcode", "City", "Employer's address", "Old address"]
    take_in_rows(india, [heads, ["Ana Exemple", "3 rue Neuve", "69001", "Lyon", "5 quai Vieux", "9 rue Vieille"]])
    assert addresses(india) == [[{"street": "3 rue Neuve", "postal_code": "69001", "city": "Lyon"}]]


def test_one_that_names_another_country_is_not_at_home(india: Registry) -> None:
    take_in_rows(
        india,
        [
            ["Name", "Current address", "Permanent address"],
            ["Ana Exemple", "3 rue Neuve", "9 rue Vieille, 75001 Paris, France"],
            ["Bo Exemple", "3 rue Neuve", "7 Oak Road, India"],
            ["Cy Exemple", "3 rue Neuve", ""],
            ["Di Exemple", "", "7 Oak Road"],
        ],
    )
    here = {"street": "3 rue Neuve"}
    paris = {"street": "9 rue Vieille", "city": "Paris", "postal_code": "75001", "country": "FRA"}
    assert addresses(india) == [
        [here, paris],
        [here, OAK_ROAD | {"street": "7 Oak Road, India"}],
        [here],
        [OAK_ROAD],
    ]


def test_an_address_at_home_keeps_the_country_that_it_names(india: Registry) -> None:
    heads = ["Name", "Address in the home country"]
    take_in_rows(india, [heads, ["Ana Exemple", "9 rue Vieille, 75001 Paris, France"]])
    assert [address["country"] for address in addresses(india)[0]] == ["FRA"]


def test_who_has_returned_lives_at_the_address_at_home(india: Registry) -> None:
    listed = [
        ["ID", "Name", "State", "Address", "Permanent address"],
        ["X1", "Ana Exemple", "Active", "3 rue Neuve", "7 Oak Road"],
        ["X2", "Bo Exemple", "Returned", "3 rue Neuve", "7 Oak Road"],
    ]
    take_in_rows(india, listed)
    at_home = {"street": "7 Oak Road", "country": "IND"}
    assert [found[1] for found in addresses(india)] == [OAK_ROAD, at_home]
    (ana, _bo) = records(india)
    india.execute(ReturnPerson(ana.id, "2024-05-01"))
    again = [[cell for place, cell in enumerate(row) if place != 2] for row in listed]
    assert counts(take_in_rows(india, again)) == (0, 0, 2, 0, 0)
    assert addresses(india)[0][1] == at_home | {"kind": "home"}


@pytest.mark.parametrize(
    "heads",
    [
        ["Name", "Previous address", "Address"],
        ["Nom complet", "Ancienne adresse", "Nouvelle adresse"],
        ["Nombre completo", "Dirección anterior", "Dirección"],
        ["Nome completo", "Morada anterior", "Morada"],
        ["الاسم الكامل", "العنوان السابق", "العنوان"],
    ],
)
def test_nobody_lives_at_the_address_of_before(india: Registry, heads: list[str]) -> None:
    result = take_in_rows(india, [heads, ["Ana Exemple", "5 quai Vieux", "3 rue Neuve"]])
    assert addresses(india) == [[{"street": "3 rue Neuve"}]]
    assert any("not taken in" in said and heads[1] in said for said in result.warnings)


def test_a_second_address_is_no_second_line_where_it_has_a_town(india: Registry) -> None:
    heads = ["Name", "Address 1", "City 1", "Address 2", "City 2"]
    take_in_rows(india, [heads, ["Ana Exemple", "3 rue Neuve", "Lyon", "5 quai Vieux", "Nice"]])
    assert addresses(india) == [[{"street": "3 rue Neuve", "city": "Lyon"}, {"street": "5 quai Vieux", "city": "Nice"}]]


def test_lines_of_one_address_are_no_second_address(india: Registry) -> None:
    heads = ["Name", "Address line 1", "Address line 2", "Address line 3", "City"]
    result = take_in_rows(india, [heads, ["Ana Exemple", "Flat 2", "3 rue Neuve", "Bellecour", "Lyon"]])
    assert addresses(india) == [[{"street": "Flat 2", "city": "Lyon"}]]
    assert records(india)[0].values["address.district"] == "3 rue Neuve"
    assert any("Address line 3" in said for said in result.warnings)


@pytest.mark.parametrize(
    ("heading", "permanent"),
    [
        ("Permanent address", True),
        ("permanent_address/city", True),
        ("Permanent address (India)", True),
        ("Permanent address (France)", False),
        ("Permanent address abroad", False),
        ("Domicilio permanente en el extranjero", False),
        ("Permanent residence", False),
        ("Address", False),
    ],
)
def test_which_headings_are_of_a_permanent_address(heading: str, *, permanent: bool) -> None:
    assert countries.is_permanent(heading, "IND") == permanent

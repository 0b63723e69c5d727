"""Somebody lives at an address that has not ended, and at one in the home country only after the return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, MovePerson, ReturnPerson, SaveEstimate, Undo
from registry.fields import PEOPLE
from registry.outreach.recipients import current_address
from registry.queries import (
    CountBy,
    Coverage,
    Facets,
    GetRecord,
    GetRegistration,
    ListIds,
    Search,
    SkillsInventory,
    WorldMap,
)
from tests.registry.post import cheap_keys

TOMORROW = (date.today() + timedelta(1)).isoformat()
AT_HOME = {
    "address.kind": "home_country",
    "address.street": "7 Oak Road",
    "address.city": "Sfax",
    "address.country": "TUN",
}


def second(texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}.2": text for name, text in texts.items()}


PEOPLE_THERE: dict[str, dict[str, str]] = {
    "Abroad": {"address.city": "Lyon", "address.country": "FRA", **second(AT_HOME)},
    "Homefirst": {**AT_HOME, **second({"address.city": "Nice", "address.country": "FRA"})},
    "Nowhere": AT_HOME,
    "Gone": {"address.city": "Lyon", "address.country": "FRA", "address.to": "2020", **second(AT_HOME)},
    "Leaving": {"address.city": "Bern", "address.country": "CHE", "address.to": TOMORROW},
}


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    folder = tmp_path / "tunis"
    with cheap_keys():
        setup.create(folder, post="LYS", country="FRA", home="TUN", admin="demo", password="demo", demonstration=True)
        with Registry.open(folder, "demo", "demo") as opened:
            for name, texts in PEOPLE_THERE.items():
                opened.execute(AddRecord(PEOPLE, {"full_name": name, **texts}))
            yield opened


COUNTS = {"FRA": 2, "CHE": 1, "": 2}


def by_country(registry: Registry) -> dict[str, int]:
    table = registry.read(CountBy(("address.country",)))
    return {cell.by["address.country"]: cell.count or 0 for cell in table.cells if cell.count}


def test_every_count_says_the_same_of_where_people_live(registry: Registry) -> None:
    registry.execute(SaveEstimate("FRA", "2019", "50", "a census"))
    assert by_country(registry) == COUNTS
    (facet,) = registry.read(Facets(PEOPLE, columns=("address.country",)))
    assert {value.code: value.count for value in facet.values} == COUNTS
    world = registry.read(WorldMap())
    assert {country.code: country.count for country in world.countries} | {"": world.unknown} == COUNTS
    assert {city.name: count for city, count in world.cities} == {"Lyon": 1, "Nice": 1, "Bern": 1}
    table = registry.read(Coverage())
    assert {row.country: row.registered for row in table.rows} == {"FRA": 2, "CHE": 1}
    assert (table.at_home, table.placeless) == (0, 2)
    inventory = registry.read(SkillsInventory(rows="sex"))
    assert {column.code: column.count for column in inventory.columns} == COUNTS
    for country, count in COUNTS.items():
        assert registry.read(Search(f"country:{country or 'none'}")).total == count


def test_an_address_at_home_is_found_by_its_words(registry: Registry) -> None:
    for query in ("Sfax", 'street:"oak road"', "address.kind:home_country"):
        assert registry.read(Search(query)).total == 4
    assert registry.read(Search("city:Sfax")).total == 0


def test_who_returns_lives_at_the_address_at_home(registry: Registry) -> None:
    assert by_country(registry) == COUNTS
    (nowhere,) = registry.read(ListIds(PEOPLE, "name:Nowhere"))
    registry.execute(ReturnPerson(nowhere, "2024-05-01"))
    assert by_country(registry) == COUNTS | {"TUN": 1, "": 1}
    assert registry.read(Coverage()).at_home == 1
    assert registry.read(GetRegistration(nowhere)).addresses == 1
    registry.execute(Undo())
    assert by_country(registry) == COUNTS
    registry.execute(ReturnPerson(nowhere, "2024-05-01", texts={"address.city": "Tunis"}))
    assert by_country(registry) == COUNTS | {"TUN": 1, "": 1}
    assert registry.read(Search("city:Sfax")).total == 0


def test_a_move_and_a_return_leave_the_address_at_home(registry: Registry) -> None:
    (abroad,) = registry.read(ListIds(PEOPLE, "name:Abroad"))
    moved = {"address.city": "Geneva", "address.country": "CHE"}
    registry.execute(MovePerson(abroad, moved, "2024-05-01"))
    (leaving,) = registry.read(ListIds(PEOPLE, "name:Leaving"))
    registry.execute(MovePerson(leaving, moved, "2024-05-01"))
    assert by_country(registry) == COUNTS | {"FRA": 1, "CHE": 2}
    registry.execute(ReturnPerson(abroad, "2024-06-01"))
    assert by_country(registry) == COUNTS | {"FRA": 1, "TUN": 1}


def test_a_letter_names_the_city_where_somebody_lives(registry: Registry) -> None:
    named = {"Abroad": "Lyon", "Homefirst": "Nice", "Nowhere": "", "Gone": "", "Leaving": "Bern"}
    for name, city in named.items():
        (one,) = registry.read(ListIds(PEOPLE, f"name:{name}"))
        assert current_address(registry.read(GetRecord(PEOPLE, one)).values).city == city

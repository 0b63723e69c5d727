"""The map counts what the list finds, in every country and city, and what is published tells of nobody."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from registry.app import Registry
from registry.commands import ChangeSetting, RemoveEstimates, SaveEstimate
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.mapping.world import World
from registry.queries import ListEstimates, Search, WorldMap
from registry.statistics.suppression import is_small

DEFINITION = "-state:deceased sex:female"


def total(registry: Registry, query: str, kind: str = PEOPLE) -> int:
    return registry.read(Search(query, kind, limit=1)).total


@contextmanager
def defined(registry: Registry, text: str) -> Iterator[None]:
    """The ministry's definition of who counts, for a while."""
    registry.execute(ChangeSetting("belonging", text))
    try:
        yield
    finally:
        registry.execute(ChangeSetting("belonging", ""))


def assert_counts_are_those_of_the_list(registry: Registry, world: World) -> None:
    kind = world.asked.kind
    assert world.countries
    for country in world.countries:
        assert country.count == total(registry, world.query_of(country.code), kind), country.code
    assert world.unknown == total(registry, world.query_of(""), kind)


@pytest.mark.parametrize("query", ["", "-state:deceased", "sex:female language:fr", "born<1990"])
def test_counts_on_the_map_equal_the_lists_for_every_country(registry: Registry, query: str) -> None:
    world = registry.read(WorldMap(query))
    assert_counts_are_those_of_the_list(registry, world)
    assert world.total == total(registry, query)
    for country in world.countries:
        assert country.count == total(
            registry, f"({query}) country:{country.code}" if query else f"country:{country.code}"
        )


def test_counts_equal_the_lists_with_the_ministrys_definition_and_without(registry: Registry) -> None:
    with defined(registry, DEFINITION):
        world = registry.read(WorldMap("language:fr"))
        assert_counts_are_those_of_the_list(registry, world)
        assert world.total == total(registry, f"language:fr {DEFINITION}")
        assert world.belonging
        assert world.outside == total(registry, "language:fr") - (world.total or 0) > 0
        everybody = registry.read(WorldMap("language:fr", everybody=True))
    assert everybody.total == total(registry, "language:fr")
    assert_counts_are_those_of_the_list(registry, everybody)


def test_associations_are_counted_whatever_the_definition_is(registry: Registry) -> None:
    with defined(registry, DEFINITION):
        world = registry.read(WorldMap(kind=ASSOCIATIONS))
    assert_counts_are_those_of_the_list(registry, world)
    assert world.total == total(registry, "", ASSOCIATIONS) > 0


def test_a_city_counts_whom_its_query_finds(registry: Registry) -> None:
    world = registry.read(WorldMap("-state:deceased"))
    assert len(world.cities) > 10
    for city, count in world.cities:
        assert count == total(registry, world.query_of_city(city)), city


def test_a_share_is_of_those_in_the_country_whom_a_query_finds(registry: Registry) -> None:
    world = registry.read(WorldMap(by="part", part="willing:yes"))
    assert "Willing" in world.title or "willing" in world.title
    assert any(country.value for country in world.countries)
    for country in world.countries:
        found = total(registry, f"country:{country.code} willing:yes")
        assert country.value == pytest.approx(found / (country.count or 1))
    shares = registry.read(WorldMap(by="share"))
    for country in shares.countries:
        assert country.value == pytest.approx((country.count or 0) / (shares.total or 1))


def test_growth_compares_with_those_registered_before(registry: Registry) -> None:
    world = registry.read(WorldMap(by="growth", years=2))
    today = date.today()
    since = today.replace(year=today.year - 2, day=min(today.day, 28) if today.month == 2 else today.day)
    for country in world.countries:
        fresh = total(registry, f"country:{country.code} registered_on>{since.isoformat()}")
        before = (country.count or 0) - fresh
        assert country.value == (pytest.approx(fresh / before) if before else math.inf)
    assert len({country.value for country in world.countries}) > 3


def test_coverage_compares_with_the_newest_estimate_of_each_country(registry: Registry) -> None:
    for country, year, population in (("FRA", "2015", "100"), ("FRA", "2019", "400"), ("NZL", "2019", "5000")):
        registry.execute(SaveEstimate(country, year, population, "Census"))
    try:
        world = registry.read(WorldMap(by="coverage"))
        found = {country.code: country for country in world.countries}
        assert found["FRA"].value == pytest.approx((found["FRA"].count or 0) / 400)
        assert found["NZL"].estimate is not None
        assert found["NZL"].value == (found["NZL"].count or 0) / 5000
        assert found["DEU"].value is None
        assert_counts_are_those_of_the_list(registry, world)
    finally:
        registry.execute(RemoveEstimates(tuple(one.id for one in registry.read(ListEstimates()))))


def test_what_is_published_has_no_small_count_and_no_cities(registry: Registry) -> None:
    exact = {country.code: country for country in registry.read(WorldMap()).countries}
    published = registry.read(WorldMap(public=True))
    assert not published.cities
    assert any(country.count is None for country in published.countries)
    for country in published.countries:
        assert country.count is None or (country.count == exact[country.code].count and not is_small(country.count))
        assert (country.value is None) == (country.count is None)


def test_a_published_share_gives_no_small_part_away(registry: Registry) -> None:
    published = registry.read(WorldMap(by="part", part="sex:female", public=True))
    known = [country for country in published.countries if country.value is not None]
    assert known
    for country in known:
        part = round((country.value or 0) * (country.count or 0))
        assert not is_small(part)
        assert not is_small((country.count or 0) - part)


def test_what_cannot_be_shown_is_said(registry: Registry) -> None:
    for asked, said in (
        (WorldMap(by="height"), "shaded by"),
        (WorldMap(by="part"), "whose share"),
        (WorldMap(by="growth", years=0), "1 to 50"),
        (WorldMap(by="coverage", kind=ASSOCIATIONS), "are of people"),
        (WorldMap(by="part", part="trust:3", public=True), "protected"),
        (WorldMap("contry:FR"), "contry"),
    ):
        with pytest.raises(Invalid, match=said):
            registry.read(asked)

"""Associations by sort and place: every number is whom its query finds, and the tree is the umbrellas'."""

from __future__ import annotations

from registry.app import Registry
from registry.engagement.associations import SORTS, Associations
from registry.queries import ListIds, MapAssociations
from tests.registry.engagement.conftest import UMBRELLAS


def found(registry: Registry, kind: str, query: str) -> int:
    return len(registry.read(ListIds(kind, query)))


def asked(registry: Registry) -> Associations:
    return registry.read(MapAssociations())


def test_every_sort_has_the_associations_its_query_finds(registry: Registry) -> None:
    answer = asked(registry)
    assert answer.total == found(registry, "associations", "")
    for name in SORTS:
        assert answer.sorts[name]
        for sort in answer.sorts[name]:
            assert sort.count == found(registry, "associations", sort.query) > 0, sort.query
    assert sum(sort.count for sort in answer.sorts["type"]) == answer.total


def test_members_are_added_up_as_they_say(registry: Registry) -> None:
    (portugal,) = (sort for sort in asked(registry).sorts["address.country"] if sort.code == "PRT")
    assert portugal.members >= sum(int(members) for _name, _umbrella, members in UMBRELLAS if members)


def test_every_place_has_whom_its_queries_find(registry: Registry) -> None:
    answer = asked(registry)
    assert answer.countries
    assert answer.cities
    for place in (answer.reach, *answer.countries, *answer.cities):
        assert place.people == found(registry, "people", place.query) > 0, place.query
        assert place.organised == found(registry, "people", place.organised_query)
        assert place.associations == found(registry, "associations", place.associations_query)
        assert place.reach == place.organised / place.people


def test_places_without_an_association_are_ranked_by_people(registry: Registry) -> None:
    without = asked(registry).without
    countries = [place for place in without if not place.city]
    assert countries
    assert [place.people for place in countries] == sorted((place.people for place in countries), reverse=True)
    for place in without:
        assert not found(registry, "associations", place.associations_query)
    assert "PRT" not in {place.country for place in countries}


def test_the_tree_stands_under_its_umbrellas(registry: Registry) -> None:
    tree = [(branch.name, branch.depth, branch.below) for branch in asked(registry).tree]
    assert tree == [
        ("Lantern Council", 0, 3),
        ("Harbour League", 1, 1),
        ("Harbour Choir", 2, 0),
        ("Meadow Circle", 1, 0),
    ]

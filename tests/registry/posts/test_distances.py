"""Distances along the great circle, checked against known pairs of cities; who lives how far from which post."""

from __future__ import annotations

import numpy as np
import pytest

from registry import commands as c
from registry import gazetteer
from registry import queries as q
from registry.app import Registry
from registry.errors import Invalid
from registry.posts.distances import BANDS, great_circle
from registry.search.nearby import distance
from tests.registry.post import Post


def city(name: str, country: str) -> gazetteer.City:
    found = gazetteer.find(name, country)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (("Paris", "FRA"), ("London", "GBR"), 344),
        (("New York City", "USA"), ("Los Angeles", "USA"), 3936),
        (("Sydney", "AUS"), ("Perth", "AUS"), 3290),
        (("Tokyo", "JPN"), ("San Francisco", "USA"), 8271),  # across 180 degrees
        (("Suva", "FJI"), ("Apia", "WSM"), 1150),  # likewise, near it
        (("Buenos Aires", "ARG"), ("Madrid", "ESP"), 10050),
    ],
)
def test_known_pairs_of_cities(one: tuple[str, str], other: tuple[str, str], kilometres: int) -> None:
    here, there = city(*one), city(*other)
    places = [np.array([[each.latitude, each.longitude]]) for each in (here, there)]
    assert great_circle(*places)[0, 0] == pytest.approx(kilometres, rel=0.01)
    assert great_circle(*places)[0, 0] == pytest.approx(distance(here, there), abs=1e-6)


def test_a_place_has_no_distance_from_itself_and_half_the_earth_from_its_antipode() -> None:
    places = np.array([[45.0, 5.0], [-45.0, -175.0], [90.0, 0.0], [90.0, 120.0]])
    measured = great_circle(places, places)
    assert np.allclose(np.diag(measured), 0, atol=1e-3)
    assert np.allclose(measured, measured.T)
    assert measured[0, 1] == pytest.approx(np.pi * 6371, abs=1)
    assert measured[2, 3] == pytest.approx(0, abs=1e-3)


def peopled(post: Post) -> Registry:
    """Two live in Lyon, one in each of six other cities, one nowhere that is known."""
    admin = post.open("amel")
    admin.execute(c.SavePost("TST", "Consulate in Lyon", "FRA", "Lyon"))
    admin.execute(c.SavePost("GVA", "Consulate in Geneva", "CHE", "Geneva"))
    admin.execute(c.SavePost("BER", "Closed", "DEU", "Berlin", active=False))
    for name, town, country in (
        ("Dee", "Annecy", "FRA"),
        ("Eli", "Lausanne", "CHE"),
        ("Fay", "Zürich", "CHE"),
        ("Gus", "Berlin", "DEU"),
        ("Hal", "Sydney", "AUS"),
        ("Ida", "Xanadu", "AUS"),
    ):
        texts = {"full_name": f"{name} Example", "address.city": town, "address.country": country}
        admin.execute(c.AddRecord("people", texts))
    both = {"full_name": "Jo Example", "address.city": "Sydney", "address.country": "AUS"}
    admin.execute(c.AddRecord("people", both | {"address.city.2": "Geneva", "address.country.2": "CHE"}))
    return admin


def test_people_are_counted_by_band_and_nearest_post_and_each_number_opens_them(post: Post) -> None:
    admin = peopled(post)
    table = admin.read(q.Distances(beyond=100))
    people = {band.above: band.people for band in table.bands}
    assert people == {0: 4, 50: 1, 100: 1, 250: 0, 500: 1, 1000: 1}
    for band in table.bands:
        assert admin.read(q.Search(band.query)).total == band.people, band
    by_post = {each.post.code: dict(zip(BANDS, each.nearest, strict=True)) for each in table.posts}
    assert {code: {band: n for band, n in bands.items() if n} for code, bands in by_post.items()} == {
        "GVA": {0: 2, 50: 1, 100: 1, 500: 1, 1000: 1},
        "TST": {0: 2},
    }
    assert (table.further, table.unplaced, table.counted) == (3, 2, 10)
    assert {hit.name for hit in admin.read(q.Search(table.further_query)).results} == {
        *("Fay Example", "Gus Example", "Hal Example"),
    }
    unplaced = {hit.name for hit in admin.read(q.Search(table.unplaced_query)).results}
    assert unplaced == {"Cy Pattern", "Ida Example"}


def test_who_does_not_count_is_not_measured(post: Post) -> None:
    admin = peopled(post)
    admin.execute(c.ChangeSetting("belonging", "-country:AUS"))
    table = admin.read(q.Distances())
    assert (table.counted, table.outside, table.further) == (7, 3, 2)
    assert admin.read(q.Distances(everybody=True)).counted == 10
    assert admin.read(q.Distances("country:DEU")).counted == 1


def test_without_a_post_and_with_a_distance_that_is_none_it_says_so(post: Post) -> None:
    manager = post.open("mara")
    with pytest.raises(Invalid, match="No post is in service"):
        manager.read(q.Distances())
    for beyond in (0, 30_000):
        with pytest.raises(Invalid, match="distance from 1"):
            manager.read(q.Distances(beyond=beyond))

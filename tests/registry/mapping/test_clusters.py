"""Cities too near each other become one circle, and nobody is lost."""

from __future__ import annotations

import math
from random import Random

from registry.gazetteer import City
from registry.mapping.clusters import clustered


def city(number: int) -> City:
    return City(number, f"City {number}", "FRA", "", 0.0, 0.0, 0, "")


def test_near_ones_join_the_largest_and_all_are_counted() -> None:
    points = [(0.0, 0.0, city(1), 50), (1.0, 0.0, city(2), 10), (9.0, 9.0, city(3), 5)]
    found = clustered(points, 3)
    assert [[c.id for c in cluster.cities] for cluster in found] == [[1, 2], [3]]
    assert (found[0].count, found[1].count) == (60, 5)
    assert math.isclose(found[0].x, 10 / 60)


def test_ten_thousand_cities_are_clustered_without_losing_anybody() -> None:
    random = Random(1)
    counts = sorted((random.randint(1, 500) for _place in range(10_000)), reverse=True)
    points = [(random.random(), random.random(), city(number), count) for number, count in enumerate(counts)]
    found = clustered(points, 0.05)
    assert sum(cluster.count for cluster in found) == sum(counts)
    assert len({c.id for cluster in found for c in cluster.cities}) == 10_000
    assert len(found) < 800

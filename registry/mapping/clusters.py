"""Places that lie too near each other to be told apart at a size of map, put together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from registry.gazetteer import City


@dataclass(frozen=True)
class Cluster:
    """Cities drawn as one.

    Attributes:
        x, y: where, as of the points given: the middle, by how many are in each city.
        count: how many are in all of them.
        cities: the largest first.
    """

    x: float
    y: float
    count: int
    cities: tuple[City, ...]


def clustered(points: Iterable[tuple[float, float, City, int]], apart: float) -> list[Cluster]:
    """The clusters, the largest first: each city joins the largest one nearer than `apart`, else begins its own.

    Args:
        points: x, y, the city and its count, the largest count first.
    """
    grid: dict[tuple[int, int], list[list[tuple[float, float, City, int]]]] = {}
    groups: list[list[tuple[float, float, City, int]]] = []
    for point in points:
        x, y = point[:2]
        column, line = math.floor(x / apart), math.floor(y / apart)
        near = (
            group
            for i in (column - 1, column, column + 1)
            for j in (line - 1, line, line + 1)
            for group in grid.get((i, j), ())
            if math.hypot(group[0][0] - x, group[0][1] - y) < apart
        )
        group = next(near, None)
        if group is None:
            group = []
            groups.append(group)
            grid.setdefault((column, line), []).append(group)
        group.append(point)
    return sorted((_middle(group) for group in groups), key=lambda cluster: -cluster.count)


def _middle(group: list[tuple[float, float, City, int]]) -> Cluster:
    count = sum(point[3] for point in group)
    x, y = (sum(point[0] * point[3] for point in group), sum(point[1] * point[3] for point in group))
    return Cluster(x / count, y / count, count, tuple(point[2] for point in group))

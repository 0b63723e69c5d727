"""Outlines of countries, from Natural Earth at 1:50 million (resources/map/source.json)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

import resources
from registry import gazetteer

#: A closed ring: shape (n, 2), longitude and latitude in degrees; longitudes go on beyond 180 where a ring does.
Ring: TypeAlias = npt.NDArray[np.float64]
#: "world" has few points, for all countries on one page; "outlines" all there are.
Edition: TypeAlias = Literal["world", "outlines"]
#: The longitudes between which the map lies: no country but Antarctica crosses this cut.
WEST, EAST = -169.0, 191.0
_DEGREE = 100  # steps of the file


@cache
def rings(edition: Edition = "world") -> Mapping[str, tuple[Ring, ...]]:
    """Alpha-3 -> the country's rings, the largest first; "" = land that is no country's."""
    head, _, data = gzip.decompress(resources.path("map", f"{edition}.gz").read_bytes()).partition(b"\f")
    steps = np.frombuffer(data, "<i2").reshape(2, -1).T.astype(np.int64)
    found, begin = {}, 0
    for code, counts in json.loads(head):
        some = []
        for count in counts:
            some.append(np.cumsum(steps[begin : begin + count], axis=0) / _DEGREE)
            begin += count
        found[code] = tuple(some)
    return found


def on_map(longitude: float) -> float:
    """The same longitude between the edges of the map."""
    return (longitude - WEST) % 360 + WEST


@cache
def anchor(code: str) -> tuple[float, float] | None:
    """Longitude and latitude of the point that stands for a country; None if nobody lives there.

    The centroid of the largest ring; where there is none, the largest city.
    """
    if some := rings().get(code):
        return centroid(some[0])
    cities = gazetteer.cities_in(code)
    return (on_map(cities[0].longitude), cities[0].latitude) if cities else None


def centroid(ring: Ring) -> tuple[float, float]:
    """The centre of the area that a ring encloses, on the plane of degrees."""
    x, y = (ring - ring[0]).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() * 3
    along = (np.dot(part + np.roll(part, -1), cross) / area for part in (x, y))
    east, north = along
    return float(ring[0, 0] + east), float(ring[0, 1] + north)

"""Outlines are whole, in one piece at the edge of the map, and every inhabited country is on it."""

from __future__ import annotations

import numpy as np
import pytest

from registry import gazetteer, vocabularies
from registry.mapping import outlines
from registry.mapping.projection import azimuthal, equal_earth

#: Square kilometres (UN Statistics Division, Demographic Yearbook).
_AREAS = {"FRA": 551_500, "AUS": 7_692_024, "BRA": 8_515_767, "RUS": 17_098_246, "GRL": 2_166_086, "COD": 2_344_858}
_EARTH = 6371.0


def plane_area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2)


def test_every_country_where_somebody_lives_is_on_the_map() -> None:
    known = vocabularies.get("country")
    offered = [code for code in known.codes if code not in known.unoffered]
    assert {code for code in offered if outlines.anchor(code) is None} <= {"ATA", "BVT", "UMI"}
    assert set(outlines.rings("outlines")) - {""} <= set(offered)


def test_kosovo_has_its_code_and_territories_are_apart_from_their_states() -> None:
    found = outlines.rings("outlines")
    assert {"XKX", "GUF", "REU", "GLP", "MTQ", "MYT", "SJM"} <= set(found)
    assert max(ring[:, 1].min() for ring in found["FRA"]) < 52
    assert min(ring[:, 1].min() for ring in found["FRA"]) > 41


def test_somaliland_is_drawn_with_somalia_without_a_line_between() -> None:
    northern = [ring for ring in outlines.rings("outlines")["SOM"] if ring[:, 1].max() > 9]
    assert len(northern) == 1
    assert northern[0][:, 1].min() < 0


@pytest.mark.parametrize("edition", ["world", "outlines"])
def test_no_ring_runs_across_the_map(edition: outlines.Edition) -> None:
    for code, rings in outlines.rings(edition).items():
        for ring in rings:
            steps = np.abs(np.diff(np.vstack((ring, ring[:1]))[:, 0]))
            assert steps.max() < 30, code
            assert ring[:, 0].min() >= outlines.WEST - 0.5
            assert ring[:, 0].max() <= outlines.EAST + 0.5


@pytest.mark.parametrize(
    ("name", "country"), [("Paris", "FRA"), ("Nairobi", "KEN"), ("Omsk", "RUS"), ("Christchurch", "NZL")]
)
def test_cities_lie_in_the_outlines_of_their_countries(name: str, country: str) -> None:
    city = gazetteer.find(name, country)
    assert city is not None
    point = (outlines.on_map(city.longitude), city.latitude)
    assert [code for code, rings in outlines.rings("outlines").items() if inside(rings, point)] == [country]


def inside(rings: tuple[outlines.Ring, ...], point: tuple[float, float]) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times."""
    crossed = 0
    for ring in rings:
        (x, y), (then_x, then_y) = ring.T, np.roll(ring, -1, axis=0).T
        over = (y > point[1]) != (then_y > point[1])
        at = x[over] + (point[1] - y[over]) / (then_y[over] - y[over]) * (then_x[over] - x[over])
        crossed += int(np.count_nonzero(at > point[0]))
    return crossed % 2 == 1


@pytest.mark.parametrize(("country", "area"), _AREAS.items())
def test_countries_are_as_large_as_they_are(country: str, area: float) -> None:
    flat = sum(plane_area(equal_earth(ring)) for ring in outlines.rings("outlines")[country])
    assert flat * _EARTH**2 == pytest.approx(area, rel=0.03)


def test_equal_earth_has_its_known_points() -> None:
    # x of the equator's end and y of the pole, in radii: 2.70663 and 1.31736 (Šavrič, Patterson, Jenny 2019).
    ends = equal_earth(np.array([(191.0, 0.0), (11.0, 90.0), (11.0, 0.0), (-169.0, 0.0)]))
    assert ends == pytest.approx(np.array([(2.70663, 0), (0, 1.31736), (0, 0), (-2.70663, 0)]), abs=1e-5)


def test_projections_keep_areas() -> None:
    """A cell of one degree is as large on the plane as on the sphere, wherever it lies."""
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) - 0.5
    for longitude, latitude in ((0, 0), (100, 40), (-120, -60), (170, 75)):
        cell = np.array([longitude, latitude]) + corners
        north, south = np.sin(np.radians([latitude + 0.5, latitude - 0.5]))
        sphere = np.radians(1) * (north - south)
        for flat in (equal_earth(cell), azimuthal(cell, (20.0, 10.0))):
            assert plane_area(flat) == pytest.approx(sphere, rel=2e-3)


def test_azimuthal_distances_from_the_middle_are_chords() -> None:
    """A point a quarter of the globe away lies at the square root of two (Snyder 1987)."""
    around = azimuthal(np.array([(10.0, 45.0), (100.0, 0.0), (10.0, -45.0)]), (10.0, 45.0))
    assert around[0] == pytest.approx((0, 0), abs=1e-12)
    assert np.hypot(*around[1:].T) == pytest.approx([np.sqrt(2), np.sqrt(2)])

"""One country with circles on it, in proportion to who is there: cities, or regions of origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from registry.figures.shapes import Area, Dot, Line
from registry.mapping import outlines
from registry.mapping.page import MARGIN, MapPage, box
from registry.mapping.projection import azimuthal

#: The highest that a map may be, as a part of its width; the radius of the largest circle, and the smallest, in points.
_HIGHEST = 0.5
_LARGEST, _SMALLEST = 24.0, 2.5
_LABELLED = 16

Plane = npt.NDArray[np.float64]
Frame = tuple[float, float, float, float]


@dataclass(frozen=True)
class Circle:
    """Somewhere with somebody.

    Attributes:
        place: longitude and latitude, degrees.
        count: None = withheld.
        key: for whoever clicks it.
        tip: its name and count, in one line.
    """

    place: tuple[float, float]
    count: int | None
    key: str
    tip: str


def draw(page: MapPage, country: str, circles: Sequence[Circle], top: float) -> float:
    """The country, what of its neighbours is in the frame, and the circles; returns where the map ends.

    Args:
        country: alpha-3 code of one with an outline.
        circles: the largest first.
    """
    rings = outlines.rings("outlines")
    centre = outlines.centroid(rings[country][0])
    places = np.array([_flat(np.array(circle.place), centre) for circle in circles]).reshape(-1, 2)
    points = np.concatenate((_flat(rings[country][0], centre), places))
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    scale = min((page.width - 2 * (_LARGEST + MARGIN)) / size[0], _HIGHEST * page.width / size[1])
    moved = np.array([(page.width - size[0] * scale) / 2, top + _LARGEST]) - low * scale
    frame = (MARGIN, top, page.width - MARGIN, float(top + size[1] * scale + 2 * _LARGEST))
    for code in (*(each for each in rings if each != country), country):
        land = (within(_flat(ring, centre) * scale + moved, frame) for ring in rings[code])
        inside = tuple(ring.astype(np.float32) for ring in land if len(ring))
        own = code == country
        fill, edge = (page.palette.none, page.palette.quiet) if own else (page.palette.ground, page.palette.grid)
        if inside:
            page.shapes.append(Area(inside, fill, edge, 0.7 if own else 0.4))
    edges = box(*frame)
    page.shapes.append(Line(np.vstack((edges, edges[:1])), page.palette.grid, 0.6))
    _circles(page, circles, places * scale + moved)
    return frame[3]


def _circles(page: MapPage, circles: Sequence[Circle], places: Plane) -> None:
    most = max((circle.count or 0 for circle in circles), default=0) or 1
    for circle, (x, y) in zip(circles, places.tolist(), strict=True):
        radius = max(_LARGEST * ((circle.count or 0) / most) ** 0.5, _SMALLEST)
        fill = page.palette.none if circle.count is None else page.palette.kinds[0]
        page.shapes.append(Dot(x, y, radius, fill, page.palette.ground, 0.8, circle.key, circle.tip))
    some = zip(circles[:_LABELLED], places.tolist(), strict=False)
    page.tags((x, y, circle.tip) for circle, (x, y) in some)


def _flat(degrees: Plane, centre: tuple[float, float]) -> Plane:
    return azimuthal(degrees, centre) * (1, -1)


def within(ring: Plane, frame: Frame) -> Plane:
    """What of a ring is in a frame: left, top, right, bottom (Sutherland, Hodgman 1974)."""
    left, top, right, bottom = frame
    low, high = ring.min(axis=0), ring.max(axis=0)
    if low[0] > right or high[0] < left or low[1] > bottom or high[1] < top:
        return ring[:0]
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        ring = _cut(ring, axis, edge, sign)
    return ring


def _cut(ring: Plane, axis: int, edge: float, sign: int) -> Plane:
    """The part of a ring on one side of a line across the axis."""
    if not len(ring):
        return ring
    before = np.roll(ring, 1, axis=0)
    inside, was = sign * (ring[:, axis] - edge) >= 0, sign * (before[:, axis] - edge) >= 0
    if inside.all():
        return ring
    crosses = inside != was
    steps = ring[:, axis] - before[:, axis]
    part = np.divide(edge - before[:, axis], steps, out=np.zeros(len(ring)), where=crosses)
    crossing = before + (ring - before) * part[:, None]
    both = np.stack((crossing, ring), axis=1).reshape(-1, 2)
    kept: Plane = both[np.stack((crosses, inside), axis=1).reshape(-1)]
    return kept

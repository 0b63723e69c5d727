"""Visits as a map: where they are planned, how many each reaches, and the posts around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from registry import vocabularies
from registry.documents.words import runs_right_to_left
from registry.figures.fitting import line_of, width_of
from registry.figures.shapes import PRINT, Area, Dot, Figure, Palette, Points, Shape, Words
from registry.formats import number
from registry.i18n import _
from registry.mapping import outlines
from registry.mapping.projection import equal_earth
from registry.posts.keeping import Post
from registry.posts.visits import Visit, VisitPlan
from registry.posts.writing import reached_words

#: How high the map is of its width.
_HIGH = 0.62
#: Radii of the Earth: no map shows less ground than this, and around what it shows there is this part of it.
_LEAST, _AROUND = 0.12, 0.3
_LARGEST, _SMALLEST, _POST = 11.0, 3.0, 2.4
_TEXT = 7.5

Plane = npt.NDArray[np.float64]


def visits_figure(plan: VisitPlan, posts: Sequence[Post], width: float = 560.0, palette: Palette = PRINT) -> Figure:
    """The part of the world in which the visits are, so many points wide; of the whole world without any."""
    window = _Window([_flat(visit.city.longitude, visit.city.latitude) for visit in plan.visits], width)
    shapes: list[Shape] = [Area((_box(window.width, window.height),), palette.ground)]
    for code, rings in outlines.rings().items():
        name = vocabularies.get("country").label(code) if code else ""
        seen = tuple(part for ring in rings if len(part := window.clipped(equal_earth(ring))))
        if seen:
            shapes.append(Area(seen, palette.none, palette.quiet, 0.3, tip=name))
    for post in posts:
        if (place := window.inside(_flat(post.longitude, post.latitude))) is not None:
            shapes.append(Dot(*place, _POST, palette.ink, palette.ground, 0.6, tip=post.name))
    shapes += _dots(plan.visits, window, palette)
    said = ", ".join(f"{visit.city.name} {number(visit.people)}" for visit in plan.visits)
    shapes += _legend(window, palette)
    told = f"{reached_words(plan)} {said}".strip()
    return Figure(window.width, window.height, tuple(shapes), _("Map of the visits"), told)


def _dots(visits: Sequence[Visit], window: _Window, palette: Palette) -> list[Shape]:
    """A dot for each visit, its area by the people whom it reaches; then its number in the plan."""
    most = max((visit.people for visit in visits), default=1)
    dots: list[Shape] = []
    words: list[Words] = []
    for place, visit in enumerate(visits, 1):
        x, y = window.placed(_flat(visit.city.longitude, visit.city.latitude))
        radius = max(_SMALLEST, _LARGEST * float(np.sqrt(visit.people / most)))
        tip = f"{place}. {visit.city.name}: {number(visit.people)}"
        dots.append(Dot(x, y, radius, palette.kinds[1], palette.ink, 0.6, str(visit.city.id), tip))
        named = Words(x, y - radius - 2, f"{place} {visit.city.name}", _TEXT, palette.ink, "middle")
        free = not any(_cover(named, other) for other in words)
        words.append(named if free else replace(named, text=str(place)))
    return [*reversed(dots), *words]  # a small dot lies on a large one


def _cover(one: Words, other: Words) -> bool:
    """Whether two words in the middle of their places would cover each other."""
    wide = (width_of(line_of(one, one.text)) + width_of(line_of(other, other.text))) / 2
    return abs(one.x - other.x) < wide and abs(one.y - other.y) < _TEXT


def _legend(window: _Window, palette: Palette) -> list[Shape]:
    """What the dots are, in the corner in which reading begins."""
    shapes: list[Shape] = []
    y = window.height - 8
    for colour, radius, words in ((palette.kinds[1], 3.5, _("Visit")), (palette.ink, _POST, _("Post in service"))):
        rtl = runs_right_to_left(words)
        x = window.width - 10 if rtl else 10.0
        shapes += [
            Dot(x, y - 2.5, radius, colour, palette.ground, 0.6),
            Words(x - 8 if rtl else x + 8, y, words, _TEXT, palette.ink),
        ]
        y -= 12
    return shapes


class _Window:
    """The part of the plane that is shown.

    Attributes:
        width, height: of the figure, in points.
    """

    def __init__(self, places: Sequence[Plane], width: float) -> None:
        self.width, self.height = width, width * _HIGH
        some = (
            np.array(places) if len(places) else np.concatenate([equal_earth(r[0]) for r in outlines.rings().values()])
        )
        low, high = some.min(axis=0), some.max(axis=0)
        span = np.maximum((high - low) * (1 + 2 * _AROUND), _LEAST)
        across = max(float(span[0]), float(span[1]) / _HIGH)
        self._middle = (low + high) / 2
        self._scale = width / across
        self._half = np.array([across, across * _HIGH]) / 2

    def placed(self, place: Plane) -> tuple[float, float]:
        """A point of the plane on the figure."""
        x, y = ((place - self._middle) * (1, -1) + self._half) * self._scale
        return float(x), float(y)

    def inside(self, place: Plane) -> tuple[float, float] | None:
        """The same; None outside the window."""
        return self.placed(place) if bool((np.abs(place - self._middle) <= self._half).all()) else None

    def clipped(self, ring: Plane) -> Points:
        """What of a closed ring lies in the window (Sutherland, Hodgman 1974); no point if nothing does."""
        ring = ring - self._middle
        for axis in (0, 1):
            for side in (1.0, -1.0):
                ring = _cut(ring, side * ring[:, axis] - self._half[axis])
        if not len(ring):
            return np.zeros((0, 2), np.float32)
        return ((ring * (1, -1) + self._half) * self._scale).astype(np.float32)


def _cut(ring: Plane, beyond: Plane) -> Plane:
    """The part of a closed ring that lies on the near side of a line; `beyond` = how far each point lies behind it."""
    if not len(ring) or (beyond <= 0).all():
        return ring
    after, after_beyond = np.roll(ring, -1, axis=0), np.roll(beyond, -1)
    crossing = (beyond <= 0) != (after_beyond <= 0)
    part = np.where(crossing, beyond / np.where(crossing, beyond - after_beyond, 1), 0)[:, None]
    both = np.stack((ring, ring + (after - ring) * part), axis=1).reshape(-1, 2)
    keep = np.stack((beyond <= 0, crossing), axis=1).reshape(-1)
    near: Plane = both[keep]
    return near


def _flat(longitude: float, latitude: float) -> Plane:
    return equal_earth(np.array([outlines.on_map(longitude), latitude]))


def _box(width: float, height: float) -> Points:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)

"""The map of the world as a figure: shaded countries, legend, largest values, sources and a disclaimer."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

import numpy as np
from babel import Locale

from registry import formats
from registry.figures.fitting import line_of, shown, width_of, wrapped
from registry.figures.shapes import PRINT, Area, Dot, Figure, Palette, Points, Shape, Words
from registry.i18n import N_, _, current_language, ngettext
from registry.mapping import outlines
from registry.mapping.projection import equal_earth
from registry.mapping.shading import Classes, classes, said
from registry.mapping.world import COUNT, COVERAGE, CountryCount, World
from registry.statistics.suppression import LEAST

DISCLAIMER = N_(
    "Outlines and names are shown for orientation. They express no opinion on the legal status of any territory or on "
    "any frontier, and no recognition or endorsement."
)
SOURCES = N_(
    "Outlines: Natural Earth, 1:50 million. Equal Earth projection: equal areas on the map are equal on the ground."
)
#: A country that is drawn smaller than this many points gets a dot.
_SMALLEST = 4.0
_DOT = 2.4
#: How many of the largest countries are listed, and how many have their value on the map.
_LISTED, _LABELLED = 12, 12
_MOST_SOURCES = 4
_MARGIN, _GAP, _TEXT, _SMALL = 4.0, 8.0, 8.0, 7.0
_LINE = 1.4  # lines of text apart, in sizes


@functools.cache
def _flat() -> tuple[dict[str, tuple[Points, ...]], tuple[float, float, float, float]]:
    """Countries on the plane, y downwards; and left, top, right and bottom of all of them."""
    flat = {
        code: tuple((equal_earth(ring) * (1, -1)).astype(np.float32) for ring in rings)
        for code, rings in outlines.rings().items()
    }
    points = np.concatenate([ring for rings in flat.values() for ring in rings])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return flat, (float(left), float(top), float(right), float(bottom))


def world_figure(world: World, width: float = 770.0, palette: Palette = PRINT, *, heading: bool = True) -> Figure:
    """The map, so many points wide.

    Args:
        heading: whether its title stands over it.
    """
    return _Drawing(world, width, palette, heading=heading).figure()


def notes(world: World) -> tuple[str, ...]:
    """What has to be said beside the map: who is counted, who is not on it, and what withheld counts are."""
    lines = []
    if world.total is not None:
        if world.asked.kind == "people":
            lines.append(ngettext("{count} person is counted.", "{count} people are counted.", world.total))
        else:
            lines.append(ngettext("{count} association is counted.", "{count} associations are counted.", world.total))
    if world.belonging and not world.asked.everybody:
        lines.append(_("Who counts: {definition}.", definition=world.belonging))
    if world.unknown:
        lines.append(ngettext("Of {count} no country is known.", "Of {count} no country is known.", world.unknown))
    if world.asked.query.strip():
        lines.append(_("Search: {query}", query=world.asked.query.strip()))
    if sources := sorted({f"{c.estimate.source} ({c.estimate.year})" for c in world.countries if c.estimate}):
        lines.append(_("Estimates: {sources}.", sources="; ".join(sources[:_MOST_SOURCES])))
    if world.asked.public and any(country.count is None or country.value is None for country in world.countries):
        lines.append(_("Withheld where fewer than {least} people could be told apart.", least=LEAST))
    return tuple(lines)


def classes_of(world: World) -> Classes:
    """The classes that its countries are shaded by."""
    whole = world.asked.by == COUNT
    return classes([country.value for country in world.countries if country.value is not None], whole=whole)


def value_of(world: World, country: CountryCount) -> str:
    """What a country is shaded by, in words."""
    if country.value is None:
        return _("no estimate") if world.asked.by == COVERAGE and country.estimate is None else _("withheld")
    return said(country.value, whole=world.asked.by == COUNT)


def tip(world: World, country: CountryCount) -> str:
    """A country in one line: its name, how many are there, and what it is shaded by."""
    counted = _("withheld") if country.count is None else formats.number(country.count)
    if country.estimate is not None:
        estimated = formats.number(country.estimate.population)
        counted = _("{count} of {estimated}, {year}", count=counted, estimated=estimated, year=country.estimate.year)
    if world.asked.by != COUNT:
        return f"{country.label}: {value_of(world, country)} ({counted})"
    if country.count is None or not world.total:
        return f"{country.label}: {counted}"
    return f"{country.label}: {counted} ({formats.share(country.count / world.total)})"


def nothing_known(world: World) -> str:
    """What the colour of countries without a value means."""
    if world.asked.by == COVERAGE:
        return _("No estimate")
    return _("Nobody, or withheld") if world.asked.public else _("Nobody")


class _Drawing:
    """One figure; x counts from where lines begin, so that a language from right to left is mirrored."""

    def __init__(self, world: World, width: float, palette: Palette, *, heading: bool) -> None:
        self._world, self._width, self._palette, self._heading = world, width, palette, heading
        self._classes = classes_of(world)
        self._mirrored = Locale.parse(current_language()).text_direction == "rtl"
        self._shapes: list[Shape] = []
        self._known = {country.code: country for country in world.countries}

    def figure(self) -> Figure:
        """Everything from the top down."""
        y = _MARGIN
        if self._heading:
            y = self._write(self._world.title, _MARGIN, y + 14, 14, bold=True) + 4
        y = self._map(y)
        y = max(self._legend(y + _GAP), self._list(y + _GAP))
        day = formats.day(date.today())
        lines = [*notes(self._world), _("As of {day}.", day=day), _(SOURCES), _(DISCLAIMER)]
        y += _GAP
        for line in wrapped(" ".join(lines), _SMALL, self._width - 2 * _MARGIN):
            y = self._write(line, _MARGIN, y + _SMALL, _SMALL, quiet=True) + _SMALL * (_LINE - 1)
        height = y + _MARGIN
        ground = Area((_box(0, 0, self._width, height),), self._palette.ground)
        return Figure(self._width, height, (ground, *self._shapes), self._world.title, self._alternative())

    def _map(self, top: float) -> float:
        flat, (left, upper, right, lower) = _flat()
        scale = (self._width - 2 * _MARGIN) / (right - left)
        moved = np.array([_MARGIN - left * scale, top - upper * scale], np.float32)
        small = []
        for code, rings in flat.items():
            placed = tuple((ring * scale + moved).astype(np.float32) for ring in rings)
            self._area(code, placed)
            if code in self._known and float(np.ptp(placed[0], axis=0).max()) < _SMALLEST:
                small.append(code)
        small += [code for code in self._known if code not in flat]
        for code in small:
            self._dot(code, scale, moved)
        self._values(scale, moved)
        return top + (lower - upper) * scale

    def _colour(self, country: CountryCount | None) -> str:
        if country is None or country.value is None:
            return self._palette.none
        return self._classes.colour(country.value, self._palette.scale)

    def _area(self, code: str, rings: tuple[Points, ...]) -> None:
        country = self._known.get(code)
        told = tip(self._world, country) if country else ""
        self._shapes.append(Area(rings, self._colour(country), self._palette.grid, 0.35, code, told))

    def _dot(self, code: str, scale: float, moved: Points) -> None:
        place = outlines.anchor(code)
        if place is not None:
            x, y = (_point(place) * scale + moved).tolist()
            country = self._known[code]
            told = tip(self._world, country)
            self._shapes.append(Dot(x, y, _DOT, self._colour(country), self._palette.ink, 0.4, code, told))

    def _values(self, scale: float, moved: Points) -> None:
        """The values of the countries with the largest, where they do not cover each other."""
        taken: list[tuple[float, float, float, float]] = []
        for country in self._world.countries[:_LABELLED]:
            place = outlines.anchor(country.code)
            if place is None or country.value is None:
                continue
            x, y = (_point(place) * scale + moved).tolist()
            words = Words(x, y + 2, value_of(self._world, country), 6, self._palette.ink, "middle")
            half = width_of(line_of(words, words.text)) / 2 + 1.5
            box = (x - half, y - 4.5, x + half, y + 4)
            if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
                continue
            taken.append(box)
            self._shapes += [Area((_box(*box),), self._palette.ground, self._palette.grid, 0.3), words]

    def _legend(self, top: float) -> float:
        """A box of each class with what it holds; returns where it ends."""
        labels = self._classes.labels() if self._known else ()
        rows = list(zip(self._classes.colours(self._palette.scale), labels, strict=False))
        rows.append((self._palette.none, nothing_known(self._world)))
        y = top
        for colour, words in rows:
            x = self._from_side(_MARGIN, 14)
            self._shapes.append(Area((_box(x, y, x + 14, y + 9),), colour, self._palette.quiet, 0.4))
            self._write(words, _MARGIN + 19, y + 7.5, _TEXT)
            y += 13
        return y

    def _list(self, top: float) -> float:
        """The countries with the largest values, in two columns; returns where it ends."""
        some = self._world.countries[:_LISTED]
        begin, rows = self._width * 0.3, -(-len(some) // 2)
        room = (self._width - begin - _MARGIN) / 2 - _GAP
        for place, country in enumerate(some):
            x, y = begin + place // max(rows, 1) * (room + _GAP), top + place % max(rows, 1) * 13 + 7.5
            self._write(country.label, x, y, _TEXT, room=room - 70)
            counted = value_of(self._world, country)
            if self._world.asked.by != COUNT and country.count is not None:
                counted += f" ({formats.number(country.count)})"
            self._write(counted, x + room, y, _TEXT, at_end=True)
        return top + rows * 13

    def _write(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        quiet: bool = False,
        at_end: bool = False,
        room: float = 0,
    ) -> float:
        """Words on a base line, from the side where lines begin; returns the base line."""
        colour = self._palette.quiet if quiet else self._palette.ink
        room = room or self._width - x
        words = Words(0, y, text, size, colour, "start", bold, room if not at_end else 0)
        text = shown(words)
        width = width_of(line_of(words, text))
        left = self._from_side(x - width if at_end else x, width)
        self._shapes.append(Words(left + width / 2, y, text, size, colour, "middle", bold))
        return y

    def _from_side(self, x: float, width: float) -> float:
        """The left edge of something so wide, x points from where lines begin."""
        return self._width - x - width if self._mirrored else x

    def _alternative(self) -> str:
        some = (f"{country.label}: {value_of(self._world, country)}" for country in self._world.countries[:_LISTED])
        return "; ".join([self._world.title, *some])


def _point(place: tuple[float, float]) -> Points:
    return (equal_earth(np.array(place)) * (1, -1)).astype(np.float32)


def _box(left: float, top: float, right: float, bottom: float) -> Points:
    corners: Sequence[tuple[float, float]] = ((left, top), (right, top), (right, bottom), (left, bottom))
    return np.array(corners, np.float32)

"""The map of the world as a figure: shaded countries, legend, largest values, sources and a disclaimer."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np

from registry import formats, vocabularies
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.figures.shapes import PRINT, Area, Dot, Figure, Palette, Points
from registry.gazetteer import City
from registry.i18n import N_, _, ngettext
from registry.mapping import outlines
from registry.mapping.circles import Circle, draw
from registry.mapping.home import Home
from registry.mapping.page import DISCLAIMER, GAP, MARGIN, MapPage
from registry.mapping.projection import equal_earth
from registry.mapping.shading import Classes, classes, said
from registry.mapping.world import COUNT, COVERAGE, CountryCount, World
from registry.statistics.suppression import LEAST

WITHHELD = N_("Withheld where fewer than {least} people could be told apart.")
SOURCES = N_(
    "Outlines: Natural Earth, 1:50 million. Equal Earth projection: equal areas on the map are equal on the ground."
)
CITY_SOURCES = N_(
    "Outlines: Natural Earth, 1:50 million; cities: GeoNames. Addresses whose city is not known there have no circle."
)
NO_OUTLINE = N_("“{country}” has no outline that could be drawn by itself. Draw the whole world.")
IN_COUNTRY = N_("{title}: {country}")
#: How many cities are listed, and how many of several are named.
_CITIES, _MOST_NAMES = 20, 3
#: A country that is drawn smaller than this many points gets a dot.
_SMALLEST = 4.0
_DOT = 2.4
#: How many of the largest cities have a small dot, and its radius in points.
_DOTS, _CITY = 60, 1.2
#: How many of the largest countries are listed, and how many have their value on the map; how many sources are named.
_LISTED, _LABELLED, _MOST_SOURCES = 12, 12, 4
#: Where the list begins, as a part of the width.
_BESIDE = 0.3


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
    return _Drawing(world, width, palette).figure(heading=heading)


def country_figure(
    world: World, country: str, width: float = 770.0, palette: Palette = PRINT, *, heading: bool = True
) -> Figure:
    """One country with the cities in which somebody is; raises `Invalid` for one without an outline.

    Args:
        country: alpha-3 code.
        heading: whether its title stands over it.
    """
    label = vocabularies.get("country").label(country)
    if country not in outlines.rings("outlines"):
        raise Invalid(NO_OUTLINE, country=label or country[:20])
    page = MapPage(width, palette)
    title = _(IN_COUNTRY, title=world.title, country=label)
    cities = [(city, count) for city, count in world.cities if city.country == country]
    there = next((each for each in world.countries if each.code == country), None)
    circles = [
        Circle((outlines.on_map(city.longitude), city.latitude), count, str(city.id), city_tip([city], count))
        for city, count in cities
    ]
    y = draw(page, country, circles, page.heading(title) if heading else MARGIN) + GAP
    rows = [(city.name, formats.number(count)) for city, count in cities[:_CITIES]]
    y = page.listed(rows, MARGIN, y)
    lines = [tip(world, there) + "."] if there is not None else []
    said = "; ".join([title, *(f"{name}: {count}" for name, count in rows)])
    return page.figure([*lines, *who(world), _(CITY_SOURCES), _(DISCLAIMER)], y, title, said)


def city_tip(cities: Sequence[City], count: int) -> str:
    """Cities and how many are in them."""
    names = ", ".join(city.name for city in cities[:_MOST_NAMES])
    if more := max(len(cities) - _MOST_NAMES, 0):
        names = ngettext("{names} and {count} other", "{names} and {count} others", more, names=names)
    return _("{label}: {count}", label=names, count=formats.number(count))


def notes(world: World) -> tuple[str, ...]:
    """What has to be said beside the map: who is counted, who is not on it, and what withheld counts are."""
    lines = [*counted(world.total, people=world.asked.kind == PEOPLE), *who(world)]
    if world.unknown:
        lines.append(ngettext("Of {count} no country is known.", "Of {count} no country is known.", world.unknown))
    if sources := sorted({f"{c.estimate.source} ({c.estimate.year})" for c in world.countries if c.estimate}):
        lines.append(_("Estimates: {sources}.", sources="; ".join(sources[:_MOST_SOURCES])))
    if world.asked.public and any(country.count is None or country.value is None for country in world.countries):
        lines.append(_(WITHHELD, least=LEAST))
    return tuple(lines)


def who(world: World | Home) -> list[str]:
    """The sentences about whom the map is about."""
    lines = []
    if world.belonging and not world.asked.everybody:
        lines.append(_("Who counts: {definition}.", definition=world.belonging))
    if world.asked.query.strip():
        lines.append(_("Search: {query}", query=world.asked.query.strip()) + ".")
    return lines


def counted(total: int | None, *, people: bool) -> list[str]:
    """The sentence about how many are counted; none where that is withheld."""
    if total is None:
        return []
    if people:
        return [ngettext("{count} person is counted.", "{count} people are counted.", total)]
    return [ngettext("{count} association is counted.", "{count} associations are counted.", total)]


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
    there = _("withheld") if country.count is None else formats.number(country.count)
    if country.estimate is not None:
        estimated = formats.number(country.estimate.population)
        there = _("{count} of {estimated}, {year}", count=there, estimated=estimated, year=country.estimate.year)
    if world.asked.by != COUNT:
        there = f"{value_of(world, country)} ({there})"
    elif country.count is not None and world.total:
        there = f"{there} ({formats.share(country.count / world.total)})"
    return _("{label}: {count}", label=country.label, count=there)


def nothing_known(world: World) -> str:
    """What the colour of countries without a value means."""
    if world.asked.by == COVERAGE:
        return _("No estimate")
    return _("Nobody, or withheld") if world.asked.public else _("Nobody")


class _Drawing:
    """One figure."""

    def __init__(self, world: World, width: float, palette: Palette) -> None:
        self._world, self._palette = world, palette
        self._page = MapPage(width, palette)
        self._classes = classes_of(world)
        self._known = {country.code: country for country in world.countries}

    def figure(self, *, heading: bool) -> Figure:
        """Everything from the top down."""
        world, page = self._world, self._page
        y = self._map(page.heading(world.title) if heading else MARGIN) + GAP
        labels = self._classes.labels() if self._known else ()
        legend = [*zip(self._classes.colours(self._palette.scale), labels, strict=False)]
        some = world.countries[:_LISTED]
        rows = [(country.label, self._told(country)) for country in some]
        below = max(
            page.legend([*legend, (self._palette.none, nothing_known(world))], y),
            page.listed(rows, page.width * _BESIDE, y),
        )
        said = "; ".join([world.title, *(f"{name}: {told}" for name, told in rows)])
        dots = [_("Small dots: the cities with the most.")] if world.cities else []
        return page.figure([*notes(world), *dots, _(SOURCES), _(DISCLAIMER)], below, world.title, said)

    def _told(self, country: CountryCount) -> str:
        told = value_of(self._world, country)
        counted = self._world.asked.by != COUNT and country.count is not None
        return f"{told} ({formats.number(country.count or 0)})" if counted else told

    def _map(self, top: float) -> float:
        """The countries; returns where the map ends."""
        flat, (left, upper, right, lower) = _flat()
        scale = (self._page.width - 2 * MARGIN) / (right - left)
        moved = np.array([MARGIN - left * scale, top - upper * scale], np.float32)
        small = []
        for code, rings in flat.items():
            placed = tuple((ring * scale + moved).astype(np.float32) for ring in rings)
            self._page.shapes.append(Area(placed, self._colour(code), self._palette.grid, 0.35, code, self._tip(code)))
            if code in self._known and float(np.ptp(placed[0], axis=0).max()) < _SMALLEST:
                small.append(code)
        for code in (*small, *(code for code in self._known if code not in flat)):
            if (place := outlines.anchor(code)) is not None:
                x, y = (_point(place) * scale + moved).tolist()
                dot = Dot(x, y, _DOT, self._colour(code), self._palette.ink, 0.4, code, self._tip(code))
                self._page.shapes.append(dot)
        for city, count in self._world.cities[:_DOTS]:
            x, y = (_point((outlines.on_map(city.longitude), city.latitude)) * scale + moved).tolist()
            dot = Dot(x, y, _CITY, self._palette.ink, self._palette.ground, 0.4, tip=city_tip([city], count))
            self._page.shapes.append(dot)
        self._page.tags(self._tags(scale, moved))
        return top + (lower - upper) * scale

    def _tags(self, scale: float, moved: Points) -> Iterator[tuple[float, float, str]]:
        """The values of the countries with the largest."""
        for country in self._world.countries[:_LABELLED]:
            place = outlines.anchor(country.code)
            if place is not None and country.value is not None:
                x, y = (_point(place) * scale + moved).tolist()
                yield x, y, value_of(self._world, country)

    def _colour(self, code: str) -> str:
        country = self._known.get(code)
        if country is None or country.value is None:
            return self._palette.none
        return self._classes.colour(country.value, self._palette.scale)

    def _tip(self, code: str) -> str:
        return tip(self._world, self._known[code]) if code in self._known else ""


def _point(place: tuple[float, float]) -> Points:
    return (equal_earth(np.array(place)) * (1, -1)).astype(np.float32)

"""The home state with a circle for each region that people come from; bars where it is not known where these are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from registry import formats
from registry.figures import charts
from registry.figures.charts import Group
from registry.figures.shapes import PRINT, Area, Dot, Figure, Palette, Points
from registry.figures.sheet import Style
from registry.i18n import N_, _, ngettext
from registry.mapping import outlines
from registry.mapping.figure import WITHHELD, counted
from registry.mapping.home import District, Home
from registry.mapping.page import DISCLAIMER, GAP, MARGIN, MapPage
from registry.mapping.projection import azimuthal
from registry.statistics.suppression import LEAST

SOURCES = N_("Outline: Natural Earth, 1:50 million. A region is where its cities are (GeoNames), by their inhabitants.")
#: The highest that a map may be, as a part of its width; the radius of the largest circle, and the smallest, in points.
_HIGHEST = 0.5
_LARGEST, _LEAST = 26.0, 2.5
_LISTED, _LABELLED, _BARS = 16, 14, 30


def home_figure(home: Home, width: float = 770.0, palette: Palette = PRINT, *, heading: bool = True) -> Figure:
    """The map, so many points wide.

    Args:
        heading: whether its title stands over it.
    """
    page = MapPage(width, palette)
    top = page.heading(home.title) if heading else MARGIN
    rows = [(district.label, _told(district)) for district in home.districts[:_LISTED]]
    said = "; ".join([home.title, *(f"{name}: {told}" for name, told in rows)])
    placed = [district for district in home.districts if district.place is not None]
    if placed and home.country in outlines.rings("outlines"):
        y = _map(page, home.country, placed, top) + GAP
        y = page.listed(rows, MARGIN, y)
        return page.figure([*notes(home), _(SOURCES), _(DISCLAIMER)], y, home.title, said)
    return page.figure(notes(home), _bars(page, home, top), home.title, said)


def notes(home: Home) -> tuple[str, ...]:
    """What has to be said beside the map: who is counted, of whom nothing is known, which regions are not on it."""
    lines = counted(home.total, people=True)
    if home.belonging and not home.asked.everybody:
        lines.append(_("Who counts: {definition}.", definition=home.belonging))
    if home.unknown:
        lines.append(ngettext("Of {count} no region is known.", "Of {count} no region is known.", home.unknown))
    placed = [district for district in home.districts if district.place is not None]
    if not placed and home.districts:
        lines.append(_("It is not known where these regions are, so they are not drawn on a map."))
    elif away := len(home.districts) - len(placed):
        lines.append(
            ngettext(
                "{count} region is not on the map: it is not known where it is.",
                "{count} regions are not on the map: it is not known where they are.",
                away,
            )
        )
    if home.asked.query.strip():
        lines.append(_("Search: {query}", query=home.asked.query.strip()))
    if any(district.count is None for district in home.districts):
        lines.append(_(WITHHELD, least=LEAST))
    return tuple(lines)


def tip(district: District) -> str:
    """A region in one line."""
    return f"{district.label}: {_told(district)}"


def _told(district: District) -> str:
    return _("withheld") if district.count is None else formats.number(district.count)


def _map(page: MapPage, country: str, districts: Sequence[District], top: float) -> float:
    """The state and its circles, the largest below; returns where the map ends."""
    rings = outlines.rings("outlines")[country]
    centre = outlines.centroid(rings[0])
    main = azimuthal(rings[0], centre) * (1, -1)
    places = np.array([azimuthal(np.array(d.place), centre) * (1, -1) for d in districts])
    points = np.concatenate((main, places))
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 1e-6)
    scale = min((page.width - 2 * _LARGEST - 2 * MARGIN) / size[0], _HIGHEST * page.width / size[1])
    moved = np.array([(page.width - size[0] * scale) / 2, top + _LARGEST]) - low * scale
    bottom = float(top + size[1] * scale + 2 * _LARGEST)
    land = tuple(_within(azimuthal(ring, centre) * (1, -1) * scale + moved, page.width, top, bottom) for ring in rings)
    page.shapes.append(Area(tuple(ring for ring in land if len(ring)), page.palette.none, page.palette.quiet, 0.6))
    most = max((district.count or 0 for district in districts), default=0) or 1
    for district, place in zip(districts, places, strict=True):
        x, y = (place * scale + moved).tolist()
        radius = max(_LARGEST * ((district.count or 0) / most) ** 0.5, _LEAST)
        fill = page.palette.none if district.count is None else page.palette.kinds[0]
        page.shapes.append(Dot(x, y, radius, fill, page.palette.ground, 0.8, district.text, tip(district)))
    some = zip(districts[:_LABELLED], places, strict=False)
    page.tags((*(place * scale + moved).tolist(), tip(district)) for district, place in some)
    return bottom


def _within(ring: Points, width: float, top: float, bottom: float) -> Points:
    """A ring if it is in the frame: islands far away are not what is looked at."""
    x, y = ring[:, 0], ring[:, 1]
    inside = x.min() >= 0 and x.max() <= width and y.min() >= top - 1 and y.max() <= bottom + 1
    return ring.astype(np.float32) if inside else ring[:0].astype(np.float32)


def _bars(page: MapPage, home: Home, top: float) -> float:
    """A bar for each region; returns where they end."""
    groups = [Group(district.text, district.label, district.count) for district in home.districts]
    style = Style(page.palette, page.width, mirrored=page.mirrored)
    chart = charts.bars(home.title, groups, style, _BARS)
    page.place(chart, top + GAP)
    return top + GAP + chart.height

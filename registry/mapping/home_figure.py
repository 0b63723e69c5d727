"""The home state with a circle for each region that people come from; bars where it is not known where these are."""

from __future__ import annotations

from registry import formats
from registry.figures import charts
from registry.figures.charts import Group
from registry.figures.shapes import PRINT, Figure, Palette
from registry.figures.sheet import Style
from registry.i18n import N_, _, ngettext
from registry.mapping import outlines
from registry.mapping.circles import Circle, draw
from registry.mapping.figure import WITHHELD, counted, who
from registry.mapping.home import District, Home
from registry.mapping.page import DISCLAIMER, GAP, MARGIN, MapPage
from registry.statistics.suppression import LEAST

SOURCES = N_("Outline: Natural Earth, 1:50 million. A region is where its cities are (GeoNames), by their inhabitants.")
_LISTED, _BARS = 16, 30


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
        circles = [Circle(d.place, d.count, d.text, tip(d)) for d in placed if d.place is not None]
        y = draw(page, home.country, circles, top) + GAP
        y = page.listed(rows, MARGIN, y)
        return page.figure([*notes(home), _(SOURCES), _(DISCLAIMER)], y, home.title, said)
    return page.figure(notes(home), _bars(page, home, top), home.title, said)


def notes(home: Home) -> tuple[str, ...]:
    """What has to be said beside the map: who is counted, of whom nothing is known, which regions are not on it."""
    lines = [*counted(home.total, people=True), *who(home)]
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
    if any(district.count is None for district in home.districts):
        lines.append(_(WITHHELD, least=LEAST))
    return tuple(lines)


def tip(district: District) -> str:
    """A region in one line."""
    return _("{label}: {count}", label=district.label, count=_told(district))


def _told(district: District) -> str:
    return _("withheld") if district.count is None else formats.number(district.count)


def _bars(page: MapPage, home: Home, top: float) -> float:
    """A bar for each region; returns where they end."""
    groups = [Group(district.text, district.label, district.count) for district in home.districts]
    style = Style(page.palette, page.width, mirrored=page.mirrored)
    chart = charts.bars(home.title, groups, style, _BARS)
    page.place(chart, top + GAP)
    return top + GAP + chart.height

"""The chart that suits a table of counts."""

from __future__ import annotations

from collections.abc import Sequence

from registry.figures import charts
from registry.figures.charts import BETWEEN, OTHERS, Crossed, Group
from registry.figures.shapes import Figure
from registry.figures.sheet import Style
from registry.i18n import N_, _
from registry.packed.dimensions import NOT_KNOWN, UNCODED, Dimension
from registry.packed.headings import Heading
from registry.statistics.counting import Statistics

#: "" = what suits the fields.
CHARTS = {
    "": N_("Chart that suits"),
    "bars": N_("Bars"),
    "beside": N_("Bars beside each other"),
    "columns": N_("Columns"),
    "pyramid": N_("Age pyramid"),
}
TITLE = N_("{field} and {other}")
#: Years without anybody between two others are drawn, up to so many columns.
_MOST_YEARS = 150


def offered(dimensions: Sequence[Dimension]) -> list[str]:
    """The charts that can be drawn of these fields."""
    if len(dimensions) == 1:
        ordered = dimensions[0].numbers or dimensions[0].periodic or dimensions[0].banded
        return ["", "bars", *(["columns"] if ordered else [])]
    return ["", "bars", "beside", *(["pyramid"] if _is_pyramid(dimensions) else [])]


def figure(table: Statistics, style: Style, chart: str = "") -> Figure:
    """The chart; one that these fields cannot have is the one that suits them.

    Its keys name a row and a column of the table by their places, as `places` reads them.
    """
    kind = chart if chart in offered(table.dimensions) else ""
    rows, columns = _groups(table.rows), _groups(table.columns)
    if not columns:
        one = table.dimensions[0]
        if kind == "columns" or (not kind and (one.numbers or one.periodic)):
            return charts.columns(title(table), _without_gaps(table.rows, rows) if one.numbers else rows, style)
        return charts.bars(title(table), rows, style)
    counts = {
        (down.key, across.key): table.counts[int(down.key)][int(across.key)] for down in rows for across in columns
    }
    crossed = Crossed(tuple(rows), tuple(columns), counts)
    if kind == "pyramid" or (not kind and _is_pyramid(table.dimensions)):
        return charts.pyramid(title(table), _ages_down(table, crossed), style)
    return charts.stacked(title(table), crossed, style, beside=kind == "beside")


def title(table: Statistics) -> str:
    """What the table counts by."""
    if len(table.fields) == 1:
        return table.fields[0]
    return _(TITLE, field=table.fields[0], other=table.fields[1])


def places(table: Statistics, key: str) -> tuple[int | None, int | None] | None:
    """The row and column that a key of the chart stands for; None = not one group of the table."""
    if OTHERS in key:
        return None
    first, _between, second = key.partition(BETWEEN)
    if not second:
        return int(first), None
    turned = _is_pyramid(table.dimensions) and not table.dimensions[0].banded and first.startswith("c")
    return (int(second), int(first[1:])) if turned else (int(first), int(second))


def _is_pyramid(dimensions: Sequence[Dimension]) -> bool:
    """Whether these are ages and sexes, in either order."""
    return len(dimensions) == 2 and any(d.banded for d in dimensions) and any(d.field == "sex" for d in dimensions)


def _groups(heads: Sequence[Heading]) -> list[Group]:
    return [
        Group(str(place), head.label, head.count, head.code in (NOT_KNOWN, UNCODED)) for place, head in enumerate(heads)
    ]


def _ages_down(table: Statistics, crossed: Crossed) -> Crossed:
    """With the ages as rows; turned around, their keys begin with a "c"."""
    if table.dimensions[0].banded:
        return crossed
    down = tuple(Group(f"c{g.key}", g.label, g.count, g.aside) for g in crossed.across)
    counts = {(f"c{across}", below): count for (below, across), count in crossed.counts.items()}
    return Crossed(down, crossed.down, counts)


def _without_gaps(heads: Sequence[Heading], groups: Sequence[Group]) -> list[Group]:
    """Every year between the first and the last, if these are not too many."""
    known = {int(head.code): group for head, group in zip(heads, groups, strict=True) if head.code.isdigit()}
    if not known or max(known) - min(known) > _MOST_YEARS:
        return list(groups)
    years = [known.get(year, Group("", str(year), 0)) for year in range(min(known), max(known) + 1)]
    return [*years, *(group for group in groups if group.aside)]

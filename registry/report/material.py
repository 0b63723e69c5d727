"""Counts for a report, as charts and tables: published as they may be, or as they are for the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.figures.charts import WITHHELD
from registry.figures.sheet import Style
from registry.formats import share
from registry.i18n import _
from registry.packed.dimensions import NOT_KNOWN
from registry.packed.spelling import spellings
from registry.packed.store import Columns
from registry.queries import CountBy
from registry.report.parts import Data, Picture, Table, Value
from registry.statistics import drawing
from registry.statistics.counting import Statistics, count_by
from registry.statistics.suppression import is_small

#: Points between the margins of a page, for which figures are drawn.
WIDTH = 481.0


@dataclass(frozen=True)
class Material:
    """What a report counts with.

    Attributes:
        public: as it may be published.
        everybody: also people who do not count by the ministry's definition.
        mirrored: figures for a language written from right to left.
    """

    view: View
    public: bool
    everybody: bool
    mirrored: bool

    @property
    def style(self) -> Style:
        """How charts look."""
        return Style(width=WIDTH, mirrored=self.mirrored)

    def count(self, *by: str, query: str = "", kind: str = PEOPLE) -> Statistics | None:
        """A table of counts; None where nobody has any value, or the field may not be shown."""
        try:
            table = count_by(self.view, CountBy(by, query, kind, self.public, self.everybody))
        except Invalid:  # protected or restricted, or not seen by who makes the report
            return None
        known = any(row.code != NOT_KNOWN and row.count != 0 for row in table.rows)
        return table if known else None

    def charts(self, *fields: str, kind: str = PEOPLE, chart: str = "") -> Iterator[Picture]:
        """A chart for each field that is known of anybody."""
        for field in fields:
            table = self.count(field, kind=kind)
            if table is not None:
                yield self.picture(table, chart)

    def picture(self, table: Statistics, chart: str = "") -> Picture:
        """The chart that suits a table."""
        return Picture(drawing.title(table), drawing.figure(table, self.style, chart), data_of(table))

    def published(self, count: int) -> int | None:
        """A count that stands alone; None where it may not be told."""
        return None if self.public and is_small(count) else count


def data_of(table: Statistics) -> Data:
    """The counts behind a chart."""
    if not table.columns:
        return Data((table.fields[0], _("Count")), tuple((row.label, row.count) for row in table.rows))
    head = (" / ".join(table.fields), _("Total"), *(column.label for column in table.columns))
    rows = zip(table.rows, table.counts, strict=True)
    return Data(head, tuple((row.label, row.count, *counts) for row, counts in rows))


def with_shares(caption: str, table: Statistics, columns: Columns, most: int = 20) -> Table:
    """Groups with their share of all, the most first; those of whom it is not known last."""
    total, spelled = table.total, spellings(columns, table.dimensions[0], [row.code for row in table.rows])
    rows = sorted(table.rows, key=lambda row: (row.code == NOT_KNOWN, -(row.count or 0), row.label))
    lines: list[tuple[Value, ...]] = []
    for row in rows:
        part = _(WITHHELD) if row.count is None or not total else share(row.count / total)
        lines.append((spelled.get(row.code, row.label), row.count, part))
    return Table(caption, Data((table.fields[0], _("People"), _("Share of all")), tuple(lines)), most)


def largest(table: Statistics, many: int) -> Sequence[str]:
    """Labels of the groups with the most records."""
    told = [row for row in table.rows if row.count and row.code != NOT_KNOWN]
    return [row.label for row in sorted(told, key=lambda row: -(row.count or 0))[:many]]

"""Lists on paper that somebody writes on: rows of equal height, the head on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.documents.fitting import fitted
from registry.documents.layout import direction_of
from registry.documents.paper import Paper
from registry.documents.stationery import MM, letter_paper
from registry.documents.text import Span, Style, draw, lay_out
from registry.documents.tree import Align
from registry.i18n import ngettext
from registry.progress import SILENT, Progress
from registry.whole_file import whole_file

_MARGIN, _FOOT = 18 * MM, 24 * MM
_ROW = 24.0
_PADDING = 5.0
_HEADING, _HEAD, _LABEL = Style(14, bold=True), Style(9), Style(8.5, bold=True)
_LARGEST, _SMALLEST = 10.0, 6.0
_REPORT_EVERY = 200
#: Of what stands over a list, in characters.
_LONGEST_HEAD = 600


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its width is a share of the page's."""

    title: str
    width: float
    align: Align = "left"


def write_list(
    path: Path,
    rows: Iterable[Sequence[str]],
    *,
    columns: Sequence[Column],
    heading: str,
    head: Sequence[str],
    language: str,
    country: str,
    foot: str = "",
    progress: Progress = SILENT,
) -> str:
    """Write a list, whole or not at all; the characters that no font had.

    Args:
        head: lines under the heading of the first page.
        foot: what stands at the end of the last page, before room to write.
        country: ISO 3166-1, decides the size of paper.

    Raises:
        StorageTrouble: the file cannot be written.
        Cancelled: the user stopped; no file is left.
    """
    with whole_file(path) as file:
        paper = Paper(file, title=heading, language=language, size=letter_paper(country))
        page = _Page(paper, columns, language)
        page.begin(heading, head)
        count = 0
        for count, cells in enumerate(rows, 1):
            page.row(cells)
            if count % _REPORT_EVERY == 0:
                progress.step(count, 0, ngettext("{count} row set", "{count} rows set", count))
        page.end(foot)
        paper.close()
        progress.committing()
    return "".join(sorted(paper.missing))


class _Page:
    """Where the next row stands."""

    def __init__(self, paper: Paper, columns: Sequence[Column], language: str) -> None:
        self._paper, self._columns = paper, columns
        self._direction = direction_of(language)
        self._width, self._height = paper.size[0] - 2 * _MARGIN, paper.size[1]
        self._y = self._height - _MARGIN

    def begin(self, heading: str, head: Sequence[str]) -> None:
        """The head of the first page."""
        for text, style in ((heading, _HEADING), ("\n".join(head), _HEAD)):
            block = lay_out([Span(text[:_LONGEST_HEAD], style)], self._width, direction=self._direction)
            block = block.divided(60 * MM)[0]
            draw(self._paper, block, _MARGIN, self._y)
            self._y -= block.height + 4
        self._y -= 8
        self._titles()

    def row(self, cells: Sequence[str]) -> None:
        """One row, on the next page where this one is full."""
        if self._y - _ROW < _FOOT:
            self._number()
            self._paper.end_page()
            self._y = self._height - _MARGIN
            self._titles()
        for (left, width), text in zip(self._places(), cells, strict=True):
            block = fitted([text], width, _ROW - 4, largest=_LARGEST, smallest=_SMALLEST)
            block.draw(self._paper, left, self._y - (_ROW - block.height) / 2)
        self._y -= _ROW
        self._rule(0.3)

    def end(self, foot: str) -> None:
        """The end of the list."""
        if foot:
            draw(self._paper, lay_out([Span(foot, _HEAD)], self._width), _MARGIN, _FOOT - 4)
        self._number()
        self._paper.end_page()

    def _titles(self) -> None:
        for (left, width), column in zip(self._places(), self._columns, strict=True):
            block = lay_out([Span(column.title, _LABEL)], width, direction=self._direction)
            draw(self._paper, block.divided(_ROW)[0], left, self._y)
        self._y -= 14
        self._rule(0.8)

    def _places(self) -> list[tuple[float, float]]:
        """Left edge and width of each column, from right to left where the language runs so."""
        places, used = [], 0.0
        for column in self._columns:
            width = column.width * self._width
            start = self._width - used - width if self._direction == "rtl" else used
            places.append((_MARGIN + start + _PADDING, width - 2 * _PADDING))
            used += width
        return places

    def _rule(self, weight: float) -> None:
        self._paper.code(f"q {weight} w {_MARGIN:.2f} {self._y:.2f} m {_MARGIN + self._width:.2f} {self._y:.2f} l S Q")

    def _number(self) -> None:
        block = lay_out([Span(str(self._paper.pages + 1), _HEAD)], self._width, align="center")
        draw(self._paper, block, _MARGIN, 12 * MM)

"""A report on pages: a cover, the contents, and the chapters with their numbers, mirrored for right to left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import IO, TypeAlias

from registry.documents.days import long_date
from registry.documents.layout import direction_of
from registry.documents.paper import Paper
from registry.documents.text import Block, Span, Style, draw, lay_out
from registry.documents.tree import Align
from registry.figures import pdf
from registry.figures.charts import WITHHELD
from registry.formats import number
from registry.i18n import _
from registry.report.material import WIDTH
from registry.report.parts import Chapter, Paragraph, Part, Picture, Report, Table, Value

_TOP, _BOTTOM = 64.0, 62.0
_TITLE, _STATE, _CHAPTER = Style(30, bold=True), Style(16), Style(18, bold=True)
_TEXT, _CAPTION, _CELL, _HEAD, _QUIET = (
    Style(10.5),
    Style(9.5, bold=True),
    Style(8.5),
    Style(8.5, bold=True),
    Style(8.5),
)
_BIG = Style(44, bold=True)
#: What separates parts, and what is kept free in a cell, in points.
_AFTER, _PAD = 14.0, 3.0
#: A column of numbers, of words.
_NARROW, _WORDS = 74.0, 150.0
#: A table begins on a page only with room for its caption and so much of it.
_BEGINNING = 90.0
_INK, _ACCENT, _LINE = "0.1 g", "0.118 0.353 0.545", "0.78 G"

Step: TypeAlias = Callable[[Paper], None]


def write_pages(file: IO[bytes], report: Report, size: tuple[float, float], country: str) -> int:
    """Write the report as PDF; returns its pages. `country`: of the post, which decides how dates are written."""
    laid_out = _Pages(report, size)
    for place, chapter in enumerate(report.chapters, 1):
        laid_out.chapter(place, chapter)
    paper = Paper(file, title=f"{report.title}: {report.state}", language=report.language, size=size)
    _cover(paper, report, country)
    paper.end_page()
    _contents(paper, report, laid_out.begins)
    paper.end_page()
    for number_, steps in enumerate(laid_out.pages, _FIRST):
        for step in steps:
            step(paper)
        _foot(paper, report, number_)
        paper.end_page()
    paper.close()
    return paper.pages


#: A cell with letters, or so long, is no number.
_LETTERS, _LONG = re.compile(r"[^\W\d_]"), 12
#: A figure is drawn so much smaller rather than on the next page.
_LEAST_SCALE = 0.7
#: The number of the first page behind cover and contents.
_FIRST = 3


class _Pages:
    """Places parts one below the other.

    Attributes:
        pages: what is drawn on each, behind cover and contents.
        begins: the page of each chapter.
    """

    def __init__(self, report: Report, size: tuple[float, float]) -> None:
        self._report = report
        self._left, self._height = (size[0] - WIDTH) / 2, size[1]
        self._rtl = direction_of(report.language) == "rtl"
        self.pages: list[list[Step]] = []
        self.begins: list[int] = []
        self._y = 0.0
        self._figures = self._tables = 0

    def chapter(self, place: int, chapter: Chapter) -> None:
        """Its heading on a new page, and its parts."""
        self._new_page()
        self.begins.append(_FIRST + len(self.pages) - 1)
        self._block(_said(f"{place}. {chapter.title}", _CHAPTER, self._report.language), 12, colour=_ACCENT)
        for part in chapter.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        language = self._report.language
        if isinstance(part, Paragraph):
            self._block(_said(part.text, _QUIET if part.quiet else _TEXT, language, leading=1.1), _AFTER - 4)
        elif isinstance(part, Picture):
            self._figures += 1
            caption = _said(
                _("Figure {number}. {caption}", number=self._figures, caption=part.caption), _CAPTION, language
            )
            beside = caption.height + 8
            fits = min(1.0, WIDTH / part.figure.width, (self._room_of_page - beside) / part.figure.height)
            here = (self._y - _BOTTOM - beside) / part.figure.height
            scale = min(fits, here) if here >= _LEAST_SCALE else fits
            self._need(beside + part.figure.height * scale)
            self._block(caption, 6)
            self._picture(part, scale)
        else:
            self._tables += 1
            caption = _said(
                _("Table {number}. {caption}", number=self._tables, caption=part.caption), _CAPTION, language
            )
            self._need(min(caption.height + _BEGINNING, self._room_of_page))
            self._block(caption, 4)
            self._table(part)

    @property
    def _room_of_page(self) -> float:
        return self._height - _TOP - _BOTTOM

    def _new_page(self) -> None:
        self.pages.append([])
        self._y = self._height - _TOP

    def _need(self, height: float) -> None:
        """Go on a new page if so much does not fit on this one."""
        if self._y - height < _BOTTOM and self._y < self._height - _TOP:
            self._new_page()

    def _block(self, block: Block, after: float, colour: str = "") -> None:
        """A paragraph, on the next page what does not fit."""
        self._need(min(block.height, self._room_of_page))
        self._step(_drawn(block, self._left, self._y, colour))
        self._y -= block.height + after

    def _picture(self, part: Picture, scale: float) -> None:
        left = self._left + (WIDTH - part.figure.width * scale) / 2
        top = self._y
        self._step(lambda paper: pdf.draw(paper, part.figure, left, top, scale))
        self._y -= part.figure.height * scale + _AFTER

    def _table(self, table: Table) -> None:
        """Its heading again on each page."""
        widths = _widths(table)
        head = self._row(table.data.head, table, widths, _HEAD)
        self._line_of(head, widths, ruled=True)
        left_out = len(table.data.rows) - len(table.shown)
        text = _("{count} more rows are in the workbook.", count=number(left_out)) if left_out else ""
        note = _said(text, _QUIET, self._report.language)
        for place, values in enumerate(table.shown, 1):
            row = self._row(values, table, widths, _CELL)
            # The last row keeps what is said below it on its page.
            below = note.height + 2 if text and place == len(table.shown) else 0.0
            if self._y - _high(row) - below < _BOTTOM:
                self._new_page()
                self._line_of(head, widths, ruled=True)
            self._line_of(row, widths)
        if text:
            self._y -= 2
            self._block(note, 0)
        self._y -= _AFTER

    def _row(self, values: Sequence[Value], table: Table, widths: Sequence[float], style: Style) -> list[Block]:
        language = self._report.language
        return [
            _said(_told(value), style, language, widths[place] - 2 * _PAD, _side(table, place, self._rtl))
            for place, value in enumerate(values)
        ]

    def _line_of(self, row: Sequence[Block], widths: Sequence[float], *, ruled: bool = False) -> None:
        high, top = _high(row), self._y
        x = self._left + (WIDTH if self._rtl else 0.0)
        for block, width in zip(row, widths, strict=True):
            left = x - width if self._rtl else x
            self._step(_drawn(block, left + _PAD, top - _PAD))
            x += -width if self._rtl else width
        bottom, thick = top - high, 0.8 if ruled else 0.3
        self._step(lambda paper: _rule(paper, self._left, bottom, sum(widths), thick, mirrored=self._rtl))
        self._y = bottom

    def _step(self, step: Step) -> None:
        self.pages[-1].append(step)


def _widths(table: Table) -> list[float]:
    """Of each column: the first takes what is left."""
    others = [_NARROW if _is_number(table, place) else _WORDS for place in range(1, len(table.data.head))]
    return [max(WIDTH - sum(others), 120.0), *others]


def _is_number(table: Table, place: int) -> bool:
    """Whether a column holds numbers or shares."""
    words = [row[place] for row in table.data.rows if isinstance(row[place], str)]
    return all(len(str(said)) < _LONG and not _LETTERS.search(str(said)) for said in words)


def _side(table: Table, place: int, rtl: bool) -> Align:
    if place and _is_number(table, place):
        return "left" if rtl else "right"
    return "start"


def _told(value: Value) -> str:
    if value is None:
        return _(WITHHELD)
    return value if isinstance(value, str) else number(value)


def _high(row: Sequence[Block]) -> float:
    return max(block.height for block in row) + 2 * _PAD


def _said(
    text: str, style: Style, language: str, width: float = WIDTH, align: Align = "start", leading: float = 1.0
) -> Block:
    return lay_out([Span(text, style)], width, align=align, direction=direction_of(language), leading=leading)


def _drawn(block: Block, left: float, top: float, colour: str = "") -> Step:
    def step(paper: Paper) -> None:
        if colour:
            paper.code(f"q {colour} rg")
        draw(paper, block, left, top)
        if colour:
            paper.code("Q")

    return step


def _rule(paper: Paper, left: float, y: float, long: float, thick: float, *, mirrored: bool) -> None:
    start = left + WIDTH - long if mirrored else left
    paper.code(f"q {_LINE} {thick} w {start:.2f} {y:.2f} m {start + long:.2f} {y:.2f} l S Q")


def _cover(paper: Paper, report: Report, country: str) -> None:
    width, height = paper.size
    left, language = (width - WIDTH) / 2, report.language
    paper.code(f"q {_ACCENT} rg 0 {height - 190:.2f} {width:.2f} 190 re f Q")
    paper.code("q 1 1 1 rg")
    y = height - 70
    for text, style in ((report.title, _TITLE), (report.state, _STATE)):
        block = _said(text, style, language)
        draw(paper, block, left, y)
        y -= block.height + 8
    paper.code("Q")
    day = long_date(report.day, language, country)
    y = height - 250
    for text, style, after in (
        (_told(report.total), _BIG, 2.0),
        (_("people are counted"), Style(13), 44.0),
        (report.post, Style(13, bold=True), 6.0),
        (day, Style(13), 40.0),
    ):
        block = _said(text, style, language)
        draw(paper, block, left, y)
        y -= block.height + after
    for note in report.notes:
        block = _said(note, _TEXT, language, leading=1.15)
        draw(paper, block, left, y)
        y -= block.height + 8


def _contents(paper: Paper, report: Report, begins: Sequence[int]) -> None:
    left, language = (paper.size[0] - WIDTH) / 2, report.language
    rtl = direction_of(language) == "rtl"
    y = paper.size[1] - _TOP
    heading = _said(_("Contents"), _CHAPTER, language)
    _drawn(heading, left, y, _ACCENT)(paper)
    y -= heading.height + 18
    for place, (chapter, page) in enumerate(zip(report.chapters, begins, strict=True), 1):
        title = _said(f"{place}. {chapter.title}", Style(12), language, WIDTH - 50)
        at = _said(number(page), Style(12), language, 40, "left" if rtl else "right")
        draw(paper, title, left + (50 if rtl else 0), y)
        draw(paper, at, left if rtl else left + WIDTH - 40, y)
        y -= title.height + 6
        _rule(paper, left, y + 2, WIDTH, 0.3, mirrored=rtl)
        y -= 6


def _foot(paper: Paper, report: Report, page: int) -> None:
    """The title and the number of the page."""
    left, language = (paper.size[0] - WIDTH) / 2, report.language
    rtl = direction_of(language) == "rtl"
    draw(paper, _said(f"{report.title} · {report.state}", _QUIET, language, WIDTH - 60), left + (60 if rtl else 0), 40)
    draw(
        paper,
        _said(number(page), _QUIET, language, 50, "left" if rtl else "right"),
        left if rtl else left + WIDTH - 50,
        40,
    )

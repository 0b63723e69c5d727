"""A form on pages: labels above boxes in two columns, to be written on, or with fields for a reader of PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from registry import kinds
from registry.documents.layout import direction_of
from registry.documents.paper import A4, Paper
from registry.documents.text import Block, Direction, Span, Style, clean, draw, lay_out
from registry.fields import CONSENT, split
from registry.forms.acrofields import TICK, with_fields
from registry.forms.content import WHAT_FOR, Form, Item, Section, choices, say, shown_choice
from registry.i18n import translate

_TITLE, _HEADING, _LABEL, _SMALL = Style(16, bold=True), Style(11.5, bold=True), Style(8.5), Style(7.5)
_MARGIN, _GAP = 48.0, 16.0
_COLUMN = (A4[0] - 2 * _MARGIN - _GAP) / 2
_BOX, _LONG_BOX = 19.0, 72.0
_BELOW = 9.0
#: So many answers are printed to be ticked; more have a box to write in.
_MOST_TICKS = 9


@dataclass(frozen=True)
class Place:
    """Where an answer goes on a page: points from the lower left corner; `tick` where it is a box to be ticked."""

    item: Item
    page: int
    left: float
    bottom: float
    width: float
    height: float
    tick: bool


@dataclass
class _Cell:
    """One question laid out for its column, of a height in points."""

    item: Item
    label: Block
    ticks: list[Block] = field(default_factory=list)
    wide: bool = False

    @property
    def ticked_before(self) -> bool:
        """Whether it is a further answer to a question of which all answers stand to be ticked already."""
        return bool(self.ticks) and self.item.several and split(self.item.name)[1] > 0

    @property
    def is_tick(self) -> bool:
        return self.item.field.table == CONSENT

    @property
    def box(self) -> float:
        return _LONG_BOX if self.item.field.kind is kinds.LONG_TEXT else _BOX

    @property
    def height(self) -> float:
        if self.is_tick:
            return max(self.label.height, TICK) + 4
        answers = sum(max(tick.height, TICK) + 2 for tick in self.ticks) if self.ticks else self.box
        return self.label.height + 2 + answers + _BELOW


class Pages:
    """Sets a form on pages from top to bottom and remembers where the answers go."""

    def __init__(self, form: Form, file: IO[bytes], language: str, *, ticks: bool) -> None:
        """`ticks`: short lists are printed to be ticked by hand."""
        self._form, self._language, self._ticks = form, language, ticks
        self._direction: Direction = direction_of(language)
        self._paper = Paper(file, title=say(form.titles, language), language=language)
        self._top = A4[1] - _MARGIN
        self.places: list[Place] = []

    def write(self) -> list[Place]:
        """Write all pages; where the answers go, in the order of the form."""
        self._text(say(self._form.titles, self._language), _TITLE, 6)
        self._text(translate(WHAT_FOR, self._language), _LABEL, 12)
        for section in self._form.sections:
            self._section(section)
        self._paper.end_page()
        self._paper.close()
        return self.places

    def _section(self, section: Section) -> None:
        cells = [cell for item in section.flat() if not (cell := self._cell(item)).ticked_before]
        rows = list(_rows(cells))
        heading = self._block(say(section.titles, self._language), _HEADING, A4[0] - 2 * _MARGIN)
        first = max(cell.height for cell in rows[0]) if rows else 0
        self._room(heading.height + first + 12)
        self._top -= 6
        draw(self._paper, heading, _MARGIN, self._top)
        self._top -= heading.height + 5
        for row in rows:
            height = max(cell.height for cell in row)
            self._room(height)
            for place, cell in enumerate(row):
                self._put(cell, self._left(place, cell))
            self._top -= height

    def _left(self, place: int, cell: _Cell) -> float:
        """Where a column begins; the first one is on the right where one reads from there."""
        if self._direction == "rtl" and not cell.wide:
            place = 1 - place
        return _MARGIN + place * (_COLUMN + _GAP)

    def _cell(self, item: Item) -> _Cell:
        wide = item.field.kind is kinds.LONG_TEXT
        width = A4[0] - 2 * _MARGIN if wide else _COLUMN
        consent = item.field.table == CONSENT
        label = say(item.labels, self._language)
        if hint := say(item.hints, self._language):
            spans = [Span(clean(label), _LABEL), Span("  " + clean(hint), _SMALL)]
        else:
            spans = [Span(clean(label), _LABEL)]
        inner = width - TICK - 6 if consent else width
        cell = _Cell(item, lay_out(spans, inner, direction=self._direction), wide=wide)
        offered = choices(item.field, self._language) if self._ticks and not consent else []
        if 0 < len(offered) <= _MOST_TICKS:
            labels = [shown_choice(item.field, code, self._language) for code in offered]
            cell.ticks = [self._block(text, _LABEL, width - TICK - 6) for text in labels]
        return cell

    def _put(self, cell: _Cell, left: float) -> None:
        top, width = self._top, A4[0] - 2 * _MARGIN if cell.wide else _COLUMN
        if cell.is_tick:
            self._tick(cell.label, left, top, width)
            at = self._beside(left, width)
            self.places.append(Place(cell.item, self._paper.pages, at, top - TICK - 1, TICK, TICK, True))
            return
        draw(self._paper, cell.label, left, top)
        top -= cell.label.height + 2
        if cell.ticks:
            for tick in cell.ticks:
                self._tick(tick, left, top, width)
                top -= max(tick.height, TICK) + 2
            return
        self._paper.canvas.setLineWidth(0.6)
        self._paper.canvas.rect(left, top - cell.box, width, cell.box)
        self.places.append(Place(cell.item, self._paper.pages, left, top - cell.box, width, cell.box, False))

    def _tick(self, label: Block, left: float, top: float, width: float) -> None:
        """A square and what it means beside it."""
        self._paper.canvas.setLineWidth(0.6)
        self._paper.canvas.rect(self._beside(left, width), top - TICK - 1, TICK, TICK)
        draw(self._paper, label, left if self._direction == "rtl" else left + TICK + 6, top)

    def _beside(self, left: float, width: float) -> float:
        return left + width - TICK if self._direction == "rtl" else left

    def _text(self, text: str, style: Style, below: float) -> None:
        block = self._block(text, style, A4[0] - 2 * _MARGIN)
        draw(self._paper, block, _MARGIN, self._top)
        self._top -= block.height + below

    def _block(self, text: str, style: Style, width: float) -> Block:
        return lay_out([Span(clean(text), style)], width, direction=self._direction)

    def _room(self, height: float) -> None:
        """Begin a new page if so much does not fit on this one."""
        if self._top - height < _MARGIN:
            self._paper.end_page()
            self._top = A4[1] - _MARGIN


def _rows(cells: list[_Cell]) -> Iterator[list[_Cell]]:
    """Cells in pairs, wide ones alone."""
    row: list[_Cell] = []
    for cell in cells:
        if row and (cell.wide or len(row) == 2):
            yield row
            row = []
        row.append(cell)
        if cell.wide:
            yield row
            row = []
    if row:
        yield row


def write_paper(form: Form, file: IO[bytes], language: str) -> int:
    """Write the form to be filled in by hand; returns the number of its questions."""
    Pages(form, file, language, ticks=True).write()
    return sum(1 for _item in form.items())


def write_pdf(form: Form, file: IO[bytes], language: str) -> int:
    """Write the form with fields to be filled in with a reader of PDF; returns their number."""
    pages = io.BytesIO()
    places = Pages(form, pages, language, ticks=False).write()
    with_fields(pages, places, file, language)
    return len(places)

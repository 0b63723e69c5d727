"""Sheets of labels: those of the trade, and one by its own measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from registry.documents.paper import A4
from registry.documents.stationery import MM, US_LETTER
from registry.errors import Invalid
from registry.i18n import N_

NO_SHEET = N_(
    "“{code}” is no sheet of labels of ours. Known: {known}. Another one is told by its measures in millimetres, "
    "such as {example}."
)
NO_ROOM = N_("Labels of these measures do not fit on the sheet: {measures}.")
NO_PLACE = N_("This sheet has {count} labels. Begin with a number from 1 to {count}.")
#: Columns and rows, width and height of a label, left and top margin, gaps between labels, paper.
EXAMPLE = "3x7 63.5x38.1 7.2+15.1 2.5x0 A4"

_PAPERS = {"A4": A4, "LETTER": US_LETTER}
_SIZE = r"\d{1,3}(?:\.\d{1,3})?"
_MEASURES = re.compile(
    rf"(?P<columns>\d{{1,2}})x(?P<rows>\d{{1,2}})\s+(?P<width>{_SIZE})x(?P<height>{_SIZE})"
    rf"\s+(?P<left>{_SIZE})\+(?P<top>{_SIZE})(?:\s+(?P<across>{_SIZE})x(?P<down>{_SIZE}))?(?:\s+(?P<paper>A4|LETTER))?",
    re.IGNORECASE,
)
#: What printers and rounding may add up to, in millimetres.
_SLACK = 1.0
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labels of one size in columns and rows; millimetres, gaps between one label and the next.

    Attributes:
        size: of the paper, in points.
    """

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float = 0.0
    down: float = 0.0
    size: tuple[float, float] = A4

    @property
    def places(self) -> int:
        """How many labels it has."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Left and top of a label, row by row from 0, in millimetres from the upper left corner."""
        row, column = divmod(number, self.columns)
        return self.left + column * (self.width + self.across), self.top + row * (self.height + self.down)

    @property
    def fits(self) -> bool:
        """Whether all labels are on the paper and have a size."""
        right, bottom = self.place(self.places - 1)
        width, height = (side / MM + _SLACK for side in self.size)
        return min(self.width, self.height) >= 8 and right + self.width <= width and bottom + self.height <= height

    @property
    def measures(self) -> str:
        """What `sheet` reads it from."""
        paper = "letter" if self.size == US_LETTER else "A4"
        sizes = f"{self.width:g}x{self.height:g} {self.left:g}+{self.top:g} {self.across:g}x{self.down:g}"
        return f"{self.columns}x{self.rows} {sizes} {paper}"


def _american(columns: int, rows: int, width: float, height: float, left: float, top: float, across: float) -> Sheet:
    """A sheet of the American letter size, given in inches."""
    width, height, left, top, across = (round(each * _INCH, 3) for each in (width, height, left, top, across))
    return Sheet(columns, rows, width, height, left, top, across, size=US_LETTER)


_L7160 = Sheet(3, 7, 63.5, 38.1, 7.21, 15.15, 2.54)
_L7163 = Sheet(2, 7, 99.1, 38.1, 4.67, 15.15, 2.54)
_5160 = _american(3, 10, 2.625, 1, 0.1875, 0.5, 0.125)
#: Makers' measures: Avery L and J (A4), Avery Zweckform 3000s (A4), Avery 5000s and 8000s (letter).
SHEETS: Mapping[str, Sheet] = {
    "L7160": _L7160,
    "L7159": Sheet(3, 8, 63.5, 33.9, 7.21, 12.9, 2.54),
    "L7161": Sheet(3, 6, 63.5, 46.6, 7.21, 8.7, 2.54),
    "L7162": Sheet(2, 8, 99.1, 33.9, 4.67, 12.9, 2.54),
    "L7163": _L7163,
    "L7165": Sheet(2, 4, 99.1, 67.7, 4.67, 13.1, 2.54),
    "J8160": _L7160,
    "J8163": _L7163,
    "3422": Sheet(3, 8, 70, 35, 0, 8.5),
    "3474": Sheet(3, 8, 70, 37, 0, 0.5),
    "3475": Sheet(3, 8, 70, 36, 0, 4.5),
    "3652": Sheet(3, 7, 70, 42.3, 0, 0.45),
    "3653": Sheet(2, 7, 105, 42.3, 0, 0.45),
    "5160": _5160,
    "5161": _american(2, 10, 4, 1, 0.15625, 0.5, 0.1875),
    "5162": _american(2, 7, 4, 4 / 3, 0.15625, 5 / 6, 0.1875),
    "5163": _american(2, 5, 4, 2, 0.15625, 0.5, 0.1875),
    "8160": _5160,
}


def sheet(code: str) -> Sheet:
    """The sheet of a maker's code, or of measures as in `EXAMPLE`; raises `Invalid` if it is neither or has no room."""
    text = " ".join(code.split())
    if found := SHEETS.get(text.upper()):
        return found
    told = _MEASURES.fullmatch(text)
    if told is None:
        raise Invalid(NO_SHEET, code=text[:40], known=", ".join(SHEETS), example=EXAMPLE)
    names = ("width", "height", "left", "top", "across", "down")
    width, height, left, top, across, down = (float(told[name] or 0) for name in names)
    paper = _PAPERS[(told["paper"] or "A4").upper()]
    made = Sheet(int(told["columns"]), int(told["rows"]), width, height, left, top, across, down, paper)
    if not made.places or not made.fits:
        raise Invalid(NO_ROOM, measures=text[:60])
    return made


def first_place(chosen: Sheet, start: int) -> int:
    """The place from 0 of the label that is printed first; raises `Invalid` where the sheet has no such label."""
    if not 1 <= start <= chosen.places:
        raise Invalid(NO_PLACE, count=chosen.places)
    return start - 1

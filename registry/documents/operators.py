"""Lines of shaped text as content-stream operators (ISO 32000-1, 9.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from registry.documents.paper import Paper
from registry.documents.words import Item


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line, its items from left to right.

    Attributes:
        left: where it begins, in points from the block's left edge.
        gap: points added to every space of a justified line.
        above, below: its height over and depth under the baseline, in points.
    """

    items: tuple[Item, ...]
    left: float
    gap: float
    above: float
    below: float


def operators(paper: Paper, lines: Iterable[Line]) -> str:
    """The operators that draw lines one under the other, from the upper left corner at the origin."""
    pen = _Pen(paper)
    top = 0.0
    for line in lines:
        top -= line.above
        pen.draw(line, top)
        top -= line.below
    return "\n".join(["BT", *pen.code, "ET", *pen.rules])


@lru_cache(maxsize=64)
def _moved(gap: float, size: float) -> str:
    """A gap in points as a number of a `TJ` array."""
    return f"{-gap * 1000 / size:.0f}"


class _Pen:
    """Writes text-showing operators, changing the text state only where it must.

    Attributes:
        code: operators for between `BT` and `ET`.
        rules: operators that fill underlines.
    """

    def __init__(self, paper: Paper) -> None:
        self.code: list[str] = []
        self.rules: list[str] = []
        self._paper = paper
        self._shown: list[str] = []
        self._state = ("", 0.0, 0.0, False)

    def draw(self, line: Line, baseline: float) -> None:
        """Draw one line on its baseline."""
        self.code.append(f"1 0 0 1 {line.left:.2f} {baseline:.2f} Tm")
        shown, show, gap = self._shown, self._paper.show, line.gap
        known, opening, size = self._paper.shown, "", 0.0
        left = line.left
        marked: list[tuple[Item, float]] = []
        for item in line.items:
            piece, style = item.piece, item.style
            if piece.plain and not style.underline:  # the short way for most words
                font, ((_rise, content),) = known.get(piece) or show(piece)
                if font != self._state[0] or self._state != (font, style.size, 0.0, piece.embolden):
                    self._switch((font, style.size, 0.0, piece.embolden))
                shown.append(content)
                left += item.width
                if gap and (item.space or item.opens):
                    if size != style.size:
                        opening, size = _moved(gap, style.size), style.size
                    shown.append(opening)
                    left += gap
                continue
            if piece.spoken:
                self._flush()
                self.code.append(f"/Span<</ActualText<feff{piece.spoken.encode('utf-16-be').hex()}>>>BDC")
            font, contents = show(piece)
            for rise, content in contents:
                state = (font, style.size, rise, piece.embolden)
                if state != self._state:
                    self._switch(state)
                shown.append(content)
            if piece.spoken:
                self._flush()
                self.code.append("EMC")
            if piece.marks:
                marked.append((item, left))
            width = item.width
            if gap and (item.space or item.opens):
                shown.append(_moved(gap, style.size))
                width += gap
            if style.underline:
                self._underline(left, baseline, width, style.size)
            left += width
        self._flush()
        if marked:
            self._draw_marks(marked, baseline)

    def _draw_marks(self, marked: list[tuple[Item, float]], baseline: float) -> None:
        """Draw the dots of a line after it, standing for no text."""
        self.code.append("/Span<</ActualText( )>>BDC")
        for item, left in marked:
            size, piece = item.style.size, item.piece
            font, _contents = self._paper.show(piece)
            self._switch((font, size, 0.0, piece.embolden))
            for mark in piece.marks:
                x, y = left + mark.right * size / 1000, baseline + mark.up * size / 1000
                self.code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {self._paper.show_mark(piece, mark)}Tj")
        self.code.append("EMC")

    def _flush(self) -> None:
        if self._shown:
            self.code.append(f"[{''.join(self._shown)}]TJ")
            self._shown.clear()

    def _switch(self, state: tuple[str, float, float, bool]) -> None:
        """Set font, size, rise (thousandths of the size) and emboldening where they differ from what is set."""
        self._flush()
        font, size, rise, embolden = state
        before = self._state
        self._state = state
        if before[:2] != state[:2]:
            self.code.append(f"/{font} {size:g} Tf")
        if before[2] * before[1] != rise * size:
            self.code.append(f"{rise * size / 1000:.2f} Ts")
        if before[3] != embolden:
            self.code.append(f"2 Tr {size / 40:.2f} w" if embolden else "0 Tr")

    def _underline(self, left: float, baseline: float, width: float, size: float) -> None:
        self.rules.append(f"{left:.2f} {baseline - size * 0.12:.2f} {width:.2f} {size * 0.05:.2f} re f")

"""The sheet that a chart is drawn on: boxes, lines and words from left to right, mirrored as a whole at the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from registry.documents.words import runs_right_to_left
from registry.figures.shapes import PRINT, Anchor, Area, Dot, Figure, Line, Palette, Points, Shape, Words

#: Where words stand beside their x, on the sheet as it is before it is mirrored.
Side = Literal["left", "middle", "right"]
#: Points between the lines of a hatching.
_HATCH = 4.0
#: How wide a letter is on average, as a part of its size; those of East Asia are as wide as high.
_LETTER, _WIDE_LETTER = 0.56, 1.0
#: Fills of more luminance than this have black words on them: with either, contrast is 4.5 at least (WCAG 2.2).
_LIGHT = 0.179


@dataclass(frozen=True)
class Style:
    """How a chart looks.

    Attributes:
        width: of the figure, in points.
        size: of its words, in points.
        mirrored: for a reader of a language that is written from right to left.
    """

    palette: Palette = PRINT
    width: float = 480
    size: float = 8.5
    mirrored: bool = False


#: As reports have it.
PAPER = Style()


class Sheet:
    """Shapes so far.

    Attributes:
        shapes: in the order in which they are drawn, from left to right.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.shapes: list[Shape] = []

    def box(self, x: float, y: float, width: float, height: float, fill: str, key: str = "", tip: str = "") -> None:
        """A filled box; one in the colour of nothing known has an edge."""
        edge = self.style.palette.quiet if fill == self.style.palette.none else ""
        self.shapes.append(Area((_corners(x, y, width, height),), fill, edge, 0.5, key, tip))

    def hatched(self, x: float, y: float, width: float, height: float, key: str = "", tip: str = "") -> None:
        """A box for a count that is withheld: its size says nothing."""
        palette = self.style.palette
        self.shapes.append(Area((_corners(x, y, width, height),), palette.ground, palette.quiet, 0.5, key, tip))
        for start in np.arange(_HATCH, width + height, _HATCH):
            ends = (
                (x + max(start - height, 0), y + min(start, height)),
                (x + min(start, width), y + max(start - width, 0)),
            )
            self.line(ends, palette.quiet)

    def line(self, points: Sequence[tuple[float, float]], stroke: str = "", width: float = 0.5) -> None:
        """A line through points."""
        self.shapes.append(Line(np.array(points, np.float32), stroke or self.style.palette.grid, width))

    def words(
        self,
        x: float,
        y: float,
        text: str,
        side: Side = "left",
        *,
        room: float = 0,
        colour: str = "",
        bold: bool = False,
    ) -> None:
        """Words on the base line y; `side` says which of their sides stands at x."""
        if text:
            ink = colour or self.style.palette.ink
            words = Words(x, y, text, self.style.size, ink, anchor(text, side), bold, room)
            self.shapes.append(words)

    def figure(self, height: float, title: str, alternative: str) -> Figure:
        """All of it."""
        width = self.style.width
        shapes = [mirrored(shape, width) for shape in self.shapes] if self.style.mirrored else self.shapes
        return Figure(width, height, tuple(shapes), title, alternative)


def mirrored(shape: Shape, width: float) -> Shape:
    """The shape on the other side of a figure of this width; words stay readable."""
    if isinstance(shape, Area):
        return replace(shape, rings=tuple(_turned(ring, width) for ring in shape.rings))
    if isinstance(shape, Line):
        return replace(shape, points=_turned(shape.points, width))
    if isinstance(shape, Dot):
        return replace(shape, x=width - shape.x)
    turned: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}
    return replace(shape, x=width - shape.x, anchor=turned[shape.anchor])


def anchor(text: str, side: Side) -> Anchor:
    """Which part of a text, in its own direction, is on that side."""
    if side == "middle":
        return "middle"
    return "start" if (side == "left") != runs_right_to_left(text) else "end"


def breadth(text: str, size: float) -> float:
    """About how wide a text is, in points: enough to share out room; what is drawn is measured."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return size * (_WIDE_LETTER * wide + _LETTER * (len(text) - wide))


def words_on(fill: str) -> str:
    """The colour of words on a fill: black or white, whichever stands out more."""
    channels = (int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _LIGHT else "#ffffff"


def _turned(points: Points, width: float) -> Points:
    return np.column_stack((width - points[:, 0], points[:, 1])).astype(np.float32)


def _corners(x: float, y: float, width: float, height: float) -> Points:
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], np.float32)

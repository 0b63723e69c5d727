"""What every map has around it: a heading, lists, numbers on it, and what has to be said under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from babel import Locale

from registry import formats
from registry.figures.fitting import line_of, shown, width_of, wrapped
from registry.figures.shapes import Area, Dot, Figure, Line, Palette, Points, Shape, Words
from registry.i18n import N_, _, current_language

DISCLAIMER = N_(
    "Outlines and names are shown for orientation. They express no opinion on the legal status of any territory or on "
    "any frontier, and no recognition or endorsement."
)
#: Points.
MARGIN, GAP = 4.0, 8.0
_HEADING, _TEXT, _SMALL, _TAG = 14.0, 8.0, 7.0, 6.0
_ROW = 13.0
_LINE = 1.4  # lines of small text apart, in sizes


class MapPage:
    """Shapes so far; x counts from where lines begin, so that a language from right to left is mirrored.

    Attributes:
        width: in points.
        shapes: in the order in which they are drawn.
        mirrored: whether the language runs from right to left.
    """

    def __init__(self, width: float, palette: Palette) -> None:
        self.width, self.palette = width, palette
        self.shapes: list[Shape] = []
        self.mirrored = Locale.parse(current_language()).text_direction == "rtl"

    def heading(self, title: str) -> float:
        """The title over everything; returns where it ends."""
        return self.write(title, MARGIN, MARGIN + _HEADING, _HEADING, bold=True) + MARGIN

    def write(
        self,
        text: str,
        x: float,
        y: float,
        size: float = _TEXT,
        *,
        bold: bool = False,
        quiet: bool = False,
        at_end: bool = False,
        room: float = 0,
    ) -> float:
        """Words on a base line, beginning or ending at x; returns the base line."""
        colour = self.palette.quiet if quiet else self.palette.ink
        most = 0.0 if at_end else room or self.width - x
        text = shown(Words(0, y, text, size, colour, "start", bold, most))
        width = width_of(line_of(Words(0, y, text, size, colour, "start", bold), text))
        left = self.from_side(x - width if at_end else x, width)
        self.shapes.append(Words(left + width / 2, y, text, size, colour, "middle", bold))
        return y

    def from_side(self, x: float, width: float) -> float:
        """The left edge of something so wide, x points from where lines begin."""
        return self.width - x - width if self.mirrored else x

    def legend(self, rows: Iterable[tuple[str, str]], top: float) -> float:
        """A box of each colour with what it means; returns where it ends."""
        y = top
        for colour, words in rows:
            x = self.from_side(MARGIN, 14)
            self.shapes.append(Area((box(x, y, x + 14, y + 9),), colour, self.palette.quiet, 0.4))
            self.write(words, MARGIN + 19, y + 7.5)
            y += _ROW
        return y

    def listed(self, rows: Sequence[tuple[str, str]], begin: float, top: float) -> float:
        """Names and what they have, in two columns from `begin` on; returns where it ends."""
        lines = max(-(-len(rows) // 2), 1)
        room = (self.width - begin - MARGIN) / 2 - GAP
        for place, (name, has) in enumerate(rows):
            x, y = begin + place // lines * (room + GAP), top + place % lines * _ROW + 7.5
            self.write(name, x, y, room=room - 70)
            self.write(has, x + room, y, at_end=True)
        return top + lines * _ROW

    def tags(self, tags: Iterable[tuple[float, float, str]]) -> None:
        """Words in small boxes around points, left to right; those that would cover an earlier one are left out."""
        taken: list[tuple[float, float, float, float]] = []
        for x, y, text in tags:
            words = Words(x, y + 2, text, _TAG, self.palette.ink, "middle")
            half = width_of(line_of(words, text)) / 2 + 1.5
            left = min(max(x - half, MARGIN), self.width - MARGIN - 2 * half)
            edge = (left, y - 4.5, left + 2 * half, y + 4)
            if any(edge[0] < b[2] and b[0] < edge[2] and edge[1] < b[3] and b[1] < edge[3] for b in taken):
                continue
            taken.append(edge)
            ground = Area((box(*edge),), self.palette.ground, self.palette.grid, 0.3)
            self.shapes += [ground, Words(left + half, y + 2, text, _TAG, self.palette.ink, "middle")]

    def place(self, chart: Figure, top: float) -> None:
        """Put a figure of the same width so far down."""
        down = np.array((0, top), np.float32)
        for shape in chart.shapes:
            match shape:
                case Area(rings):
                    self.shapes.append(replace(shape, rings=tuple(ring + down for ring in rings)))
                case Line(points):
                    self.shapes.append(replace(shape, points=points + down))
                case Dot() | Words():
                    self.shapes.append(replace(shape, y=shape.y + top))

    def figure(self, lines: Sequence[str], y: float, title: str, alternative: str) -> Figure:
        """All of it, with sentences in small print from y on."""
        day = _("As of {day}.", day=formats.day(date.today()))
        y += GAP
        for line in wrapped(" ".join([*lines, day]), _SMALL, self.width - 2 * MARGIN):
            y = self.write(line, MARGIN, y + _SMALL, _SMALL, quiet=True) + _SMALL * (_LINE - 1)
        height = y + MARGIN
        ground = Area((box(0, 0, self.width, height),), self.palette.ground)
        return Figure(self.width, height, (ground, *self.shapes), title, alternative)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """The corners of a box."""
    return np.array(((left, top), (right, top), (right, bottom), (left, bottom)), np.float32)

"""A figure on paper: its shapes as operators of a page (ISO 32000-1, 8.5), its words in the fonts of all paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

from registry.documents.operators import operators
from registry.documents.paper import Paper
from registry.figures.fitting import left_of, line_of, shown, width_of
from registry.figures.shapes import Area, Dot, Figure, Line, Points, Words

#: The control points of a quarter of a circle, in radii.
_CURVE = 0.5523


def to_pdf(figure: Figure, language: str = "en") -> bytes:
    """The figure as a file of one page of its own size."""
    file = io.BytesIO()
    paper = Paper(file, title=figure.title, language=language, size=(figure.width, figure.height))
    draw(paper, figure, 0, figure.height)
    paper.end_page()
    paper.close()
    return file.getvalue()


def draw(paper: Paper, figure: Figure, left: float, top: float, scale: float = 1.0) -> None:
    """Put a figure on the page in hand.

    Args:
        left, top: its upper left corner, in points from the page's lower left.
        scale: its size there as a multiple of its own.
    """
    page = _Page(paper, left, top, scale)
    paper.code("q")
    for shape in figure.shapes:
        match shape:
            case Area():
                page.area(shape)
            case Dot():
                page.dot(shape)
            case Line():
                page.line(shape)
            case Words():
                page.words(shape)
    paper.code("Q")


class _Page:
    """Turns points of the figure into points of the page, whose y goes upwards."""

    def __init__(self, paper: Paper, left: float, top: float, scale: float) -> None:
        self._paper, self._left, self._top, self._scale = paper, left, top, scale

    def area(self, area: Area) -> None:
        """Fill and stroke rings; even-odd, so that a ring within another is a hole."""
        if area.fill or area.stroke:
            self._colours(area.fill, area.stroke, area.width)
            rings = (part for ring in area.rings if len(ring) for part in (*self._path(ring), "h"))
            self._paper.code(*rings, _painting(area.fill, area.stroke))

    def dot(self, dot: Dot) -> None:
        """A circle of four curves."""
        x, y = self._left + dot.x * self._scale, self._top - dot.y * self._scale
        radius = dot.radius * self._scale
        bend = radius * _CURVE
        corners = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
        code = [f"{x + radius:.2f} {y:.2f} m"]
        for (east, north), (then_east, then_north) in pairwise(corners):
            first = (x + east * radius + then_east * bend, y + north * radius + then_north * bend)
            second = (x + then_east * radius + east * bend, y + then_north * radius + north * bend)
            end = (x + then_east * radius, y + then_north * radius)
            code.append(" ".join(f"{a:.2f} {b:.2f}" for a, b in (first, second, end)) + " c")
        self._colours(dot.fill, dot.stroke, dot.width)
        self._paper.code(*code, "h", _painting(dot.fill, dot.stroke))

    def line(self, line: Line) -> None:
        """Stroke an open line."""
        if len(line.points):
            self._colours("", line.stroke, line.width)
            self._paper.code(*self._path(line.points), "S")

    def words(self, words: Words) -> None:
        """One line of text on its base line."""
        line = line_of(words, shown(words))
        if line is None:
            return
        x = self._left + left_of(words, width_of(line)) * self._scale
        y = self._top - words.y * self._scale + line.above * self._scale
        colour = _numbers(words.colour)
        drawn = operators(self._paper, [line])
        size = f"{self._scale:.5g}"
        self._paper.code(f"q {colour} rg {colour} RG {size} 0 0 {size} {x:.2f} {y:.2f} cm {drawn} Q")

    def _path(self, points: Points) -> Iterator[str]:
        step = "m"
        for x, y in points.tolist():
            yield f"{self._left + x * self._scale:.2f} {self._top - y * self._scale:.2f} {step}"
            step = "l"

    def _colours(self, fill: str, stroke: str, width: float) -> None:
        if fill:
            self._paper.code(f"{_numbers(fill)} rg")
        if stroke:
            self._paper.code(f"{_numbers(stroke)} RG {width * self._scale:.2f} w 1 j")


def _painting(fill: str, stroke: str) -> str:
    if fill and stroke:
        return "B*"
    return "f*" if fill else "S"


def _numbers(colour: str) -> str:
    """A colour as three numbers from 0 to 1."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))

"""A figure among the paragraphs and tables of a document."""

from __future__ import annotations

from dataclasses import dataclass

from registry.documents.layout import Part
from registry.documents.paper import Paper
from registry.figures.pdf import draw
from registry.figures.shapes import Figure


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a flow: the figure as wide as the column, or smaller where it would be higher than `highest`.

    Attributes:
        width: of the column, in points.
        highest: the most that it may be high, in points.
    """

    figure: Figure
    width: float
    highest: float = 640.0
    before: float = 4.0
    after: float = 12.0
    keeps: bool = False

    @property
    def scale(self) -> float:
        """Its size as a multiple of its own."""
        return min(self.width / self.figure.width, self.highest / self.figure.height)

    @property
    def height(self) -> float:
        return self.figure.height * self.scale

    def draw(self, paper: Paper, left: float, top: float) -> None:
        beside = (self.width - self.figure.width * self.scale) / 2
        draw(paper, self.figure, left + beside, top, self.scale)

    def split(self, height: float) -> tuple[Part, Part] | None:
        return None

"""A figure: shapes in points (1/72 inch), the origin at the top left, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

#: A closed ring or an open line: shape (n, 2), x and y in points.
Points: TypeAlias = npt.NDArray[np.float32]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Area:
    """What closed rings enclose; a ring within another is a hole (even-odd).

    Attributes:
        rings: of a country, of a slice; a box has one ring of four points.
        fill, stroke: colours as "#rrggbb"; "" = none.
        width: of the stroke.
        key: which group it shows, for whoever clicks it; "" = none.
        tip: what it says under the pointer.
    """

    rings: tuple[Points, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.5
    key: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Dot:
    """A filled circle; attributes as of `Area`."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    width: float = 0.5
    key: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Line:
    """An open line through points."""

    points: Points
    stroke: str
    width: float = 0.5


@dataclass(frozen=True)
class Words:
    """Text in any script on one line.

    Attributes:
        x, y: of its base line.
        anchor: which part of the text stands at x: where it begins, in its own direction, its middle or its end.
        room: the widest it may be; longer text is cut with an ellipsis. 0 = any.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    bold: bool = False
    room: float = 0


Shape: TypeAlias = Area | Dot | Line | Words


@dataclass(frozen=True)
class Figure:
    """A drawing.

    Attributes:
        width, height: in points.
        shapes: in the order in which they are drawn.
        title: what it shows, in one sentence.
        alternative: the same for whoever can't see it: its main numbers in words.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    alternative: str


@dataclass(frozen=True)
class Palette:
    """The colours of a figure, as "#rrggbb".

    Attributes:
        ground, ink, quiet, grid: of the paper, of words, of lesser words, of axes and outlines.
        scale: from few to many, in order of lightness, so that it reads in grey and to the colour-blind.
        kinds: for groups without an order, told apart by the colour-blind as well.
        none: where nothing is known.
    """

    ground: str
    ink: str
    quiet: str
    grid: str
    scale: tuple[str, ...]
    kinds: tuple[str, ...]
    none: str


#: For paper. Scale: "cividis" (Nuñez, Anderton, Renslow, PLOS ONE 13, 2018), light to dark; kinds: Okabe, Ito 2008.
PRINT = Palette(
    ground="#ffffff",
    ink="#1a1a1a",
    quiet="#5c5c5c",
    grid="#c8c8c8",
    scale=("#fde737", "#c9b857", "#979074", "#6c6e72", "#434e6c", "#00224e"),
    kinds=("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000"),
    none="#eeeeee",
)

"""The outlines of countries as Qt draws them, made once, on the plane of the map: x eastwards, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from registry.mapping import outlines
from registry.mapping.projection import equal_earth
from ui.widgets.figure_view import polygon


@dataclass(frozen=True)
class Outline:
    """A country on the plane.

    Attributes:
        path: all its rings.
        bounds: of the path.
        main: of its largest ring: where it is looked at.
    """

    path: QPainterPath
    bounds: QRectF
    main: QRectF


@cache
def paths(edition: outlines.Edition) -> Mapping[str, Outline]:
    """Alpha-3 -> outline; "" = land that is no country's."""
    return {code: _outline(rings) for code, rings in outlines.rings(edition).items()}


@cache
def world() -> QRectF:
    """What all countries together cover."""
    together = QRectF()
    for outline in paths("world").values():
        together = together.united(outline.bounds)
    return together


@cache
def anchor(code: str) -> QPointF | None:
    """The point that stands for a country."""
    place = outlines.anchor(code)
    return None if place is None else QPointF(*at(place)[0])


def at(*places: tuple[float, float]) -> list[tuple[float, float]]:
    """Places by longitude and latitude, on the plane."""
    degrees = np.array([(outlines.on_map(longitude), latitude) for longitude, latitude in places]).reshape(-1, 2)
    return [(x, -y) for x, y in equal_earth(degrees).tolist()]


def _outline(rings: tuple[outlines.Ring, ...]) -> Outline:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(polygon((equal_earth(ring) * (1, -1)).astype(np.float32)))
        path.closeSubpath()
    main = polygon((equal_earth(rings[0]) * (1, -1)).astype(np.float32)).boundingRect()
    return Outline(path, path.boundingRect(), main)

"""Which part of the plane is seen, and how large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

#: The furthest one may come near, in whole maps.
_NEAREST = 400.0
#: What is looked at closely fills so much of the view.
_FILLS = 0.8


class Camera:
    """Where a view looks.

    Attributes:
        centre: the point of the plane in the middle of the view.
        near: how many times larger than the whole plane in the view, 1 = just that.
    """

    def __init__(self, plane: QRectF) -> None:
        self._plane = plane
        self.size = QSizeF(1, 1)
        self.centre = plane.center()
        self.near = 1.0

    @property
    def scale(self) -> float:
        """Pixels for a unit of the plane."""
        plane = self._plane
        return self.near * min(self.size.width() / plane.width(), self.size.height() / plane.height()) * 0.98

    @property
    def transform(self) -> QTransform:
        """From the plane to pixels of the view."""
        moved = QTransform.fromTranslate(self.size.width() / 2, self.size.height() / 2)
        moved.scale(self.scale, self.scale)
        return moved.translate(-self.centre.x(), -self.centre.y())

    def on_plane(self, pixel: QPointF) -> QPointF:
        """The point of the plane under a pixel."""
        middle = QPointF(self.size.width() / 2, self.size.height() / 2)
        return self.centre + (pixel - middle) / self.scale

    def seen(self) -> QRectF:
        """The part of the plane in view."""
        return QRectF(self.on_plane(QPointF(0, 0)), self.on_plane(QPointF(self.size.width(), self.size.height())))

    def move(self, pixels: QPointF) -> None:
        """Let the plane follow a hand by so many pixels."""
        self._look(self.centre - pixels / self.scale)

    def zoom(self, times: float, pixel: QPointF | None = None) -> None:
        """Come nearer; the point under the pixel stays where it is."""
        held = self.centre if pixel is None else self.on_plane(pixel)
        before = self.scale
        self.near = min(max(self.near * times, 1.0), _NEAREST)
        self._look(held + (self.centre - held) * (before / self.scale))

    def look_at(self, part: QRectF) -> None:
        """Show a part of the plane as large as it fits."""
        self.near = 1.0
        width, height = (max(length, 1e-4) for length in (part.width(), part.height()))
        times = min(self.size.width() / width, self.size.height() / height) * _FILLS / self.scale
        self.near = min(max(times, 1.0), _NEAREST)
        self._look(part.center())

    def whole(self) -> None:
        """Show the whole plane."""
        self.near = 1.0
        self._look(self._plane.center())

    def _look(self, centre: QPointF) -> None:
        """The centre stays on the plane; a direction in which all of it is seen is in the middle."""
        plane = self._plane
        wide, high = self.size.width() / self.scale, self.size.height() / self.scale
        x = plane.center().x() if wide >= plane.width() else _within(centre.x(), plane.left(), plane.right(), wide / 2)
        y = plane.center().y() if high >= plane.height() else _within(centre.y(), plane.top(), plane.bottom(), high / 2)
        self.centre = QPointF(x, y)


def _within(value: float, low: float, high: float, half: float) -> float:
    """The nearest place from which nothing beyond the plane is seen; it may be left by half a view's half."""
    margin = half / 2
    return min(max(value, low + margin), high - margin)

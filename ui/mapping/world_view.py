"""The map of the world: shaded countries, dots for those too small to see, cities when one comes near."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from registry.formats import number
from registry.mapping.clusters import Cluster, clustered
from registry.mapping.outlines import Edition
from ui import theme
from ui.mapping import outline_paths
from ui.mapping.camera import Camera
from ui.mapping.shown import Shown
from ui.widgets.figure_view import palette

#: Milliseconds without a movement after which the finer outlines are drawn.
_REST = 120
#: So near, the finer outlines are needed; so near, cities are shown.
_FINE, _CITIES = 2.5, 4.0
#: Pixels: a country drawn smaller gets a dot; how far apart cities must be; how far a hand may tremble in a click.
_SMALL, _DOT, _APART, _TREMBLE = 7.0, 4.5, 30.0, 4
_STEP, _ZOOM = 80.0, 1.6
#: How many of the largest cities have a dot from afar, and its radius in pixels.
_DOTS, _CITY = 60, 2.2
#: The largest and the smallest circle of a city, and how far its number may reach, in pixels.
_LARGEST, _LEAST, _AROUND = 22.0, 11.0, 40
_ARROWS = {
    Qt.Key.Key_Left: QPointF(_STEP, 0),
    Qt.Key.Key_Right: QPointF(-_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, _STEP),
    Qt.Key.Key_Down: QPointF(0, -_STEP),
}


class WorldView(QWidget):
    """The map. A hand or the arrows move it, the wheel or + and - bring it nearer, a double click or Enter a country.

    Signals:
        marked: another country is marked; "" = none.
        opened: a country was clicked.
        city_opened: a city was clicked: a `City`.
        moved: it shows another part.
    """

    marked = Signal(str)
    opened = Signal(str)
    city_opened = Signal(object)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.mark = ""
        self.camera = Camera(outline_paths.world())
        self.clusters: list[Cluster] = []
        self._places: list[tuple[float, float]] = []
        self._still: QPixmap | None = None
        self._still_at = QPointF()
        self._hand: QPointF | None = None
        self._pressed = QPointF()
        self._rest, self._single = QTimer(self), QTimer(self)
        for timer, wait, done in (
            (self._rest, _REST, self._settle),
            (self._single, QApplication.doubleClickInterval(), self._open_marked),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(done)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 200)

    def show_world(self, shown: Shown) -> None:
        """Show other counts."""
        self.shown = shown
        self._places = outline_paths.at(*((city.longitude, city.latitude) for city, _count in shown.cities))
        self._changed()

    def set_mark(self, code: str, *, follow: bool = False) -> None:
        """Mark a country; `follow` = let a map that is near go there."""
        if code == self.mark:
            return
        self.mark = code
        place = outline_paths.anchor(code) if follow and code and self.camera.near > 1 else None
        if place is not None and not self.camera.seen().contains(place):
            self.look_at(code)
        self.setAccessibleDescription(self.shown.tip(code) if code else "")
        self._settle()
        self.marked.emit(code)

    def look_at(self, code: str) -> None:
        """Come near a country."""
        outline, place = outline_paths.paths("outlines").get(code), outline_paths.anchor(code)
        if outline is not None:
            self.camera.look_at(outline.main)
        elif place is not None:
            self.camera.look_at(QRectF(place.x() - 0.01, place.y() - 0.01, 0.02, 0.02))
        self._changed()

    def zoom(self, times: float = _ZOOM, pixel: QPointF | None = None) -> None:
        """Come nearer, or go back for less than 1."""
        self.camera.zoom(times, pixel)
        self._changed()

    def whole(self) -> None:
        """Show the whole world."""
        self.camera.whole()
        self._changed()

    # --- drawing ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """What was drawn, moved; only what came into view beside it is drawn anew, coarsely."""
        if self._still is None:
            self._still = self._drawn("world")
        else:
            self._follow(self._still)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        if self.mark:
            self._draw_name(painter)

    def _drawn(self, edition: Edition) -> QPixmap:
        """The whole view drawn as it is now."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap((QSizeF(self.size()) * ratio).toSize())
        drawn.setDevicePixelRatio(ratio)
        painter = QPainter(drawn)
        self._draw(painter, self.rect(), edition)
        painter.end()
        self._still_at = self.camera.centre
        return drawn

    def _follow(self, still: QPixmap) -> None:
        """Move what was drawn by whole pixels after the camera."""
        unit = self.devicePixelRatioF() * self.camera.scale
        away = ((self._still_at - self.camera.centre) * unit).toPoint()
        if away.isNull():
            return
        self._still_at -= QPointF(away) / unit
        still.scroll(away.x(), away.y(), still.rect())
        x, y = (math.ceil(length / self.devicePixelRatioF()) for length in (abs(away.x()), abs(away.y())))
        wide, high = self.width(), self.height()
        painter = QPainter(still)
        if x:
            self._draw(painter, QRect(0 if away.x() > 0 else wide - x, 0, x, high), "world", strip=True)
        if y:
            self._draw(painter, QRect(0, 0 if away.y() > 0 else high - y, wide, y), "world", strip=True)
        painter.end()

    def _draw(self, painter: QPainter, part: QRect, edition: Edition, *, strip: bool = False) -> None:
        """Everything within a part of the view; a strip that comes into view goes without the slow thick line."""
        painter.setClipRect(part)
        painter.fillRect(part, QColor(theme.colours().surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_land(painter, part, edition)
        if not strip:
            self._draw_mark(painter, edition)
        self._draw_small(painter, part)
        self._draw_cities(painter, part)

    def _draw_land(self, painter: QPainter, part: QRect, edition: Edition) -> None:
        """The countries."""
        colours = palette()
        painter.save()
        painter.setTransform(self.camera.transform, True)
        seen = QRectF(
            self.camera.on_plane(QPointF(part.topLeft())),
            self.camera.on_plane(QPointF(part.bottomRight()) + QPointF(1, 1)),
        )
        pen = QPen(QColor(theme.colours().edge), 0.6)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for code, outline in outline_paths.paths(edition).items():
            if outline.bounds.intersects(seen):
                painter.setBrush(QColor(self.shown.colours.get(code, colours.none)))
                painter.drawPath(outline.path)
        painter.restore()

    @property
    def _edition(self) -> Edition:
        """The outlines that are fine enough."""
        return "outlines" if self.camera.near > _FINE else "world"

    def _settle(self) -> None:
        """Nothing moves any more: draw the whole view finely, once."""
        self._still = self._drawn(self._edition)
        self.update()

    def _small(self) -> list[tuple[str, QPointF]]:
        """Countries with somebody in them that are too small to be seen, and where they are."""
        transform, scale = self.camera.transform, self.camera.scale
        known = outline_paths.paths("outlines")
        found = []
        for code in self.shown.colours:
            outline, place = known.get(code), outline_paths.anchor(code)
            size = max(outline.main.width(), outline.main.height()) * scale if outline else 0.0
            if place is not None and size < _SMALL:
                found.append((code, transform.map(place)))
        return found

    def _draw_small(self, painter: QPainter, part: QRect) -> None:
        """Dots for the largest cities, as long as these have no circles, and for countries too small to be seen."""
        if self.clusters:
            return
        colours = theme.colours()
        painter.setPen(QPen(QColor(colours.surface), 1))
        painter.setBrush(QColor(colours.text))
        transform, around = self.camera.transform, QRectF(part.adjusted(-8, -8, 8, 8))
        for x, y in self._places[:_DOTS]:
            if around.contains(place := transform.map(QPointF(x, y))):
                painter.drawEllipse(place, _CITY, _CITY)
        painter.setPen(QPen(QColor(colours.text), 1))
        for code, place in self._small():
            if around.contains(place):
                painter.setBrush(QColor(self.shown.colours[code]))
                painter.drawEllipse(place, _DOT, _DOT)

    def _draw_cities(self, painter: QPainter, part: QRect) -> None:
        """A circle a cluster, its area by how many are there, and the number in it."""
        colours = theme.colours()
        transform = self.camera.transform
        for cluster, radius in self._circles():
            place = transform.map(QPointF(cluster.x, cluster.y))
            if not part.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).contains(place.toPoint()):
                continue
            painter.setPen(QPen(QColor(colours.surface), 1.5))
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(place, radius, radius)
            painter.setPen(QColor(colours.on_accent))
            box = QRectF(place.x() - _AROUND, place.y() - 12, 2 * _AROUND, 24)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number(cluster.count))

    def _circles(self) -> list[tuple[Cluster, float]]:
        """The clusters, each with the radius of its circle."""
        most = max((cluster.count for cluster in self.clusters), default=1)
        return [(c, max(_LEAST, _LARGEST * (c.count / most) ** 0.5)) for c in self.clusters]

    def _draw_mark(self, painter: QPainter, edition: Edition) -> None:
        """A thick line around the marked country, with a light one under it, so that it is seen on any shade."""
        outline = outline_paths.paths(edition).get(self.mark) if self.mark else None
        if outline is None:
            return
        painter.save()
        painter.setTransform(self.camera.transform, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((theme.colours().surface, 4.5), (theme.colours().text, 2.0)):
            pen = QPen(QColor(colour), width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPath(outline.path)
        painter.restore()

    def _draw_name(self, painter: QPainter) -> None:
        """What the marked country says, in a box where lines begin."""
        colours, words = theme.colours(), self.shown.tip(self.mark)
        width = min(painter.fontMetrics().horizontalAdvance(words) + 16.0, self.width() - 16.0)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box = QRectF(self.width() - width - 8 if mirrored else 8.0, 8.0, width, 28)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    # --- moving -------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Another size, place or other counts: what was drawn at rest is of no use."""
        self._still = None
        self._cluster()
        self._moving()

    def _moving(self) -> None:
        self._rest.start()
        self.update()
        self.moved.emit()

    def _cluster(self) -> None:
        if self.camera.near < _CITIES:
            self.clusters = []
            return
        cities = zip(self._places, self.shown.cities, strict=True)
        points = ((x, y, city, count) for (x, y), (city, count) in cities)
        self.clusters = clustered(points, _APART / self.camera.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same part of the world in another size."""
        self.camera.size = QSizeF(self.size())
        self.camera.zoom(1.0)
        self._changed()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the appearance."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._changed()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and - zoom, Home shows the whole world, Enter comes near the marked country."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.camera.move(_ARROWS[key])
            self._moving()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom()
        elif key is Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.whole()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.mark:
            self.look_at(self.mark)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer to what is under the pointer."""
        self.zoom(_ZOOM ** (event.angleDelta().y() / 240), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A hand takes hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._hand = self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand, or tell what is under the pointer."""
        if self._hand is not None:
            self.camera.move(event.position() - self._hand)
            self._hand = event.position()
            self._moving()
            return
        cluster, code = self.under(event.position())
        told = self.shown.city_tip(cluster) if cluster else self.shown.tip(code) if code else ""
        self.setCursor(Qt.CursorShape.PointingHandCursor if told else Qt.CursorShape.OpenHandCursor)
        QToolTip.showText(event.globalPosition().toPoint(), told, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without moving opens who is there; a second one comes nearer instead."""
        moved = self._hand is None or (event.position() - self._pressed).manhattanLength() > _TREMBLE
        self._hand = None
        if event.button() is not Qt.MouseButton.LeftButton or moved:
            return
        cluster, code = self.under(event.position())
        if cluster is not None:
            if len(cluster.cities) == 1:
                self.city_opened.emit(cluster.cities[0])
            else:
                self.zoom(_ZOOM**2, event.position())
        else:
            self.set_mark(code if code in self.shown.colours else "")
            self._single.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Come near a country."""
        self._single.stop()
        self._hand = None
        cluster, code = self.under(event.position())
        if cluster is None and code:
            self.look_at(code)

    def _open_marked(self) -> None:
        if self.mark:
            self.opened.emit(self.mark)

    def under(self, pixel: QPointF) -> tuple[Cluster | None, str]:
        """The cluster and the country at a point of the view; none and "" where there is neither."""
        transform = self.camera.transform
        for cluster, radius in self._circles():
            away = transform.map(QPointF(cluster.x, cluster.y)) - pixel
            if away.x() ** 2 + away.y() ** 2 <= radius**2:
                return cluster, ""
        for code, place in [] if self.clusters else self._small():
            if (place - pixel).manhattanLength() <= 2 * _DOT:
                return None, code
        place = self.camera.on_plane(pixel)
        for code, outline in outline_paths.paths("outlines").items():
            if code and outline.bounds.contains(place) and outline.path.contains(place):
                return None, code
        return None, ""

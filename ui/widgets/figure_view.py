"""A figure in the window: drawn at any size, told by the pointer and the keyboard, copied as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from registry.documents.words import runs_right_to_left
from registry.figures.shapes import PRINT, Area, Dot, Figure, Palette, Points, Shape, Words
from registry.i18n import _
from ui import theme

#: Makes the figure for a width in points, in these colours.
Drawing = Callable[[float, Palette], Figure]
#: Points to an inch.
_POINTS = 72
#: Pixels of a copied picture for each on the screen.
_SHARPER = 2
_NARROWEST = 200.0


def palette() -> Palette:
    """The colours of figures in the appearance in use."""
    c = theme.colours()
    dark = c == theme.DARK
    kinds = ("#56b4e9", "#e69f00", "#2bc49a", "#cc79a7", "#8ab8ff", "#f07b3f", "#f0e442", "#e6eaef")
    return Palette(
        ground=c.surface,
        ink=c.text,
        quiet=c.quiet,
        grid=c.line,
        scale=PRINT.scale[::-1] if dark else PRINT.scale,
        kinds=kinds if dark else PRINT.kinds,
        none=c.raised if dark else PRINT.none,
    )


@dataclass(frozen=True)
class _Filled:
    """A path with its look; `key` and `tip` as of its shape."""

    path: QPainterPath
    bounds: QRectF
    fill: QColor | None
    pen: QPen | None
    key: str = ""
    tip: str = ""


@dataclass(frozen=True)
class _Written:
    """Words already cut to their room, the left end of their base line, their own direction, and how they look."""

    at: QPointF
    text: str
    font: QFont
    colour: QColor
    direction: Qt.LayoutDirection


class Picture:
    """A figure made ready to be drawn: every path and every word once.

    Attributes:
        figure: as it was given.
    """

    def __init__(self, figure: Figure, font: QFont | None = None) -> None:
        self.figure = figure
        self._font = font or QApplication.font()
        self._parts = [self._made(shape) for shape in figure.shapes]
        #: What can be chosen, in the order in which it is drawn.
        self.chosen = [part for part in self._parts if isinstance(part, _Filled) and (part.key or part.tip)]

    def paint(self, painter: QPainter) -> None:
        """Draw, a point of the figure as one unit of the painter."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in self._parts:
            if isinstance(part, _Filled):
                if part.fill is not None:
                    painter.fillPath(part.path, part.fill)
                if part.pen is not None:
                    painter.strokePath(part.path, part.pen)
            elif part.text:
                painter.setFont(part.font)
                painter.setPen(part.colour)
                painter.setLayoutDirection(part.direction)
                painter.drawText(part.at, part.text)

    def at(self, point: QPointF) -> int:
        """The place in `chosen` of what is drawn there, the uppermost; -1 = nothing."""
        for place in range(len(self.chosen) - 1, -1, -1):
            part = self.chosen[place]
            if part.bounds.contains(point) and part.path.contains(point):
                return place
        return -1

    def _made(self, shape: Shape) -> _Filled | _Written:
        if isinstance(shape, Words):
            return self._written(shape)
        path = QPainterPath()
        if isinstance(shape, Area):
            path.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in shape.rings:
                path.addPolygon(polygon(ring))
                path.closeSubpath()
        elif isinstance(shape, Dot):
            path.addEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        else:
            path.addPolygon(polygon(shape.points))
            return _Filled(path, QRectF(), None, _pen(shape.stroke, shape.width))
        fill = QColor(shape.fill) if shape.fill else None
        pen = _pen(shape.stroke, shape.width) if shape.stroke else None
        return _Filled(path, path.boundingRect(), fill, pen, shape.key, shape.tip)

    def _written(self, words: Words) -> _Written:
        font = QFont(self._font)
        # The painter is scaled to points already; the screen's density would count twice.
        font.setPixelSize(100)
        font.setBold(words.bold)
        large = QFontMetricsF(font)
        scale = words.size / 100
        text = words.text
        if words.room and large.horizontalAdvance(text) * scale > words.room:
            text = large.elidedText(text, Qt.TextElideMode.ElideRight, words.room / scale)
        wide = large.horizontalAdvance(text) * scale
        away = {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
        turned = runs_right_to_left(words.text)
        if turned:
            away = wide - away
        direction = Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
        font.setPointSizeF(words.size * _POINTS / _density())
        return _Written(QPointF(words.x - away, words.y), text, font, QColor(words.colour), direction)


class FigureView(QWidget):
    """Draws a figure as wide as itself; in a scroll area it is as high as the figure needs.

    Arrows go through what can be chosen, Enter or a click chooses it, Ctrl+C copies the picture.

    Signals:
        chosen: the key of the area or dot.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._picture: Picture | None = None
        self._here = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        copy = QAction(_("Copy as picture"), self)
        copy.triggered.connect(lambda _on: self.copy())
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @property
    def figure(self) -> Figure | None:
        """What is drawn."""
        return self._picture.figure if self._picture else None

    def draw(self, drawing: Drawing | None) -> None:
        """Show another figure; it is made again for another width and appearance. None = nothing."""
        self._drawing, self._here = drawing, -1
        self._remake()

    def _remake(self) -> None:
        """Make the figure for the width that there is."""
        if self._drawing is None:
            self._picture = None
        else:
            wide = max(self.width() * _POINTS / _density(), _NARROWEST)
            self._picture = Picture(self._drawing(wide, palette()), self.font())
            figure = self._picture.figure
            self.setAccessibleName(figure.title)
            self.setAccessibleDescription(figure.alternative)
            self.setMinimumHeight(int(figure.height * min(self._scale(), _density() / _POINTS)) + 1)
        self.updateGeometry()
        self.update()

    def _scale(self) -> float:
        """Pixels for a point of the figure."""
        return self.width() / self._picture.figure.width if self._picture else 1.0

    # --- drawing ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The figure, and around what the keyboard is at a frame."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.scale(self._scale(), self._scale())
        self._picture.paint(painter)
        if self.hasFocus() and self._here >= 0:
            frame = self._picture.chosen[self._here].bounds.adjusted(-1.5, -1.5, 1.5, 1.5)
            painter.setPen(QPen(QColor(theme.colours().accent_text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)

    def sizeHint(self) -> QSize:
        """As the figure is."""
        if self._picture is None:
            return QSize(320, 160)
        size = QSizeF(self._picture.figure.width, self._picture.figure.height) * (_density() / _POINTS)
        return QSize(int(size.width()), int(size.height()) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make it again for another width."""
        if event.size().width() != event.oldSize().width():
            self._remake()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the appearance."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._remake()
        super().changeEvent(event)

    def copy(self) -> None:
        """The figure as a picture on the clipboard, on the ground it stands on."""
        if self._picture is None:
            return
        scale = self._scale() * _SHARPER
        figure = self._picture.figure
        image = QImage(int(figure.width * scale), int(figure.height * scale), QImage.Format.Format_RGB32)
        image.fill(QColor(theme.colours().surface))
        painter = QPainter(image)
        painter.scale(scale, scale)
        self._picture.paint(painter)
        painter.end()
        QGuiApplication.clipboard().setImage(image)

    # --- choosing -----------------------------------------------------------------------------------------------

    def _under(self, place: QPointF) -> int:
        return self._picture.at(place / self._scale()) if self._picture else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        place = self._under(event.position())
        part = self._picture.chosen[place] if self._picture and place >= 0 else None
        self.setCursor(Qt.CursorShape.PointingHandCursor if part and part.key else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), part.tip if part else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._choose(self._under(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on and back; Enter chooses."""
        many = len(self._picture.chosen) if self._picture else 0
        key = event.key()
        back, on = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
        if many and key in (*back, *on, Qt.Key.Key_Home, Qt.Key.Key_End):
            step = 1 if key in on else -1
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: many - 1}
            self._move(ends.get(Qt.Key(key), min(max(self._here + step, 0), many - 1)))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._here >= 0:
            self._choose(self._here)
        else:
            super().keyPressEvent(event)

    def _move(self, place: int) -> None:
        """Let the keyboard be there, and whoever listens hear what it is."""
        if self._picture is None:
            return
        self._here = place
        part = self._picture.chosen[place]
        self.setAccessibleDescription(part.tip)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        QToolTip.showText(self.mapToGlobal((part.bounds.bottomRight() * self._scale()).toPoint()), part.tip, self)
        self.update()

    def _choose(self, place: int) -> None:
        if self._picture and place >= 0 and self._picture.chosen[place].key:
            self.chosen.emit(self._picture.chosen[place].key)


def polygon(points: Points) -> QPolygonF:
    """Points as Qt holds them, all at once: one by one takes a hundred times as long."""
    data = np.empty(len(points) * 16 + 4, np.uint8)
    data[:4] = np.frombuffer(np.array([len(points)], ">u4").tobytes(), np.uint8)
    data[4:] = np.frombuffer(np.ascontiguousarray(points, ">f8").tobytes(), np.uint8)
    made = QPolygonF()
    stream = QDataStream(QByteArray(data.tobytes()))
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.DoublePrecision)
    stream >> made
    return made


def _pen(stroke: str, width: float) -> QPen:
    pen = QPen(QColor(stroke), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _density() -> float:
    """Pixels to an inch, as fonts take it."""
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInch() if screen else 96.0

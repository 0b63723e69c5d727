"""A page of paper on the screen, drawn from the PDF that will be printed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_MARGIN = 8
#: Milliseconds of rest after which a sheet of another size is drawn anew.
_PAUSE = 200
_NARROWEST, _WIDEST = 240, 2400


class Sheet(QWidget):
    """Shows a page as large as there is room.

    Signals:
        resized: there is more or less room: `wanted_width` is another one now.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self._image = QImage()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.resized)

    @property
    def image(self) -> QImage:
        """The page as it was drawn."""
        return self._image

    @property
    def wanted_width(self) -> int:
        """How many device pixels wide a page of usual proportions is to be drawn."""
        room = min(self.width() - 2 * _MARGIN, round((self.height() - 2 * _MARGIN) / 1.3))
        return max(_NARROWEST, min(_WIDEST, round(room * self.devicePixelRatio())))

    def show_page(self, width: int, height: int, pixels: bytes) -> None:
        """Show a page of RGBA pixels."""
        self._image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def rest(self) -> None:
        """Ask for no page any more."""
        self._pause.stop()
        self._pause.timeout.disconnect(self.resized)

    def clear(self) -> None:
        """Show no page."""
        self._image = QImage()
        self.update()

    def sizeHint(self) -> QSize:
        """As much as shows what a letter it is."""
        return QSize(240, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wait until the size rests before it is drawn sharp again."""
        super().resizeEvent(event)
        self._pause.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page in the middle, with the edge of a sheet."""
        if self._image.isNull():
            return
        room = QSize(self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, self._image)
        painter.setPen(QColor(theme.colours().edge))
        painter.drawRect(sheet)
        painter.end()

"""What the colours of a map mean, in words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme
from ui.widgets.labels import label, row
from ui.widgets.wrapping import WrappingLayout

_WIDTH, _HEIGHT = 22, 14


class Legend(QWidget):
    """Boxes with what each stands for; it says the same to whoever can't see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = WrappingLayout(self)
        self._boxes: list[tuple[QLabel, str]] = []
        self._parts: list[QWidget] = []

    def show_classes(self, classes: Sequence[tuple[str, str]]) -> None:
        """Show colours ("#rrggbb") and words."""
        for part in self._parts:
            self._line.removeWidget(part)
            part.deleteLater()
        self._boxes, self._parts = [], []
        for colour, words in classes:
            part = QWidget(self)
            line = row(part, spacing=4)
            box = label()
            box.setFixedSize(_WIDTH, _HEIGHT)
            self._boxes.append((box, colour))
            line.addWidget(box)
            line.addWidget(label(words, "quiet"))
            self._line.addWidget(part)
            self._parts.append(part)
            part.show()
        self.setAccessibleName("; ".join(words for _colour, words in classes))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the appearance."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        for box, colour in self._boxes:
            ratio = self.devicePixelRatioF()
            drawn = QPixmap(int(_WIDTH * ratio), int(_HEIGHT * ratio))
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            painter.setPen(QColor(theme.colours().edge))
            painter.setBrush(QColor(colour))
            painter.drawRect(0, 0, _WIDTH - 1, _HEIGHT - 1)
            painter.end()
            box.setPixmap(drawn)

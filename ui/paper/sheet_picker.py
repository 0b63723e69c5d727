"""A sheet of labels, drawn as it lies before the officer: the label is chosen that is printed first."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry.documents.sheets import Sheet
from registry.documents.stationery import MM
from registry.i18n import _
from ui import theme

_HEIGHT = 232
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class SheetPicker(QWidget):
    """Labels before the chosen one are used up; arrows and clicks choose another.

    Signals:
        chosen: the number of the label, from 1.
    """

    chosen = Signal(int)

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.start = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Choose the first label that is left on the sheet"))
        self.show_sheet(sheet)

    def show_sheet(self, sheet: Sheet) -> None:
        """Draw another sheet; the first label is chosen anew where it has fewer."""
        self._sheet = sheet
        self.choose(min(self.start, sheet.places))
        self.updateGeometry()
        self.update()

    def choose(self, start: int) -> None:
        """Begin with this label."""
        self.start = max(1, min(start, self._sheet.places))
        words = _("First label: {number} of {count}", number=self.start, count=self._sheet.places)
        self.setAccessibleName(words)
        self.update()
        self.chosen.emit(self.start)

    def sizeHint(self) -> QSize:
        """The sheet, as high as there is room for in a dialog."""
        width, height = self._sheet.size
        return QSize(round(_HEIGHT * width / height), _HEIGHT)

    def place_at(self, point: QPointF) -> int:
        """The number of the label at a point, 0 = none."""
        return next((n for n in range(1, self._sheet.places + 1) if self.label_rect(n).contains(point)), 0)

    def label_rect(self, number: int) -> QRectF:
        """Where a label is drawn."""
        scale = self.height() / (self._sheet.size[1] / MM)
        left, top = self._sheet.place(number - 1)
        return QRectF(left * scale, top * scale, self._sheet.width * scale, self._sheet.height * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, labels that are used, the first one that is left, and the others."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.edge), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRect(paper)
        for number in range(1, self._sheet.places + 1):
            rect = self.label_rect(number).adjusted(1, 1, -1, -1)
            used = number < self.start
            painter.setPen(QPen(QColor(colours.edge), 1, Qt.PenStyle.DotLine if used else Qt.PenStyle.SolidLine))
            painter.setBrush(QColor(colours.accent) if number == self.start else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 2, 2)
            if used:
                painter.drawLine(rect.topLeft(), rect.bottomRight())
            elif number == self.start:
                painter.setPen(QColor(colours.on_accent))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a label chooses it."""
        if number := self.place_at(event.position()):
            self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from label to label, Home and End to the first and the last."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self.start + _STEPS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = self._sheet.columns if key == Qt.Key.Key_Down else -self._sheet.columns
            if 1 <= self.start + step <= self._sheet.places:
                self.choose(self.start + step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(1 if key == Qt.Key.Key_Home else self._sheet.places)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The edge shows where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone elsewhere."""
        super().focusOutEvent(event)
        self.update()

"""A button whose words end in an ellipsis where there is no room for all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from ui.widgets.labels import isolated


class ElidingButton(QPushButton):
    """Looks like a link; where it is cut, all of its words are its tool tip."""

    def __init__(self, text: str, on_click: Callable[[], object]) -> None:
        super().__init__(isolated(text).replace("&", "&&"))
        self._words = text
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: on_click())

    def minimumSizeHint(self) -> QSize:
        """Room for a few of the words."""
        return self.sizeHint().boundedTo(QSize(80, 1000))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the words that do not fit."""
        super().resizeEvent(event)
        self.setToolTip(self._words if event.size().width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As the style draws it, with as many of the words as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        if self.width() < self.sizeHint().width():
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

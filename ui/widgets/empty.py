"""What stands where a list has nothing to show: an icon, what it means, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui import icons
from ui.widgets.labels import button, clear, column, label, row


class EmptyState(QWidget):
    """An empty list, no hits, no right, loading or an error, each with its next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self, margin=24, spacing=8)
        outer.addStretch(2)
        self._icon = label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(role="heading", wrap=True)
        self._text = label(role="quiet", wrap=True)
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setMinimumWidth(0)
            part.setMaximumWidth(420)
        outer.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(4)
        for part in (self._title, self._text):
            centred = row()
            centred.addStretch(1)
            centred.addWidget(part, 8)
            centred.addStretch(1)
            outer.addLayout(centred)
        outer.addSpacing(8)
        self._buttons = row()
        self._main: QPushButton | None = None
        outer.addLayout(self._buttons)
        outer.addStretch(3)

    def show_state(
        self, icon: str, title: str, text: str, actions: Sequence[tuple[str, str, Callable[[], object]]] = ()
    ) -> None:
        """Say it, with buttons as (icon, words, what they do), the main one last."""
        icons.dress(self._icon, icon, "quiet", 48)
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        clear(self._buttons)
        self._buttons.addStretch(1)
        self._main = None
        for place, (name, words, on_click) in enumerate(actions, 1):
            self._main = button(words, on_click, "primary" if place == len(actions) else "", name)
            self._buttons.addWidget(self._main)
        self._buttons.addStretch(1)

    def focus_main(self) -> None:
        """Give the keyboard to the main button."""
        if self._main is not None:
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)

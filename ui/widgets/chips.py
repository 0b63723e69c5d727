"""A row of chips of which one is chosen: the filter above a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui import icons
from ui.widgets.labels import button
from ui.widgets.wrapping import WrappingLayout


class Chips(QWidget):
    """Chips side by side; the arrow keys go from one to the next.

    Signals:
        chosen: code of the chip that was chosen by the officer.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._layout = WrappingLayout(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}

    def show_chips(self, chips: Sequence[tuple[str, str, str, str]], code: str = "") -> None:
        """Show these, each (code, words, icon or "", colour of the icon), with one of them chosen."""
        for made in self._buttons.values():
            self._group.removeButton(made)
            self._layout.removeWidget(made)
            made.deleteLater()
        self._buttons = {}
        for each, words, icon, role in chips:
            made = button(words, partial(self.chosen.emit, each), "chip")
            if icon:
                icons.dress(made, icon, role, 16)
            made.setCheckable(True)
            made.setMinimumHeight(30)  # round ends need room
            made.setChecked(each == code)
            self._group.addButton(made)
            self._layout.addWidget(made)
            self._buttons[each] = made

    def choose(self, code: str) -> None:
        """Choose a chip as a click does."""
        self._buttons[code].click()

    @property
    def code(self) -> str:
        """The chip that is chosen."""
        return next((code for code, made in self._buttons.items() if made.isChecked()), "")

    @property
    def words(self) -> dict[str, str]:
        """Code -> what the chip says."""
        return {code: made.text() for code, made in self._buttons.items()}

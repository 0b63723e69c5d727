"""Choosing how the dates of a column are read, where day and month can be taken for each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from registry.i18n import _
from registry.transfer.values import date_orders


class OrderBox(QComboBox):
    """Day first or month first, each shown by a date of the column itself.

    Signals:
        picked: "dmy", "mdy", or "" = not said.
    """

    picked = Signal(str)

    def __init__(self, header: str, example: str, order: str) -> None:
        super().__init__()
        self.setAccessibleName(_("How the dates in the column {header} are read", header=header))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        day, month = date_orders.readings(example)
        self.addItem(_("{date}: day or month first?", date=example), "")
        self.addItem(_("{date} is {day}", date=example, day=day), "dmy")
        self.addItem(_("{date} is {day}", date=example, day=month), "mdy")
        self.setToolTip(_("Nothing in this column shows whether the day or the month comes first."))
        self.setCurrentIndex(self.findData(order))
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))

    @property
    def order(self) -> str:
        """What is chosen."""
        return str(self.currentData())

    def choose(self, order: str) -> None:
        """Choose, as a click does."""
        self.setCurrentIndex(self.findData(order))
        self.picked.emit(order)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the table; it changes no choice by accident."""
        event.ignore()

"""What every tab of the administration is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry.changes import Changes
from ui.desk import Desk


class Tab(QWidget):
    """One tab; it fills itself when it is shown.

    Signals:
        problem_changed: why the query of the search box cannot be used ("" = it can).
        searched_changed: the search box is about this kind of record from now on.
        query_changed: the tab chose another query for the search box.
    """

    problem_changed = Signal(str)
    searched_changed = Signal(str)
    query_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def arrive(self) -> None:
        """The tab is shown."""

    def refresh(self, changes: Changes) -> None:
        """Something changed while the tab is shown."""

    def may_leave(self) -> bool:
        """Whether nothing that was typed would be lost."""
        return True

    def search(self, text: str) -> None:
        """The search box says `text`, in a place that has one for all its tabs."""

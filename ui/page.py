"""What every place is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry.changes import Changes
from registry.fields import PEOPLE
from ui.desk import Desk


class Page(QWidget):
    """One place of the window.

    A page fills itself in `arrive` or at its first `refresh`, reads through `desk.read`, changes through
    `desk.execute`, and never keeps the window's thread busy.

    Attributes:
        desk: what it works with.
        kinds: kinds of change ("people", "associations", the values of `KIND_OF_TABLE`) after which it is
            refreshed: at once when it is shown, else when it is shown next.
        searches: whether the search box at the top is this page's.
        searched: which kind of record it finds.
        query: what the search box says while this page is shown.

    Signals:
        query_changed: the page changed its own query; the search box follows.
        problem_changed: why the query cannot be used ("" = it can).
        status_changed: a short sentence for the status bar ("" = none).
    """

    query_changed = Signal(str)
    problem_changed = Signal(str)
    status_changed = Signal(str)

    kinds: frozenset[str] = frozenset()
    searches = False
    searched = PEOPLE

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place")
        self.desk = desk
        self.query = ""

    def arrive(self, intent: object = "") -> None:
        """The page is shown; `intent` is what `Desk.go` was given ("" = nothing in particular)."""

    def refresh(self, changes: Changes) -> None:
        """Something of `kinds` changed."""

    def search(self, text: str) -> None:
        """The search box says `text`; only called where `searches`."""

    def start_new(self) -> None:
        """Ctrl+N was pressed."""

    def may_leave(self) -> bool:
        """Whether nothing would be lost if the page went away; asks the officer where something would."""
        return True

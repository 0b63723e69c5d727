"""The tabs of a card: its fields, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabBar, QWidget

from registry.access import Right
from registry.i18n import _
from ui.card.activity import ActivityTab
from ui.card.connections import Connections
from ui.card.files import FilesTab
from ui.card.past import Past
from ui.desk import Desk

if TYPE_CHECKING:
    from registry.records import Record


class CardTabs(QTabBar):
    """Details first; each of the others has a view of its own.

    Attributes:
        views: those of the other tabs, in their order.
    """

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self.connections, self.past = Connections(desk, kind), Past(desk, kind)
        self.activity, self.files = ActivityTab(desk, kind), FilesTab(desk)
        self.views: list[QWidget] = []
        self._show: list[Callable[[Record], None]] = []
        self.setAccessibleName(_("Parts of the card"))
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.addTab(_("Details"))
        self._add(_("Connections"), self.connections, lambda record: self.connections.show_record(record.id))
        self._add(_("Activity"), self.activity, self.activity.show_record)
        self._add(_("Files"), self.files, self.files.show_record)
        if desk.may(Right.SEE_HISTORY):
            self._add(_("History"), self.past, lambda record: self.past.show_record(record.id))

    def _add(self, title: str, view: QWidget, show: Callable[[Record], None]) -> None:
        self.addTab(title)
        self.views.append(view)
        self._show.append(show)

    def show_record(self, record: Record) -> QWidget | None:
        """The view of the chosen tab, which reads what it has of the record; None for the details."""
        place = self.currentIndex() - 1
        if place < 0:
            return None
        self._show[place](record)
        return self.views[place]

"""A search box inside a page or a dialog, as the one of the window: offers while one types, and a button for rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from registry.i18n import _
from ui.desk import Desk
from ui.widgets.labels import icon_button, row
from ui.widgets.query_offers import QueryOffers
from ui.widgets.search_box import SearchBox


class QueryLine(QWidget):
    """The box and its button.

    Attributes:
        box: where the query is typed.
        build: opens the query as rows.
        offers: how the query may go on.
    """

    def __init__(self, desk: Desk, kind: Callable[[], str]) -> None:
        """`kind` tells which records are searched."""
        super().__init__()
        self._desk, self._kind = desk, kind
        self.box = SearchBox()
        self.box.setMinimumWidth(0)
        self.box.setMaximumWidth(16_777_215)
        self.build = icon_button("filter_list", _("Search by conditions"), self._build)
        self.offers = QueryOffers(desk, self.box, kind)
        desk.runner.closed.connect(self.box.rest)
        line = row(self, spacing=4)
        line.addWidget(self.box, 1)
        line.addWidget(self.build)
        self.setFocusProxy(self.box)

    def take(self, text: str) -> None:
        """A query that was chosen elsewhere counts as if it had been typed."""
        if text != self.box.text():
            self.box.show_query(text)
            self.box.searched.emit(text)

    def _build(self) -> None:
        from ui.building.dialog import BuilderDialog

        dialog = BuilderDialog(self._desk, self._kind(), self.box.text(), self.window())
        dialog.main.setText(_("Take over"))
        dialog.chosen.connect(self.take)
        dialog.open()

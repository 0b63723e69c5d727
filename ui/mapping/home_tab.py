"""Origins: from which regions of the home state people come, on its map or as bars, and in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QWidget

from registry.access import Right
from registry.changes import Changes
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number, share
from registry.i18n import _, ngettext
from registry.mapping.home import District, Home
from registry.mapping.home_figure import home_figure
from registry.queries import HomeMap
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.mapping.save_map import SaveMapDialog
from ui.widgets.empty import EmptyState
from ui.widgets.figure_view import FigureView
from ui.widgets.labels import button, column, row, scrolled
from ui.widgets.rows import Column, Rows


class HomeTab(Tab):
    """The home side of the map."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.home: Home | None = None
        self._query, self._arrived = "", False
        self.everybody = QCheckBox(_("Count everybody"))
        self.view = FigureView()
        columns = [
            Column[District](_("Region of origin"), lambda d: d.label),
            Column[District](_("Count"), lambda d: number(d.count or 0), width=80, number=True),
            Column[District](_("Per cent"), self._share, width=90, number=True),
        ]
        self.table: Rows[District] = Rows(_("Regions of origin"), columns)
        self.state = EmptyState()
        self._build()
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        self.everybody.toggled.connect(lambda _on: self._read())
        self.table.activated.connect(lambda _index: self._open_chosen())
        self.view.chosen.connect(self._open)
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=12)
        self.unknown = button("", lambda: self._open(""), "link")
        self.save = button(_("Save the map…"), self.save_map, "primary", "file_save")
        if not self.desk.may(Right.EXPORT):
            self.save.hide()
        head.addStretch(1)
        for part in (self.unknown, self.everybody, self.save):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(scrolled(self.view))
        split.addWidget(self.table)
        split.setStretchFactor(0, 1)
        split.setSizes([860, 400])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)

    # --- what is asked ------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Count if nothing has been counted yet."""
        self._arrived = True
        self.searched_changed.emit(PEOPLE)
        if self.home is None:
            self._read()

    def refresh(self, changes: Changes) -> None:
        """People or the definition of who counts changed."""
        self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self._query = text
        self.home = None
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        asked = HomeMap(self._query, self.everybody.isChecked())
        self.desk.read(asked, self._show, self._refuse, key="home map")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, home: Home) -> None:
        self.home = home
        self.problem_changed.emit("")
        self.table.show_things(home.districts)
        self.everybody.setVisible(bool(home.belonging))
        self.unknown.setVisible(bool(home.unknown))
        said = ngettext("{count} without a region", "{count} without a region", home.unknown or 0)
        self.unknown.setText(said)
        self.save.setEnabled(bool(home.districts))
        if not home.districts:
            self.view.draw(None)
            words = _("Nobody fits this search of whom a region of origin is known.")
            self.state.show_state("public", _("Nobody to show"), words)
            self._stack.setCurrentIndex(0)
            return
        self.view.draw(lambda width, palette: home_figure(home, width, palette))
        self._stack.setCurrentIndex(1)
        if self._arrived and self.isVisible():
            self.table.setFocus()
        self._arrived = False

    def _refuse(self, error: RegistryError) -> None:
        self.problem_changed.emit(str(error))
        if self.home is None:
            again = ("refresh", _("Try again"), self._read)
            self.state.show_state("error", _("The people cannot be counted"), str(error), [again])
            self._stack.setCurrentIndex(0)

    def _share(self, district: District) -> str:
        return share((district.count or 0) / self.home.total) if self.home and self.home.total else ""

    # --- what is opened -----------------------------------------------------------------------------------------

    def _open_chosen(self) -> None:
        if self.table.current is not None:
            self._open(self.table.current.text)

    def _open(self, text: str) -> None:
        if self.home is not None:
            self.desk.go(PEOPLE, ("query", self.home.query_of(text)))

    def save_map(self) -> None:
        """Ask how the map leaves, and where to."""
        if self.home is not None and self.home.districts:
            SaveMapDialog(self.desk, self.home, self.desk.window).open()

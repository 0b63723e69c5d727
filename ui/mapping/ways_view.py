"""Segments by the forms of engagement that their people are ready for, and how many of them agreed to hear of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from registry import vocabularies
from registry.engagement.ways import CHANNELS, Ways
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number
from registry.i18n import _
from registry.queries import WaysToEngage
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.widgets.cross_table import CrossTable
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label, row


class WaysView(Tab):
    """The table, of everybody who is ready or of those who may be told by a channel."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Ways | None = None
        self.channel = QComboBox()
        self.channel.addItem(_("Everybody who is ready"), "")
        for code in CHANNELS:
            words = vocabularies.get("consent_channel").label(code)
            self.channel.addItem(_("Agreed to hear by: {channel}", channel=words), code)
        self.everybody = QCheckBox(_("Count everybody"))
        self.table = CrossTable()
        self._build()
        self._state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))
        self.setFocusProxy(self.table)

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=12)
        head.addWidget(Labelled(_("Who is counted"), self.channel))
        said = column(spacing=4)
        self.reach, self._note = label(wrap=True), label(role="quiet", wrap=True)
        said.addStretch(1)
        said.addWidget(self.reach)
        said.addWidget(self._note)
        head.addLayout(said, 1)
        head.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        self._state, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.channel.activated.connect(lambda _place: self.arrive())
        self.everybody.toggled.connect(lambda _on: self.arrive())
        self.table.opened.connect(self._open_cell)

    def arrive(self) -> None:
        """Count."""
        query = WaysToEngage(str(self.channel.currentData()), self.everybody.isChecked())
        self.desk.read(query, self._show, self._fail, key="ways to engage")

    def _show(self, found: Ways) -> None:
        self.found = found
        table = found.table
        self.everybody.setVisible(bool(found.belonging))
        self._note.setText(who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked()))
        self._note.setVisible(bool(self._note.text()))
        channels = vocabularies.get("consent_channel")
        parts = [_("{channel} {count}", channel=channels.label(c), count=number(found.everybody[c])) for c in CHANNELS]
        self.reach.setText(_("Of them agreed to hear of it by: {channels}.", channels=", ".join(parts)))
        self.table.show_table(table)
        self._stack.setCurrentWidget(self.table if table.total else self._state)
        if not table.total:
            words = _("Nobody has said yet for which form of engagement they are ready, or agreed to hear of it.")
            self._state.show_state("diversity_3", _("Nobody to engage yet"), words)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The people cannot be counted"), str(error), again)

    def _open_cell(self, down: int, across: int) -> None:
        if self.found is not None:
            query = self.found.table.query_of(None if down < 0 else down, None if across < 0 else across)
            self.desk.go(PEOPLE, ("query", query))

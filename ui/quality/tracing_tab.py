"""Who is to be traced: people from whose address mail came back, until there is another one."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from registry.changes import Changes
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.i18n import _, ngettext
from registry.queries import Search
from registry.search.find import SearchAnswer
from registry.search.scoring import Hit
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows

#: As the page Today asks for them.
QUERY = "address.state:returned (state:provisional OR state:active OR state:expiring)"
_MOST = 200


class TracingTab(Tab):
    """The first of them, and the way to all in the list of people."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        words = _(
            "Mail came back from their address. Call, write an e-mail or ask the household, then put the card right."
        )
        layout.addWidget(label(words, "quiet", wrap=True))
        columns = [Column[Hit](_("Number"), lambda h: h.number, width=180), Column[Hit](_("Name"), lambda h: h.name)]
        self.table: Rows[Hit] = Rows(_("To be traced"), columns)
        self.table.activated.connect(lambda _index: self._open_card())
        self._state = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        foot = row(spacing=8)
        self.all = button(_("Show all in the list"), self._show_all, icon="groups")
        self._count = label(role="quiet")
        foot.addWidget(self.all)
        foot.addWidget(self._count)
        foot.addStretch(1)
        layout.addLayout(foot)
        self._state.show_state("hourglass_empty", _("To be traced"), _("Loading…"))
        self.setFocusProxy(self.table)

    def arrive(self) -> None:
        """Read who waits."""
        self.desk.read(Search(QUERY, PEOPLE, limit=_MOST), self._show, self._fail, key="to be traced")

    def refresh(self, changes: Changes) -> None:
        """People changed."""
        if changes.touch(PEOPLE):
            self.arrive()

    def _show(self, found: SearchAnswer) -> None:
        self.table.show_things(found.results)
        self._stack.setCurrentWidget(self.table if found.results else self._state)
        self.all.setVisible(bool(found.results))
        self._count.setText(ngettext("{count} person", "{count} people", found.total) if found.total else "")
        if not found.results:
            words = _("Letters that come back are written down under Outreach, by the code printed on them.")
            self._state.show_state("home_work", _("Nobody is to be traced"), words)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self._state.show_state(
            "error", _("They cannot be shown"), str(error), [("refresh", _("Try again"), self.arrive)]
        )

    def _open_card(self) -> None:
        if self.table.current is not None:
            self.desk.go("people", ("open", self.table.current.id))

    def _show_all(self) -> None:
        self.desk.go("people", ("query", QUERY))

"""The head of a list of records: its title and count, and what can be done with what it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from registry.access import Right
from registry.i18n import _
from ui import icons, places
from ui.desk import Desk
from ui.pages.list_views import ViewsButton
from ui.pages.list_words import ListWords
from ui.places import ListAction
from ui.widgets.labels import button, icon_button, label, row
from ui.widgets.record_table import RecordTable


class ListHead(QWidget):
    """One line; where there is little room its buttons lose their words, then the last ones go into the menu.

    Attributes:
        count: how many the list shows, in words.
        narrow: shows the facets beside the list.
        views: columns and views.
        more: the menu of what is asked for less often, and of what has no room.
        buttons: of the actions, each with what it does and its entry in the menu, shown where the button has no room.
        new: begins a new record; None = this user adds none.
    """

    def __init__(
        self,
        desk: Desk,
        kind: str,
        words: ListWords,
        table: RecordTable,
        run: Callable[[ListAction], None],
        start_new: Callable[[], None],
    ) -> None:
        super().__init__()
        self._words = words
        self.offered = [a for a in places.LIST_ACTIONS if kind in a.kinds and desk.may(a.right)]
        self._line = line = row(self, spacing=8)
        self.count = label(role="quiet")
        line.addWidget(label(_(words.title), "title"))
        line.addSpacing(4)
        line.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.narrow = icon_button("fact_check", _("Narrow the list by values"))
        self.narrow.setCheckable(True)
        self.narrow.setChecked(desk.settings.text(f"facets.{kind}", "shown") == "shown")
        line.addWidget(self.narrow)
        self.views = ViewsButton(desk, table)
        line.addWidget(self.views)
        self.more, entries = self._more_button(run)
        self.buttons: list[tuple[QPushButton, ListAction, QAction]] = []
        for action in (a for a in self.offered if not a.more):
            made = button(_(action.label), partial(run, action), icon=action.icon)
            made.setAccessibleName(_(action.label))
            made.setToolTip(_(action.label))
            self.buttons.append((made, action, entries[action.code]))
            line.addWidget(made)
        line.addWidget(self.more)
        self.new: QPushButton | None = None
        if desk.may(Right.EDIT):
            self.new = button(_(words.new), start_new, "primary", "add")
            self.new.setAccessibleName(_(words.new))
            self.new.setToolTip(f"{_(words.new)} (Ctrl+N)")
            line.addWidget(self.new)

    def _more_button(self, run: Callable[[ListAction], None]) -> tuple[QToolButton, dict[str, QAction]]:
        """A menu of all actions; those with a button are out of sight as long as it has room."""
        more = icon_button("more_vert", _("More"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu, entries = QMenu(more), {}
        for action in self.offered:
            made = entries[action.code] = menu.addAction(icons.icon(action.icon), _(action.label))
            made.triggered.connect(lambda _checked, action=action: run(action))
            made.setVisible(action.more)
        more.setMenu(menu)
        return more, entries

    def allow(self, *, some: bool, found: bool) -> None:
        """Which actions there is something for: `some` = there are records or a question, `found` = it shows any."""
        for entry in self.more.menu().actions():
            entry.setEnabled(found)
        for made, action, entry in self.buttons:
            for each in (made, entry):
                each.setEnabled(some or action.when_empty)
        self.more.setEnabled(any(entry.isVisible() and entry.isEnabled() for entry in self.more.menu().actions()))

    def wait(self) -> None:
        """No action yet: they are about all, who are being read."""
        for made, _action, _entry in self.buttons:
            made.setEnabled(False)
        self.more.setEnabled(False)

    def fit(self, room: int) -> None:
        """Take no more than `room` pixels."""
        for made, action, entry in self.buttons:
            made.setText(_(action.label))
            made.show()
            entry.setVisible(False)
        if self.new is not None:
            self.new.setText(_(self._words.new))
        if self._needed() > room:
            for made, _action, _entry in self.buttons:
                made.setText("")
        if self.new is not None and self._needed() > room:
            self.new.setText("")
        for made, _action, entry in reversed(self.buttons):
            if self._needed() > room:
                made.hide()
                entry.setVisible(True)
        self.more.setVisible(any(entry.isVisible() for entry in self.more.menu().actions()))

    def _needed(self) -> int:
        """The room for the words that the buttons have now."""
        self._line.invalidate()  # inside another layout it would remember its width with other words
        return self._line.sizeHint().width()

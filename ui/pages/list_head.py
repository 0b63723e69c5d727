"""The head of a list of records: its title and count, and what can be done with what it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
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
    """One line; where there is little room its buttons lose their words, then those go that stand elsewhere too.

    Attributes:
        count: how many the list shows, in words.
        narrow: shows the facets beside the list.
        views: columns and views.
        more: the menu of what is asked for less often.
        buttons: of the actions, each with what it does.
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
        self.buttons: list[tuple[QPushButton, ListAction]] = []
        for action in (a for a in self.offered if not a.more):
            made = button(_(action.label), partial(run, action), icon=action.icon)
            made.setAccessibleName(_(action.label))
            made.setToolTip(_(action.label))
            self.buttons.append((made, action))
            line.addWidget(made)
        self.more = self._more_button(run)
        line.addWidget(self.more)
        self.new: QPushButton | None = None
        if desk.may(Right.EDIT):
            self.new = button(_(words.new), start_new, "primary", "add")
            self.new.setAccessibleName(_(words.new))
            self.new.setToolTip(f"{_(words.new)} (Ctrl+N)")
            line.addWidget(self.new)

    def _more_button(self, run: Callable[[ListAction], None]) -> QToolButton:
        """The actions that are asked for less often, in a menu."""
        more = icon_button("more_vert", _("More"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for action in (a for a in self.offered if a.more):
            made = menu.addAction(icons.icon(action.icon), _(action.label))
            made.triggered.connect(lambda _checked, action=action: run(action))
        more.setMenu(menu)
        if menu.isEmpty():
            more.hide()
        return more

    def allow(self, *, some: bool, found: bool) -> None:
        """Which actions there is something for: `some` = there are records or a question, `found` = it shows any."""
        for made, action in self.buttons:
            made.setEnabled(some or action.when_empty)
        self.more.setEnabled(found)

    def wait(self) -> None:
        """No action yet: they are about all, who are being read."""
        for made, _action in self.buttons:
            made.setEnabled(False)
        self.more.setEnabled(False)

    def fit(self, room: int) -> None:
        """Take no more than `room` pixels."""
        for made, action in self.buttons:
            made.setText(_(action.label))
            made.show()
        if self.new is not None:
            self.new.setText(_(self._words.new))
        if self._needed() > room:
            for made, _action in self.buttons:
                made.setText("")
        if self.new is not None and self._needed() > room:
            self.new.setText("")
        if self._needed() > room:
            for made, action in self.buttons:
                made.setVisible(not action.elsewhere)

    def _needed(self) -> int:
        """The room for the words that the buttons have now."""
        self._line.invalidate()  # inside another layout it would remember its width with other words
        return self._line.sizeHint().width()

"""Templates of letters as a place of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry.changes import Changes
from registry.i18n import _
from ui.desk import Desk
from ui.page import Page
from ui.templates.tab import TemplatesTab
from ui.widgets.labels import column, label


class TemplatesPage(Page):
    """The list of letters and blocks, and their editor."""

    kinds = TemplatesTab.kinds

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, margin=4, spacing=0)
        title = label(_("Letter templates"), "title")
        title.setContentsMargins(12, 12, 12, 0)
        layout.addWidget(title)
        self.tab = TemplatesTab(desk)
        layout.addWidget(self.tab, 1)
        self.tab.working.connect(title.setHidden)
        self.setFocusProxy(self.tab)

    def arrive(self, intent: object = "") -> None:
        """Show the list, or what is being worked on."""
        self.tab.arrive()

    def refresh(self, changes: Changes) -> None:
        """Templates changed."""
        self.tab.refresh(changes)

    def may_leave(self) -> bool:
        """A template that was changed stays open."""
        return self.tab.may_leave()

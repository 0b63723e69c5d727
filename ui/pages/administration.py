"""Administration: history, staff, backups, settings and checks; each tab for those who may use it."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from registry.access import Right
from registry.changes import KIND_OF_TABLE, Changes
from registry.i18n import _
from ui import icons
from ui.administration.backups_tab import BackupsTab
from ui.administration.checks_tab import ChecksTab
from ui.administration.history_tab import HistoryTab
from ui.administration.hosts_tab import HostsTab
from ui.administration.lists_tab import ListsTab
from ui.administration.posts_tab import PostsTab
from ui.administration.profiles_tab import ProfilesTab
from ui.administration.settings_tab import SettingsTab
from ui.administration.staff_tab import StaffTab
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.page import Page
from ui.widgets.labels import column, label


class AdministrationPage(Page):
    """The tabs."""

    kinds = frozenset({"people", "associations", "backups", *KIND_OF_TABLE.values()})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, margin=16, spacing=8)
        layout.addWidget(label(_("Administration"), "title"))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_("Administration"))
        layout.addWidget(self._tabs, 1)
        self.tabs: dict[str, Tab] = {}
        for code, right, words, icon, make in (
            ("history", Right.SEE_HISTORY, _("History"), "history", HistoryTab),
            ("staff", Right.STAFF, _("Staff"), "groups", StaffTab),
            ("backups", Right.BACKUP, _("Backups"), "save", BackupsTab),
            ("settings", Right.SETTINGS, _("Settings"), "settings", SettingsTab),
            ("profiles", Right.SETTINGS, _("Profile templates"), "description", ProfilesTab),
            ("posts", Right.SETTINGS, _("Posts"), "home_work", PostsTab),
            ("hosts", Right.SETTINGS, _("Host countries"), "public", HostsTab),
            ("lists", Right.SETTINGS, _("Lists"), "rule", ListsTab),
            ("checks", Right.CHECK, _("Checks"), "fact_check", ChecksTab),
        ):
            if desk.may(right):
                self.tabs[code] = make(desk)
                self._tabs.addTab(self.tabs[code], icons.icon(icon, "quiet"), words)
        self._tabs.currentChanged.connect(lambda _place: self._current().arrive())

    def _current(self) -> Tab:
        return list(self.tabs.values())[self._tabs.currentIndex()]

    def arrive(self, intent: object = "") -> None:
        """Show the tab that `intent` names, else the last one."""
        if isinstance(intent, str) and intent in self.tabs and self.tabs[intent] is not self._current():
            self._tabs.setCurrentWidget(self.tabs[intent])
        else:
            self._current().arrive()
        self._current().setFocus()

    def refresh(self, changes: Changes) -> None:
        """The tab that is shown hears of it; the others read when they are shown."""
        self._current().refresh(changes)

    def may_leave(self) -> bool:
        """Whether no tab would lose anything."""
        return all(tab.may_leave() for tab in self.tabs.values())

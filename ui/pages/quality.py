"""Quality: what the records lack, which may be one, texts that wait for a code, people to be traced; a part each."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from registry import fields
from registry.changes import Changes
from registry.i18n import _
from ui import icons
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.page import Page
from ui.quality.coding_tab import CodingTab
from ui.quality.duplicates_tab import DuplicatesTab
from ui.quality.overview_tab import OverviewTab
from ui.quality.tracing_tab import TracingTab
from ui.widgets.labels import column, label

#: Sections of the page Today that lead here -> kind of the records that may be one.
_SECTIONS = {"duplicates": fields.PEOPLE, "association_duplicates": fields.ASSOCIATIONS}


class QualityPage(Page):
    """The parts.

    Attributes:
        tabs: code -> part.
    """

    kinds = frozenset({*fields.KINDS, "duplicates", "settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, margin=16, spacing=8)
        layout.addWidget(label(_("Quality"), "title"))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_("Quality"))
        layout.addWidget(self._tabs, 1)
        self.overview = OverviewTab(desk)
        self.duplicates = DuplicatesTab(desk)
        self.coding = CodingTab(desk)
        self.tracing = TracingTab(desk)
        self.tabs: dict[str, Tab] = {
            "overview": self.overview,
            "duplicates": self.duplicates,
            "coding": self.coding,
            "tracing": self.tracing,
        }
        self._tabs.addTab(self.overview, icons.icon("stars", "quiet"), _("Overview"))
        self._tabs.addTab(self.duplicates, icons.icon("content_copy", "quiet"), _("Duplicates"))
        self._tabs.addTab(self.coding, icons.icon("rule", "quiet"), _("To be coded"))
        self._tabs.addTab(self.tracing, icons.icon("home_work", "quiet"), _("To be traced"))
        self._tabs.currentChanged.connect(lambda _place: self._current().arrive())

    def _current(self) -> Tab:
        return list(self.tabs.values())[self._tabs.currentIndex()]

    def arrive(self, intent: object = "") -> None:
        """Show a part: its code, or (section of the page Today, id of a record that may be double, 0 = any)."""
        section, record_id = intent if isinstance(intent, tuple) else (intent, 0)
        if section in _SECTIONS:
            self.duplicates.begin_at(_SECTIONS[str(section)], int(record_id))
        part = self.tabs.get("duplicates" if section in _SECTIONS else str(section), self._current())
        if part is self._current():
            part.arrive()
        self._tabs.setCurrentWidget(part)
        part.setFocus()

    def refresh(self, changes: Changes) -> None:
        """The part that is shown hears of it; the others read when they are shown."""
        self._current().refresh(changes)

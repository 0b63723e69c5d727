"""Map: where the diaspora lives, who it is, what of it is known, and the report about it; a part each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QTabWidget, QWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes
from registry.i18n import N_, _
from ui import icons
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.page import Page
from ui.widgets.labels import column, label


@dataclass(frozen=True)
class Part:
    """A tab: its name, icon and class, and what a user needs to see it."""

    code: str
    label: str
    icon: str
    made_by: str
    right: Right = Right.READ


PARTS: tuple[Part, ...] = (
    Part("map", N_("Map"), "public", "ui.mapping.map_tab:MapTab"),
    Part("origins", N_("Origins"), "home_work", "ui.mapping.home_tab:HomeTab"),
    Part("statistics", N_("Statistics"), "bar_chart", "ui.mapping.statistics_tab:StatisticsTab"),
    Part("coverage", N_("Coverage"), "fact_check", "ui.mapping.coverage_tab:CoverageTab"),
    Part("associations", N_("Associations"), "apartment", "ui.mapping.associations_tab:AssociationsTab"),
    Part("visits", N_("Visits"), "alt_route", "ui.mapping.visits_tab:VisitsTab"),
    Part("engagement", N_("Engagement"), "diversity_3", "ui.mapping.engagement_tab:EngagementTab"),
    Part("report", N_("Report"), "article", "ui.mapping.report_tab:ReportTab", Right.EXPORT),
)


class MapPage(Page):
    """The parts.

    Attributes:
        tabs: code -> part.
    """

    kinds = frozenset({*fields.KINDS, "settings", "segments", "statistics", "host_countries", "estimates", "posts"})
    searches = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, margin=16, spacing=8)
        layout.addWidget(label(_("Map"), "title"))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_("Map"))
        layout.addWidget(self._tabs, 1)
        self.tabs: dict[str, Tab] = {}
        for part in PARTS:
            if desk.may(part.right):
                module, _colon, name = part.made_by.partition(":")
                self.tabs[part.code] = made = getattr(import_module(module), name)(desk)
                self._tabs.addTab(made, icons.icon(part.icon, "quiet"), _(part.label))
                made.problem_changed.connect(self.problem_changed)
                made.searched_changed.connect(self._search_for)
                made.query_changed.connect(self._take_query)
        self._tabs.currentChanged.connect(lambda _place: self._current().arrive())

    def _current(self) -> Tab:
        return list(self.tabs.values())[self._tabs.currentIndex()]

    def arrive(self, intent: object = "") -> None:
        """Show a part by its code, else the one that was shown last."""
        part = self.tabs.get(str(intent), self._current())
        if part is self._current():
            part.arrive()
        self._tabs.setCurrentWidget(part)
        part.setFocus()

    def _search_for(self, kind: str) -> None:
        """What is offered in the search box are words for this kind of record."""
        self.searched = kind

    def search(self, text: str) -> None:
        """The parts that count people or associations count those found."""
        self.query = text
        for part in self.tabs.values():
            part.search(text)

    def _take_query(self, text: str) -> None:
        """A part chose another query: the search box follows, and the other parts."""
        self.query_changed.emit(text)
        self.search(text)

    def refresh(self, changes: Changes) -> None:
        """The part that is shown hears of it; the others read when they are shown."""
        self._current().refresh(changes)

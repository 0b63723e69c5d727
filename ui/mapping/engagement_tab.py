"""Who can be engaged, and how: what distinguishes segments, the forms they are ready for, and their concerns."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from registry import fields
from registry.changes import Changes
from registry.i18n import _
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.mapping.concerns_view import ConcernsView
from ui.mapping.profiles_view import ProfilesView
from ui.mapping.ways_view import WaysView
from ui.widgets.labels import column


class EngagementTab(Tab):
    """Three views.

    Attributes:
        views: code -> view.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        layout = column(self, spacing=0)
        layout.setContentsMargins(0, 8, 0, 0)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(_("Engagement"))
        layout.addWidget(self._tabs, 1)
        self.profiles, self.ways, self.concerns = ProfilesView(desk), WaysView(desk), ConcernsView(desk)
        self.views: dict[str, Tab] = {"profiles": self.profiles, "ways": self.ways, "concerns": self.concerns}
        for view, words in zip(self.views.values(), (_("Profiles"), _("Ways to engage"), _("Concerns")), strict=True):
            self._tabs.addTab(view, words)
        self._tabs.currentChanged.connect(lambda _place: self._current().arrive())

    def _current(self) -> Tab:
        return list(self.views.values())[self._tabs.currentIndex()]

    def show_view(self, code: str) -> None:
        """One of them."""
        self._tabs.setCurrentWidget(self.views[code])

    def arrive(self) -> None:
        """Read what the view that is shown needs."""
        self._current().arrive()

    def refresh(self, changes: Changes) -> None:
        """Records or segments changed, or who counts."""
        if any(changes.touch(kind) for kind in (fields.PEOPLE, "settings", "segments")):
            self._current().arrive()

"""Pictures of the parts of the place Map about associations, engagement and the report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.mapping.associations_tab import AssociationsTab
from ui.mapping.engagement_tab import EngagementTab
from ui.pages.map import MapPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def associations(view: str, stage: Stage) -> QWidget:
    """Sorts, reach, places without an association."""
    page = stage.page("map")
    assert isinstance(page, MapPage)
    page.arrive("associations")
    stage.settle()
    tab = page.tabs["associations"]
    assert isinstance(tab, AssociationsTab)
    tab.view.setCurrentIndex(tab.view.findData(view))
    tab.view.activated.emit(tab.view.currentIndex())
    return page.window()


def engagement(view: str, stage: Stage) -> QWidget:
    """Profiles, ways to engage, concerns."""
    page = stage.page("map")
    assert isinstance(page, MapPage)
    page.arrive("engagement")
    tab = page.tabs["engagement"]
    assert isinstance(tab, EngagementTab)
    tab.show_view(view)
    stage.settle()
    if view == "profiles":
        tab.profiles.query.setText("occupation:2 country:FRA")
        tab.profiles.arrive()
        stage.settle()
    return page.window()


def report(stage: Stage) -> QWidget:
    """The pages beside their choices."""
    page = stage.page("map")
    assert isinstance(page, MapPage)
    page.arrive("report")
    stage.settle()
    return page.window()


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "map-associations": partial(associations, "type"),
    "map-places-without": partial(associations, "without"),
    "map-profiles": partial(engagement, "profiles"),
    "map-ways": partial(engagement, "ways"),
    "map-concerns": partial(engagement, "concerns"),
    "map-report": report,
}

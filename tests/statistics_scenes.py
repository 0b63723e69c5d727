"""Pictures of the part Statistics: table and chart of what ships, as it is published, and saving it as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from ui.mapping.statistics_tab import StatisticsTab
from ui.pages.map import MapPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def counted(stage: Stage, code: str, *, public: bool = False, share: str = "") -> QWidget:
    """Statistics that ship, counted."""
    tab = _tab(stage)
    tab.saved.setCurrentIndex(tab.saved.findData(code))
    tab.saved.activated.emit(tab.saved.currentIndex())
    stage.settle()
    tab.public.setChecked(public)
    tab.share.setCurrentIndex(tab.share.findData(share))
    tab.share.activated.emit(tab.share.currentIndex())
    stage.settle()
    return tab.window()


def saving(stage: Stage) -> QWidget:
    """The dialog of the file."""
    tab = _tab(stage)
    tab.save_file()
    stage.settle()
    return tab.window().findChildren(QDialog)[-1]


def nobody(stage: Stage) -> QWidget:
    """Nobody to count yet."""
    return _tab(stage, "empty").window()


def _tab(stage: Stage, registry: str = "full") -> StatisticsTab:
    page = stage.window(registry, "map").page
    assert isinstance(page, MapPage)
    page.arrive("statistics")
    stage.settle()
    tab = page.tabs["statistics"]
    assert isinstance(tab, StatisticsTab)
    return tab


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "statistics-pyramid": partial(counted, code="age-sex"),
    "statistics-published": partial(counted, code="country-sex", public=True),
    "statistics-shares": partial(counted, code="return-generation", share="row"),
    "statistics-years": partial(counted, code="arrival"),
    "statistics-associations": partial(counted, code="associations"),
    "statistics-file": saving,
    "statistics-empty": nobody,
}

"""Scenes of the map: the world, a country with its cities, other shadings, origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from registry.mapping.world import COUNT, PART
from ui.mapping.map_tab import MapTab
from ui.pages.map import MapPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def world(stage: Stage) -> QWidget:
    """The whole world."""
    return _tab(stage).window()


def country(stage: Stage) -> QWidget:
    """A country with its cities."""
    tab = _tab(stage)
    tab.view.set_mark("FRA")
    tab.view.look_at("FRA")
    tab.view.repaint()
    stage.settle()
    tab.view._settle()
    return tab.window()


def part(stage: Stage) -> QWidget:
    """The share of those who are willing."""
    tab = _tab(stage)
    _shade(stage, tab, PART)
    return tab.window()


def save(stage: Stage) -> QWidget:
    """How the map leaves."""
    tab = _tab(stage)
    tab.save_map()
    stage.settle()
    return tab.window().findChildren(QDialog)[-1]


def origins(stage: Stage) -> QWidget:
    """Regions of origin."""
    page = stage.page("map")
    page.arrive("origins")
    stage.settle()
    return page.window()


def _tab(stage: Stage) -> MapTab:
    page = stage.page("map")
    assert isinstance(page, MapPage)
    page.arrive("map")
    stage.settle()
    tab = page.tabs["map"]
    assert isinstance(tab, MapTab)
    _shade(stage, tab, COUNT)
    return tab


def _shade(stage: Stage, tab: MapTab, by: str) -> None:
    tab.by.setCurrentIndex(tab.by.findData(by))
    tab.by.activated.emit(tab.by.currentIndex())
    stage.settle()


SCENES = {"map": world, "map-country": country, "map-share": part, "map-save": save, "map-origins": origins}

"""Pictures of coverage, visits, and the dialogs about estimates and posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.administration.posts_tab import PostsTab
from ui.mapping.coverage_tab import CoverageTab
from ui.mapping.visits_tab import VisitsTab
from ui.pages.administration import AdministrationPage
from ui.pages.map import MapPage

if TYPE_CHECKING:
    from tests.screenshots import Stage

_LIST = """country,city,year,number,source
France,Paris,2021,1200,Invented census
Germany,,2021,4100,Invented census
Atlantis,,2021,7,Invented census
"""


def coverage(stage: Stage) -> QWidget:
    """Countries beside their estimates."""
    return _coverage(stage).window()


def estimates(stage: Stage) -> QWidget:
    """All estimates."""
    dialog = _coverage(stage).open_estimates()
    stage.settle()
    return dialog


def estimate(stage: Stage) -> QWidget:
    """One estimate, whose year cannot be."""
    dialog = _coverage(stage).open_estimates().add()
    stage.settle()
    dialog.country.set_code("FRA")
    dialog.year.setText("20021")
    dialog.save()
    stage.settle()
    return dialog


def taking_in(stage: Stage) -> QWidget:
    """What a list of estimates would bring."""
    path = stage.folder / "census.csv"
    path.write_text(_LIST, encoding="utf-8")
    dialog = _coverage(stage).open_estimates().take(path)
    stage.settle()
    return dialog


def visits(stage: Stage) -> QWidget:
    """A plan of visits, with distances and large places."""
    page = _page(stage)
    page.arrive("visits")
    tab = page.tabs["visits"]
    assert isinstance(tab, VisitsTab)
    tab.centre.setValue(30)
    stage.settle()
    return page.window()


def posts(stage: Stage) -> QWidget:
    """The posts."""
    page = _posts(stage)
    return page.window()


def post(stage: Stage) -> QWidget:
    """The registry's own post."""
    tab = _posts(stage)
    tab.table.choose(0)
    dialog = tab.change()
    assert dialog is not None
    stage.settle()
    return dialog


def _page(stage: Stage) -> MapPage:
    page = stage.window("full", "map").page
    assert isinstance(page, MapPage)
    return page


def _coverage(stage: Stage) -> CoverageTab:
    page = _page(stage)
    page.arrive("coverage")
    stage.settle()
    tab = page.tabs["coverage"]
    assert isinstance(tab, CoverageTab)
    return tab


def _posts(stage: Stage) -> PostsTab:
    page = stage.window("full", "administration").page
    assert isinstance(page, AdministrationPage)
    page.arrive("posts")
    stage.settle()
    tab = page.tabs["posts"]
    assert isinstance(tab, PostsTab)
    return tab


SCENES: Mapping[str, Callable[[Stage], QWidget]] = {
    "coverage": coverage,
    "estimates": estimates,
    "estimate": estimate,
    "estimates-import": taking_in,
    "visits": visits,
    "posts": posts,
    "post": post,
}

"""Pictures of searching: what is offered while one types, and a search built from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from ui.pages.records import RecordsPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def offers(stage: Stage) -> QWidget:
    """Cities of the register under the search box."""
    window = stage.window()
    window.search.setFocus()
    QTest.keyClicks(window.search, "city:")
    QTest.qWait(300)
    stage.settle()
    return window


def built(stage: Stage) -> QWidget:
    """A search with every kind of row."""
    window = stage.window()
    window.search.show_query("maria language:fr>=B2 -state:deceased (country:FRA OR city:Lyon) born<30y phone:any")
    window.build.click()
    QTest.qWait(300)
    stage.settle()
    return window.findChildren(QDialog)[-1]


def narrowed(stage: Stage) -> QWidget:
    """Facets beside a list that two of them narrow already."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    page._take_query("(country:FRA OR country:DEU) birth_date>=30y birth_date<45y")
    QTest.qWait(400)
    stage.settle()
    return page.window()


SCENES = (("search-offers", offers), ("search-built", built), ("search-narrowed", narrowed))

"""Pictures of searching: what is offered while one types, and a search built from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

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


SCENES = (("search-offers", offers), ("search-built", built))

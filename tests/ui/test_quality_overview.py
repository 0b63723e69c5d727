"""Quality, Overview: the score, and the way from each number to the records behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from registry.app import Registry
from registry.queries import DataQuality, ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.pages.quality import QualityPage
from ui.pages.records import RecordsPage
from ui.quality.overview_tab import OverviewTab
from ui.quality.record_dialog import RecordQualityDialog
from ui.window import MainWindow


def overview(screen: Screen, user: str = "demo", password: str = "demo") -> tuple[MainWindow, OverviewTab]:
    window = screen.enter(user, password, "quality")
    page = window.page
    assert isinstance(page, QualityPage)
    page.arrive("overview")
    screen.settle()
    return window, page.overview


def test_the_score_and_what_would_raise_it_are_told(screen: Screen) -> None:
    _window, tab = overview(screen)
    assert tab.found is not None
    first = tab.lines.things[0]
    assert first.title in tab._advice.text()
    assert all(line.count for line in tab.lines.things)
    assert tab._cards.count() == 1 + len(tab.found.parts)


def test_a_line_opens_exactly_its_records(screen: Screen) -> None:
    window, tab = overview(screen)
    line = next(line for line in tab.lines.things if line.measure.code == "occupation")
    tab.lines.choose(list(tab.lines.things).index(line))
    tab.open_line()
    screen.settle()
    page = window.page
    assert isinstance(page, RecordsPage)
    assert page.query == line.query
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert len(registry.read(ListIds("people", page.query))) == line.count > 0


def test_countries_stand_side_by_side_and_a_cell_opens_its_records(screen: Screen) -> None:
    window, tab = overview(screen)
    tab.by.setCurrentIndex(tab.by.findData("address.country"))
    tab.by.activated.emit(tab.by.currentIndex())
    screen.settle()
    assert tab._stack.currentWidget() is tab.table
    assert tab.found is not None
    assert tab.found.table is not None
    tab.table.opened.emit(0, -1)
    screen.settle()
    page = window.page
    assert isinstance(page, RecordsPage)
    assert page.query == tab.found.table.query_of(0, None)


def test_associations_have_a_score_of_their_own(screen: Screen) -> None:
    _window, tab = overview(screen, "outreach", CLERK_PASSWORD)
    people = tab.found
    tab.kind.setCurrentIndex(1)
    tab.kind.activated.emit(1)
    screen.settle()
    assert tab.found is not None
    assert people is not None
    assert tab.found.total != people.total
    assert tab.by.findData("level") > 0


def test_a_card_tells_what_its_record_lacks(screen: Screen) -> None:
    window, tab = overview(screen)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        worst = registry.read(DataQuality()).lines[0]
        record = registry.read(ListIds("people", worst.query))[0]
    dialog = RecordQualityDialog(tab.desk, record, "LYS-1", window)
    dialog.open()
    screen.settle()
    assert "of 100 points" in dialog.score.text()
    said = {part.text() for part in dialog.findChildren(QLabel)}
    assert worst.title in said
    dialog.accept()

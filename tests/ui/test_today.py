"""The page Today: what a clerk finds in the morning, by keyboard."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from registry.app import Registry
from registry.commands import AddRecord, ChangeUser, EditRecord
from registry.queries import GetToday, ListIds
from tests.days import day
from tests.ui.conftest import CLERK_PASSWORD, Screen, make
from ui.pages.records import RecordsPage
from ui.pages.today import TodayPage
from ui.window import MainWindow


def today(screen: Screen, user: str = "demo", password: str = "demo") -> TodayPage:
    """The page, as it is first shown."""
    window = screen.enter(user, password, "")
    assert isinstance(window.page, TodayPage)
    return window.page


def list_of(window: MainWindow, kind: str) -> RecordsPage:
    """The list that is shown now."""
    page = window.page
    assert isinstance(page, RecordsPage)
    assert page.kind == kind
    return page


def test_the_window_begins_with_what_waits(screen: Screen) -> None:
    page = today(screen)
    waiting = [s for s in screen.window.desk.registry.read(GetToday(date.today())) if s.count]
    assert waiting
    assert list(page.sections) == [s.code for s in waiting]
    for section in waiting:
        assert list(page.sections[section.code].table.things) == list(section.rows)
    focused = QApplication.focusWidget()
    assert focused is next(iter(page.sections.values())).table


def test_enter_opens_the_card_of_the_most_urgent(screen: Screen) -> None:
    page = today(screen)
    first = next(iter(page.sections.values())).table
    wanted = first.things[1]
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(first, Qt.Key.Key_Return)
    screen.settle()
    people = list_of(screen.window, "people")
    assert people.card.record_id == wanted.id
    assert not people.card.isHidden()


def test_show_all_lists_everybody_of_a_section(screen: Screen) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        for person in registry.read(ListIds("people", "state:active"))[:7]:
            registry.execute(EditRecord("people", person, {"valid_until": day(3)}))
    page = today(screen)
    view = page.sections["expiring"]
    assert len(view.table.things) == 5
    view.all.setFocus()
    QTest.keyClick(view.all, Qt.Key.Key_Space)
    screen.settle()
    people = list_of(screen.window, "people")
    assert people.table.records.rowCount() >= 7
    assert people.query.startswith("valid_until>=")
    assert screen.window.search.text() == people.query


def test_a_change_elsewhere_is_seen_on_coming_back(screen: Screen) -> None:
    page = today(screen)
    screen.window.show_place("people")
    texts = {"full_name": "Ana Exemple", "activity": "concern", "activity.date": "1999-01-01"}
    screen.window.desk.execute(AddRecord("people", texts))
    screen.settle()
    screen.window.show_place("today")
    screen.settle()
    first = page.sections["concerns"].table.things[0]
    assert first.name == "Ana Exemple"
    assert first.words.endswith("days waiting")


def test_nothing_waits_in_an_empty_registry(screen: Screen) -> None:
    screen.folder = screen.folder.with_name("empty")
    make(screen.folder)
    page = today(screen)
    assert page.sections == {}
    assert page.state.isVisible()
    assert "Nothing waits today" in page.state.accessibleName()


def test_who_lost_the_right_is_told(screen: Screen) -> None:
    page = today(screen, "clerk", CLERK_PASSWORD)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(ChangeUser("clerk", "auditor"))
    page.arrive()
    screen.settle()
    assert page.state.isVisible()
    assert "Nothing to see with this account" in page.state.accessibleName()


def test_an_auditor_has_no_such_place(screen: Screen) -> None:
    window = screen.enter("auditor", CLERK_PASSWORD, "")
    assert "today" not in [place.code for place in window.places]


def test_narrow_windows_have_one_column(screen: Screen) -> None:
    page = today(screen)

    def columns() -> int:
        return len({view.mapTo(page, view.rect().topLeft()).x() for view in page.sections.values()})

    screen.window.resize(760, 700)
    screen.bot.waitUntil(lambda: columns() == 1)
    screen.window.resize(1366, 768)
    screen.bot.waitUntil(lambda: columns() == 2)

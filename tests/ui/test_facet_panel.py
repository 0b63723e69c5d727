"""Facets beside a list: they follow the query, and one key narrows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from registry import formats
from registry.commands import AddRecord
from registry.queries import ListIds
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from tests.ui.test_people import press
from ui.pages.records import RecordsPage
from ui.widgets.facet_panel import FacetPanel

KEYS = Qt.Key
SHOWN, PLACE = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole


def values(panel: FacetPanel, code: str) -> dict[str, QTreeWidgetItem]:
    """The lines of a facet by their words."""
    title = panel._titles[code]
    lines = [title.child(row) for row in range(title.childCount())]
    return {line.text(0): line for line in lines if line is not None}


def counted(screen: Screen, code: str = "sex") -> dict[str, QTreeWidgetItem]:
    """The lines of a facet once the query in the box is counted."""
    panel = screen.page.facets

    def current() -> bool:
        done = (panel._counted or ("", None))[0] == screen.page.query
        return done and not panel._pause.isActive() and not screen.window.desk.runner.tasks

    screen.settle()
    screen.bot.waitUntil(current, timeout=10_000)
    return values(panel, code)


def enter(screen: Screen) -> FacetPanel:
    window = screen.enter()
    window.resize(1366, 768)
    screen.settle()
    counted(screen)
    return screen.page.facets


def test_a_value_chosen_narrows_the_list_and_stands_in_the_search_box(screen: Screen) -> None:
    panel = enter(screen)
    everybody = len(screen.page.table.records.ids)
    assert everybody == PEOPLE
    panel.setFocus()
    panel.setCurrentItem(counted(screen)["Female"])
    press(KEYS.Key_Space)
    lines = counted(screen)
    assert screen.window.search.text() == "sex:female"
    assert lines["Female"].checkState(0) is Qt.CheckState.Checked
    assert lines["Male"].checkState(0) is Qt.CheckState.Unchecked
    found = len(screen.page.table.records.ids)
    assert lines["Female"].text(1) == formats.number(found)
    assert int(lines["Male"].text(1)) > 0, "its own value does not narrow a facet"
    assert panel.hasFocus()
    assert panel.currentItem() is lines["Female"]
    press(KEYS.Key_Down)
    press(KEYS.Key_Return)
    lines = counted(screen)
    assert screen.window.search.text() == "sex:female OR sex:male"
    assert len(screen.page.table.records.ids) == found + int(lines["Male"].text(1))
    for word in ("Male", "Female"):
        panel.setCurrentItem(counted(screen)[word])
        press(KEYS.Key_Space)
        counted(screen)
    assert screen.window.search.text() == ""
    assert len(screen.page.table.records.ids) == everybody


def test_counts_follow_what_is_typed_and_what_changes(screen: Screen) -> None:
    enter(screen)
    registry = screen.window.desk.registry
    screen.window.search.setFocus()
    QTest.keyClicks(screen.window.search, "country:FRA ")
    screen.bot.waitUntil(lambda: screen.page.query.startswith("country:FRA"), timeout=5_000)
    lines = counted(screen)
    assert lines["Male"].text(1) == str(len(registry.read(ListIds("people", "country:FRA sex:male"))))
    assert counted(screen, "address.country")["France"].checkState(0) is Qt.CheckState.Checked
    before = int(lines["Male"].text(1))
    texts = {"full_name": "Invented Neighbour", "sex": "male", "address.country": "FRA"}
    screen.window.desk.execute(AddRecord("people", texts))
    screen.bot.waitUntil(lambda: counted(screen)["Male"].text(1) == str(before + 1), timeout=10_000)


def test_until_the_first_counts_come_a_facet_says_so(screen: Screen) -> None:
    panel = enter(screen)
    title = panel._titles["generation"]
    title.setExpanded(True)
    panel._read()
    assert list(values(panel, "generation")) == ["One moment…"]
    lines = counted(screen, "generation")
    assert len(lines) > 2
    assert "One moment…" not in lines


def test_facets_are_opened_shut_and_put_away_and_stay_so(screen: Screen) -> None:
    panel = enter(screen)
    settings = screen.window.desk.settings
    title = panel._titles["generation"]
    assert not title.isExpanded()
    panel.setFocus()
    panel.setCurrentItem(title)
    press(KEYS.Key_Return)
    assert len(counted(screen, "generation")) > 2
    assert "generation" not in settings.texts("facets.shut.people")
    more = counted(screen, "address.country")
    line = next(line for words, line in more.items() if words.endswith("more…"))
    panel.setCurrentItem(line)
    press(KEYS.Key_Space)
    assert len(counted(screen, "address.country")) > len(more)
    screen.page.head.narrow.click()
    assert panel.isHidden()
    assert settings.text("facets.people") == "hidden"
    again = RecordsPage(screen.window.desk, "people")
    assert not again.head.narrow.isChecked()
    assert again.facets._titles["generation"].isExpanded()


def test_an_open_card_leaves_its_room_to_the_table_and_the_head_is_whole(screen: Screen) -> None:
    panel = enter(screen)
    assert not panel.isHidden()
    assert screen.page.table.width() > 600
    screen.page.open_record(screen.page.table.records.ids[0])
    screen.settle()
    assert panel.isHidden()
    assert screen.page.head.sizeHint().width() <= screen.page._list.width()
    screen.page._close_card()
    assert not panel.isHidden()


def test_every_line_says_what_it_is_and_how_many(screen: Screen) -> None:
    panel = enter(screen)
    assert panel.accessibleName() == "Narrow the list by values"
    line = counted(screen)["Female"]
    assert line.data(0, Qt.ItemDataRole.AccessibleTextRole) == f"Female, {line.text(1)}"


def test_associations_have_theirs_and_a_clerk_sees_them(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD, "associations")
    window.resize(1366, 768)
    screen.settle()
    lines = counted(screen, "address.country")
    assert "France" in lines
    screen.page.facets._press(lines["France"])
    counted(screen, "type")
    assert window.search.text() == "country:FRA"

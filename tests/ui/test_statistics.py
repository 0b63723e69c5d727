"""The part Statistics by keyboard: choose fields, read table and chart, open the people, save under a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from registry.commands import ChangeSetting
from registry.queries import CountBy, ListIds, SavedStatistics
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.dialogs.password import PasswordDialog
from ui.mapping.field_chooser import FieldChooser
from ui.mapping.save_statistics import SaveStatisticsDialog
from ui.mapping.statistics_tab import StatisticsTab
from ui.pages.map import MapPage
from ui.segments.naming import NameDialog


def shown(screen: Screen, user: str = "demo", password: str = "demo") -> StatisticsTab:
    """The part, its people counted."""
    page = screen.enter(user, password, "map").page
    assert isinstance(page, MapPage)
    page.arrive("statistics")
    screen.settle()
    tab = page.tabs["statistics"]
    assert isinstance(tab, StatisticsTab)
    return tab


def type_field(screen: Screen, box: FieldChooser, words: str) -> None:
    """Choose a field by typing its name."""
    box.setFocus()
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)
    offers = box.completer()
    assert offers is not None
    popup = offers.popup()
    assert popup is not None
    popup.hide()
    screen.window.activateWindow()
    screen.settle()


def choose(screen: Screen, box: QComboBox, code: str) -> None:
    """Choose in a list by keyboard: arrows until it says so."""
    box.setFocus()
    screen.press(Qt.Key.Key_Home)
    for _number in range(box.count()):
        if box.currentData() == code:
            break
        screen.press(Qt.Key.Key_Down)
    assert box.currentData() == code


def test_two_fields_are_counted_and_a_cell_opens_its_people(screen: Screen) -> None:
    tab = shown(screen)
    assert tab.table.hasFocus()
    found = tab.found
    assert found is not None
    assert found.fields == ("Age", "Sex")
    assert found.total == len(tab.desk.registry.read(ListIds("people")))
    screen.press(Qt.Key.Key_Down, 2)
    screen.press(Qt.Key.Key_Right, 1)
    count = found.counts[1][0]
    assert tab.table.counts.count(2, 1) == count
    screen.press(Qt.Key.Key_Return)
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == count


def test_a_field_is_found_by_typing_part_of_its_name(screen: Screen) -> None:
    tab = shown(screen)
    type_field(screen, tab.first, "ntention to ret")
    assert tab.first.code == "return_intention"
    type_field(screen, tab.second, "no such field")
    assert tab.second.code == "sex", "what names no field changes nothing"
    type_field(screen, tab.second, "Nothing else")
    assert tab.found is not None
    assert tab.found.fields == ("Intention to return",)
    assert tab.found.columns == ()
    assert tab.table.counts.columnCount() == 1
    assert [head.count for head in tab.found.rows] == [
        tab.table.counts.count(row, 0) for row in range(1, tab.table.counts.rowCount())
    ]


def test_a_bar_opens_its_people_by_keyboard(screen: Screen) -> None:
    tab = shown(screen)
    type_field(screen, tab.second, "Nothing else")
    type_field(screen, tab.first, "Generation")
    assert tab.found is not None
    tab.view.setFocus()
    screen.press(Qt.Key.Key_Down)
    assert tab.view.accessibleDescription() == f"{tab.found.rows[0].label}: {tab.found.rows[0].count}"
    screen.press(Qt.Key.Key_Return)
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == tab.found.rows[0].count


def test_the_bars_of_a_pyramid_open_the_same_whichever_field_is_first(screen: Screen) -> None:
    tab = shown(screen)
    for first, second in (("Age", "Sex"), ("Sex", "Age")):
        type_field(screen, tab.second, "Nothing else")
        type_field(screen, tab.first, first)
        type_field(screen, tab.second, second)
        figure = tab.view.figure
        assert figure is not None
        assert tab.found is not None
        tab.view.setFocus()
        screen.press(Qt.Key.Key_Down)
        told = tab.view.accessibleDescription()
        screen.press(Qt.Key.Key_Return)
        assert told.endswith(f": {len(screen.page.table.records.ids)}")
        screen.window.show_place("map")
        screen.settle()


def test_shares_are_of_the_row_the_column_or_all(screen: Screen) -> None:
    tab = shown(screen)
    counts = tab.table.counts
    choose(screen, tab.share, "row")
    assert counts.told(1, 0).startswith("100")
    choose(screen, tab.share, "column")
    assert counts.told(0, 1).startswith("100")
    choose(screen, tab.share, "all")
    assert counts.told(0, 0).startswith("100")
    choose(screen, tab.share, "")
    assert counts.told(0, 0) == str(counts.count(0, 0))


def test_what_may_be_published_has_no_small_count(screen: Screen) -> None:
    tab = shown(screen)
    tab.public.setFocus()
    screen.press(Qt.Key.Key_Space)
    assert tab.found is not None
    told = [count for line in tab.found.counts for count in line]
    assert None in told
    assert not [count for count in told if count is not None and 0 < count < 5]
    assert "Withheld" in tab._note.text()
    place = next((r, c) for r, line in enumerate(tab.found.counts) for c, n in enumerate(line) if n is None)
    assert tab.table.counts.told(place[0] + 1, place[1] + 1) == "…"
    type_field(screen, tab.first, "Trust in the authorities")
    assert "protected" in screen.window._problem.text()
    assert not tab.write.isEnabled()


def test_the_search_box_narrows_what_is_counted(screen: Screen) -> None:
    tab = shown(screen)
    screen.window.search.setFocus()
    QTest.keyClicks(screen.window.search, "sex:female")
    screen.press(Qt.Key.Key_Return)
    assert tab.found is not None
    assert tab.found.total == len(tab.desk.registry.read(ListIds("people", "sex:female")))
    screen.window.search.setFocus()
    screen.window.search.selectAll()
    QTest.keyClicks(screen.window.search, "contry:FRA")
    screen.press(Qt.Key.Key_Return)
    assert "contry" in screen.window._problem.text()
    assert not tab.write.isEnabled()
    screen.window.search.setFocus()
    screen.window.search.selectAll()
    QTest.keyClicks(screen.window.search, "sex:female sex:male")
    screen.press(Qt.Key.Key_Return)
    assert "Nobody fits" in tab.state.accessibleName()


def test_the_definition_of_who_counts_is_said_and_left_aside(screen: Screen) -> None:
    tab = shown(screen)
    whole = tab.found
    assert whole is not None
    assert not tab.everybody.isVisible()
    tab.desk.execute(ChangeSetting("belonging", "generation:first"))
    screen.settle()
    assert tab.found is not None
    assert (tab.found.total or 0) < (whole.total or 0)
    assert "not counted" in tab._note.text()
    tab.everybody.setFocus()
    screen.press(Qt.Key.Key_Space)
    assert tab.found.total == whole.total


def test_associations_are_counted_by_their_own_fields(screen: Screen) -> None:
    tab = shown(screen)
    choose(screen, tab.kind, "associations")
    assert tab.found is not None
    assert tab.found.total == len(tab.desk.registry.read(ListIds("associations")))
    assert tab.first.code == "type"
    assert screen.window.page is not None
    assert screen.window.page.searched == "associations"
    screen.press(Qt.Key.Key_Tab)
    tab.table.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    assert screen.window.page_code == "associations"


def name(screen: Screen, words: str) -> None:
    """Answer the dialog that asks for a name."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, words)
    QTest.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    screen.settle()


def test_statistics_are_saved_renamed_deleted_and_brought_back(screen: Screen) -> None:
    tab = shown(screen)
    type_field(screen, tab.first, "Generation")
    tab.keep()
    name(screen, "By generation")
    assert tab.saved.currentText() == "By generation"
    kept = tab._current
    assert kept is not None
    assert kept.asked == CountBy(("generation", "sex"), everybody=False)
    tab.rename(kept)
    name(screen, "Generations")
    assert tab.saved.currentText() == "Generations"
    assert tab._current is not None
    tab.delete(tab._current)
    screen.settle()
    assert tab.saved.findText("Generations") < 0
    tab.desk.undo()
    screen.settle()
    assert tab.saved.findText("Generations") >= 0


def test_what_ships_is_opened_by_its_name(screen: Screen) -> None:
    tab = shown(screen)
    choose(screen, tab.saved, "arrival")
    assert tab.found is not None
    assert tab.found.fields == ("Arrived here in, by year",)
    assert tab.first.code == "arrival_year"
    assert tab.view.figure is not None
    choose(screen, tab.saved, "associations")
    assert (tab.searched, tab.first.code, tab.second.code) == ("associations", "type", "level")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_table_is_saved_as_a_file(screen: Screen, tmp_path: Path, ending: str) -> None:
    tab = shown(screen)
    tab.save_file()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SaveStatisticsDialog)
    dialog.reason.setText("yearly report")
    file = tmp_path / f"counts{ending}"
    dialog.write(file)
    screen.settle()
    screen.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasswordDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QWidget)
    line = asked.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "demo")
    QTest.keyClick(line, Qt.Key.Key_Return)
    screen.settle()
    screen.bot.waitUntil(file.exists)
    assert file.stat().st_size > 100
    if ending == ".xlsx":
        assert load_workbook(tmp_path / "counts.xlsx").sheetnames[0] == "Statistics"


def test_a_clerk_is_offered_what_a_clerk_sees(screen: Screen) -> None:
    for user, trusted in (("clerk", True), ("outreach", False)):
        tab = shown(screen, user, CLERK_PASSWORD)
        assert not tab.write.isHidden()
        offered = {str(tab.first.itemData(place)) for place in range(tab.first.count())}
        assert "sex" in offered
        assert ("trust" in offered) == trusted
        assert ("trust-generation" in {each.code for each in tab.desk.registry.read(SavedStatistics())}) == trusted

"""The place Skills by keyboard: choose, read the table, open the people of a cell, write the workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from registry.app import Registry
from registry.commands import ChangeSetting, EditRecord
from registry.queries import ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen, make
from ui import theme
from ui.dialogs.password import PasswordDialog
from ui.dialogs.skills_workbook import SkillsWorkbookDialog
from ui.pages.skills import SkillsPage


def shown(screen: Screen, user: str = "demo", password: str = "demo") -> SkillsPage:
    """The place, its people counted."""
    page = screen.enter(user, password, "skills").page
    assert isinstance(page, SkillsPage)
    return page


def choose(screen: Screen, box: QComboBox, code: str) -> None:
    """Choose in a list by keyboard: arrows until it says so."""
    box.setFocus()
    screen.press(Qt.Key.Key_Home)
    screen.press(Qt.Key.Key_Down, box.findData(code))
    assert box.currentData() == code


def test_a_cell_opens_exactly_its_people(screen: Screen) -> None:
    page = shown(screen)
    found = page.found
    assert found is not None
    assert page.table.hasFocus()
    screen.press(Qt.Key.Key_Down, 2)
    screen.press(Qt.Key.Key_Right, 1)
    count = page.table.counts.count(2, 1)
    assert count == found.counts[1][0] > 0
    screen.press(Qt.Key.Key_Return)
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == count
    assert "occupation:=" in screen.window.search.text()
    assert "consent:skills_inventory/refused" in screen.window.search.text()
    screen.window.show_place("skills")
    screen.settle()
    assert page.table.hasFocus()


def test_totals_open_too_and_nobody_opens_nothing(screen: Screen) -> None:
    page = shown(screen)
    screen.press(Qt.Key.Key_Return)
    assert page.found is not None
    assert len(screen.page.table.records.ids) == page.found.total
    screen.window.show_place("skills")
    screen.settle()
    empty = next(
        (row, column)
        for row in range(1, page.table.counts.rowCount())
        for column in range(1, page.table.counts.columnCount())
        if not page.table.counts.count(row, column)
    )
    page.table.setCurrentIndex(page.table.counts.index(*empty))
    screen.press(Qt.Key.Key_Return)
    assert screen.window.page_code == "skills"


def test_rows_columns_and_levels_are_chosen_and_remembered(screen: Screen) -> None:
    page = shown(screen)
    assert not page._least.isVisible()
    choose(screen, page.rows, "language")
    choose(screen, page.columns, "sex")
    assert page._least.isVisible()
    assert page.found is not None
    whole = {row.code: row.count for row in page.found.rows}
    choose(screen, page.least, "C1")
    fewer = {row.code: row.count for row in page.found.rows}
    assert 0 < fewer["fr"] < whole["fr"]
    assert [column.code for column in page.found.columns][:2] == ["male", "female"]
    again = shown(screen)
    assert (again.rows.currentData(), again.columns.currentData()) == ("language", "sex")


def test_a_preset_stands_in_the_search_box(screen: Screen) -> None:
    page = shown(screen)
    everybody = page.found
    choose(screen, page.preset, "medical")
    assert "occupation:=22" in screen.window.search.text()
    assert page.found is not None
    assert everybody is not None
    assert 0 < page.found.total < everybody.total
    screen.window.search.setFocus()
    screen.window.search.selectAll()
    QTest.keyClicks(screen.window.search, "sex:female")
    screen.press(Qt.Key.Key_Return)
    assert page.preset.currentText() == "Own search"
    women = page.found.total
    assert women == len(page.desk.registry.read(ListIds("people", "sex:female -consent:skills_inventory/refused")))
    assert page.table.hasFocus()
    screen.window.search.setFocus()
    QTest.keyClicks(screen.window.search, " contry:FRA")
    screen.press(Qt.Key.Key_Return)
    assert "contry" in screen.window._problem.text()
    assert not page.workbook.isEnabled()


def test_nobody_found_leads_back(screen: Screen) -> None:
    page = shown(screen)
    screen.window.search.setFocus()
    QTest.keyClicks(screen.window.search, "zzyzx")
    screen.press(Qt.Key.Key_Return)
    assert page._stack.currentWidget() is page.state
    page.state.focus_main()
    screen.press(Qt.Key.Key_Space)
    assert page._stack.currentWidget() is page.table
    assert screen.window.search.text() == ""


def test_what_is_not_coded_yet_is_a_link(screen: Screen) -> None:
    page = shown(screen)
    assert page.found is not None
    assert page._uncoded.text().startswith(str(page.found.uncoded))
    page._uncoded.setFocus()
    screen.press(Qt.Key.Key_Space)
    assert len(screen.page.table.records.ids) == page.found.uncoded
    assert "uncoded" in screen.window.search.text()


def test_a_change_of_people_is_counted(screen: Screen) -> None:
    page = shown(screen)
    assert page.found is not None
    before = page.found.left_out
    ids = page.desk.registry.read(ListIds("people", "-consent:skills_inventory/refused consent:skills_inventory"))
    refuses = {
        f"consent.skills_inventory.{channel}": "refused" for channel in ("letter", "email", "sms", "phone", "event")
    }
    page.desk.execute(EditRecord("people", ids[0], refuses))
    screen.settle()
    screen.settle()
    assert page.found.left_out == before + 1
    assert "refused" in page._note.text()


def test_the_workbook_asks_for_reason_and_password(screen: Screen, tmp_path: Path) -> None:
    page = shown(screen)
    choose(screen, page.preset, "medical")
    choose(screen, page.preset, "")
    assert page.found is not None
    page.workbook.setFocus()
    screen.press(Qt.Key.Key_Space)
    dialog = page.window().findChildren(SkillsWorkbookDialog)[-1]
    assert not dialog._main.isEnabled()
    QTest.keyClicks(dialog.reason, "Yearly inventory")
    assert dialog._main.isEnabled()
    file = tmp_path / "skills.xlsx"
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
    assert load_workbook(file)["People"].max_row == page.found.total + 1
    assert f"{page.found.total} people are in the workbook." in screen.window.notices.text


def test_who_may_read_sees_it_and_an_auditor_does_not(screen: Screen) -> None:
    page = shown(screen, "outreach", CLERK_PASSWORD)
    assert page.found is not None
    assert page.workbook.isVisible()
    window = screen.enter("auditor", CLERK_PASSWORD, "administration")
    assert "skills" not in [place.code for place in window.places]


def test_an_empty_registry_says_what_to_do(screen: Screen, tmp_path: Path) -> None:
    make(tmp_path / "empty")
    window = screen.program.enter(Registry.open(tmp_path / "empty", "demo", "demo"), "skills")
    screen.settle()
    page = window.page
    assert isinstance(page, SkillsPage)
    assert "Nobody has an occupation or a skill yet" in page.state.accessibleName()
    assert not page.workbook.isVisible()
    to_people = next(b for b in page.state.findChildren(QPushButton) if b.text() == "To the people")
    QTest.keyClick(to_people, Qt.Key.Key_Space)
    screen.settle()
    assert window.page_code == "people"


def test_cells_are_shaded_readably_and_copied_with_their_headings(screen: Screen) -> None:
    page = shown(screen)
    model = page.table.counts
    assert page.found is not None
    largest = max(max(line) for line in page.found.counts)
    row, column = next(
        (r, c) for r, line in enumerate(page.found.counts, 1) for c, n in enumerate(line, 1) if n == largest
    )
    ground = model.index(row, column).data(Qt.ItemDataRole.BackgroundRole)
    assert contrast(ground, QColor(theme.colours().text)) >= 4.5
    page.table.setCurrentIndex(model.index(row, column))
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = QGuiApplication.clipboard().text().split("\n")
    assert head == f"\t{page.found.columns[column - 1].label}"
    assert line == f"{page.found.rows[row - 1].label}\t{largest}"
    told = model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.found.rows[row - 1].label in told


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_who_counts_is_told_and_everybody_is_counted_for_once(screen: Screen) -> None:
    page = shown(screen)
    assert page.found is not None
    assert page.everybody.isHidden()
    everybody = page.found.total
    registry = page.desk.registry
    page.desk.execute(ChangeSetting("belonging", "sex:female"))
    screen.settle()
    women = page.found.total
    assert 0 < women < everybody
    assert page._note.text().startswith("Who counts: Sex: Female. ")
    assert f"{page.found.outside} other people are not counted." in page._note.text()
    assert len(registry.read(ListIds("people", page.found.query_of(None, None)))) == women
    assert page.everybody.isVisible()
    page.everybody.setFocus()
    screen.press(Qt.Key.Key_Space)
    assert page.found.total == everybody
    assert page._note.text().startswith("Everybody is counted, also who does not count by the definition: Sex: Female.")
    page.write_workbook()
    screen.settle()
    dialog = screen.window.findChildren(SkillsWorkbookDialog)[-1]
    assert dialog._chosen.everybody
    dialog.close()

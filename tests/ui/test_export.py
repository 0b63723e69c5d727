"""The export dialog: what, which columns, the reason, the password typed again."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from registry.commands import SaveListView
from registry.queries import GetHistory, ListIds
from tests.ui.conftest import PEOPLE, Screen
from ui.building.dialog import BuilderDialog
from ui.dialogs.export import ExportDialog, open_export
from ui.dialogs.password import PasswordDialog
from ui.places import Selection


def opened(screen: Screen, selection: Selection) -> ExportDialog:
    """The dialog, its records counted."""
    window = screen.enter()
    dialog = open_export(window.desk, selection)
    screen.settle()
    return dialog


def type_password(screen: Screen, password: str) -> None:
    """Answer the dialog that asks for it, and wait for what follows."""
    answer(screen, password)
    screen.settle()


def answer(screen: Screen, password: str) -> None:
    """Answer the dialog that asks for it."""
    screen.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasswordDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, PasswordDialog)
    line = asked.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, password)
    QTest.keyClick(line, Qt.Key.Key_Return)


def rows(file: Path) -> list[tuple[object, ...]]:
    """The rows of a workbook."""
    sheet = load_workbook(file).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_many_people_need_a_reason_and_the_password(screen: Screen, tmp_path: Path) -> None:
    dialog = opened(screen, Selection("people", "", None, PEOPLE))
    assert not dialog._main.isEnabled()
    dialog.reason.setText("Yearly report")
    assert dialog._main.isEnabled()
    file = tmp_path / "out.xlsx"
    dialog.write(file)
    screen.settle()
    assert not file.exists()
    type_password(screen, "demo")
    screen.bot.waitUntil(file.exists)
    assert len(rows(file)) == PEOPLE + 2  # labels, then canonical names, then the people
    newest = screen.window.desk.registry.read(GetHistory()).operations[0]
    assert newest.code == "export"
    assert newest.note is not None
    assert newest.note["reason"] == "Yearly report"


def test_cancel_stops_the_work_that_began_with_the_password(screen: Screen, tmp_path: Path) -> None:
    dialog = opened(screen, Selection("people", "", None, PEOPLE))
    dialog.reason.setText("Yearly report")
    dialog.write(tmp_path / "out.xlsx")
    answer(screen, "demo")
    (running,) = (task for task in screen.window.desk.runner.tasks if task.writes)
    dialog._working._cancel.click()
    assert running.progress._cancelled
    screen.settle()
    dialog.reject()


def test_a_wrong_password_writes_nothing_and_says_so(screen: Screen, tmp_path: Path) -> None:
    dialog = opened(screen, Selection("people", "", None, PEOPLE))
    dialog.reason.setText("Yearly report")
    file = tmp_path / "out.xlsx"
    dialog.write(file)
    screen.settle()
    type_password(screen, "not this one")
    assert dialog._trouble.text
    assert not file.exists()
    dialog.reject()


def test_marked_people_and_the_columns_of_the_list(screen: Screen, tmp_path: Path) -> None:
    window = screen.enter()
    ids = tuple(screen.page.table.records.ids[:3])
    dialog = open_export(window.desk, Selection("people", "", ids, 3))
    screen.settle()
    assert dialog.marked.isChecked()
    dialog.columns.setCurrentIndex(dialog.columns.findData("shown"))
    file = tmp_path / "three.xlsx"
    dialog.write(file)
    screen.settle()
    written = rows(file)
    assert len(written) == 5
    assert "Name" in str(written[0]) or "name" in str(written[0])
    assert "3 records were exported." in screen.window.notices.text


def test_a_query_that_cannot_be_read_is_said(screen: Screen) -> None:
    dialog = opened(screen, Selection("people", "contry:FRA", None, 0))
    assert dialog.found.isChecked()
    assert not dialog._main.isEnabled()
    assert "contry" in dialog._number.text()
    dialog.query.setText("country:FRA")
    dialog.query.searched.emit("country:FRA")
    screen.settle()
    assert dialog.count > 0
    dialog.reject()


def test_the_query_goes_on_by_offers_and_by_rows(screen: Screen) -> None:
    dialog = opened(screen, Selection("people", "", None, PEOPLE))
    dialog.found.setChecked(True)
    dialog.query.setFocus()
    QTest.keyClicks(dialog.query, "country:")
    offers = dialog._line.offers
    screen.bot.waitUntil(lambda: bool(offers.texts()), timeout=5_000)
    QTest.keyClick(dialog.query, Qt.Key.Key_Down)
    QTest.keyClick(dialog.query, Qt.Key.Key_Return)
    screen.settle()
    screen.bot.waitUntil(lambda: 0 < dialog.count < PEOPLE, timeout=5_000)
    dialog._line.build.click()
    rows = QApplication.activeModalWidget()
    assert isinstance(rows, BuilderDialog)
    assert rows.text.text() == dialog.query.text().strip()
    rows.chosen.emit("sex:female")
    rows.reject()
    screen.settle()
    women = len(screen.window.desk.registry.read(ListIds("people", "sex:female")))
    assert (dialog.query.text(), dialog.count) == ("sex:female", women)


def test_the_columns_of_the_list_or_of_a_view_are_written(screen: Screen, tmp_path: Path) -> None:
    dialog = opened(screen, Selection("people", "", (1, 2), 2))
    dialog.reject()
    registry = screen.window.desk.registry
    screen.page.table.set_columns(["full_name", "sex"])
    registry.execute(SaveListView("people", "Passports that lapse", ("full_name", "document.expires")))
    dialog = open_export(screen.window.desk, Selection("people", "", tuple(screen.page.table.records.ids[:2]), 2))
    screen.settle()
    choices = [dialog.columns.itemText(place) for place in range(dialog.columns.count())]
    assert choices[2:] == ["The view “Passports that lapse”"]
    for place, headings in ((1, ["Full name", "Sex (code)", "Sex"]), (2, ["Full name", "Document expires"])):
        dialog = open_again(screen, place)
        file = tmp_path / f"{place}.xlsx"
        dialog.write(file)
        screen.settle()
        assert list(rows(file)[1][1:]) == headings


def open_again(screen: Screen, place: int) -> ExportDialog:
    """The same two people, with another choice of columns."""
    dialog = open_export(screen.window.desk, Selection("people", "", tuple(screen.page.table.records.ids[:2]), 2))
    screen.settle()
    dialog.columns.setCurrentIndex(place)
    return dialog

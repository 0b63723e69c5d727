"""The import, driven as an officer drives it: a small messy list, a changed column, the plan, the result, the undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from registry.commands import ExportRecords
from registry.queries import ListIds
from tests.registry.transfer.readers.test_protected import protected
from tests.registry.transfer.submissions.questionnaires import Style, write_form, write_kobo
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from tests.ui.test_export import answer
from ui.importing import intake as words
from ui.importing.flow import ImportFlow
from ui.importing.plan_step import PlanStep
from ui.pages.exchange import ExchangePage
from ui.pages.records import RecordsPage

LIST = """Members of the club;;;;
;;;;
Surname;First name;Born;Town;Remark
Quillon;Maro;12.3.1985;Lyon;drives
Zembrani;Odile;1990-07-01;Genève;
Ostervik;Tam;31.12.1979;Brest;calls back
;;;;
Total;3;;;
"""
TYPED = "carnation 1848"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A small list with a title, an empty row and a total."""
    file = tmp_path / "club.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def exchange(screen: Screen, user: str = "demo", password: str = "demo") -> ExchangePage:
    """The place Exchange."""
    page = screen.enter(user, password, "exchange").page
    assert isinstance(page, ExchangePage)
    return page


def begun(screen: Screen, file: Path) -> ImportFlow:
    """An import whose file was read."""
    page = exchange(screen)
    page.begin_import()
    assert page.flow is not None
    page.flow.file.take(file)
    screen.settle()
    return page.flow


def people(screen: Screen) -> int:
    """How many there are."""
    return len(screen.window.desk.registry.read(ListIds("people")))


def go_on(screen: Screen, flow: ImportFlow) -> None:
    """Press the button that goes on, by its key."""
    QTest.keyClick(flow, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.settle()


def test_a_list_is_imported_and_taken_back(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    assert flow.current == 1
    taken = {header: box.target for header, box in flow.columns.boxes.items()}
    assert taken["Surname"] == "family_name"
    assert taken["First name"] == "given_name"
    assert taken["Born"] == "birth_date"
    flow.columns.boxes["Remark"].choose("occupation")
    go_on(screen, flow)
    plan = flow.intake.plan
    assert plan is not None
    assert plan.mapping["Remark"] == "occupation"
    assert plan.counts["created"] == 3
    assert people(screen) == PEOPLE
    go_on(screen, flow)
    assert flow.current == 3
    assert flow.result.sentence == "3 rows were imported."
    assert people(screen) == PEOPLE + 3
    flow.result.undo()
    screen.settle()
    assert people(screen) == PEOPLE
    assert "taken back" in flow.result.sentence


def test_an_export_of_ours_changes_nothing_and_shows_an_edit(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    registry = screen.enter().desk.registry
    registry.confirm("demo")
    registry.execute(ExportRecords("people", "", file, "test"))
    book = load_workbook(file)
    names = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(5, names.index("hometown") + 1).value = "Quillonville"
    book.save(file)
    flow = begun(screen, file)
    go_on(screen, flow)
    plan = flow.intake.plan
    assert plan is not None
    assert [change.field for entry in plan.entries for change in entry.changes] == ["hometown"]
    assert plan.counts["unchanged"] == PEOPLE - 1


def test_a_protected_list_asks_for_its_password(screen: Screen, tmp_path: Path) -> None:
    flow = begun(screen, protected(tmp_path / "a.xlsx", TYPED))
    assert flow.current == 0
    answer(screen, "something else")
    screen.settle()
    answer(screen, TYPED)
    screen.settle()
    assert flow.current == 1
    flow.advance()
    screen.settle()
    assert flow.intake.plan is not None
    assert flow.intake.plan.counts["created"] == 1
    assert TYPED not in repr(flow.intake)


def test_a_field_is_chosen_by_typing_part_of_its_name(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    box = flow.columns.boxes["Remark"]
    box.setFocus()
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "Occupation")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert box.target == "occupation"
    line.selectAll()
    QTest.keyClicks(line, "no such field")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert box.target == "occupation"


def test_without_a_name_column_one_cannot_go_on(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    flow.columns.boxes["Surname"].choose("")
    flow.columns.boxes["First name"].choose("")
    assert not flow.columns.ready
    assert not flow.main_button.isEnabled()
    go_on(screen, flow)
    assert flow.current == 1
    flow.columns.boxes["Surname"].choose("full_name")
    assert flow.main_button.isEnabled()


def test_a_list_whose_names_are_not_known_asks_which_column_has_them(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("N;სახელი;ქალაქი\n1;ნინო ნიმუშაძე;თბილისი\n2;გიორგი მაგალითი;ბათუმი\n", encoding="utf-8")
    flow = begun(screen, file)
    assert (flow.current, flow.columns.ready) == (1, False)
    assert any("Say which column holds the names." in said.text() for said in flow.columns.findChildren(QLabel))
    flow.columns.boxes["სახელი"].choose("full_name")
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert flow.intake.plan.counts["created"] == 2


def test_columns_that_bear_names_of_fields_are_shown_in_words(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "card.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Exemple\nADR:;;1 Rue A;Lyon;;;\nTEL:123\nEND:VCARD\n", "utf-8")
    flow = begun(screen, file)
    table = flow.columns.table.model()
    shown = {table.index(row, 0).data() for row in range(table.rowCount())}
    assert {"Full name", "Street", "City"} <= shown
    go_on(screen, flow)
    assert [problem.column for problem in flow.check.problems.things] == ["Telephone"]


def test_another_header_row_is_read_again(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    flow.columns._header.setText("4")
    flow.columns._choose_header()
    screen.settle()
    source = flow.intake.source
    assert source is not None
    assert source.header_row == 4
    assert not flow.columns.ready  # nobody says which of “Quillon” and “Maro” heads the names
    flow.columns._header.setText("3")
    flow.columns._choose_header()
    screen.settle()
    assert flow.columns.ready


def test_the_rows_are_filtered_by_outcome_and_explained(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    assert set(flow.check.chips.words) >= {"", "created", "skipped"}
    flow.check.chips.choose("skipped")
    assert all(row.outcome == "skipped" and row.reason for row in flow.check.table.things)
    flow.check.chips.choose("created")
    assert [row.name for row in flow.check.table.things] == ["Maro Quillon", "Odile Zembrani", "Tam Ostervik"]


def test_rows_are_looked_for_and_the_report_is_there_before_the_import(
    screen: Screen, listed: Path, tmp_path: Path
) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    check = flow.check
    check.wanted.setText("ODILE")
    screen.bot.waitUntil(lambda: len(check.table.things) == 1)
    assert check.table.things[0].name == "Odile Zembrani"
    check.show_outcome("skipped")
    screen.bot.waitUntil(lambda: len(check.table.things) == 0)
    check.wanted.setText("totals")
    screen.bot.waitUntil(lambda: len(check.table.things) == 1)
    check.wanted.setText("")
    screen.bot.waitUntil(lambda: len(check.table.things) == 1)
    check.show_outcome("")
    assert len(check.table.things) == 4
    flow.result.save_report(tmp_path / "before.xlsx")
    screen.settle()
    assert (tmp_path / "before.xlsx").exists()
    assert flow.steps[flow.current] is check


def test_the_same_list_again_changes_nothing(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    go_on(screen, flow)
    page = flow.parent()
    while page is not None and not isinstance(page, ExchangePage):
        page = page.parent()
    assert isinstance(page, ExchangePage)
    page.take(listed)
    screen.settle()
    assert page.flow is not None
    again = page.flow
    go_on(screen, again)
    assert again.intake.plan is not None
    assert again.intake.plan.counts["unchanged"] == 3
    assert not again.main_button.isEnabled()


def test_a_cancelled_import_leaves_nothing(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    flow.check.apply()
    for task in screen.window.desk.runner.tasks:
        task.cancel()
    screen.settle()
    written = people(screen) - PEOPLE
    assert (written, flow.current) in {(0, 2), (3, 3)}  # or the cancel came after the commit


def test_a_file_that_is_no_list_ends_in_a_sentence(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "photo.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    flow = begun(screen, file)
    assert flow.current == 0
    said = [label.text() for label in flow.file.state.findChildren(QLabel)]
    assert any("photo.xlsx" in text for text in said)
    assert any(text.endswith(".") and len(text) > 20 for text in said)
    assert QApplication.focusWidget() is not None


def test_answers_to_a_questionnaire_are_read_with_their_form(screen: Screen, tmp_path: Path) -> None:
    flow = begun(screen, write_kobo(tmp_path / "answers.xlsx", Style(language=0, several="summary")))
    line = flow.columns.decisions
    assert not line.isHidden()
    assert line.refused.text() == "Take in also 1 person who does not want to be kept"
    line.take(write_form(tmp_path / "form.xlsx"))
    screen.settle()
    assert flow.intake.source is not None
    cells = {match.header: words.examples(flow.intake.source, match.column) for match in flow.intake.source.matches}
    assert cells["Nationalities"] == "CD; France"
    before = people(screen)
    line.refused.setChecked(True)
    screen.settle()
    go_on(screen, flow)
    go_on(screen, flow)
    assert people(screen) == before + 3


def test_who_said_no_in_a_list_is_offered_to_be_taken_in(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,City,Consent\nAna Exemple,Lyon,no\nBo Exemple,Nice,yes\n", encoding="utf-8")
    flow = begun(screen, file)
    line = flow.columns.decisions
    assert [box.isVisible() for box in (line, line.refused, line.button)] == [True, True, False]
    assert line.refused.text() == "Take in also 1 person who does not want to be kept"
    consent = flow.columns.boxes["Consent"]
    consent.choose("notes")
    consent.choose("")
    assert flow.columns.table.model().index(2, 2).data() == "Not taken in, but a no counts"
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert (flow.intake.plan.counts["created"], flow.intake.plan.counts["skipped"]) == (1, 1)


def test_a_row_is_left_out_and_taken_in_again(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    check = flow.check
    press(check, "Leave this row out (L)")
    check.table.choose(0)
    assert flow.check.main_words == "Work it out with 1 decision"
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert (flow.intake.plan.counts["created"], flow.intake.plan.counts["skipped"]) == (2, 2)
    assert check.table.current is not None
    assert check.table.current.reason == "You left this row out."
    press(check, "Decide anew (A)")
    assert flow.check.main_words == "Work it out again"
    go_on(screen, flow)
    assert flow.intake.plan.counts["created"] == 3


def press(check: PlanStep, words: str) -> None:
    """Press a button beside the rows, once it can be seen."""
    QApplication.processEvents()
    next(found for found in check.findChildren(QPushButton) if found.isVisible() and found.text() == words).click()


def test_a_list_has_no_questionnaire(screen: Screen, listed: Path) -> None:
    assert begun(screen, listed).columns.decisions.isHidden()


def test_a_file_may_be_dropped_on_the_page(screen: Screen, listed: Path) -> None:
    page = exchange(screen)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(listed))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(20, 20), copy, data, left, plain)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPoint(20, 20), copy, data, left, plain))
    screen.settle()
    assert page.flow is not None
    assert page.flow.current == 1


def test_the_report_is_saved(screen: Screen, listed: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    flow = begun(screen, listed)
    go_on(screen, flow)
    go_on(screen, flow)
    report = tmp_path / "report.xlsx"
    flow.result.save_report(report)
    screen.settle()
    cells = [str(c.value) for row in load_workbook(report).active.iter_rows() for c in row]  # type: ignore[union-attr]
    assert "Maro Quillon" in cells


def test_who_may_not_import_is_not_offered_it(screen: Screen) -> None:
    page = exchange(screen, "outreach", CLERK_PASSWORD)
    words = [label.text() for label in page.findChildren(QLabel)]
    assert "Export" in words
    assert "Import a list" not in words
    assert not page.acceptDrops()


def test_the_list_of_people_leads_to_the_import(screen: Screen) -> None:
    window = screen.enter()
    assert isinstance(window.page, RecordsPage)
    action = next(a for a in window.page.head.offered if a.code == "import")
    window.page._run(action)
    assert isinstance(window.page, ExchangePage)
    assert window.page.flow is not None

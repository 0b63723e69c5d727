"""Going back, going away and stopping while a list is read, looked at or written; what was chosen stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.registry.transfer.importing import write_workbook
from tests.registry.transfer.submissions.questionnaires import Style, write_kobo
from tests.ui.conftest import PEOPLE, Screen
from tests.ui.test_import import begun, exchange, go_on, people
from ui.importing.flow import ImportFlow

LIST = "Name,Town,Consent,Remark\nAna Exemple,Lyon,no,baker\nBo Exemple,Nice,yes,cook\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of two, one of whom said no."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def press(flow: ImportFlow, words: str) -> None:
    """Press a button that can be seen."""
    next(b for b in flow.findChildren(QPushButton) if b.isVisible() and b.text() == words).click()


def put_away(screen: Screen) -> None:
    """What was closed is gone before the workers answer."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    screen.settle()


def test_who_leaves_while_the_file_is_read_hears_no_more_of_it(screen: Screen, listed: Path) -> None:
    page = exchange(screen)
    page.take(listed)
    assert page.flow is not None
    (task,) = screen.window.desk.runner.tasks
    page.flow._leave.click()
    assert page.flow is None
    assert task.progress._cancelled
    put_away(screen)


def test_who_leaves_or_goes_back_while_the_plan_is_made_stops_it(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    for away in (flow._back, flow._leave):
        flow.advance()
        (task,) = screen.window.desk.runner.tasks
        away.click()
        assert task.progress._cancelled
        put_away(screen)
    assert people(screen) == PEOPLE


def test_while_records_are_written_one_stops_them_or_waits(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    go_on(screen, flow)
    flow.check.apply()
    assert not any(button.isEnabled() for button in (flow._back, flow._leave, flow.main_button))
    screen.settle()
    assert flow.result.sentence == "1 row was imported."


def test_what_was_chosen_stays_when_the_list_is_read_again(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    flow.columns.boxes["Remark"].choose("occupation")
    flow.columns.boxes["Town"].choose("")
    flow.columns.decisions.refused.setChecked(True)
    screen.settle()
    press(flow, "Back")
    press(flow, "Go on with “list.csv”")
    assert (flow.current, flow.columns.boxes["Remark"].target) == (1, "occupation")
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert flow.intake.plan.counts["created"] == 2
    assert flow.intake.plan.mapping["Remark"] == "occupation"
    assert "Town" not in flow.intake.plan.mapping


def test_in_another_sheet_nothing_is_chosen_yet(screen: Screen, tmp_path: Path) -> None:
    first, second = [["Name", "Remark"], ["Ana Exemple", "a"]], [["Name", "Remark", "Town"], ["Bo Exemple", "b"]]
    flow = begun(screen, write_workbook(tmp_path / "two.xlsx", First=first, Second=second))
    flow.columns.boxes["Remark"].choose("occupation")
    flow.columns._sheet.setCurrentIndex(1)
    screen.settle()
    assert flow.intake.chosen == {}


def test_a_file_with_other_columns_by_now_is_to_be_chosen_again(screen: Screen, listed: Path) -> None:
    flow = begun(screen, listed)
    listed.write_text("Town,Name\nLyon,Ana Exemple\n", encoding="utf-8")
    go_on(screen, flow)
    assert flow.intake.plan is None
    said = [label.text() for label in flow.check.findChildren(QLabel) if label.isVisible()]
    assert "This file was changed or moved while it was read. Choose it again." in said


def test_a_file_that_is_no_form_leaves_the_answers_as_they_were_read(screen: Screen, listed: Path) -> None:
    flow = begun(screen, write_kobo(listed.parent / "answers.xlsx", Style(language=0, several="summary")))
    flow.columns.decisions.take(listed)
    screen.settle()
    assert flow.intake.form is None
    go_on(screen, flow)
    assert flow.intake.plan is not None

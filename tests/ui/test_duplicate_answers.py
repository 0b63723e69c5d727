"""What the answers on duplicates teach: shown in the window before it counts, let count, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from registry.app import Registry
from registry.commands import FindDuplicates, KeepApart, LoadDemonstration, MergeRecords
from registry.demo.people import people
from registry.queries import ReviewDuplicates, WeighAnswers
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_duplicates import dialog, press, review, three
from ui.desk import Notice
from ui.quality.answers_dialog import AnswersDialog
from ui.quality.duplicates_tab import DuplicatesTab

__all__ = ["three"]


def answers(screen: Screen, tab: DuplicatesTab) -> AnswersDialog:
    tab.answers.setFocus()
    press(screen, tab.answers, Qt.Key.Key_Space)
    return dialog(AnswersDialog)


def test_what_answers_teach_is_shown_before_it_counts_and_taken_back(
    screen: Screen, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        twice = tuple(one for one in people(30, 5) for _time in range(2))
        registry.execute(LoadDemonstration("people", twice))
        registry.execute(FindDuplicates())
        groups = [group for group in registry.read(ReviewDuplicates()).groups if len(group.ids) == 2]
        for number, group in enumerate(groups[:20]):
            one, other = group.ids
            registry.execute(MergeRecords(one, (other,)) if number % 2 else KeepApart(group.ids))
    tab = review(screen)
    shown = answers(screen, tab)
    assert "10 “the same”, 10 “not the same”" in shown.said.text()
    assert "pairs in the queue" in shown.taught.text()
    assert "So far no answer counts" in shown.state.text()
    assert not shown.back.isEnabled()
    before = tab.desk.registry.read(ReviewDuplicates())
    notices: list[Notice] = []
    tab.desk.noticed.connect(notices.append)
    shown.main.setFocus()
    press(screen, shown.main, Qt.Key.Key_Return)
    screen.settle()
    assert "weighed anew" in notices[-1].text
    after = tab.desk.registry.read(ReviewDuplicates())
    assert [group.likelihood for group in after.groups] != [group.likelihood for group in before.groups]
    again = answers(screen, tab)
    assert "Answers count already." in again.state.text()
    again.back.setFocus()
    press(screen, again.back, Qt.Key.Key_Space)
    screen.settle()
    assert not tab.desk.registry.read(WeighAnswers()).used
    tab.desk.undo()
    screen.settle()
    assert tab.desk.registry.read(WeighAnswers()).used


def test_a_clerk_sees_the_effect_and_too_few_answers_teach_nothing(screen: Screen, three: list[int]) -> None:
    tab = review(screen, three[0], "clerk", CLERK_PASSWORD)
    press(screen, tab.queue, Qt.Key.Key_N)
    shown = answers(screen, tab)
    assert "To learn from them takes 20" in shown.said.text()
    assert "An administrator decides" in shown.state.text()
    assert not shown.main.isEnabled()


def test_before_anybody_has_looked_there_is_nothing_to_weigh(screen: Screen) -> None:
    shown = answers(screen, review(screen))
    assert shown._trouble.text == "Look for duplicates among all records first."
    assert not shown.main.isEnabled()

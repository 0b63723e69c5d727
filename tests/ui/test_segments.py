"""Segments in the window: saved from the list, opened by keyboard, looked at, frozen, deleted and taken back."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from registry.commands import EditRecord, SaveSegment
from registry.queries import ListIds, ListSegments
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.dialogs.base import Dialog
from ui.segments.changes import ChangesDialog
from ui.segments.dialog import SegmentsDialog, open_segments
from ui.segments.naming import NameDialog, save_search

Shown = TypeVar("Shown", bound=Dialog)


def dialog(screen: Screen, kind: type[Shown]) -> Shown:
    """The dialog of this kind that is open."""
    screen.settle()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def segments(screen: Screen) -> SegmentsDialog:
    open_segments(screen.window.desk, screen.page.selection())
    return dialog(screen, SegmentsDialog)


def search(screen: Screen, query: str) -> None:
    screen.page._take_query(query)
    screen.settle()


def press(screen: Screen, shown: Dialog, key: Qt.Key) -> None:
    screen.bot.keyClick(shown.focusWidget() or shown, key)
    screen.settle()


def test_a_search_is_saved_under_a_name_and_shown_under_it(screen: Screen) -> None:
    desk = screen.enter().desk
    search(screen, "sex:female")
    count = len(screen.page.table.records.ids)
    save_search(desk, screen.page.selection())
    asked = dialog(screen, NameDialog)
    press(screen, asked, Qt.Key.Key_Return)
    assert "needs a name" in asked.name.accessibleDescription()
    screen.bot.keyClicks(asked.name, "Women here")
    press(screen, asked, Qt.Key.Key_Return)
    assert screen.page.query == 'in:"Women here"'
    assert len(screen.page.table.records.ids) == count
    assert screen.page.segment.isVisible()
    assert screen.page.segment.sentence.text() == "Women here · Saved search · Yours alone"
    desk.undo()
    screen.settle()
    assert desk.registry.read(ListSegments()) == ()


def test_nothing_is_saved_of_a_list_without_a_search(screen: Screen) -> None:
    desk = screen.enter().desk
    notices = []
    desk.noticed.connect(notices.append)
    save_search(desk, screen.page.selection())
    assert [n.role for n in notices] == ["warning"]


def test_a_segment_is_opened_by_keyboard(screen: Screen) -> None:
    desk = screen.enter().desk
    for name, query in (("Men", "sex:male"), ("Women", "sex:female")):
        desk.registry.execute(SaveSegment(name, query))
    shown = segments(screen)
    assert [(s.name, s.count) for s in shown.table.things] == [
        (name, len(desk.registry.read(ListIds("people", query))))
        for name, query in (("Men", "sex:male"), ("Women", "sex:female"))
    ]
    press(screen, shown, Qt.Key.Key_Down)
    press(screen, shown, Qt.Key.Key_Return)
    assert screen.page.query == "in:Women"


def test_it_tells_who_came_and_went_and_opens_a_card(screen: Screen) -> None:
    desk = screen.enter().desk
    search(screen, "")
    first, second = screen.page.table.records.ids[:2]
    desk.registry.execute(EditRecord("people", first, {"hometown": "Examplia"}))
    desk.registry.execute(SaveSegment("Home", "hometown:Examplia"))
    search(screen, "in:Home")
    line = screen.page.segment
    assert line.changes.isHidden()
    search(screen, "")
    assert line.isHidden()
    desk.registry.execute(EditRecord("people", first, {"hometown": "Elsewhere"}))
    desk.registry.execute(EditRecord("people", second, {"hometown": "Examplia"}))
    assert segments(screen).table.things[0].came == 1
    dialog(screen, SegmentsDialog).reject()
    search(screen, "in:home")
    assert line.changes.text().endswith("1 came, 1 went")
    screen.bot.mouseClick(line.changes, Qt.MouseButton.LeftButton)
    shown = dialog(screen, ChangesDialog)
    assert {(c.id, c.came) for c in shown.table.things} == {(first, False), (second, True)}
    press(screen, shown, Qt.Key.Key_Return)
    assert screen.page.card.record_id == second
    search(screen, "")
    search(screen, "in:Home")
    assert line.changes.text().endswith("1 came, 1 went"), "what was told once in this session can be read again"


def test_a_segment_is_shared_frozen_renamed_and_deleted(screen: Screen) -> None:
    desk = screen.enter().desk
    desk.registry.execute(SaveSegment("Women", "sex:female"))
    shown = segments(screen)
    for code in ("share", "freeze"):
        shown._steps[code].click()
        screen.settle()
    (each,) = desk.registry.read(ListSegments())
    assert each.shared
    assert each.fixed_on
    assert not shown._steps["freeze"].isEnabled()
    assert shown._steps["share"].text() == "Keep to myself"
    shown._steps["rename"].click()
    asked = dialog(screen, NameDialog)
    asked.name.setText("Ladies")
    press(screen, asked, Qt.Key.Key_Return)
    assert [s.name for s in shown.table.things] == ["Ladies"]
    shown._steps["delete"].click()
    screen.settle()
    assert not shown.table.things
    desk.undo()
    screen.settle()
    assert [s.name for s in desk.registry.read(ListSegments())] == ["Ladies"]


def test_what_another_needs_is_not_deleted_and_the_reason_is_told(screen: Screen) -> None:
    desk = screen.enter().desk
    desk.registry.execute(SaveSegment("Women", "sex:female"))
    desk.registry.execute(SaveSegment("Zero", "-in:Women"))
    shown = segments(screen)
    shown._steps["delete"].click()
    screen.settle()
    assert "is used in the segment “Zero”" in shown._trouble.text


def test_others_segments_are_used_but_not_changed(screen: Screen) -> None:
    desk = screen.enter().desk
    desk.registry.execute(SaveSegment("Women", "sex:female", shared=True))
    screen.enter("clerk", CLERK_PASSWORD)
    shown = segments(screen)
    assert [s.owner for s in shown.table.things] == ["demo"]
    assert not any(shown._steps[code].isEnabled() for code in ("rename", "share", "freeze", "delete"))
    assert shown.main.isEnabled()

"""Segments in the window: saved from the list, opened by keyboard, looked at, frozen, deleted and taken back."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from registry.commands import EditRecord, SaveSegment
from registry.queries import ListIds, ListSegments
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.desk import Notice
from ui.dialogs.activity import ActivityDialog, follow_up_for
from ui.dialogs.base import Dialog
from ui.dialogs.set_field import SetFieldDialog, set_field
from ui.places import Selection
from ui.segments.changes import ChangesDialog
from ui.segments.dialog import SegmentsDialog, open_segments
from ui.segments.listing import ListDialog, put_on, take_off
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
    QTest.keyClick(shown.focusWidget() or shown, key)
    screen.settle()


def test_a_search_is_saved_under_a_name_and_shown_under_it(screen: Screen) -> None:
    desk = screen.enter().desk
    search(screen, "sex:female")
    count = len(screen.page.table.records.ids)
    save_search(desk, screen.page.selection())
    asked = dialog(screen, NameDialog)
    press(screen, asked, Qt.Key.Key_Return)
    assert "needs a name" in asked.name.accessibleDescription()
    QTest.keyClicks(asked.name, "Women here")
    press(screen, asked, Qt.Key.Key_Return)
    assert screen.page.query == 'in:"Women here"'
    assert len(screen.page.table.records.ids) == count
    assert screen.page.segment.isVisible()
    assert screen.page.segment.sentence.text() == "Saved search · Yours alone"
    desk.undo()
    screen.settle()
    assert desk.registry.read(ListSegments()) == ()


def test_nothing_is_saved_of_a_list_without_a_search(screen: Screen) -> None:
    desk = screen.enter().desk
    notices: list[Notice] = []
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
    line.changes.click()
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


def test_the_line_above_the_list_freezes_and_follows_an_undo(screen: Screen) -> None:
    desk = screen.enter().desk
    desk.registry.execute(SaveSegment("Women", "sex:female"))
    search(screen, "in:Women")
    line = screen.page.segment
    line.freeze.click()
    screen.settle()
    assert line.sentence.text().startswith("Fixed list of")
    assert line.freeze.isHidden()
    desk.undo()
    screen.settle()
    assert line.sentence.text() == "Saved search · Yours alone"
    assert line.freeze.isVisible()


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


# --- many records at once -----------------------------------------------------------------------------------------


def test_the_marked_are_put_on_a_list_and_taken_off(screen: Screen) -> None:
    desk = screen.enter().desk
    screen.page.table.mark_row(0)
    ids = tuple(screen.page.table.records.ids[:3])
    put_on(desk, Selection("people", "", ids, 3))
    shown = dialog(screen, ListDialog)
    press(screen, shown, Qt.Key.Key_Return)
    assert "needs a name" in shown._labelled._below.text()
    QTest.keyClicks(shown.list, "Choir")
    press(screen, shown, Qt.Key.Key_Return)
    search(screen, "in:Choir")
    assert set(screen.page.table.records.ids) == set(ids)
    assert screen.page.segment.sentence.text().startswith("Fixed list of")
    take_off(desk, Selection("people", "in:Choir", ids[:1], 1))
    shown = dialog(screen, ListDialog)
    assert shown.list.currentText() == "Choir"
    press(screen, shown, Qt.Key.Key_Return)
    assert set(screen.page.table.records.ids) == set(ids[1:]), "the list shown follows"
    desk.undo()
    screen.settle()
    assert set(screen.page.table.records.ids) == set(ids)


def test_all_that_are_found_are_put_on_a_list(screen: Screen) -> None:
    desk = screen.enter().desk
    search(screen, "sex:female")
    found = set(screen.page.table.records.ids)
    put_on(desk, screen.page.selection())
    shown = dialog(screen, ListDialog)
    shown.list.setEditText("Women")
    shown.main.click()
    screen.settle()
    assert set(desk.registry.read(ListIds("people", "in:Women"))) == found


def test_a_field_is_set_for_all_that_are_found(screen: Screen) -> None:
    desk = screen.enter().desk
    search(screen, "sex:female")
    count = len(screen.page.table.records.ids)
    set_field(desk, screen.page.selection())
    shown = dialog(screen, SetFieldDialog)
    assert not shown.main.isEnabled()
    shown.empty.click()
    assert f"of {count} records is emptied" in shown.sentence.text()
    assert shown.main.isEnabled()
    shown.empty.click()
    places = [f.name for f in shown._fields]
    shown.field.setCurrentIndex(places.index("available_from"))
    shown.value.set_value("soon", initial=False)
    shown.main.click()
    screen.settle()
    assert "is not a date" in shown.value._below.text()
    shown.field.setCurrentIndex(places.index("hometown"))
    shown.value.set_value("Examplia", initial=False)
    assert f"of {count} records gets this value" in shown.sentence.text()
    shown.main.click()
    screen.settle()
    assert len(desk.registry.read(ListIds("people", "hometown:Examplia"))) == count
    desk.undo()
    screen.settle()
    assert not desk.registry.read(ListIds("people", "hometown:Examplia"))


def test_a_follow_up_is_assigned_to_several(screen: Screen) -> None:
    desk = screen.enter().desk
    ids = tuple(screen.page.table.records.ids[:3])
    follow_up_for(desk, Selection("people", "", ids, 3))
    shown = dialog(screen, ActivityDialog)
    assert list(shown.editors) == [
        *("activity", "activity.subject", "activity.follow_up", "activity.officer", "activity.notes"),
    ]
    shown.editors["activity"].set_value("call", initial=False)
    shown.editors["activity.officer"].set_value("clerk", initial=False)
    shown.main.click()
    screen.settle()
    assert "until when" in shown.editors["activity.follow_up"]._below.text()
    shown.editors["activity.follow_up"].set_value("2031-05-06", initial=False)
    shown.main.click()
    screen.settle()
    found = desk.registry.read(ListIds("people", "activity.follow_up:2031-05-06 activity.officer:clerk"))
    assert set(found) == set(ids)


def test_a_ready_made_segment_is_taken_over_and_not_offered_again(screen: Screen) -> None:
    desk = screen.enter().desk
    shown = segments(screen)
    titles = [action.text() for action in shown.ready.menu().actions()]
    assert "Not confirmed for 2 years" in titles
    assert desk.registry.read(ListSegments()) == ()
    shown.ready.menu().actions()[titles.index("Not confirmed for 2 years")].trigger()
    screen.settle()
    (kept,) = desk.registry.read(ListSegments())
    assert (kept.name, kept.mine, kept.shared) == ("Not confirmed for 2 years", True, False)
    assert "Not confirmed for 2 years" not in [action.text() for action in shown.ready.menu().actions()]

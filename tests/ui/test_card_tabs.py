"""The tabs Activity and Files, and the photo, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from registry.activities import Activity
from registry.commands import AddAttachment, LogActivity
from registry.queries import GetHistory, GetPhoto, ListActivities, ListAttachments
from tests.days import day
from tests.ui.cards import CONTROL, KEYS, alone, dialog, notice, press, stand_on, tab, words, write
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.card.activity import ActivityTab
from ui.card.card import RecordCard
from ui.card.files import FilesTab
from ui.dialogs.activity import ActivityDialog
from ui.dialogs.attachment import AttachmentDialog

ACTIVITY, FILES = 2, 3


def logged(screen: Screen, card: RecordCard) -> tuple[Activity, ...]:
    return screen.window.desk.registry.read(ListActivities("people", card.record_id))


# --- activity ---------------------------------------------------------------------------------------------------


def test_a_call_with_a_follow_up_is_logged_and_done_by_keyboard(screen: Screen) -> None:
    card = alone(screen)
    card.tabs.setFocus()
    press(KEYS.Key_J, CONTROL)
    shown = dialog(screen, ActivityDialog)
    assert shown.editors["activity.direction"].isHidden()
    write("Phone")
    assert not shown.editors["activity.direction"].isHidden()
    assert shown.editors["activity.date"].text() == day()
    shown.editors["activity.subject"].setFocus()
    write("A lost passport")
    shown.editors["activity.follow_up"].setFocus()
    write("2000")
    press(KEYS.Key_Return)
    screen.settle()
    assert "before the activity itself" in words(shown.editors["activity.follow_up"])
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    focused.selectAll()
    write("2199-01-31")
    press(KEYS.Key_Return)
    screen.settle()
    assert notice(screen) == "Logged for 1 record."
    (one,) = logged(screen, card)
    assert (one.kind, one.due, one.values["activity.officer"]) == ("call", "2199-01-31", "demo")
    assert "Phone call" not in words(card.reading), "the tab shows it"
    tab(screen, card, ACTIVITY)
    assert "Follow up by 31 Jan 2199" in words(card.tabs.activity)
    stand_on(screen, card.tabs.activity.listing.entries[0])
    press(KEYS.Key_Space)
    screen.settle()
    assert notice(screen) == "Follow-up done."
    assert logged(screen, card)[0].values["activity.followed_up"] == day()
    assert card.tabs.activity.listing.entries[0].hasFocus(), "the keyboard stays where it was"
    press(KEYS.Key_Z, CONTROL)
    screen.settle()
    assert logged(screen, card)[0].open


def log(screen: Screen, card: RecordCard, **texts: str) -> None:
    named = {f"activity.{name}": text for name, text in texts.items() if name != "kind"}
    command = LogActivity("people", (card.record_id,), {"activity": texts["kind"], **named})
    screen.window.desk.execute(command)
    screen.settle()


def test_open_ones_stand_on_top_and_a_concern_is_answered(screen: Screen) -> None:
    card = alone(screen)
    log(screen, card, kind="visit", date="2024-05-01", subject="Newest")
    log(screen, card, kind="concern", date="2020-05-01", subject="Unpaid wages", theme="labour")
    tab(screen, card, ACTIVITY)
    said = words(card.tabs.activity)
    order = [said.index(part) for part in ("Still to do", "Unpaid wages", "Not answered yet", "Done", "Newest")]
    assert order == sorted(order)
    first, second = card.tabs.activity.listing.entries
    stand_on(screen, first)
    press(KEYS.Key_Down)
    assert second.hasFocus()
    press(KEYS.Key_Space)  # nothing is to be done there
    press(KEYS.Key_Up)
    press(KEYS.Key_Space)
    screen.settle()
    assert notice(screen) == "Concern answered."
    assert f"Answered on {date.today().day}" in words(card.tabs.activity)
    assert not any(a.open for a in logged(screen, card))


def test_one_is_put_right_and_removed_by_keyboard(screen: Screen) -> None:
    card = alone(screen)
    log(screen, card, kind="visit", date="2024-05-01", subject="First")
    log(screen, card, kind="event", date="2024-05-02", subject="Secnod")
    tab(screen, card, ACTIVITY)
    stand_on(screen, card.tabs.activity.listing.entries[0])
    press(KEYS.Key_Return)
    shown = dialog(screen, ActivityDialog)
    assert shown.editors["activity.subject"].text() == "Secnod"
    shown.editors["activity.subject"].set_value("Second", initial=False)
    shown.editors["activity.date"].set_value("2199", initial=False)
    shown.main.click()
    screen.settle()
    assert "still to come" in words(shown.editors["activity.date"])
    shown.editors["activity.date"].set_value("2024-05-03", initial=False)
    shown.main.click()
    screen.settle()
    found = [(a.values["activity.subject"], a.values["activity.date"]) for a in logged(screen, card)]
    assert found == [("Second", "2024-05-03"), ("First", "2024-05-01")]
    stand_on(screen, card.tabs.activity.listing.entries[0])
    press(KEYS.Key_Delete)
    screen.settle()
    assert notice(screen) == "Activity removed."
    assert [a.values["activity.subject"] for a in logged(screen, card)] == ["First"]


def test_without_any_the_tab_says_what_it_is_for(screen: Screen) -> None:
    card = alone(screen)
    tab(screen, card, ACTIVITY)
    assert "Nothing logged yet" in words(card.tabs.activity)


def test_what_is_being_typed_is_asked_about_first(screen: Screen) -> None:
    card = alone(screen)
    card.edit()
    card.form.editors()[0].set_value("typed", initial=False)
    card.form.editors()[0].setFocus()
    press(KEYS.Key_J, CONTROL)
    assert not screen.window.findChildren(ActivityDialog)
    assert "not saved" in card.banner.text
    card._discard()


def offer(screen: Screen) -> QAction:
    """The entry of the menu above the list."""
    return next(action for action in screen.page.head.more.menu().actions() if action.text() == "Log activity…")


def test_one_activity_is_logged_for_the_marked_and_undone_as_one(screen: Screen) -> None:
    window = screen.enter()
    table = screen.page.table
    table.setFocus()
    table.mark_row(0)
    press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = table.marked_ids()
    assert len(chosen) == 3
    offer(screen).trigger()
    shown = dialog(screen, ActivityDialog)
    assert "3 records" in words(shown)
    write("Event")
    press(KEYS.Key_Return)
    screen.settle()
    assert notice(screen) == "Logged for 3 records."
    registry = window.desk.registry
    assert all(registry.read(ListActivities("people", i))[0].kind == "event" for i in chosen)
    count = sum(len(registry.read(ListActivities("people", i))) for i in chosen)
    window.desk.undo()
    screen.settle()
    assert sum(len(registry.read(ListActivities("people", i))) for i in chosen) == count - 3


def test_all_that_are_found_can_be_chosen(screen: Screen) -> None:
    screen.enter()
    screen.page._take_query("sex:female")
    screen.settle()
    found = len(screen.page.table.records.ids)
    offer(screen).trigger()
    screen.settle()
    shown = dialog(screen, ActivityDialog)
    assert f"{found} records" in words(shown)
    shown.reject()


# --- files ------------------------------------------------------------------------------------------------------


def picture(folder: Path) -> Path:
    path = folder / "portrait of somebody.png"
    Image.new("RGB", (1200, 1600), "teal").save(path)
    return path


def drop(view: FilesTab, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_dropped_photo_shows_beside_the_name(screen: Screen, tmp_path: Path) -> None:
    card = alone(screen)
    assert card.header.photo.isHidden()
    tab(screen, card, FILES)
    assert "No files yet" in words(card.tabs.files)
    drop(card.tabs.files, picture(tmp_path))
    shown = dialog(screen, AttachmentDialog)
    write("Photo")
    assert shown._title.isHidden()
    press(KEYS.Key_Return)
    screen.settle()
    assert notice(screen) == "File added."
    assert screen.window.desk.registry.read(GetPhoto(card.record_id))
    assert not card.header.photo.isHidden()
    assert card.header.photo.pixmap().deviceIndependentSize().toTuple() == (60, 80)
    assert "portrait" not in words(card.tabs.files)
    screen.page.open_record(next(i for i in screen.page.table.records.ids if i != card.record_id))
    screen.settle()
    assert card.header.photo.isHidden()


def test_a_document_is_added_saved_and_removed_by_keyboard(screen: Screen, tmp_path: Path) -> None:
    card = alone(screen)
    tab(screen, card, FILES)
    paper = tmp_path / "scan0001.pdf"
    paper.write_bytes(b"%PDF-1.7 invented")
    card.tabs.files.take(paper)
    shown = dialog(screen, AttachmentDialog)
    shown.title.setFocus()
    shown.title.clear()
    press(KEYS.Key_Return)
    screen.settle()
    assert "Write what this file is." in words(shown)
    assert shown.title.hasFocus()
    write("Birth certificate")
    press(KEYS.Key_Return)
    screen.settle()
    registry = screen.window.desk.registry
    kept = registry.read(ListAttachments(card.record_id))
    assert [(a.title, a.kind, a.ending) for a in kept] == [("Birth certificate", "document", "pdf")]
    said = words(card.tabs.files)
    assert "Birth certificate" in said
    assert "scan0001" not in said
    card.tabs.files._save(kept[0], tmp_path / "copy.pdf")
    screen.settle()
    assert (tmp_path / "copy.pdf").read_bytes() == paper.read_bytes()
    assert "not encrypted" in notice(screen)
    assert registry.read(GetHistory(limit=1)).operations[0].code == "save_attachment"
    stand_on(screen, card.tabs.files.listing.entries[0])
    press(KEYS.Key_Delete)
    screen.settle()
    assert notice(screen) == "File removed."
    assert registry.read(ListAttachments(card.record_id)) == ()
    screen.window.desk.undo()
    screen.settle()
    assert "Birth certificate" in words(card.tabs.files)


def test_a_file_that_cannot_be_kept_says_why(screen: Screen, tmp_path: Path) -> None:
    card = alone(screen)
    tab(screen, card, FILES)
    program = tmp_path / "setup.pdf"
    program.write_bytes(b"MZ\x90\x00\x00")
    card.tabs.files.take(program)
    shown = dialog(screen, AttachmentDialog)
    shown.main.click()
    screen.settle()
    assert shown.trouble.text.startswith("Files of this kind are not kept.")
    shown.reject()


def test_an_outreach_officer_sees_no_documents_and_adds_nothing(screen: Screen, tmp_path: Path) -> None:
    card = alone(screen)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7 invented")
    screen.window.desk.registry.execute(AddAttachment(card.record_id, "document", paper, "Verdict"))
    record_id = card.record_id
    screen.close()
    screen.enter("outreach", CLERK_PASSWORD)
    screen.page.open_record(record_id)
    screen.settle()
    tab(screen, screen.page.card, FILES)
    files = screen.page.card.tabs.files
    assert "No files yet" in words(files)
    assert files.add.isHidden()
    assert not files.acceptDrops()


@pytest.mark.parametrize("place", [ACTIVITY, FILES])
def test_the_tabs_can_be_reached_by_keyboard(screen: Screen, place: int) -> None:
    card = alone(screen)
    card.tabs.setFocus()
    for _step in range(place):
        press(KEYS.Key_Right)
    screen.settle()
    view: ActivityTab | FilesTab = card.tabs.activity if place == ACTIVITY else card.tabs.files
    assert view.isVisible()

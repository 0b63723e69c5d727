"""The tabs Activity and Files, the photo, and consent in full, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from ui.card.tabs.activity import ActivityTab
from ui.card.tabs.files import FilesTab

from registry.activities import Activity
from registry.commands import AddAttachment, LogActivity, RecordConsent
from registry.consents import Consent
from registry.queries import GetHistory, GetPhoto, GetRecord, ListActivities, ListAttachments
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.card.card import RecordCard
from ui.dialogs.activity import ActivityDialog
from ui.dialogs.attachment import AttachmentDialog
from ui.dialogs.consent import ConsentDialog

KEYS = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = date.today().isoformat()
ACTIVITY, FILES = 2, 3
Shown = TypeVar("Shown", bound=QDialog)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def words(widget: QWidget) -> str:
    """All that a widget says."""
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if not part.isHidden())


def alone(screen: Screen, user: str = "demo", password: str = "demo") -> RecordCard:
    """The card of somebody without activities, files or consents."""
    window = screen.enter(user, password)
    registry = window.desk.registry
    chosen = next(
        i for i in screen.page.table.records.ids
        if not registry.read(ListActivities("people", i)) and not registry.read(GetRecord("people", i)).consents
    )  # fmt: skip
    screen.page.open_record(chosen)
    screen.settle()
    screen.page.card.setFocus()
    return screen.page.card


def dialog(screen: Screen, kind: type[Shown]) -> Shown:
    """The dialog that was opened, once it has the keyboard."""
    screen.settle()
    shown = screen.window.findChildren(kind)[-1]
    screen.bot.waitUntil(shown.isActiveWindow)
    return shown


def stand_on(screen: Screen, entry: QWidget) -> None:
    """Give an entry the keyboard, once no dialog has it any more."""
    screen.window.activateWindow()  # without a screen nobody else gives it back
    screen.bot.waitUntil(screen.window.isActiveWindow)
    entry.setFocus()


def logged(screen: Screen, card: RecordCard) -> tuple[Activity, ...]:
    return screen.window.desk.registry.read(ListActivities("people", card.record_id))


def tab(screen: Screen, card: RecordCard, place: int) -> None:
    card.tabs.setCurrentIndex(place)
    screen.settle()


def notice(screen: Screen) -> str:
    return screen.window.notices.text


# --- activity ---------------------------------------------------------------------------------------------------


def test_a_call_with_a_follow_up_is_logged_and_done_by_keyboard(screen: Screen) -> None:
    card = alone(screen)
    card.tabs.setFocus()
    press(KEYS.Key_J, CONTROL)
    shown = dialog(screen, ActivityDialog)
    assert shown.editors["activity.direction"].isHidden()
    write("Phone")
    assert not shown.editors["activity.direction"].isHidden()
    assert shown.editors["activity.date"].text() == TODAY
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
    assert logged(screen, card)[0].values["activity.followed_up"] == TODAY
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


def test_one_activity_is_logged_for_the_marked_and_undone_as_one(screen: Screen) -> None:
    window = screen.enter()
    table = screen.page.table
    table.setFocus()
    table.mark_row(0)
    press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = table.marked_ids()
    assert len(chosen) == 3
    offer = next(b for b in screen.page.findChildren(QPushButton) if b.accessibleName() == "Log activity")
    offer.click()
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
    next(b for b in screen.page.findChildren(QPushButton) if b.accessibleName() == "Log activity").click()
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


# --- consent ----------------------------------------------------------------------------------------------------


def consents(screen: Screen, card: RecordCard) -> dict[str, Consent]:
    found = screen.window.desk.registry.read(GetRecord("people", card.record_id)).consents
    return {f"{answer.purpose}.{answer.channel}": answer for answer in found}


def ask_consent(screen: Screen, card: RecordCard, purpose: str = "outreach_news") -> ConsentDialog:
    card._ask_consent(purpose)
    return dialog(screen, ConsentDialog)


def test_consent_is_recorded_with_its_proof_from_the_matrix(screen: Screen) -> None:
    card = alone(screen)
    card.edit()
    card._show_whole()
    more = next(b for b in card.form._consents[0].findChildren(QWidget)
                if b.accessibleName().startswith("Details: News and invitations"))  # fmt: skip
    more.setFocus()
    QTest.keyClick(more, KEYS.Key_Space)
    shown = dialog(screen, ConsentDialog)
    write("Given")
    letter: QCheckBox = shown.channels["letter"]
    letter.setFocus()
    press(KEYS.Key_Space)
    shown.inputs["how"].input.setFocus()
    write("Signed")
    shown.inputs["on"].input.setFocus()
    press(KEYS.Key_A, CONTROL)
    write("2199-01-01")
    press(KEYS.Key_Return)
    screen.settle()
    assert "still to come" in words(shown.inputs["on"])
    press(KEYS.Key_A, CONTROL)
    write("3 March 2025")
    shown.inputs["expires"].input.setFocus()
    write("2199")
    press(KEYS.Key_Return)
    screen.settle()
    assert notice(screen) == "Consent recorded."
    answer = consents(screen, card)["outreach_news.letter"]
    assert (answer.status, answer.decided_on, answer.how, answer.expires) == ("given", "2025-03-03", "signed", "2199")
    assert answer.taken_by == "demo"
    assert "Given 3 Mar 2025 · Signed · until 2199: Letter" in words(card.reading)


def test_no_channel_is_said_at_the_channels(screen: Screen) -> None:
    card = alone(screen)
    shown = ask_consent(screen, card)
    shown.main.click()
    screen.settle()
    assert "Choose at least one channel." in words(shown)
    shown.reject()


def test_consent_is_withdrawn_and_says_so(screen: Screen) -> None:
    card = alone(screen)
    command = RecordConsent(card.record_id, "outreach_news", ("letter", "sms"), "given", "oral", "2024-05-01")
    screen.window.desk.execute(command)
    screen.settle()
    shown = ask_consent(screen, card)
    assert [code for code, box in shown.channels.items() if box.isChecked()] == ["letter", "sms"]
    day = shown.withdrawn.input
    assert isinstance(day, QLineEdit)
    day.setText("2023")
    shown.withdraw.click()
    screen.settle()
    assert "before the day of the answer" in words(shown.withdrawn)
    day.setText("2025-06-30")
    shown.withdraw.click()
    screen.settle()
    assert notice(screen) == "2 consents withdrawn."
    said = words(card.reading)
    assert "Withdrawn on 30 Jun 2025 · given 1 May 2024 · Oral, with a witness: Letter, Text message" in said
    screen.window.desk.undo()
    screen.settle()
    assert consents(screen, card)["outreach_news.letter"].status == "given"


def test_one_that_ran_out_is_shown_as_such_and_asked_for_anew(screen: Screen) -> None:
    card = alone(screen)
    command = RecordConsent(card.record_id, "outreach_news", ("letter",), "given", "", "2019", expires="2020")
    screen.window.desk.execute(command)
    screen.settle()
    assert "Given 2019 · ran out, 2020: Letter" in words(card.reading)
    card.edit()
    cells = {cell.field.name: cell.status for cell in card.form._consents[0].cells} if card.form._consents else {}
    assert not cells.get("consent.outreach_news.letter")

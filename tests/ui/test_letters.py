"""Letters: who, what, check, print; the campaign afterwards."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

from registry.changes import Changes
from registry.commands import SaveSegment
from registry.documents.letters import Printing
from registry.queries import ListCampaigns, ListIds, PrepareLetters
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_export import answer
from ui.building.dialog import BuilderDialog
from ui.letters.flow import LettersFlow
from ui.letters.letter_step import AS_WRITTEN
from ui.pages.outreach import OutreachPage
from ui.places import Selection
from ui.widgets.inputs import Labelled


def outreach(screen: Screen, user: str = "demo", password: str = "demo") -> OutreachPage:
    """The place Outreach."""
    page = screen.enter(user, password, "outreach").page
    assert isinstance(page, OutreachPage)
    return page


def begun(screen: Screen, query: str = "", ids: tuple[int, ...] | None = None) -> LettersFlow:
    """Letters to a selection, counted."""
    page = outreach(screen)
    page.arrive(Selection("people", query, ids, 0))
    screen.settle()
    assert page.flow is not None
    choose_forum(screen, page.flow)
    return page.flow


def choose_forum(screen: Screen, flow: LettersFlow) -> None:
    """The letter that these tests know."""
    letters = flow.recipients._template
    letters.setCurrentIndex(letters.findData("annual-forum"))
    screen.settle()


def go_on(screen: Screen, flow: LettersFlow) -> None:
    """Press the button that goes on, by its key."""
    QTest.keyClick(flow, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.settle()


def test_everybody_is_a_recipient_or_left_out_with_a_reason(screen: Screen) -> None:
    flow = begun(screen)
    recipients = flow.recipients._draft.recipients
    assert recipients is not None
    assert len(recipients.included) + len(recipients.excluded) == recipients.selected
    assert sum(recipients.reasons.values()) == len(recipients.excluded)
    code = next(iter(recipients.reasons))
    flow.recipients._chips.choose(code)
    assert {person.reason for person in flow.recipients._people.things} == {code}


def test_a_segment_is_chosen_from_a_menu(screen: Screen) -> None:
    flow = begun(screen)
    registry = screen.window.desk.registry
    registry.execute(SaveSegment("Women", "sex:female"))
    flow.recipients._segments.click()
    screen.settle()
    (menu,) = flow.recipients.findChildren(QMenu)
    (action,) = menu.actions()
    assert action.text() == "Women"
    action.trigger()
    menu.close()
    screen.settle()
    assert flow.recipients._search.text() == "in:Women"
    recipients = flow.recipients._draft.recipients
    assert recipients is not None
    assert recipients.selected == len(registry.read(ListIds("people", "sex:female")))


def test_the_preview_is_the_letter_of_a_real_recipient(screen: Screen) -> None:
    flow = begun(screen)
    go_on(screen, flow)
    screen.bot.waitUntil(lambda: not flow.letter.sheet.image.isNull())
    first = flow.letter.sheet.image
    assert first.width() > 200
    assert len({first.pixelColor(x, y).rgb() for x in range(0, first.width(), 3) for y in range(0, 300, 3)}) > 3
    flow.letter._turn(1)
    screen.bot.waitUntil(lambda: flow.letter.sheet.image != first)


def test_what_the_officer_writes_stands_in_the_letter(screen: Screen, tmp_path: Path) -> None:
    found = tuple(screen_ids(screen))
    page = screen.window.page
    assert isinstance(page, OutreachPage)
    page.arrive(Selection("people", "", found, len(found)))
    screen.settle()
    assert page.flow is not None
    flow = page.flow
    choose_forum(screen, flow)
    go_on(screen, flow)
    place = next(line for line in flow.letter.findChildren(QLineEdit) if "premises" in line.placeholderText())
    QTest.keyClicks(place, "Hall of the Lighthouse")
    screen.settle()
    go_on(screen, flow)
    file = tmp_path / "letters.pdf"
    flow.printing.print_to(file)
    screen.settle()
    assert flow.current == 3
    pages = PdfReader(file).pages
    # Of the letters in English: the French ones have their own words for the place.
    assert any("Hall of the Lighthouse" in page.extract_text() for page in pages)
    campaigns = screen.window.desk.registry.read(ListCampaigns())
    assert len(campaigns) == 1
    assert campaigns[0].code in flow.done.sentence
    assert campaigns[0].states["printed"] == len(pages)
    flow.leave()
    page.refresh(Changes({"campaigns": frozenset({1})}))
    screen.settle()
    assert [c.code for c in page.campaigns.things] == [campaigns[0].code]


def test_words_are_asked_for_in_each_language_and_a_day_once(screen: Screen) -> None:
    flow = begun(screen)
    go_on(screen, flow)
    names = [line.accessibleName() for line in flow.letter.findChildren(QLineEdit)]
    assert names == [
        "Date and time of the forum",
        "Place of the forum, in English",
        "Place of the forum, in French",
        "Place of the forum, in Portuguese",
        "Place of the forum, in Arabic",
        "Reply by",
    ]
    day = flow.letter.findChildren(QLineEdit)[0]
    asked = day.parent()
    assert isinstance(asked, Labelled)
    for text, said in (("soon", AS_WRITTEN), ("2027-06-12 10:00", "Left empty, it says what is shown in grey.")):
        day.clear()
        QTest.keyClicks(day, text)
        assert asked._below.text() == said
    flow.letter._language.setCurrentIndex(flow.letter._language.findData("fr"))
    screen.settle()
    names = [line.accessibleName() for line in flow.letter.findChildren(QLineEdit)]
    assert names == ["Date and time of the forum", "Place of the forum", "Reply by"]


def screen_ids(screen: Screen) -> list[int]:
    """Some who get a letter in English, few enough that no password is asked for."""
    page = outreach(screen)
    page.write_letters()
    screen.settle()
    assert page.flow is not None
    choose_forum(screen, page.flow)
    recipients = page.flow.recipients._draft.recipients
    assert recipients is not None
    return [person.id for person in recipients.included if person.language == "en"][:5]


def test_many_letters_need_a_reason(screen: Screen) -> None:
    flow = begun(screen)
    go_on(screen, flow)
    go_on(screen, flow)
    assert flow.current == 2
    assert not flow.printing.ready
    flow.printing._reason.setText("Forum")
    assert flow.printing.ready


def test_a_broken_query_is_said_and_one_cannot_go_on(screen: Screen) -> None:
    flow = begun(screen, "contry:FRA")
    assert not flow.main_button.isEnabled()
    assert flow.recipients._who._below.text()


def test_nobody_found_is_said(screen: Screen) -> None:
    flow = begun(screen, "zzyzx")
    assert not flow.main_button.isEnabled()
    assert flow.recipients._stack.currentWidget() is flow.recipients._state


def test_without_campaigns_the_page_says_what_to_do(screen: Screen) -> None:
    page = outreach(screen, "outreach", CLERK_PASSWORD)
    assert page._overview._inside.currentWidget() is page._overview._state
    assert page._overview._state.accessibleName().startswith("No letters yet")
    page.start_new()
    assert page.flow is not None


def test_a_clerk_is_not_offered_outreach(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    assert "outreach" not in [place.code for place in window.places]
    assert len(window.desk.registry.read(ListIds("people"))) > 0


def test_whom_to_write_to_is_offered_and_built_from_rows(screen: Screen) -> None:
    flow = begun(screen)
    line = flow.recipients._line
    line.box.setFocus()
    QTest.keyClicks(line.box, "country:")
    screen.bot.waitUntil(lambda: bool(line.offers.texts()), timeout=5_000)
    QTest.keyClick(line.box, Qt.Key.Key_Escape)
    line.build.click()
    rows = QApplication.activeModalWidget()
    assert isinstance(rows, BuilderDialog)
    rows.chosen.emit("sex:female")
    rows.reject()
    screen.settle()
    recipients = flow.recipients._draft.recipients
    assert recipients is not None
    assert recipients.selected == len(screen.window.desk.registry.read(ListIds("people", "sex:female")))


def choose(screen: Screen, box: QComboBox, code: str) -> None:
    """Choose from a list as one does with the mouse."""
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())
    screen.settle()


def offered(box: QComboBox) -> list[str]:
    """The codes of a list."""
    return [box.itemData(place) for place in range(box.count())]


def test_purpose_and_basis_are_the_letters_own_until_others_are_chosen(screen: Screen) -> None:
    flow = begun(screen)
    step, registry = flow.recipients, screen.window.desk.registry
    grounds, draft = step.grounds, step._draft
    assert grounds.purpose.currentText() == "News and invitations (the letter’s own)"
    assert grounds.basis.currentText() == "Consent (the letter’s own)"
    agreed = draft.recipients
    choose(screen, grounds.basis, "vital")
    assert draft.recipients is not None
    assert agreed is not None
    assert draft.recipients.letters > agreed.letters
    assert "crisis" in grounds._rule.text()
    choose(screen, grounds.basis, "consent")
    choose(screen, grounds.purpose, "elections")
    choose(screen, grounds.channel, "event")
    assert "invited to events" in grounds._rule.text()
    asked = PrepareLetters("", "annual-forum", "elections", channel="event", basis="consent")
    assert draft.recipients.reasons == registry.read(asked).reasons
    choose_forum(screen, flow)
    step._choose_template()
    assert (draft.purpose, draft.basis) == ("", "")


def test_letters_come_in_the_file_and_window_that_were_chosen(screen: Screen, tmp_path: Path) -> None:
    page = outreach(screen)
    some = tuple(screen.window.desk.registry.read(ListIds("people", ""))[:60])
    page.arrive(Selection("people", "", some, len(some)))
    screen.settle()
    assert page.flow is not None
    flow = page.flow
    choose_forum(screen, flow)
    go_on(screen, flow)
    screen.bot.waitUntil(lambda: not flow.letter.sheet.image.isNull())
    usual = flow.letter.sheet.image
    go_on(screen, flow)
    press = flow.printing.press
    choose(screen, press.window_box, "c4")
    press.duplex.click()
    assert press.printing == Printing("c4", duplex=True)
    flow.show_step(1)
    screen.settle()
    screen.bot.waitUntil(lambda: flow.letter.sheet.image != usual)
    go_on(screen, flow)
    choose(screen, press.file, ".zip")
    assert (press.file_name, press.duplex.isEnabled()) == ("letters.zip", False)
    assert flow.printing._draft.printing == Printing("c4")
    flow.printing.print_to(tmp_path / press.file_name)
    screen.settle()
    assert flow.current == 3
    (campaign,) = screen.window.desk.registry.read(ListCampaigns())
    assert len(ZipFile(tmp_path / "letters.zip").namelist()) == campaign.states["printed"]


def test_an_invitation_to_an_event_is_printed(screen: Screen, tmp_path: Path) -> None:
    flow = begun(screen)
    choose(screen, flow.recipients.grounds.basis, "task")
    choose(screen, flow.recipients.grounds.channel, "event")
    choose(screen, flow.recipients._per, "household")
    flow.show_step(2)
    flow.printing._reason.setText("Forum")
    flow.printing.print_to(tmp_path / "invitations.pdf")
    answer(screen, "demo")
    screen.settle()
    screen.bot.waitUntil(lambda: flow.current == 3)
    (campaign,) = screen.window.desk.registry.read(ListCampaigns())
    assert (campaign.channel, campaign.basis, campaign.per) == ("event", "task", "household")
    assert len(PdfReader(tmp_path / "invitations.pdf").pages) == campaign.states["printed"]


def test_marked_associations_are_written_to_by_their_officer(screen: Screen, tmp_path: Path) -> None:
    page = outreach(screen)
    registry = screen.window.desk.registry
    some = tuple(registry.read(ListIds("associations", ""))[:8])
    page.arrive(Selection("associations", "", some, len(some)))
    screen.settle()
    assert page.flow is not None
    flow, step = page.flow, page.flow.recipients
    assert step._template.currentData() == "association-forum"
    assert offered(step._per) == ["association", "officer"]
    assert step._marked.text() == "8 marked associations"
    choose(screen, step._per, "officer")
    go_on(screen, flow)
    assert "auto" not in offered(flow.letter._language)
    screen.bot.waitUntil(lambda: not flow.letter.sheet.image.isNull())
    go_on(screen, flow)
    flow.printing.prepare()
    screen.settle()
    (campaign,) = registry.read(ListCampaigns())
    assert (campaign.kind, campaign.per, campaign.selected) == ("associations", "officer", 8)
    assert page.panel is not None
    assert {one.id for one in page.panel.people.things} <= set(some)


def test_new_letters_go_to_associations_by_a_query(screen: Screen) -> None:
    page = outreach(screen)
    page.write_letters()
    screen.settle()
    assert page.flow is not None
    step = page.flow.recipients
    assert offered(step._per) == ["person", "household", "association", "officer"]
    choose(screen, step._per, "association")
    found = screen.window.desk.registry.read(ListIds("associations", ""))
    assert step._draft.recipients is not None
    assert step._draft.recipients.selected == len(found)
    assert "associations found" in step._selected.text()

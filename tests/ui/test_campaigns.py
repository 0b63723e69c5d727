"""The place Outreach: a campaign followed, messages prepared, returned mail scanned."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from registry.commands import MarkPosted, PrepareCampaign, PrintCampaign
from registry.outreach.reasons import PHONE
from registry.queries import CampaignPeople, GetRecord, ListCampaigns, ListIds, Search
from tests.ui.conftest import Screen
from tests.ui.test_letters import begun, go_on, outreach
from ui.outreach.campaign_panel import CampaignPanel
from ui.outreach.consent_tab import ConsentTextDialog
from ui.outreach.message_dialog import MessageDialog
from ui.outreach.sending_dialogs import PrintDialog, WriteDialog
from ui.pages.outreach import OutreachPage
from ui.pages.quality import QualityPage
from ui.paper.addresses import LabelsDialog
from ui.quality.tracing_tab import QUERY

FORUM = "annual-forum"


def prepared(screen: Screen) -> CampaignPanel:
    """A campaign of letters, shown."""
    page = outreach(screen)
    registry = screen.window.desk.registry
    some = tuple(registry.read(ListIds("people", ""))[:60])
    made = registry.execute(PrepareCampaign(template=FORUM, title="Forum", ids=some)).value
    page.show_campaign(made.campaign)
    screen.settle()
    assert page.panel is not None
    return page.panel


def shown_steps(panel: CampaignPanel) -> set[str]:
    """Names of the buttons that are offered."""
    return {name for name, made in panel.steps.items() if not made.isHidden()}


def test_a_campaign_is_printed_posted_and_followed(screen: Screen, tmp_path: Path) -> None:
    panel = prepared(screen)
    assert shown_steps(panel) == {"print"}
    assert set(panel.chips.words) == {"prepared", "excluded"}
    panel.steps["print"].click()
    (dialog,) = panel.findChildren(PrintDialog)
    dialog.press.duplex.click()
    dialog.press.window_box.setCurrentIndex(dialog.press.window_box.findData("c5"))
    dialog.print_to(tmp_path / "letters.pdf")
    screen.settle()
    letters = len(PdfReader(tmp_path / "letters.pdf").pages)
    assert letters == 2 * len(panel.people.things) - 1  # each on a front side, the last without a blank back
    assert shown_steps(panel) == {"posted", "paper", "answers", "follow"}
    panel.steps["posted"].click()
    screen.settle()
    assert shown_steps(panel) == {"paper", "answers", "follow"}
    letter = panel.people.things[0].letter
    answers = tmp_path / "answers.csv"
    answers.write_text(f"code,answer\n{letter},yes\n", encoding="utf-8")
    panel.take_answers(answers)
    screen.settle()
    panel.chips.choose("answered")
    screen.settle()
    assert [one.answer for one in panel.people.things] == ["yes"]
    panel.steps["follow"].click()
    screen.settle()
    page = screen.window.page
    assert isinstance(page, OutreachPage)
    campaigns = screen.window.desk.registry.read(ListCampaigns())
    assert page.panel is not panel
    assert (campaigns[0].follows, campaigns[0].recipients) == (campaigns[1].code, campaigns[1].recipients - 1)


def test_who_is_left_out_stands_there_with_the_reason(screen: Screen) -> None:
    panel = prepared(screen)
    panel.chips.choose("excluded")
    screen.settle()
    model = panel.people.model()
    reasons = {model.index(row, 3).data() for row in range(model.rowCount())}
    assert all(reasons)
    assert len(reasons) > 1


def test_a_letter_can_wait_to_be_printed(screen: Screen) -> None:
    flow = begun(screen, "country:FRA")
    go_on(screen, flow)
    go_on(screen, flow)
    flow.printing.wait.click()
    screen.settle()
    page = screen.window.page
    assert isinstance(page, OutreachPage)
    assert page.panel is not None
    (campaign,) = screen.window.desk.registry.read(ListCampaigns())
    assert campaign.states["prepared"] == campaign.recipients


def test_codes_are_taken_one_after_the_other(screen: Screen, tmp_path: Path) -> None:
    panel = prepared(screen)
    registry = screen.window.desk.registry
    code = registry.read(ListCampaigns())[0].code
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    registry.execute(MarkPosted(code))
    people = registry.read(CampaignPeople(code, "posted")).people
    page = screen.window.page
    assert isinstance(page, OutreachPage)
    page.arrive("returned")
    screen.settle()
    tab = page.returned
    for typed in (people[0].letter, people[1].letter.lower(), "0000-1"):
        QTest.keyClicks(tab.code, typed)
        QTest.keyClick(tab.code, Qt.Key.Key_Return)
        screen.settle()
        assert tab.code.text() == ""
    assert [one.result for one in tab.table.things] == ["unknown", "returned", "returned"]
    assert registry.read(GetRecord("people", people[0].id)).values["address.state"] == "returned"
    assert panel is not None


def test_a_list_to_call_is_prepared_and_written(screen: Screen, tmp_path: Path) -> None:
    page = outreach(screen)
    page.write_messages()
    (dialog,) = page.findChildren(MessageDialog)
    dialog.channel.setCurrentIndex(dialog.channel.findData(PHONE))
    dialog.basis.setCurrentIndex(dialog.basis.findData("vital"))
    assert dialog.main.isEnabled()
    dialog.answers.setText("1=Yes, 1=No")
    dialog.question.setText("Shall we call again?")
    dialog.prepare()
    screen.settle()
    assert page.panel is None, "two answers have one code"
    assert "“1”" in dialog.answers.accessibleDescription()
    dialog.answers.setText("1=Yes, 2=No")
    dialog.prepare()
    screen.settle()
    assert page.panel is not None
    assert shown_steps(page.panel) == {"write"}
    page.panel.steps["write"].click()
    (writing,) = page.panel.findChildren(WriteDialog)
    writing.reason.setText("an earthquake")
    screen.window.desk.registry.confirm("demo")
    writing.write_to(tmp_path / "calls.csv")
    screen.settle()
    assert (tmp_path / "calls.csv").read_text("utf-8-sig").startswith("code,number,name,phone")


def test_what_is_closed_while_it_counts_stays_closed(screen: Screen) -> None:
    page = outreach(screen)
    page.write_messages()
    (dialog,) = page.findChildren(MessageDialog)
    dialog.reject()
    page.write_letters()
    flow = page.flow
    assert flow is not None
    flow.leave()
    for closed in (dialog, flow):
        QApplication.sendPostedEvents(closed, QEvent.Type.DeferredDelete)
        assert not isValid(closed)
    screen.settle()
    assert page.flow is None


def test_a_message_says_how_many_parts_it_is(screen: Screen) -> None:
    page = outreach(screen)
    page.write_messages()
    (dialog,) = page.findChildren(MessageDialog)
    dialog.channel.setCurrentIndex(dialog.channel.findData("sms"))
    dialog.texts["en"].setPlainText("x" * 161)
    screen.settle()
    assert "GSM-7" in " ".join(found.text() for found in dialog.findChildren(QLabel))
    assert dialog.command().variables["text.en"] == "x" * 161


def test_a_text_about_consent_is_kept(screen: Screen) -> None:
    page = outreach(screen)
    page.arrive("consent")
    screen.settle()
    assert page.consent._stack.currentWidget() is page.consent._state
    page.consent.new.click()
    (dialog,) = page.consent.findChildren(ConsentTextDialog)
    dialog.version.setText("2026-1")
    dialog.save()
    screen.settle()
    assert "Write the text" in " ".join(found.text() for found in dialog.findChildren(QLabel))
    dialog.text.setPlainText("May we write to you?")
    dialog.save()
    screen.settle()
    assert [text.version for text in page.consent.table.things] == ["2026-1"]


def test_who_is_to_be_traced_waits_under_quality(screen: Screen) -> None:
    page = screen.enter("demo", "demo", "quality").page
    assert isinstance(page, QualityPage)
    page.arrive("tracing")
    screen.settle()
    tab = page.tracing
    found = screen.window.desk.registry.read(Search(QUERY, "people", limit=200))
    assert [hit.id for hit in tab.table.things] == [hit.id for hit in found.results]


def test_labels_of_a_campaign_come_in_the_order_of_its_letters(screen: Screen, tmp_path: Path) -> None:
    panel = prepared(screen)
    registry = screen.window.desk.registry
    letters = registry.execute(PrintCampaign(panel._code, tmp_path / "letters.pdf", "test")).value.letters
    panel.ask()
    screen.settle()
    entries = panel.steps["paper"].menu().actions()
    assert [entry.text() for entry in entries] == [
        *("Labels…", "Envelopes…", "List of registered mail…", "Attendance list…"),
    ]
    entries[0].trigger()
    screen.settle()
    (dialog,) = screen.window.findChildren(LabelsDialog)
    assert dialog.selection.count == letters
    dialog.write(tmp_path / "labels.pdf")
    screen.settle()
    said = PdfReader(tmp_path / "labels.pdf").pages[0].extract_text()
    names = [one.name for one in registry.read(CampaignPeople(panel._code, "printed")).people[:3]]
    places = [said.find(name) for name in names]
    assert min(places) >= 0
    assert places == sorted(places)

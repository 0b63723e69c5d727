"""Pictures of campaigns: one of them followed, returned mail, texts about consent, messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.commands import (
    MarkPosted,
    PrepareCampaign,
    PrintCampaign,
    Question,
    RecordAnswers,
    RecordReturned,
    SaveConsentText,
)
from registry.queries import CampaignPeople, ListConsentTexts, ListIds
from ui.outreach.message_dialog import MessageDialog
from ui.outreach.sending_dialogs import PrintDialog
from ui.pages.outreach import OutreachPage
from ui.paper.addresses import LabelsDialog
from ui.places import Selection
from ui.window import MainWindow

if TYPE_CHECKING:
    from tests.screenshots import Stage


def _page(stage: Stage) -> OutreachPage:
    page = stage.page("outreach")
    assert isinstance(page, OutreachPage)
    return page


def _shown(window: QWidget) -> OutreachPage:
    assert isinstance(window, MainWindow)
    assert isinstance(window.page, OutreachPage)
    return window.page


def followed(stage: Stage) -> QWidget:
    """A campaign of which some letters came back and some were answered."""
    page = _page(stage)
    registry = page.desk.registry
    some = tuple(registry.read(ListIds("people", "country:FRA"))[:120])
    question = Question("Will you come?", {"1": "Yes", "2": "No"})
    command = PrepareCampaign(template="annual-forum", title="Forum", ids=some, question=question)
    code = registry.execute(command).value.campaign
    registry.execute(PrintCampaign(code, Path(stage.folder) / "forum.pdf", "test", most=30))
    registry.execute(MarkPosted(code))
    letters = [one.letter for one in registry.read(CampaignPeople(code, "posted")).people]
    registry.execute(RecordReturned(tuple(letters[:2]), "moved"))
    registry.execute(RecordAnswers(((letters[2], "1"), (letters[3], "1"), (letters[4], "2"))))
    page.show_campaign(code)
    stage.settle()
    return page.window()


def returned(stage: Stage) -> QWidget:
    """Codes that were taken: one that is known, one that is none."""
    page = _page(stage)
    page.arrive("returned")
    for code in ("0001-K", "0000-1"):
        page.returned.code.setText(code)
        page.returned.take()
        stage.settle()
    return page.window()


def consent(stage: Stage) -> QWidget:
    """The texts on which people are asked."""
    page = _page(stage)
    registry = page.desk.registry
    if not registry.read(ListConsentTexts()):
        registry.execute(SaveConsentText("outreach_news", "2026-1", "en", "May the consulate write to you with news?"))
        registry.execute(SaveConsentText("outreach_news", "2026-1", "fr", "Le consulat peut-il vous écrire ?"))
    page.arrive("consent")
    stage.settle()
    return page.window()


def messages(stage: Stage) -> QWidget:
    """A text message that is being prepared."""
    page = _page(stage)
    page.write_messages()
    (dialog,) = page.findChildren(MessageDialog)
    dialog.channel.setCurrentIndex(dialog.channel.findData("sms"))
    dialog.texts["en"].setPlainText("The consulate is closed on Friday.")
    stage.settle()
    return dialog


def associations(stage: Stage) -> QWidget:
    """An invitation to associations, by the officers who act for them."""
    page = _page(stage)
    page.arrive(Selection("associations", "", None, 0))
    stage.settle()
    assert page.flow is not None
    step = page.flow.recipients
    for box, code in ((step._per, "officer"), (step.grounds.channel, "event")):
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())
    stage.settle()
    return page.window()


def printing(stage: Stage) -> QWidget:
    """The dialog that prints a prepared campaign, for both sides."""
    page = _page(stage)
    some = tuple(page.desk.registry.read(ListIds("people", "country:FRA"))[:120])
    command = PrepareCampaign(template="address-check", ids=some)
    page.show_campaign(page.desk.registry.execute(command).value.campaign)
    stage.settle()
    assert page.panel is not None
    page.panel.steps["print"].click()
    (dialog,) = page.panel.findChildren(PrintDialog)
    dialog.press.duplex.click()
    stage.settle()
    return dialog


def labels(stage: Stage) -> QWidget:
    """Labels for the letters of a campaign."""
    window = followed(stage)
    page = _shown(window)
    assert page.panel is not None
    page.panel.steps["paper"].menu().actions()[0].trigger()
    stage.settle()
    return window.findChildren(LabelsDialog)[-1]


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "campaign": followed,
    "campaign-returned": returned,
    "campaign-consent": consent,
    "campaign-messages": messages,
    "campaign-print": printing,
    "campaign-labels": labels,
    "letters-associations": associations,
}

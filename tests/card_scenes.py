"""Pictures of a person's card: its tabs, the photo, and the dialogs of activities, files and consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QDialog, QWidget

from registry.app import Registry
from registry.commands import AddAttachment, LogActivity, RecordConsent, WithdrawConsent
from registry.queries import ListAttachments
from ui.card.card import RecordCard
from ui.dialogs.activity import ActivityDialog
from ui.dialogs.attachment import AttachmentDialog
from ui.pages.records import RecordsPage

if TYPE_CHECKING:
    from tests.screenshots import Stage

_ROW = 3
_ACTIVITY, _FILES, _HISTORY = 2, 3, 4


def _card(stage: Stage, tab: int = 0) -> RecordCard:
    """The card of one person, to whom all of this has happened."""
    page = stage.window().page
    assert isinstance(page, RecordsPage)
    person = page.table.records.ids[_ROW]
    _fill(page.desk.registry, person, stage.folder)
    page.open_record(person)
    page.table.mark_row(_ROW)
    stage.settle()
    page.card.tabs.setCurrentIndex(tab)
    stage.settle()
    return page.card


def _fill(registry: Registry, person: int, folder: Path) -> None:
    if registry.read(ListAttachments(person)):
        return
    today = date.today()
    for texts in (
        {"activity": "call", "activity.direction": "in", "activity.subject": "Renewal of the passport",
         "activity.date": str(today - timedelta(9)), "activity.follow_up": str(today - timedelta(2))},
        {"activity": "concern", "activity.theme": "labour", "activity.place": "Lyon",
         "activity.subject": "Three months of wages unpaid", "activity.date": str(today - timedelta(30))},
        {"activity": "service", "activity.service": "document", "activity.date": "2024-05",
         "activity.subject": "Certificate of life", "activity.notes": "Came with her daughter; was in good health."},
    ):  # fmt: skip
        registry.execute(LogActivity("people", (person,), texts))
    for kind, path, title in (
        ("photo", _portrait(folder / "portrait.png"), ""),
        ("document", _paper(folder / "scan.pdf"), "Birth certificate, certified copy"),
        ("form", _paper(folder / "form.pdf"), "Registration form of 2019"),
    ):
        registry.execute(AddAttachment(person, kind, path, title))
    registry.execute(RecordConsent(person, "crisis_contact", ("sms", "phone"), "given", "oral", "2023-11-05"))
    registry.execute(
        RecordConsent(person, "outreach_news", ("letter", "email"), "given", "signed", "2025-03-03", expires="2030")
    )
    registry.execute(RecordConsent(person, "elections", ("letter",), "given", "online", "2021-02"))
    registry.execute(WithdrawConsent(person, "elections", "2024-01-15"))


def _portrait(path: Path) -> Path:
    """Nobody's face."""
    picture = Image.new("RGB", (600, 800), "#c9d6df")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((60, 520, 540, 1100), fill="#52616b")
    drawing.ellipse((180, 180, 420, 500), fill="#e3b58f")
    drawing.pieslice((170, 150, 430, 430), 180, 360, fill="#3b2f2f")
    picture.save(path)
    return path


def _paper(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7 an invented paper" + bytes(240_000))
    return path


def _dialog(
    stage: Stage, ask: Callable[[RecordCard], None], kind: type[QDialog] = QDialog, tab: int = _ACTIVITY
) -> QWidget:
    card = _card(stage, tab)
    ask(card)
    stage.settle()
    return card.window().findChildren(kind)[-1]


def _log(stage: Stage) -> QWidget:
    shown = _dialog(stage, lambda card: card.tabs.activity.begin(), ActivityDialog)
    assert isinstance(shown, ActivityDialog)
    shown.editors["activity"].set_value("concern", initial=False)
    shown.editors["activity.follow_up"].set_value("2000", initial=False)
    shown.main.click()
    stage.settle()
    return shown


def _add_file(stage: Stage) -> QWidget:
    shown = _dialog(stage, lambda card: card.tabs.files.take(stage.folder / "portrait.png"), AttachmentDialog, _FILES)
    assert isinstance(shown, AttachmentDialog)
    shown.kind.set_code("photo")
    stage.settle()
    return shown


def _consents(stage: Stage) -> QWidget:
    card = _card(stage)
    bar = card.reading.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()
    return card.window()


def _matrix(stage: Stage) -> QWidget:
    card = _card(stage)
    card.edit("consent.outreach_news.letter")
    stage.settle()
    card.form.ensureWidgetVisible(card.form._consents[0], 0, 400)
    stage.settle()
    return card.window()


#: Name and scene.
SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("people-activity", lambda stage: _card(stage, _ACTIVITY).window()),
    ("people-files", lambda stage: _card(stage, _FILES).window()),
    ("people-history", lambda stage: _card(stage, _HISTORY).window()),
    ("people-consents", _consents),
    ("people-consent-matrix", _matrix),
    ("activity-log", _log),
    ("file-add", _add_file),
    ("consent", lambda stage: _dialog(stage, lambda card: card._ask_consent("outreach_news"))),
)

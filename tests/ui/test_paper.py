"""What lists and cards print beside letters: labels on a drawn sheet, envelopes, lists, certificates, extracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from registry.commands import ChangeSetting
from registry.queries import GetHistory, GetRecord, GetSettings, ListIds
from tests.registry.documents.pages import pdfium_text
from tests.ui.conftest import Screen
from tests.ui.test_export import type_password
from ui import places
from ui.administration.settings_tab import SettingsTab
from ui.desk import Desk
from ui.paper import addresses
from ui.paper.one_person import CertificateDialog, ExtractDialog
from ui.places import LIST_ACTIONS, Selection
from ui.registration.steps import CARD_STEPS


def some(desk: Desk, count: int = 40) -> Selection:
    """The first people of the register."""
    ids = tuple(desk.registry.read(ListIds("people", "")))[:count]
    return Selection("people", "", ids, len(ids))


def test_the_first_label_is_chosen_on_the_drawn_sheet(screen: Screen, tmp_path: Path) -> None:
    desk = screen.enter().desk
    selection = some(desk)
    dialog = addresses.labels(desk, selection)
    assert isinstance(dialog, addresses.LabelsDialog)
    screen.settle()
    picker = dialog.picker
    assert picker.start == 1
    middle = picker.label_rect(5).center()
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))
    assert picker.start == 5
    assert picker.accessibleName() == "First label: 5 of 21"
    keys = Qt.Key
    pressed = ((keys.Key_Right, 6), (keys.Key_Down, 9), (keys.Key_Up, 6), (keys.Key_End, 21), (keys.Key_Down, 21))
    for key, start in (*pressed, (keys.Key_Home, 1), (keys.Key_Left, 1), (keys.Key_Right, 2)):
        QTest.keyClick(picker, key)
        assert picker.start == start
    dialog.sheet.setCurrentIndex(dialog.sheet.findData("L7165"))
    picker.choose(99)
    assert picker.start == 8, "this sheet has no more"
    path = tmp_path / "labels.pdf"
    dialog.write(path)
    screen.settle()
    assert len(PdfReader(path).pages) >= 2
    (done,) = desk.registry.read(GetHistory(limit=1)).operations
    assert done.code == "labels"


def test_associations_get_labels_without_a_purpose(screen: Screen, tmp_path: Path) -> None:
    desk = screen.enter().desk
    ids = tuple(desk.registry.read(ListIds("associations", "")))[:12]
    dialog = addresses.labels(desk, Selection("associations", "", ids, len(ids)))
    assert isinstance(dialog, addresses.LabelsDialog)
    screen.settle()
    assert dialog.purpose.parent() is None
    assert "12 associations are chosen." in [made.text()[:27] for made in dialog.findChildren(QLabel)]
    path = tmp_path / "labels.pdf"
    dialog.write(path)
    screen.settle()
    name = desk.registry.read(GetRecord("associations", ids[0])).name
    assert name.split()[0] in pdfium_text(path.read_bytes())


def test_own_measures_are_drawn_and_wrong_ones_explained(screen: Screen, tmp_path: Path) -> None:
    desk = screen.enter().desk
    selection = some(desk)
    desk.registry.execute(ChangeSetting("label_sheet", "2x3 90x80 10+10 5x5 A4"))
    dialog = addresses.labels(desk, selection)
    assert isinstance(dialog, addresses.LabelsDialog)
    screen.settle()
    assert dialog.code == "2x3 90x80 10+10 5x5 A4"
    dialog.picker.choose(99)
    assert dialog.picker.start == 6
    dialog.measures.setText("2x3 190x80 10+10")
    assert "do not fit" in dialog.measures.accessibleDescription()
    assert not dialog._main.isEnabled()
    dialog.measures.setText("2x2 90x80 10+10")
    assert dialog.measures.accessibleDescription() == ""
    assert dialog._main.isEnabled()
    dialog.write(tmp_path / "labels.pdf")
    screen.settle()
    assert (tmp_path / "labels.pdf").exists()


@pytest.mark.parametrize("make", [addresses.envelopes, addresses.registered_mail, addresses.attendance])
def test_each_paper_is_written_and_says_who_is_left_out(screen: Screen, tmp_path: Path, make: object) -> None:
    desk = screen.enter().desk
    selection = some(desk, 50)
    dialog = make(desk, selection)  # type: ignore[operator]
    if isinstance(dialog, addresses.AttendanceDialog):
        dialog.heading.setText("Annual forum")
    screen.settle()
    path = tmp_path / "paper.pdf"
    dialog.write(path)
    screen.settle()
    assert path.exists()
    if isinstance(dialog, addresses.AttendanceDialog):
        assert "Annual forum" in pdfium_text(path.read_bytes())


def test_many_need_a_reason_and_the_password(screen: Screen, tmp_path: Path) -> None:
    desk = screen.enter().desk
    ids = desk.registry.read(ListIds("people", ""))
    dialog = addresses.envelopes(desk, Selection("people", "", None, len(ids)))
    screen.settle()
    assert not dialog._main.isEnabled()
    dialog.reason.setText("Forum")
    assert dialog._main.isEnabled()
    path = tmp_path / "envelopes.pdf"
    dialog.write(path)
    type_password(screen, "demo")
    assert path.exists()


def test_a_card_offers_certificate_and_extract(screen: Screen, tmp_path: Path) -> None:
    window = screen.enter()
    desk = window.desk
    steps = {step.label: step.dialog for step in CARD_STEPS}
    assert places.load(steps["Certificate…"]) is CertificateDialog
    assert places.load(steps["Extract of personal data…"]) is ExtractDialog
    person = desk.registry.read(ListIds("people", "state:active"))[0]
    certificate = CertificateDialog(desk, person, "LYS-26-000001-X", window)
    certificate.open()
    certificate.language.setCurrentIndex(certificate.language.findData("fr"))
    certificate.write(tmp_path / "certificate.pdf")
    screen.settle()
    assert "LYS-R" in pdfium_text((tmp_path / "certificate.pdf").read_bytes())
    extract = ExtractDialog(desk, person, "LYS-26-000001-X", window)
    extract.open()
    assert not extract._main.isEnabled(), "not without a reason"
    extract.reason.setText("asked for at the counter")
    assert extract._main.isEnabled()
    extract.write(tmp_path / "extract.json")
    screen.settle()
    assert (tmp_path / "extract.json").stat().st_size > 500


def test_lists_offer_them_to_who_writes_letters() -> None:
    offered = {action.code: action for action in LIST_ACTIONS}
    for code in ("labels", "envelopes", "registered_mail", "attendance"):
        assert offered[code].kinds == (("people",) if code == "attendance" else ("people", "associations"))
        assert places.load(offered[code].run) is getattr(addresses, code)


def test_window_and_labels_are_settings(screen: Screen) -> None:
    desk = screen.enter().desk
    tab = SettingsTab(desk)
    screen.bot.addWidget(tab)
    tab.arrive()
    screen.settle()
    tab.window_box.setCurrentIndex(tab.window_box.findData("c4"))
    tab.lines["label_sheet"].setText("nonsense")
    tab.lines["label_sheet"].textEdited.emit("nonsense")
    tab.save()
    screen.settle()
    assert desk.registry.read(GetSettings())["window"] == "c4"
    assert "no sheet of labels" in tab.labels.input.accessibleDescription()
    tab.lines["label_sheet"].setText("L7163")
    tab.save()
    screen.settle()
    assert desk.registry.read(GetSettings())["label_sheet"] == "L7163"

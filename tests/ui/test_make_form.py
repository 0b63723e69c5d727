"""The dialog that makes forms: kind, form, language, file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from registry.commands import ActivateProfile, SaveProfile
from tests.registry.profiles.templates import GUILD
from tests.ui.conftest import Screen
from ui.dialogs.make_form import MakeFormDialog


def opened(screen: Screen) -> MakeFormDialog:
    """The dialog, asked for at the place Exchange."""
    window = screen.enter()
    window.desk.go("exchange")
    screen.settle()
    (choice,) = [b for b in window.findChildren(QPushButton) if b.text() == "Make a form…"]
    choice.click()
    screen.settle()
    (dialog,) = window.findChildren(MakeFormDialog)
    return dialog


def test_a_form_is_made_in_the_chosen_language(screen: Screen, tmp_path: Path) -> None:
    dialog = opened(screen)
    assert [dialog.kind.itemData(i) for i in range(dialog.kind.count())] == ["xlsx", "pdf", "paper", "xlsform"]
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    file = tmp_path / "form.xlsx"
    dialog.write(file)
    screen.bot.waitUntil(file.exists)
    screen.settle()
    assert "Nom complet" in [cell.value for cell in load_workbook(file).worksheets[0][1]]


def test_templates_in_use_can_be_chosen(screen: Screen, tmp_path: Path) -> None:
    registry = screen.enter().desk.registry
    registry.execute(SaveProfile(GUILD))
    registry.execute(ActivateProfile("guild"))
    dialog = MakeFormDialog(screen.window.desk, screen.window)
    dialog.template.setCurrentText("Questionnaire of the guild")
    dialog.kind.setCurrentIndex(dialog.kind.findData("pdf"))
    file = tmp_path / "guild.pdf"
    dialog.write(file)
    screen.bot.waitUntil(file.exists)
    screen.settle()
    assert "profile__guild__motto" in (PdfReader(file).get_fields() or {})


def test_a_file_that_cannot_be_written_is_said_in_the_dialog(screen: Screen, tmp_path: Path) -> None:
    dialog = MakeFormDialog(screen.enter().desk, screen.window)
    dialog.write(tmp_path / "form.pdf")
    screen.settle()
    assert "ending .xlsx" in dialog._trouble.text
    assert not (tmp_path / "form.pdf").exists()

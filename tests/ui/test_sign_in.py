"""Signing in, making a registry, locking."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from registry.app import Registry
from registry.queries import GetSettings
from tests.ui.conftest import Screen
from ui.dialogs.create_registry import CreateRegistry, RecoveryKeys
from ui.sign_in import SignIn
from ui.window import MainWindow


def test_wrong_password_is_one_sentence_then_the_right_one_enters(screen: Screen) -> None:
    sign_in = screen.program.ask(str(screen.folder), "demo")
    screen.bot.waitUntil(sign_in.password.hasFocus)
    QTest.keyClicks(sign_in.password, "not this")
    QTest.keyClick(sign_in.password, Qt.Key.Key_Return)
    screen.bot.waitUntil(lambda: sign_in.problem.text() == "The name or the password is wrong.", timeout=10_000)
    screen.bot.waitUntil(sign_in.password.hasFocus)
    QTest.keyClicks(sign_in.password, "demo")
    QTest.keyClick(sign_in.password, Qt.Key.Key_Return)
    screen.bot.waitUntil(lambda: isinstance(screen.program.window, MainWindow), timeout=10_000)
    assert screen.program.settings.texts("recent") == [str(screen.folder)]


def test_a_folder_without_a_registry_is_one_sentence(screen: Screen, tmp_path: Path) -> None:
    sign_in = screen.program.ask(str(tmp_path / "nothing"), "demo")
    sign_in.password.setText("demo")
    sign_in.submit.click()
    screen.bot.waitUntil(lambda: "no registry" in sign_in.problem.text(), timeout=10_000)
    assert sign_in.submit.isEnabled()


def test_nothing_is_asked_of_the_store_while_something_is_missing(screen: Screen) -> None:
    sign_in = screen.program.ask("", "")
    sign_in.submit.click()
    assert sign_in.problem.text() == "Choose a folder, and type your name and password."


def test_a_registry_is_made_without_the_command_line(screen: Screen, tmp_path: Path) -> None:
    sign_in = screen.program.ask()
    sign_in._create()
    dialog = sign_in.findChild(CreateRegistry)
    assert isinstance(dialog, CreateRegistry)
    dialog.folder.setText(str(tmp_path / "new"))
    dialog.post.setText("BCN")
    dialog.country.set_code("ESP")
    dialog.home.set_code("CHE")
    dialog.admin.setText("Ines")
    dialog.password.setText("quiet-lantern-73")
    dialog.repeated.setText("quiet-lantern-74")
    dialog._create()
    assert "not the same" in dialog.problem.text()
    dialog.repeated.setText("quiet-lantern-73")
    dialog._create()
    screen.bot.waitUntil(lambda: sign_in.findChild(RecoveryKeys) is not None, timeout=20_000)
    keys = sign_in.findChild(RecoveryKeys)
    assert isinstance(keys, RecoveryKeys)
    go_on = next(b for b in keys.findChildren(QPushButton) if b.text() == "Continue")
    assert not go_on.isEnabled()
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    assert keys.isVisible()
    keys.findChildren(QCheckBox)[0].setChecked(True)
    go_on.click()
    assert sign_in.name.text() == "Ines"
    with Registry.open(tmp_path / "new", "Ines", "quiet-lantern-73") as registry:
        assert registry.read(GetSettings())["post"] == "BCN"
    with Registry.open(tmp_path / "new", "Ines", "quiet-lantern-73") as registry:
        assert registry.read(GetSettings())["home"] == "CHE"


def test_an_idle_window_locks_and_forgets(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    window = screen.enter()
    table = screen.page.table
    table.mark_row(0)
    table.copy_rows()
    assert QApplication.clipboard().text()
    idle = screen.program._idle
    idle.look()
    assert screen.program.window is window
    monkeypatch.setattr(idle, "_last", idle._last - idle.seconds - 1)
    idle.look()
    assert isinstance(screen.program.window, SignIn)
    assert "locked" in screen.program.window.problem.text()
    assert QApplication.clipboard().text() == ""
    assert screen.program.window.name.text() == "demo"


STARTED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.application import Program
application = QApplication([])
program = Program(application)
program.ask()
application.processEvents()
print(*sys.modules)
"""

HEAVY = {"sqlalchemy", "alembic", "sqlcipher3", "reportlab", "openpyxl", "babel", "phonenumbers", "numpy", "uharfbuzz"}


def test_the_sign_in_window_is_shown_before_anything_heavy_is_loaded() -> None:
    run = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in run.stdout.split()}
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()

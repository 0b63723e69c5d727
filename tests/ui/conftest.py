"""A real registry of invented people, and the real window on it, offscreen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from registry import setup
from registry.app import Registry
from registry.commands import AddUser, LoadDemonstration
from registry.demo.associations import associations
from registry.demo.people import people
from registry.vocabularies import DEMONSTRATION_COUNTRY
from ui import quiet_look
from ui.application import Program
from ui.pages.records import RecordsPage
from ui.settings import Settings
from ui.window import MainWindow

PEOPLE = 150
CLERK_PASSWORD = "vellum-harbour-42"


@pytest.fixture(scope="session")
def filled_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("registry") / "filled"
    make(folder)
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(LoadDemonstration("associations", tuple(associations(1))))
        registry.execute(LoadDemonstration("people", tuple(people(PEOPLE, 1))))
        for role in ("clerk", "outreach", "auditor"):
            registry.execute(AddUser(role, role, CLERK_PASSWORD))
    return folder


def make(folder: Path) -> None:
    """An empty demonstration registry, whose keys are cheap."""
    setup.create(
        folder,
        post="LYS",
        country="FRA",
        home=DEMONSTRATION_COUNTRY,
        admin="demo",
        password="demo",
        demonstration=True,
    )


@pytest.fixture
def folder(filled_registry: Path, tmp_path: Path) -> Path:
    """A registry of one's own."""
    return Path(shutil.copytree(filled_registry, tmp_path / "registry"))


@dataclass
class Screen:
    """The program under test.

    Attributes:
        bot: presses keys and waits.
        folder: the registry.
    """

    bot: QtBot
    program: Program
    folder: Path

    def enter(self, user: str = "demo", password: str = "demo", place: str = "people") -> MainWindow:
        """The main window, signed in, its first list read."""
        window = self.program.enter(Registry.open(self.folder, user, password), place)
        self.bot.waitExposed(window)
        self.settle()
        return window

    @property
    def window(self) -> MainWindow:
        """The main window."""
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    @property
    def page(self) -> RecordsPage:
        """The list that is shown."""
        assert isinstance(self.window.page, RecordsPage)
        return self.window.page

    def settle(self) -> None:
        """Wait until the workers have answered."""
        self.bot.waitUntil(lambda: not self.window.desk.runner.tasks, timeout=10_000)

    def press(self, key: Qt.Key, times: int = 1) -> None:
        """Type a key where the keyboard is."""
        for _number in range(times):
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)
        self.settle()

    def close(self) -> None:
        """Put away whatever window is shown."""
        if isinstance(self.program.window, MainWindow):
            self.program.window.desk.close()
        elif self.program.window is not None:
            self.program.window.close()


@pytest.fixture
def screen(
    qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    """The program, with settings of its own; nothing is looked for quietly unless a test says that it is calm."""
    monkeypatch.setattr(quiet_look, "CALM", 86_400.0)
    program = Program(qapp, Settings(tmp_path / "settings.json"), language="en")
    shown = Screen(qtbot, program, folder)
    yield shown
    shown.close()
    for widget in qapp.topLevelWidgets():
        widget.hide()
        if widget.windowType() is not Qt.WindowType.Popup:  # their boxes and completers delete those, once
            widget.deleteLater()
    program.collector.stop()
    program.deleteLater()
    qapp.processEvents()
    # At once: whatever goes on living is styled anew by every window that comes after.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

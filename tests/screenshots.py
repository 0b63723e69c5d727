"""Draws every place and dialog of the real window on a demonstration registry, into a folder.

A scene is one line in `SCENES`: a name and a function that brings the stage there and returns what to draw.
Each scene is drawn light and dark, English and French; those with `large` also at 200 %, those with `mirrored`
also from right to left with every sentence 40 % longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QPoint, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from registry import i18n, setup
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo import questionnaires, surroundings, waiting
from registry.demo.associations import associations
from registry.demo.people import people
from registry.vocabularies import DEMONSTRATION_COUNTRY
from tests import (
    backup_scenes,
    card_scenes,
    duplicate_scenes,
    list_scenes,
    map_scenes,
    other_scenes,
    part_scenes,
    profile_scenes,
    registration_scenes,
    search_scenes,
)
from tests import flow_scenes as scenes
from ui import theme
from ui.application import Program
from ui.card.card import RecordCard
from ui.dialogs.create_registry import CreateRegistry, RecoveryKeys
from ui.dialogs.password import PasswordDialog
from ui.page import Page
from ui.pages.records import RecordsPage
from ui.settings import Settings
from ui.sign_in import SignIn
from ui.tasks import Workers
from ui.trouble import TroubleDialog
from ui.window import MainWindow

SIZE = QSize(1366, 768)
PEOPLE = 2000
#: Seconds that the work of a scene may take; a busy machine needs many.
PATIENCE = 120


class Stage:
    """The running program on a registry of invented people, and one without any."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.folder = folder
        self.settings = Settings(folder / "settings.json")
        self.program = Program(application, self.settings)
        make_registry(folder / "full", PEOPLE)
        make_registry(folder / "empty", 0)
        self._window: MainWindow | None = None

    def window(self, registry: str = "full", place: str = "people") -> MainWindow:
        """The main window, freshly signed in, at a place."""
        self.close()
        opened = Registry.open(self.folder / registry, "demo", "demo")
        self._window = self.program.enter(opened, place)
        self._window.resize(SIZE)
        self.settle()
        return self._window

    def sign_in(self, message: str = "") -> SignIn:
        """The sign-in window."""
        self.close()
        shown = self.program.ask(str(Path("Registries") / "Lyon"), "demo", message)
        self.settle()
        return shown

    def page(self, place: str) -> Page:
        """A place of the full registry."""
        shown = self.window(place=place).page
        assert shown is not None
        return shown

    def settle(self) -> None:
        """Wait until every worker has answered and everything is painted."""
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < 12:
            if time.monotonic() > end:
                raise TimeoutError("the window is still at work: a picture of it would show half of it")
            self.application.processEvents()
            QTest.qWait(5)
            quiet = 0 if self._window is not None and self._window.desk.runner.tasks else quiet + 1

    def close(self) -> None:
        """Put the window away that was shown before."""
        if self._window is not None:
            self._window.desk.close()
            self._window = None
        for widget in self.application.topLevelWidgets():
            widget.hide()


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        draw: brings the stage there and returns the widget to draw.
    """

    name: str
    draw: Callable[[Stage], QWidget]
    large: bool = False
    mirrored: bool = False


def make_registry(folder: Path, count: int) -> None:
    """A demonstration registry with so many people."""
    setup.create(
        folder,
        post="LYS",
        country="FRA",
        home=DEMONSTRATION_COUNTRY,
        admin="demo",
        password="demo",
        demonstration=True,
    )
    if count:
        with Registry.open(folder, "demo", "demo") as registry:
            questionnaires.use(registry)
            today = date.today()
            situated = waiting.situated(people(count, 1), today)
            for kind, rows in (("associations", associations(1)), ("people", situated)):
                registry.execute(LoadDemonstration(kind, tuple(questionnaires.answered(rows, kind, 1))))
            waiting.let_consents_run_out(registry, today)
            surroundings.fill(registry, count)


# --- scenes -----------------------------------------------------------------------------------------------------


def _records(stage: Stage, place: str) -> RecordsPage:
    page = stage.page(place)
    assert isinstance(page, RecordsPage)
    return page


def _card(stage: Stage, place: str, row: int) -> QWidget:
    page = _records(stage, place)
    page.open_record(page.table.records.ids[row])
    page.table.mark_row(row)
    stage.settle()
    return page.window()


def _editing(stage: Stage) -> QWidget:
    window = _card(stage, "people", 3)
    _shown(window).card.edit()
    stage.settle()
    return window


def _shown(window: QWidget) -> RecordsPage:
    assert isinstance(window, MainWindow)
    assert isinstance(window.page, RecordsPage)
    return window.page


def _searched(stage: Stage, query: str) -> QWidget:
    page = _records(stage, "people")
    page._take_query(query)
    stage.settle()
    return page.window()


def _unsaved(stage: Stage) -> QWidget:
    """A card with changes that are not saved, the user menu's neighbour: a notice with Undo."""
    window = _editing(stage)
    page = _shown(window)
    page.card.form.editors()[3].set_value("Ghada bint Munir Abu Bustanawi", initial=False)
    page.card.may_leave()
    page.desk.say(
        i18n.ngettext("{count} person deleted.", "{count} people deleted.", 3), action=(i18n._("Undo"), page.desk.undo)
    )
    stage.settle()
    return window


def _menu(stage: Stage) -> QWidget:
    window = stage.window()
    menu = window.user_menu.menu()
    menu.popup(window.user_menu.mapToGlobal(QPoint(0, 40)))
    stage.settle()
    return menu


def _dialog(stage: Stage, make: Callable[[QWidget], QDialog]) -> QWidget:
    dialog = make(stage.window())
    dialog.open()
    stage.settle()
    return dialog


def _of_card(stage: Stage, ask: Callable[[RecordCard], None]) -> QWidget:
    """A dialog of the card's menu."""
    window = _card(stage, "people", 3)
    ask(_shown(window).card)
    stage.settle()
    return window.findChildren(QDialog)[-1]


def _create(stage: Stage) -> QWidget:
    sign_in = stage.sign_in()
    dialog = CreateRegistry(Workers(lambda _error: None, sign_in), sign_in)
    dialog.folder.setText(str(Path("Registries") / "Lyon"))
    dialog.country.set_code("FRA")
    dialog.open()
    stage.settle()
    return dialog


KEYS = ("TC1S8-0698E-MSB33-B6E27-Q588N-EG2FE-KJD3W-T0THZ", "0DJMG-BTG80-DDEFT-3GERT-EFNWX-45PA4-CBZC9-2PGX0")

SCENES: tuple[Scene, ...] = (
    Scene("sign-in", lambda stage: stage.sign_in(), large=True, mirrored=True),
    Scene("sign-in-wrong", lambda stage: _wrong(stage.sign_in())),
    Scene("create-registry", _create, mirrored=True),
    Scene("recovery-keys", lambda stage: _dialog(stage, lambda window: RecoveryKeys(KEYS, window))),
    Scene("people", lambda stage: stage.window(), mirrored=True),
    Scene("people-card", lambda stage: _card(stage, "people", 3), large=True, mirrored=True),
    *(Scene(name, scene, mirrored=True) for name, scene in card_scenes.SCENES),
    Scene("people-edit", lambda stage: _editing(stage), mirrored=True),
    *(Scene(name, scene, large=True, mirrored=True) for name, scene in part_scenes.SCENES),
    Scene("people-new", part_scenes.new),
    Scene("people-passport", scenes.passport, mirrored=True),
    Scene("people-passport-filled", scenes.filled_from_passport, mirrored=True),
    Scene("people-filtered", lambda stage: _searched(stage, "country:FRA sex:female state:active")),
    *(Scene(name, draw, large=True, mirrored=True) for name, draw in search_scenes.SCENES),
    *(Scene(name, draw, mirrored=True) for name, draw in list_scenes.SCENES),
    Scene("people-no-hits", lambda stage: _searched(stage, "zzyzx")),
    Scene("people-broken-query", lambda stage: _searched(stage, "contry:FRA")),
    Scene("people-empty", lambda stage: stage.window("empty")),
    Scene("people-unsaved", _unsaved, mirrored=True),
    Scene("menu", _menu),
    Scene("associations", lambda stage: stage.window(place="associations")),
    Scene("association-card", lambda stage: _card(stage, "associations", 1)),
    Scene("skills", scenes.skills, large=True, mirrored=True),
    Scene("skills-languages", lambda stage: scenes.skills(stage, "language", "education")),
    Scene("skills-empty", lambda stage: stage.window("empty", "skills")),
    Scene("skills-workbook", scenes.skills_workbook),
    *(Scene(name, draw, large=True, mirrored=True) for name, draw in map_scenes.SCENES.items()),
    Scene("exchange", lambda stage: stage.window(place="exchange")),
    Scene("import-columns", scenes.import_columns, large=True, mirrored=True),
    Scene("import-sheets", scenes.import_sheets),
    Scene("import-plan", scenes.import_plan, large=True, mirrored=True),
    Scene("export", scenes.export, mirrored=True),
    Scene("make-form", scenes.make_form, mirrored=True),
    Scene("outreach-empty", lambda stage: scenes.campaigns(stage, "empty")),
    Scene("letters-recipients", lambda stage: scenes.letters(stage, 0), mirrored=True),
    Scene("letters-preview", lambda stage: scenes.letters(stage, 1), large=True, mirrored=True),
    Scene("letters-check", lambda stage: scenes.letters(stage, 2), mirrored=True),
    Scene("history", lambda stage: scenes.administration(stage, "history"), large=True, mirrored=True),
    Scene("quality", lambda stage: scenes.coding(stage), mirrored=True),
    Scene("quality-overview", lambda stage: scenes.quality(stage), mirrored=True, large=True),
    Scene("quality-by-country", lambda stage: scenes.quality(stage, "address.country"), mirrored=True),
    *(Scene(name, draw, large=True, mirrored=True) for name, draw in duplicate_scenes.SCENES.items()),
    Scene("profiles", profile_scenes.profiles, mirrored=True),
    Scene("profiles-empty", lambda stage: profile_scenes.profiles(stage, "empty")),
    Scene("profile-question", profile_scenes.question, large=True, mirrored=True),
    Scene("profile-preview", profile_scenes.preview, mirrored=True),
    Scene("profile-card", profile_scenes.card),
    *(Scene(name, draw) for name, draw in scenes.SCENES.items()),
    Scene("settings", lambda stage: scenes.administration(stage, "settings"), mirrored=True),
    *(Scene(name, scene, large=True, mirrored=True) for name, scene in backup_scenes.SCENES),
    Scene("erase", lambda stage: _of_card(stage, lambda card: card._erase())),
    Scene("protected", lambda stage: _of_card(stage, lambda card: card._open_protected())),
    Scene("confirm-password", lambda stage: _dialog(stage, lambda w: PasswordDialog(i18n._(_CONFIRM, limit=50), w))),
    *(Scene(name, draw, mirrored=True) for name, draw in other_scenes.SCENES.items()),
    *(Scene(name, draw, mirrored=name == "today") for name, draw in registration_scenes.SCENES.items()),
    Scene("trouble", lambda stage: _dialog(stage, lambda window: TroubleDialog(_REPORT, window))),
)

_CONFIRM = "This takes data of more than {limit} people out. Type your password again to confirm."
_REPORT = "Diaspora Registry 0.1.0\nLinux · Python 3.11 · PySide6 6.11\nKeyError\nrecords.py:120 load\ncard.py:88 show"


def _wrong(sign_in: SignIn) -> QWidget:
    from registry.trouble import WRONG_PASSWORD

    sign_in._say(i18n._(WRONG_PASSWORD), "danger")
    sign_in.password.setText("••••••")
    return sign_in


# --- passes -----------------------------------------------------------------------------------------------------


def draw(stage: Stage, scene: Scene, file: Path) -> None:
    """One scene into one file."""
    widget = scene.draw(stage)
    stage.settle()
    dialog = isinstance(widget, QDialog | QMenu)
    widget.grab().save(str(file))
    if dialog:
        widget.close()


def _report(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Qt's messages, without those on what no picture needs."""
    if not text.startswith("This plugin does not support"):
        print(f"{kind.name}: {text}", file=sys.stderr)


def pass_over(folder: Path, only: str, large: bool) -> None:
    """All scenes in every language and appearance; or those drawn large."""
    qInstallMessageHandler(_report)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        stage = Stage(application, Path(scratch))
        chosen = [s for s in SCENES if only in s.name]
        if large:
            for scene in chosen:
                if scene.large:
                    _dress(stage, "en", "light")
                    draw(stage, scene, folder / f"{scene.name}-200.png")
        else:
            for language, appearance in (("en", "light"), ("en", "dark"), ("fr", "light")):
                for scene in chosen:
                    _dress(stage, language, appearance)
                    draw(stage, scene, folder / f"{scene.name}-{language}-{appearance}.png")
            for scene in chosen:
                if scene.mirrored:
                    _mirrored(stage, scene, folder / f"{scene.name}-mirrored.png")
        stage.close()


def _dress(stage: Stage, language: str, appearance: str) -> None:
    stage.settings.keep("language", language)
    stage.settings.keep("appearance", appearance)
    stage.program.speak()
    theme.apply(stage.application, appearance)


def _mirrored(stage: Stage, scene: Scene, file: Path) -> None:
    """From right to left, with every sentence 40 % longer: what Arabic and German will need."""
    _dress(stage, "en", "light")
    plain = i18n.translate

    def longer(message: str, language: str, /, **values: object) -> str:
        text = plain(message, language, **values)
        return text + "·" * round(len(text) * 0.4)

    setattr(i18n, "translate", longer)  # noqa: B010 - replaced for this picture only
    stage.application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        draw(stage, scene, file)
    finally:
        setattr(i18n, "translate", plain)  # noqa: B010
        stage.application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def main() -> int:
    """`python -m tests.screenshots OUT [NAME]`: all scenes, or those whose name contains NAME."""
    folder, only = Path(sys.argv[1]), "".join(sys.argv[2:3])
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_SCALE_FACTOR"):
        pass_over(folder, only, large=True)
        return 0
    started = time.monotonic()
    pass_over(folder, only, large=False)
    subprocess.run(
        [sys.executable, "-m", "tests.screenshots", *sys.argv[1:]],
        env=os.environ | {"QT_SCALE_FACTOR": "2"}, check=True,
    )  # fmt: skip
    print(f"{len(list(folder.glob('*.png')))} pictures in {time.monotonic() - started:.0f} s: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Backups in the window: by themselves in the background, by hand, checked, restored; and what it says when not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from db import backup
from registry.app import Registry
from registry.commands import MakeBackup
from registry.queries import GetHistory, ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.administration.backups_tab import BackupsTab
from ui.administration.checks_tab import ChecksTab
from ui.dialogs.restore import RestoreDialog
from ui.pages.administration import AdministrationPage
from ui.sign_in import SignIn


def tab_of(screen: Screen) -> BackupsTab:
    """The tab Backups."""
    page = screen.enter(place="administration").page
    assert isinstance(page, AdministrationPage)
    page.arrive("backups")
    screen.settle()
    tab = page.tabs["backups"]
    assert isinstance(tab, BackupsTab)
    return tab


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No copy is ever sound."""
    monkeypatch.setattr(backup, "structure", lambda *_: ["page 3"])
    yield
    monkeypatch.undo()


# --- by themselves ------------------------------------------------------------------------------------------


def test_the_days_backup_is_made_in_the_background_for_anybody(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    assert window.status._backup.text() == "No backup yet"
    window.daily.look()
    assert not any(task.writes for task in window.desk.runner.tasks), "the writer stays free"
    screen.settle()
    screen.settle()
    assert window.status._backup.text() == "Last backup today"
    assert window.status._backup.property("role") == ""
    (made,) = (screen.folder / "backups").iterdir()
    assert backup.read_manifest(made).kind == "daily"
    window.resize(700, 500)
    assert window.status._backup.isHidden(), "where there is little room the icon says it"
    assert window.status._backup_icon.toolTip() == "Last backup today"
    window.daily.look()
    screen.settle()
    assert len(list((screen.folder / "backups").iterdir())) == 1
    assert window.daily._timer.isActive()


def test_a_failed_one_is_told_and_nothing_stops(screen: Screen, failing: None) -> None:
    window = screen.enter()
    window.daily.look()
    screen.settle()
    screen.settle()
    assert window.notices.text.startswith("Today's backup could not be made. What was written could not be read back")
    assert window.status._backup.text() == "Backup failed · No backup yet"
    assert window.status._backup.property("role") == "warning"
    assert window.daily._timer.isActive()
    window.notices._act()
    screen.settle()
    page = window.page
    assert isinstance(page, AdministrationPage)
    tab = page.tabs["backups"]
    assert page._current() is tab
    assert isinstance(tab, BackupsTab)
    assert "failed" in tab.age.text
    checks = page.tabs["checks"]
    page.arrive("checks")
    screen.settle()
    assert isinstance(checks, ChecksTab)
    assert checks.banner.text == "The registry is sound, but it needs a backup: make one under Backups."


def test_stopped_it_waits_and_leaves_nothing(screen: Screen) -> None:
    window = screen.enter()
    window.daily.look()
    (task,) = window.desk.runner.tasks
    task.cancel()
    screen.settle()
    assert window.daily._timer.isActive()
    assert [file.name for file in screen.folder.glob(".*")] == []
    assert window.status._backup.text() in ("No backup yet", "Last backup today")


def test_locking_in_the_middle_leaves_no_half_backup(screen: Screen) -> None:
    window = screen.enter()
    window.daily.look()
    window.daily._timer.start(60_000)
    window._leave("lock")
    assert isinstance(screen.program.window, SignIn)
    assert not window.daily._timer.isActive(), "nothing is begun any more"
    assert [file.name for file in screen.folder.glob(".*")] == []
    for made in (screen.folder / "backups").glob("*.drbackup"):
        assert backup.read_manifest(made).kind == "daily"


# --- the tab ------------------------------------------------------------------------------------------------


def test_a_backup_by_hand_is_made_checked_and_listed(screen: Screen, tmp_path: Path) -> None:
    tab = tab_of(screen)
    assert tab._stack.currentWidget() is tab._state
    tab.back_up_to(tmp_path / "stick.drbackup")
    assert not tab.make_button.isEnabled()
    screen.settle()
    screen.settle()
    assert "complete and verified" in tab.result.text
    assert tab.make_button.isEnabled()
    (listed,) = tab.table.things
    assert (listed.kind, listed.state) == ("manual", "elsewhere")
    assert tab._check_this.isHidden()
    assert screen.window.status._backup.text() == "Last backup today"
    tab.check(tmp_path / "stick.drbackup")
    screen.settle()
    assert "is good" in tab.result.text
    codes = [o.code for o in tab.desk.registry.read(GetHistory()).operations[:2]]
    assert codes == ["check_backup", "make_backup"]


def test_the_proposed_name_says_nothing(screen: Screen) -> None:
    tab = tab_of(screen)
    tab.back_up()
    dialog = tab.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    (proposed,) = dialog.selectedFiles()
    assert Path(proposed).name.startswith("backup-2")
    assert Path(proposed).suffix == ".drbackup"
    for word in ("LYS", "lyon", "demo", "valdoria", "registry"):
        assert word.casefold() not in Path(proposed).name.casefold()
    dialog.reject()


def test_what_cannot_be_made_or_checked_says_why(screen: Screen, tmp_path: Path) -> None:
    tab = tab_of(screen)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    tab.back_up_to(tmp_path / "letter.pdf")
    screen.settle()
    assert tab.result.text == "No backup was made. “letter.pdf” is something else. Choose another name for the backup."
    tab.check(tmp_path / "letter.pdf")
    screen.settle()
    assert "no readable backup" in tab.result.text
    assert tab._check.isEnabled()


def test_a_damaged_one_in_the_list_is_seen_and_one_can_be_checked_from_there(screen: Screen) -> None:
    tab = tab_of(screen)
    screen.window.daily.look()
    screen.settle()
    screen.settle()
    (daily,) = (screen.folder / "backups").iterdir()
    daily.with_name("spoilt.drbackup").write_bytes(daily.read_bytes()[:-80])
    tab.arrive()
    screen.settle()
    by_state = {one.state: row for row, one in enumerate(tab.table.things)}
    assert set(by_state) == {"verified", "damaged"}
    for state, words in (("verified", "is good"), ("damaged", "damaged or incomplete")):
        tab.table.choose(by_state[state])
        assert not tab._check_this.isHidden()
        tab._check_this.click()
        screen.settle()
        assert words in tab.result.text


def test_only_administrators_have_the_tab(screen: Screen) -> None:
    page = screen.enter("clerk", CLERK_PASSWORD, "administration").page
    assert isinstance(page, AdministrationPage)
    assert "backups" not in page.tabs


# --- restoring ----------------------------------------------------------------------------------------------


@pytest.fixture
def stick(screen: Screen, tmp_path: Path) -> Path:
    """A backup made before."""
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(MakeBackup(tmp_path / "stick.drbackup"))
    return tmp_path / "stick.drbackup"


def fill(screen: Screen, dialog: RestoreDialog, file: Path, folder: Path, password: str) -> None:
    """As somebody would, waiting for what the dialog says of the file."""
    dialog.file.setText(str(file))
    dialog.folder.setText(str(folder))
    dialog.name.setText("demo")
    dialog.password.setText(password)
    screen.bot.waitUntil(dialog._main.isEnabled, timeout=10_000)


def test_at_sign_in_where_no_registry_opens_a_backup_is_restored(screen: Screen, stick: Path, tmp_path: Path) -> None:
    shutil.rmtree(screen.folder)
    sign_in = screen.program.ask(str(screen.folder), "demo")
    sign_in._restore()
    dialog = sign_in.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert not dialog._main.isEnabled()
    fill(screen, dialog, stick, tmp_path / "again", "not this")
    assert "with 150 people" in dialog._file._below.text()
    dialog._main.click()
    screen.bot.waitUntil(lambda: "of the day on which it was made" in dialog.problem.text, timeout=10_000)
    assert not (tmp_path / "again").exists()
    dialog.password.setText("demo")
    dialog._main.click()
    screen.bot.waitUntil(lambda: "restored" in sign_in.problem.text(), timeout=20_000)
    assert sign_in.folder.currentText() == str(tmp_path / "again")
    with Registry.open(tmp_path / "again", "demo", "demo") as registry:
        assert len(registry.read(ListIds("people"))) == 150


def test_from_the_administration_the_registry_in_use_stays(screen: Screen, stick: Path, tmp_path: Path) -> None:
    tab = tab_of(screen)
    dialog = tab.restore()
    dialog.file.setText(str(screen.folder / "keys.json"))
    screen.bot.waitUntil(lambda: "no readable backup" in dialog._file._below.text(), timeout=10_000)
    assert not dialog._main.isEnabled()
    fill(screen, dialog, stick, screen.folder, "demo")
    dialog.restore()
    screen.bot.waitUntil(lambda: "already something" in dialog.problem.text, timeout=10_000)
    dialog.folder.setText(str(tmp_path / "again"))
    dialog.restore()
    screen.bot.waitUntil(lambda: str(tmp_path / "again") in tab.result.text, timeout=20_000)
    assert len(tab.desk.registry.read(ListIds("people"))) == 150
    assert (tmp_path / "again" / "registry.db").exists()


def test_with_only_a_recovery_key(screen: Screen, stick: Path, tmp_path: Path) -> None:
    dialog = tab_of(screen).restore()
    dialog.only_key.setChecked(True)
    assert dialog._account.isHidden()
    dialog.file.setText(str(stick))
    dialog.folder.setText(str(tmp_path / "again"))
    dialog.key.setText("0DJMG-BTG80")
    screen.bot.waitUntil(dialog._main.isEnabled, timeout=10_000)
    dialog.restore()
    screen.bot.waitUntil(lambda: "not a recovery key" in dialog.problem.text, timeout=10_000)
    dialog.reject()
    assert not dialog.isVisible()


def test_escape_stops_the_work_first(screen: Screen, stick: Path, tmp_path: Path) -> None:
    dialog = tab_of(screen).restore()
    fill(screen, dialog, stick, tmp_path / "again", "demo")
    dialog.restore()
    dialog.reject()
    assert dialog.isVisible()
    screen.bot.waitUntil(lambda: dialog._task is None, timeout=10_000)
    assert dialog.problem.text == "Stopped. Nothing was left behind."
    assert not (tmp_path / "again").exists()
    dialog.reject()


def test_an_altered_history_is_told_before_the_dialog_closes(
    screen: Screen, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.restoring.history_holds", lambda _engine: False)
    dialog = tab_of(screen).restore()
    fill(screen, dialog, stick, tmp_path / "again", "demo")
    dialog.restore()
    screen.bot.waitUntil(lambda: "was altered" in dialog.problem.text, timeout=20_000)
    assert dialog._main.isHidden()
    assert (tmp_path / "again" / "registry.db").exists()
    dialog.reject()

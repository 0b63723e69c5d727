"""Pictures of backups: the tab in its states, and the dialog that restores one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from registry.backups import VERIFIED
from registry.commands import KeepBackup, MakeBackup
from tests.flow_scenes import administration
from ui.administration.backups_tab import BackupsTab
from ui.daily_backup import CHANGED
from ui.dialogs.restore import RestoreDialog
from ui.pages.administration import AdministrationPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def backups(stage: Stage) -> QWidget:
    """Backups of some weeks, one of them damaged, and one that was just checked."""
    tab = _backups(stage)
    tab.table.choose(next(row for row, one in enumerate(tab.table.things) if one.state == VERIFIED))
    tab._check_chosen()
    stage.settle()
    return tab.window()


def backups_failed(stage: Stage) -> QWidget:
    """The last automatic one did not come about."""
    tab = _backups(stage)
    failed = stage.folder / "full" / "backups" / "failed.json"
    failed.write_text('{"failure": "DiskFull"}', encoding="utf-8")
    tab.desk.announce(CHANGED)
    stage.settle()
    failed.unlink()
    return tab.window()


def _backups(stage: Stage) -> BackupsTab:
    page = stage.page("administration")
    assert isinstance(page, AdministrationPage)
    folder = stage.folder / "full" / "backups"
    if not folder.exists():
        page.desk.registry.execute(KeepBackup())
        (today,) = folder.iterdir()
        for days in (1, 2, 3, 4, 9, 16, 47):
            _as_of(today, folder / f"{days}-daily.drbackup", days)
        (folder / "4-daily.drbackup").write_bytes(today.read_bytes()[:-90])
        page.desk.registry.execute(MakeBackup(stage.folder / "backup-2026-07-28.drbackup"))
    page.arrive("backups")
    stage.settle()
    tab = page.tabs["backups"]
    assert isinstance(tab, BackupsTab)
    return tab


def _as_of(backup: Path, copy: Path, days: int) -> None:
    """The same backup, made so many days ago."""
    with ZipFile(backup) as source, ZipFile(copy, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                said = json.loads(content)
                said["created"] = (datetime.fromisoformat(said["created"]) - timedelta(days=days)).isoformat()
                content = json.dumps(said).encode()
            archive.writestr(name, content)


def restore(stage: Stage) -> QWidget:
    """Everything is filled in."""
    dialog = _restore(stage, "today.drbackup", "vellum harbour 42")
    stage.settle()
    return dialog


def restore_refused(stage: Stage) -> QWidget:
    """The password was another one on that day."""
    dialog = _restore(stage, "today.drbackup", "not this one")
    stage.settle()
    dialog.restore()
    stage.settle()
    QTest.qWait(800)
    return dialog


def _restore(stage: Stage, name: str, password: str) -> RestoreDialog:
    tab = _backups(stage)
    today = stage.folder / name
    if not today.exists():
        tab.desk.registry.execute(MakeBackup(today))
    dialog = tab.restore()
    dialog.folder.setText(str(Path("Registries") / "Lyon again"))
    dialog.file.setText(str(today))
    dialog.password.setText(password)
    return dialog


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("backups", backups),
    ("backups-none", lambda stage: administration(stage, "backups", "empty")),
    ("backups-failed", backups_failed),
    ("restore", restore),
    ("restore-refused", restore_refused),
)

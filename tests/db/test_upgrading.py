"""An older registry is backed up, then upgraded, by one process alone; or it stays as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db import backup, migrate, upgrading
from db.engine import close_engine, integrity, open_engine, reading
from db.errors import NeedsAlone, NewerSchema, NoRoom, NotVerified
from db.keys import FILE_NAME, KeyFile
from db.opening import DATABASE
from db.slots import Unlocked
from db.upgrading import BACKUPS, open_upgraded
from tests.db.folders import ADMIN, CHEAP, make_folder, make_old_folder
from tests.db.register import content

LATER = "tests.db.later_step"
BROKEN = "tests.db.broken_step"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A registry on today's schema, closed."""
    engine, _ = make_folder(tmp_path / "registry")
    close_engine(engine)
    return tmp_path / "registry"


def open_it(folder: Path) -> tuple[Engine, Unlocked]:
    keys = KeyFile.load(folder, cost=CHEAP)
    return open_upgraded(folder, keys, keys.unlock(*ADMIN))


def backups(folder: Path) -> list[Path]:
    return sorted((folder / BACKUPS).glob("*")) if (folder / BACKUPS).exists() else []


def version(engine: Engine) -> int:
    with reading(engine) as connection:
        return migrate.version(connection)


def test_todays_schema_needs_no_backup(folder: Path) -> None:
    engine, _ = open_it(folder)
    close_engine(engine)
    assert backups(folder) == []


def test_an_older_schema_is_backed_up_and_then_upgraded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _ = open_it(folder)
    rows, schema = content(engine), version(engine)
    close_engine(engine)
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
    engine, _ = open_it(folder)
    assert version(engine) == schema + 1
    with reading(engine) as connection:
        assert connection.execute(text("SELECT words FROM later")).scalar_one() == "TST"
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    assert content(engine) == rows
    assert integrity(engine) == []
    close_engine(engine)
    (made,) = backups(folder)
    facts = backup.read_manifest(made).facts
    assert (facts.schema, facts.people) == (schema, 5)
    assert backup.read_manifest(made).kind == backup.UPGRADE
    assert sorted(file.name for file in folder.iterdir()) == [BACKUPS, FILE_NAME, DATABASE]


@pytest.mark.parametrize("first", range(1, len(migrate.STEPS) + 1))
def test_every_schema_there_ever_was_is_upgraded_with_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    old = tmp_path / "old"
    keys, unlocked = make_old_folder(old, migrate.STEPS[:first])
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
    engine, _ = open_upgraded(old, keys, unlocked)
    assert version(engine) == len(migrate.STEPS)
    assert integrity(engine) == []
    close_engine(engine)
    (made,) = backups(old)
    facts = backup.read_manifest(made).facts
    assert (facts.schema, facts.post, facts.people) == (first, "OLD", 0)


def test_an_upgrade_that_fails_leaves_the_registry_and_its_backup(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _ = open_it(folder)
    rows, schema = content(engine), version(engine)
    close_engine(engine)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, BROKEN))
        with pytest.raises(RuntimeError, match="in the middle"):
            open_it(folder)
    assert len(backups(folder)) == 1
    engine, _ = open_it(folder)
    assert (content(engine), version(engine)) == (rows, schema)
    close_engine(engine)


def test_without_a_backup_nothing_is_upgraded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = len(migrate.STEPS)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
        with patch.context() as full:
            full.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, 0))
            with pytest.raises(NoRoom):
                open_it(folder)
        with patch.context() as spoilt:
            spoilt.setattr(backup, "structure", lambda *_: ["page 3"])
            with pytest.raises(NotVerified):
                open_it(folder)
    assert backups(folder) == []
    engine, _ = open_it(folder)
    assert version(engine) == schema
    close_engine(engine)


def test_somebody_else_at_work_prevents_an_upgrade(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrading, "WAIT_ALONE", 100)
    engine, unlocked = open_it(folder)
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
    with pytest.raises(NeedsAlone):
        open_it(folder)
    assert backups(folder) == []
    close_engine(engine)
    engine = open_engine(folder / DATABASE, unlocked.data_key)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'later'")).scalar_one() == 0
    close_engine(engine)


_PEEK = """
import sys
from pathlib import Path
from db.engine import close_engine, open_engine
from db.errors import Busy
try:
    close_engine(open_engine(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), wait=50))
except Busy:
    print("kept out")
"""


def test_nobody_gets_in_while_it_is_alone(folder: Path) -> None:
    engine, unlocked = open_it(folder)
    close_engine(engine)
    alone = open_engine(folder / DATABASE, unlocked.data_key, alone=True)
    peek = [sys.executable, "-c", _PEEK, str(folder / DATABASE), unlocked.data_key.hex()]
    root = Path(__file__).parents[2]
    assert subprocess.run(peek, cwd=root, capture_output=True, text=True, check=True).stdout == "kept out\n"
    close_engine(alone)
    assert subprocess.run(peek, cwd=root, capture_output=True, text=True, check=True).stdout == ""


def test_a_newer_schema_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
        close_engine(open_it(folder)[0])
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(NewerSchema):
        open_it(folder)
    assert (folder / DATABASE).read_bytes() == before


def test_of_many_upgrades_the_last_backups_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / BACKUPS).mkdir()
    for year in range(2020, 2025):
        (folder / BACKUPS / f"{year}0101T000000Z-upgrade.drbackup").write_bytes(b"old")
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, LATER))
    close_engine(open_it(folder)[0])
    names = [file.name for file in backups(folder)]
    assert len(names) == upgrading.KEPT
    assert names[0] == "20240101T000000Z-upgrade.drbackup"
    assert backup.read_manifest(backups(folder)[1]).kind == backup.UPGRADE

"""Backups made by hand and by themselves; their age, their list; checked, or refused with a sentence."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from db import backup
from registry import commands as c
from registry import queries as q
from registry import restoring
from registry.app import Registry
from registry.errors import BadFile, Cancelled, Invalid, NotAllowed, StorageTrouble
from registry.progress import Recorded
from tests.registry.post import OTHER_PASSWORD, PASSWORD, Post


def make(registry: Registry, target: Path) -> Path:
    registry.execute(c.MakeBackup(target))
    return target


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def later(monkeypatch: pytest.MonkeyPatch, **ago: float) -> None:
    """Let so much time pass, as the backups see it."""
    moment = datetime.now(UTC) + timedelta(**ago)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment

    for module in ("registry.backups", "db.backup", "db.upgrading"):
        monkeypatch.setattr(f"{module}.datetime", Clock)


# --- by hand ------------------------------------------------------------------------------------------------


def test_a_backup_by_hand_is_verified_and_leaves_a_trace(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    outcome = admin.execute(c.MakeBackup(tmp_path / "all.drbackup"))
    assert outcome.value.people == 3
    assert outcome.value.sha256 == backup.digest_of(tmp_path / "all.drbackup")
    operation = admin.read(q.GetHistory()).operations[0]
    assert (operation.code, operation.user, operation.batch) == ("make_backup", "amel", outcome.batch)
    assert operation.note == {
        "file": "all.drbackup",
        "people": 3,
        "size": outcome.value.size,
        "sha256": outcome.value.sha256,
    }
    assert admin.read(q.VerifyHistory()).ok
    assert set(names(post.folder)) <= {"registry.db", "registry.db-wal", "registry.db-shm", "keys.json"}


def test_an_older_backup_is_replaced_and_nothing_else(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    target = make(admin, tmp_path / "all.drbackup")
    before = target.read_bytes()
    make(admin, target)
    assert target.read_bytes() != before
    target.write_bytes(before[:5000])  # one that was cut off is no loss
    make(admin, target)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    for other in ("letter.pdf", "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(Invalid, match="is something else"):
            make(admin, tmp_path / other)
    assert (tmp_path / "letter.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize("name", ["registry.db", "keys.json", "new.drbackup", "backups/new.drbackup"])
def test_a_backup_never_goes_into_the_registry_itself(post: Post, name: str) -> None:
    admin = post.open("amel")
    with pytest.raises(Invalid, match="own folder"):
        make(admin, post.folder / name)
    link = post.folder.parent / "link"
    link.symlink_to(post.folder)
    with pytest.raises(Invalid, match="own folder"):
        make(admin, link / name)
    assert admin.read(q.VerifyHistory()).ok


def test_a_backup_can_be_stopped(post: Post, tmp_path: Path) -> None:
    admin, progress = post.open("amel"), Recorded()
    progress.cancel()
    before = admin.read(q.VerifyHistory()).head
    with pytest.raises(Cancelled):
        admin.execute(c.MakeBackup(tmp_path / "all.drbackup"), progress)
    assert not (tmp_path / "all.drbackup").exists()
    assert admin.read(q.VerifyHistory()).head == before


def test_too_little_room_is_a_sentence_with_figures(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(1, 1, 3000))
    with pytest.raises(StorageTrouble, match=r"There is too little room: \d+ MB are needed, 3 kB are free\."):
        make(post.open("amel"), tmp_path / "all.drbackup")


# --- by themselves ------------------------------------------------------------------------------------------


def test_once_a_day_whoever_is_at_work_makes_one_without_a_trace(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = post.open("aude")
    before = auditor.read(q.VerifyHistory()).head
    assert auditor.execute(c.KeepBackup()).value
    assert not auditor.execute(c.KeepBackup()).value
    assert auditor.read(q.VerifyHistory()).head == before
    (made,) = (post.folder / "backups").iterdir()
    assert made.name.endswith("-daily.drbackup")
    later(monkeypatch, days=1)
    assert auditor.execute(c.KeepBackup()).value
    assert len(names(post.folder / "backups")) == 2


def test_daily_backups_rotate(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, folder = post.open("clara"), post.folder / "backups"
    for day in range(12):
        with monkeypatch.context() as patch:
            later(patch, days=day)
            assert clerk.execute(c.KeepBackup()).value
    ages = [f.name[:8] for f in folder.iterdir()]
    assert 7 <= len(ages) <= 9
    assert len(set(ages)) == len(ages)


def test_a_failed_automatic_backup_is_remembered_until_one_succeeds(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = post.open("clara")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "structure", lambda *_: ["page 3"])
        with pytest.raises(StorageTrouble, match="could not be read back"):
            clerk.execute(c.KeepBackup())
    age = clerk.read(q.GetBackupAge())
    assert age.newest is None
    assert age.failure is not None
    assert "could not be read back" in str(age.failure)
    assert not age.ok
    (line,) = [line for line in clerk.read(q.Check()).lines if line.code == "backup"]
    assert not line.ok
    assert "failed" in line.detail
    clerk.execute(c.AddRecord("people", {"full_name": "Work Goes On"}))
    assert names(post.folder / "backups") == ["failed.json"]
    clerk.execute(c.KeepBackup())
    assert clerk.read(q.GetBackupAge()).ok
    assert len(names(post.folder / "backups")) == 1


def test_every_failure_of_the_disk_has_its_sentence(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    from db import errors

    clerk = post.open("clara")
    for failure in (errors.NoRoom(2, 1), errors.DiskFull(), errors.DiskTrouble(), errors.ReadOnly(), errors.Damaged()):

        def fail(*_arguments: object, failure: Exception = failure) -> None:
            raise failure

        with monkeypatch.context() as patch:
            patch.setattr(backup, "make", fail)
            with pytest.raises(StorageTrouble):
                clerk.execute(c.KeepBackup())
        assert isinstance(clerk.read(q.GetBackupAge()).failure, StorageTrouble)


def test_a_spoilt_note_of_a_failure_is_no_failure(post: Post) -> None:
    folder = post.folder / "backups"
    folder.mkdir()
    for content in ("", "[]", '{"failure": 7}', '{"failure": "SystemExit"}'):
        (folder / "failed.json").write_text(content)
        assert post.open("clara").read(q.GetBackupAge()).failure is None


def test_while_somebody_writes_it_waits_for_the_next_look(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.errors import Busy

    def busy(*_arguments: object) -> None:
        raise Busy

    clerk = post.open("clara")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "steady", busy)
        assert not clerk.execute(c.KeepBackup()).value
    assert clerk.read(q.GetBackupAge()).failure is None
    assert clerk.execute(c.KeepBackup()).value


# --- age and list -------------------------------------------------------------------------------------------


def test_a_fresh_registry_needs_nothing_and_an_old_one_does(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = post.open("clara")
    age = clerk.read(q.GetBackupAge())
    assert (age.newest, age.days, age.ok) == (None, 0, True)
    assert clerk.read(q.Check()).ok
    later(monkeypatch, days=9)
    age = clerk.read(q.GetBackupAge())
    assert (age.newest, age.days, age.ok) == (None, 9, False)
    assert not clerk.read(q.Check()).ok
    assert clerk.execute(c.KeepBackup()).value
    age = clerk.read(q.GetBackupAge())
    assert (age.days, age.ok) == (0, True)
    later(monkeypatch, days=9 + 8)
    assert clerk.read(q.GetBackupAge()).days == 8
    assert not clerk.read(q.GetBackupAge()).ok


def test_one_by_hand_counts_and_one_from_the_future_does_not(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = post.open("amel")
    with monkeypatch.context() as patch:
        later(patch, days=400)
        admin.execute(c.KeepBackup())
    assert admin.read(q.GetBackupAge()).newest is None
    make(admin, tmp_path / "all.drbackup")
    newest = admin.read(q.GetBackupAge()).newest
    assert newest is not None
    assert abs(newest - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_list_shows_what_lies_there_and_what_was_taken_away(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    admin.execute(c.KeepBackup())
    make(admin, tmp_path / "all.drbackup")
    folder = post.folder / "backups"
    (daily,) = folder.iterdir()
    (folder / "spoilt.drbackup").write_bytes(daily.read_bytes()[:-100])
    newer = folder / "newer.drbackup"
    with ZipFile(newer, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 99}))
    (folder / "readme.txt").write_text("somebody's own file")
    listed = admin.read(q.ListBackups())
    assert sorted((one.kind, one.state) for one in listed) == [
        ("", "damaged"),
        ("", "newer"),
        ("daily", "verified"),
        ("manual", "elsewhere"),
    ]
    assert {one.people for one in listed if one.kind} == {3}
    assert all(one.size > 0 for one in listed)
    by_kind = {one.kind: one for one in listed}
    assert by_kind["daily"].path == daily
    assert by_kind["manual"].path is None


# --- checked ------------------------------------------------------------------------------------------------


def test_a_backup_is_checked_with_ones_own_key(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    file = make(admin, tmp_path / "all.drbackup")
    admin.execute(c.SetPassword("amel", OTHER_PASSWORD))
    found = admin.execute(c.CheckBackup(file)).value
    assert (found.people, found.sound) == (3, True)
    assert admin.read(q.GetHistory()).operations[0].code == "check_backup"
    assert [name for name in names(post.folder) if name.startswith(".")] == []


def test_a_backup_from_before_the_registry_was_keyed_anew_is_checked_too(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    file = make(admin, tmp_path / "all.drbackup")
    admin.execute(c.DisableUser("leo"))
    between = make(admin, tmp_path / "between.drbackup")
    post.close()
    admin = post.open("amel")
    for one in (file, between):
        assert admin.execute(c.CheckBackup(one)).value.sound
    restored = restoring.restore(between, tmp_path / "between", "clara", PASSWORD)
    assert restored.sound
    with Registry.open(tmp_path / "between", "clara", PASSWORD) as registry:
        assert registry.read(q.Check()).ok


def test_what_cannot_be_checked_says_why(post: Post, post_template: Path, tmp_path: Path) -> None:
    admin = post.open("amel")
    early = make(admin, tmp_path / "early.drbackup")
    admin.execute(c.AddUser("nora", "administrator", OTHER_PASSWORD))
    nora = Registry.open(post.folder, "nora", OTHER_PASSWORD)
    with pytest.raises(NotAllowed, match="no account yet"):
        nora.execute(c.CheckBackup(early))
    nora.close()
    from registry import setup

    setup.create(
        tmp_path / "other", post="OTH", country="FRA", home=None, admin="amel", password=PASSWORD, demonstration=True
    )
    with Registry.open(tmp_path / "other", "amel", PASSWORD) as other:
        foreign = make(other, tmp_path / "foreign.drbackup")
    with pytest.raises(BadFile, match="another registry"):
        admin.execute(c.CheckBackup(foreign))
    with pytest.raises(BadFile, match="no readable backup"):
        admin.execute(c.CheckBackup(post.folder / "registry.db"))
    (tmp_path / "cut.drbackup").write_bytes(early.read_bytes()[:-50])
    with pytest.raises(BadFile, match="damaged or incomplete"):
        admin.execute(c.CheckBackup(tmp_path / "cut.drbackup"))
    assert admin.read(q.VerifyHistory()).ok

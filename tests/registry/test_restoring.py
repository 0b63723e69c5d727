"""A registry made again from a backup, whole, in a folder of its own; or a sentence, and nothing left behind."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from db import backup, migrate
from registry import commands as c
from registry import queries as q
from registry import restoring
from registry.app import Registry
from registry.errors import BadFile, Cancelled, Invalid, NotAllowed, RegistryError, StorageTrouble
from registry.progress import Recorded
from tests.registry.post import ANA, BO, OTHER_PASSWORD, PASSWORD, SEALED, Post

WRONG = "not the password of anybody"


def make(registry: Registry, target: Path) -> Path:
    registry.execute(c.MakeBackup(target))
    return target


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_restored_registry_is_the_one_of_that_day(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    admin.execute(c.EditRecord("people", BO, {"title": "Dr"}))
    file, head = make(admin, tmp_path / "all.drbackup"), backup.read_manifest(tmp_path / "all.drbackup").facts
    before = admin.read(q.GetRecords("people", (ANA, BO)))
    admin.execute(c.EditRecord("people", BO, {"title": "Prof"}))
    folder = tmp_path / "new" / "again"
    done = restoring.restore(file, folder, "Clara", PASSWORD)
    assert (done.backup.people, done.sound, done.user) == (3, True, "clara")
    assert done.sha256 == backup.digest_of(file)
    assert names(folder) == ["keys.json", "registry.db"]
    assert names(folder.parent) == ["again"]
    if sys.platform != "win32":
        assert [oct(path.stat().st_mode)[-3:] for path in (folder, *sorted(folder.iterdir()))] == ["700", "600", "600"]
    with Registry.open(folder, "amel", PASSWORD) as again:
        assert again.read(q.GetRecords("people", (ANA, BO))) == before
        operation = again.read(q.GetHistory()).operations[0]
        assert (operation.code, operation.user) == ("restore_backup", "clara")
        assert operation.note is not None
        assert str(operation.note["backup_of"]).startswith(f"{done.backup.created:%Y-%m-%d %H:%M}")
        anchor = {"registry": head.registry, "sequence": head.sequence, "head": head.head}
        assert again.read(q.VerifyHistory(anchor)).ok
        assert again.read(q.VerifyHistory(restoring.anchor(file))).ok
        assert again.read(q.Check()).ok
    with Registry.open(folder, "petra", PASSWORD) as granted:
        granted.confirm(PASSWORD)
        assert granted.execute(c.OpenProtected(ANA, "a drill")).value == {"safe_contact": SEALED}


def test_an_anchor_kept_in_a_newer_backup_shows_that_an_older_one_was_put_back(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    old = make(admin, tmp_path / "old.drbackup")
    newer = make(admin, tmp_path / "newer.drbackup")
    restoring.restore(old, tmp_path / "again", "amel", PASSWORD)
    with Registry.open(tmp_path / "again", "amel", PASSWORD) as again:
        assert again.read(q.VerifyHistory()).ok
        assert not again.read(q.VerifyHistory(restoring.anchor(newer))).ok


def test_a_recovery_key_restores_when_no_password_is_known(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    admin.execute(c.ChangeUser("petra", role="administrator"))
    (key, _second) = post.open("petra").execute(c.RenewRecoveryKeys()).value
    file = make(admin, tmp_path / "all.drbackup")
    for wrong, sentence in (("x", "not a recovery key"), (PASSWORD, "not a recovery key")):
        with pytest.raises(NotAllowed, match=sentence):
            restoring.recover(file, tmp_path / "again", wrong)
    done = restoring.recover(file, tmp_path / "again", key)
    assert (done.user, done.sound) == ("", True)
    with Registry.recover(tmp_path / "again", key) as registry:
        registry.execute(c.SetPassword("amel", OTHER_PASSWORD))
    with Registry.open(tmp_path / "again", "amel", OTHER_PASSWORD) as registry:
        notes = [o.note for o in registry.read(q.GetHistory()).operations if o.code == "restore_backup"]
        assert notes[0] is not None
        assert notes[0]["signed_in_with"] == "recovery key"


def test_the_password_is_the_one_of_that_day(post: Post, tmp_path: Path) -> None:
    admin = post.open("amel")
    old = make(admin, tmp_path / "old.drbackup")
    admin.execute(c.SetPassword("amel", OTHER_PASSWORD))
    with pytest.raises(NotAllowed, match="of the day on which it was made"):
        restoring.restore(old, tmp_path / "again", "amel", OTHER_PASSWORD)
    assert not (tmp_path / "again").exists()
    assert restoring.restore(old, tmp_path / "again", "amel", PASSWORD).sound


Spoil = Callable[[Path], object]
REFUSED: dict[str, tuple[type[RegistryError], str, Spoil]] = {
    "cut": (BadFile, "damaged or incomplete", lambda f: f.write_bytes(f.read_bytes()[:-100])),
    "half": (BadFile, "damaged or incomplete", lambda f: f.write_bytes(f.read_bytes()[: f.stat().st_size // 2])),
    "foreign": (BadFile, "no readable backup", lambda f: f.write_bytes(b"PK\x03\x04" + bytes(5000))),
    "empty": (BadFile, "no readable backup", lambda f: f.write_bytes(b"")),
    "missing": (BadFile, "no readable backup", lambda f: f.unlink()),
    "flipped": (BadFile, "damaged or incomplete", lambda f: _flip(f, f.stat().st_size // 2)),
    "newer format": (BadFile, "newer version", lambda f: _rewrite(f, format=9)),
    "newer schema": (BadFile, "newer version", lambda f: _rewrite(f, schema=len(migrate.STEPS) + 1)),
    "another head": (BadFile, "damaged or incomplete", lambda f: _rewrite(f, head="00" * 32)),
    "more people": (BadFile, "damaged or incomplete", lambda f: _rewrite(f, people=4)),
}


def _flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def _rewrite(file: Path, **changes: object) -> None:
    with ZipFile(file) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changes).encode()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_good_is_refused_and_leaves_nothing(post: Post, tmp_path: Path, name: str) -> None:
    family, sentence, spoil = REFUSED[name]
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    spoil(file)
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "again", tmp_path / "empty"):
        with pytest.raises(family, match=sentence) as caught:
            restoring.restore(file, folder, "amel", PASSWORD)
        assert caught.value.exit_status == 2
    assert set(names(tmp_path)) <= {"all.drbackup", "post", "empty"}
    assert names(tmp_path / "empty") == []


def test_a_folder_with_something_in_it_is_left_alone(post: Post, tmp_path: Path) -> None:
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    for folder in (tmp_path / "full", post.folder, file):
        with pytest.raises(Invalid, match="already something"):
            restoring.restore(file, folder, "amel", PASSWORD)
    assert names(tmp_path / "full") == ["letter.txt"]
    assert post.open("clara").read(q.Check()).ok


def test_a_wrong_password_writes_nothing_at_all(post: Post, tmp_path: Path) -> None:
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    for user, password in (("amel", WRONG), ("nobody", PASSWORD), ("", "")):
        with pytest.raises(NotAllowed) as caught:
            restoring.restore(file, tmp_path / "deep" / "again", user, password)
        assert caught.value.exit_status == 3
    assert not (tmp_path / "deep").exists()


def test_restoring_can_be_stopped(post: Post, tmp_path: Path) -> None:
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    progress = Recorded()
    progress.cancel()
    with pytest.raises(Cancelled):
        restoring.restore(file, tmp_path / "again", "amel", PASSWORD, progress)
    assert sorted(names(tmp_path)) == ["all.drbackup", "post"]


def test_an_altered_history_is_told_and_the_registry_is_there_all_the_same(post: Post, tmp_path: Path) -> None:
    from sqlalchemy import update

    from db.engine import writing
    from db.models import person

    admin = post.open("amel")
    with writing(admin._engine) as connection:
        connection.execute(update(person).where(person.c.id == BO).values(notes="forged"))
    file = make(admin, tmp_path / "all.drbackup")
    assert not admin.execute(c.CheckBackup(file)).value.sound
    assert not restoring.restore(file, tmp_path / "again", "amel", PASSWORD).sound
    assert names(tmp_path / "again") == ["keys.json", "registry.db"]


def test_an_older_schema_in_a_backup_is_upgraded(post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, "tests.db.later_step"))
    assert restoring.restore(file, tmp_path / "again", "amel", PASSWORD).sound
    assert names(tmp_path / "again") == ["keys.json", "registry.db"]
    with Registry.open(tmp_path / "again", "amel", PASSWORD) as again:
        assert again.read(q.Check()).ok


def test_opening_an_older_registry_upgrades_it_and_says_when_it_cannot(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = post.open("clara")
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, "tests.db.later_step"))
    monkeypatch.setattr("db.upgrading.WAIT_ALONE", 100)
    with pytest.raises(StorageTrouble, match="Close it everywhere"):
        Registry.open(post.folder, "amel", PASSWORD)
    clerk.close()
    admin = post.open("amel")
    (listed,) = admin.read(q.ListBackups())
    assert (listed.kind, listed.state, listed.people) == ("upgrade", "verified", 3)
    assert admin.read(q.GetBackupAge()).newest == listed.created
    assert admin.read(q.Check()).ok


def test_what_a_backup_says_of_itself_is_read_before_anybody_opens_it(post: Post, tmp_path: Path) -> None:
    file = make(post.open("amel"), tmp_path / "all.drbackup")
    said = restoring.describe(file)
    assert (said.kind, said.people, said.state, said.size) == ("manual", 3, "verified", file.stat().st_size)
    with pytest.raises(BadFile):
        restoring.describe(tmp_path)
    with pytest.raises(BadFile):
        restoring.anchor(tmp_path / "nothing.drbackup")

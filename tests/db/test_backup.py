"""A backup holds one committed state, encrypted, and reads back; what does not is removed."""

from __future__ import annotations

import json
import random
import shutil
import stat
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import Engine

from db import backup, migrate
from db.backup import Made, Manifest
from db.engine import close_engine, copy_database, is_live, key_of, open_engine, reading, writing
from db.errors import Busy, DamagedBackup, NewerBackup, NoRoom, NotABackup, NotVerified, NotWritten, StoreError
from db.history import head
from db.opening import DATABASE
from tests.db.folders import make_folder
from tests.db.register import add_people, content, write

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made, _ = make_folder(tmp_path / "registry")
    yield made
    made.dispose()


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def make(engine: Engine, target: Path) -> Made:
    with backup.steady(engine) as (connection, key_file):
        return backup.make(connection, key_file, target, backup.MANUAL, silent)


def unpacked_content(file: Path, folder: Path, key: bytes) -> object:
    """All that the history follows in a backup."""
    with backup.unpacked(file, backup.read_manifest(file), folder / "x", silent) as copy:
        engine = open_engine(copy / DATABASE, key)
        try:
            backup.require_as_said(engine, backup.read_manifest(file))
            return content(engine)
        finally:
            close_engine(engine)


def test_a_backup_says_what_it_holds_and_holds_it(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.drbackup"
    made = make(engine, target)
    with reading(engine) as connection:
        sequence, chain = head(connection)
    facts = backup.read_manifest(target).facts
    assert (facts.people, facts.sequence, facts.head) == (5, sequence, chain.hex())
    assert (facts.post, facts.schema) == ("TST", len(migrate.STEPS))
    assert made.manifest == backup.read_manifest(target)
    assert made.sha256 == backup.digest_of(target)
    assert made.size == target.stat().st_size
    assert unpacked_content(target, tmp_path, key_of(engine)) == content(engine)


def test_nothing_else_is_left_and_the_file_is_private(engine: Engine, tmp_path: Path) -> None:
    make(engine, tmp_path / "all.drbackup")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.drbackup", "registry"]
    names = {file.name for file in (tmp_path / "registry").iterdir()}
    assert names <= {"registry.db", "registry.db-wal", "registry.db-shm", "keys.json"}
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "all.drbackup").stat().st_mode) == 0o600


def test_nobody_reads_a_value_in_it(engine: Engine, tmp_path: Path) -> None:
    write(engine, lambda t: add_people(t, 1, notes="whispersecret"))
    make(engine, tmp_path / "all.drbackup")
    bytes_of_it = (tmp_path / "all.drbackup").read_bytes()
    assert b"whispersecret" not in bytes_of_it
    assert b"Person 1" not in bytes_of_it
    assert b"SQLite format 3" not in bytes_of_it


def test_a_copy_is_one_committed_state_while_others_write(engine: Engine, tmp_path: Path) -> None:
    states: dict[int, object] = {}
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            write(engine, lambda t: add_people(t, 3))
            with reading(engine) as connection:
                states[head(connection)[0]] = True
            time.sleep(0.01)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        made = [make(engine, tmp_path / f"{number}.drbackup") for number in range(4)]
    finally:
        stop.set()
        writer.join()
    sequences = [one.manifest.facts.sequence for one in made]
    assert sequences == sorted(sequences)
    assert set(sequences[1:]) <= set(states)
    assert len(set(sequences)) > 1, "nobody wrote meanwhile"
    for number, one in enumerate(made):
        found = unpacked_content(tmp_path / f"{number}.drbackup", tmp_path, key_of(engine))
        assert len(found["person"]) == one.manifest.facts.people  # type: ignore[index]


def test_a_view_stays_the_same_while_pages_are_copied(engine: Engine, tmp_path: Path) -> None:
    """Without the open view, SQLite would begin again with what was written meanwhile."""
    write(engine, lambda t: add_people(t, 4000, notes="x" * 3000))
    told = []

    def interfere(done: int, total: int) -> None:
        told.append((done, total))
        write(engine, lambda t: add_people(t, 1))

    with reading(engine) as connection:
        before = head(connection)
        copy_database(connection, tmp_path / "copy.db", interfere)
    assert len(told) > 1
    assert told[-1][0] == told[-1][1]
    copy = open_engine(tmp_path / "copy.db", key_of(engine))
    with reading(copy) as connection:
        assert head(connection) == before
    close_engine(copy)


def test_stopped_in_the_middle_nothing_is_left(engine: Engine, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    for stage in ("copy", "verify", "write"):

        def stop(now: str, _done: int, _total: int, stage: str = stage) -> None:
            if now == stage:
                raise Stopped

        with (
            backup.steady(engine) as (connection, key_file),
            pytest.raises(Stopped),
        ):
            backup.make(connection, key_file, tmp_path / "all.drbackup", backup.MANUAL, stop)
        assert [file.name for file in tmp_path.iterdir()] == ["registry"]
        assert [file for file in (tmp_path / "registry").iterdir() if file.name.startswith(".")] == []


def test_an_older_backup_stays_until_the_new_one_is_whole(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "all.drbackup"
    make(engine, target)
    before = target.read_bytes()
    write(engine, lambda t: add_people(t, 1))
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_passed", lambda *_: "another digest")
        with pytest.raises(NotVerified):
            make(engine, target)
    assert target.read_bytes() == before
    make(engine, target)
    assert target.read_bytes() != before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_copy_that_is_not_sound_or_says_something_else_is_no_backup(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "structure", lambda *_: ["page 3"])
    with pytest.raises(NotVerified):
        make(engine, tmp_path / "all.drbackup")
    monkeypatch.undo()

    def spoilt(connection: object, target: Path, report: object) -> None:
        copy_database(connection, target, report)  # type: ignore[arg-type]
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(backup, "copy_database", spoilt)
    with pytest.raises(NotVerified):
        make(engine, tmp_path / "all.drbackup")
    monkeypatch.undo()
    said = iter(range(100))
    facts = backup.facts
    monkeypatch.setattr(backup, "facts", lambda connection: replace(facts(connection), people=next(said)))
    with pytest.raises(NotVerified):
        make(engine, tmp_path / "all.drbackup")
    assert [file.name for file in tmp_path.iterdir()] == ["registry"]


def test_without_room_nothing_is_begun(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, 1000))
    with pytest.raises(NoRoom) as caught:
        make(engine, tmp_path / "all.drbackup")
    database = (tmp_path / "registry" / DATABASE).stat().st_size
    assert caught.value.free == 1000
    assert caught.value.needed > 2 * database, "on one disk the copy and the backup stand side by side"
    assert [file.name for file in tmp_path.iterdir()] == ["registry"]


def test_a_place_that_is_not_there_is_told(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotWritten):
        make(engine, tmp_path / "none" / "all.drbackup")


def test_the_live_database_is_never_opened_as_a_file(engine: Engine, tmp_path: Path) -> None:
    database = tmp_path / "registry" / DATABASE
    linked = tmp_path / "linked.drbackup"
    linked.hardlink_to(database)
    assert is_live(database)
    assert is_live(linked)
    assert not is_live(tmp_path / "registry" / "keys.json")
    for file in (database, linked):
        with pytest.raises(NotABackup):
            backup.read_manifest(file)
    close_engine(engine)
    assert not is_live(database)


# --- files that are no good ---------------------------------------------------------------------------------


@pytest.fixture
def good(engine: Engine, tmp_path: Path) -> Path:
    target = tmp_path / "good.drbackup"
    make(engine, target)
    return target


def read_all(file: Path, folder: Path, key: bytes) -> object:
    """Everything that restoring reads."""
    manifest = backup.read_manifest(file)
    return backup.read_keys(file, manifest), unpacked_content(file, folder, key)


def test_every_truncation_is_refused(engine: Engine, good: Path, tmp_path: Path) -> None:
    whole, chance = good.read_bytes(), random.Random(7)
    cut = tmp_path / "cut.drbackup"
    for size in (0, 3, 29, 45, *(chance.randrange(len(whole)) for _ in range(20)), len(whole) - 1):
        cut.write_bytes(whole[:size])
        with pytest.raises((NotABackup, DamagedBackup)):
            backup.read_manifest(cut)


def test_a_flipped_bit_is_refused_or_changes_nothing(
    engine: Engine, good: Path, tmp_path: Path, long_run: bool
) -> None:
    whole, chance, refused = good.read_bytes(), random.Random(11), 0
    expected = read_all(good, tmp_path, key_of(engine))
    spoilt = tmp_path / "spoilt.drbackup"
    places = [*range(0, 700, 13), *(-place for place in range(1, 300, 7))]
    places += [chance.randrange(len(whole)) for _ in range(500 if long_run else 40)]
    for place in places:
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        spoilt.write_bytes(content)
        try:
            found = read_all(spoilt, tmp_path, key_of(engine))
        except (NotABackup, DamagedBackup, NewerBackup):
            refused += 1
        else:
            # A date in a zip header, say: what counts is covered by the digests.
            assert found == expected, place
    assert refused > len(places) / 2
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def rewritten(good: Path, target: Path, **changes: object) -> Path:
    """The same backup with another manifest."""
    with ZipFile(good) as source, ZipFile(target, "w") as archive:
        manifest = json.loads(source.read("manifest.json")) | changes
        archive.writestr("manifest.json", json.dumps(manifest))
        for name in ("registry.db", "keys.json"):
            archive.writestr(name, source.read(name))
    return target


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"format": backup.FORMAT + 1}, NewerBackup),
        ({"format": "x"}, DamagedBackup),
        ({"people": "5"}, DamagedBackup),
        ({"people": 6}, DamagedBackup),
        ({"head": "00" * 32}, DamagedBackup),
        ({"registry": "another"}, DamagedBackup),
        ({"created": "2026-01-01T00:00:00"}, DamagedBackup),
        ({"created": None}, DamagedBackup),
        ({"parts": {}}, DamagedBackup),
        ({"parts": []}, DamagedBackup),
        ({"unknown": 1}, DamagedBackup),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    engine: Engine, good: Path, tmp_path: Path, changes: dict[str, object], error: type[StoreError]
) -> None:
    assert read_all(rewritten(good, tmp_path / "same.drbackup"), tmp_path, key_of(engine))
    with pytest.raises(error):
        read_all(rewritten(good, tmp_path / "other.drbackup", **changes), tmp_path, key_of(engine))


def test_other_archives_are_refused(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.drbackup"
    with ZipFile(good) as source:
        parts = {name: source.read(name) for name in source.namelist()}

    def write_zip(*names: str, compressed: str = "") -> None:
        with ZipFile(other, "w") as archive:
            for name in names:
                method = ZIP_DEFLATED if name == compressed else None
                archive.writestr(name, parts.get(name, b"x"), compress_type=method)

    for names in (
        ("registry.db", "manifest.json", "keys.json"),
        ("manifest.json", "registry.db"),
        ("manifest.json", "keys.json", "registry.db"),
        ("manifest.json", "registry.db", "keys.json", "more.txt"),
        ("manifest.json", "../registry.db", "keys.json"),
    ):
        write_zip(*names)
        with pytest.raises((NotABackup, DamagedBackup)):
            backup.read_manifest(other)
    for name in parts:
        write_zip(*parts, compressed=name)
        with pytest.raises(DamagedBackup):
            backup.read_manifest(other)
    write_zip(*parts)
    assert backup.read_manifest(other) == backup.read_manifest(good)


def test_what_is_no_file_is_no_backup(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(NotABackup):
            backup.read_manifest(path)


def test_a_manifest_reads_as_it_was_written(good: Path) -> None:
    manifest = backup.read_manifest(good)
    assert Manifest.parse(manifest.as_bytes()) == manifest


def test_key_slots_are_never_caught_half_changed(tmp_path: Path) -> None:
    """Whoever changes them holds the write lock from before the key file to after the rows: a backup waits."""
    engine, _ = make_folder(tmp_path / "registry", wait=100)
    with writing(engine), pytest.raises(Busy):
        make(engine, tmp_path / "all.drbackup")
    close_engine(engine)
    assert [file.name for file in tmp_path.iterdir()] == ["registry"]

"""The encrypted database: keyed or refused, whole or nothing, one writer at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from db import engine as engine_module
from db import platform
from db.engine import (
    checkpoint,
    close_engine,
    integrity,
    open_engine,
    reading,
    structure,
    writing,
)
from db.errors import (
    AlreadyExists,
    Damaged,
    InSyncFolder,
    NotARegistry,
    NotEncrypted,
    OnNetworkShare,
    ReadOnly,
    StoreError,
    WrongKey,
)
from tests.db.encrypted import KEY, MARKER, OTHER, add, make, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = make(path)
    yield made
    made.dispose()


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_is_set_up(engine: Engine) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            found = {name: pragma(connection, name) for name in expected}
            assert found == expected
            assert (pragma(connection, "busy_timeout"), pragma(connection, "temp_store")) == (200, 0)
    assert engine_module.WAIT == 10_000


SCAN = """
import pathlib, sys
for file in pathlib.Path(sys.argv[1]).iterdir():
    if sys.argv[2].encode() in file.read_bytes() or file.read_bytes().startswith(b"SQLite"):
        print(file.name)
"""


def test_nothing_readable_reaches_the_disk(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        add(connection, MARKER + "2")
    # Read by another process: closing a handle in this one would drop SQLite's locks.
    answer = subprocess.run(
        [sys.executable, "-c", SCAN, str(path.parent), MARKER], capture_output=True, text=True, check=True
    )
    assert answer.stdout == ""
    files = {file.name: file.stat() for file in path.parent.iterdir()}
    assert set(files) == {"registry.db", "registry.db-wal", "registry.db-shm"}
    assert all(stat.st_mode & 0o777 == 0o600 for stat in files.values())
    assert files["registry.db-wal"].st_size > 0


def test_wrong_key_is_refused_at_once_and_locks_survive(engine: Engine, path: Path) -> None:
    with pytest.raises(WrongKey):
        open_engine(path, OTHER)
    with pytest.raises(ValueError, match="32 bytes"):
        open_engine(path, b"short")
    assert names(engine) == [MARKER]


def test_a_plain_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE person (name)")
    with pytest.raises(NotEncrypted):
        open_engine(path, KEY)


def test_a_library_without_cipher_is_refused_before_it_is_keyed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.connect", sqlite3.connect)
    with pytest.raises(NotEncrypted):
        open_engine(path, KEY, create=True)
    assert not path.exists()


def test_an_old_library_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 2))
    with pytest.raises(NotEncrypted):
        open_engine(path, KEY, create=True)


def test_missing_empty_and_present_files(path: Path, engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotARegistry):
        open_engine(tmp_path / "absent.db", KEY)
    assert not (tmp_path / "absent.db").exists()
    (tmp_path / "empty.db").touch()
    with pytest.raises(Damaged):
        open_engine(tmp_path / "empty.db", KEY)
    with pytest.raises(AlreadyExists):
        open_engine(path, KEY, create=True)
    assert names(engine) == [MARKER]


def test_a_place_without_room_for_the_wal_is_not_taken_for_a_missing_registry(path: Path, tmp_path: Path) -> None:
    close_engine(make(path))
    path.with_name(path.name + "-wal").mkdir()
    with pytest.raises(ReadOnly):
        open_engine(path, KEY)


@pytest.mark.parametrize(("check", "error"), [("is_network_share", OnNetworkShare), ("is_sync_folder", InSyncFolder)])
def test_bad_places_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, check: str, error: type[StoreError]
) -> None:
    monkeypatch.setattr(platform, check, lambda _path: True)
    with pytest.raises(error):
        open_engine(path, KEY, create=True)
    assert not path.exists()


def test_a_failed_transaction_leaves_nothing_not_even_a_table(engine: Engine) -> None:
    def write(last: str) -> None:
        with writing(engine) as connection:
            connection.execute(text("CREATE TABLE other (id)"))
            add(connection, "half")
            add(connection, last)

    with pytest.raises(IntegrityError) as caught:
        write(MARKER)
    assert MARKER not in str(caught.value)
    assert names(engine) == [MARKER]
    write("whole")
    assert names(engine) == [MARKER, "half", "whole"]


def test_a_caller_s_own_file_error_is_not_taken_for_the_store_s(engine: Engine, tmp_path: Path) -> None:
    for transaction in (reading, writing):
        with pytest.raises(FileNotFoundError), transaction(engine):
            (tmp_path / "workbook.xlsx").read_bytes()


def test_a_reader_sees_one_state_while_others_write(engine: Engine) -> None:
    with reading(engine) as connection:
        before = connection.execute(text("SELECT count(*) FROM person")).scalar()
        with writing(engine) as writer:
            add(writer, "second")
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == before
    assert names(engine) == [MARKER, "second"]


def test_threads_write_in_turn_and_read_meanwhile(path: Path, engine: Engine) -> None:
    patient = open_engine(path, KEY)
    failures: list[Exception] = []

    def write(worker: int) -> None:
        try:
            for number in range(10):
                with writing(patient) as connection:
                    add(connection, f"{worker}-{number}")
                names(patient)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(names(patient)) == 41
    close_engine(patient)


def test_deleted_rows_leave_the_wal(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM person"))
    assert path.with_name("registry.db-wal").stat().st_size > 0
    assert checkpoint(engine)
    assert path.with_name("registry.db-wal").stat().st_size == 0


def test_closing_leaves_one_file(engine: Engine, path: Path) -> None:
    close_engine(engine)
    assert [file.name for file in path.parent.iterdir()] == ["registry.db"]


def test_flipped_bits_are_found(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        for number in range(200):
            add(connection, f"{number} {'x' * 200}")
    close_engine(engine)
    content = path.read_bytes()
    for place in range(5, len(content), len(content) // 40):
        flipped = bytearray(content)
        flipped[place] ^= 4
        path.write_bytes(flipped)
        try:
            damaged = open_engine(path, KEY)
        except (WrongKey, Damaged):
            continue
        assert integrity(damaged), place
        assert structure(damaged, lambda *_: None), place
        damaged.dispose()
    path.write_bytes(content)

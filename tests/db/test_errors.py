"""Errors of the driver and the system get the store's names; bugs keep theirs."""

from __future__ import annotations

import errno

import pytest
from sqlalchemy.exc import OperationalError

from db.errors import (
    Busy,
    Damaged,
    DiskFull,
    DiskTrouble,
    NotARegistry,
    ReadOnly,
    StoreError,
    WrongKey,
    as_store_error,
)


class DriverError(Exception):
    """What the driver raises: the code's name is an attribute."""

    def __init__(self, code: str) -> None:
        super().__init__("a text that may name a value")
        self.sqlite_errorname = code


def test_the_online_backup_names_its_errors_in_words() -> None:
    for words, kind in (("disk I/O error", DiskTrouble), ("database or disk is full", DiskFull)):
        error = as_store_error(OperationalError("backup", {}, Exception(words)))
        assert isinstance(error, kind)
    assert as_store_error(Exception("some other words")) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("SQLITE_BUSY", Busy),
        ("SQLITE_BUSY_SNAPSHOT", Busy),
        ("SQLITE_FULL", DiskFull),
        ("SQLITE_IOERR_WRITE", DiskTrouble),
        ("SQLITE_NOTADB", WrongKey),
        ("SQLITE_CORRUPT_VTAB", Damaged),
        ("SQLITE_READONLY_DBMOVED", ReadOnly),
        ("SQLITE_CANTOPEN", NotARegistry),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
        ("SQLITE_ERROR", None),
    ],
)
def test_codes_of_the_driver(code: str, kind: type[StoreError] | None) -> None:
    for error in (DriverError(code), OperationalError("SELECT 1", {}, DriverError(code))):
        found = as_store_error(error)
        assert type(found) is (kind or type(None))
        assert "value" not in str(found)


def test_codes_of_the_system() -> None:
    found = {code: type(as_store_error(OSError(code, "text"))) for code in (errno.ENOSPC, errno.EFBIG, errno.EIO)}
    assert found == {errno.ENOSPC: DiskFull, errno.EFBIG: DiskFull, errno.EIO: DiskTrouble}
    assert type(as_store_error(PermissionError(errno.EACCES, "text"))) is ReadOnly
    assert as_store_error(OSError(errno.EPIPE, "text")) is None


def test_own_errors_stay_and_bugs_stay() -> None:
    mine = Busy("x")
    assert as_store_error(mine) is mine
    assert as_store_error(KeyError("x")) is None

"""Opens a registry on this program's schema: an older one is brought there by one process alone, after a backup."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from db import backup, migrate
from db.engine import WAIT_ALONE, close_engine, key_of, open_engine, reading, translated
from db.errors import Busy, NeedsAlone
from db.keys import FILE_NAME, KeyFile
from db.opening import DATABASE, open_database
from db.platform import make_private_folder
from db.slots import Unlocked

#: Where the automatic backups lie, inside the registry's folder.
BACKUPS = "backups"
#: How many backups from before an upgrade stay, whatever their age.
KEPT = 2


def open_upgraded(folder: Path, key_file: KeyFile, unlocked: Unlocked) -> tuple[Engine, Unlocked]:
    """As `open_database`; if the schema is older, it is backed up and upgraded first.

    Raises `NewerSchema`, `NeedsAlone`, and what `db.backup.make` raises: without a backup nothing is upgraded.
    """
    engine, unlocked = open_database(folder, key_file, unlocked)
    try:
        with reading(engine) as connection:
            version = migrate.version(connection)
    except BaseException:
        close_engine(engine)
        raise
    if version == len(migrate.STEPS):
        return engine, unlocked
    key = key_of(engine)
    close_engine(engine)
    _upgrade(folder, key)
    return open_engine(folder / DATABASE, key), unlocked


def _upgrade(folder: Path, key: bytes) -> None:
    try:
        engine = open_engine(folder / DATABASE, key, alone=True, wait=WAIT_ALONE)
    except Busy:
        raise NeedsAlone("upgrade") from None
    try:
        with reading(engine) as connection:
            # A registry whose making was cut off has no schema, and nothing to be kept.
            if migrate.version(connection):
                with translated():
                    key_file = (folder / FILE_NAME).read_bytes()
                    target = automatic(make_private_folder(folder / BACKUPS), backup.UPGRADE)
                backup.make(connection, key_file, target, backup.UPGRADE, lambda *_stage: None)
        migrate.upgrade(engine)
    finally:
        close_engine(engine)
    older = sorted((folder / BACKUPS).glob(f"*-{backup.UPGRADE}{backup.SUFFIX}"))[:-KEPT]
    for file in older:
        with suppress(OSError):
            file.unlink()


def automatic(folder: Path, kind: str) -> Path:
    """The name of a new automatic backup; names sort by time."""
    return folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{kind}{backup.SUFFIX}"

"""Opens a registry's database with the keys of its key file, and completes an unfinished re-keying."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from db.engine import WAIT, WAIT_ALONE, close_engine, open_with_any, rekey
from db.errors import Busy, DiskTrouble, StaleRow
from db.keys import KeyFile
from db.slots import Unlocked

DATABASE = "registry.db"


def open_database(folder: Path, key_file: KeyFile, unlocked: Unlocked, *, wait: int = WAIT) -> tuple[Engine, Unlocked]:
    """The engine of the registry in `folder`, and the keys that are in force from now on.

    After `begin_rekey` or `remove`, or when those were interrupted, the database is first encrypted anew with
    the newest key. While somebody else has it open, or the disk is full, that waits for another opening.
    """
    path = folder / DATABASE
    newest_first = [unlocked.data_keys[g] for g in sorted(unlocked.data_keys, reverse=True)]
    engine, key = open_with_any(path, newest_first, wait=wait)
    if len(newest_first) == 1:
        return engine, unlocked
    if key != unlocked.data_key:
        close_engine(engine)
        with suppress(Busy, DiskTrouble):
            rekey(path, key, unlocked.data_key, wait=WAIT_ALONE)
        engine, key = open_with_any(path, newest_first, wait=wait)
    if key == unlocked.data_key:
        unlocked = key_file.finish_rekey(unlocked, key)
        # Another process may have written the file meanwhile; then the next opening finishes.
        with suppress(StaleRow):
            key_file.save()
    return engine, unlocked

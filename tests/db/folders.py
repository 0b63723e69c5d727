"""A registry's folder with keys, settings and people, made without the room above."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import Engine, text

from db import migrate
from db.engine import close_engine, open_engine, writing
from db.keys import KeyFile
from db.models import setting
from db.opening import DATABASE
from db.slots import Cost, Unlocked
from db.store import Transaction
from tests.db.register import add_people

CHEAP = Cost(memory=64, passes=1)
ADMIN = ("Amel Tesfaye", "river stamp orange kettle")


def make_folder(folder: Path, *, wait: int = 10_000) -> tuple[Engine, Unlocked]:
    """A registry of one administrator and five people, open; `wait` for other writers in milliseconds."""
    folder.mkdir()
    keys, admin, _ = KeyFile.create(folder, uuid4(), *ADMIN, cost=CHEAP)
    engine = open_engine(folder / DATABASE, admin.data_key, create=True, wait=wait)
    migrate.upgrade(engine)
    with writing(engine) as connection:
        transaction = Transaction(connection)
        rows: list[dict[str, object]] = [{"name": "registry_id", "value": str(keys.registry_id)}]
        transaction.insert(setting, [*rows, {"name": "post", "value": "TST"}])
        add_people(transaction, 5)
        transaction.finish(user_id=1, operation="create_registry", note={})
        keys.save()
    return engine, admin


def make_old_folder(folder: Path, steps: tuple[str, ...]) -> tuple[KeyFile, Unlocked]:
    """A registry as a program made it that knew these migrations only: no row that a later table would have."""
    folder.mkdir()
    keys, admin, _ = KeyFile.create(folder, uuid4(), *ADMIN, cost=CHEAP)
    engine = open_engine(folder / DATABASE, admin.data_key, create=True)
    with patch.object(migrate, "STEPS", steps):
        migrate.upgrade(engine)
    with writing(engine) as connection:
        for number, (name, value) in enumerate((("registry_id", str(keys.registry_id)), ("post", "OLD")), 1):
            row = {"id": number, "name": name, "value": value}
            connection.execute(text("INSERT INTO setting (id, name, value) VALUES (:id, :name, :value)"), row)
        keys.save()
    close_engine(engine)
    return KeyFile.load(folder, cost=CHEAP), admin

"""A registry opened by password; revoking and re-keying completed, also after an interruption."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from db.engine import close_engine, open_engine, reading, rekey, writing
from db.errors import WrongKey, WrongPassword
from db.keys import KeyFile
from db.opening import DATABASE, open_database
from db.slots import Cost, Unlocked

CHEAP = Cost(memory=64, passes=1)
ADMIN = ("Amel Tesfaye", "river stamp orange kettle")
CLERK = ("Bo Lindqvist", "violet ladder winter drum")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry of an administrator and a clerk, with one row."""
    keys, admin, _ = KeyFile.create(tmp_path, uuid4(), *ADMIN, cost=CHEAP)
    keys.add_user(admin, *CLERK, False, keys.public_keys())
    keys.save()
    engine = open_engine(tmp_path / DATABASE, admin.data_key, create=True)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE person (name)"))
        connection.execute(text("INSERT INTO person VALUES ('x')"))
    close_engine(engine)
    return tmp_path


def sign_in(registry: Path, name: str = ADMIN[0], password: str = ADMIN[1]) -> tuple[KeyFile, Unlocked]:
    keys = KeyFile.load(registry, cost=CHEAP)
    return keys, keys.unlock(name, password)


def count(registry: Path, name: str = ADMIN[0], password: str = ADMIN[1]) -> int:
    """Rows seen by someone who signs in, opens and closes."""
    engine, _ = open_database(registry, *sign_in(registry, name, password), wait=100)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
    close_engine(engine)
    return int(rows)


def test_both_users_open_the_registry(registry: Path) -> None:
    assert count(registry) == count(registry, *CLERK) == 1


def test_revoking_changes_the_key_of_the_database(registry: Path) -> None:
    clerk = sign_in(registry, *CLERK)[1]
    keys, admin = sign_in(registry)
    after = keys.remove(admin, clerk.slot_id, keys.public_keys())
    keys.save()
    engine, settled = open_database(registry, keys, after)
    close_engine(engine)
    assert list(settled.data_keys) == [2]
    with pytest.raises(WrongKey):
        open_engine(registry / DATABASE, clerk.data_key)
    with pytest.raises(WrongPassword):
        sign_in(registry, *CLERK)
    assert list(sign_in(registry)[1].data_keys) == [2]
    assert count(registry) == 1


def test_interrupted_before_the_database_was_encrypted_anew(registry: Path) -> None:
    keys, admin = sign_in(registry)
    keys.begin_rekey(admin, keys.public_keys())
    keys.save()
    assert list(sign_in(registry)[1].data_keys) == [1, 2]
    assert count(registry) == 1
    assert list(sign_in(registry)[1].data_keys) == [2]
    assert count(registry, *CLERK) == 1


def test_interrupted_after_the_database_was_encrypted_anew(registry: Path) -> None:
    keys, admin = sign_in(registry)
    after = keys.begin_rekey(admin, keys.public_keys())
    keys.save()
    rekey(registry / DATABASE, admin.data_key, after.data_key)
    assert count(registry, *CLERK) == 1
    assert list(sign_in(registry)[1].data_keys) == [2]
    assert count(registry) == 1


def test_postponed_while_somebody_else_works(registry: Path) -> None:
    keys, admin = sign_in(registry)
    engine, _ = open_database(registry, keys, admin)
    keys.begin_rekey(admin, keys.public_keys())
    keys.save()
    assert count(registry, *CLERK) == 1
    assert list(sign_in(registry)[1].data_keys) == [1, 2]
    close_engine(engine)
    assert count(registry, *CLERK) == 1
    assert list(sign_in(registry)[1].data_keys) == [2]


def test_a_file_written_meanwhile_is_settled_at_the_next_opening(registry: Path) -> None:
    keys, admin = sign_in(registry)
    keys.begin_rekey(admin, keys.public_keys())
    keys.save()
    late, clerk = sign_in(registry, *CLERK)
    keys.change_password(admin, "a wholly new password")
    keys.save()
    engine, settled = open_database(registry, late, clerk)
    close_engine(engine)
    assert list(settled.data_keys) == [2]
    assert count(registry, ADMIN[0], "a wholly new password") == 1
    assert list(sign_in(registry, *CLERK)[1].data_keys) == [2]

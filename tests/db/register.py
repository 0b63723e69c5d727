"""A register without keys or staff: the tables, a writer, and the bytes that lie in its files."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlalchemy import Connection, Engine, Table, select

from db import migrate
from db.engine import open_engine, reading, writing
from db.models import METADATA, history_content, history_entry, history_tables
from db.store import Transaction

KEY = secrets.token_bytes(32)
# SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/): pages of 4,096 bytes, at whose end stand the
# initialisation vector and a HMAC-SHA512; the first page begins with the salt.
_PAGE, _SALT, _VECTOR, _MAC = 4096, 16, 16, 64

#: One row of a table: column -> value.
Row = dict[str, object]


def make(path: Path) -> Engine:
    """A new, empty register under `KEY`."""
    engine = open_engine(path, KEY, create=True, wait=200)
    migrate.upgrade(engine)
    return engine


def write(
    engine: Engine,
    work: Callable[[Transaction], object],
    operation: str = "edit_record",
    *,
    user: int = 1,
    undoes: int | None = None,
) -> int:
    """Do `work` in one transaction with its history; the batch."""
    with writing(engine) as connection:
        transaction = Transaction(connection)
        work(transaction)
        return transaction.finish(user_id=user, operation=operation, note={"reason": "test"}, undoes=undoes)


def add_people(transaction: Transaction, count: int, **columns: str) -> list[int]:
    """So many people, each with a phone and a citizenship; their ids."""
    first = transaction.reserve("test", count)
    numbers = [f"TST-26-{running:06d}" for running in range(first, first + count)]
    ids = transaction.new_records("people", numbers, [None] * count)
    rows = [{"id": i, "full_name": f"Person {i}", "state": "active", "notes": f"note {i}", **columns} for i in ids]
    transaction.insert(table("person"), rows)
    transaction.insert(table("phone"), [{"record_id": i, "e164": None, "raw": f"phone {i}"} for i in ids])
    transaction.insert(table("citizenship"), [{"record_id": i, "country": "FRA"} for i in ids])
    return list(ids)


def table(name: str) -> Table:
    """A table by name."""
    return METADATA.tables[name]


def content(engine: Engine) -> dict[str, dict[int, Row]]:
    """Every row that the history follows, by table and id, without what is computed from the rest."""
    found: dict[str, dict[int, Row]] = {}
    with reading(engine) as connection:
        for one in history_tables():
            kept = [c for c in one.columns if not c.info.get("derived")]
            rows = connection.execute(select(*kept)).mappings()
            found[one.name] = {row["id"]: dict(row) for row in rows}
    return found


@contextmanager
def tampering(engine: Engine) -> Iterator[Connection]:
    """A connection on which an intruder writes past the program; all of it is rolled back."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin() as transaction:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield connection
        transaction.rollback()


def decrypted_pages(path: Path, key: bytes) -> bytes:
    """What an intruder with the key reads on the disk: every page of the file, those not in use too."""
    pages = path.read_bytes()
    plain = []
    for start in range(0, len(pages), _PAGE):
        page = pages[start : start + _PAGE]
        vector = page[-_VECTOR - _MAC : -_MAC]
        ciphertext = page[_SALT if start == 0 else 0 : -_VECTOR - _MAC]
        decryptor = Cipher(AES256(key), CBC(vector)).decryptor()
        plain.append(decryptor.update(ciphertext) + decryptor.finalize())
    return b"".join(plain)


def kept_of(engine: Engine, record_id: int) -> list[bytes]:
    """Salts and first bytes of all that the history keeps of a record: it is packed, so no word can be looked for."""
    with reading(engine) as connection:
        subject = select(table("record").c.subject).where(table("record").c.id == record_id).scalar_subquery()
        joined = select(history_content).join(history_entry, history_entry.c.sequence == history_content.c.sequence)
        rows = connection.execute(joined.where(history_entry.c.subject == subject)).all()
    return [kept for row in rows for kept in (row.salt, row.content[:24])]


def lying_in(path: Path, wanted: Sequence[bytes]) -> int:
    """How many of these stand in the decrypted file."""
    pages = decrypted_pages(path, KEY)
    return sum(kept in pages for kept in wanted)

"""A small encrypted database to try things on."""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from db.engine import open_engine, reading, writing

KEY = secrets.token_bytes(32)
OTHER = secrets.token_bytes(32)
MARKER = "Kettleworth-Marisol"


def make(path: Path) -> Engine:
    """A database with one table and one row; its writers wait 0.2 s."""
    engine = open_engine(path, KEY, create=True, wait=200)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        add(connection, MARKER)
    return engine


def add(connection: Connection, name: str) -> None:
    """One more row."""
    connection.execute(text("INSERT INTO person (name) VALUES (:name)"), {"name": name})


def names(engine: Engine) -> list[str]:
    """All rows, in order."""
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT name FROM person ORDER BY id")).scalars())

"""Many rows at once, past SQLAlchemy's handling of each parameter, which costs twice what the driver needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Dialect, Table, insert


def insert_all(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows of which each names every column, in the table's order."""
    if rows:
        connection.exec_driver_sql(_statement(table, connection.dialect), list(rows))


@cache
def _statement(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))

"""Many rows at once, past SQLAlchemy's handling of each parameter, which costs twice what the driver needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Dialect, Table, insert


def insert_all(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Add rows of which each has a value for every one of `columns`, in their order."""
    if rows:
        connection.exec_driver_sql(_statement(table, columns, connection.dialect), list(rows))


@cache
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect, column_keys=list(columns)))

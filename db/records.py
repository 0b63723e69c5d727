"""Whole records in bulk: every row that belongs to them, table by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from db.models import record, record_column

Item = TypeVar("Item")
Row = dict[str, object]
#: Table name -> the record's rows in that table, oldest first.
RecordRows = dict[str, list[Row]]
_BATCH = 500


def load(connection: Connection, ids: Sequence[int], tables: Iterable[Table]) -> dict[int, RecordRows]:
    """The rows of each record in `tables`; records that do not exist are missing from the answer."""
    wanted = (record, *(t for t in tables if t is not record))
    found: dict[int, RecordRows] = {}
    for some in slices(ids):
        for table in wanted:
            column = table.c[record_column(table) or "id"]
            query = select(table).where(column.in_(some)).order_by(table.c.id)
            rows = connection.execute(query)
            names = tuple(rows.keys())
            for row in rows:
                values = dict(zip(names, row, strict=True))
                if table is record:
                    found[values["id"]] = {"record": [values]}
                else:
                    found[values[column.name]].setdefault(table.name, []).append(values)
    return found


def slices(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """`items`, such as ids, in pieces small enough for one statement."""
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))

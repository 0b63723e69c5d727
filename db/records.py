"""Whole records in bulk: every row that belongs to them, table by table."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Table, bindparam, func, literal_column, select

from db.models import record, record_column

Item = TypeVar("Item")
Row = dict[str, object]
#: Table name -> the record's rows in that table, oldest first.
RecordRows = dict[str, list[Row]]
_BATCH = 500
_NONE: Mapping[str, object] = {}


def load(connection: Connection, ids: Sequence[int], tables: Iterable[Table]) -> dict[int, RecordRows]:
    """The rows of each record in `tables`; records that do not exist are missing from the answer."""
    wanted = (record, *(t for t in tables if t is not record))
    found: dict[int, RecordRows] = {}
    some = {"ids": as_json(ids)}
    for table in wanted:
        column = record_column(table) or "id"
        names = tuple(table.c.keys())
        for row in connection.execute(_rows_of(table), some).all():
            values = dict(zip(names, row, strict=True))
            if table is record:
                found[values["id"]] = {"record": [values]}
            else:
                found[values[column]].setdefault(table.name, []).append(values)
    return found


@cache
def _rows_of(table: Table) -> Select[Any]:
    """Made once: a card asks some thirty of them, and building them takes longer than answering."""
    column = table.c[record_column(table) or "id"]
    return select(table).where(column.in_(each_of(bindparam("ids")))).order_by(table.c.id)


def among(column: ColumnElement[int], ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition "`column` is one of `ids`", however many: one value for the driver, one text for the cache."""
    return column.in_(each_of(bindparam(None, as_json(ids), unique=True)))


def walked(column: ColumnElement[str]) -> ColumnElement[str]:
    """The same text, of which no index is asked: where most rows are wanted it is slower than the table itself."""
    return column.concat("")


def each_of(listed: BindParameter[str]) -> Select[Any]:
    """The ids in a text that `as_json` made."""
    return select(func.json_each(listed).table_valued("value").c.value)


def as_json(ids: Iterable[int]) -> str:
    """Ids as one text."""
    return f"[{','.join(map(str, ids))}]"


def as_runs(ids: Sequence[int]) -> str:
    """Ascending ids as one text, by their first and last where several follow each other."""
    if not len(ids):
        return "[]"
    listed = np.asarray(ids, np.int64)
    breaks = np.flatnonzero(np.diff(listed) != 1)
    firsts, lasts = listed[np.append(0, breaks + 1)], listed[np.append(breaks, -1)]
    return json.dumps([*zip(firsts.tolist(), lasts.tolist(), strict=True)])


#: The runs in the text `runs` that `as_runs` made: of most of a register they are few, and it is quicker to go along
#: them than to look into a set of all ids for every row.
RUNS = func.json_each(bindparam("runs")).table_valued("value", name="run")


def in_run(owner: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition "`owner` is in this one of `RUNS`"."""
    first, last = (RUNS.c.value.op("->>")(literal_column(place)) for place in "01")
    return owner.between(first, last)


def listed(connection: Connection, chosen: Select[Any], values: Mapping[str, object] = _NONE) -> array[int]:
    """The ids that a statement finds, in its order: as one text, since a million rows cost four times as much."""
    text = connection.execute(select(func.group_concat(chosen.subquery().c.id)), values).scalar_one()
    return array("q", np.fromstring(text, np.int64, sep=",").tobytes()) if text else array("q")


def slices(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """`items`, such as ids, in pieces small enough for one statement."""
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))

"""Rows of many records by column: one step for a whole column costs a tenth of the same step for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, bindparam, select

from db.models import record_column
from db.records import RecordRows, Row, as_json, each_of


class Part(NamedTuple):
    """Rows of one table; a record can have several of them, or none.

    Attributes:
        table: its name.
        owners: for each row, the place of its record in the batch; ascending.
        columns: for each row a value; all as long as `owners`.
    """

    table: str
    owners: Sequence[int]
    columns: Mapping[str, Sequence[object]]

    def at(self, rows: Sequence[int]) -> Part:
        """Those of its rows, in that order."""
        picked = {name: [*map(values.__getitem__, rows)] for name, values in self.columns.items()}
        return Part(self.table, [*map(self.owners.__getitem__, rows)], picked)

    def by_place(self) -> list[Part]:
        """The first rows of all records, then the second ones, and so on."""
        if len(set(self.owners)) == len(self.owners):
            return [self]
        passed: dict[int, int] = {}
        places: list[list[int]] = []
        for row, owner in enumerate(self.owners):
            place = passed[owner] = passed.get(owner, -1) + 1
            if place == len(places):
                places.append([])
            places[place].append(row)
        return [self.at(rows) for rows in places]

    def by_key(self, names: Sequence[str]) -> dict[tuple[object, ...], Part]:
        """The rows apart by what they say in these columns."""
        found: dict[tuple[object, ...], list[int]] = {}
        for row, key in enumerate(zip(*(self.columns[name] for name in names), strict=True)):
            found.setdefault(key, []).append(row)
        return {key: self.at(rows) for key, rows in found.items()}


@dataclass
class Batch:
    """Records with their rows.

    Attributes:
        ids: of the records.
        parts: their rows; a table can have several parts, such as first addresses and second ones.
    """

    ids: Sequence[int]
    parts: list[Part] = field(default_factory=list)

    def of(self, table: str) -> Iterator[Part]:
        """The parts of one table, in the order in which a record's rows stand."""
        return (part for part in self.parts if part.table == table)


def by_column(records: Iterable[tuple[int, RecordRows]]) -> Batch:
    """Records that were loaded row by row."""
    listed = list(records)
    gathered: dict[str, tuple[list[int], list[Row]]] = {}
    for owner, (_id, rows) in enumerate(listed):
        for table, some in rows.items():
            owners, together = gathered.setdefault(table, ([], []))
            owners += [owner] * len(some)
            together += some
    parts = []
    for table, (owners, together) in gathered.items():
        names = dict.fromkeys(name for row in together for name in row)
        parts.append(Part(table, owners, {name: [row.get(name) for row in together] for name in names}))
    return Batch([record_id for record_id, _rows in listed], parts)


def joined(parts: Iterable[Part]) -> list[Part]:
    """One part a table: the rows of a record stand together, in the order of the parts."""
    by_table: dict[str, list[Part]] = {}
    for part in parts:
        if part.owners:
            by_table.setdefault(part.table, []).append(part)
    return [some[0] if len(some) == 1 else _one(some) for some in by_table.values()]


def _one(parts: Sequence[Part]) -> Part:
    owners = [*chain.from_iterable(part.owners for part in parts)]
    order = sorted(range(len(owners)), key=owners.__getitem__)
    columns: dict[str, Sequence[object]] = {}
    for name in dict.fromkeys(name for part in parts for name in part.columns):
        values = [*chain.from_iterable(part.columns.get(name) or [None] * len(part.owners) for part in parts)]
        columns[name] = [*map(values.__getitem__, order)]
    return Part(parts[0].table, [*map(owners.__getitem__, order)], columns)


def load(
    connection: Connection,
    ids: Sequence[int],
    wanted: Mapping[Table, tuple[str, ...]],
    report: Callable[[], object] = lambda: None,
) -> Batch:
    """The rows that records have in some tables, oldest first, with those of their columns.

    Args:
        ids: ascending.
        report: hears of each table, and may raise to stop.
    """
    batch, places, some = Batch(ids), {record_id: place for place, record_id in enumerate(ids)}, {"ids": as_json(ids)}
    for table, names in wanted.items():
        report()
        if rows := connection.execute(_rows_of(table, names), some).all():
            owners, *columns = zip(*rows, strict=True)
            at = [*map(places.__getitem__, owners)]
            batch.parts.append(Part(table.name, at, dict(zip(names, columns, strict=True))))
    return batch


@lru_cache(500)
def _rows_of(table: Table, names: tuple[str, ...]) -> Select[Any]:
    """Made once, as building it takes longer than answering for a card."""
    owner = table.c[record_column(table) or "id"]
    chosen = select(owner.label("owner"), *(table.c[name] for name in names))
    # In the order of the index by records: nothing has to be sorted.
    return chosen.where(owner.in_(each_of(bindparam("ids")))).order_by(owner, table.c.id)

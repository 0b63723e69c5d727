"""Rows of many records by column: one step for a whole column costs a tenth of the same step for each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from db.records import RecordRows, Row


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

"""The rows and columns of a table of counts, with the query behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.packed.dimensions import Dimension
from registry.packed.store import Columns
from registry.search.tree import Node, all_of
from registry.search.writer import write


@dataclass(frozen=True)
class Heading:
    """One group of a dimension, as a row or column of the table.

    Attributes:
        code: the group's code; "" = not known, "uncoded" = still text.
        label: in the reader's words.
        node: finds its people.
        count: how many these are; None = withheld.
    """

    code: str
    label: str
    node: Node
    count: int | None


@dataclass(frozen=True)
class Counted(Heading):
    """One of which the count is told."""

    count: int


@dataclass(frozen=True)
class CrossCounts:
    """Records counted in two directions, or in one: then there are no columns.

    Attributes:
        rows, columns: the groups that somebody is in.
        counts: row by row, column by column; None = withheld.
        total: everybody counted, each once; None = withheld.
        base: finds everybody counted.
        several: whether one record can stand in several rows or columns.
    """

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    counts: tuple[tuple[int | None, ...], ...]
    total: int | None
    base: Node
    several: bool

    def query_of(self, row: int | None, column: int | None) -> str:
        """The query that finds exactly the people of a cell; None = of the whole row or column."""
        parts = [self.base]
        parts += [] if row is None else [self.rows[row].node]
        parts += [] if column is None else [self.columns[column].node]
        return write(all_of(parts))


def headings(columns: Columns, dimension: Dimension, counts: Mapping[str, int], least: str = "") -> tuple[Counted, ...]:
    """The groups of these counts in order; `least` as of `Dimension.node`."""
    day, level = columns.day.isoformat(), least if dimension.leveled else ""
    spelled = columns.of(dimension.described).spelled(counts) if dimension.texts else {}
    labels = {group: spelled.get(group) or dimension.label_of(group) for group in counts}
    return tuple(
        Counted(group, labels[group], dimension.node(group, day, level), counts[group])
        for group in dimension.in_order(dict(counts))
    )

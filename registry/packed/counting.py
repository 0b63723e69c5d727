"""How many records are in each group of a dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from registry.packed.columns import Column, Mask, crossed, many
from registry.packed.dimensions import Dimension
from registry.packed.store import Columns

Cells = Mapping[tuple[str, str], int]


class People:
    """Those who are counted, and the groups that they are in."""

    def __init__(self, columns: Columns, among: Mask) -> None:
        self.columns, self.among = columns, among

    @classmethod
    def of(cls, columns: Columns, ids: Sequence[int]) -> People:
        """People by their ids."""
        among = np.zeros(columns.size, np.bool_)
        among[np.asarray(ids, np.int64)] = True
        return cls(columns, among)

    def __len__(self) -> int:
        return many(self.among)

    def counts(self, dimension: Dimension, least: str = "") -> dict[str, int]:
        """People by group; groups without anybody are left out."""
        return counts(self.columns.grouped(dimension, least), self.among)

    def crossed(self, down: Dimension, across: Dimension, least: str = "") -> Cells:
        """People by two groups at once; pairs without anybody are left out."""
        return crossed(self.among, *(self.columns.grouped(dimension, least) for dimension in (down, across)))


def counts(column: Column, among: Mask) -> dict[str, int]:
    """Records by value, those without any under ""; values that nobody has are left out."""
    sums = column.counts(among).tolist()
    return {value: count for value, count in zip(column.values, sums, strict=True) if count}

"""Which counts of a published table are withheld, so that none under the threshold can be told or subtracted back.

A count of one to four people could point at somebody, so it is withheld (primary suppression); since totals are
published beside it, further counts are withheld for its sake (complementary suppression). Whoever reads the table knows
every number in it, and how this is done. What protects a small count is that another table with the very same published
numbers is possible in which it is another, and not small where that can be (L. H. Cox, "Suppression Methodology and
Statistical Disclosure Control", Journal of the American Statistical Association 75, 1980).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

#: Counts of fewer people than this are withheld; zero tells nothing of anybody.
LEAST = 5

Pair = tuple[str, str]
Place = tuple[int, int]
Counts: TypeAlias = npt.NDArray[np.int64]
Weights: TypeAlias = npt.NDArray[np.float64]
#: So many corners of rectangles are tried in each direction.
_CORNERS = 48
#: So many small counts are hidden one by one, and so many counts are looked at on the way through long rounds. A table
#: beyond says nearly nothing but small counts: all of it is withheld, which is safe, and broader groups tell more.
_MOST_SMALL, _MOST_LOOKS = 60_000, 400_000_000
#: What a step of a way costs beside the people that it withholds.
_STEP = 0.001


def is_small(count: int) -> bool:
    """Whether a count is of few enough people to point at somebody."""
    return 0 < count < LEAST


def withheld(counts: Mapping[str, int]) -> set[str]:
    """Of the counts of one field, whose sum is published: the small ones, and the smallest others that hide them.

    Each withheld one is of somebody. So one of them can be at most their sum less one for each other: until that
    reaches the threshold, another is withheld.
    """
    hidden = {group for group, count in counts.items() if is_small(count)}
    others = iter(sorted((g for g, count in counts.items() if count >= LEAST), key=lambda g: (counts[g], g)))
    while hidden and (len(hidden) < 2 or sum(counts[g] for g in hidden) - len(hidden) + 1 < LEAST):
        further = next(others, None)
        if further is None:
            break  # all are withheld: nothing is published but their sum
        hidden.add(further)
    return hidden


def withheld_pairs(cells: Mapping[Pair, int], rows: Mapping[str, int], columns: Mapping[str, int]) -> set[Pair]:
    """Of the counts of two fields, whose totals are published as `withheld` leaves them: those to be withheld.

    Some may be of nobody. All of them, where a small one cannot be hidden otherwise.

    Args:
        cells: by row and column; missing = 0.
        rows, columns: the totals, each group once.
    """
    table = _Table(cells, rows, columns)
    small = sorted(pair for pair, count in cells.items() if is_small(count))
    if len(small) > _MOST_SMALL or not all(table.hides(pair) for pair in small):
        return set(cells)
    return table.hidden


class _Table:
    """Counts in a grid, and which of them are withheld so far."""

    def __init__(self, cells: Mapping[Pair, int], rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
        self._rows, self._columns = list(rows), list(columns)
        self._row_of = {group: place for place, group in enumerate(self._rows)}
        self._column_of = {group: place for place, group in enumerate(self._columns)}
        self._counts: Counts = np.zeros((len(rows), len(columns)), np.int64)
        for (row, column), count in cells.items():
            self._counts[self._row_of[row], self._column_of[column]] = count
        small = (self._counts > 0) & (self._counts < LEAST)
        #: What withholding costs: the people that are published so far.
        self._cost = np.where(small, 0, self._counts + 1)
        self._totals = _totals(rows), _totals(columns)
        self._looks = 0

    @property
    def hidden(self) -> set[Pair]:
        """The withheld pairs."""
        return {(self._rows[row], self._columns[column]) for row, column in np.argwhere(self._cost == 0).tolist()}

    def hides(self, pair: Pair) -> bool:
        """Withhold what lets this small count be another, as large as the threshold if it can; False if nothing does.

        In a rectangle of withheld counts one corner and the one across can rise while the two others fall by as much;
        where no rectangle goes so far, longer rounds of rising and falling counts do, step by step.
        """
        row, column = self._row_of[pair[0]], self._column_of[pair[1]]
        places = self._rectangle(row, column, LEAST - int(self._counts[row, column])) or self._rounds(row, column)
        for place in places:
            self._cost[place] = 0
        return bool(places) and self._looks < _MOST_LOOKS

    def _rounds(self, row: int, column: int) -> list[Place]:
        other = _Other(self._counts.copy(), *(totals.copy() for totals in self._totals))
        places: list[Place] = []
        while other.counts[row, column] < LEAST and self._looks < _MOST_LOOKS:
            self._looks += self._counts.size
            round_ = other.round(self._cost, row, column)
            if round_ is None:
                break
            other.take(round_)
            places += [*round_.rising, *round_.falling]
        return places

    def _rectangle(self, row: int, column: int, rise: int) -> list[Place]:
        """The other corners of the cheapest one in which the count can rise by so much; none if there is none."""
        down = np.flatnonzero(self._counts[:, column] >= rise)
        across = np.flatnonzero(self._counts[row] >= rise)
        down, across = down[down != row], across[across != column]
        if not len(down) or not len(across):
            return []
        # Any two corners make a rectangle: the cheapest few of each are enough.
        down, across = _cheapest(down, self._cost[down, column]), _cheapest(across, self._cost[row, across])
        cost = self._cost[down, column][:, None] + self._cost[row, across] + self._cost[np.ix_(down, across)]
        below, beside = np.unravel_index(int(cost.argmin()), cost.shape)
        i, j = int(down[below]), int(across[beside])
        return [(i, column), (row, j), (i, j)]


def _cheapest(places: Counts, cost: Counts) -> Counts:
    """At most so many as are tried, in their order."""
    if len(places) <= _CORNERS:
        return places
    return places[np.sort(np.argpartition(cost, _CORNERS)[:_CORNERS])]


class _Round(NamedTuple):
    """Counts of which some rise by one and some fall by one, so that every published number stays."""

    rising: list[Place]
    falling: list[Place]


@dataclass(frozen=True)
class _Other:
    """Another table with the same published numbers.

    Attributes:
        rows, columns: its withheld totals; 0 = published.
    """

    counts: Counts
    rows: Counts
    columns: Counts

    def take(self, round_: _Round) -> None:
        """Let these counts rise and fall."""
        for places, by in ((round_.rising, 1), (round_.falling, -1)):
            for row, column in places:
                self.counts[row, column] += by
                self.rows[row] += by if self.rows[row] else 0
                self.columns[column] += by if self.columns[column] else 0

    def round(self, cost: Counts, row: int, column: int) -> _Round | None:
        """The cheapest round in which the count at `row`, `column` rises; None if it can't.

        A way through the table from its column back to its row: down a column to a count that can fall, along the row
        to one that rises. Totals that are withheld are a last column and a last row, in which falling is rising.
        """
        falls, rises = self._moves(cost)
        falls[row, column] = np.inf
        rises[row] = np.inf
        to_columns, to_rows = np.full(falls.shape[1], np.inf), np.full(falls.shape[0], np.inf)
        to_columns[column] = 0
        by_column, by_row = np.zeros(len(to_rows), np.int64), np.zeros(len(to_columns), np.int64)
        while True:
            better = _shorter(to_rows, by_column, (falls + to_columns).T)
            if not _shorter(to_columns, by_row, rises + to_rows[:, None]) and not better:
                break
        if np.isinf(to_rows[row]):
            return None
        rising, falling, at = [(row, column)], [(row, int(by_column[row]))], int(by_column[row])
        while at != column:
            down = int(by_row[at])
            rising.append((down, at))
            at = int(by_column[down])
            falling.append((down, at))
        return _Round(self._inside(rising), self._inside(falling))

    def _moves(self, cost: Counts) -> tuple[Weights, Weights]:
        """What it costs to let each count fall by one, or rise; a short way before a long one."""
        falls, rises = (np.full((len(self.rows) + 1, len(self.columns) + 1), np.inf) for _way in range(2))
        falls[:-1, :-1] = np.where(self.counts > 0, cost + _STEP, np.inf)
        rises[:-1, :-1] = cost + _STEP
        for totals, at in ((self.rows, np.s_[:-1, -1]), (self.columns, np.s_[-1, :-1])):
            falls[at] = np.where(totals > 0, _STEP, np.inf)
            rises[at] = np.where(totals > 1, _STEP, np.inf)  # a withheld total is of somebody
        return falls, rises

    def _inside(self, places: Iterable[Place]) -> list[Place]:
        """Without the totals, which follow from the counts."""
        return [(row, column) for row, column in places if row < len(self.rows) and column < len(self.columns)]


def _shorter(lengths: Weights, ways: Counts, found: Weights) -> bool:
    """Take over the shorter of these ways, a row of `found` for each; whether there were any."""
    best = found.argmin(axis=0)
    shortest = found[best, np.arange(found.shape[1])]
    better = shortest < lengths
    lengths[better], ways[better] = shortest[better], best[better]
    return bool(better.any())


def _totals(counts: Mapping[str, int]) -> Counts:
    """The totals that are withheld; 0 = published."""
    hidden = withheld(counts)
    return np.array([count if group in hidden else 0 for group, count in counts.items()], np.int64)

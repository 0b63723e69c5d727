"""Small counts cannot be subtracted back: somebody who knows every published number and tries every table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.statistics import suppression
from registry.statistics.suppression import LEAST, Pair, is_small, withheld, withheld_pairs

#: No unknown count needs to be tried beyond this: the tables below are smaller.
_MOST = 17


def possible(published: Mapping[str, int | None], total: int) -> Iterator[dict[str, int]]:
    """Every list of counts that says what was published; None = withheld, and of somebody."""
    unknown = [group for group, count in published.items() if count is None]
    known = sum(count for count in published.values() if count is not None)
    for values in product(range(1, total + 1), repeat=max(len(unknown) - 1, 0)):
        rest = total - known - sum(values)
        if not unknown:
            yield {}
        elif rest >= 1:
            yield dict(zip(unknown, [*values, rest], strict=True))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_of_one_field_no_small_count_can_be_told(numbers: list[int]) -> None:
    counts = {str(place): number for place, number in enumerate(numbers)}
    hidden = withheld(counts)
    assert {group for group, count in counts.items() if is_small(count)} <= hidden
    if hidden == {group for group, count in counts.items() if count}:
        return  # nothing is published but the sum
    tables = list(possible({g: None if g in hidden else c for g, c in counts.items()}, sum(numbers)))
    for group in hidden:
        assert max(table[group] for table in tables) >= LEAST


def test_nothing_is_withheld_without_need() -> None:
    assert withheld({"a": 5, "b": 0, "c": 90}) == set()
    assert withheld({"a": 3, "b": 40, "c": 7, "d": 9}) == {"a", "c"}
    assert withheld({"a": 1, "b": 1, "c": 7}) == {"a", "b", "c"}
    assert withheld({"a": 4, "b": 4, "c": 7}) == {"a", "b"}


def attacked(cells: Mapping[Pair, int], rows: Mapping[str, int], columns: Mapping[str, int]) -> dict[Pair, int]:
    """For each withheld pair, the most that it can be by everything that is published."""
    hidden = withheld_pairs(cells, rows, columns)
    unknown_rows, unknown_columns = withheld(rows), withheld(columns)
    pairs = sorted(hidden)
    most = dict.fromkeys(pairs, 0)
    known = {pair: count for pair, count in cells.items() if pair not in hidden}
    for values in product(range(_MOST), repeat=len(pairs)):
        tried = known | dict(zip(pairs, values, strict=True))
        down = {row: sum(tried.get((row, column), 0) for column in columns) for row in rows}
        across = {column: sum(tried.get((row, column), 0) for row in rows) for column in columns}
        for said, found, unknown in ((rows, down, unknown_rows), (columns, across, unknown_columns)):
            if any(found[group] < 1 if group in unknown else found[group] != said[group] for group in said):
                break
        else:
            if sum(down.values()) == sum(rows.values()):
                most = {pair: max(most[pair], tried[pair]) for pair in pairs}
    return most


@pytest.mark.parametrize("seed", range(80))
def test_of_two_fields_no_small_count_can_be_told(seed: int) -> None:
    random = Random(seed)
    rows, columns = "ab", "xyz"[: random.choice((2, 3))]
    cells = {(r, c): n for r in rows for c in columns if (n := random.choice((0, 1, 2, 3, 5, 6, 8)))}
    down = {r: n for r in rows if (n := sum(cells.get((r, c), 0) for c in columns))}
    across = {c: n for c in columns if (n := sum(cells.get((r, c), 0) for r in rows))}
    hidden = withheld_pairs(cells, down, across)
    small = {pair for pair, count in cells.items() if is_small(count)}
    assert small <= hidden
    if len(hidden) > 4 or hidden == set(cells):
        return  # nothing is published but totals, or too much to be tried here
    most = attacked(cells, down, across)
    assert {pair: most[pair] for pair in small if most[pair] <= cells[pair]} == {}


def test_a_large_table_is_withheld_in_part() -> None:
    random = Random(5)
    rows, columns = [f"r{i}" for i in range(60)], [f"c{i}" for i in range(80)]
    cells = {(r, c): n for r in rows for c in columns if (n := int(random.expovariate(0.05)))}
    down = {r: sum(cells.get((r, c), 0) for c in columns) for r in rows}
    across = {c: sum(cells.get((r, c), 0) for r in rows) for c in columns}
    hidden = withheld_pairs(cells, down, across)
    small = {pair for pair, count in cells.items() if is_small(count)}
    assert small <= hidden
    assert len(hidden) < 1.3 * len(small)
    for row, column in small:  # a rectangle each
        need = LEAST - cells[row, column]
        assert any(
            (row, c) in hidden and (r, column) in hidden and (r, c) in hidden
            for r in rows
            if cells.get((r, column), 0) >= need and r != row
            for c in columns
            if cells.get((row, c), 0) >= need and c != column
        )


def spread(rows: int, columns: int, people: int, seed: int) -> tuple[dict[Pair, int], dict[str, int], dict[str, int]]:
    """A table in which few groups are large and most are small, as of towns by occupations, and its totals."""
    random = Random(seed)
    cells: dict[Pair, int] = {}
    for _person in range(people):
        pair = f"r{int(rows * random.random() ** 3)}", f"c{int(columns * random.random() ** 3)}"
        cells[pair] = cells.get(pair, 0) + 1
    down = {r: sum(n for (row, _c), n in cells.items() if row == r) for r, _c in cells}
    across = {c: sum(n for (_r, column), n in cells.items() if column == c) for _r, c in cells}
    return cells, down, across


@pytest.mark.parametrize("seed", range(6))
def test_in_sparse_tables_no_small_count_is_published_nor_alone_in_its_line(seed: int) -> None:
    cells, down, across = spread(25, 20, 700, seed)
    hidden = withheld_pairs(cells, down, across)
    assert {pair for pair, count in cells.items() if is_small(count)} <= hidden
    for places, totals in ((0, down), (1, across)):
        for line in set(totals) - withheld(totals):
            alone = [pair for pair in hidden if pair[places] == line]
            assert len(alone) != 1, "a single withheld count could be subtracted from its published total"


@pytest.mark.parametrize("bound", ["_MOST_SMALL", "_MOST_LOOKS"])
def test_where_hiding_would_take_too_long_everything_is_withheld(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    cells, down, across = spread(25, 20, 700, 1)
    monkeypatch.setattr(suppression, bound, 0)
    assert withheld_pairs(cells, down, across) == set(cells)


def test_a_table_with_nothing_small_is_published_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "_MOST_LOOKS", 0)
    assert withheld_pairs({("a", "x"): 9, ("a", "y"): 7}, {"a": 16}, {"x": 9, "y": 7}) == set()

"""Packed columns by themselves: what they count is what a plain count of the pairs gives."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.packed.columns import Column, Numbering, crossed, numbers_in, packed

SIZE = 12
PAIRS = st.lists(st.tuples(st.integers(0, SIZE - 1), st.sampled_from(["", "a", "b", "c", "ca"])), max_size=40)


def column_of(pairs: list[tuple[int, str]]) -> Column:
    numbering = Numbering()
    numbers = numbering.of([value for _owner, value in pairs], len(pairs))
    return packed(SIZE, np.array([owner for owner, _value in pairs], np.int64), numbers, tuple(numbering))


def held(pairs: list[tuple[int, str]]) -> dict[int, set[str]]:
    """Owner -> values; who has none has the value ""."""
    values: dict[int, set[str]] = {owner: set() for owner in range(SIZE)}
    for owner, value in pairs:
        values[owner] |= {value} - {""}
    return {owner: some or {""} for owner, some in values.items()}


def counted(column: Column, among: set[int]) -> dict[str, int]:
    mask = np.isin(np.arange(SIZE), list(among))
    sums = column.counts(mask).tolist()
    return {value: count for value, count in zip(column.values, sums, strict=True) if count}


@given(PAIRS, st.sets(st.integers(0, SIZE - 1)))
def test_counts_are_those_of_the_pairs(pairs: list[tuple[int, str]], among: set[int]) -> None:
    assert counted(column_of(pairs), among) == Counter(v for owner in among for v in held(pairs)[owner])


@given(PAIRS, st.sets(st.sampled_from(["", "a", "b"])))
def test_who_has_one_of_several_values(pairs: list[tuple[int, str]], wanted: set[str]) -> None:
    column = column_of(pairs)
    numbers = [number for number, value in enumerate(column.values) if value in wanted]
    found = np.flatnonzero(column.having(numbers)).tolist()
    assert found == [owner for owner, values in held(pairs).items() if values & wanted]


@given(PAIRS)
def test_a_group_counts_a_record_once(pairs: list[tuple[int, str]]) -> None:
    grouped = column_of(pairs).grouped(lambda value: value[0])
    expected = Counter(group for values in held(pairs).values() for group in {value[:1] for value in values})
    assert counted(grouped, set(range(SIZE))) == expected


@given(PAIRS)
def test_only_the_highest_value_counts(pairs: list[tuple[int, str]]) -> None:
    highest = column_of(pairs).highest(["a", "b", "c", "ca"])
    assert counted(highest, set(range(SIZE))) == Counter(max(values) for values in held(pairs).values())


@given(PAIRS, PAIRS, st.sets(st.integers(0, SIZE - 1)))
def test_two_columns_meet_in_each_record(
    down: list[tuple[int, str]], across: list[tuple[int, str]], among: set[int]
) -> None:
    mask = np.isin(np.arange(SIZE), list(among))
    expected = Counter((d, a) for owner in among for d in held(down)[owner] for a in held(across)[owner])
    assert crossed(mask, column_of(down), column_of(across)) == expected


@given(PAIRS, st.sets(st.integers(0, SIZE - 1)), PAIRS)
def test_an_update_replaces_what_changed_records_held(
    before: list[tuple[int, str]], changed: set[int], after: list[tuple[int, str]]
) -> None:
    fresh = [pair for pair in after if pair[0] in changed]
    column = column_of(before).updated(
        np.array(sorted(changed), np.int64), [owner for owner, _value in fresh], [value for _owner, value in fresh]
    )
    whole = [pair for pair in before if pair[0] not in changed] + fresh
    everybody = set(range(SIZE))
    assert counted(column, everybody) == counted(column_of(whole), everybody)
    assert crossed(np.ones(SIZE, np.bool_), column, column) == crossed(
        np.ones(SIZE, np.bool_), column_of(whole), column_of(whole)
    )


def test_texts_are_found_by_the_beginnings_of_their_words() -> None:
    column = column_of([(0, "São Paulo"), (1, "Saint-Paul"), (2, "Lyon"), (3, "Sao-paulo"), (4, "SAOPAULO")])
    assert set(column.alike("paul")) == {"São Paulo", "Saint-Paul", "Sao-paulo"}
    assert set(column.alike("sao paulo")) == {"São Paulo", "Sao-paulo", "SAOPAULO"}
    assert column.alike("yon") == []


def test_numbers_out_of_a_text() -> None:
    assert numbers_in("3,17,4").tolist() == [3, 17, 4]
    assert numbers_in(None).tolist() == []

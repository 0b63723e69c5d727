"""Classes have round limits, hold every value, and are named so that a reader can tell them apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import i18n
from registry.figures.shapes import PRINT
from registry.mapping.shading import classes, said


@given(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=200))
def test_every_count_is_in_a_class_and_every_limit_is_round(counts: list[int]) -> None:
    found = classes(map(float, counts), whole=True)
    assert 1 <= len(found) <= 6
    assert len(found.labels()) == len(found.colours(PRINT.scale)) == len(found)
    assert list(found.limits) == sorted(set(found.limits))
    for limit in found.limits:
        assert limit == int(limit)
        assert min(counts) < limit <= max(counts)
    assert found.of(min(counts)) == 0
    assert found.of(max(counts)) == len(found) - 1


@given(st.lists(st.floats(0, 5), min_size=1, max_size=100))
def test_shares_are_divided_too_and_all_new_is_above_all(shares: list[float]) -> None:
    found = classes([*shares, math.inf], whole=False)
    assert len(found) <= 6
    assert found.of(math.inf) == len(found) - 1
    assert found.colour(math.inf, PRINT.scale) in PRINT.scale


def test_counts_that_lie_far_apart_are_divided_by_rank() -> None:
    found = classes([1, 2, 4, 9, 15, 60, 130, 800, 12_000], whole=True)
    assert found.limits == (2, 10, 50, 1000, 5000)


def test_shares_that_lie_near_are_divided_evenly() -> None:
    found = classes([0.41, 0.45, 0.52, 0.58], whole=False)
    assert found.limits == pytest.approx((0.45, 0.5, 0.55))
    assert found.labels() == ("under 45%", "45% to under 50%", "50% to under 55%", "55% and more")


def test_values_are_written_as_the_language_does() -> None:
    assert (said(12_345, whole=True), said(0.004, whole=False), said(1.2, whole=False)) == ("12,345", "0.4%", "120%")
    assert said(math.inf, whole=False) == "all new"
    with i18n.in_language("fr"):
        assert said(0.004, whole=False) == "0,4\xa0%"


def test_nobody_and_one_value_are_one_class() -> None:
    assert len(classes([], whole=True)) == 1
    assert classes([7.0], whole=True).labels() == ("7",)
    assert classes([0.25], whole=False).labels() == ("25%",)

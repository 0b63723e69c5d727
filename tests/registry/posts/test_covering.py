"""The covering plan against every possible one on small cases, and its bound, which is never below the best."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.posts.covering import Covering, choose


def covering(weights: list[int], reached: list[set[int]]) -> Covering:
    pairs = [(place, demand) for place, demands in enumerate(reached) for demand in sorted(demands)]
    place, demand = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return Covering(np.array(weights, np.int64), len(reached), place, demand)


def best(case: Covering, count: int) -> int:
    """What the best of all choices reaches."""
    choices = itertools.combinations(range(case.places), min(count, case.places))
    return max(case.reached(choice) for choice in choices)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Covering, int]:
    weights = draw(st.lists(st.integers(0, 60), min_size=1, max_size=12))
    demands = st.sets(st.integers(0, len(weights) - 1), max_size=len(weights))
    return covering(weights, draw(st.lists(demands, min_size=1, max_size=9))), draw(st.integers(1, 5))


@given(cases())
@settings(max_examples=300, deadline=None)
def test_the_bound_holds_and_the_choice_is_as_good_as_it_says(case: tuple[Covering, int]) -> None:
    problem, count = case
    found, optimum = choose(problem, count), best(problem, count)
    assert len(found.places) == len(set(found.places)) <= count
    assert found.reached == problem.reached(found.places) <= optimum <= found.bound
    assert found.reached >= optimum * (1 - 1 / np.e)
    assert choose(problem, count) == found


@pytest.mark.parametrize("seed", range(12))
def test_towns_on_a_plane_are_covered_within_two_per_cent_of_the_best(seed: int) -> None:
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 100, (18, 2))
    apart = np.hypot(*(towns[:, None] - towns[None, :]).transpose(2, 0, 1))
    problem = Covering(random.integers(1, 500, 18), 18, *np.nonzero(apart <= 25))
    for count in (2, 3, 4):
        found, optimum = choose(problem, count), best(problem, count)
        assert found.reached >= 0.98 * optimum
        assert optimum <= found.bound <= 1.1 * optimum


def test_an_exchange_mends_what_was_taken_greedily() -> None:
    # The middle place reaches most at first, but the two at the sides reach everybody.
    problem = covering([10, 9, 9, 10], [{0, 1}, {1, 2, 3}, {2, 3}, {0}])
    assert choose(problem, 2).reached == 38 == best(problem, 2)
    tricky = covering([5, 5, 4, 4, 6, 6], [{0, 2, 4}, {1, 3, 5}, {4, 5, 0}, {2, 3}])
    assert choose(tricky, 2).reached == 30 == best(tricky, 2)


def test_nobody_to_reach_and_more_visits_than_places() -> None:
    nothing = Covering(np.zeros(0, np.int64), 0, np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert choose(nothing, 3).places == ()
    assert choose(nothing, 3).bound == 0
    one = choose(covering([4], [{0}, set()]), 5)
    assert (one.places, one.reached, one.bound) == ((0,), 4, 4)


def test_five_thousand_towns_are_covered_in_seconds_and_close_to_the_bound() -> None:
    random = np.random.default_rng(5)
    towns = random.normal(0, 300, (5000, 2))
    apart = (
        np.hypot(*(towns[some, None] - towns[None, :]).transpose(2, 0, 1)) for some in np.array_split(range(5000), 20)
    )
    near = np.concatenate([part <= 30 for part in apart])
    problem = Covering((random.pareto(1.2, 5000) * 20).astype(np.int64), 5000, *np.nonzero(near))
    started = time.process_time()
    found = choose(problem, 20)
    assert time.process_time() - started < 30
    assert found.reached <= found.bound <= 1.05 * found.reached

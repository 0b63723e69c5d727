"""Which few places reach the most people: the maximal covering location problem.

R. Church, C. ReVelle, "The maximal covering location problem", Papers of the Regional Science Association 32, 1974.
Places are taken greedily, then exchanged one by one as long as that reaches more (M. B. Teitz, P. Bart, "Heuristic
methods for estimating the generalized vertex median of a weighted graph", Operations Research 16, 1968). How far the
result can be from the best is said by a bound: the smaller of what the gains of further places allow, since none can
add more later than now (G. Cornuéjols, M. L. Fisher, G. L. Nemhauser, Management Science 23, 1977), and of a Lagrangian
relaxation (R. D. Galvão, C. ReVelle, European Journal of Operational Research 88, 1996). Nothing here is random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Rounds of exchanges: each has to reach more, and few are ever needed.
_ROUNDS = 50
#: Places from which it is tried anew where the best may not be found yet.
_STARTS = 8
#: Steps of the relaxation, and after how many without a lower bound they become shorter.
_STEPS, _PATIENCE = 200, 12

Numbers = npt.NDArray[np.int64]
Amounts = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Covering:
    """Demands and the places that can meet them.

    Attributes:
        weights: people of each demand.
        places: how many places can be chosen.
        place, demand: the pairs of a place and a demand that it reaches.
    """

    weights: Numbers
    places: int
    place: Numbers
    demand: Numbers

    def gains(self, among: Amounts) -> Amounts:
        """What each place reaches of these amounts, one a demand."""
        return np.bincount(self.place, among[self.demand], self.places).astype(np.float64)

    def times(self, chosen: Sequence[int]) -> Numbers:
        """By how many of these places each demand is reached."""
        there = np.zeros(self.places, np.bool_)
        there[list(chosen)] = True
        return np.bincount(self.demand[there[self.place]], minlength=len(self.weights))

    def reached(self, chosen: Sequence[int]) -> int:
        """People whom these places reach."""
        return int(self.weights[self.times(chosen) > 0].sum())


@dataclass(frozen=True)
class Chosen:
    """Places that reach many people.

    Attributes:
        places: their numbers.
        reached: people whom they reach.
        bound: no choice of as many places reaches more people.
    """

    places: tuple[int, ...]
    reached: int
    bound: int


def choose(covering: Covering, count: int) -> Chosen:
    """At most `count` places; fewer where these reach everybody who can be reached."""
    greedy = _greedy(covering, count)
    bound = min(_by_gains(covering, greedy[:some], count) for some in range(len(greedy) + 1))
    chosen = _exchanged(covering, greedy)
    reached = covering.reached(chosen)
    if reached < bound:
        bound = min(bound, _by_gains(covering, chosen, count), _relaxed(covering, count, reached))
    for start in _starts(covering, greedy):
        if reached >= bound:
            break
        other = _exchanged(covering, _greedy(covering, count, start))
        if covering.reached(other) > reached:
            chosen, reached = other, covering.reached(other)
    return Chosen(tuple(chosen), reached, max(reached, bound))


def _starts(covering: Covering, greedy: Sequence[int]) -> list[int]:
    """Where else to begin: the places that reach most by themselves."""
    alone = covering.gains(covering.weights.astype(np.float64))
    best = np.argsort(-alone, kind="stable")[: _STARTS + 1].tolist()
    return [place for place in best if place != greedy[0]][:_STARTS] if greedy else []


def _greedy(covering: Covering, count: int, *begun: int) -> list[int]:
    """One place after the other, each where it adds the most."""
    chosen = list(begun)
    while len(chosen) < count:
        gains = covering.gains(_left(covering, chosen))
        best = int(gains.argmax()) if len(gains) else 0
        if not len(gains) or gains[best] <= 0:
            break
        chosen.append(best)
    return chosen


def _exchanged(covering: Covering, chosen: Sequence[int]) -> list[int]:
    """Each place in turn against the one that adds most in its stead, until no exchange reaches more."""
    chosen = list(chosen)
    for _round in range(_ROUNDS):
        better = False
        for spot, place in enumerate(chosen):
            others = chosen[:spot] + chosen[spot + 1 :]
            gains = covering.gains(_left(covering, others))
            best = int(gains.argmax())
            if gains[best] > gains[place]:
                chosen[spot], better = best, True
        if not better:
            break
    return chosen


def _left(covering: Covering, chosen: Sequence[int]) -> Amounts:
    """The people of each demand that none of these places reaches."""
    return np.where(covering.times(chosen) > 0, 0, covering.weights).astype(np.float64)


def _by_gains(covering: Covering, chosen: Sequence[int], count: int) -> int:
    """What these places reach, and the largest gains that as many others could add to them."""
    gains = np.sort(covering.gains(_left(covering, chosen)))
    return covering.reached(chosen) + int(gains[len(gains) - min(count, len(gains)) :].sum())


def _relaxed(covering: Covering, count: int, reached: int) -> int:
    """A bound by the relaxation in which a demand may count without a place that reaches it, at a price."""
    weights = covering.weights.astype(np.float64)
    prices = weights / 2
    lowest, stride, idle = float(weights.sum()), 1.0, 0
    for _step in range(_STEPS):
        gains = covering.gains(prices)
        taken = np.argpartition(-gains, min(count, len(gains)) - 1)[:count]
        value = float(np.maximum(weights - prices, 0).sum() + gains[taken].sum())
        if value < lowest - 1e-9:
            lowest, idle = value, 0
        else:
            idle += 1
        if idle >= _PATIENCE:
            stride, idle = stride / 2, 0
        # Each price moves by what it is worth: a village's by little, a city's by much.
        slope = covering.times(taken.tolist()) - (weights > prices)
        length = float((slope * slope * weights).sum())
        if length == 0 or lowest < reached + 1:
            break
        prices = np.clip(prices - stride * (value - reached) / length * slope * weights, 0, weights)
    return int(np.floor(lowest + 1e-6))

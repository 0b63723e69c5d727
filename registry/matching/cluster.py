"""Pairs into groups that are one: a group takes nobody in who contradicts its members on the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Places: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
#: Weights of pairs that were no candidates.
Weighing: TypeAlias = Callable[[Places, Places], Floats]

#: Log-odds from which a pair joins two records (60 %); the others of their groups must then agree on the whole.
JOINS = float(np.log(0.6 / 0.4))
#: No pair says more than this for or against a group.
_BOUND = 12.0
#: What somebody said outweighs everything.
NEVER = -1e6
#: Larger heaps are taken apart by asking more of a pair, step by step.
_LARGEST, _STRICTER = 200, 2.0


def clusters(count: int, first: Places, second: Places, weights: Floats, weigh: Weighing) -> npt.NDArray[np.int64]:
    """By record the place of the first member of its group; one that stands alone is its own."""
    heads = np.arange(count)
    heaps = _small_heaps(count, first, second, weights)
    known = {
        (i, j): w
        for i, j, w in zip(first.tolist(), second.tolist(), weights.tolist(), strict=True)
        if heaps[i] == heaps[j]
    }
    order = np.argsort(heaps, kind="stable")
    starts = np.flatnonzero(np.r_[True, heaps[order][1:] != heaps[order][:-1]]) if count else np.zeros(0, int)
    groups = [g.tolist() for g in np.split(order, starts[1:]) if len(g) > 1]
    _complete(groups, known, weigh)
    for members in groups:
        for group in _agglomerated(members, known):
            heads[group] = min(group)
    return heads


def _small_heaps(count: int, first: Places, second: Places, weights: Floats) -> Places:
    """Records that strong pairs connect; where these are too many, only by stronger ones."""
    least = np.full(count, JOINS)
    while True:
        strong = (weights >= least[first]) & (weights >= least[second])
        heaps = _heaps(count, first[strong], second[strong])
        large = np.bincount(heaps, minlength=max(count, 1))[heaps] > _LARGEST
        if not large.any():
            return heaps
        least[large] += _STRICTER


def _heaps(count: int, first: Places, second: Places) -> npt.NDArray[np.int64]:
    """Records that strong pairs connect, by their smallest member."""
    heads = list(range(count))

    def head(n: int) -> int:
        while heads[n] != n:
            heads[n] = heads[heads[n]]
            n = heads[n]
        return n

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = head(one), head(other)
        if a != b:
            heads[max(a, b)] = min(a, b)
    return np.array([head(n) for n in range(count)], np.int64)


def _complete(groups: Sequence[list[int]], known: dict[tuple[int, int], float], weigh: Weighing) -> None:
    """Weigh the pairs inside groups that were no candidates."""
    missing = [
        (members[m], other)
        for members in groups
        if len(members) > 2
        for m in range(len(members))
        for other in members[m + 1 :]
        if (members[m], other) not in known
    ]
    if missing:
        first, second = (np.array(side, np.int64) for side in zip(*missing, strict=True))
        known.update(zip(missing, weigh(first, second).tolist(), strict=True))


def _agglomerated(members: list[int], known: dict[tuple[int, int], float]) -> list[list[int]]:
    """Groups joined from the surest pair on, as long as the mean over all pairs between two speaks for it."""
    size = len(members)
    if size == 2:
        return [members]
    sums = np.zeros((size, size))
    for m in range(size):
        for n in range(m + 1, size):
            weight = known.get((members[m], members[n]), -_BOUND)
            sums[m, n] = sums[n, m] = weight if weight <= NEVER else min(max(weight, -_BOUND), _BOUND)
    sizes = np.ones(size)
    groups: list[list[int]] = [[member] for member in members]
    np.fill_diagonal(sums, -np.inf)
    while True:
        means = sums / np.outer(sizes, sizes)
        m, n = divmod(int(means.argmax()), size)
        if not means[m, n] >= 0:
            return [group for group in groups if group]
        sums[m] += sums[n]
        sums[:, m] = sums[m]
        sums[n], sums[:, n], sums[m, m] = -np.inf, -np.inf, -np.inf
        sizes[m] += sizes[n]
        groups[m] += groups[n]
        groups[n] = []

"""Pairs into groups that are one: a group takes nobody in who contradicts its members on the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from registry.i18n import _
from registry.progress import SILENT, Progress

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
#: So many pairs of members, counted twice, are settled together.
_CELLS = 400_000


def clusters(
    count: int, first: Places, second: Places, weights: Floats, weigh: Weighing, progress: Progress = SILENT
) -> npt.NDArray[np.int64]:
    """By record the place of the first member of its group; one that stands alone is its own."""
    heads = np.arange(count)
    heaps = _small_heaps(count, first, second, weights)
    inside = heaps[first] == heaps[second]
    known = _Weights(count, first[inside], second[inside], weights[inside], weigh)
    order = np.argsort(heaps, kind="stable")
    sizes = np.bincount(heaps, minlength=count)
    ends = np.cumsum(sizes)
    two = order[ends[sizes == 2] - 1]
    heads[two] = heaps[two]  # the pair that joined them is all there is
    waiting: list[Places] = []
    cells = 0
    for head in np.flatnonzero(sizes > 2).tolist():
        waiting.append(order[ends[head] - sizes[head] : ends[head]])
        cells += int(sizes[head]) ** 2
        if cells > _CELLS:
            progress.step(0, 0, _("Putting together what is one"))
            _settle(heads, waiting, known)
            waiting, cells = [], 0
    _settle(heads, waiting, known)
    return heads


class _Weights:
    """Weights of pairs: those that are known, and those that are asked for."""

    def __init__(self, count: int, first: Places, second: Places, weights: Floats, weigh: Weighing) -> None:
        pairs = np.minimum(first, second) * count + np.maximum(first, second)
        order = np.argsort(pairs)
        self._count, self._pairs, self._weights, self._weigh = count, pairs[order], weights[order], weigh

    def of(self, first: Places, second: Places) -> Floats:
        """Of pairs whose smaller place stands first."""
        pairs = first * self._count + second
        at = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
        found = self._weights[at]
        missing = self._pairs[at] != pairs
        if missing.any():
            found[missing] = self._weigh(first[missing], second[missing])
        return found


def _settle(heads: Places, heaps: Sequence[Places], known: _Weights) -> None:
    """Note the heads of the groups of some heaps, each of them in ascending order."""
    if not heaps:
        return
    corners = [np.triu_indices(len(members), 1) for members in heaps]
    sides = [[members[corner[side]] for members, corner in zip(heaps, corners, strict=True)] for side in (0, 1)]
    weights = known.of(np.concatenate(sides[0]), np.concatenate(sides[1]))
    weights = np.where(weights <= NEVER, weights, np.clip(weights, -_BOUND, _BOUND))
    starts = np.cumsum([len(corner[0]) for corner in corners])[:-1]
    for members, corner, some in zip(heaps, corners, np.split(weights, starts), strict=True):
        sums = np.zeros((len(members), len(members)))
        sums[corner] = sums[corner[::-1]] = some
        for group in _agglomerated(sums):
            heads[members[group]] = members[min(group)]


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


def _agglomerated(sums: Floats) -> list[list[int]]:
    """Groups joined from the surest pair on, as long as the mean over all pairs between two speaks for it."""
    size = len(sums)
    sizes = np.ones(size)
    groups = [[member] for member in range(size)]
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

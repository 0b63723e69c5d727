"""What was found of pairs of words or texts, so that each two are compared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Pairs: TypeAlias = npt.NDArray[np.int64]


class Remembered:
    """Answers of a function, by pair."""

    def __init__(self, fresh: Callable[[Pairs], npt.NDArray[Any]], most: int) -> None:
        """`most`: of so many pairs the answer is kept; then anew."""
        self._fresh, self._most = fresh, most
        self._pairs, self._values = np.zeros(0, np.int64), fresh(np.zeros(0, np.int64))

    def of(self, pairs: Pairs) -> npt.NDArray[Any]:
        """By pair what `fresh` finds of it."""
        once, back = np.unique(pairs, return_inverse=True)
        at = np.searchsorted(self._pairs, once)
        known = at < len(self._pairs)
        known[known] = self._pairs[at[known]] == once[known]
        found = np.empty(len(once), self._values.dtype)
        found[known] = self._values[at[known]]
        if not known.all():
            new = ~known
            found[new] = self._fresh(once[new])
            if len(self._pairs) + int(new.sum()) > self._most:
                self._pairs, self._values = once, found
            else:
                self._pairs = np.insert(self._pairs, at[new], once[new])
                self._values = np.insert(self._values, at[new], found[new])
        return found[back]

"""Which values are shaded alike: few classes with round limits, so that a reader can keep them apart."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from registry import formats
from registry.i18n import N_, _

MOST = 6
#: Values that lie this many times apart are divided by rank, others evenly.
_APART = 8
#: The smallest share that is told apart.
_FINEST = 0.001
ALL_NEW = N_("all new")


@dataclass(frozen=True)
class Classes:
    """The classes of a map.

    Attributes:
        limits: where each class but the first begins, rising.
        whole: whether values are counts; else they are shares.
        least, largest: of the values there are.
    """

    limits: tuple[float, ...]
    whole: bool
    least: float
    largest: float

    def __len__(self) -> int:
        return len(self.limits) + 1

    def of(self, value: float) -> int:
        """The number of a value's class, from 0."""
        return bisect_right(self.limits, value)

    def colour(self, value: float, scale: tuple[str, ...]) -> str:
        """The colour of a value in a scale of as many colours as there can be classes."""
        return self.colours(scale)[self.of(value)]

    def colours(self, scale: tuple[str, ...]) -> tuple[str, ...]:
        """The colours of the classes: the ends of the scale are always among those of several."""
        if len(self) == 1:
            return (scale[len(scale) // 2],)
        return tuple(scale[round(place * (len(scale) - 1) / (len(self) - 1))] for place in range(len(self)))

    def labels(self) -> tuple[str, ...]:
        """What each class holds, in words."""
        ends = [None, *self.limits], [*self.limits, None]
        return tuple(self._label(begin, end) for begin, end in zip(*ends, strict=True))

    def _label(self, begin: float | None, end: float | None) -> str:
        if self.whole:
            first = int(self.least if begin is None else begin)
            if end is None and begin is not None:
                return _("{count} and more", count=formats.number(first))
            last = int(self.largest if end is None else end - 1)
            return formats.number(first) if first == last else f"{formats.number(first)}–{formats.number(last)}"
        if begin is None:
            return _("under {share}", share=formats.share(end)) if end is not None else said(self.largest, whole=False)
        if end is None:
            return _("{share} and more", share=formats.share(begin))
        return _("{first} to under {last}", first=formats.share(begin), last=formats.share(end))


def classes(values: Iterable[float], *, whole: bool, most: int = MOST) -> Classes:
    """The classes for these values: counts, or shares where 1.0 is all."""
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        return Classes((), whole, 0, 0)
    least, largest = known[0], known[-1]
    if largest > max(least, _FINEST) * _APART:
        ranks = (known[int(len(known) * place / (most - 1))] for place in range(1, most - 1))
        limits = {_round(value) for value in (*ranks, largest / 3) if value > _FINEST}
    else:
        limits = _even(least, largest, most)
    if whole:
        limits = {float(math.ceil(limit)) for limit in limits}
    inside = sorted(limit for limit in limits if least < limit <= largest)
    return Classes(tuple(inside[-(most - 1) :]), whole, least, largest)


def said(value: float, *, whole: bool) -> str:
    """A value in words."""
    if whole:
        return formats.number(int(value))
    return _(ALL_NEW) if math.isinf(value) else formats.share(value)


def _round(value: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten, by ratio."""
    power = 10.0 ** math.floor(math.log10(value))
    nearest = min((1, 2, 5, 10), key=lambda step: abs(math.log(value / (step * power))))
    return float(f"{nearest * power:.12g}")


def _even(least: float, largest: float, most: int) -> set[float]:
    """Limits a round step apart."""
    if largest - least < _FINEST:
        return set()
    rough = (largest - least) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
    return {float(f"{limit:.12g}") for limit in np.arange(math.ceil(least / step), largest / step + 1) * step}

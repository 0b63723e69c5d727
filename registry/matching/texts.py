"""Texts of many records as numbers: each text once, in one piece of memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import compress
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from registry.i18n import _
from registry.progress import SILENT, Progress

Codes: TypeAlias = npt.NDArray[np.int32]

#: Texts that are looked up in a dict before they are put away in order: a dict of a million takes 150 MB.
_AT_ONCE = 50_000
#: Texts that are made from one piece of memory at a time.
_TAKEN = 10_000


class Kept(Sequence[str]):
    """Texts in one piece of memory: of a million records they would take three times as much as strings."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._joined, ends = bytearray(), array("q", [0])
        for text in texts:
            self._joined += text.encode("utf-8", "surrogatepass")
            ends.append(len(self._joined))
        self._ends = np.asarray(ends, np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _TAKEN):
            yield from self[start : start + _TAKEN]

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self.take(np.arange(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self.take(np.array([place % len(self)]))[0]

    def take(self, places: npt.NDArray[np.integer[Any]]) -> list[str]:
        """The texts at these places, none of them negative, in their order."""
        joined = self._joined
        bounds = zip(self._ends[places].tolist(), self._ends[places + 1].tolist(), strict=True)
        return [joined[start:end].decode("utf-8", "surrogatepass") for start, end in bounds]


@dataclass
class Texts:
    """A column of texts as numbers.

    Attributes:
        codes: place in `texts` by record and number of the value, as many as one of them has; -1 = none.
        texts: every text once, in order.
    """

    codes: Codes
    texts: Kept

    def counts(self) -> npt.NDArray[np.int64]:
        """How many times each text occurs."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.texts))


class Numbering:
    """Gives texts numbers while records are read, the same text the same number as long as it is remembered."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._given = 0
        self._put_away: list[tuple[Kept, Codes]] = []

    def each(self, texts: Sequence[str]) -> list[int]:
        """The number of each text."""
        news = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(news) > _AT_ONCE:
            self._forget()
            news = list(dict.fromkeys(texts))
        self._known.update(zip(news, range(self._given, self._given + len(news)), strict=True))
        self._given += len(news)
        return [*map(self._known.__getitem__, texts)]

    def settled(self, progress: Progress = SILENT) -> tuple[Kept, Codes]:
        """Every text once, in order, and by number its place there; last, for the number -1, stands -1."""
        self._forget()
        places = array("i", [-1]) * (self._given + 1)
        texts = Kept(self._once(places, progress))
        self._put_away.clear()
        return texts, np.asarray(places, np.int32)

    def _forget(self) -> None:
        texts = sorted(self._known)
        self._put_away.append((Kept(texts), np.array([self._known[text] for text in texts], np.int32)))
        self._known = {}

    def _once(self, places: array[int], progress: Progress) -> Iterator[str]:
        """The texts in order; notes the place of each number."""
        place, last = -1, None
        pieces = (zip(texts, numbers.tolist(), strict=True) for texts, numbers in self._put_away)
        for done, (text, number) in enumerate(merge(*pieces)):
            if done % _AT_ONCE == 0:
                progress.step(done, self._given, _("Looking for records to compare"))
            if text != last:
                place, last = place + 1, text
                yield text
            places[number] = place


class Column:
    """Takes in the texts that records have in a field."""

    def __init__(self, most: int) -> None:
        """`most`: so many of one record are kept."""
        self._most = most
        self._numbering = Numbering()
        self._numbers, self._counts = array("i"), array("b")

    def extend(self, count: int, owners: Sequence[int], texts: Sequence[str]) -> None:
        """The texts of so many further records, by the places of these among them; an empty one is none."""
        if "" in set(texts):
            owners, texts = [*compress(owners, texts)], [*filter(None, texts)]
        if len(set(owners)) < len(owners):
            owners, texts = self._once(owners, texts)
        self._numbers.extend(self._numbering.each(texts))
        self._counts.frombytes(np.bincount(np.asarray(owners, np.int64), minlength=count).astype(np.int8).tobytes())

    def _once(self, owners: Sequence[int], texts: Sequence[str]) -> tuple[Sequence[int], Sequence[str]]:
        """Of each record the first texts, none of them twice."""
        by_owner: dict[int, dict[str, None]] = {}
        for owner, text in zip(owners, texts, strict=True):
            by_owner.setdefault(owner, {})[text] = None
        kept = [(owner, text) for owner, some in by_owner.items() for text in [*some][: self._most]]
        return [owner for owner, _text in kept], [text for _owner, text in kept]

    def texts(self, progress: Progress = SILENT) -> Texts:
        """Everything that was added, which is then forgotten here."""
        texts, places = self._numbering.settled(progress)
        counts = np.asarray(self._counts, np.int8)
        codes = np.full((len(counts), max(1, int(counts.max(initial=0)))), -1, np.int32)
        # By rows and within each from the first on, as they came.
        codes[np.arange(codes.shape[1]) < counts[:, None]] = places[np.asarray(self._numbers, np.int32)]
        self._numbers, self._counts = array("i"), array("b")
        return Texts(codes, texts)

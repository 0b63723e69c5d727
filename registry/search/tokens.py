"""Many words in columns, which take less memory than as many objects and are compared all at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from registry.search.readings import CLASSES, Token

Places: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.uint64]
Letters: TypeAlias = npt.NDArray[np.bytes_]

#: Words are told apart by so many letters, skeletons by so many consonants.
WIDTH, BONES = 24, 16
_TEXT, _SKELETON = f"S{WIDTH}", f"S{BONES}"
#: Each class of consonants as four bits, and `A`, which stands for none.
_BITS = np.zeros(256, np.uint64)
_BITS[[*f"A{CLASSES}".encode()]] = range(1, len(CLASSES) + 2)


class Tokens(NamedTuple):
    """Words and how they are read, as `Token` has it.

    Attributes:
        starts: where the skeletons of each word begin among all, and last their count.
    """

    texts: Letters
    scripts: Letters
    readings: Letters
    skeletons: Letters
    starts: Places

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Self:
        """These words in columns."""
        columns = ([token.text for token in tokens], [token.script for token in tokens])
        return cls.beside(*columns, [token.reading for token in tokens], [token.skeletons for token in tokens])

    @classmethod
    def beside(
        cls, texts: Sequence[str], scripts: Sequence[str], readings: Sequence[str], bones: Sequence[Sequence[str]]
    ) -> Self:
        """The same of what stands beside each other in lists, `bones` being the skeletons of each word."""
        return cls(
            np.array(texts, _TEXT),
            np.array(scripts, "S1"),
            np.array(readings, _TEXT),
            np.array([skeleton for skeletons in bones for skeleton in skeletons], _SKELETON),
            _starts([*map(len, bones)]),
        )

    def and_then(self, others: Tokens) -> Tokens:
        """These words and others behind them."""
        return Tokens(
            np.concatenate((self.texts, others.texts)),
            np.concatenate((self.scripts, others.scripts)),
            np.concatenate((self.readings, others.readings)),
            np.concatenate((self.skeletons, others.skeletons)),
            np.concatenate((self.starts, others.starts[1:] + self.starts[-1])),
        )

    def take(self, places: Places) -> Tokens:
        """The words at `places`, in that order."""
        counts = self.starts[places + 1] - self.starts[places]
        starts = _starts(counts)
        bones = np.repeat(self.starts[places] - starts[:-1], counts) + np.arange(starts[-1])
        return Tokens(self.texts[places], self.scripts[places], self.readings[places], self.skeletons[bones], starts)

    def each(self) -> list[Token]:
        """The words one by one."""
        columns = (column.astype(str).tolist() for column in self[:3])
        bones, starts = self.skeletons.astype(str).tolist(), self.starts.tolist()
        return [
            Token(text, script, reading, tuple(bones[start:end]))
            for text, script, reading, (start, end) in zip(*columns, pairwise(starts), strict=True)
        ]

    def letters(self) -> npt.NDArray[np.uint8]:
        """The texts as a letter a column, zeros behind them."""
        return letters(self.texts)


def letters(words: Letters) -> npt.NDArray[np.uint8]:
    """Words as a letter a column, zeros behind them."""
    return words.view(np.uint8).reshape(len(words), words.dtype.itemsize)


def codes(skeletons: Letters) -> Codes:
    """Each skeleton as a number."""
    found = np.zeros(len(skeletons), np.uint64)
    for bits in _BITS[letters(skeletons).T]:
        found = found << np.uint64(4) | bits
    return found


def codes_of(skeletons: Sequence[str]) -> Codes:
    """The same for skeletons that are no column yet."""
    return codes(np.array(skeletons, _SKELETON))


def _starts(counts: Sequence[int] | Places) -> Places:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.int64)

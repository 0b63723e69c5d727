"""How likely two words of names are one name, and how many records have each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from registry.i18n import _
from registry.matching.facts import Facts, Words
from registry.matching.nicknames import formal, share_a_name
from registry.matching.remembered import Remembered
from registry.matching.texts import Codes
from registry.progress import SILENT, Progress
from registry.search.closeness import log_odds_of_pairs
from registry.search.tokens import Tokens, letters

Floats: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.int64]

#: What is said of two words without any likeness, of one word, of an initial and of a nickname.
_NONE, _EQUAL, _INITIAL, _NICKNAME = -9.0, 4.0, -1.9, -1.5
#: Words are looked at closely from this likeness of their sound or of their consonants on.
_LEAST_SPOKEN, _LEAST_BONES = 0.5, 0.6
#: Pairs of words that are remembered, and those that are compared at once.
_REMEMBERED, _AT_ONCE = 1_000_000, 100_000
#: Words that are put in columns, and records whose words are counted, at once.
_WORDS, _RECORDS = 50_000, 100_000


class WordsOfNames:
    """The words of some facts in columns."""

    def __init__(self, facts: Facts, progress: Progress = SILENT) -> None:
        self._words = facts.tokens
        self._columns = _in_columns(facts.tokens, progress)
        self._bones = self._columns.skeletons[self._columns.starts[:-1]]
        self._nameable = np.array([bool(formal(text)) for text in self._columns.texts.astype(str).tolist()], bool)
        self._single = np.char.str_len(self._columns.texts) == 1
        self._initials = letters(self._columns.texts)[:, 0]
        self._known = Remembered(self._fresh, _REMEMBERED)

    def odds(self, one: Codes, other: Codes) -> Floats:
        """Log-odds that words, by their places, are one name."""
        low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
        return self._known.of(low * len(self._words) + high)

    def _fresh(self, pairs: Places) -> Floats:
        """The same of pairs not met before; of words without any likeness it is not asked how likely they are."""
        a, b = np.divmod(pairs, max(1, len(self._words)))
        odds = np.where(a == b, _EQUAL, _NONE)
        single = self._single[a] | self._single[b]
        odds[single & (a != b) & (self._initials[a] == self._initials[b])] = _INITIAL
        apart = np.flatnonzero((a != b) & ~single)
        for start in range(0, len(apart), _AT_ONCE):
            some = apart[start : start + _AT_ONCE]
            readings = self._columns.readings[a[some]].tolist(), self._columns.readings[b[some]].tolist()
            spoken = process.cpdist(*readings, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
            bones = self._bones[a[some]].tolist(), self._bones[b[some]].tolist()
            alike = process.cpdist(*bones, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
            some = some[(spoken >= _LEAST_SPOKEN) | (alike >= _LEAST_BONES)]
            odds[some] = log_odds_of_pairs(self._columns.take(a[some]), self._columns.take(b[some]))
        for place in self._nicknamed(a[apart], b[apart]):
            odds[apart[place]] = max(odds[apart[place]], _NICKNAME)
        return odds

    def _nicknamed(self, one: Places, other: Places) -> Iterator[int]:
        """Places at which one word is commonly said for the other."""
        for place in np.flatnonzero(self._nameable[one] & self._nameable[other]).tolist():
            if share_a_name(self._words[one[place]].text, self._words[other[place]].text):
                yield place


def holders(facts: Facts, progress: Progress = SILENT) -> npt.NDArray[np.int64]:
    """By word how many records have it."""
    found = np.zeros(len(facts.tokens), np.int64)
    for start in range(0, len(facts), _RECORDS):
        progress.step(start, len(facts), _("Looking for records to compare"))
        names = slice(*np.searchsorted(facts.names, (start, start + _RECORDS)).tolist())
        rows, columns = np.nonzero(facts.words[names] >= 0)
        held = facts.names[names][rows].astype(np.int64) * len(found) + facts.words[names][rows, columns]
        found += np.bincount(np.unique(held) % max(1, len(found)), minlength=len(found))
    return found


def _in_columns(words: Words, progress: Progress) -> Tokens:
    found = Tokens.of([])
    for start in range(0, len(words), _WORDS):
        progress.step(start, len(words), _("Looking for records to compare"))
        found = found.and_then(Tokens.of(words[start : start + _WORDS]))
    return found

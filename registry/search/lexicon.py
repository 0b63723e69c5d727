"""Every word that names of this registry have, in memory: which of them are close to a word that is asked for."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, Engine

from db import names
from registry.search.closeness import log_odds
from registry.search.readings import CLASSES, Token

Places: TypeAlias = npt.NDArray[np.int64]

#: At most so many words are looked at that share pairs of letters, and that have the consonants.
_LIKE_WRITTEN, _LIKE_SPOKEN = 300, 500
#: The least part of their pairs of letters that two words must share.
_LEAST_SHARED = 0.35
#: Skeletons of fewer consonants are looked up as they are: with one changed they would be anything.
_LEAST_CHANGED = 3
#: So many new words are looked at one by one before all are put in order anew.
_WAITING = 2_000
_WIDTH = 24


class Close(NamedTuple):
    """A word of the registry that may be the asked one.

    Attributes:
        id: in the registry.
        odds: log-odds that it is the same name.
    """

    id: int
    token: Token
    odds: float


def lexicon_of(connection: Connection) -> Lexicon:
    """The words of the registry that is open here, with those that `connection` sees."""
    with _MAKING:
        lexicon = _OPEN.setdefault(connection.engine, Lexicon())
    lexicon.follow(connection)
    return lexicon


class Lexicon:
    """The words of one registry; any thread may ask. Words that no name has any more may stay until it is closed."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._ids = array("q")
        self._tokens: list[Token] = []
        self._ordered = 0
        self._pairs = _PairIndex([])
        self._skeletons = _SkeletonIndex([])

    def follow(self, connection: Connection) -> None:
        """Take in the words that were added since, as `connection` sees them."""
        with self._one_at_a_time:
            fresh = names.words_after(connection, self._ids[-1] if self._ids else 0)
            self._ids.extend(word.id for word in fresh)
            self._tokens += [Token(w.text, w.script, w.reading, tuple(w.skeletons.split())) for w in fresh]
            if len(self._tokens) - self._ordered > _WAITING or (fresh and not self._ordered):
                self._ordered = len(self._tokens)
                self._pairs = _PairIndex(self._tokens)
                self._skeletons = _SkeletonIndex(self._tokens)

    def token(self, word_id: int) -> Token | None:
        """The word with that id; None if it came after `follow`."""
        place = bisect_left(self._ids, word_id)
        return self._tokens[place] if place < len(self._ids) and self._ids[place] == word_id else None

    def close_to(self, asked: Token, most: int) -> list[Close]:
        """The words most likely to be `asked`, at most `most`, in no order."""
        with self._one_at_a_time:
            places = self._candidates(asked)
            tokens = [self._tokens[place] for place in places]
            odds = log_odds(asked, tokens)
            kept = np.argpartition(-odds, most)[:most] if len(odds) > most else np.arange(len(odds))
            return [Close(self._ids[places[n]], tokens[n], float(odds[n])) for n in kept.tolist()]

    def _candidates(self, asked: Token) -> list[int]:
        spoken = self._skeletons.near(asked)
        if len(spoken) > _LIKE_SPOKEN:
            readings = [self._tokens[place].reading for place in spoken.tolist()]
            alike = process.cdist([asked.reading], readings, scorer=Levenshtein.normalized_similarity)[0]
            spoken = spoken[np.argpartition(-alike, _LIKE_SPOKEN)[:_LIKE_SPOKEN]]
        waiting = np.arange(self._ordered, len(self._tokens))
        found: list[int] = np.unique(np.concatenate((self._pairs.like(asked.text), spoken, waiting))).tolist()
        return found


#: One for each registry that is open; it goes with its engine.
_OPEN: WeakKeyDictionary[Engine, Lexicon] = WeakKeyDictionary()
_MAKING = threading.Lock()


class _PairIndex:
    """Pairs of neighbouring letters, and which words have them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        count = len(tokens)
        texts = np.array([f"^{token.text[: _WIDTH - 2]}$" for token in tokens] or [""], dtype=f"S{_WIDTH}")
        letters = texts.view(np.uint8).reshape(len(texts), -1).astype(np.int64)
        codes = letters[:, :-1] * 256 + letters[:, 1:]
        places, columns = np.nonzero((letters[:, :-1] > 0) & (letters[:, 1:] > 0))
        each = np.unique(codes[places, columns] * (count + 1) + places)  # a pair counts once in a word
        pairs, self._places = each // (count + 1), (each % (count + 1)).astype(np.int32)
        self._pairs, self._starts = np.unique(pairs, return_index=True)
        self._ends = np.append(self._starts[1:], len(pairs))
        self._lengths = np.bincount(self._places, minlength=count).astype(np.float32)

    def like(self, text: str) -> Places:
        """Places of the words that share the largest part of their pairs with `text`."""
        asked = np.unique(_codes(text))
        at = np.searchsorted(self._pairs, asked)
        known = [
            n
            for n, code in zip(at.tolist(), asked.tolist(), strict=True)
            if n < len(self._pairs) and self._pairs[n] == code
        ]
        if not known:
            return np.zeros(0, np.int64)
        counts = np.bincount(np.concatenate([self._places[self._starts[n] : self._ends[n]] for n in known]))
        places = np.flatnonzero(counts >= max(1, len(asked) // 3))
        shared = 2 * counts[places] / (self._lengths[places] + len(asked))
        if len(places) > _LIKE_WRITTEN:
            kept = np.argpartition(-shared, _LIKE_WRITTEN)[:_LIKE_WRITTEN]
            places, shared = places[kept], shared[kept]
        return places[shared >= _LEAST_SHARED]


class _SkeletonIndex:
    """Skeletons of consonants, and which words have them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        places: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            for skeleton in token.skeletons:
                places.setdefault(skeleton, []).append(place)
        self._places = {skeleton: np.array(some, np.int32) for skeleton, some in places.items()}

    def near(self, asked: Token) -> Places:
        """Places of the words that have a skeleton of `asked`, or one with a consonant more, less or another."""
        wanted = {near for skeleton in asked.skeletons for near in _changed(skeleton)}
        found = [self._places[skeleton] for skeleton in wanted if skeleton in self._places]
        return np.unique(np.concatenate(found)).astype(np.int64) if found else np.zeros(0, np.int64)


def _codes(text: str) -> npt.NDArray[np.int64]:
    letters = np.frombuffer(f"^{text[: _WIDTH - 2]}$".encode(), np.uint8).astype(np.int64)
    return letters[:-1] * 256 + letters[1:]


@lru_cache(maxsize=5_000)
def _changed(skeleton: str) -> frozenset[str]:
    return frozenset(_changes(skeleton)) if len(skeleton) >= _LEAST_CHANGED else frozenset({skeleton})


def _changes(skeleton: str) -> Iterator[str]:
    yield skeleton
    for place in range(len(skeleton) + 1):
        before, after = skeleton[:place], skeleton[place:]
        yield before + after[1:]
        for consonant in CLASSES:
            yield before + consonant + after
            if after:
                yield before + consonant + after[1:]

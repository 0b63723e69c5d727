"""Every word that names of this registry have, in memory: which of them are close to a word that is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, Engine

from db import names
from registry.search.closeness import Floats, log_odds
from registry.search.readings import CLASSES, Token
from registry.search.tokens import WIDTH, Codes, Letters, Places, Tokens, codes, codes_of, letters

#: At most so many words are looked at that share pairs of letters, and that have the consonants.
_LIKE_WRITTEN, _LIKE_SPOKEN = 300, 500
#: The least part of their pairs of letters that two words must share.
_LEAST_SHARED = 0.35
#: Skeletons of fewer consonants are looked up as they are: with one changed they would be anything.
_LEAST_CHANGED = 3
#: So many new words are looked at one by one before all are put in order anew; so many are read at once.
_WAITING, _AT_ONCE = 2_000, 20_000


class Close(NamedTuple):
    """Words of the registry that may be the asked one.

    Attributes:
        ids: in the registry.
        odds: log-odds that each is the same name.
    """

    ids: Places
    odds: Floats


def lexicon_of(connection: Connection) -> Lexicon:
    """The words of the registry that is open here, with those that `connection` sees."""
    with _MAKING:
        if (lexicon := _OPEN.get(connection.engine)) is None:
            lexicon = _OPEN[connection.engine] = Lexicon()
    lexicon.follow(connection)
    return lexicon


class Lexicon:
    """The words of one registry; any thread may ask. Words that no name has any more may stay until it is closed."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._ids: Places = np.zeros(0, np.int64)
        self._ordered = self._waiting = Tokens.of([])
        self._pairs = _PairIndex(self._ordered)
        self._skeletons = _SkeletonIndex(self._ordered)

    def follow(self, connection: Connection) -> None:
        """Take in the words that were added since, as `connection` sees them."""
        with self._one_at_a_time:
            last = int(self._ids[-1]) if len(self._ids) else 0
            while fresh := names.words_after(connection, last, _AT_ONCE):
                ids, texts, scripts, readings, skeletons = zip(*fresh, strict=True)
                last = ids[-1]
                self._ids = np.append(self._ids, ids)
                read = Tokens.beside(texts, scripts, readings, [some.split() for some in skeletons])
                self._waiting = self._waiting.and_then(read)
            waiting, ordered = len(self._waiting.texts), len(self._ordered.texts)
            if waiting > _WAITING or (waiting and not ordered):
                self._ordered, self._waiting = self._ordered.and_then(self._waiting), Tokens.of([])
                self._pairs = _PairIndex(self._ordered)
                self._skeletons = _SkeletonIndex(self._ordered)

    def tokens(self, word_ids: Places) -> dict[int, Token]:
        """The words with these ids, ascending; those that came after `follow` are missing."""
        with self._one_at_a_time:
            places = np.searchsorted(self._ids, word_ids)
            known = places < len(self._ids)
            known[known] = self._ids[places[known]] == word_ids[known]
            places = places[known]
            border = len(self._ordered.texts)
            listed = [
                *self._ordered.take(places[places < border]).each(),
                *self._waiting.take(places[places >= border] - border).each(),
            ]
            return dict(zip(word_ids[known].tolist(), listed, strict=True))

    def with_consonants_of(self, asked: Sequence[Token]) -> list[list[int]]:
        """For each asked word the ids of the words that have a skeleton of it."""
        with self._one_at_a_time:
            wanted = codes_of([skeleton for token in asked for skeleton in token.skeletons])
            ordered = self._skeletons.having_each(wanted)
            waiting, border = _SkeletonIndex(self._waiting).having_each(wanted), len(self._ordered.texts)
            found, start = [], 0
            for token in asked:
                some = slice(start, start := start + len(token.skeletons))
                places = [*ordered[some], *(late + border for late in waiting[some])]
                found.append(self._ids[np.concatenate(places)].tolist())
            return found

    def close_to(self, asked: Token, most: int) -> Close:
        """The words most likely to be `asked`, at most `most`, in no order."""
        with self._one_at_a_time:
            places = self._candidates(asked)
            odds = np.concatenate((log_odds(asked, self._ordered.take(places)), log_odds(asked, self._waiting)))
            ids = np.concatenate((self._ids[places], self._ids[len(self._ordered.texts) :]))
            kept = np.argpartition(-odds, most)[:most] if len(odds) > most else slice(None)
            return Close(ids[kept], odds[kept])

    def _candidates(self, asked: Token) -> Places:
        spoken = self._skeletons.near(asked)
        if len(spoken) > _LIKE_SPOKEN:
            readings, reading = self._ordered.readings[spoken].tolist(), asked.reading[:WIDTH].encode()
            alike = process.cdist([reading], readings, scorer=Levenshtein.normalized_similarity)[0]
            spoken = spoken[np.argpartition(-alike, _LIKE_SPOKEN)[:_LIKE_SPOKEN]]
        return np.union1d(self._pairs.like(asked.text), spoken)


#: One for each registry that is open; it goes with its engine.
_OPEN: WeakKeyDictionary[Engine, Lexicon] = WeakKeyDictionary()
_MAKING = threading.Lock()


class _PairIndex:
    """Pairs of neighbouring letters, and which words have them."""

    def __init__(self, tokens: Tokens) -> None:
        found, there = _pairs(tokens.texts)
        places = np.repeat(np.arange(len(found), dtype=np.int32), there.sum(1))
        listed = found[there]
        order = np.argsort(listed, kind="stable")
        listed, places = listed[order], places[order]
        once = np.append(True, (listed[1:] != listed[:-1]) | (places[1:] != places[:-1]))[: len(listed)]
        self._places = places[once]
        self._pairs, starts = np.unique(listed[once], return_index=True)
        self._starts = np.append(starts, len(self._places))
        self._lengths = np.bincount(self._places, minlength=len(found)).astype(np.uint8)

    def like(self, text: str) -> Places:
        """Places of the words that share the largest part of their pairs with `text`."""
        found, there = _pairs(np.array([text], f"S{WIDTH}"))
        asked = np.unique(found[there])
        at = np.flatnonzero(np.isin(self._pairs, asked)).tolist()
        if not at:
            return np.zeros(0, np.int64)
        counts = np.bincount(np.concatenate([self._places[self._starts[n] : self._starts[n + 1]] for n in at]))
        places = np.flatnonzero(counts >= max(1, len(asked) // 3))
        shared = 2 * counts[places] / (self._lengths[places] + len(asked))
        if len(places) > _LIKE_WRITTEN:
            kept = np.argpartition(-shared, _LIKE_WRITTEN)[:_LIKE_WRITTEN]
            places, shared = places[kept], shared[kept]
        return places[shared >= _LEAST_SHARED]


class _SkeletonIndex:
    """Skeletons of consonants, and which words have them."""

    def __init__(self, tokens: Tokens) -> None:
        listed = codes(tokens.skeletons)
        order = np.argsort(listed, kind="stable")
        self._codes = listed[order]
        self._places = np.repeat(np.arange(len(tokens.texts), dtype=np.int32), np.diff(tokens.starts))[order]

    def near(self, asked: Token) -> Places:
        """Places of the words that have a skeleton of `asked`, or one with a consonant more, less or another."""
        return self.having(np.unique(np.concatenate([_changed(skeleton) for skeleton in asked.skeletons])))

    def having(self, wanted: Codes) -> Places:
        """Places of the words that have one of these skeletons."""
        found = [some for some in self.having_each(wanted) if len(some)]
        return np.unique(np.concatenate(found)).astype(np.int64) if found else np.zeros(0, np.int64)

    def having_each(self, wanted: Codes) -> list[npt.NDArray[np.int32]]:
        """For each of these skeletons the places of the words that have it."""
        starts, ends = (np.searchsorted(self._codes, wanted, side).tolist() for side in ("left", "right"))
        return [self._places[start:end] for start, end in zip(starts, ends, strict=True)]


def _pairs(texts: Letters) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.bool_]]:
    """For each word its pairs of letters, one a column, with its ends as letters, and where there is one."""
    framed = np.char.add(np.char.add(b"^", texts.astype(f"S{WIDTH - 2}")), b"$").astype(f"S{WIDTH}")
    grid = letters(framed).astype(np.uint16)
    return (grid[:, :-1] << 8 | grid[:, 1:]).astype(np.uint16, copy=False), grid[:, 1:] > 0


@lru_cache(maxsize=5_000)
def _changed(skeleton: str) -> Codes:
    return codes_of(list(dict.fromkeys(_changes(skeleton))) if len(skeleton) >= _LEAST_CHANGED else [skeleton])


def _changes(skeleton: str) -> Iterator[str]:
    yield skeleton
    for place in range(len(skeleton) + 1):
        before, after = skeleton[:place], skeleton[place:]
        yield before + after[1:]
        for consonant in CLASSES:
            yield before + consonant + after
            if after:
                yield before + consonant + after[1:]

"""How likely two words are the same name in another spelling or script, as log-odds.

A logistic model over the likeness of the words as they are written, as they sound and by their consonants, one for
words of one script, one where a script without vowels is involved, one between other scripts. The weights are found by
`tests/bench/fit_names.py`, from names of which it is known whether they are one person's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

import resources
from registry.search.readings import Token
from registry.search.tokens import BONES, WIDTH, Letters, Tokens, letters

Floats: TypeAlias = npt.NDArray[np.float32]

#: Log-odds lie between these; a word without any likeness counts as the lower one.
LOWEST, HIGHEST = -6.0, 4.0
#: Which model two words are compared by.
SAME_SCRIPT, WITHOUT_VOWELS, OTHER_SCRIPT = range(3)
_LONG_SKELETON, _LONG_WORD = 5, 8
_ABJAD = b"A"


@cache
def weights(name: str) -> Floats:
    """Numbers of `resources/search/weights.json`."""
    document = json.loads(resources.path("search", "weights.json").read_text(encoding="utf-8"))
    found: Floats = np.asarray(document[name], np.float32)
    return found


def log_odds(asked: Token, words: Tokens) -> Floats:
    """For each of `words` the log-odds that it is the name `asked`, from `LOWEST` to `HIGHEST`."""
    if not len(words.texts):
        return np.zeros(0, np.float32)
    weighed = weights("words")[models(asked, words)]
    found: Floats = (features(asked, words) * weighed[:, :-1]).sum(1) + weighed[:, -1]
    return np.clip(found, LOWEST, HIGHEST)


def models(asked: Token, words: Tokens) -> npt.NDArray[np.int64]:
    """By which model each of them is compared."""
    own = asked.script.encode()
    without_vowels = (own == _ABJAD) | (words.scripts == _ABJAD)
    return np.where(words.scripts == own, SAME_SCRIPT, np.where(without_vowels, WITHOUT_VOWELS, OTHER_SCRIPT))


def features(asked: Token, words: Tokens) -> Floats:
    """What the models weigh: shape (words, 14)."""
    text, reading = asked.text[:WIDTH].encode(), asked.reading[:WIDTH].encode()
    written = process.cdist([text], words.texts.tolist(), scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    spoken = process.cdist(
        [reading], words.readings.tolist(), scorer=Levenshtein.normalized_similarity, dtype=np.float32
    )[0]
    bones, least, first = _skeletons(asked, words)
    apart = abs(first - len(asked.skeletons[0][:BONES]))
    return _columns(Tokens.of([asked]), words, (written, spoken, bones, least, apart))


def log_odds_of_pairs(asked: Tokens, words: Tokens) -> Floats:
    """The same for each of `asked` with the word beside it."""
    if not len(words.texts):
        return np.zeros(0, np.float32)
    written = _paired(OSA.normalized_similarity, asked.texts, words.texts)
    spoken = _paired(Levenshtein.normalized_similarity, asked.readings, words.readings)
    own, theirs = np.diff(asked.starts), np.diff(words.starts)
    counts = own * theirs
    starts = np.cumsum(counts) - counts
    step = np.arange(counts.sum()) - np.repeat(starts, counts)
    first, second = np.divmod(step, np.repeat(theirs, counts))
    bones = asked.skeletons[first + np.repeat(asked.starts[:-1], counts)]
    others = words.skeletons[second + np.repeat(words.starts[:-1], counts)]
    alike = np.maximum.reduceat(_paired(Levenshtein.normalized_similarity, bones, others), starts)
    shorter = np.minimum(np.char.str_len(bones), np.char.str_len(others))
    least = np.minimum(np.minimum.reduceat(shorter, starts), _LONG_SKELETON).astype(np.float32)
    apart = abs(np.char.str_len(bones[starts]) - np.char.str_len(others[starts]))
    without_vowels = (asked.scripts == _ABJAD) | (words.scripts == _ABJAD)
    other_script = np.where(without_vowels, WITHOUT_VOWELS, OTHER_SCRIPT)
    weighed = weights("words")[np.where(words.scripts == asked.scripts, SAME_SCRIPT, other_script)]
    columns = _columns(asked, words, (written, spoken, alike, least, apart))
    found: Floats = (columns * weighed[:, :-1]).sum(1) + weighed[:, -1]
    return np.clip(found, LOWEST, HIGHEST)


def _paired(scorer: Callable[..., float], one: Letters, other: Letters) -> Floats:
    found: Floats = process.cpdist(one.tolist(), other.tolist(), scorer=scorer, dtype=np.float32)
    return found


def _columns(asked: Tokens, words: Tokens, alike: Sequence[npt.NDArray[Any]]) -> Floats:
    """The columns of `features`, from the likenesses; `asked` is one word, or one for each of `words`."""
    written, spoken, bones, least, apart = alike
    equal = words.texts == asked.texts
    own, lengths = np.char.str_len(asked.texts), np.char.str_len(words.texts)
    columns = (
        written,
        written * written,
        spoken,
        spoken * spoken,
        bones,
        bones == 1,
        (bones == 1) * least,
        (1 - bones) * least,
        equal,
        ~equal & _agree(words, asked, lengths >= own),
        ~equal & _agree(words, asked, lengths <= own),
        np.minimum(np.minimum(own, _LONG_WORD), lengths),
        letters(words.readings)[:, 0] == letters(asked.readings)[:, 0],
        apart,
    )
    return np.stack(columns, axis=1).astype(np.float32, copy=False)


def _agree(words: Tokens, asked: Tokens, which: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of those, which agree with the asked word as far as the shorter of both goes."""
    own, theirs = asked.letters(), words.letters()
    agree: npt.NDArray[np.bool_] = which & ((theirs == own) | (theirs == 0) | (own == 0)).all(1)
    return agree


def _skeletons(asked: Token, words: Tokens) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """The likeness of the most alike skeletons, the length of the shortest one, which says how much that means,
    and the length of the first one.
    """
    starts, listed = words.starts[:-1], words.skeletons
    own = [skeleton[:BONES].encode() for skeleton in asked.skeletons]
    alike = process.cdist(own, listed.tolist(), scorer=Levenshtein.normalized_similarity, dtype=np.float32).max(0)
    lengths = np.char.str_len(listed)
    shortest = np.minimum(np.minimum.reduceat(lengths, starts), min(_LONG_SKELETON, *map(len, own)))
    return np.maximum.reduceat(alike, starts), shortest.astype(np.float32), lengths[starts]

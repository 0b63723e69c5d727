"""How likely two words are the same name in another spelling or script, as log-odds.

A logistic model over the likeness of the words as they are written, as they sound and by their consonants, one for
words of one script, one where a script without vowels is involved, one between other scripts. The weights are found by
`tests/bench/fit_names.py`, from names of which it is known whether they are one person's.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

import resources
from registry.search.readings import Token
from registry.search.tokens import BONES, WIDTH, Tokens, letters

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
    lengths = np.char.str_len(words.texts)
    equal = words.texts == text
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
        ~equal & _agree(words, text, lengths >= len(text)),
        ~equal & _agree(words, text, lengths <= len(text)),
        np.minimum(min(len(text), _LONG_WORD), lengths),
        letters(words.readings)[:, 0] == (reading[0] if reading else 0),
        abs(first - len(asked.skeletons[0][:BONES])),
    )
    return np.stack(columns, axis=1).astype(np.float32, copy=False)


def _agree(words: Tokens, text: bytes, which: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of those, which agree with `text` as far as the shorter of both goes."""
    own = letters(np.array([text], words.texts.dtype))[0]
    theirs = words.letters()
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

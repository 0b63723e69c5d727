"""How likely two words are the same name in another spelling or script, as log-odds.

A logistic model over the likeness of the words as they are written, as they sound and by their consonants, one for
words of one script, one where a script without vowels is involved, one between other scripts. The weights are found by
`tests/bench/fit_names.py`, from names of which it is known whether they are one person's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

import resources
from registry.search.readings import Token

Floats: TypeAlias = npt.NDArray[np.float32]

#: Log-odds lie between these; a word without any likeness counts as the lower one.
LOWEST, HIGHEST = -6.0, 4.0
#: Which model two words are compared by.
SAME_SCRIPT, WITHOUT_VOWELS, OTHER_SCRIPT = range(3)
_LONG_SKELETON, _LONG_WORD = 5, 8


@cache
def weights(name: str) -> Floats:
    """Numbers of `resources/search/weights.json`."""
    document = json.loads(resources.path("search", "weights.json").read_text(encoding="utf-8"))
    found: Floats = np.asarray(document[name], np.float32)
    return found


def log_odds(asked: Token, words: Sequence[Token]) -> Floats:
    """For each of `words` the log-odds that it is the name `asked`, from `LOWEST` to `HIGHEST`."""
    if not words:
        return np.zeros(0, np.float32)
    models = weights("words")[[model(asked, word) for word in words]]
    found: Floats = (features(asked, words) * models[:, :-1]).sum(1) + models[:, -1]
    return np.clip(found, LOWEST, HIGHEST)


def model(first: Token, second: Token) -> int:
    """By which model the two are compared."""
    if first.script == second.script:
        return SAME_SCRIPT
    return WITHOUT_VOWELS if "A" in (first.script, second.script) else OTHER_SCRIPT


def features(asked: Token, words: Sequence[Token]) -> Floats:
    """What the models weigh: shape (words, 14)."""
    texts = [word.text for word in words]
    written = process.cdist([asked.text], texts, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    readings = [word.reading for word in words]
    spoken = process.cdist([asked.reading], readings, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
    bones, least = _skeletons(asked, words)
    same_bones = (bones == 1).astype(np.float32)
    columns = (
        written,
        written * written,
        spoken,
        spoken * spoken,
        bones,
        same_bones,
        same_bones * least,
        (1 - bones) * least,
        np.fromiter((text == asked.text for text in texts), np.float32),
        np.fromiter((text != asked.text and text.startswith(asked.text) for text in texts), np.float32),
        np.fromiter((text != asked.text and asked.text.startswith(text) for text in texts), np.float32),
        np.fromiter((min(len(asked.text), len(text), _LONG_WORD) for text in texts), np.float32),
        np.fromiter((word.reading[:1] == asked.reading[:1] for word in words), np.float32),
        np.fromiter((abs(len(word.skeletons[0]) - len(asked.skeletons[0])) for word in words), np.float32),
    )
    return np.stack(columns, axis=1)


def _skeletons(asked: Token, words: Sequence[Token]) -> tuple[Floats, Floats]:
    """The likeness of the most alike skeletons, and the length of the shorter one, which says how much that means."""
    counts = [len(word.skeletons) for word in words]
    starts = np.cumsum([0, *counts[:-1]])
    listed = [skeleton for word in words for skeleton in word.skeletons]
    alike = process.cdist(asked.skeletons, listed, scorer=Levenshtein.normalized_similarity, dtype=np.float32).max(0)
    own = min(map(len, asked.skeletons))
    shortest = (min(own, _LONG_SKELETON, *map(len, word.skeletons)) for word in words)
    return np.maximum.reduceat(alike, starts), np.fromiter(shortest, np.float32)

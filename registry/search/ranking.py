"""How well names fit the words asked for, whatever their spelling, script and order, so that the best stands first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from registry.search.closeness import HIGHEST, Floats, weights
from registry.search.readings import Token, Words, joined

#: What one has been asked for, or is called, in words.
Spelling: TypeAlias = tuple[Token, ...]
#: For each word asked for, the log-odds of the words of the registry that are close to it, by their id.
Odds: TypeAlias = Mapping[Token, Mapping[int, float]]

FEATURES = 9
#: The columns of the mean log-odds of the asked words, and of those of the word that fits least.
MEAN, WORST = 0, 1
#: A word without a counterpart; an initial before a name that begins so, and before another initial.
_WITHOUT, _INITIAL, _BOTH_INITIALS = -5.0, -0.5, 1.0
#: Names of more words are not tried with two of them written as one.
_MOST_JOINED = 4
#: By the length of a word, how much it counts in the fit of a name.
_WEIGHTS = (0.0, 0.4, 0.65, 0.75, 0.85, 0.95)
#: Somewhere between these, as the logistic curve has it.
_MIDDLE, _WIDTH = 0.0, 3.0


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a record.

    Attributes:
        words: ids of its words in the registry, beside `tokens`.
        compounds: the same with the parts of each word as one; empty if no word has parts.
    """

    record_id: int
    words: tuple[int, ...]
    tokens: Spelling
    compounds: tuple[tuple[int, Token], ...]


def spellings(asked: Words) -> list[Spelling]:
    """How the words asked for may be written: in parts, compounds as one, two neighbours as one."""
    plain = tuple(part for word in asked for part in word)
    found = [plain]
    if any(len(word) > 1 for word in asked):
        found.append(tuple(joined(word) for word in asked))
    if len(plain) <= _MOST_JOINED:
        found += [(*plain[:n], joined(plain[n : n + 2]), *plain[n + 2 :]) for n in range(len(plain) - 1)]
    return list(dict.fromkeys(found))


def features(asked: Sequence[Spelling], odds: Odds, names: Sequence[Name], common: Sequence[float]) -> Floats:
    """What the ranking weighs: shape (names, 2 * `FEATURES` + 1); the second half counts between two scripts.

    Args:
        common: beside `names`, how rare the words are that they share with what is asked, 1 = the rarest of all.
    """
    if not names:
        return np.zeros((0, 2 * FEATURES + 1), np.float32)
    plain = asked[0]
    text, reading = _text(plain), _reading(plain)
    texts = [_text(name.tokens) for name in names]
    written = process.cdist([text], texts, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    readings = [_reading(name.tokens) for name in names]
    spoken = process.cdist([reading], readings, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
    triples = _triples(text)
    rows = []
    for name, other, alike, sound, rare in zip(names, texts, written, spoken, common, strict=True):
        theirs = _triples(other)
        shared = len(triples & theirs) / len(triples | theirs)
        row = (*_best_fit(asked, odds, name), alike, sound, shared, rare)
        foreign = float(name.tokens[0].script != plain[0].script)
        rows.append((*row, *(value * foreign for value in row), foreign))
    return np.asarray(rows, np.float32)


def scores(found: Floats) -> Floats:
    """0..1 for each row of features."""
    fit = found @ weights("names")
    scored: Floats = 1 / (1 + np.exp((_MIDDLE - fit) / _WIDTH))
    return scored


class _Fit(NamedTuple):
    """How the words of a name fit those asked for; the better of two is the larger.

    Attributes:
        rank: by which it is the better one.
        odds: mean log-odds of the asked words, longer ones counting more.
        worst: the log-odds of the asked word that fits least.
        extra: part of the name that nothing was asked about.
        ordered: 1 if the words stand in the order asked.
        exact: part of the asked words that the name has letter by letter.
    """

    rank: float
    odds: float
    worst: float
    extra: float
    ordered: float
    exact: float


def _best_fit(asked: Sequence[Spelling], odds: Odds, name: Name) -> tuple[float, ...]:
    plain = tuple(zip(name.words, name.tokens, strict=True))
    ways = (plain, name.compounds) if name.compounds else (plain,)
    best = max(_fit(asked[0], odds, way) for way in ways)
    for spelling in asked[1:]:
        # Another spelling can be the better one only if the name has the word that is new in it.
        fresh = [odds[token] for token in spelling if token not in asked[0]]
        for way in ways:
            if any(word_id in close for close in fresh for word_id, _token in way):
                best = max(best, _fit(spelling, odds, way))
    return best[1:]


def _fit(asked: Spelling, odds: Odds, name: Sequence[tuple[int, Token]]) -> _Fit:
    """Pairs words from the most alike on, each with one other."""
    taken: dict[int, tuple[float, int]] = {}
    used: set[int] = set()
    for value, n, m in sorted(_pairs(asked, odds, name), reverse=True):
        if n not in taken and m not in used:
            taken[n] = (value, m)
            used.add(m)
    total = asked_total = exact = 0.0
    worst = HIGHEST
    for n, token in enumerate(asked):
        value, m = taken.get(n, (_WITHOUT, -1))
        weight = _weight(token)
        asked_total += weight
        total += weight * value
        worst = min(worst, value)
        exact += m >= 0 and token.text == name[m][1].text
    weights_of_name = [_weight(token) for _word_id, token in name]
    extra = sum(w for m, w in enumerate(weights_of_name) if m not in used) / sum(weights_of_name)
    order = [m for _n, (_value, m) in sorted(taken.items())]
    ordered = float(order == sorted(order))
    mean = total / asked_total
    return _Fit(mean - 2 * extra + 0.1 * ordered, mean, worst, extra, ordered, exact / len(asked))


def _pairs(asked: Spelling, odds: Odds, name: Sequence[tuple[int, Token]]) -> Iterator[tuple[float, int, int]]:
    for n, word in enumerate(asked):
        close = odds[word]
        for m, (word_id, token) in enumerate(name):
            value = close.get(word_id)
            if value is not None:
                yield value, n, m
            elif 1 in (len(word.text), len(token.text)) and word.text[0] == token.text[0]:
                yield _BOTH_INITIALS if len(word.text) == len(token.text) else _INITIAL, n, m


def _weight(token: Token) -> float:
    """How much a word counts: an initial little, a long word more than a short one."""
    length = len(token.text)
    return _WEIGHTS[length] if length < len(_WEIGHTS) else 1.0


def _text(name: Spelling) -> str:
    return "".join(token.text for token in name)


def _reading(name: Spelling) -> str:
    return "".join(token.reading for token in name)


def _triples(text: str) -> set[str]:
    padded = f"^^{text}$"
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def likelihood(odds: float) -> float:
    """How much a word counts that is close to an asked one: 0..1."""
    return 1 / (1 + math.exp(-0.8 * (odds + 1))) if odds < HIGHEST else 1.0

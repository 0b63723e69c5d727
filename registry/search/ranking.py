"""How well names fit the words asked for, whatever their spelling, script and order, so that the best stands first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
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
    theirs = (_triples(other) for other in texts)
    shared = [len(triples & those) / len(triples | those) for those in theirs]
    alike = np.stack((written, spoken, shared, common), axis=1)
    row = np.concatenate((_best_fits(asked, odds, names), alike), axis=1, dtype=np.float32)
    foreign = np.fromiter((name.tokens[0].script != plain[0].script for name in names), np.float32)[:, None]
    return np.concatenate((row, row * foreign, foreign), axis=1)


def scores(found: Floats) -> Floats:
    """0..1 for each row of features."""
    fit = found @ weights("names")
    scored: Floats = 1 / (1 + np.exp((_MIDDLE - fit) / _WIDTH))
    return scored


#: Columns of a fit: the rank, by which it is the better one; the mean log-odds of the asked words, longer ones counting
#: more; the log-odds of the asked word that fits least; the part of the name that nothing was asked about; 1 if the
#: words stand in the order asked; the part of the asked words that the name has letter by letter.
_RANK, _FIT = 0, 6


def _best_fits(asked: Sequence[Spelling], odds: Odds, names: Sequence[Name]) -> Floats:
    """For each name how it fits at its best, without the rank."""
    ways = [[(n, list(zip(name.words, name.tokens, strict=True))) for n, name in enumerate(names)]]
    ways.append([(n, list(name.compounds)) for n, name in enumerate(names) if name.compounds])
    best = np.full((len(names), _FIT), -np.inf, np.float32)
    for place, spelling in enumerate(asked):
        # Another spelling can be the better one only if the name has the word that is new in it.
        fresh = [odds[token] for token in spelling if token not in asked[0]]
        for way in ways:
            fitting = [each for each in way if not place or any(i in close for close in fresh for i, _token in each[1])]
            if fitting:
                at = np.array([n for n, _words in fitting])
                found = _fits(spelling, odds, [words for _n, words in fitting])
                better = found[:, _RANK] > best[at, _RANK]
                best[at[better]] = found[better]
    return best[:, _RANK + 1 :]


def _fits(asked: Spelling, odds: Odds, names: Sequence[Sequence[tuple[int, Token]]]) -> Floats:
    """How these names fit: pairs words from the most alike on, each with one other."""
    words = {word_id: token for name in names for word_id, token in name}
    column = {word_id: n for n, word_id in enumerate(words)}
    longest = max(map(len, names))
    # One column more, of no word, stands where a name has no word any more.
    at = np.array([[*(column[i] for i, _token in name), *[len(words)] * (longest - len(name))] for name in names])
    pairs = np.array([[*_with(token, odds[token], words), -np.inf] for token in asked], np.float32)
    same = np.array([[*(token.text == word.text for word in words.values()), False] for token in asked])
    own = np.array([_weight(token) for token in asked], np.float32)
    theirs = np.array([*map(_weight, words.values()), 0], np.float32)[at]
    values, places = _paired(pairs[:, at].transpose(1, 0, 2))
    found = places >= 0
    left = np.ones_like(theirs)
    left[np.nonzero(found)[0], places[found]] = 0
    extra = (theirs * left).sum(1) / theirs.sum(1)
    before = np.maximum.accumulate(places, axis=1)[:, :-1]
    ordered = (~found[:, 1:] | (places[:, 1:] > before)).all(1)
    exact = (found & same[np.arange(len(asked)), np.take_along_axis(at, np.maximum(places, 0), 1)]).mean(1)
    mean = (values * own).sum(1) / own.sum()
    rank = mean - 2 * extra + 0.1 * ordered
    return np.stack((rank, mean, values.min(1), extra, ordered, exact), axis=1)


def _paired(pairs: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """By name, for each word asked for the log-odds of the word of the name that it is paired with, and its place.

    Args:
        pairs: log-odds, shape (names, words asked for, words of the name); of equal ones the last are paired first.
    """
    names, asked, words = pairs.shape
    left, rows = pairs[:, ::-1, ::-1].copy(), np.arange(names)
    values, places = np.full((names, asked), _WITHOUT, np.float32), np.full((names, asked), -1)
    for _each in range(min(asked, words)):
        best = left.reshape(names, -1).argmax(1)
        n, m = np.divmod(best, words)
        value = left[rows, n, m]
        there = value > -np.inf
        values[rows[there], asked - 1 - n[there]] = value[there]
        places[rows[there], asked - 1 - n[there]] = words - 1 - m[there]
        left[rows, n] = left[rows, :, m] = -np.inf
    return values, places


def _with(asked: Token, close: Mapping[int, float], words: Mapping[int, Token]) -> Iterator[float]:
    """The log-odds that each word is the asked one; minus infinity if it cannot be."""
    for word_id, token in words.items():
        if (value := close.get(word_id)) is not None:
            yield value
        elif 1 in (len(asked.text), len(token.text)) and asked.text[0] == token.text[0]:
            yield _BOTH_INITIALS if len(asked.text) == len(token.text) else _INITIAL
        else:
            yield -np.inf


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


def likelihood(odds: Floats) -> Floats:
    """How much each word counts that is close to an asked one: 0..1."""
    return np.where(odds < HIGHEST, 1 / (1 + np.exp(-0.8 * (odds + 1))), 1)

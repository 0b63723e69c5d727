"""The records with the names closest to what is asked for, whatever spelling, script or order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection

from db import names
from registry.search import ranking
from registry.search.closeness import Floats
from registry.search.lexicon import Close, Lexicon, lexicon_of
from registry.search.ranking import Name
from registry.search.readings import Token, words_of

#: Two words written as one are looked for only where such a word exists: log-odds.
_AS_ONE = 0.0
#: A word is a likely counterpart from these log-odds on.
_COUNTERPART = -3.0
#: How much a word counts that is made of two asked ones.
_JOINED = 0.6


class Effort(NamedTuple):
    """How much is looked at.

    Attributes:
        words: so many words of the registry for each that is asked.
        names: names of so many records that share the rarest of these words, compared with what is asked.
    """

    words: int
    names: int


#: Where a name is asked for that may be written in any way, and while one types.
THOROUGH, QUICK = Effort(300, 250), Effort(80, 50)


class Likely(NamedTuple):
    """How well a record's name fits.

    Attributes:
        score: 0..1, among the names compared.
        odds: mean log-odds of the words asked for.
        whole: whether every word asked for has a likely counterpart in the name.
    """

    score: float
    odds: float
    whole: bool


_UNLIKELY = Likely(0.0, 0.0, whole=False)


def closest(connection: Connection, text: str, effort: Effort) -> dict[int, Likely]:
    """The records with the closest names."""
    listed, found = compared(connection, text, effort)
    best: dict[int, Likely] = {}
    odds, whole = found[:, ranking.MEAN].tolist(), (found[:, ranking.WORST] >= _COUNTERPART).tolist()
    for name, *fit in zip(listed, ranking.scores(found).tolist(), odds, whole, strict=True):
        best[name.record_id] = max(Likely(*fit), best.get(name.record_id, _UNLIKELY))
    return best


def compared(connection: Connection, text: str, effort: Effort = THOROUGH) -> tuple[list[Name], Floats]:
    """Names that may be what is asked for, and what their ranking weighs."""
    lexicon = lexicon_of(connection)
    words = words_of(text)
    if not words:
        return [], ranking.features([], {}, [], [])
    asked = ranking.spellings(words)
    close = _close_words(lexicon, asked, effort.words)
    shared = _sharing(connection, close, set(asked[0]), effort.names)
    listed = _names(connection, lexicon, list(shared))
    odds = {token: {word.id: word.odds for word in words} for token, words in close.items()}
    largest = max(shared.values(), default=1.0)
    return listed, ranking.features(asked, odds, listed, [shared[name.record_id] / largest for name in listed])


def _close_words(lexicon: Lexicon, asked: Sequence[ranking.Spelling], most: int) -> dict[Token, list[Close]]:
    found: dict[Token, list[Close]] = {}
    for token in {token for spelling in asked for token in spelling}:
        words = lexicon.close_to(token, most) if len(token.text) > 1 else []
        found[token] = words if token in asked[0] else [word for word in words if word.odds >= _AS_ONE]
    return found


def _sharing(connection: Connection, close: dict[Token, list[Close]], plain: set[Token], most: int) -> dict[int, float]:
    """The records that share the most and rarest words with what is asked, and how much that is."""
    having = names.records_of(connection, {word.id for words in close.values() for word in words})
    last = max((int(records[-1]) for records in having.values()), default=0)
    total = np.zeros(last + 1, np.float32)
    for token, words in close.items():
        weighed = [
            (ranking.likelihood(word.odds) * np.log1p(last / (1 + len(having[word.id]))), word.id)
            for word in words
            if word.id in having
        ]
        best = np.zeros(last + 1, np.float32)
        for weight, word_id in sorted(weighed):
            best[having[word_id]] = weight
        total += best if token in plain else _JOINED * best
    found = np.flatnonzero(total)
    if len(found) > most:
        found = found[np.argpartition(-total[found], most)[:most]]
    return {record_id: float(total[record_id]) for record_id in found.tolist()}


def _names(connection: Connection, lexicon: Lexicon, record_ids: Sequence[int]) -> list[Name]:
    found = []
    for record_id, listed in sorted(names.names_of(connection, record_ids).items()):
        for name in listed:
            plain = [(word_id, lexicon.token(word_id)) for parts in name for word_id in (parts[:-1] or parts)]
            as_one = [(parts[-1], lexicon.token(parts[-1])) for parts in name]
            compounds = tuple((i, token) for i, token in as_one if token) if len(as_one) < len(plain) else ()
            words = [(word_id, token) for word_id, token in plain if token is not None]
            if words:
                found.append(Name(record_id, tuple(i for i, _t in words), tuple(t for _i, t in words), compounds))
    return found

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
from registry.search.owners import owners_of
from registry.search.ranking import Name
from registry.search.readings import Token, words_of

#: Two words written as one are looked for only where such a word exists: log-odds.
_AS_ONE = 0.0
#: Words less alike make no difference to who is found; their records need not be read.
_ALIKE = -4.0
#: An initial is compared with the words of names, not looked for: no word is as close.
_NO_WORD = np.inf
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
    odds = {token: dict(zip(found.ids.tolist(), found.odds.tolist(), strict=True)) for token, found in close.items()}
    largest = max(shared.values(), default=1.0)
    return listed, ranking.features(asked, odds, listed, [shared[name.record_id] / largest for name in listed])


def _close_words(lexicon: Lexicon, asked: Sequence[ranking.Spelling], most: int) -> dict[Token, Close]:
    found: dict[Token, Close] = {}
    for token in {token for spelling in asked for token in spelling}:
        least = _ALIKE if token in asked[0] else _AS_ONE
        close = lexicon.close_to(token, most)
        kept = close.odds >= (least if len(token.text) > 1 else _NO_WORD)
        found[token] = Close(close.ids[kept], close.odds[kept])
    return found


def _sharing(connection: Connection, close: dict[Token, Close], plain: set[Token], most: int) -> dict[int, float]:
    """The records that share the most and rarest words with what is asked, and how much that is."""
    having = owners_of(connection, {word_id for found in close.values() for word_id in found.ids.tolist()})
    last = max((int(records[-1]) for records in having.values()), default=0)
    total, best = np.zeros((2, last + 1), np.float32)
    for token, found in close.items():
        there = [n for n, word_id in enumerate(found.ids.tolist()) if word_id in having]
        if not there:
            continue
        records = [having[word_id] for word_id in found.ids[there].tolist()]
        counts = np.fromiter(map(len, records), np.int64, len(records))
        worth = ranking.likelihood(found.odds[there]) * np.log1p(last / (1 + counts))
        # From the least on, so that of several words of a record the best stays.
        order = np.argsort(worth, kind="stable").tolist()
        any_of_them = np.concatenate([records[n] for n in order])
        best[any_of_them] = np.repeat(worth[order], counts[order])
        # Whoever stands there twice is added to once: the sums are made before they are put down.
        total[any_of_them] += best[any_of_them] if token in plain else _JOINED * best[any_of_them]
        best[any_of_them] = 0
    sharing = np.flatnonzero(total)
    if len(sharing) > most:
        sharing = sharing[np.argpartition(-total[sharing], most)[:most]]
    return {record_id: float(total[record_id]) for record_id in sharing.tolist()}


def _names(connection: Connection, lexicon: Lexicon, record_ids: Sequence[int]) -> list[Name]:
    listed = sorted(names.names_of(connection, record_ids).items())
    ids = {word_id for _id, some in listed for name in some for parts in name for word_id in parts}
    tokens = lexicon.tokens(np.array(sorted(ids), np.int64))
    found = []
    for record_id, some in listed:
        for name in some:
            plain = [word_id for parts in name for word_id in (parts[:-1] or parts) if word_id in tokens]
            as_one = [parts[-1] for parts in name if parts[-1] in tokens]
            compounds = tuple((i, tokens[i]) for i in as_one) if len(as_one) < len(plain) else ()
            if plain:
                found.append(Name(record_id, tuple(plain), tuple(tokens[i] for i in plain), compounds))
    return found

"""Which records are compared at all: those that share a key that few have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from registry.matching.facts import Facts, Texts, mixed
from registry.matching.nicknames import formal
from registry.search.readings import Token, words_of

Keys: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]
#: Two places in the facts as one number: the smaller times the number of records, and the larger.
Pairs: TypeAlias = npt.NDArray[np.int64]

#: A key that more records have says too little; where names are few and records many, much fewer are too many.
MOST, _FEWEST = 60, 8
#: Pairs to compare in all, and for each record where these are more, counted once for each key that they share.
_IN_ALL, _FOR_EACH = 2_000_000, 20
#: So many pairs are noted before those that are noted twice are dropped.
_WAITING = 4_000_000
#: Records whose pairs are held at once.
_AT_ONCE = 250_000
_EVEN = np.uint64(0x9E3779B97F4A7C15)


def pairs_of(facts: Facts) -> Iterator[Pairs]:
    """Every two records that share a key, once, ascending; for very many records in several parts, picked evenly."""
    parts, most = parts_of(facts), _most(facts)
    for part in range(parts):
        found, waiting = np.zeros(0, np.int64), 0
        noted: list[Pairs] = []
        for owners, keys in keys_of(facts):
            for some in _sharing(owners, keys, len(facts), most):
                noted.append(some if parts == 1 else some[_evenly(facts, some) % np.uint64(parts) == part])
                waiting += len(noted[-1])
                if waiting > _WAITING:
                    found = np.unique(np.concatenate((found, *noted)))
                    noted, waiting = [], 0
        yield np.unique(np.concatenate((found, *noted)))


def parts_of(facts: Facts) -> int:
    """In how many parts the pairs come."""
    return 1 + len(facts) // _AT_ONCE


def _evenly(facts: Facts, pairs: Pairs) -> Keys:
    return mixed(facts.hashes[pairs // len(facts)], facts.hashes[pairs % len(facts)])


def _most(facts: Facts) -> int:
    """How many records may have a key, so that there are not too many pairs in all."""
    counts = np.zeros(MOST + 1, np.int64)
    for _owners, keys in keys_of(facts):
        if len(keys):
            keys = np.sort(keys)
            sizes = np.diff(np.flatnonzero(np.r_[True, keys[1:] != keys[:-1], True]))
            counts += np.bincount(sizes[sizes <= MOST], minlength=MOST + 1)
    sizes = np.arange(MOST + 1)
    pairs = np.cumsum(counts * sizes * (sizes - 1) // 2)
    return max(_FEWEST, int(np.flatnonzero(pairs <= max(_IN_ALL, _FOR_EACH * len(facts))).max()))


def keys_of(facts: Facts) -> Iterator[tuple[Places, Keys]]:
    """Records and their keys, one sort of key after the other."""
    owners, bones = _skeletons(facts)
    born = facts.born.astype(np.uint64)
    dated = born % 100 > 0
    for name in ("document", "phone", "email"):
        yield _column(facts.texts.get(name), name)
    for name in ("website", "acronym"):
        yield _column(facts.texts.get(name), name)
    yield np.flatnonzero(dated), _mixed(born[dated], 1)
    for number, part in enumerate((born // 10_000, born % 10_000)):
        known = (part[owners] > 0) & (part[owners] % 100 > 0 if number else True)
        yield owners[known], _mixed(bones[known], part[owners][known] + 7, number)
    yield from _two_words(facts)
    for name in ("postal_code", "street", "birth_place", "city", "occupation", "acronym"):
        if name in facts.texts:
            holders, values = _column(facts.texts[name], name)
            yield _crossed(owners, bones, holders, values)
    for one, other in (("birth_place", "postal_code"), ("street", "postal_code"), ("birth_place", "occupation")):
        if one in facts.texts and other in facts.texts:
            yield _crossed(*_column(facts.texts[one], one), *_column(facts.texts[other], other))


def _skeletons(facts: Facts) -> tuple[Places, Keys]:
    """Records and the consonants of their words."""
    listed = [spoken(token) for token in facts.tokens]
    starts = np.cumsum([0, *map(len, listed)])
    bones = np.array([number for some in listed for number in some], np.uint64)
    rows, columns = np.nonzero(facts.words >= 0)
    words = facts.words[rows, columns]
    counts = (starts[1:] - starts[:-1])[words]
    at = np.repeat(starts[words], counts) + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(facts.names[rows].astype(np.int64), counts), bones[at]


def spoken(token: Token) -> list[int]:
    """The consonants of a word and of the names for which it may stand."""
    others = (word[0].skeletons[0] for name in sorted(formal(token.text)) for word in words_of(name, part=True))
    return [_number(bones) for bones in dict.fromkeys((token.skeletons[0], *others))]


def _two_words(facts: Facts) -> Iterator[tuple[Places, Keys]]:
    """Any two words of a name by their consonants, in any order."""
    bones = np.array([_number(token.skeletons[0]) for token in facts.tokens] or [0], np.uint64)
    width = facts.words.shape[1]
    for first in range(width):
        for second in range(first + 1, width):
            rows = np.flatnonzero((facts.words[:, first] >= 0) & (facts.words[:, second] >= 0))
            if len(rows):
                one, other = bones[facts.words[rows, first]], bones[facts.words[rows, second]]
                kept = one != other
                yield (
                    facts.names[rows][kept].astype(np.int64),
                    _mixed(np.minimum(one, other)[kept], np.maximum(one, other)[kept], 3),
                )


def _column(texts: Texts | None, name: str) -> tuple[Places, Keys]:
    if texts is None or not texts.texts:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    owners, columns = np.nonzero(texts.codes >= 0)
    return owners.astype(np.int64), _mixed(texts.codes[owners, columns].astype(np.uint64), _number(name))


def _crossed(owners: Places, keys: Keys, holders: Places, values: Keys) -> tuple[Places, Keys]:
    """Every key of a record together with every value of it."""
    starts = np.searchsorted(holders, owners, "left")
    counts = np.searchsorted(holders, owners, "right") - starts
    at = np.repeat(starts, counts) + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(owners, counts), _mixed(np.repeat(keys, counts), values[at])


def _sharing(owners: Places, keys: Keys, count: int, most: int) -> Iterator[Pairs]:
    """Pairs of records with an equal key, for keys that at most so many have."""
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    for size in range(2, most + 1):
        some = starts[sizes == size]
        if len(some):
            members = owners[some[:, None] + np.arange(size)]
            one, other = np.triu_indices(size, 1)
            first, second = members[:, one].ravel(), members[:, other].ravel()
            pairs = np.minimum(first, second) * count + np.maximum(first, second)
            yield pairs[first != second]


def _mixed(*parts: Keys | int) -> Keys:
    mixed: Keys = np.zeros(1, np.uint64)
    for part in parts:
        mixed = (mixed ^ np.asarray(part, np.uint64)) * _EVEN
        mixed = mixed ^ (mixed >> np.uint64(29))
    return mixed


def _number(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode())

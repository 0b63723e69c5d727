"""Which records are compared at all: those that share a key that few have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from registry.i18n import _
from registry.matching.called import WORDS
from registry.matching.facts import Facts, Hashes, mixed
from registry.matching.nicknames import formal
from registry.matching.texts import Codes
from registry.progress import SILENT, Progress
from registry.search.readings import Token, words_of

#: Records by their places, and a key of each beside it.
Keyed: TypeAlias = tuple[Codes, npt.NDArray[np.uint64]]
#: Keys of one sort of some records, from one place to another.
Sort: TypeAlias = Callable[[int, int], Keyed]
#: Records by key, where among them each key begins, and how many have it.
Shared: TypeAlias = tuple[Codes, npt.NDArray[np.int64], npt.NDArray[np.int64]]
#: Two places in the facts as one number: the smaller times the number of records, and the larger.
Pairs: TypeAlias = npt.NDArray[np.int64]

#: A key that more records have says too little; where names are few and records many, much fewer are too many.
MOST, _FEWEST = 60, 8
#: Pairs to compare in all, and for each record where these are more, counted once for each key that they share.
_IN_ALL, _FOR_EACH = 2_000_000, 20
#: So many pairs are noted before those that are noted twice are dropped.
_WAITING = 2_000_000
#: Records whose pairs are held at once, and those of which keys are made at once; keys that are sorted at once.
_AT_ONCE, _TOGETHER, _SORTED = 250_000, 50_000, 2_000_000
_EVEN = np.uint64(0x9E3779B97F4A7C15)


def pairs_of(facts: Facts, progress: Progress = SILENT) -> Iterator[Pairs]:
    """Every two records that share a key, once, ascending; for very many records in several parts, picked evenly."""
    keys = Keys(facts, progress)
    parts, most = parts_of(facts), _most(keys, progress)
    for part in range(parts):
        found, waiting = np.zeros(0, np.int64), 0
        noted: list[Pairs] = []
        for sharing in keys.shared(progress):
            for some in _pairs(*sharing, len(facts), most):
                noted.append(some if parts == 1 else some[_evenly(facts, some) % np.uint64(parts) == part])
                waiting += len(noted[-1])
                if waiting > _WAITING:
                    found, noted, waiting = _once([found, *noted]), [], 0
        yield _once([found, *noted])


def parts_of(facts: Facts) -> int:
    """In how many parts the pairs come."""
    return 1 + len(facts) // _AT_ONCE


def _evenly(facts: Facts, pairs: Pairs) -> Hashes:
    return mixed(facts.hashes[pairs // len(facts)], facts.hashes[pairs % len(facts)])


def _once(some: Sequence[Pairs]) -> Pairs:
    pairs = np.concatenate(some)
    pairs.sort()
    return pairs[np.r_[True, pairs[1:] != pairs[:-1]]] if len(pairs) else pairs


def _most(keys: Keys, progress: Progress) -> int:
    """How many records may have a key, so that there are not too many pairs in all."""
    counts = np.zeros(MOST + 1, np.int64)
    for _owners, _starts, sizes in keys.shared(progress):
        counts += np.bincount(sizes[sizes <= MOST], minlength=MOST + 1)
    sizes = np.arange(MOST + 1)
    pairs = np.cumsum(counts * sizes * (sizes - 1) // 2)
    return max(_FEWEST, int(np.flatnonzero(pairs <= max(_IN_ALL, _FOR_EACH * len(keys.facts))).max()))


class Keys:
    """The keys of some facts."""

    def __init__(self, facts: Facts, progress: Progress) -> None:
        self.facts = facts
        spoken_: list[list[int]] = []
        for start in range(0, len(facts.tokens), _TOGETHER):
            progress.step(start, len(facts.tokens), _("Looking for records to compare"))
            spoken_ += map(spoken, facts.tokens[start : start + _TOGETHER])
        self._starts = np.cumsum([0, *map(len, spoken_)])
        self._bones = np.array([number for some in spoken_ for number in some] or [0], np.uint32)
        self._first = self._bones[np.minimum(self._starts[:-1], len(self._bones) - 1)]

    def shared(self, progress: Progress) -> Iterator[Shared]:
        """Records with equal keys, one sort of key after the other."""
        for sort in self._sorts():
            keyed = []
            for start in range(0, max(1, len(self.facts)), _TOGETHER):
                progress.step(0, 0, _("Looking for records to compare"))
                keyed.append(sort(start, min(start + _TOGETHER, len(self.facts))))
            parts = 1 + sum(len(keys) for _owners, keys in keyed) // _SORTED
            for part in range(parts):
                progress.step(0, 0, _("Looking for records to compare"))
                which = [keys % np.uint64(parts) == part for _owners, keys in keyed]
                yield _by_key([(o[some], k[some]) for (o, k), some in zip(keyed, which, strict=True)])

    def _sorts(self) -> Iterator[Sort]:
        values = {name: partial(self._values, name) for name, texts in self.facts.texts.items() if texts.texts}
        yield from (values[name] for name in ("document", "phone", "email", "website", "acronym") if name in values)
        yield partial(self._born, 1, 100)
        for sort in (partial(self._born, 10_000, 1), self._anniversaries):
            yield partial(_crossed, self._skeletons, sort)
        yield from (partial(self._two_words, *two) for two in combinations(range(WORDS), 2))
        for name in ("postal_code", "street", "birth_place", "city", "occupation", "acronym"):
            if name in values:
                yield partial(_crossed, self._skeletons, values[name])
        for one, other in (("birth_place", "postal_code"), ("street", "postal_code"), ("birth_place", "occupation")):
            if one in values and other in values:
                yield partial(_crossed, values[one], values[other])

    def _values(self, name: str, start: int, end: int) -> Keyed:
        """What stands in a column."""
        codes = self.facts.texts[name].codes[start:end]
        owners, columns = np.nonzero(codes >= 0)
        return _keyed(start + owners, _mixed(codes[owners, columns], crc32(name.encode())))

    def _born(self, part: int, least: int, start: int, end: int) -> Keyed:
        """The birth date without its last digits: what is left of it after a division, if it ends with so much."""
        born = self.facts.born[start:end]
        known = np.flatnonzero(born % 100 > 0 if least == 100 else born > 0)
        return _keyed(start + known, _mixed(born[known] // part, 1))

    def _anniversaries(self, start: int, end: int) -> Keyed:
        """Day and month of birth."""
        born = self.facts.born[start:end]
        known = np.flatnonzero(born % 100 > 0)
        return _keyed(start + known, _mixed(born[known] % 10_000, 2))

    def _skeletons(self, start: int, end: int) -> Keyed:
        """The consonants of each word, and of the names for which it may stand."""
        names, words = self._names(start, end)
        rows, columns = np.nonzero(words >= 0)
        words = words[rows, columns]
        counts = (self._starts[1:] - self._starts[:-1])[words]
        at = np.repeat(self._starts[words], counts) + _numbered(counts)
        return _keyed(np.repeat(names[rows], counts), self._bones[at])

    def _two_words(self, first: int, second: int, start: int, end: int) -> Keyed:
        """Two words of a name by their consonants, in any order."""
        names, words = self._names(start, end)
        rows = np.flatnonzero((words[:, first] >= 0) & (words[:, second] >= 0))
        one, other = (self._first[words[rows, place]] for place in (first, second))
        kept = one != other
        return _keyed(names[rows][kept], _mixed(np.minimum(one, other)[kept], np.maximum(one, other)[kept], 3))

    def _names(self, start: int, end: int) -> tuple[Codes, Codes]:
        """The names of some records: whose they are, and their words."""
        some = slice(*np.searchsorted(self.facts.names, (start, end)).tolist())
        return self.facts.names[some], self.facts.words[some]


def spoken(token: Token) -> list[int]:
    """The consonants of a word and of the names for which it may stand."""
    others = (word[0].skeletons[0] for name in sorted(formal(token.text)) for word in words_of(name, part=True))
    return [crc32(bones.encode()) for bones in dict.fromkeys((token.skeletons[0], *others))]


def _crossed(one: Sort, other: Sort, start: int, end: int) -> Keyed:
    """Every key of a record together with every key of another sort."""
    (owners, keys), (holders, values) = one(start, end), other(start, end)
    begins = np.searchsorted(holders, owners, "left")
    counts = np.searchsorted(holders, owners, "right") - begins
    at = np.repeat(begins, counts) + _numbered(counts)
    return np.repeat(owners, counts), _mixed(np.repeat(keys, counts), values[at])


def _numbered(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0, 1, 2 ... for each of these counts."""
    numbered: npt.NDArray[np.int64] = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return numbered


def _keyed(owners: npt.NDArray[np.integer[Any]], keys: npt.NDArray[np.unsignedinteger[Any]]) -> Keyed:
    return owners.astype(np.int32, copy=False), keys.astype(np.uint64, copy=False)


def _by_key(keyed: Sequence[Keyed]) -> Shared:
    owners, keys = (np.concatenate(some) for some in zip(*keyed, strict=True))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    return owners[order], starts, np.diff(np.r_[starts, len(keys)])


def _pairs(owners: Codes, starts: Pairs, sizes: Pairs, count: int, most: int) -> Iterator[Pairs]:
    """Pairs of records with an equal key, for keys that at most so many have."""
    for size in range(2, most + 1):
        one, other = np.triu_indices(size, 1)
        some = starts[sizes == size]
        each = max(1, _WAITING // len(one))
        for begin in range(0, len(some), each):
            members = owners[some[begin : begin + each, None] + np.arange(size)]
            first, second = members[:, one].ravel(), members[:, other].ravel()
            pairs = np.minimum(first, second).astype(np.int64) * count + np.maximum(first, second)
            yield pairs[first != second]


def _mixed(*parts: npt.NDArray[np.integer[Any]] | int) -> npt.NDArray[np.uint64]:
    mixed_ = np.zeros(1, np.uint64)
    for part in parts:
        mixed_ = (mixed_ ^ np.asarray(part).astype(np.uint64)) * _EVEN
        mixed_ ^= mixed_ >> np.uint64(29)
    return mixed_

"""The index of names: every word once, which records have it, and the words of each record in order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain, islice, pairwise
from itertools import count as counting
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, and_, bindparam, delete, func, select

from db.bulk import insert_all
from db.models import name_posting, name_word, record_names
from db.records import among, each_of, slices

Ids: TypeAlias = npt.NDArray[np.int64]
#: Names in their words, and these in their parts, as ids.
Names: TypeAlias = Sequence[Sequence[Sequence[int]]]
Merging: TypeAlias = Callable[[Ids, Ids], Ids]

_RECORD, _WORD = "<u2", "<u4"
_NONE: Ids = np.zeros(0, np.int64)
#: Records are listed in chunks of so many ids, so that a change writes little.
_CHUNK = 1 << 16
#: Of so many words the records are read at once.
_AT_ONCE = 2_000
#: Bytes of a number in the names of a record, and how many pairs of a word and a record are gathered at most.
_NUMBER, _MOST_PAIRS = 4, 4_000_000


class Word(Protocol):
    """A word of names; one that is written in two scripts is two words."""

    @property
    def text(self) -> str:
        """Folded."""

    @property
    def script(self) -> str:
        """A letter for the script."""

    @property
    def reading(self) -> str:
        """How it sounds."""

    @property
    def skeletons(self) -> Sequence[str]:
        """Its consonants, in each of the ways that it can be read."""


class Postings(NamedTuple):
    """Which records have each word.

    Attributes:
        words: ids, ascending.
        starts: where the records of each word begin among all, and last their count.
    """

    words: Ids
    starts: Ids
    records: npt.NDArray[np.int32]

    def of(self, word_ids: Collection[int]) -> dict[int, Ids]:
        """By word, the ids of the records that have it, ascending; nobody for words that came later."""
        wanted = np.array(sorted(word_ids), np.int64)
        places = np.searchsorted(self.words, wanted)
        there = places < len(self.words)
        there[there] = self.words[places[there]] == wanted[there]
        firsts, lasts = self.starts[places[there]].tolist(), self.starts[places[there] + 1].tolist()
        return {
            word: self.records[first:last].astype(np.int64)
            for word, first, last in zip(wanted[there].tolist(), firsts, lasts, strict=True)
        }


class Entry(NamedTuple):
    """The names of one record.

    Attributes:
        names: each as the texts that it is written in, of which a `Reader` knows the words.
    """

    id: int
    names: Sequence[Sequence[str]]


#: The words of a text, of which each is its parts and, if there are several, last all of them as one.
Reader: TypeAlias = Callable[[str], Sequence[tuple[Word, ...]]]


def words_after(connection: Connection, after: int, most: int) -> Sequence[Row[tuple[int, str, str, str, str]]]:
    """The first words with an id above `after`, by id, at most `most`: id, text, script, reading, skeletons."""
    chosen = select(name_word).where(name_word.c.id > after).order_by(name_word.c.id).limit(most)
    return connection.execute(chosen).all()


def records_of(connection: Connection, word_ids: Collection[int]) -> dict[int, Ids]:
    """By word, the ids of the records that have it, ascending."""
    chosen = select(name_posting).where(among(name_posting.c.word_id, word_ids))
    rows = connection.execute(chosen.order_by(name_posting.c.word_id, name_posting.c.chunk)).all()
    words, lengths, records = _unpacked(rows)
    starts = np.append(0, np.cumsum(lengths)).tolist()
    return {word: records[start:end] for word, (start, end) in zip(words.tolist(), pairwise(starts), strict=True)}


def _unpacked(rows: Sequence[Row[tuple[int, int, bytes]]]) -> tuple[Ids, Ids, Ids]:
    """Words, how many records each has, the ids of these, from rows in order."""
    if not rows:
        return _NONE, _NONE, _NONE
    owners, chunks, kept = zip(*rows, strict=True)
    # All at once: a question asks some thousand rows, most of a few records.
    lengths = np.fromiter(map(len, kept), np.int64, len(kept)) // np.dtype(_RECORD).itemsize
    records = np.frombuffer(b"".join(kept), _RECORD) + np.repeat(np.array(chunks, np.int64) * _CHUNK, lengths)
    words, firsts = np.unique(np.array(owners, np.int64), return_index=True)
    return words, np.add.reduceat(lengths, firsts), records


def postings(connection: Connection) -> Postings:
    """All of them, read in pieces: as rows they take ten times the memory."""
    parts = [(_NONE, _NONE, _NONE.astype(np.int32))]
    last = connection.execute(select(func.max(name_posting.c.word_id))).scalar() or 0
    by_word = select(name_posting).order_by(name_posting.c.word_id, name_posting.c.chunk)
    for start in range(1, last + 1, _AT_ONCE):
        some = by_word.where(name_posting.c.word_id.between(start, start + _AT_ONCE - 1))
        words, lengths, records = _unpacked(connection.execute(some).all())
        parts.append((words, lengths, records.astype(np.int32)))
    words, lengths, listed = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Postings(words, np.append(0, np.cumsum(lengths)), listed)


_WORDS = select(name_word.c.id, name_word.c.text, name_word.c.script).where(
    name_word.c.text.in_(each_of(bindparam("ids")))
)


def ids_of(connection: Connection, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of words by text and script; those that no name has are missing."""
    texts = json.dumps([*{text for text, _script in keys}])
    return {(text, script): word_id for word_id, text, script in connection.execute(_WORDS, {"ids": texts})}


def names_of(connection: Connection, record_ids: Iterable[int]) -> dict[int, list[list[list[int]]]]:
    """By record its names in their words, each as a `Reader` has it, in ids of words."""
    rows = connection.execute(select(record_names).where(among(record_names.c.record_id, record_ids))).all()
    return {record_id: list(_names(kept)) for record_id, kept in rows}


class Gathered:
    """Names of new records on their way into the index: who has which word is written once, when all are there.

    Until `write`, nobody finds these records by their words, and no names may be removed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts = _Texts()
        self._pairs: list[Ids] = []

    def add(self, entries: Sequence[Entry], read: Reader) -> None:
        """Write the names of records that have none, and their words; names without words are none."""
        if not entries:
            return
        record_ids, called = zip(*entries, strict=True)
        names = [*chain.from_iterable(called)]
        listed = self._texts.of(self._connection, [*chain.from_iterable(names)], read)
        of_names, of_entries = _lengths(names), _lengths(called)
        # Of a name it is kept how many words it has, and then each word in its parts.
        words, sizes = _sums(listed.words, of_names), _sums(listed.sizes, of_names)
        there = words > 0
        written = np.insert(listed.numbers, (np.cumsum(sizes) - sizes)[there], words[there]).tobytes()
        ends = np.append(0, np.cumsum(_sums(sizes + there, of_entries)) * _NUMBER).tolist()
        kept = (written[first:last] for first, last in pairwise(ends))
        insert_all(self._connection, record_names, ("record_id", "words"), [*zip(record_ids, kept, strict=True)])
        owners = np.repeat(np.array(record_ids, np.int64), _sums(of_names, of_entries))
        ids = listed.numbers[listed.is_id].astype(np.int64)
        self._pairs.append(_pairs(ids, np.repeat(owners, listed.sizes - listed.words)))
        if sum(map(len, self._pairs)) > _MOST_PAIRS:
            self.write()

    def write(self) -> None:
        """Write who has which word; after that names can be removed, and words with them."""
        if self._pairs:
            _merge(self._connection, np.concatenate(self._pairs), _with)
        self._texts, self._pairs = _Texts(), []


class _Listed(NamedTuple):
    """Texts of names by their words.

    Attributes:
        words: how many each text has.
        sizes: how many of `numbers` are about each text.
        numbers: for each word how many parts it has, and then their ids.
        is_id: which of `numbers` are ids.
    """

    words: Ids
    sizes: Ids
    numbers: npt.NDArray[np.uint32]
    is_id: npt.NDArray[np.bool_]


class _Texts:
    """The texts of names that were met so far; each is read once."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._places: defaultdict[str, int] = defaultdict(counting().__next__)
        self._known = _Listed(_NONE, _NONE, _NONE.astype(np.uint32), _NONE.astype(np.bool_))

    def of(self, connection: Connection, texts: Sequence[str], read: Reader) -> _Listed:
        """These texts; words that are new are written."""
        before = len(self._places)
        places = np.fromiter(map(self._places.__getitem__, texts), np.int64, len(texts))
        self._learn(connection, [*map(read, islice(self._places, before, None))])
        known, sizes = self._known, self._known.sizes[places]
        starts = (np.cumsum(known.sizes) - known.sizes)[places] - (np.cumsum(sizes) - sizes)
        at = np.repeat(starts, sizes) + np.arange(sizes.sum())
        return _Listed(known.words[places], sizes, known.numbers[at], known.is_id[at])

    def _learn(self, connection: Connection, texts: Sequence[Sequence[tuple[Word, ...]]]) -> None:
        listed = [*chain.from_iterable(texts)]
        wanted = {(word.text, word.script): word for word in chain.from_iterable(listed)}
        self._ids |= _known(connection, {key: wanted[key] for key in wanted.keys() - self._ids.keys()})
        numbers = [(len(parts), *(self._ids[word.text, word.script] for word in parts)) for parts in listed]
        words, sizes = _lengths(texts), _lengths(numbers)
        is_id = np.ones(sizes.sum(), np.bool_)
        is_id[np.cumsum(sizes) - sizes] = False
        self._known = _Listed(
            np.append(self._known.words, words),
            np.append(self._known.sizes, _sums(sizes, words)),
            np.append(self._known.numbers, np.array([*chain.from_iterable(numbers)], _WORD)),
            np.append(self._known.is_id, is_id),
        )


def _lengths(lists: Sequence[Sized]) -> Ids:
    return np.fromiter(map(len, lists), np.int64, len(lists))


def _sums(numbers: Ids, lengths: Ids) -> Ids:
    """The sum of the first so many numbers, of the next so many, and so on."""
    sums = np.append(0, np.cumsum(numbers))
    ends = sums[np.cumsum(lengths)]
    ends[1:] -= ends[:-1].copy()
    return ends


def replace(connection: Connection, entries: Sequence[Entry], read: Reader, *, fresh: bool = False) -> None:
    """Put the names of these records in place of what was there; `fresh` = nothing was."""
    if not fresh:
        remove(connection, [entry.id for entry in entries])
    gathered = Gathered(connection)
    gathered.add(entries, read)
    gathered.write()


def remove(connection: Connection, record_ids: Sequence[int]) -> None:
    """Take records out, and words that no record has any more."""
    leaving = [
        (word_id, record_id)
        for record_id, names in names_of(connection, record_ids).items()
        for name in names
        for parts in name
        for word_id in parts
    ]
    if leaving:
        words, records = np.array(leaving, np.int64).T
        _merge(connection, _pairs(words, records), _without)
    for some in slices(record_ids):
        connection.execute(delete(record_names).where(record_names.c.record_id.in_(some)))
    for some in slices(list({word_id for word_id, _record in leaving})):
        unused = name_word.c.id.not_in(select(name_posting.c.word_id).where(name_posting.c.word_id.in_(some)))
        connection.execute(delete(name_word).where(name_word.c.id.in_(some), unused))


def count(connection: Connection) -> int:
    """How many records the index holds."""
    return int(connection.execute(select(func.count()).select_from(record_names)).scalar_one())


def _known(connection: Connection, wanted: Mapping[tuple[str, str], Word]) -> dict[tuple[str, str], int]:
    """Ids of these words by text and script; those that are new are written."""
    known = ids_of(connection, wanted)
    fresh = sorted(wanted.keys() - known.keys())
    rows = [(*key, wanted[key].reading, " ".join(wanted[key].skeletons)) for key in fresh]
    insert_all(connection, name_word, ("text", "script", "reading", "skeletons"), rows)
    return known | ids_of(connection, fresh)


def _pairs(words: Ids, records: Ids) -> Ids:
    """A word and a record as one number, in the order in which postings stand: by chunk, word, place in the chunk."""
    return records // _CHUNK << 48 | words << 16 | records % _CHUNK


def _merge(connection: Connection, changes: Ids, how: Merging) -> None:
    """Put together what is kept of words in chunks with what comes or goes, as `_pairs` has it."""
    ordered = _distinct(changes)
    for chunk, these in _runs(ordered >> 48):
        changing = ordered[these] & (1 << 48) - 1
        words = among(name_posting.c.word_id, [word_id for word_id, _places in _runs(changing >> 16)])
        there = and_(name_posting.c.chunk == chunk, words)
        found = connection.execute(select(name_posting.c.word_id, name_posting.c.records).where(there)).all()
        if found:
            connection.execute(delete(name_posting).where(there))
        kept = (word_id << 16 | np.frombuffer(records, _RECORD).astype(np.int64) for word_id, records in found)
        merged = how(np.concatenate([_NONE, *kept]), changing)
        places = (merged % _CHUNK).astype(_RECORD)
        rows = [(word_id, chunk, places[these].tobytes()) for word_id, these in _runs(merged >> 16)]
        insert_all(connection, name_posting, ("word_id", "chunk", "records"), rows)


def _with(kept: Ids, coming: Ids) -> Ids:
    return _distinct(np.concatenate([kept, coming]))


def _without(kept: Ids, going: Ids) -> Ids:
    return np.sort(kept[np.isin(kept, going, invert=True)])


def _distinct(numbers: Ids) -> Ids:
    """Each number once, ascending, in a fraction of the time of `numpy.unique`, which fills a table of hashes first."""
    ordered = np.sort(numbers)
    return ordered[_firsts(ordered)]


def _firsts(ordered: Ids) -> npt.NDArray[np.bool_]:
    """Which of these are not the same as the one before."""
    firsts = np.ones(len(ordered), np.bool_)
    firsts[1:] = ordered[1:] != ordered[:-1]
    return firsts


def _runs(ordered: Ids) -> Iterator[tuple[int, slice]]:
    """Each number among these, and where it stands."""
    firsts = np.flatnonzero(_firsts(ordered))
    ends = pairwise((*firsts.tolist(), len(ordered)))
    return ((number, slice(*where)) for number, where in zip(ordered[firsts].tolist(), ends, strict=True))


def _names(kept: bytes) -> Iterator[list[list[int]]]:
    numbers = iter(np.frombuffer(kept, _WORD).tolist())
    for length in numbers:
        yield [[next(numbers) for _ in range(next(numbers))] for _ in range(length)]

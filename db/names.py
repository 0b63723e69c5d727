"""The index of names: every word once, which records have it, and the words of each record in order."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, and_, bindparam, delete, func, select

from db.bulk import insert_all
from db.models import name_posting, name_word, record_names
from db.records import among, each_of, slices

Ids: TypeAlias = npt.NDArray[np.int64]
Records: TypeAlias = npt.NDArray[np.uint16]
#: Names in their words, and these in their parts, as ids.
Names: TypeAlias = Sequence[Sequence[Sequence[int]]]
Merging: TypeAlias = Callable[[Records, Records], Records]

_RECORD = "<u2"
_NOBODY: Records = np.zeros(0, _RECORD)
_NONE: Ids = np.zeros(0, np.int64)
#: Records are listed in chunks of so many ids, so that a change writes little.
_CHUNK = 1 << 16
#: Of so many words the records are read at once.
_AT_ONCE = 2_000


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
        names: each as words, of which each is its parts and, if there are several, last all of them as one.
    """

    id: int
    names: Sequence[Sequence[tuple[Word, ...]]]


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
    """By record its names as `Entry` has them, in ids of words."""
    rows = connection.execute(select(record_names).where(among(record_names.c.record_id, record_ids))).all()
    return {record_id: list(_names(kept)) for record_id, kept in rows}


def replace(connection: Connection, entries: Sequence[Entry], *, fresh: bool = False) -> None:
    """Put the names of these records in place of what was there; `fresh` = nothing was."""
    if not fresh:
        remove(connection, [entry.id for entry in entries])
    used = {parts for entry in entries for name in entry.names for parts in name}
    known = _known(connection, {(word.text, word.script): word for parts in used for word in parts})
    ids = {parts: [known[word.text, word.script] for word in parts] for parts in used}
    having: dict[int, dict[int, list[int]]] = {}
    rows = []
    for entry in entries:
        names = [[ids[parts] for parts in name] for name in entry.names]
        rows.append((entry.id, _kept(names)))
        _note(having, entry.id, names)
    insert_all(connection, record_names, ("record_id", "words"), rows)
    _merge(connection, having, _united)


def remove(connection: Connection, record_ids: Sequence[int]) -> None:
    """Take records out, and words that no record has any more."""
    leaving: dict[int, dict[int, list[int]]] = {}
    for record_id, names in names_of(connection, record_ids).items():
        _note(leaving, record_id, names)
    _merge(connection, leaving, np.setdiff1d)
    for some in slices(record_ids):
        connection.execute(delete(record_names).where(record_names.c.record_id.in_(some)))
    for some in slices(list({word_id for by_word in leaving.values() for word_id in by_word})):
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


def _merge(connection: Connection, changes: Mapping[int, Mapping[int, list[int]]], how: Merging) -> None:
    """Put together what is kept of a word in a chunk with what comes or goes: chunk -> word -> records."""
    for chunk, by_word in changes.items():
        these = and_(name_posting.c.chunk == chunk, among(name_posting.c.word_id, by_word))
        found = connection.execute(select(name_posting.c.word_id, name_posting.c.records).where(these)).all()
        kept = {word_id: np.frombuffer(records, _RECORD) for word_id, records in found}
        if found:
            connection.execute(delete(name_posting).where(these))
        merged = (
            (word_id, how(kept.get(word_id, _NOBODY), np.array(sorted(records), _RECORD)))
            for word_id, records in sorted(by_word.items())
        )
        rows = [(word_id, chunk, records.tobytes()) for word_id, records in merged if len(records)]
        insert_all(connection, name_posting, ("word_id", "chunk", "records"), rows)


def _united(kept: Records, coming: Records) -> Records:
    """Both in order; who is new has a number behind those that are there."""
    if not len(kept):
        return coming
    if kept[-1] < coming[0]:
        return np.concatenate((kept, coming))
    return np.union1d(kept, coming)


def _note(changes: dict[int, dict[int, list[int]]], record_id: int, names: Names) -> None:
    by_word = changes.setdefault(record_id // _CHUNK, {})
    for word_id in {word_id for name in names for parts in name for word_id in parts}:
        by_word.setdefault(word_id, []).append(record_id % _CHUNK)


def _kept(names: Names) -> bytes:
    """Each name and each of its words after how many they are, as 32-bit numbers."""
    numbers: list[int] = []
    for name in names:
        numbers.append(len(name))
        for parts in name:
            numbers.append(len(parts))
            numbers.extend(parts)
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _names(kept: bytes) -> Iterator[list[list[int]]]:
    numbers = iter(np.frombuffer(kept, "<u4").tolist())
    for length in numbers:
        yield [[next(numbers) for _ in range(next(numbers))] for _ in range(length)]

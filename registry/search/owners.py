"""Which records have a word in their names, in memory: a question asks this of some hundred words."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Connection, Engine

from db import names
from db.history import head
from db.names import Ids
from registry.packed import announced

#: Where more records than this were touched since, the register is asked until all is read again.
_MOST_TOUCHED = 200


@dataclass(frozen=True)
class Owners:
    """Who has each word, as it was when all was read, and what was touched since.

    Attributes:
        sequence: the number of the last operation that is in `touched`.
        read: the number of the last one when all was read.
        postings: of every word.
        touched: by record, the words that it has now.
    """

    sequence: int
    read: int
    postings: names.Postings
    touched: Mapping[int, frozenset[int]]

    def of(self, word_ids: Collection[int]) -> dict[int, Ids]:
        """By word, the ids of the records that have it, ascending."""
        found = self.postings.of(word_ids)
        if self.touched:
            moved = np.array(list(self.touched), np.int64)
            left = ((word, records[~np.isin(records, moved)]) for word, records in found.items())
            found = {word: records for word, records in left if len(records)}
            for record_id, words in self.touched.items():
                for word in words.intersection(word_ids):
                    found[word] = np.union1d(found.get(word, np.zeros(0, np.int64)), [record_id])
        return found


#: One for each registry whose names were read; it goes with its engine.
_OPEN: WeakKeyDictionary[Engine, Owners] = WeakKeyDictionary()
_ONE_AT_A_TIME = threading.Lock()


def read(connection: Connection) -> None:
    """Have all in memory, unless it is there."""
    with _ONE_AT_A_TIME:
        if _renewed(connection) is None:
            sequence, _chain = head(connection)
            _OPEN[connection.engine] = Owners(sequence, sequence, names.postings(connection), {})


def owners_of(connection: Connection, word_ids: Collection[int]) -> dict[int, Ids]:
    """By word, the ids of the records that have it as `connection` sees them: from memory, else from the register."""
    with _ONE_AT_A_TIME:
        known = _renewed(connection)
    return names.records_of(connection, word_ids) if known is None else known.of(word_ids)


def _renewed(connection: Connection) -> Owners | None:
    known = _OPEN.get(connection.engine)
    if known is None or known.sequence == (sequence := head(connection)[0]):
        return known
    touched = announced.touched_since(connection, known.read) if known.sequence < sequence else None
    if touched is None or len(touched) > _MOST_TOUCHED:
        return None
    now = names.names_of(connection, touched)
    known = _OPEN[connection.engine] = Owners(
        sequence, known.read, known.postings, {i: _words(now.get(i, ())) for i in touched}
    )
    return known


def _words(listed: Iterable[Iterable[Iterable[int]]]) -> frozenset[int]:
    return frozenset(word for name in listed for parts in name for word in parts)

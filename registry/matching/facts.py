"""What is compared of records, in columns of numbers: memory stays small, and whole arrays are compared at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from db.batches import Batch
from registry.fields import PEOPLE
from registry.matching.called import WORDS, Name, names_of, read
from registry.matching.said import VALUES, Said, column_of
from registry.matching.texts import Codes, Column, Kept, Numbering, Texts
from registry.progress import SILENT, Progress
from registry.search.readings import Token

Hashes: TypeAlias = npt.NDArray[np.uint64]
#: Rows of one record by table.
Rows: TypeAlias = dict[str, list[dict[str, Any]]]

#: Words that are numbered anew at once.
_AT_ONCE = 1_000_000


class Words(Sequence[Token]):
    """Words of names, kept as texts with their scripts and read anew when they are asked for."""

    def __init__(self, texts: Kept) -> None:
        """`texts`: as of `called.kept`."""
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[Token]:
        return map(read, self._texts)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        texts = self._texts[place]
        return read(texts) if isinstance(texts, str) else [*map(read, texts)]


@dataclass
class Facts:
    """What is compared of some records.

    Attributes:
        ids: of the records.
        hashes: of everything that is compared, so that nothing depends on the order of the records.
        tokens: every word of a name once, in order.
        names: record by row of `words`, ascending; a record called several things has several.
        words: places in `tokens`, -1 = none; shape (names, WORDS).
        roles: beside `words`.
        born: year * 10000 + month * 100 + day, 0 for what is not known.
        sex: a code of its own, 0 = not known.
        texts: the other columns by name.
        papers: kind of the document (a place in `PAPERS`, 0 = not known) and day of its issue as `born`, beside the
            document's codes; shape (records, VALUES, 2).
        related: pairs of records of which the register knows how they are related, the smaller place times the number
            of records and the larger, ascending; `relations` beside it, places in `RELATIONS`.
    """

    ids: npt.NDArray[np.int64]
    hashes: Hashes
    tokens: Words
    names: Codes
    words: Codes
    roles: npt.NDArray[np.int8]
    born: Codes
    sex: npt.NDArray[np.int8]
    texts: dict[str, Texts]
    papers: Codes
    related: npt.NDArray[np.int64]
    relations: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.ids)


def mixed(first: Hashes, second: Hashes) -> Hashes:
    """A number by pair that does not depend on which record stands first, nor on their ids."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    mixed_: Hashes = (low * np.uint64(0x9E3779B97F4A7C15) ^ high) * np.uint64(0xC2B2AE3D27D4EB4F)
    return mixed_ ^ (mixed_ >> np.uint64(31))


class Collector:
    """Takes in records, many at once."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        # Arrays, for lists of a million records would take ten times as much.
        self._ids, self._hashes = array("q"), array("Q")
        self._tokens = Numbering()
        self._names, self._words, self._born = array("i"), array("i"), array("i")
        self._roles, self._sex = array("b"), array("b")
        self._papers = array("i")
        self._related: list[tuple[int, int, int]] = []
        self._columns = {name: Column(VALUES) for name in COLUMNS[kind]}

    def add(self, batch: Batch) -> None:
        """Records by their rows, of which each has one of its own table."""
        if not batch.ids:
            return
        said = Said.of(self._kind, batch)
        for name, column in self._columns.items():
            column.extend(len(batch.ids), *said.values[name])
        contents = self._add_names(names_of(self._kind, batch))
        self._ids.extend(batch.ids)
        self._born.extend(said.born)
        self._sex.extend(said.sex)
        papers = np.zeros((len(batch.ids), VALUES, 2), np.int32)
        if noted := [(owner, n, *paper) for owner, some in said.papers.items() for n, paper in enumerate(some)]:
            at = np.array(noted)
            papers[at[:, 0], at[:, 1]] = at[:, 2:]
        self._papers.frombytes(papers.tobytes())
        for part in batch.of("relation"):
            relatives, kinds = (column_of(part, name) for name in ("relative_id", "kind"))
            for owner, relative, kind in zip(part.owners, relatives, kinds, strict=True):
                if relative:
                    self._related.append((batch.ids[owner], int(relative), RELATIONS.get(kind, 0)))
        for told in said.told(contents):
            self._hashes.append(int.from_bytes(blake2b(told.encode(), digest_size=8).digest()))

    def facts(self, progress: Progress = SILENT) -> Facts:
        """Everything that was added, which is then forgotten here."""
        tokens, places = self._tokens.settled(progress)
        words = np.asarray(self._words, np.int32)
        for start in range(0, len(words), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            words[some] = places[words[some]]
        texts = {name: self._columns.pop(name).texts(progress) for name in COLUMNS[self._kind]}
        return Facts(
            np.asarray(self._ids, np.int64),
            np.asarray(self._hashes, np.uint64),
            Words(tokens),
            np.asarray(self._names, np.int32),
            words.reshape(-1, WORDS),
            np.asarray(self._roles, np.int8).reshape(-1, WORDS),
            np.asarray(self._born, np.int32),
            np.asarray(self._sex, np.int8),
            texts,
            np.asarray(self._papers, np.int32).reshape(-1, VALUES, 2),
            *self._relations(),
        )

    def _relations(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
        wanted = {record_id for pair in self._related for record_id in pair[:2]}
        places = {record_id: place for place, record_id in enumerate(self._ids) if record_id in wanted}
        found: dict[int, int] = {}
        for one, other, kind in self._related:
            if one in places and other in places:
                low, high = sorted((places[one], places[other]))
                pair = low * len(self._ids) + high
                found[pair] = max(kind, found.get(pair, 0))
        pairs = sorted(found)
        return np.array(pairs, np.int64), np.array([found[pair] for pair in pairs], np.int8)

    def _add_names(self, names: Sequence[Sequence[Name]]) -> list[list[str]]:
        """Note what records are called; returns it in words, by record."""
        listed = list(chain.from_iterable(names))
        counts = np.fromiter(map(len, listed), np.int32, len(listed))
        there = np.arange(WORDS) < counts[:, None]
        for noted, all_said, nothing in (
            (self._words, self._tokens.each([word for name in listed for word, _role in name]), -1),
            (self._roles, [role for name in listed for _word, role in name], 0),
        ):
            beside = np.full(there.shape, nothing, noted.typecode)
            beside[there] = all_said
            noted.frombytes(beside.tobytes())
        owners = np.arange(len(self._ids), len(self._ids) + len(names), dtype=np.int32)
        self._names.frombytes(np.repeat(owners, list(map(len, names))).tobytes())
        return [[" ".join([f"{w[:-2]}{w[-1]}{role}" for w, role in name]) for name in some] for some in names]


#: How the register may know two to be related; 0 = in any other way.
RELATIONS = {"sibling": 1, "parent": 2, "child": 2, "spouse": 3, "partner": 4}
#: Columns of texts, by kind.
COLUMNS = {
    PEOPLE: (
        *("phone", "email", "document", "street", "city", "postal_code", "region", "country", "birth_place"),
        *("occupation", "household"),
    ),
    "associations": (
        *("phone", "email", "street", "city", "postal_code", "region", "country", "acronym", "website", "document"),
    ),
}

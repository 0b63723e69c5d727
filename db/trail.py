"""What one transaction did to whose rows, and the exact bytes the history keeps of it."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain, repeat
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Table

from db.models import kept_columns

Row = dict[str, Any]
RowKey = tuple[str, int]
#: Bytes of a salt.
_SALT = 16


@dataclass
class Trail:
    """The net effect of one transaction on one subject's rows.

    Attributes:
        created: row key -> kept values.
        changed: row key -> column -> [old, new].
        deleted: row key -> kept values before.
    """

    created: dict[RowKey, Row] = field(default_factory=dict)
    changed: dict[RowKey, dict[str, list[object]]] = field(default_factory=dict)
    deleted: dict[RowKey, Row] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.deleted)

    @property
    def tables(self) -> set[str]:
        """Names of the tables with a net effect."""
        return {table for table, _ in (*self.created, *self.changed, *self.deleted)}

    def update(self, key: RowKey, changes: Mapping[str, tuple[object, object]]) -> None:
        """Note new values for a row; several changes to one column become one."""
        if key in self.created:
            _put(self.created[key], {column: new for column, (_, new) in changes.items()})
            return
        noted = self.changed.setdefault(key, {})
        for column, (old, new) in changes.items():
            noted.setdefault(column, [old, new])[1] = new
            if noted[column][0] == noted[column][1]:
                del noted[column]
        if not noted:
            del self.changed[key]

    def delete(self, key: RowKey, values: Row) -> None:
        """Note that a row is gone; what this transaction itself created leaves no trace."""
        if self.created.pop(key, None) is not None:
            return
        _put(values, {column: old for column, (old, _) in self.changed.pop(key, {}).items()})
        self.deleted[key] = values

    def create(self, key: RowKey, values: Row) -> None:
        """Note a new row; one that comes back after a deletion in the same transaction is a change."""
        if key not in self.deleted:
            self.created[key] = values
            return
        before = self.deleted.pop(key)
        columns = before.keys() | values.keys()
        self.update(key, {c: (before.get(c), values.get(c)) for c in columns if before.get(c) != values.get(c)})


def _put(row: Row, values: Mapping[str, object]) -> None:
    """Set kept values; empty ones are left out, as everywhere in the history."""
    row.update(values)
    for column in [c for c, value in values.items() if value is None]:
        del row[column]


def kept(table: Table, row: Mapping[str, object]) -> Row:
    """The row's values that the history answers for; empty ones are left out."""
    return {c: value for c in _kept_names(table) if (value := row.get(c)) is not None}


@cache
def _values(table: Table) -> type[msgspec.Struct]:
    """What holds the kept values of a row until they are encoded: in the order of names, empty ones left out."""
    fields = [(name, Any, None) for name in _kept_names(table)]
    return msgspec.defstruct(str(table.name), fields, omit_defaults=True, gc=False)


@cache
def _kept_names(table: Table) -> tuple[str, ...]:
    """The columns for which the history answers in order; the id is told beside them."""
    return tuple(sorted(str(name) for name in kept_columns(table) if name != "id"))


class Packed(NamedTuple):
    """The trail of a record that was created or deleted and nothing else, as it will be kept: a tenth of the memory."""

    salt: bytes
    content: bytes

    @property
    def created(self) -> Collection[RowKey]:
        """The rows that were created."""
        return parse(self.content)[1].created


def packed(trail: Trail, note: Mapping[str, object] | None = None) -> Packed:
    """A trail as it will be kept."""
    salt = secrets.token_bytes(_SALT)
    return Packed(salt, content(trail, salt, note or {}))


class _Part(NamedTuple):
    """Rows of one table, by column: whose they are, their ids, and each encoded with table, id and kept values."""

    table: str
    owners: Sequence[int]
    ids: Sequence[int]
    rows: Sequence[bytes]


class NewRows:
    """The rows of new records, encoded by column as they are created: a dict for each would cost more than the rest.

    Attributes:
        records: who is new; of nobody else rows are added.
    """

    def __init__(self) -> None:
        self.records: set[int] = set()
        self._parts: list[_Part] = []

    def add(
        self, table: Table, owners: Sequence[int], ids: Sequence[int], columns: Mapping[str, Sequence[object]]
    ) -> None:
        """Note rows, with one owner, one id and one value a column for each."""
        names, blank = _kept_names(table), [None] * len(ids)
        values: Iterable[object] = map(_values(table), *(columns.get(name, blank) for name in names))
        if len(names) > _FEW:
            encoded = map(_encode, values)
            values = map(msgspec.Raw, [v if v[2] > _FEW else _FEWER[v[2]] + v[3:] for v in encoded])
        rows = list(map(_encode, zip(repeat(str(table.name)), ids, values, strict=False)))
        self._parts.append(_Part(str(table.name), owners, ids, rows))

    def packed(self) -> dict[int, Packed]:
        """By record, its trail as it will be kept: the same bytes as of `content`."""
        if not self.records:
            return {}
        owners, keys, rows = self._in_order()
        starts = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist()]
        salts = salts_for(len(starts))
        contents = []
        for start, end, salt in zip(starts, [*starts[1:], len(rows)], salts, strict=True):
            digest = sha256(b"".join((b"\x02", salt, _begin_list(end - start), *rows[start:end]))).digest()
            contents.append(_CREATION + _encode((digest, keys[2 * start : 2 * end])))
        return dict(zip(owners[starts].tolist(), map(Packed, salts, contents), strict=True))

    def _in_order(self) -> tuple[npt.NDArray[np.int64], list[int | str], list[bytes]]:
        """All rows by record, table and id: their records, their tables and ids in turn, and the rows."""
        owners, ids = (
            np.fromiter(chain.from_iterable(column), np.int64)
            for column in ([part.owners for part in self._parts], [part.ids for part in self._parts])
        )
        names = sorted({part.table for part in self._parts})
        lengths = [len(part.rows) for part in self._parts]
        tables = np.repeat([names.index(part.table) for part in self._parts], lengths)
        order = np.lexsort((ids, tables, owners))
        rows = [*chain.from_iterable(part.rows for part in self._parts)]
        codes = [_CODES.get(name, name) for name in names]
        keys: list[int | str] = [0] * (2 * len(rows))
        keys[::2] = map(codes.__getitem__, tables[order].tolist())
        keys[1::2] = ids[order].tolist()
        return owners[order], keys, [*map(rows.__getitem__, order.tolist())]

    def trails(self) -> dict[int, Trail]:
        """By record, its trail as one that goes on."""
        found = {record: Trail() for record in self.records}
        for part in self._parts:
            for owner, row in zip(part.owners, part.rows, strict=True):
                table, row_id, values = _decode_row(row)
                found[owner].created[table, row_id] = values
        return found


@lru_cache(1000)
def _begin_list(count: int) -> bytes:
    """What a list of so many begins with."""
    return _encode([None] * count)[:-count]


def salts_for(count: int) -> list[bytes]:
    """As many salts, asked for at once."""
    noise = secrets.token_bytes(_SALT * count)
    return [noise[start : start + _SALT] for start in range(0, len(noise), _SALT)]


def content(trail: Trail, salt: bytes, note: Mapping[str, object]) -> bytes:
    """The bytes kept for one entry. Created values are committed to, not copied: the live row is the copy."""
    if trail.created and not (note or trail.changed or trail.deleted):
        return _creation(trail, salt)
    document: dict[str, object] = {}
    if note:
        # As JSON with every other letter escaped: what names a file may be no text that can be encoded.
        document["note"] = json.dumps(note)
    if trail.created:
        ids: dict[str, list[int]] = {}
        for table, row_id in sorted(trail.created):
            ids.setdefault(table, []).append(row_id)
        document["created"] = ids
        document["values"] = created_digest(trail.created, salt)
    if trail.changed:
        document["changed"] = [[t, i, pairs] for (t, i), pairs in sorted(trail.changed.items())]
    if trail.deleted:
        document["deleted"] = [[t, i, row] for (t, i), row in sorted(trail.deleted.items())]
    return _packed(_encode(document))


def created_digest(created: Mapping[RowKey, Row], salt: bytes) -> bytes:
    """Salted SHA-256 over created rows in a canonical order."""
    return _digest([(*key, created[key]) for key in sorted(created)], salt)


def _digest(rows: list[tuple[str, int, Row]], salt: bytes) -> bytes:
    return sha256(b"\x02" + salt + _encode(rows)).digest()


def _creation(trail: Trail, salt: bytes) -> bytes:
    """An entry that says only what was created, as most of an import's do: small without being packed."""
    rows = [(*key, trail.created[key]) for key in sorted(trail.created)]
    keys = [part for table, row_id, _values in rows for part in (_CODES.get(table, table), row_id)]
    return _CREATION + _encode((_digest(rows, salt), keys))


def _parsed_creation(document: bytes) -> tuple[Trail, bytes]:
    digest, keys = _decode_creation(document)
    try:
        tables = [_TABLES[code] if isinstance(code, int) else code for code in keys[::2]]
        return Trail(created={(t, int(i)): {} for t, i in zip(tables, keys[1::2], strict=True)}), digest
    except IndexError as error:
        raise ValueError("no entry") from error


def parse(document: bytes) -> tuple[dict[str, object], Trail, bytes]:
    """An entry's note, its trail (created rows without values) and the digest of the created values.

    Raises `ValueError` for what cannot have been kept.
    """
    try:
        if document.startswith(_CREATION):
            return {}, *_parsed_creation(document[len(_CREATION) :])
        data = _decode(_unpacked(document))
    except msgspec.MsgspecError as error:
        raise ValueError("no entry") from error
    trail = Trail(
        created={(t, i): {} for t, ids in data.get("created", {}).items() for i in ids},
        changed={(t, i): pairs for t, i, pairs in data.get("changed", [])},
        deleted={(t, i): row for t, i, row in data.get("deleted", [])},
    )
    return json.loads(data.get("note", "{}")), trail, data.get("values", b"")


def _packed(document: bytes) -> bytes:
    """Without what most entries have in common: half of it, and the history is a large part of a registry."""
    packing = _READY.copy()
    return packing.compress(document) + packing.flush()


def _unpacked(kept: bytes) -> bytes:
    """What was packed; raises `ValueError` for what cannot have been."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_COMMON)
    try:
        document = unpacking.decompress(kept)
    except zlib.error as error:
        raise ValueError("not packed") from error
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("cut off, or more than was packed")
    return document


#: Up to so many values of a map, MessagePack tells their count in one byte: these. Of columns that can be more, the
#: encoder tells it in three, however few have values.
_FEW = 15
_FEWER = [bytes((0x80 | count,)) for count in range(_FEW + 1)]

#: MessagePack keeps texts, numbers and bytes as what they are; names sorted, so that equal rows are equal bytes.
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode

_decode_row = msgspec.msgpack.Decoder(tuple[str, int, dict[str, Any]]).decode
_decode_creation = msgspec.msgpack.Decoder(tuple[bytes, list[int | str]]).decode

#: What an entry begins with that says only what was created; packed ones never do, this type is reserved (RFC 1951).
_CREATION = b"\x06"
#: Tables by the numbers that stand for them there; entries that stand are read by it, so that it only grows.
_TABLES = (
    *("record", "person", "association", "registration", "raw_value", "address", "phone", "email", "citizenship"),
    *("document", "education", "job", "spoken_language", "skill", "consent", "household", "membership", "relation"),
    *("other_name", "activity", "attachment", "profile_answer", "segment_member", "residence", "messenger", "licence"),
)
_CODES = {table: code for code, table in enumerate(_TABLES)}

#: What entries are packed by; entries that stand are read by it, so it never changes. Commonest last.
_COMMON = b"".join(
    (
        _encode({"note": json.dumps({"reason": "", "query": "", "file": ""})}),
        *(
            _encode({"deleted": [[table, 1, {}]]})
            for table in ("activity", "attachment", "campaign_recipient", "degree")
        ),
        *(_encode({"changed": [[table, 1, {}]]}) for table in ("membership", "other_name", "raw_value", "relation")),
        _encode({"changed": [["person", 1, {"state": ["active"], "valid_until": [None, "2026-01-01"]}]]}),
        *(_encode({table: [1]}) for table in ("association", "profile_answer", "segment_member", "skill", "household")),
        b"\x82\xa7created\x8c",
        *(_encode(table) + b"\x91\xcd" for table in ("address", "citizenship", "consent", "document", "education")),
        *(_encode(table) + b"\x91\xcd" for table in ("email", "job", "person", "phone", "record", "registration")),
        _encode("spoken_language") + b"\x91\xcd",
        _encode("values") + b"\xc4\x20",
    )
)
#: A small window, as documents are short: making a large one ready takes longer than packing.
_WINDOW, _MEMORY = -11, 4
#: Taking it over costs less than making one that knows what is common.
_READY = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=_COMMON)

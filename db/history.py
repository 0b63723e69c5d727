"""The history: chained headers, erasable content, verification and reversal (SECURITY.md, "History")."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, delete, select

from db import trail as trails
from db.bulk import insert_all
from db.models import history_content, history_entry
from db.trail import Packed, Trail

#: The subject of operations and of rows that belong to the registry itself.
REGISTRY_SUBJECT = bytes(16)
#: Subjects of notes begin like this, records' subjects do not: a note can be erased by itself, for it may name people.
_NO_RECORD = bytes(8)
FIRST_RECORD_SUBJECT = bytes(7) + b"\x01" + bytes(8)
#: Operation code of the entry that allows a subject's content to be missing.
ERASE = "erase_record"
GENESIS = bytes(32)
#: Entries written at once.
_TOGETHER = 5_000


@dataclass(frozen=True)
class Heading:
    """What all entries of one operation share.

    Attributes:
        user_id: who.
        operation: code of the action.
        time: microseconds since 1970-01-01 UTC; order goes by sequence, never by time.
        undoes: the batch that this operation takes back, if it does.
    """

    user_id: int
    operation: str
    time: int
    undoes: int | None = None


def append(
    connection: Connection,
    heading: Heading,
    own: Trail,
    note: Mapping[str, object],
    subjects: Sequence[tuple[bytes, Trail | Packed]],
    erased: Sequence[bytes] = (),
) -> int:
    """Write one operation: an entry for itself, one for its note, one a subject. Returns the batch number."""
    batch = head(connection)[0] + 1
    everything: list[tuple[bytes, Trail | Packed]] = [(REGISTRY_SUBJECT, own)]
    if note:
        everything.append((_NO_RECORD + secrets.token_bytes(8), trails.packed(Trail(), note)))
    everything += subjects
    everything += ((subject, Trail()) for subject in erased)
    for start in range(0, len(everything), _TOGETHER):
        _write(connection, heading, batch, everything[start : start + _TOGETHER])
    return batch


def _write(
    connection: Connection, heading: Heading, batch: int, entries: Sequence[tuple[bytes, Trail | Packed]]
) -> None:
    """Write some entries of an operation behind the last one, by column and in the order of the tables' columns."""
    last, chain = head(connection)
    sequences = range(last + 1, last + 1 + len(entries))
    subjects = [subject for subject, _ in entries]
    kept = [trail if isinstance(trail, Packed) else trails.packed(trail) for _, trail in entries]
    commitments = [_commitment(salt, content) for salt, content in kept]
    chained, shared = [], _shared(batch, heading)
    for sequence, subject, commitment in zip(sequences, subjects, commitments, strict=True):
        chain = _link(chain, sequence, shared, subject, commitment)
        chained.append(chain)
    same = (repeat(value) for value in (batch, heading.undoes, heading.time, heading.user_id, heading.operation))
    headers = list(zip(sequences, *same, subjects, commitments, chained, strict=False))
    insert_all(connection, history_entry, tuple(history_entry.c.keys()), headers)
    contents = list(zip(sequences, *zip(*kept, strict=True), strict=True))
    insert_all(connection, history_content, tuple(history_content.c.keys()), contents)


def head(connection: Connection) -> tuple[int, bytes]:
    """The last sequence number and its chain value; (0, zeros) for an empty history."""
    newest = select(history_entry.c.sequence, history_entry.c.chain).order_by(history_entry.c.sequence.desc()).limit(1)
    row = connection.execute(newest).first()
    return (row[0], row[1]) if row else (0, GENESIS)


def erase(connection: Connection, subject: bytes) -> None:
    """Remove content and salt of all entries of one subject; the headers stay and the chain still verifies."""
    mine = select(history_entry.c.sequence).where(history_entry.c.subject == subject)
    connection.execute(delete(history_content).where(history_content.c.sequence.in_(mine)))


def notes_where(connection: Connection, names_somebody: Callable[[str], bool]) -> list[bytes]:
    """Subjects of the notes whose words (values, never keys) `names_somebody` answers for."""
    notes = (
        select(history_entry.c.subject, history_content.c.content)
        .join(history_content, history_entry.c.sequence == history_content.c.sequence)
        .where(history_entry.c.subject > REGISTRY_SUBJECT, history_entry.c.subject < FIRST_RECORD_SUBJECT)
    )
    found = []
    for subject, content in connection.execute(notes):
        words = " ".join(str(value) for value in trails.parse(content)[0].values())
        if names_somebody(words):
            found.append(subject)
    return found


def note_of(connection: Connection, batch: int) -> Mapping[str, object]:
    """The words about an operation as a whole; none if there are none, or they were erased."""
    content = (
        select(history_content.c.content)
        .join(history_entry, history_entry.c.sequence == history_content.c.sequence)
        .where(history_entry.c.sequence == batch + 1, history_entry.c.batch == batch)
    )
    found = connection.execute(content).scalar()
    return trails.parse(found)[0] if found is not None else {}


def entry_of(row: Mapping[str, object]) -> Heading:
    """The heading kept in a row of history_entry; raises `ValueError` for what cannot be one."""
    undoes = row["undoes"]
    return Heading(
        int(str(row["user_id"])),
        str(row["operation"]),
        int(str(row["time"])),
        None if undoes is None else int(str(undoes)),
    )


def chain_problems(connection: Connection) -> Iterable[tuple[int, str]]:
    """Walk the chain; yields (sequence, code) for each entry that does not fit: "order", "chain" or "content"."""
    chain, expected = GENESIS, 0
    joined = select(history_entry, history_content.c.salt, history_content.c.content).join_from(
        history_entry, history_content, history_entry.c.sequence == history_content.c.sequence, isouter=True
    )
    erased = _erased(connection)
    for found in connection.execute(joined.order_by(history_entry.c.sequence)).mappings():
        row = dict(found)
        expected += 1
        if row["sequence"] != expected:
            yield row["sequence"], "order"
            expected = row["sequence"]
        if not _fits(chain, row):
            yield row["sequence"], "chain"
        chain = row["chain"]
        if row["content"] is None:
            if row["subject"] not in erased:
                yield row["sequence"], "content"
        elif not _is_committed(row):
            yield row["sequence"], "content"
    stray = select(history_content.c.sequence).where(
        history_content.c.sequence.not_in(select(history_entry.c.sequence))
    )
    yield from ((sequence, "order") for sequence in connection.execute(stray).scalars())


def _erased(connection: Connection) -> set[bytes]:
    """Subjects whose content may be missing: their erasure is in the chain, and took its own content along."""
    erasures = (
        select(history_entry.c.subject)
        .join_from(
            history_entry,
            history_content,
            history_entry.c.sequence == history_content.c.sequence,
            isouter=True,
        )
        .where(history_entry.c.operation == ERASE, history_content.c.sequence.is_(None))
    )
    return set(connection.execute(erasures).scalars()) - {REGISTRY_SUBJECT}


def _fits(chain: bytes, row: Mapping[str, Any]) -> bool:
    """Whether an entry's chain value follows from the one before; what cannot be hashed does not."""
    try:
        shared = _shared(row["batch"], entry_of(row))
        link = _link(chain, row["sequence"], shared, row["subject"], row["commitment"])
    except (ValueError, TypeError, AttributeError, struct.error):
        return False
    return bool(link == row["chain"])


def _is_committed(row: Mapping[str, Any]) -> bool:
    try:
        return bool(_commitment(row["salt"], row["content"]) == row["commitment"])
    except TypeError:
        return False


def _commitment(salt: bytes, content: bytes) -> bytes:
    return sha256(b"\x00" + salt + content).digest()


#: A sequence number; batch, what is undone, time, user, length of the operation's code: 64 bits each.
_SEQUENCE, _NUMBERS = struct.Struct(">q"), struct.Struct(">5q")


def _shared(batch: int, heading: Heading) -> bytes:
    """What the links of all entries of one operation have in common."""
    operation = heading.operation.encode()
    undoes = -1 if heading.undoes is None else heading.undoes
    return _NUMBERS.pack(batch, undoes, heading.time, heading.user_id, len(operation)) + operation


def _link(chain: bytes, sequence: int, shared: bytes, subject: bytes, commitment: bytes) -> bytes:
    """Domain-separated from commitments as in RFC 6962; every field has a fixed place or a stated length."""
    return sha256(b"".join((b"\x01", chain, _SEQUENCE.pack(sequence), shared, subject, commitment))).digest()

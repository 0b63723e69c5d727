"""Does the register still say what its history implies? Finds edits made behind the program's back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from db import trail as trails
from db.history import REGISTRY_SUBJECT, chain_problems
from db.models import history_content, history_entry, history_tables, record, record_column
from db.trail import Row, RowKey, kept

_BATCH = 500


def problems(connection: Connection) -> Iterator[tuple[str, int]]:
    """Every mismatch: ("chain" | "content" | "order", sequence), or ("rows", record id), 0 = the registry's own."""
    yield from ((code, sequence) for sequence, code in chain_problems(connection))
    ids = {subject: record_id for record_id, subject in connection.execute(select(record.c.id, record.c.subject))}
    unknown = dict(ids)
    for some in _in_batches(_entries(connection)):
        live = _live_rows(connection, [ids[s] for s, _ in some if s in ids])
        for subject, entries in some:
            unknown.pop(subject, None)
            if subject == REGISTRY_SUBJECT:
                rows = _registry_rows(connection)
            else:
                rows = live.get(ids.get(subject, 0), {})
            if not _rewinds(rows, entries):
                yield "rows", ids.get(subject, 0)
    yield from (("rows", record_id) for record_id in (*unknown.values(), *_without_record(connection)))


_Entries = list[tuple[bytes | None, bytes | None]]


def _entries(connection: Connection) -> Iterator[tuple[bytes, _Entries]]:
    """Each subject with its entries (salt, content), newest first."""
    query = (
        select(history_entry.c.subject, history_content.c.salt, history_content.c.content)
        .join_from(
            history_entry,
            history_content,
            history_entry.c.sequence == history_content.c.sequence,
            isouter=True,
        )
        .order_by(history_entry.c.subject, history_entry.c.sequence.desc())
    )
    rows = connection.execute(query, execution_options={"yield_per": 5000})
    for subject, group in groupby(rows, key=lambda row: row[0]):
        yield subject, [(row[1], row[2]) for row in group]


def _in_batches(subjects: Iterable[tuple[bytes, _Entries]]) -> Iterator[list[tuple[bytes, _Entries]]]:
    some: list[tuple[bytes, _Entries]] = []
    for item in subjects:
        some.append(item)
        if len(some) == _BATCH:
            yield some
            some = []
    if some:
        yield some


def _without_record(connection: Connection) -> Iterator[int]:
    """Records that do not exist and have rows all the same."""
    for table in history_tables():
        column = record_column(table)
        if column is not None and table is not record:
            lost = select(table.c[column]).where(table.c[column].not_in(select(record.c.id))).distinct()
            yield from connection.execute(lost).scalars()


def _live_rows(connection: Connection, record_ids: list[int]) -> dict[int, dict[RowKey, Row]]:
    live: dict[int, dict[RowKey, Row]] = {i: {} for i in record_ids}
    for table in history_tables():
        column = record_column(table)
        if column is not None and record_ids:
            for row in connection.execute(select(table).where(table.c[column].in_(record_ids))).mappings():
                live[row[column]][(table.name, row["id"])] = kept(table, dict(row))
    return live


def _registry_rows(connection: Connection) -> dict[RowKey, Row]:
    tables = [t for t in history_tables() if record_column(t) is None]
    return {(t.name, row["id"]): kept(t, dict(row)) for t in tables for row in connection.execute(select(t)).mappings()}


def _rewinds(live: dict[RowKey, Row], entries: _Entries) -> bool:
    """Whether `_rewind` comes out even; what somebody else wrote there may not even be readable."""
    try:
        return _rewind(live, entries)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _rewind(live: dict[RowKey, Row], entries: _Entries) -> bool:
    """Take the entries back one by one, newest first; True if each fits and nothing is left over."""
    for salt, content in entries:
        if salt is None or content is None:
            return not live  # an erased subject; that it may be, the chain has checked
        _, trail, digest = trails.parse(content)
        for key, pairs in trail.changed.items():
            row = live.get(key)
            if row is None or any(row.get(c) != new for c, (_, new) in pairs.items()):
                return False
            for column, (old, _) in pairs.items():
                row.pop(column, None)
                if old is not None:
                    row[column] = old
        for key, before in trail.deleted.items():
            if key in live:
                return False
            live[key] = dict(before)
        if trail.created:
            if any(key not in live for key in trail.created):
                return False
            if trails.created_digest({key: live.pop(key) for key in trail.created}, salt) != digest:
                return False
    return not live

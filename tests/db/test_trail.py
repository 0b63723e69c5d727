"""What the history keeps is read as it was written, by every later version."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import cycle, islice

import pytest
from sqlalchemy import Table

from db.models import METADATA, history_tables
from db.trail import _COMMON, _TABLES, NewRows, Trail, content, created_digest, kept, parse


def test_what_was_packed_once_is_read_for_ever() -> None:
    packed = bytes.fromhex("833baa09661a3bcc147698222686ff00")
    trail, digest = parse(packed)[1:]
    assert (set(trail.created), digest) == ({("person", 7), ("record", 7)}, b"\x00\xff")
    for wrong in (packed[:-1], packed + b"x", b"{}"):
        with pytest.raises(ValueError, match="packed"):
            parse(wrong)
    assert sha256(_COMMON).hexdigest().startswith("da240bccd1649f52")


def test_what_only_tells_of_new_rows_is_read_for_ever() -> None:
    kept = bytes.fromhex(
        "0692c420db7a59e623ccaf0fa5b902f5cf2c437d822168841c1aafea5d66a9ff13f960399601070007aa756e68656172645f6f6609"
    )
    created: dict[tuple[str, int], dict[str, object]] = {
        ("record", 7): {"number": "A"},
        ("person", 7): {"full_name": "Ana"},
        ("unheard_of", 9): {},
    }
    salt = bytes(16)
    assert content(Trail(created=created), salt, {}) == kept
    note, trail, digest = parse(kept)
    assert (note, set(trail.created), digest) == ({}, set(created), created_digest(created, salt))
    for wrong in (kept[:-1], kept + b"\x00", kept.replace(b"\x00\x07", b"\x7f\x07"), b"\x06", b"\x06\x90"):
        with pytest.raises(ValueError, match=r"no entry|zip"):
            parse(wrong)
    assert sha256(" ".join(_TABLES[:26]).encode()).hexdigest().startswith("c69aeac164f71a02")


def values_like(table: Table) -> Iterator[object]:
    """Values of many kinds, some missing."""
    length = len(table.columns) + 1  # so that each column has each of them in some row
    return cycle(
        islice(cycle([None, "Ana", 7, "", b"\x00\xff", 1 << 40, "\u0643", None, True, 0.5, "x" * 300]), length)
    )


@pytest.mark.parametrize("table", history_tables(), ids=str)
def test_new_rows_by_column_are_kept_as_the_same_bytes(table: Table) -> None:
    values, name, ids, owners = values_like(table), str(table.name), range(120, 180), [7, 8, 9, 7] * 15
    names = [str(c.name) for c in table.columns]
    # All columns, every other one, hardly any: how many have values is told in one byte or in three.
    for step in (1, 2, 3, 20):
        rows = [{column: next(values) for column in names[::step]} | {"id": row_id} for row_id in ids]
        trails: dict[int, Trail] = {}
        for owner, row_id, row in zip(owners, ids, rows, strict=True):
            trails.setdefault(owner, Trail()).create((name, row_id), kept(table, row))
            trails[owner].create(("record", owner), {"number": f"TST-26-{owner:06d}"})
        new = NewRows()
        new.records.update(trails)
        for some in (slice(30, 60), slice(0, 30)):
            columns = {column: [row[column] for row in rows[some]] for column in rows[0]}
            new.add(table, owners[some], ids[some], columns)
        new.add(METADATA.tables["record"], [7, 8, 9], [7, 8, 9], {"number": [f"TST-26-{n:06d}" for n in (7, 8, 9)]})
        assert new.trails() == trails
        kept_now = new.packed()
        assert {owner: kept.content for owner, kept in kept_now.items()} == {
            owner: content(trail, kept_now[owner].salt, {}) for owner, trail in trails.items()
        }

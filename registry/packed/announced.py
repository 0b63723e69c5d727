"""Which records each operation touched, for what is kept in memory beside an open registry."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from db.models import history_entry

#: Where more records than this were touched, everything is read again.
MOST_RECORDS = 20_000
#: So many operations are remembered.
_MOST_BATCHES = 5_000

_guard = threading.Lock()
_batches: WeakKeyDictionary[Engine, dict[int, frozenset[int] | None]] = WeakKeyDictionary()


def note(engine: Engine, batch: int, ids: Collection[int]) -> None:
    """Remember the records that an operation made here touched; `batch` is its number in the history."""
    with _guard:
        known = _batches.setdefault(engine, {})
        known[batch] = frozenset(ids) if len(ids) <= MOST_RECORDS else None
        if len(known) > _MOST_BATCHES:
            del known[next(iter(known))]


def touched(engine: Engine, batches: Iterable[int]) -> frozenset[int] | None:
    """The records that these operations touched; None if that is not known of all, or they are too many."""
    with _guard:
        known = _batches.get(engine, {})
        found = [known.get(batch) for batch in batches]
    if any(ids is None for ids in found):
        return None
    together = frozenset[int]().union(*(ids for ids in found if ids is not None))
    return together if len(together) <= MOST_RECORDS else None


def touched_since(connection: Connection, sequence: int) -> frozenset[int] | None:
    """The records that operations after that number touched, if all of these were made in this program."""
    heads = history_entry.c.sequence == history_entry.c.batch
    batches = select(history_entry.c.batch).where(heads, history_entry.c.batch > sequence)
    return touched(connection.engine, connection.execute(batches).scalars())

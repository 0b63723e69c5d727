"""The order of all people by name, in memory: many who were found are put in order without a look at each of them."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Engine, func, select, tuple_

from db.models import history_entry, person
from db.records import among, listed
from registry.packed import announced

Ids: TypeAlias = npt.NDArray[np.int64]

#: Where more people than this were touched, the order is read again when a list of all is next asked for.
_MOST_MOVED = 200
_NOWHERE = -1


@dataclass(frozen=True)
class NameOrder:
    """The order after one operation.

    Attributes:
        sequence: the number of that operation in the history.
        ids: of everybody, by name.
        places: by id, where somebody stands among them.
    """

    sequence: int
    ids: Ids
    places: npt.NDArray[np.int32]

    @classmethod
    def of(cls, sequence: int, ids: Ids) -> NameOrder:
        """That order of these people."""
        places = np.full(int(ids.max()) + 1 if len(ids) else 0, _NOWHERE, np.int32)
        places[ids] = np.arange(len(ids), dtype=np.int32)
        return cls(sequence, ids, places)

    def people(self, found: array[int]) -> array[int]:
        """Those of `found` that are people."""
        ids = np.asarray(found, np.int64)
        inside = ids[ids < len(self.places)]
        return _as_array(inside[self.places[inside] != _NOWHERE])

    def sorted(self, found: array[int]) -> array[int]:
        """By name those of `found` that are people."""
        return _as_array(self.ids[np.sort(self._places(found))])

    def first(self, found: array[int] | None, offset: int, limit: int, without: Sequence[int]) -> array[int]:
        """Of `found`, None = of everybody, `limit` from `offset` on, as if those `without` were not there."""
        if found is None and not without:
            return _as_array(self.ids[offset : offset + limit])
        last = offset + limit + len(without)
        places = np.arange(min(last, len(self.ids)), dtype=np.int32) if found is None else self._places(found)
        foremost = np.partition(places, last)[:last] if len(places) > last else places
        left = np.setdiff1d(foremost, self._places(without))
        return _as_array(self.ids[left[offset : offset + limit]])

    def _places(self, found: Sequence[int]) -> npt.NDArray[np.int32]:
        ids = np.asarray(found, np.int64)
        places = self.places[ids[ids < len(self.places)]]
        known: npt.NDArray[np.int32] = places[places != _NOWHERE]
        return known

    def moved(self, connection: Connection, sequence: int, touched: Collection[int]) -> NameOrder:
        """The order after another operation, which touched these."""
        known = np.array([i for i in touched if i < len(self.places)], np.int64)
        gone = self.places[known]
        left = NameOrder.of(self.sequence, np.delete(self.ids, gone[gone != _NOWHERE]))
        by_name = (person.c.sort_key, person.c.id)
        rows = connection.execute(select(*by_name).where(among(person.c.id, touched)).order_by(*by_name)).all()
        behind = [left.place_of_next(connection, row, len(rows)) for row in rows]
        ids = np.array([row.id for row in rows], np.int64)
        return NameOrder.of(sequence, np.insert(left.ids, behind, ids) if behind else left.ids)

    def place_of_next(self, connection: Connection, row: tuple[str, int], strangers: int) -> int:
        """Where the next one by name stands, of whom at most so many before may not stand here."""
        by_name = (person.c.sort_key, person.c.id)
        later = select(person.c.id).where(tuple_(*by_name) > tuple_(*row)).order_by(*by_name).limit(strangers)
        places = (self.places[i] for i in connection.execute(later).scalars() if i < len(self.places))
        return int(next((place for place in places if place != _NOWHERE), len(self.ids)))


#: One for each registry of which a list of all was asked for; it goes with its engine.
_OPEN: WeakKeyDictionary[Engine, NameOrder] = WeakKeyDictionary()
_ONE_AT_A_TIME = threading.Lock()


def known_order(connection: Connection) -> NameOrder | None:
    """The order as `connection` sees it, if it is known without reading all names."""
    with _ONE_AT_A_TIME:
        return _renewed(connection)


def everybody(connection: Connection) -> array[int]:
    """All people by name; after this their order is known."""
    with _ONE_AT_A_TIME:
        order = _renewed(connection)
        if order is None:
            ids = listed(connection, select(person.c.id).order_by(person.c.sort_key, person.c.id))
            order = NameOrder.of(_sequence(connection), np.array(ids, np.int64))
            _OPEN[connection.engine] = order
        return _as_array(order.ids)


def _renewed(connection: Connection) -> NameOrder | None:
    order = _OPEN.get(connection.engine)
    if order is None or order.sequence == (sequence := _sequence(connection)):
        return order
    touched = announced.touched_since(connection, order.sequence) if order.sequence < sequence else None
    if touched is None or len(touched) > _MOST_MOVED:
        return None
    order = _OPEN[connection.engine] = order.moved(connection, sequence, touched)
    return order


def _sequence(connection: Connection) -> int:
    return connection.execute(select(func.max(history_entry.c.sequence))).scalar() or 0


def _as_array(ids: Ids) -> array[int]:
    return array("q", ids.tobytes())

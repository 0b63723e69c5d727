"""Counting people in two directions at once: pairs of person and group, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Table, select

from db.models import METADATA, record_column
from registry.context import View
from registry.fields import PEOPLE, Field, by_name
from registry.search.conditions import standing
from registry.skills.dimensions import NOT_KNOWN, Dimension, levels_from

Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Those who are counted.

    Attributes:
        ids: of their records, ascending; each person is known by the place in it.
    """

    ids: Numbers

    @classmethod
    def of(cls, ids: Sequence[int], without: Sequence[int] = ()) -> People:
        """People by their ids, but those in `without`."""
        return cls(np.setdiff1d(np.asarray(ids, np.int64), np.asarray(without, np.int64)))

    def __len__(self) -> int:
        return len(self.ids)

    def count_of(self, ids: Sequence[int]) -> int:
        """How many of `ids`, each once, are among these people."""
        return int(self.places(np.asarray(ids, np.int64))[1].sum())

    def places(self, ids: Numbers) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """The places of `ids`, and which of them are among these people at all."""
        if not len(self):
            return np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
        found = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return found, self.ids[found] == ids


@dataclass(frozen=True)
class Grouped:
    """Who is in which group of a dimension: each pair once, ordered by person.

    Attributes:
        groups: codes of the groups.
        places: of the people.
        numbers: of the groups, beside `places`.
    """

    groups: tuple[str, ...]
    places: Numbers
    numbers: Numbers

    def counts(self) -> dict[str, int]:
        """People by group; groups without anybody are left out."""
        sums = np.bincount(self.numbers, minlength=len(self.groups))
        return {group: int(count) for group, count in zip(self.groups, sums, strict=True) if count}


@dataclass(frozen=True)
class Held:
    """Ids of records and the values that they hold of a field, side by side, as far as they count today."""

    owners: Numbers
    values: Sequence[str]


def held(view: View, field: Field, least: str = "") -> Held:
    """Who holds what; `least` = only values of this CEFR level or better."""
    table, level = METADATA.tables[field.table], by_name(PEOPLE).get(f"{field.name}.level")
    wanted = select(_owner(table), table.c[field.column]).where(table.c[field.column].is_not(None), standing(field))
    if least and level is not None:
        wanted = wanted.where(table.c[level.column].in_(levels_from(least)))
    rows = view.connection.execute(wanted).all()
    return Held(np.fromiter((row[0] for row in rows), np.int64, len(rows)), [row[1] for row in rows])


def grouped(people: People, dimension: Dimension, found: Held, today: str) -> Grouped:
    """The groups of a dimension among `people`, by the values of its field; who has none is "not known"."""
    of_value: dict[str, int] = {}
    groups: dict[str, int] = {NOT_KNOWN: 0}
    for value in set(found.values):
        of_value[value] = groups.setdefault(dimension.group(value, today), len(groups))
    places, here = people.places(found.owners)
    numbers = np.fromiter((of_value[value] for value in found.values), np.int64, len(found.values))
    places, numbers = places[here], numbers[here]
    if dimension.highest:
        places, numbers = _highest(places, numbers, dimension, groups)
    alone = np.ones(len(people), np.bool_)
    alone[places] = False
    without = np.flatnonzero(alone)
    keys = np.concatenate((places, without)) * len(groups)
    keys = np.unique(keys + np.concatenate((numbers, np.zeros(len(without), np.int64))))
    return Grouped(tuple(groups), keys // len(groups), keys % len(groups))


def crossed(people: People, rows: Grouped, columns: Grouped) -> Mapping[tuple[str, str], int]:
    """People by group of `rows` and group of `columns`; pairs without anybody are left out."""
    per_person = np.bincount(columns.places, minlength=len(people))
    first = np.cumsum(per_person) - per_person
    times = per_person[rows.places]
    # Each pair of a row meets every pair of the same person's columns.
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    met = columns.numbers[np.repeat(first[rows.places], times) + within]
    width = len(columns.groups)
    sums = np.bincount(np.repeat(rows.numbers, times) * width + met, minlength=len(rows.groups) * width)
    filled = np.flatnonzero(sums)
    return {(rows.groups[key // width], columns.groups[key % width]): int(sums[key]) for key in filled.tolist()}


def _owner(table: Table) -> ColumnElement[int]:
    return table.c[record_column(table) or "id"]


def _highest(
    places: Numbers, numbers: Numbers, dimension: Dimension, groups: Mapping[str, int]
) -> tuple[Numbers, Numbers]:
    """Of each person only the group that stands highest in its list."""
    ranked = sorted((g for g in groups if g != NOT_KNOWN), key=dimension.vocabulary.codes.index)
    rank_of = np.zeros(len(groups), np.int64)
    for rank, group in enumerate(ranked):
        rank_of[groups[group]] = rank
    order = np.lexsort((rank_of[numbers], places))
    places, numbers = places[order], numbers[order]
    last = np.ones(len(places), np.bool_)
    last[:-1] = places[1:] != places[:-1]
    return places[last], numbers[last]

"""A packed column: what every record holds of a field, as small numbers by record id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from registry.search.folding import fold

#: Whole numbers, as small as they can be.
Numbers: TypeAlias = npt.NDArray[Any]
#: One answer a record, by record id.
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """What records hold of a field: two bytes a record, and six more for each further value of one record.

    Attributes:
        values: what the numbers stand for; number 0 is "", no value at all.
        first: by record id the number of one of its values.
        owners, numbers: the further values of records that have several, by record id, each once.
    """

    values: tuple[str, ...]
    first: Numbers
    owners: Numbers
    numbers: Numbers

    @property
    def size(self) -> int:
        """One more than the largest record id there is room for."""
        return len(self.first)

    def sized(self, size: int) -> Column:
        """The same with room for these records: those beyond have no value."""
        if size == self.size:
            return self
        first = np.zeros(size, self.first.dtype)
        first[: self.size] = self.first[:size]
        inside = self.owners < size
        return Column(self.values, first, self.owners[inside], self.numbers[inside])

    def pairs(self, ids: Numbers) -> set[tuple[int, str]]:
        """What these records hold: a record id and a value each time."""
        ids = ids[ids < self.size]
        here = np.isin(self.owners, ids)
        owners = np.concatenate((ids, self.owners[here])).tolist()
        numbers = np.concatenate((self.first[ids], self.numbers[here])).tolist()
        return {(owner, self.values[number]) for owner, number in zip(owners, numbers, strict=True) if number}

    def having(self, numbers: Sequence[int] | Numbers) -> Mask:
        """Which records have one of these values at least; 0 = those without any."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[np.asarray(numbers, np.int64)] = True
        found = wanted[self.first]
        found[self.owners[wanted[self.numbers]]] = True
        return found

    def counts(self, among: Mask) -> Numbers:
        """How many of these records have each value."""
        sums = np.bincount(self.first[among], minlength=len(self.values))
        if len(self.owners):
            sums += np.bincount(self.numbers[among[self.owners]], minlength=len(self.values))
        return sums

    def grouped(self, group: Callable[[str], str]) -> Column:
        """The same by groups of values; who has several values of a group has it once."""
        numbers_of: dict[str, int] = {"": 0}
        new = [0, *(numbers_of.setdefault(group(value), len(numbers_of)) for value in self.values[1:])]
        groups = tuple(numbers_of)
        lookup = np.asarray(new, smallest(len(groups)))
        first, numbers = lookup[self.first], lookup[self.numbers]
        if 0 in new[1:] and len(numbers):  # values that say nothing, beside some that do
            everywhere = np.concatenate((np.arange(self.size, dtype=np.int32), self.owners))
            return packed(self.size, everywhere, np.concatenate((first, numbers)), groups)
        other = numbers != first[self.owners]
        owners, numbers = _each_once(self.owners[other], numbers[other], len(groups))
        return Column(groups, first, owners, numbers)

    def alike(self, folded: str) -> list[str]:
        """The values with a word that begins like this, folded, and those that differ from it by spaces alone."""
        text, begins, squeezed = self._words
        found = set(squeezed.get(folded.replace(" ", ""), ()))
        place = text.find(f" {folded}")
        while place >= 0:
            number = int(np.searchsorted(begins, place, "right"))
            found.add(self.values[number])
            place = text.find(f" {folded}", int(begins[number]) if number < len(begins) else len(text))
        return list(found)

    @cached_property
    def spellings(self) -> dict[str, list[int]]:
        """Folded text -> the numbers of the values that are it but for their spelling."""
        found: dict[str, list[int]] = {}
        for number, value in enumerate(self.values):
            if number:
                found.setdefault(fold(value) or value, []).append(number)
        return found

    def spelled(self, groups: Iterable[str]) -> dict[str, str]:
        """Of each group of texts, which are folded, the commonest spelling."""
        numbers = {group: self.spellings[group] for group in groups if group in self.spellings}
        return {group: self.values[max(some, key=self.totals.__getitem__)] for group, some in numbers.items()}

    @cached_property
    def totals(self) -> list[int]:
        """How often each value is held at all."""
        sums = np.bincount(self.first, minlength=len(self.values))
        totals: list[int] = (sums + np.bincount(self.numbers, minlength=len(self.values))).tolist()
        return totals

    @cached_property
    def _words(self) -> tuple[str, Numbers, dict[str, list[str]]]:
        """All values folded, one after the other with a space before each; where each begins; and without spaces."""
        folded = [f" {fold(value)}\n" for value in self.values[1:]]
        begins = np.cumsum([0, *map(len, folded)])[:-1]
        squeezed: dict[str, list[str]] = {}
        for value in self.values[1:]:
            squeezed.setdefault(fold(value).replace(" ", ""), []).append(value)
        return "".join(folded), begins, squeezed

    def highest(self, order: Sequence[str]) -> Column:
        """Of each record only the value that stands last in `order`."""
        ranked = ["", *sorted(self.values[1:], key=list(order).index)]
        ranks = np.zeros(len(self.values), smallest(len(ranked)))
        ranks[[self.values.index(value) for value in ranked]] = np.arange(len(ranked))
        best = ranks[self.first]
        np.maximum.at(best, self.owners, ranks[self.numbers])
        return Column(tuple(ranked), best, self.owners[:0], self.numbers[:0])

    def updated(self, changed: Numbers, owners: Sequence[int], values: Sequence[str]) -> Column:
        """The column after records `changed` hold just these values."""
        of_value = {value: number for number, value in enumerate(self.values)}
        numbers = np.fromiter((of_value.setdefault(value, len(of_value)) for value in values), np.int64, len(values))
        size = max(self.size, int(changed.max(initial=-1)) + 1)
        fresh = packed(size, np.asarray(owners, np.int64), numbers, tuple(of_value))
        away = np.zeros(size, np.bool_)
        away[changed] = True
        old = self.sized(size)
        stay = ~away[old.owners]
        all_owners = np.concatenate((old.owners[stay], fresh.owners))
        order = np.argsort(all_owners, kind="stable")
        all_numbers = np.concatenate((old.numbers[stay].astype(fresh.numbers.dtype), fresh.numbers))
        first = np.where(away, fresh.first, old.first).astype(fresh.first.dtype)
        return Column(fresh.values, first, all_owners[order], all_numbers[order])


def packed(size: int, owners: Numbers, numbers: Numbers, values: tuple[str, ...]) -> Column:
    """Pack pairs of a record id and the number of a value, in any order; number 0 says nothing."""
    given = numbers != 0
    owners, numbers = _each_once(owners[given], numbers[given], len(values))
    begins = np.ones(len(owners), np.bool_)
    begins[1:] = owners[1:] != owners[:-1]
    first = np.zeros(size, smallest(len(values)))
    first[owners[begins]] = numbers[begins]
    return Column(values, first, owners[~begins], numbers[~begins])


def crossed(among: Mask, rows: Column, columns: Column) -> dict[tuple[str, str], int]:
    """How many of these records are in a group of `rows` and one of `columns`; pairs without anybody are left out."""
    width = len(columns.values)
    sums = np.zeros(len(rows.values) * width, np.int64)

    def add(down: Numbers, across: Numbers) -> None:
        sums[:] += np.bincount(down.astype(np.int32) * width + across, minlength=len(sums))

    add(rows.first[among], columns.first[among])
    for one, other, turned in ((rows, columns, False), (columns, rows, True)):
        here = among[one.owners]
        pair = (one.numbers[here], other.first[one.owners[here]])
        add(*(reversed(pair) if turned else pair))
    add(*_met(among, rows, columns))
    filled = np.flatnonzero(sums)
    return {(rows.values[key // width], columns.values[key % width]): int(sums[key]) for key in filled.tolist()}


def many(among: Mask) -> int:
    """How many records these are."""
    return int(np.count_nonzero(among))


def _met(among: Mask, rows: Column, columns: Column) -> tuple[Numbers, Numbers]:
    """Each further value of a record in one column beside each of its further values in the other."""
    here = among[rows.owners]
    owners, numbers = rows.owners[here], rows.numbers[here]
    begin = np.searchsorted(columns.owners, owners, "left")
    times = np.searchsorted(columns.owners, owners, "right") - begin
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(numbers, times), columns.numbers[np.repeat(begin, times) + within]


def _each_once(owners: Numbers, numbers: Numbers, many: int) -> tuple[Numbers, Numbers]:
    """Each pair once, by owner, in numbers as small as they can be."""
    keys = np.sort(owners.astype(np.int64) * many + numbers, kind="stable")  # mostly in order already
    other = np.ones(len(keys), np.bool_)
    other[1:] = keys[1:] != keys[:-1]
    keys = keys[other]
    return (keys // many).astype(np.int32), (keys % many).astype(smallest(many))


def smallest(many: int) -> Any:
    """The type of numbers below `many`."""
    return np.uint16 if many <= 1 << 16 else np.uint32


def numbers_in(text: str | None) -> Numbers:
    """The whole numbers of a text, with commas between."""
    return np.fromstring(text, np.int64, sep=",") if text else np.zeros(0, np.int64)


class Numbering(dict[str, int]):
    """Value -> number; a value that is met for the first time gets the next one."""

    def __init__(self) -> None:
        super().__init__({"": 0})

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self)
        return number

    def of(self, values: Iterable[str], count: int) -> Numbers:
        """The numbers of so many values."""
        return np.fromiter(map(self.__getitem__, values), np.int32, count)

"""The packed columns of each open registry: read in pieces when first asked for, after that only what has changed.

They are in memory only, and go with the registry. Which operations a column has seen is told by the history's numbers:
of those made here the records that they touched are known (`announced.py`); of those of another program the history
tells them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import ColumnElement, Engine, Table, and_, func, select

from db.listing import listed
from db.models import METADATA, history_entry, host_fact, record, record_column
from db.records import slices
from registry import additions, kinds, links
from registry.context import View
from registry.fields import PEOPLE, Field, by_name
from registry.i18n import N_, _
from registry.packed import announced
from registry.packed.columns import Column, Mask, Numbering, Numbers, numbers_in, packed
from registry.packed.dimensions import OUTSIDE, Dimension, levels_from
from registry.search.conditions import standing
from registry.search.days import dated
from registry.search.tree import Term, terms

COUNTING = N_("Counting")
#: Rows that are read in one step: between two the work can be stopped.
_PIECE = 20_000
#: So many answers of the store are kept, each a byte a record: whoever chooses facets asks the same again.
_MOST_ANSWERS = 12
#: Seconds after which whoever waits for another reader asks whether it should stop.
_PATIENCE = 0.05
#: Between values that come out of the store as one text; no value has it, kinds of value take control signs out.
_BETWEEN = "\x1f"
#: The kind of each record, held like a field.
_KIND = Field("kind", "record", "kind", kinds.TEXT, "", "")


@dataclass(frozen=True)
class Held:
    """What a column is about: the values of a field; `least` = only those of this CEFR level or better."""

    field: Field
    least: str = ""

    @property
    def table(self) -> Table:
        """Where the values are."""
        return METADATA.tables[self.field.table]

    @property
    def counting(self) -> ColumnElement[bool]:
        """The rows that count today."""
        level = by_name(PEOPLE).get(f"{self.field.name}.level")
        if self.least and level is not None:
            return and_(standing(self.field), self.table.c[level.column].in_(levels_from(self.least)))
        return standing(self.field)

    @property
    def rows(self) -> tuple[str, str]:
        """Columns about the same rows are read together."""
        condition = self.counting.compile()
        return self.field.table, f"{condition} {sorted(map(str, condition.params.values()))}"


@dataclass(frozen=True)
class _Kept:
    """A column as it was after one operation on one day, and what was derived of it."""

    column: Column
    sequence: int
    day: date
    derived: dict[object, Column] = field(default_factory=dict)


@dataclass
class _Reading:
    """Columns of one table that are being read, so far as they are."""

    sequence: int
    day: date
    reached: int = 0
    owners: list[Numbers] = field(default_factory=list)
    numbers: list[list[Numbers]] = field(default_factory=list)
    numberings: list[Numbering] = field(default_factory=list)


@dataclass(frozen=True)
class _Store:
    """What is kept of one open registry."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: dict[Held, _Kept] = field(default_factory=dict)
    readings: dict[tuple[Held, ...], _Reading] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    answers: dict[object, Mask] = field(default_factory=dict)


_stores: WeakKeyDictionary[Engine, _Store] = WeakKeyDictionary()


class Columns:
    """The columns as one view sees them.

    Attributes:
        view: what is looked at.
        size: one more than the largest record id.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self._store = _stores.setdefault(view.connection.engine, _Store())
        self._sequence = view.connection.execute(select(func.max(history_entry.c.sequence))).scalar() or 0
        self._touched: dict[int, Numbers | None] = {}
        self.size = 0
        (self._kinds,) = self._current([Held(_KIND)])
        self.size = self._kinds.column.size

    def of(self, field: Field, least: str = "") -> Column:
        """The values of a field."""
        return self._current([Held(field, least)])[0].column.sized(self.size)

    def fill(self, wanted: Iterable[Field]) -> None:
        """Read these fields if they are not yet: those of one table in one go."""
        self._current([Held(field) for field in wanted])

    def everybody(self, kind: str) -> Mask:
        """All records of a kind."""
        values = self._kinds.column.values
        return self._kinds.column.having([values.index(kind)] if kind in values else [])

    def grouped(self, dimension: Dimension, least: str = "") -> Column:
        """The groups of a dimension, kept as long as nothing that they follow from changes."""
        (kept,) = self._current([Held(dimension.described, least if dimension.leveled else "")])
        # What is known about countries is no matter of records: it can change without any of them.
        facts = self._facts(dimension.hosted) if dimension.hosted else {}
        known = (dimension, additions.current(), tuple(facts.items()))
        if known not in kept.derived:
            kept.derived[known] = self._group(dimension, kept.column, facts)
        return kept.derived[known].sized(self.size)

    def _group(self, dimension: Dimension, column: Column, facts: Mapping[str, str]) -> Column:
        day = self.day.isoformat()
        if dimension.hosted:
            return column.grouped(lambda country: facts.get(country, ""))
        if dimension.highest:
            return column.highest(dimension.vocabulary.codes)
        if dimension.banded:
            band = {value: band for band in dimension.bands() for value in self._dated(column, dimension, band)}
            return column.grouped(lambda value: band.get(value, OUTSIDE))
        return column.grouped(lambda value: dimension.group(value, day)) if dimension.rolls_up else column

    def _facts(self, hosted: str) -> dict[str, str]:
        """Country -> what holds there."""
        about = select(host_fact.c.country, host_fact.c.value).where(host_fact.c.topic == hosted.removeprefix("host."))
        rows = self.view.connection.execute(about.order_by(host_fact.c.country))
        return {row.country: row.value for row in rows}

    def _dated(self, column: Column, dimension: Dimension, band: str) -> Iterable[str]:
        return fitting_dates(self.view, column.values[1:], terms(dimension.node(band, self.day.isoformat())))

    @cached_property
    def day(self) -> date:
        """Today: what counts depends on it."""
        return date.today()

    def once(self, question: Hashable, answer: Callable[[], Mask]) -> Mask:
        """What the store answered to this question, as long as nothing changes."""
        asked, answers = (question, self.view.session, self._sequence, self.day), self._store.answers
        found = answers.get(asked)
        if found is None or len(found) != self.size:
            found = answer()
            with self._store.guard:
                answers[asked] = found
                if len(answers) > _MOST_ANSWERS:
                    del answers[next(iter(answers))]
        return found

    # --- keeping current ----------------------------------------------------------------------------------------

    def _current(self, wanted: Sequence[Held]) -> list[_Kept]:
        """These columns, at least as new as the view."""
        with self._waiting():
            kept = self._store.kept
            missing = [held for held in wanted if not self._renewed(held)]
            for _rows, some in groupby(sorted(missing, key=lambda held: held.rows), key=lambda held: held.rows):
                self._read(tuple(some))
            return [kept[held] for held in wanted]

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Alone with the store; whoever waits can be told to stop."""
        while not self._store.lock.acquire(timeout=_PATIENCE):
            self.view.progress.step(0, 0, _(COUNTING))
        try:
            yield
        finally:
            self._store.lock.release()

    def _renewed(self, held: Held) -> bool:
        """Whether the column is there and current, after reading what changed; False = all of it is to be read."""
        kept = self._store.kept.get(held)
        if kept is None or kept.day != self.day:
            return False
        if kept.sequence >= self._sequence:
            return True
        changed = self._changed_since(kept.sequence)
        if changed is None or (held.field is _KIND and not self._made_here(kept.sequence)):
            return False
        owners: list[int] = []
        values: list[str] = []
        for some in slices(changed.tolist()):
            found, texts = self._values([held], _owner(held.table).in_(some))
            owners += found.tolist()
            values += texts[0]
        column, derived = kept.column, kept.derived
        if column.pairs(changed) != {(owner, value) for owner, value in zip(owners, values, strict=True) if value}:
            column, derived = column.updated(changed, owners, values), {}
        column = column.sized(max(column.size, self.size))
        self._store.kept[held] = _Kept(column, self._sequence, self.day, derived)
        return True

    def _changed_since(self, sequence: int) -> Numbers | None:
        """Records touched since, so far as they exist; None = too many, or nobody knows."""
        if sequence not in self._touched:
            ids: Iterable[int] | None = self._made_here(sequence)
            if ids is None:
                since = history_entry.c.sequence > sequence
                if self._sequence - sequence <= announced.MOST_RECORDS:
                    subjects = select(history_entry.c.subject).where(since)
                    touched = select(record.c.id).where(record.c.subject.in_(subjects))
                    ids = self.view.connection.execute(touched).scalars()
            self._touched[sequence] = None if ids is None else np.asarray(sorted(ids), np.int64)
        return self._touched[sequence]

    def _made_here(self, sequence: int) -> frozenset[int] | None:
        """What operations since then touched, if all were announced in this program."""
        return announced.touched_since(self.view.connection, sequence)

    # --- reading ------------------------------------------------------------------------------------------------

    def _read(self, some: tuple[Held, ...]) -> None:
        """Read columns of one table whole, or go on where the reading was stopped."""
        reading = self._store.readings.get(some)
        if reading is None or (reading.sequence, reading.day) != (self._sequence, self.day):
            reading = self._store.readings[some] = _Reading(self._sequence, self.day)
            reading.numberings, reading.numbers = [Numbering() for _held in some], [[] for _held in some]
        size, rows = (self._largest(table) + 1 for table in (record, some[0].table))
        row = some[0].table.c.id
        while reading.reached < rows or not reading.owners:
            self.view.progress.step(reading.reached, rows, _(COUNTING))
            begin, end = reading.reached, reading.reached + _PIECE
            owners, texts = self._values(some, and_(row >= begin, row < end))
            reading.owners.append(owners)
            for numbers, numbering, values in zip(reading.numbers, reading.numberings, texts, strict=True):
                numbers.append(numbering.of(values, len(owners)))
            reading.reached = end
        all_owners = np.concatenate(reading.owners)
        for held, numbers, numbering in zip(some, reading.numbers, reading.numberings, strict=True):
            column = packed(size, all_owners, np.concatenate(numbers), tuple(numbering))
            self._store.kept[held] = _Kept(column, self._sequence, self.day)
        del self._store.readings[some]

    def _largest(self, table: Table) -> int:
        """The largest id of its rows."""
        return int(self.view.connection.execute(select(func.max(table.c.id))).scalar() or 0)

    def _values(self, some: Sequence[Held], condition: ColumnElement[bool]) -> tuple[Numbers, list[list[str]]]:
        """Ids of records, and beside them what they hold of each field; "" = nothing.

        The store joins them to a few long texts: a row each would take it, and all others meanwhile, ten times as long.
        """
        said = (func.coalesce(links.said(held.field), "") for held in some)
        texts = [func.aggregate_strings(func.replace(value, _BETWEEN, " "), _BETWEEN) for value in said]
        owners = func.aggregate_strings(_owner(some[0].table), ",")
        chosen = select(owners, *texts).where(some[0].counting, condition)
        ids, *values = self.view.connection.execute(chosen).one()
        return numbers_in(ids), [value.split(_BETWEEN) if value is not None else [] for value in values]


def fitting_dates(view: View, dates: Sequence[str], asked: Iterable[Term]) -> list[str]:
    """Those of these dates that are as a query asks for; raises `Invalid` for a text that is none."""
    terms = tuple(asked)
    return those_like(view, dates, lambda value: and_(*(dated(value, term.operator, term.value) for term in terms)))


def those_like(
    view: View, texts: Sequence[str], like: Callable[[ColumnElement[Any]], ColumnElement[bool]]
) -> list[str]:
    """Those of these texts for which a condition holds, as the store understands it."""
    value = listed(texts)
    found = view.connection.execute(select(func.aggregate_strings(value, _BETWEEN)).where(like(value))).scalar_one()
    return found.split(_BETWEEN) if found is not None else []


def _owner(table: Table) -> ColumnElement[int]:
    return table.c[record_column(table) or "id"]

"""How many records have each value of a field, counted once and kept until anything in the register changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, func, select

from db.models import history_entry
from registry import additions
from registry.context import View
from registry.fields import Field
from registry.packed.columns import Column, many
from registry.packed.store import Columns, those_like
from registry.search.folding import fold

Answer = TypeVar("Answer")
#: So many answers are kept; whoever types on needs the last few.
_MOST = 500


@dataclass(frozen=True)
class _Kept:
    """Answers of one state of the register."""

    state: tuple[object, ...]
    answers: dict[object, Any] = field(default_factory=dict)


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def once(view: View, question: object, compute: Callable[[], Answer]) -> Answer:
    """What `compute` gives, computed once for each state of the register: every change lengthens its history."""
    last = view.connection.execute(select(func.max(history_entry.c.sequence))).scalar()
    # What counts depends on the day, and what can be asked on the fields that the registry adds.
    state = (last, date.today(), additions.current())
    kept = _kept.get(view.connection.engine)
    if kept is None or kept.state != state or len(kept.answers) >= _MOST:
        kept = _kept[view.connection.engine] = _Kept(state)
    if question not in kept.answers:
        kept.answers[question] = compute()
    found: Answer = kept.answers[question]
    return found


@dataclass(frozen=True)
class Counts:
    """The values of one field among the records of one kind.

    Attributes:
        letters: only so many at the beginning of each value; 0 = all.
    """

    view: View
    kind: str
    field: Field
    letters: int = 0

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.view)

    @cached_property
    def _column(self) -> Column:
        column = self._columns.of(self.field)
        return column.grouped(lambda value: value[: self.letters]) if self.letters else column

    def _once(self, what: str, compute: Callable[[], Answer]) -> Answer:
        return once(self.view, (what, self.kind, self.field.name, self.letters), compute)

    @cached_property
    def held(self) -> Mapping[str, int]:
        """Value -> how many records have it."""

        def count() -> dict[str, int]:
            sums = self._column.counts(self._columns.everybody(self.kind)).tolist()
            held = zip(self._column.values[1:], sums[1:], strict=True)
            return {value: many for value, many in held if many}

        return self._once("held", count)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Value -> its folded words, with a space before each."""
        return self._once("words", lambda: {value: f" {fold(value)}" for value in self.held})

    def having(self, values: Collection[str]) -> int:
        """How many records have one of these values at least; who has several counts once."""
        if len(values) < 2:
            return sum(self.held.get(value, 0) for value in values)
        asked = frozenset(values)
        return self._having([number for number, value in enumerate(self._column.values) if value in asked])

    def _having(self, numbers: Sequence[int]) -> int:
        return many(self._columns.everybody(self.kind) & self._column.having(numbers))

    def comparing(self, conditions: Sequence[Callable[[ColumnElement[Any]], ColumnElement[bool]]]) -> list[int]:
        """For each condition on a value how many records have one like it."""
        numbers = {value: number for number, value in enumerate(self._column.values)}
        alike = (those_like(self.view, self._column.values[1:], like) for like in conditions)
        return [self._having([numbers[value] for value in values]) for values in alike]

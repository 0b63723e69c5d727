"""How many records have each value of a field, counted once and kept until anything in the register changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, Table, case, distinct, func, select, true

from db.models import METADATA, history_entry, record_column
from registry import additions, fields, links
from registry.context import View
from registry.fields import SINGLE, Field
from registry.search.conditions import own_table, standing
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

    @property
    def _table(self) -> Table:
        return METADATA.tables[self.field.table]

    @property
    def _owner(self) -> ColumnElement[int]:
        return self._table.c[record_column(self._table) or "id"]

    @property
    def _repeats(self) -> bool:
        return self.field.table not in SINGLE

    @cached_property
    def _rows(self) -> ColumnElement[bool]:
        """The rows that count; people and associations have rows in some tables both."""
        shared = all(any(f.table == self.field.table for f in fields.of(kind)) for kind in fields.KINDS)
        of_kind = self._owner.in_(select(own_table(self.kind).c.id)) if shared else true()
        return links.said(self.field).is_not(None) & standing(self.field) & of_kind

    def _once(self, what: str, compute: Callable[[], Answer]) -> Answer:
        return once(self.view, (what, self.kind, self.field.name, self.letters), compute)

    @cached_property
    def held(self) -> Mapping[str, int]:
        """Value -> how many records have it."""

        def count() -> dict[str, int]:
            value = links.said(self.field)
            value = func.substr(value, 1, self.letters) if self.letters else value
            many = func.count(distinct(self._owner)) if self._repeats else func.count()
            chosen = select(value, many).where(self._rows).group_by(value)
            return {str(value): int(count) for value, count in self.view.connection.execute(chosen)}

        return self._once("held", count)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Value -> its folded words, with a space before each."""
        return self._once("words", lambda: {value: f" {fold(value)}" for value in self.held})

    @cached_property
    def _several(self) -> tuple[frozenset[str], ...]:
        """The values of each record that has more than one."""

        def find() -> tuple[frozenset[str], ...]:
            value = links.said(self.field)
            many = select(self._owner).where(self._rows).group_by(self._owner).having(func.count() > 1)
            chosen = select(self._owner, value).where(self._rows, self._owner.in_(many))
            values: dict[int, set[str]] = {}
            for owner, one in self.view.connection.execute(chosen):
                values.setdefault(owner, set()).add(str(one))
            return tuple(frozenset(some) for some in values.values() if len(some) > 1)

        return self._once("several", find) if self._repeats else ()

    def having(self, values: Collection[str]) -> int:
        """How many records have one of these values at least; who has several counts once."""
        total = sum(self.held.get(value, 0) for value in values)
        if len(values) < 2 or not total:
            return total
        chosen = frozenset(values)
        return total - sum(max(0, len(some & chosen) - 1) for some in self._several)

    def comparing(self, conditions: Sequence[Callable[[ColumnElement[Any]], ColumnElement[bool]]]) -> list[int]:
        """For each condition on a value how many records have one like it; all in one look at the rows."""
        value = links.said(self.field).label("value")
        if self._repeats:
            rows = select(self._owner.label("owner"), value).where(self._rows).distinct().subquery()
            sums: list[ColumnElement[int]] = [
                func.count(distinct(case((like(rows.c.value), rows.c.owner)))) for like in conditions
            ]
        else:
            rows = select(value, func.count().label("many")).where(self._rows).group_by(value).subquery()
            sums = [func.coalesce(func.sum(case((like(rows.c.value), rows.c.many))), 0) for like in conditions]
        return [int(many) for many in self.view.connection.execute(select(*sums)).one()] if sums else []

"""Further rows of what an earlier row is about: all make one record, and each shows what it adds to that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from registry import fields
from registry.consents import is_refusal
from registry.drafts import Problem
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.transfer.planning import plan as outcomes
from registry.transfer.planning.candidates import Candidates, Row
from registry.transfer.planning.comparing import Change, compare, drafted
from registry.transfer.planning.lookup import TraitReader
from registry.transfer.planning.plan import CellProblem, Entry, Plan
from registry.values import Called, Coded, Unread, Value

SAME_AS_RECORD = N_("Record {number} says the same.")
SAME_AS_ROW = N_("Row {row} says the same.")
NOTHING_EMPTY = N_("Record {number} is known; it has no empty field that this row fills.")
ROW_OF_PERSON = N_("Row {row} is the same person; what this row says is taken in with it.")


class FurtherRows:
    """Adds rows to the entry of the first row of their record."""

    def __init__(
        self,
        connection: Connection,
        plan: Plan,
        candidates: Candidates,
        traits: TraitReader,
        headers: Mapping[str, str],
    ) -> None:
        """`headers`: numbered canonical name -> header of the column it comes from."""
        self._connection = connection
        self._plan = plan
        self._candidates = candidates
        self._traits = traits
        self._headers = headers

    def tell(self, row: Row, problems: Iterable[Problem]) -> None:
        """Note what of a row cannot stand beside other values of its record."""
        headers = self._headers
        self._plan.problems.extend(CellProblem(row.number, headers.get(p.field, p.field), p.reason) for p in problems)

    def of_person(self, row: Row, first: Entry) -> Entry:
        """A further row of a person whose first row says all that it says."""
        words: dict[str, object] = {"row": first.row}
        if first.outcome == outcomes.SKIPPED:
            return Entry(row.number, outcomes.SKIPPED, row.traits.name, reason=first.reason, words=first.words)
        if not row.adds:
            return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=SAME_AS_ROW, words=words)
        said = [
            Change(name, "", _text(value))
            for name, value in zip(self._plan.names, row.values, strict=True)
            if value is not None and fields.by_name(self._plan.kind)[fields.split(name)[0]].repeats
        ]
        if first.outcome != outcomes.CREATED:
            # Some of it the record has already, or keeps at another place.
            added = {(fields.split(change.field)[0], change.new) for change in said}
            said = [c for c in first.changes if (fields.split(c.field)[0], c.new) in added]
        if not said:
            return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=ROW_OF_PERSON, words=words)
        return _with(first, row, ROW_OF_PERSON, words, tuple(said))

    def add(self, row: Row, first: Entry, *, fill: bool, reason: str, evidence: str = "") -> Entry:
        """A row whose values join those of the first one.

        Args:
            fill: whether the values of the first row stay where both say something.
            reason, evidence: why they are one record, as catalogue messages.
        """
        words: dict[str, object] = {"row": first.row}
        pairs = list(zip(first.values, row.values, strict=True))
        merged = self._plan.reader.merged(
            (old or new) if fill and not is_refusal(name, new) else (new or old)
            for name, (old, new) in zip(self._plan.names, pairs, strict=True)
        )
        parts = zip(self._plan.names, merged, pairs, strict=True)
        self.tell(row, (Problem(name, v.reason) for name, v, pair in parts if type(v) is Unread and v not in pair))
        if merged == first.values:
            return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=SAME_AS_ROW, words=words)
        changes = self._of_record(row, first, merged) if first.target else self._of_new(first, merged)
        if not changes:
            same = NOTHING_EMPTY if first.fill else SAME_AS_RECORD
            known = {"number": self._candidates.number(first.target)}
            return Entry(row.number, outcomes.UNCHANGED, row.traits.name, reason=same, words=known)
        first.values = merged
        if evidence:
            words["evidence"] = evidence
        return _with(first, row, reason, words, changes)

    def changes(self, entry: Entry, values: tuple[Value, ...]) -> tuple[tuple[Change, ...], list[Problem]]:
        """What an entry with these values would change of its record, and what it could not."""
        existing = self._candidates.known[entry.target]
        draft = drafted(self._connection, self._plan.reader, values, existing)
        news, changes = compare(self._plan.kind, draft, existing, fill=entry.fill)
        return changes, news.problems[len(draft.problems) :]

    def _of_record(self, row: Row, first: Entry, merged: tuple[Value, ...]) -> tuple[Change, ...]:
        """What a record becomes by the row after it became what the rows before say."""
        (before, known), (after, problems) = (self.changes(first, values) for values in (first.values, merged))
        self.tell(row, (problem for problem in problems if problem not in known))
        was, becomes = ({change.field: change for change in changes} for changes in (before, after))
        changed = [
            Change(name, was[name].new if name in was else change.old, change.new)
            for name, change in becomes.items()
            if name not in was or was[name].new != change.new
        ]
        back = [Change(name, change.new, change.old) for name, change in was.items() if name not in becomes]
        return (*changed, *back)

    def _of_new(self, first: Entry, merged: tuple[Value, ...]) -> tuple[Change, ...]:
        changes = tuple(
            Change(name, _text(old), _text(new))
            for name, old, new in zip(self._plan.names, first.values, merged, strict=True)
            if old != new
        )
        if self._plan.kind != PEOPLE or "full_name" in self._plan.names:
            return changes
        old, new = (self._traits.read(values).name for values in (first.values, merged))
        return (*changes, Change("full_name", old, new)) if old != new else changes


def _with(first: Entry, row: Row, reason: str, words: dict[str, object], changes: tuple[Change, ...]) -> Entry:
    """A row whose values are written with those of an earlier one."""
    made = Entry(row.number, outcomes.UPDATED, row.traits.name, reason=reason, words=words, changes=changes)
    made.first = first.first or first.row
    return made


def _text(value: Value) -> str:
    if isinstance(value, Called):
        return value.e164
    if isinstance(value, Coded):
        return value.code
    if isinstance(value, Unread):
        return value.text
    return value or ""

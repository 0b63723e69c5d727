"""What an import would do, row by row: made once, shown, saved as a report, then carried out exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from registry import fields
from registry.drafts import DraftReader
from registry.i18n import N_, _
from registry.matching.few import Pair
from registry.search.folding import fold
from registry.transfer.columns.mapping import Match
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW, ImportOptions
from registry.transfer.planning import naming
from registry.transfer.planning.comparing import Change
from registry.values import Value

CREATED, UPDATED, UNCHANGED, SKIPPED, REJECTED = "created", "updated", "unchanged", "skipped", "rejected"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, SKIPPED, REJECTED)
FROM_FORM = N_("From “{file}”.")
LEFT_OUT = N_("You left this row out.")
SAME_BY_YOU = N_("You said that this is record {number}; its empty fields are filled.")
SAME_TOO_BY_YOU = N_("You said that this is the record of row {row} too; what is empty there is filled.")
NEW_BY_YOU = N_("You said that this is somebody new.")
GONE = N_(
    "Row {row}: the record that you said it is was taken out, or became part of another, since; the row is taken like "
    "those of which nothing was decided."
)

_BY_YOU = {LEAVE_OUT: (SKIPPED, LEFT_OUT), SOMEBODY_NEW: (CREATED, NEW_BY_YOU)}


@dataclass(frozen=True)
class CellProblem:
    """A value that was kept as raw text, or could not be read at all.

    Attributes:
        row: number in the sheet, counted from 1.
        column: header.
        reason: a sentence in the language of the user who planned.
    """

    row: int
    column: str
    reason: str


class Remark(NamedTuple):
    """What to mind about a value, or about one that is missing, of a row that is taken in all the same.

    Attributes:
        row: number in the sheet, counted from 1.
        part: canonical name of what is wrong or missing, without number.
        missing: whether it is missing.
        reason: a sentence in the language of the user who planned.
    """

    row: int
    part: str
    missing: bool
    reason: str


@dataclass(slots=True)
class Entry:
    """One row of the file and what becomes of it; small, for there may be many.

    Attributes:
        row: number in the sheet, counted from 1.
        outcome: one of `OUTCOMES`.
        name: what the record is called.
        values: what the row says, by the plan's names; () when nothing will be written from it.
        reason: catalogue message, with `words`.
        target, version: the record to change, as it was when the plan was made.
        fill: whether only its empty fields are filled.
        review: whether the pair with a likely duplicate is to be looked at.
        alike, shared: the record, or with a minus the row, that it probably repeats, and what both share.
        kept_name: the full name that stays although its parts change; "" if it follows.
        first: row whose entry carries what this one says too; 0 = none.
    """

    row: int
    outcome: str
    name: str
    values: tuple[Value, ...] = ()
    reason: str = ""
    words: Mapping[str, object] | None = None
    target: int = 0
    version: int = 0
    fill: bool = False
    review: bool = False
    alike: int = 0
    shared: str = ""
    changes: tuple[Change, ...] = ()
    kept_name: str = ""
    first: int = 0


@dataclass(frozen=True)
class PlanRow:
    """One row as it is shown.

    Attributes:
        row: number in the sheet, counted from 1.
        outcome: one of `OUTCOMES`.
        reason: why, in the current language; "" when there is nothing to explain.
        changes: old and new values of an update, as they are kept.
        review: whether it is a likely duplicate to be looked at.
        alike: id of the record that it may be; 0 = of none.
    """

    row: int
    outcome: str
    name: str
    reason: str
    changes: tuple[Change, ...]
    review: bool
    alike: int = 0


@dataclass
class Plan:
    """A plan for one file.

    Attributes:
        file: its name without folder.
        sha256: of its bytes, as hex.
        kind: "people" or "associations".
        sheet, header_row: where the list stands.
        matches: one a column.
        names: canonical names of the entries' values.
        entries: one a row below the header that isn't blank.
        problems, warnings: what the user should know.
        remarks: what to mind about values that are taken in as they are.
        pairs: rows (by their number, below 0) and records that may be one, to be queued.
        texts: canonical name -> text in the file -> text that is read instead.
        dates: header -> "dmy" or "mdy", where somebody chose how dates are read, now or before.
        forms: number of a row -> name of the filled form that it was read from, of an archive.
        told: place of an entry -> what becomes of the row by what was decided since; the plan is to be made anew
            before it is carried out.
        head: sequence of the history's last entry when the plan was made.
        newest: id of the record that came last before the plan was made.
        seconds: how long planning took.
    """

    file: str
    sha256: str
    kind: str
    sheet: str
    header_row: int
    matches: Sequence[Match]
    names: Sequence[str]
    options: ImportOptions
    reader: DraftReader
    entries: list[Entry] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[int, str] = field(default_factory=dict)
    told: dict[int, Entry] = field(default_factory=dict)
    head: int = 0
    newest: int = 0
    seconds: float = 0.0

    @cached_property
    def _made(self) -> Mapping[str, int]:
        found = dict.fromkeys(OUTCOMES, 0)
        for entry in self.entries:
            found[entry.outcome] += 1
        return found

    @property
    def counts(self) -> Mapping[str, int]:
        """Outcome -> number of rows; all five add up to the rows."""
        found = dict(self._made)
        for place, entry in self.told.items():
            found[self.entries[place].outcome] -= 1
            found[entry.outcome] += 1
        return found

    @property
    def review(self) -> int:
        """Number of likely duplicates to be looked at."""
        return len(self.places("review"))

    @property
    def mapping(self) -> dict[str, str]:
        """Header -> canonical name; several, with commas, for a cell that holds several values."""
        return {m.header: ", ".join(m.targets) for m in self.matches if m.targets}

    @property
    def unmapped(self) -> list[str]:
        """Headers of columns that are not taken in."""
        return [m.header for m in self.matches if not m.targets]

    def places(self, outcome: str = "", wanted: str = "") -> Sequence[int]:
        """Places of entries, in their order.

        Args:
            outcome: only these; "" = all, "review" = likely duplicates.
            wanted: only rows that have this number, or the text in the name, the reason or a value that changes.
        """
        if text := fold(wanted):
            return [place for place in self.places(outcome) if self._has(self.entry(place), text)]
        if not outcome:
            return range(len(self.entries))
        entries = ((i, self.told.get(i, e)) for i, e in enumerate(self.entries))
        return [i for i, e in entries if (e.review if outcome == "review" else e.outcome == outcome)]

    def place(self, row: int) -> int:
        """Place of the entry of a row, by its number in the sheet."""
        return bisect_left(self.entries, row, key=lambda entry: entry.row)

    def entry(self, place: int) -> Entry:
        """What becomes of a row, by what was decided since too."""
        return self.told.get(place) or self.entries[place]

    def tell(self, place: int, found: Entry, what: int | None) -> None:
        """Show what becomes of a row by what the officer decides.

        Args:
            found: its entry when nothing was decided.
            what: see `ImportOptions.rows`; None = nothing any more.
        """
        if what == self.options.rows.get(found.row):
            self.told.pop(place, None)
        elif what is None:
            self.told[place] = found
        else:
            outcome, reason = _BY_YOU.get(what, (UPDATED, SAME_BY_YOU))
            self.told[place] = replace(found, outcome=outcome, reason=reason, review=False, changes=(), kept_name="")

    def rows(self, outcome: str = "", wanted: str = "") -> Iterator[PlanRow]:
        """Rows as they are shown: all of them, or those at the `places` that have this."""
        return (self.row(self.entry(place)) for place in self.places(outcome, wanted))

    def row(self, entry: Entry) -> PlanRow:
        """One entry in words."""
        words = {k: _(str(v)) if k == "evidence" else v for k, v in (entry.words or {}).items()}
        reason = _(entry.reason, **words) if entry.reason else ""
        if entry.kept_name:
            reason = f"{reason} {_(naming.STAYS, name=entry.kept_name)}".strip()
        if entry.row in self.forms:
            reason = f"{_(FROM_FORM, file=self.forms[entry.row])} {reason}".strip()
        return PlanRow(entry.row, entry.outcome, entry.name, reason, entry.changes, entry.review, max(entry.alike, 0))

    def show(self, change: Change) -> tuple[str, str, str]:
        """Label, old and new value of a change in the reader's words."""
        found = fields.find(self.kind, change.field)
        if found is None:
            return change.field, change.old, change.new
        old, new = (found[0].show(v) if v else "" for v in (change.old, change.new))
        return fields.title(self.kind, change.field), old, new

    def _has(self, entry: Entry, text: str) -> bool:
        """Whether an entry has a folded text, or is the row of that number."""
        if text == str(entry.row) or text in fold(entry.name):
            return True
        shown = self.row(entry)
        return text in fold(shown.reason) or any(text in fold(said) for c in entry.changes for said in self.show(c))

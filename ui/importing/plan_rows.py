"""The rows of a plan as the officer looks at them, and the columns of their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, overload

from registry.formats import number
from registry.i18n import _, ngettext
from registry.transfer.planning.plan import CellProblem, PlanRow
from ui.importing.intake import OUTCOME_WORDS
from ui.widgets.rows import Column

if TYPE_CHECKING:
    from registry.transfer.planning.plan import Plan

DECIDED = "decided"


class PlanRows(Sequence[PlanRow]):
    """The rows of a plan, each made when it is looked at: there may be a million.

    What is decided of one is seen in it at once, but it stays where it is.
    """

    def __init__(self, plan: Plan, decided: Mapping[int, int], outcome: str, wanted: str = "") -> None:
        """`outcome`: see `Plan.places`, or `DECIDED` = those that are among the `decided` rows."""
        self.plan, self.outcome, self.wanted = plan, outcome, wanted
        self._places = plan.places("" if outcome == DECIDED else outcome, wanted)
        if outcome == DECIDED:
            self._places = [place for place in self._places if plan.entries[place].row in decided]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> PlanRow: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[PlanRow]: ...

    def __getitem__(self, place: int | slice) -> PlanRow | Sequence[PlanRow]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.plan.row(self.plan.entry(self._places[place]))


def row_columns(decided: Mapping[int, int]) -> list[Column[PlanRow]]:
    """The columns of the table of rows; what the officer `decided` is marked as the officer's word."""

    def look(shown: PlanRow) -> tuple[str, str, str]:
        words, icon, role = OUTCOME_WORDS[shown.outcome]
        return (words, *OUTCOME_WORDS[DECIDED][1:]) if shown.row in decided else (words, icon, role)

    return [
        Column(_("Row"), lambda r: number(r.row), width=70, number=True),
        Column(_("What happens"), lambda r: _(look(r)[0]), lambda r: look(r)[1], lambda r: look(r)[2], width=150),
        Column(_("Name"), lambda r: r.name, width=230),
        Column(_("Why"), why),
    ]


def why(shown: PlanRow) -> str:
    """Why a row becomes what it does, in the current language."""
    if shown.reason:
        return shown.reason
    if shown.changes:
        return ngettext("{count} value changes", "{count} values change", len(shown.changes))
    return _("Nobody like this is in the register yet") if shown.outcome == "created" else ""


def problem_columns() -> list[Column[CellProblem]]:
    """The columns of the table of values that could not be read."""
    return [
        Column(_("Row"), lambda p: number(p.row), width=70, number=True),
        Column(_("Column in the file"), lambda p: p.column, width=220),
        Column(_("Why it was kept as it is written"), lambda p: p.reason),
    ]

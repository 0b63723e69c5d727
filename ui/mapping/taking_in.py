"""A list is taken in: first what would become of each of its rows, then that as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from registry import formats, vocabularies
from registry.changes import Outcome
from registry.commands import Command, ImportEstimates, ImportPosts
from registry.coverage.estimates import Estimate
from registry.coverage.found import LeftOut
from registry.coverage.planning import CHANGED, NEW, UNCHANGED, EstimatePlan, PlannedEstimate
from registry.errors import RegistryError
from registry.i18n import N_, _
from registry.posts.planning import PlannedPost, PostPlan
from registry.queries import PlanEstimates, PlanPosts, Query
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner, Counts

Plan = TypeVar("Plan", bound=EstimatePlan | PostPlan)

LEFT_OUT = "left_out"
#: What becomes of a row: words, icon, colour.
OUTCOMES = {
    NEW: (N_("New"), "add_circle", "success"),
    CHANGED: (N_("Changed"), "edit", "warning"),
    UNCHANGED: (N_("Unchanged"), "check", "quiet"),
    LEFT_OUT: (N_("Left out"), "do_not_disturb_on", "quiet"),
}


@dataclass(frozen=True)
class PlannedRow:
    """One row of the file as the table shows it.

    Attributes:
        number: of the row.
        outcome: a key of `OUTCOMES`.
        said: what changes, or why it is left out.
    """

    number: int
    text: str
    outcome: str
    said: str


@dataclass(frozen=True)
class Reading(Generic[Plan]):
    """How a file is planned, what is done with the plan, and the rows that it takes in."""

    planning: Callable[[], Query[Plan]]
    doing: Callable[[Plan], Command[Plan]]
    rows: Callable[[Plan], Sequence[PlannedRow]]


class TakingIn(Dialog, Generic[Plan]):
    """What a file holds and what would become of it; the main button does it."""

    def __init__(
        self, desk: Desk, title: str, path: Path, reading: Reading[Plan], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, width=760)
        self._reading = reading
        self.desk, self.path = desk, path
        self.plan: Plan | None = None
        self.body.addWidget(label(path.name, "quiet", wrap=True))
        self.ask()
        self.trouble = Banner()
        self.body.addWidget(self.trouble)
        self.counts = Counts()
        self.body.addWidget(self.counts)
        self._stack, self._state = QStackedWidget(), EmptyState()
        self.table: Rows[PlannedRow] = Rows(_("Rows of the file"), _columns())
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self._stack.setMinimumHeight(280)
        self.body.addWidget(self._stack, 1)
        self.add_cancel()
        self.main = self.add_main(_("Take in"))
        self.main.clicked.connect(self.take)
        self.read()

    def ask(self) -> None:
        """What is asked beside the file: nothing."""

    def read(self) -> None:
        """Plan anew."""
        self.main.setEnabled(False)
        self._stack.setCurrentWidget(self._state)
        self._state.show_state("hourglass_empty", _("One moment…"), _("The file is being read."))
        self.desk.read(self._reading.planning(), self._show, self._refuse, key=("taking in", id(self)))

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self.trouble.say("", "danger")
        counts = {action: plan.count(action) for action in (NEW, CHANGED, UNCHANGED)} | {LEFT_OUT: len(plan.left_out)}
        self.counts.show_counts(
            [(count, _(OUTCOMES[code][0]), *OUTCOMES[code][1:]) for code, count in counts.items() if count]
        )
        left = [PlannedRow(one.row, one.text, LEFT_OUT, _said(one)) for one in plan.left_out]
        ranks = {CHANGED: 0, NEW: 1, LEFT_OUT: 2, UNCHANGED: 3}
        rows = sorted((*self._reading.rows(plan), *left), key=lambda row: (ranks[row.outcome], row.number))
        self.table.show_things(rows)
        self._stack.setCurrentWidget(self.table)
        changing = counts[NEW] + counts[CHANGED]
        self.main.setText(_("Take in {count}", count=formats.number(changing)) if changing else _("Take in"))
        self.main.setEnabled(changing > 0)
        if not changing:
            self.trouble.say(_("There is nothing new in this file."), "notice")

    def _refuse(self, error: RegistryError) -> None:
        self.plan = None
        self.counts.show_counts([])
        self.trouble.say(str(error), "danger")
        self._state.show_state("error", _("Nothing can be taken in"), "")

    def take(self) -> None:
        """Do what the plan says."""
        if self.plan is not None:
            self.main.setEnabled(False)
            self.desk.execute(self._reading.doing(self.plan), self._done, self._refuse, title=_("Taking the file in"))

    def _done(self, outcome: Outcome[Plan]) -> None:
        plan = outcome.value
        said = _("{new} new, {changed} changed.", new=plan.count(NEW), changed=plan.count(CHANGED))
        self.desk.say(said, "success", (_("Undo"), self.desk.undo))
        self.accept()


class TakingInEstimates(TakingIn[EstimatePlan]):
    """A file of estimates: whose people a table by origin counts, and the source of rows that name none."""

    def __init__(self, desk: Desk, path: Path, home: str, parent: QWidget | None = None) -> None:
        self._home = home
        reading = Reading(self._planning, ImportEstimates, _estimates)
        super().__init__(desk, _("Import estimates"), path, reading, parent)

    def ask(self) -> None:
        """Origin and source; another answer plans the file anew."""
        self.origin = CodeBox("country", _("Whose people a table by origin counts"), self._home)
        self.source = QLineEdit()
        self.body.addWidget(Labelled(_("Whose people a table by origin counts"), self.origin))
        self.body.addWidget(Labelled(_("Source of rows that name none"), self.source))
        self.origin.currentIndexChanged.connect(lambda _place: self.read())
        self.source.editingFinished.connect(self._ask_again)
        self._asked = ""

    def _ask_again(self) -> None:
        if self.source.text().strip() != self._asked:
            self._asked = self.source.text().strip()
            self.read()

    def _planning(self) -> PlanEstimates:
        return PlanEstimates(self.path, self.origin.code(), self.source.text())


class TakingInPosts(TakingIn[PostPlan]):
    """A list of posts."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        reading = Reading(lambda: PlanPosts(path), ImportPosts, _posts)
        super().__init__(desk, _("Import posts"), path, reading, parent)


def _estimates(plan: EstimatePlan) -> Sequence[PlannedRow]:
    return [PlannedRow(line.row, named(line.estimate), line.action, _figure(line)) for line in plan.lines]


def _posts(plan: PostPlan) -> Sequence[PlannedRow]:
    return [PlannedRow(line.row, line.post.code, line.action, _post(line)) for line in plan.lines]


def named(one: Estimate) -> str:
    """Place, year, and sex if it is of one."""
    country = vocabularies.get("country").label(one.country)
    sex = vocabularies.get("sex").label(one.sex) if one.sex else ""
    return ", ".join(filter(None, (one.city, country, str(one.year), sex)))


def _figure(line: PlannedEstimate) -> str:
    now = formats.number(line.estimate.population)
    if line.before is None or line.before == line.estimate.population:
        return f"{now} · {line.estimate.source}"
    return f"{formats.number(line.before)} → {now} · {line.estimate.source}"


def _post(line: PlannedPost) -> str:
    return ", ".join(filter(None, (line.post.name, line.post.city)))


def _said(one: LeftOut) -> str:
    return _(one.reason)


def _columns() -> list[Column[PlannedRow]]:
    return [
        Column(_("Row"), lambda row: str(row.number), width=70, number=True),
        Column(_("About"), lambda row: row.text, width=230),
        Column(
            _("What happens"),
            lambda row: _(OUTCOMES[row.outcome][0]),
            lambda row: OUTCOMES[row.outcome][1],
            lambda row: OUTCOMES[row.outcome][2],
            width=130,
        ),
        Column(_("Content"), lambda row: row.said),
    ]

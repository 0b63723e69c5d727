"""Taking a list in: file, columns, check, result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.changes import Outcome
from registry.commands import Undo
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.transfer.planning.plan import OUTCOMES, CellProblem
from ui.desk import Desk
from ui.importing import intake as words
from ui.importing.columns_step import ColumnsStep
from ui.importing.file_step import FileStep
from ui.importing.intake import Intake
from ui.importing.plan_step import PlanStep
from ui.undoing import say_undone
from ui.widgets.files import ask_target
from ui.widgets.flow import Flow, Step
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner, Counts

if TYPE_CHECKING:
    from registry.transfer.planning.apply import ImportResult
    from registry.undoing import Undone

#: In logical pixels; of many rows some are seen, the others by rolling.
_LEFT_HEIGHT = 320


def _left_columns() -> list[Column[tuple[str, str]]]:
    return [
        Column(_("Row or record"), lambda left: left[0], width=180),
        Column(_("Why"), lambda left: left[1]),
    ]


class ResultStep(Step):
    """Last step: what came of it, and the way back."""

    title = N_("Done")
    returns = False

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        self._batch = 0
        self._conflicts: Sequence[CellProblem] = ()
        layout = column(self, spacing=16)
        self._banner, self._counts = Banner(), Counts()
        layout.addWidget(self._banner)
        layout.addWidget(self._counts)
        self.left = Rows(_("What was left as it is"), _left_columns())
        self.left.setMaximumHeight(_LEFT_HEIGHT)
        self.left.hide()
        layout.addWidget(self.left)
        self._show = button(_("Show the list"), self._show_list, "primary", "groups")
        self._report = button(_("Save report…"), self.ask_report, icon="file_save")
        self._undo = button(_("Undo this import"), self.undo, icon="undo")
        buttons = row(spacing=8)
        for each in (self._show, self._report, self._undo):
            buttons.addWidget(each)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)

    @property
    def sentence(self) -> str:
        """What is said about the result."""
        return self._banner.text

    def show_result(self, result: ImportResult, batch: int) -> None:
        """Show the counts."""
        self._batch, self._conflicts = batch, result.conflicts
        said = ngettext("{count} row was imported.", "{count} rows were imported.", result.created + result.updated)
        if self._conflicts:
            left = ngettext(
                "{count} row was left, as the register changed after the plan was made.",
                "{count} rows were left, as the register changed after the plan was made.",
                len(self._conflicts),
            )
            self._banner.say(f"{said} {left}", "warning")
        elif batch:
            self._banner.say(said, "success")
        else:
            self._banner.say(_("Nothing was changed, so there is nothing to undo."), "notice")
        counts = [(getattr(result, code), words.OUTCOME_WORDS[code]) for code in (*OUTCOMES, "review")]
        shown = [(count, _(name), icon, role) for count, (name, icon, role) in counts if count]
        self._counts.show_counts(shown)
        self._counts.show()
        self._show_left([(number(p.row), p.reason) for p in self._conflicts])
        self._undo.setEnabled(bool(batch))
        self._show.setFocus()

    def undo(self) -> None:
        """Take this import back."""
        self._undo.setEnabled(False)
        title, again = _("Undoing the import"), partial(self._undo.setEnabled, True)
        self._desk.execute(Undo(self._batch), self._undone, self._not_undone, title=title, on_cancelled=again)

    def _undone(self, outcome: Outcome[Undone]) -> None:
        said = _("The import was taken back.")
        left = len(outcome.value.left)
        if left:
            said += " " + ngettext(
                "{count} record was changed since and stays as it is.",
                "{count} records were changed since and stay as they are.",
                left,
            )
        if left or outcome.value.erased:
            say_undone(self._desk, outcome.value)
        self._banner.say(said, "warning" if left else "notice")
        self._counts.hide()
        self._show_left([(of, _("Changed since the import")) for of in outcome.value.left])

    def _show_left(self, listed: Sequence[tuple[str, str]]) -> None:
        self.left.show_things(listed)
        self.left.setVisible(bool(listed))

    def _not_undone(self, error: RegistryError) -> None:
        self._undo.setEnabled(True)
        self._banner.say(str(error), "danger")

    def _show_list(self) -> None:
        if self._intake.plan is not None:
            self._desk.go(self._intake.plan.kind)

    def ask_report(self) -> None:
        """Ask where the report goes, then write it."""
        title, pattern = _("Save the report"), _("Excel workbook (*.xlsx)")
        ask_target(self, self._desk.settings, "export", title, [pattern], _("import report.xlsx"), self.save_report)

    def save_report(self, path: Path) -> None:
        """Write a workbook with every row and what happened to it."""
        plan, conflicts = self._intake.plan, self._conflicts
        if plan is None:
            return

        def write(_progress: Progress) -> None:
            from registry.transfer.planning.report import write_report

            write_report(plan, path, conflicts)

        said = _("The report was saved: {file}", file=path.name)
        self._desk.runner.call(write, lambda _nothing: self._desk.say(said, "success"), title=_("Saving the report"))


class ImportFlow(Flow):
    """The four steps of an import."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.intake = Intake()
        self.file = FileStep(desk, self.intake)
        self.columns = ColumnsStep(desk, self.intake)
        self.check = PlanStep(desk, self.intake)
        self.result = ResultStep(desk, self.intake)
        super().__init__(_("Import a list"), (self.file, self.columns, self.check, self.result), parent)
        self.file.looked.connect(lambda: self.show_step(1))
        self.check.applied.connect(self._finish)
        self.check.report_asked.connect(self.result.ask_report)

    def advance(self) -> None:
        """The plan is worked out anew if something was decided, then carried out before its result is shown."""
        if self.steps[self.current] is self.check:
            self.check.go_on()
        else:
            super().advance()

    def _finish(self, result: ImportResult, batch: int) -> None:
        self.show_step(len(self.steps) - 1)
        self.result.show_result(result, batch)

"""Taking a list in: file, columns, check, result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.changes import Outcome
from registry.commands import Undo
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.transfer.planning.plan import OUTCOMES
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
from ui.widgets.summary import Banner, Counts

if TYPE_CHECKING:
    from registry.transfer.planning.apply import ImportResult
    from registry.undoing import Undone


class ResultStep(Step):
    """Last step: what came of it, and the way back."""

    title = N_("Done")
    returns = False

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        self._batch = 0
        layout = column(self, spacing=16)
        self._banner, self._counts = Banner(), Counts()
        layout.addWidget(self._banner)
        layout.addWidget(self._counts)
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
        self._batch = batch
        said = ngettext("{count} row was imported.", "{count} rows were imported.", result.created + result.updated)
        if batch:
            self._banner.say(said, "success")
        else:
            self._banner.say(_("Nothing was changed, so there is nothing to undo."), "notice")
        counts = [(getattr(result, code), words.OUTCOME_WORDS[code]) for code in (*OUTCOMES, "review")]
        shown = [(count, _(name), icon, role) for count, (name, icon, role) in counts if count]
        self._counts.show_counts(shown)
        self._counts.show()
        self._undo.setEnabled(bool(batch))
        self._show.setFocus()

    def undo(self) -> None:
        """Take this import back."""
        self._undo.setEnabled(False)
        self._desk.execute(Undo(self._batch), self._undone, self._not_undone, title=_("Undoing the import"))

    def _undone(self, outcome: Outcome[Undone]) -> None:
        said = _("The import was taken back.")
        left = len(outcome.value.left)
        if left:
            said += " " + ngettext(
                "{count} record was changed since and stays as it is.",
                "{count} records were changed since and stay as they are.",
                left,
            )
            say_undone(self._desk, outcome.value)
        self._banner.say(said, "warning" if left else "notice")
        self._counts.hide()

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
        plan = self._intake.plan
        if plan is None:
            return

        def write(_progress: Progress) -> None:
            from registry.transfer.planning.report import write_report

            write_report(plan, path)

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
        """The plan is carried out before its result is shown."""
        if self.steps[self.current] is self.check:
            self.check.apply()
        else:
            super().advance()

    def _finish(self, result: ImportResult, batch: int) -> None:
        self.show_step(len(self.steps) - 1)
        self.result.show_result(result, batch)

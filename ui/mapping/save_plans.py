"""Coverage and plans of visits as files: above a number of people with the reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from registry.commands import WriteCoverage, WriteVisits
from registry.coverage.comparing import CoverageTable
from registry.i18n import _, ngettext
from registry.posts.visits import VisitPlan
from registry.queries import Coverage, PlanVisits
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


class SaveCoverageDialog(TakingOut):
    """Asks for the kind of file, the reason and the file."""

    def __init__(self, desk: Desk, asked: Coverage, people: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Save the coverage"), parent)
        self._asked = asked
        self.ending = QComboBox()
        self._patterns = {".xlsx": _("Excel workbook (*.xlsx)"), ".csv": _("Text file (*.csv)")}
        for ending, words in self._patterns.items():
            self.ending.addItem(words, ending)
        self.form.addWidget(Labelled(_("Kind of file"), self.ending))
        hint = _("The file has counts by place, small ones among them. Give it only to whom it is for.")
        self.form.addWidget(label(hint, "quiet", wrap=True))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.show_count(people or 1)

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        ending = str(self.ending.currentData())
        name, pattern = _("coverage") + ending, self._patterns[ending]
        ask_target(self, self.desk.settings, "export", _("Save the coverage"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        command = WriteCoverage(self._asked, path, self.reason.text().strip())
        self.write_file(command, path, _("Writing the coverage"), _said)


class SaveVisitsDialog(TakingOut):
    """Asks for the reason and the workbook."""

    def __init__(self, desk: Desk, asked: PlanVisits, people: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Save the plan"), parent)
        self._asked = asked
        hint = _("The workbook has the visits and the distances, in counts. Give it only to whom it is for.")
        self.form.addWidget(label(hint, "quiet", wrap=True))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.show_count(people or 1)

    def ask_file(self) -> None:
        """Ask where the workbook shall be written, then write it."""
        name, pattern = _("visits") + ".xlsx", _("Excel workbook (*.xlsx)")
        ask_target(self, self.desk.settings, "export", _("Save the plan"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the workbook."""
        command = WriteVisits(self._asked, path, self.reason.text().strip())
        self.write_file(command, path, _("Writing the plan"), _planned)


def _said(table: CoverageTable) -> str:
    return ngettext("{count} place is in the file.", "{count} places are in the file.", len(table.rows))


def _planned(plan: VisitPlan) -> str:
    return ngettext("{count} visit is in the workbook.", "{count} visits are in the workbook.", len(plan.visits))

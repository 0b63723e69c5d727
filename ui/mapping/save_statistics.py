"""A table of counts as a file: the workbook, the text file, or the page with chart and table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from registry.commands import WriteStatistics
from registry.i18n import _, ngettext
from registry.queries import CountBy
from registry.statistics.counting import Statistics
from registry.statistics.drawing import title
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


class SaveStatisticsDialog(TakingOut):
    """Asks for the kind of file, the reason and the file."""

    def __init__(self, desk: Desk, table: Statistics, asked: CountBy, chart: str, parent: QWidget | None) -> None:
        super().__init__(desk, _("Save the statistics"), parent)
        self._asked, self._chart = asked, chart
        self.form.addWidget(label(title(table), wrap=True))
        self.ending = QComboBox()
        self._patterns = {
            ".xlsx": _("Excel workbook (*.xlsx)"),
            ".pdf": _("PDF file (*.pdf)"),
            ".csv": _("Text file (*.csv)"),
        }
        for ending, words in self._patterns.items():
            self.ending.addItem(words, ending)
        self.form.addWidget(Labelled(_("Kind of file"), self.ending))
        published = _("As it may be published: small counts are withheld.")
        exact = _("With every count as it is, small ones too: not for publication.")
        self.form.addWidget(label(published if asked.public else exact, "quiet", wrap=True))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.show_count(1 if asked.public else table.total or 1)

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        ending = str(self.ending.currentData())
        name, pattern = _("statistics") + ending, self._patterns[ending]
        ask_target(self, self.desk.settings, "export", _("Save the statistics"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        asked = self._asked
        command = WriteStatistics(
            asked.by,
            asked.query,
            path,
            self.reason.text().strip(),
            asked.kind,
            asked.public,
            asked.everybody,
            self._chart,
        )
        self.write_file(command, path, _("Writing the statistics"), _said)


def _said(table: Statistics) -> str:
    return ngettext("{count} count is in the file.", "{count} counts are in the file.", len(table.cells))

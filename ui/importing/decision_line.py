"""What is to be decided of a file: the form of a questionnaire, and whether those come in who refused to be kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from registry.i18n import _, ngettext
from registry.transfer.lists.source import Source
from ui.desk import Desk
from ui.importing.intake import Intake
from ui.widgets.files import ask_file
from ui.widgets.labels import column, label
from ui.widgets.wrapping import WrappingLayout


class DecisionLine(QWidget):
    """Shown for exports of KoboToolbox and ODK, and for lists in which somebody refused.

    Signals:
        chosen: another form, or another decision: the file is to be read again.
    """

    chosen = Signal()

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        self.refused = QCheckBox()
        self.refused.toggled.connect(self._decide)
        self.button = QPushButton(_("Form of the questionnaire…"))
        self.button.setToolTip(_("The XLSForm: with it, several answers in one cell are told apart by their labels"))
        self.button.clicked.connect(self._ask)
        self._told = label(role="quiet", wrap=True)
        lines = column(self, spacing=4)
        lines.addWidget(self._told)
        asked = QWidget()
        wrapping = WrappingLayout(asked)
        wrapping.addWidget(self.button)
        wrapping.addWidget(self.refused)
        lines.addWidget(asked)
        self.hide()

    def show_source(self, source: Source) -> None:
        """Say what the file is, if it is an export, and who refused."""
        answers = source.answers
        self.setVisible(answers or source.refused > 0)
        self.button.setVisible(answers)
        self._told.setVisible(answers)
        told = _("Answers to a questionnaire; a question that repeats fills as many values as there are answers.")
        form = self._intake.form
        self._told.setText(told if form is None else _("Read with the form “{name}”.", name=form.name))
        with QSignalBlocker(self.refused):
            self.refused.setChecked(self._intake.refused)
        self.refused.setVisible(source.refused > 0)
        self.refused.setText(
            ngettext(
                "Take in also {count} person who does not want to be kept",
                "Take in also {count} people who do not want to be kept",
                source.refused,
            )
        )

    def _ask(self) -> None:
        patterns = [_("Forms (*.xlsx *.xls)"), _("All files (*)")]
        ask_file(self, self._desk.settings, "import", _("Choose the form (XLSForm)"), patterns, self.take)

    def take(self, path: Path) -> None:
        """Read the answers with a form."""
        self._intake.form = path
        self.chosen.emit()

    def _decide(self, taken: bool) -> None:
        self._intake.refused = taken
        self.chosen.emit()

"""How letters come onto paper: in which file, for which window of the envelopes, on one side or on both."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from registry.documents.letters import APART, WORD, Printing
from registry.documents.stationery import WINDOWS
from registry.i18n import N_, _
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, row

#: Ending -> what the file is, and its pattern for the dialog that asks for it.
_FILES = {
    ".pdf": (N_("One PDF file with all letters (.pdf)"), N_("PDF file (*.pdf)")),
    APART: (N_("A PDF file for each letter (.zip)"), N_("Archive (*.zip)")),
    WORD: (N_("A Word document, to be changed before printing (.docx)"), N_("Word documents (*.docx)")),
}
_WIDEST = 560


class PressChoice(QWidget):
    """The choices; they begin with one PDF for the post's own envelopes, printed on one side.

    Signals:
        changed: something else was chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, spacing=12)
        self.setMaximumWidth(_WIDEST)
        self.file, self.window_box = QComboBox(), QComboBox()
        for ending, (words, _pattern) in _FILES.items():
            self.file.addItem(_(words), ending)
        self.window_box.addItem(_("The post’s own"), "")
        for code, known in WINDOWS.items():
            self.window_box.addItem(_(known.title), code)
        self.duplex = QCheckBox(_("Both sides of the paper: every letter begins on a front side"))
        choices = row(spacing=16)
        for words, box in ((_("File"), self.file), (_("Window of the envelopes"), self.window_box)):
            choices.addWidget(Labelled(words, box), 1)
            box.currentIndexChanged.connect(self._choose)
        layout.addLayout(choices)
        layout.addWidget(self.duplex)
        self.duplex.toggled.connect(self.changed)

    def _choose(self) -> None:
        # In an archive each letter has its own front side; in Word pages move as one writes.
        self.duplex.setEnabled(self.file.currentData() == ".pdf")
        self.changed.emit()

    @property
    def printing(self) -> Printing:
        """As the commands take it."""
        return Printing(self.window_box.currentData(), self.duplex.isEnabled() and self.duplex.isChecked())

    @property
    def pattern(self) -> str:
        """What the dialog shows that asks for the file."""
        return _(_FILES[self.file.currentData()][1])

    @property
    def file_name(self) -> str:
        """What is proposed; it says nothing of anybody."""
        return f"letters{self.file.currentData()}"

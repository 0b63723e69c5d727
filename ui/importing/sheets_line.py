"""Further sheets of a workbook that say more of the people of the list: each is joined to it, or left out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from registry.i18n import ngettext
from registry.transfer.lists.sheets import NOT_UNIQUE, NUMBERED_ANEW, Further
from registry.transfer.lists.source import Source
from ui.importing.intake import Intake
from ui.widgets.labels import clear, column, label


class SheetsLine(QWidget):
    """Shown for workbooks with such sheets only.

    Signals:
        chosen: a sheet is joined or left out: the file is to be read again.
    """

    chosen = Signal()

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._lines = column(self, spacing=4)
        self.boxes: dict[str, QCheckBox] = {}
        self.hide()

    def show_source(self, source: Source) -> None:
        """A line for each sheet that belongs to the list, or may."""
        clear(self._lines)
        self.boxes = {}
        self.setVisible(bool(source.further))
        for further in source.further:
            box = QCheckBox(_told(further), self)
            with QSignalBlocker(box):
                box.setChecked(further.joined)
            box.setEnabled(further.doubt not in (NOT_UNIQUE, NUMBERED_ANEW))
            box.toggled.connect(partial(self._choose, further))
            self.boxes[further.sheet] = box
            self._lines.addWidget(box)
            if said := _doubt(further):
                self._lines.addWidget(label(said, role="quiet", wrap=True))

    def _choose(self, further: Further, joined: bool) -> None:
        self._intake.sheets[further.sheet] = further.key if joined else None
        self.chosen.emit()


def _told(further: Further) -> str:
    if further.first:
        return ngettext(
            "Take in also the sheet “{sheet}”, which has the same headings: {count} row",
            "Take in also the sheet “{sheet}”, which has the same headings: {count} rows",
            further.rows,
            sheet=further.sheet.strip(),
        )
    return ngettext(
        "Take in also the sheet “{sheet}”: {count} row is about somebody in the list (“{key}”)",
        "Take in also the sheet “{sheet}”: {count} rows are about somebody in the list (“{key}”)",
        further.rows,
        sheet=further.sheet.strip(),
        key=further.key,
    )


def _doubt(further: Further) -> str:
    """What speaks against it, or which of its rows are about nobody."""
    if further.joined:
        return further.sentences()[1] if further.missing else ""
    return further.sentences()[0] if further.doubt else ""

"""What one record lacks: its score, and what each thing that is missing, old or wrong costs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry.fields import PEOPLE
from registry.i18n import _, ngettext
from registry.quality.record import RecordScore
from registry.queries import RecordQuality
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import label, row


class RecordQualityDialog(Dialog):
    """The score of a record."""

    def __init__(self, desk: Desk, record_id: int, number: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Quality of record {number}", number=number), parent)
        self.score = label(_("One moment…"), "title")
        self.body.addWidget(self.score)
        self.add_main(_("Close")).clicked.connect(self.accept)
        desk.read(RecordQuality(PEOPLE, record_id), self._show, key="record quality")

    def _show(self, found: RecordScore) -> None:
        self.score.setText(_("{score} of 100 points", score=found.score))
        if not found.losses:
            self.body.addWidget(label(_("Nothing is missing, old or wrong."), "quiet"))
        for loss in found.losses:
            line = row(spacing=12)
            line.addWidget(label(loss.title, wrap=True), 1)
            line.addWidget(label(ngettext("−{count} point", "−{count} points", loss.measure.points), "quiet"))
            self.body.addLayout(line)

"""Reading the machine readable zone of a passport or identity card: by a reader, pasted, or typed from the document."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from registry import dates
from registry.errors import Invalid
from registry.i18n import _
from registry.mrz.filling import fields_of, to_compare
from registry.mrz.finding import looks_like_mrz
from registry.mrz.reading import Mrz, read
from ui.dialogs.base import Dialog
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.summary import Banner

#: Fewer characters say nothing about what is wrong: somebody is still typing.
_FEW = 60


class PassportDialog(Dialog):
    """Tells what a zone says while it is typed; a zone without a doubt is taken at once.

    Signals:
        taken: the `Mrz` that was read.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Read passport or identity card"), parent, width=560)
        self._mrz: Mrz | None = None
        words = _(
            "Read the document with the reader now, or paste or type the lines with “<” from its foot or its back."
        )
        self.body.addWidget(label(words, wrap=True))
        self.zone = QPlainTextEdit()
        self.zone.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.zone.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.zone.setTabChangesFocus(True)
        self.zone.setFixedHeight(96)
        self.body.addWidget(Labelled(_("Machine readable zone"), self.zone))
        self.says = Banner()
        self.body.addWidget(self.says)
        self.add_cancel()
        self.main = self.add_main(_("Fill in"))
        self.main.setEnabled(False)
        self.main.clicked.connect(self._take)
        self.zone.textChanged.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self.zone.setFocus()

    def _look(self) -> None:
        text = self.zone.toPlainText()
        try:
            self._mrz = read(text)
        except Invalid as refused:
            self._mrz = None
            self.main.setEnabled(False)
            self.says.say(str(refused) if len(text) >= _FEW else "", "warning")
            return
        self.main.setEnabled(True)
        doubts = [*self._mrz.corrections, *(problem.reason for problem in to_compare(self._mrz))]
        if not doubts and looks_like_mrz(text):
            self._take()
        else:
            self.says.say("\n".join((summary(self._mrz), *doubts)), "warning" if doubts else "success")

    def _take(self) -> None:
        if self._mrz is not None and self.isVisible():
            self.taken.emit(self._mrz)
            self.accept()


def summary(mrz: Mrz) -> str:
    """Who it is, in one line."""
    filled = fields_of(mrz)
    names = [filled[name] for name in ("given_name", "family_name") if name in filled]
    born = [dates.show(mrz.birth_date)] if mrz.birth_date else []
    return " · ".join([" ".join(names), *born, *([filled["document.number"]] if "document.number" in filled else [])])

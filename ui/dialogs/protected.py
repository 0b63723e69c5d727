"""Protected values of one person: opened after password and reason, changed one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from registry.changes import Outcome
from registry.commands import OpenProtected, SetProtected
from registry.errors import RegistryError
from registry.i18n import _
from registry.protecting import PROTECTED_FIELDS
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.inputs import Labelled, PasswordLine
from ui.widgets.labels import column, label
from ui.widgets.summary import Banner


class ProtectedDialog(Dialog):
    """First asks for password and reason, then shows the values.

    Attributes:
        texts: field name -> its input.
    """

    def __init__(self, desk: Desk, record_id: int, parent: QWidget) -> None:
        super().__init__(_("Protected values"), parent)
        self._desk, self._record_id = desk, record_id
        self._kept: Mapping[str, str] = {}
        self._opened = False
        self.reason = QLineEdit()
        self.password = PasswordLine(_("Password"))
        self.texts = {name: QPlainTextEdit() for name in PROTECTED_FIELDS}
        self._asking, self._values = QWidget(), QWidget()
        asking, values = column(self._asking, spacing=12), column(self._values, spacing=12)
        asking.addWidget(label(_("That you opened these values, and why, is kept in the history."), wrap=True))
        asking.addWidget(Labelled(_("Why they are opened"), self.reason))
        asking.addWidget(Labelled(_("Your password"), self.password))
        for name, text in self.texts.items():
            text.setTabChangesFocus(True)
            text.setFixedHeight(96)
            values.addWidget(Labelled(_(PROTECTED_FIELDS[name]), text))
        self._values.hide()
        self._trouble = Banner()
        for part in (self._asking, self._values, self._trouble):
            self.body.addWidget(part)
        self.add_cancel()
        self.main = self.add_main(_("Open"))
        self.main.setEnabled(False)
        self.main.clicked.connect(lambda: self._save() if self._opened else self._open())
        for line in (self.reason, self.password):
            line.textChanged.connect(self._allow)
        self.reason.setFocus()

    def _allow(self) -> None:
        self.main.setEnabled(bool(self.reason.text().strip() and self.password.text()))

    def _open(self) -> None:
        self.main.setEnabled(False)
        command = OpenProtected(self._record_id, self.reason.text().strip())
        self._desk.runner.execute(command, self._show, self._fail, password=self.password.text())

    def _show(self, outcome: Outcome[Mapping[str, str]]) -> None:
        self._kept, self._opened = outcome.value, True
        self.password.clear()
        self._trouble.say("", "danger")
        for name, text in self.texts.items():
            text.setPlainText(self._kept.get(name, ""))
        self._asking.hide()
        self._values.show()
        self.main.setText(_("Save"))
        self.main.setEnabled(True)
        next(iter(self.texts.values())).setFocus()

    def _save(self) -> None:
        """Seal the values that were changed, one after the other."""
        self.main.setEnabled(False)
        for name, text in self.texts.items():
            if text.toPlainText().strip() != self._kept.get(name, ""):
                command = SetProtected(self._record_id, name, text.toPlainText())
                self._desk.execute(command, partial(self._sealed, name), self._fail)
                return
        self.accept()

    def _sealed(self, name: str, _outcome: Outcome[bool]) -> None:
        self._kept = {**self._kept, name: self.texts[name].toPlainText().strip()}
        self._save()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        self._trouble.say(str(error), "danger")

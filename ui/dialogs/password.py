"""Asking for a password: one's own again before much data leaves, or that of a protected file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry.i18n import _
from ui.dialogs.base import Dialog
from ui.widgets.inputs import PasswordLine
from ui.widgets.labels import label


class PasswordDialog(Dialog):
    """Asks for the signed-in user's password, or as `title` says for another.

    Signals:
        given: the password, when the officer goes on.
    """

    given = Signal(str)

    def __init__(self, sentence: str, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(title or _("Confirm with your password"), parent)
        self.body.addWidget(label(sentence, wrap=True))
        self._password = PasswordLine(_("Password"))
        self.body.addWidget(self._password)
        self.add_cancel()
        self._main = self.add_main(_("Continue"))
        self._main.setEnabled(False)
        self._main.clicked.connect(self._go_on)
        self._password.textChanged.connect(lambda text: self._main.setEnabled(bool(text)))
        self._password.setFocus()

    def _go_on(self) -> None:
        password = self._password.text()
        self.accept()
        self.given.emit(password)

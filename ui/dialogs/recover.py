"""The way back in when no password is known: a printed recovery key sets a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from registry.errors import RegistryError
from registry.i18n import _
from registry.progress import Progress
from ui.dialogs.base import Dialog
from ui.tasks import Workers
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.new_password import NewPassword


class RecoverDialog(Dialog):
    """Asks for a recovery key, an account and its new password.

    Signals:
        recovered: the account's name.
    """

    recovered = Signal(str)

    def __init__(self, workers: Workers, folder: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Set a new password with a recovery key"), parent)
        self._workers, self._folder = workers, folder
        self.key, self.name = QLineEdit(), QLineEdit(name)
        hint = _("One of the two that were printed when the registry was made.")
        self.body.addWidget(Labelled(_("Recovery key"), self.key, hint))
        self.body.addWidget(Labelled(_("Name of the account"), self.name))
        self.passwords = NewPassword(self)
        self.problem = label(role="danger", wrap=True)
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.add_cancel()
        self._main = self.add_main(_("Set password"))
        self._main.clicked.connect(self._recover)
        for line in (self.key, self.name, self.passwords.first, self.passwords.second):
            line.textChanged.connect(self._allow)
        self._allow()
        self.key.setFocus()

    def _allow(self) -> None:
        good = self.passwords.good
        self._main.setEnabled(bool(self.key.text().strip() and self.name.text().strip()) and good)

    def _recover(self) -> None:
        key, name, password = self.key.text(), self.name.text().strip(), self.passwords.first.text()

        def work(_progress: Progress) -> str:
            from registry.app import Registry
            from registry.commands import SetPassword

            with Registry.recover(self._folder, key) as registry:
                registry.execute(SetPassword(name, password))
            return name

        self._main.setEnabled(False)
        self._workers.call(work, self._done, self._failed)

    def _done(self, name: str) -> None:
        self.recovered.emit(name)
        self.accept()

    def _failed(self, error: RegistryError) -> None:
        self._main.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()

"""Erasing a person for good: names the consequence, and asks why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from registry.changes import Outcome
from registry.commands import EraseRecord
from registry.errors import RegistryError
from registry.i18n import _
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.summary import Banner


class EraseDialog(Dialog):
    """Erases one person; stays open while that cannot be done."""

    def __init__(self, desk: Desk, record_id: int, number: str, on_done: Callable[[], None], parent: QWidget) -> None:
        super().__init__(_("Erase for good"), parent)
        self._desk, self._record_id, self._on_done = desk, record_id, on_done
        self.body.addWidget(
            label(
                _(
                    "{number} and everything that the history holds of this person will be gone. "
                    "Nobody can take this back.",
                    number=number,
                ),
                wrap=True,
            )
        )
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("For example: request of 3 May"))
        hint = _("The reason is kept in the history. Write nothing in it that tells who it was.")
        self.body.addWidget(Labelled(_("Why this person is erased"), self.reason, hint))
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Erase for good"), danger=True)
        self.main.setEnabled(False)
        self.main.clicked.connect(self._erase)
        self.reason.textChanged.connect(lambda text: self.main.setEnabled(bool(text.strip())))
        self.reason.setFocus()

    def _erase(self) -> None:
        self.main.setEnabled(False)
        command = EraseRecord(self._record_id, self.reason.text().strip())
        self._desk.execute(command, self._done, self._fail)

    def _done(self, _outcome: Outcome[bool]) -> None:
        self.accept()
        self._on_done()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        self._trouble.say(str(error), "danger")

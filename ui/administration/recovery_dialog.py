"""New recovery keys: shown once, to be printed or written down."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from registry.changes import Outcome
from registry.commands import RenewRecoveryKeys
from registry.errors import RegistryError
from registry.i18n import _
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import label
from ui.widgets.summary import Banner


class RecoveryDialog(Dialog):
    """Explains, renews, shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Renew the recovery keys"), parent, width=520)
        self._desk = desk
        text = _(
            "A recovery key opens the registry when every password is lost. New keys replace the old ones: what was "
            "printed before opens nothing any more. The new keys are shown once; write them down or print them, and "
            "keep them apart from this computer."
        )
        self._text = label(text, wrap=True)
        self.body.addWidget(self._text)
        self.keys = [label(selectable=True), label(selectable=True)]
        for key in self.keys:
            key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            key.setProperty("role", "key")
            key.hide()
            self.body.addWidget(key)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self._cancel = self.add_cancel()
        self._main = self.add_main(_("Renew"), danger=True)
        self._main.clicked.connect(self.renew)
        self._shown = False

    def renew(self) -> None:
        """Make the keys, or close when they have been written down."""
        if self._shown:
            self.accept()
            return
        self._main.setEnabled(False)
        self._desk.execute(RenewRecoveryKeys(), self._show, self._fail)

    def _show(self, outcome: Outcome[tuple[str, ...]]) -> None:
        self._shown = True
        self._text.setText(_("These are the new keys. They are not shown again."))
        for line, key in zip(self.keys, outcome.value, strict=False):
            line.setText(key)
            line.setAccessibleName(_("Recovery key"))
            line.show()
        self._cancel.hide()
        self._main.setText(_("I have written them down"))
        self._main.setEnabled(True)

    def _fail(self, error: RegistryError) -> None:
        self._main.setEnabled(True)
        self._trouble.say(str(error), "danger")

    def reject(self) -> None:
        """Escape does not lose keys that nobody wrote down."""
        if not self._shown:
            super().reject()

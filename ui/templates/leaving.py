"""The question before a changed template is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry.i18n import _
from ui.dialogs.base import Dialog
from ui.widgets.labels import button, label


class LeavingDialog(Dialog):
    """Save, do without, or stay.

    Signals:
        saving, dropping: what the officer decided.
    """

    saving = Signal()
    dropping = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save the template?"), parent)
        self.body.addWidget(label(_("What you changed since the last saving is lost otherwise."), wrap=True))
        self.add_cancel(_("Stay here"))
        self.buttons.addWidget(button(_("Leave without saving"), self._drop, "danger"))
        self.add_main(_("Save")).clicked.connect(self._save)

    def _save(self) -> None:
        self.accept()
        self.saving.emit()

    def _drop(self) -> None:
        self.accept()
        self.dropping.emit()

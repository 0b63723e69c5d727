"""Choosing a password."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from registry.i18n import _
from ui.dialogs.base import Dialog
from ui.widgets.inputs import Labelled, PasswordLine


class NewPassword(QWidget):
    """A password, twice: adds its two lines to a dialog.

    Attributes:
        first, second: the lines.
    """

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self.first, self.second = PasswordLine(_("Password")), PasswordLine(_("Password again"))
        hint = _("At least ten characters, hard to guess: several unrelated words are good.")
        self._again = Labelled(_("Password again"), self.second)
        dialog.body.addWidget(Labelled(_("Password"), self.first, hint))
        dialog.body.addWidget(self._again)
        self.hide()

    @property
    def good(self) -> bool:
        """Whether both are the same and not empty; says so where they differ."""
        first, second = self.first.text(), self.second.text()
        different = bool(second) and not first.startswith(second)
        self._again.set_problem(_("The two passwords differ.") if different else "")
        return bool(first) and first == second

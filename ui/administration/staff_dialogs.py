"""Accounts: a new one, another role, another password, the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget

from registry.access import ROLE_LABELS, Role
from registry.changes import Outcome
from registry.commands import AddUser, ChangeUser, Command, DisableUser, RenewRecoveryKeys, SetPassword
from registry.errors import RegistryError
from registry.i18n import N_, _
from registry.staff import UserView
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.dialogs.create_registry import RecoveryKeys
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label
from ui.widgets.new_password import NewPassword
from ui.widgets.summary import Banner

#: What each role is for, under the choice.
ROLE_TEXTS = {
    Role.CLERK: N_("Registers and edits people, imports and exports lists."),
    Role.OUTREACH: N_("Keeps consents up to date and writes letters."),
    Role.MANAGER: N_("Reads and exports; changes nothing."),
    Role.ADMINISTRATOR: N_("Does all of this, and looks after staff and settings."),
    Role.AUDITOR: N_("Sees who did what and when, and no person’s data."),
}


class _StaffDialog(Dialog):
    """Carries out one command and stays open while it cannot be done."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None) -> None:
        super().__init__(title, parent)
        self._desk = desk
        self._trouble = Banner()
        self._main = QPushButton()

    def _finish(self, main: str, command: Callable[[], Command[object]], *, danger: bool = False) -> None:
        """Put the parts at the foot, once the form is built; `command` tells what the form says."""
        self._command = command
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self._main = self.add_main(main, danger=danger)
        self._main.clicked.connect(self.save)

    def save(self) -> None:
        """Carry it out."""
        self._main.setEnabled(False)
        self._trouble.say("", "danger")
        self._desk.execute(self._command(), self._done, self._fail)

    def _done(self, _outcome: Outcome[object]) -> None:
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._main.setEnabled(True)
        self._trouble.say(str(error), "danger")


class _RoleBox(QComboBox):
    """A role, with what it is for beneath."""

    def __init__(self, dialog: _StaffDialog, role: Role) -> None:
        super().__init__()
        for each, words in ROLE_LABELS.items():
            self.addItem(_(words), each)
        self.setCurrentIndex(self.findData(role))
        self._text = label(role="small", wrap=True)
        part = column(spacing=4)
        part.addWidget(Labelled(_("Role"), self))
        part.addWidget(self._text)
        dialog.body.addLayout(part)
        self.currentIndexChanged.connect(self._explain)
        self._explain()

    @property
    def role(self) -> str:
        """The code of the role."""
        return Role(self.currentData()).value

    def _explain(self) -> None:
        self._text.setText(_(ROLE_TEXTS[Role(self.currentData())]))


class AddStaffDialog(_StaffDialog):
    """A new account."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Add account"), parent)
        self.name = QLineEdit()
        self.body.addWidget(Labelled(_("Sign-in name"), self.name))
        self.role = _RoleBox(self, Role.CLERK)
        self.passwords = NewPassword(self)
        self.protected = QCheckBox(_("May open protected values"))
        self.body.addWidget(self.protected)
        self.protected.setVisible(desk.session.protected)
        self._finish(_("Add"), self.command)
        for line in (self.name, self.passwords.first, self.passwords.second):
            line.textChanged.connect(self._allow)
        self._allow()
        self.name.setFocus()

    def _allow(self) -> None:
        good = self.passwords.good
        self._main.setEnabled(good and bool(self.name.text().strip()))

    def command(self) -> AddUser:
        """The new account."""
        return AddUser(self.name.text(), self.role.role, self.passwords.first.text(), self.protected.isChecked())


class RoleDialog(_StaffDialog):
    """Another role for an account."""

    def __init__(self, desk: Desk, user: UserView, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Change role of {name}", name=user.name), parent)
        self._user = user
        self.role = _RoleBox(self, user.role)
        self.protected = QCheckBox(_("May open protected values"))
        self.protected.setChecked(user.protected)
        self.body.addWidget(self.protected)
        self.protected.setVisible(desk.session.protected)
        self._finish(_("Save"), self.command)
        self.role.setFocus()

    def command(self) -> ChangeUser:
        """The role, and the grant if it is another one."""
        granted = self.protected.isChecked()
        return ChangeUser(self._user.name, self.role.role, granted if granted != self._user.protected else None)


class PasswordForDialog(_StaffDialog):
    """Another password for an account."""

    def __init__(self, desk: Desk, user: UserView, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Set password of {name}", name=user.name), parent)
        self._user = user
        self.passwords = NewPassword(self)
        self._finish(_("Set password"), self.command)
        for line in (self.passwords.first, self.passwords.second):
            line.textChanged.connect(self._allow)
        self._allow()
        self.passwords.first.setFocus()

    def _allow(self) -> None:
        self._main.setEnabled(self.passwords.good)

    def command(self) -> SetPassword:
        """The password."""
        return SetPassword(self._user.name, self.passwords.first.text())


class CloseAccountDialog(_StaffDialog):
    """The end of an account: cannot be undone, so it names what follows."""

    def __init__(self, desk: Desk, user: UserView, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Close the account of {name}?", name=user.name), parent)
        self._user = user
        text = _(
            "{name} can no longer sign in, with no password. The registry gets new keys, so that an older copy of "
            "this account’s key opens nothing. What {name} did stays in the history. This cannot be undone."
        )
        self.body.addWidget(label(text.format(name=user.name), wrap=True))
        self._finish(_("Close account"), self.command, danger=True)

    def command(self) -> DisableUser:
        """The end."""
        return DisableUser(self._user.name)


class RenewKeysDialog(_StaffDialog):
    """New recovery keys: cannot be undone either; they are shown once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Renew the recovery keys?"), parent)
        text = _(
            "A recovery key opens the registry when every password is lost. New keys replace the old ones: what was "
            "printed before opens nothing any more. The new keys are shown once. This cannot be undone."
        )
        self.body.addWidget(label(text, wrap=True))
        self._finish(_("Renew"), RenewRecoveryKeys, danger=True)
        self.keys: tuple[str, ...] = ()

    def _done(self, outcome: Outcome[object]) -> None:
        assert isinstance(outcome.value, tuple)
        self.keys = outcome.value
        RecoveryKeys(self.keys, self.parentWidget()).open()
        self.accept()

"""Staff: who has an account, with which role; recovery keys."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from registry.access import ROLE_LABELS
from registry.changes import Changes
from registry.errors import RegistryError
from registry.i18n import _
from registry.queries import ListUsers
from registry.staff import UserView
from ui.administration.staff_dialogs import (
    AddStaffDialog,
    CloseAccountDialog,
    PasswordForDialog,
    RenewKeysDialog,
    RoleDialog,
)
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.empty import EmptyState
from ui.widgets.labels import button, column
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout


class StaffTab(Tab):
    """The accounts, and what can be done with the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(self._head())
        self._stack = QStackedWidget()
        self.table: Rows[UserView] = Rows(_("Accounts"), _columns())
        self.table.chosen.connect(self._allow)
        self._state = EmptyState()
        self._state.show_state("hourglass_empty", _("Staff"), _("Loading…"))
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self.setFocusProxy(self.table)
        layout.addWidget(self._stack, 1)
        self._allow()

    def _head(self) -> QWidget:
        self._role = button(_("Change role…"), lambda: self._ask(RoleDialog), icon="manage_accounts")
        self._password = button(_("Set password…"), lambda: self._ask(PasswordForDialog), icon="key")
        self._close = button(_("Close account…"), lambda: self._ask(CloseAccountDialog), icon="person_off")
        recovery = button(_("Recovery keys…"), self.renew_recovery, icon="lock")
        add = button(_("Add account…"), self.add, "primary", "person_add")
        head = QWidget()
        wrapping = WrappingLayout(head)
        for each in (add, self._role, self._password, self._close, recovery):
            wrapping.addWidget(each)
        return head

    def arrive(self) -> None:
        """Read the accounts."""
        self.desk.read(ListUsers(), self._show, self._fail, key="staff")

    def refresh(self, changes: Changes) -> None:
        """Accounts changed."""
        if changes.touch("staff"):
            self.arrive()

    def _show(self, users: tuple[UserView, ...]) -> None:
        chosen = self.table.current
        self.table.show_things(sorted(users, key=lambda u: (u.disabled, u.name.casefold())))
        self._stack.setCurrentWidget(self.table)
        names = [u.name for u in self.table.things]
        self.table.choose(names.index(chosen.name) if chosen is not None and chosen.name in names else 0)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The accounts cannot be shown"), str(error), again)

    def _allow(self) -> None:
        user = self.table.current
        opened = user is not None and not user.disabled
        oneself = user is not None and user.name == self.desk.session.name
        self._role.setEnabled(opened)
        self._password.setEnabled(opened)
        self._close.setEnabled(opened and not oneself)

    def add(self) -> AddStaffDialog:
        """Ask for a new account."""
        dialog = AddStaffDialog(self.desk, self.window())
        self._open(dialog)
        return dialog

    def renew_recovery(self) -> RenewKeysDialog:
        """Offer new recovery keys."""
        dialog = RenewKeysDialog(self.desk, self.window())
        self._open(dialog)
        return dialog

    def _ask(self, kind: type[RoleDialog] | type[PasswordForDialog] | type[CloseAccountDialog]) -> None:
        user = self.table.current
        if user is not None:
            self._open(kind(self.desk, user, self.window()))

    def _open(self, dialog: Dialog) -> None:
        dialog.accepted.connect(self.arrive)
        dialog.open()


def _columns() -> list[Column[UserView]]:
    return [
        Column(_("Name"), lambda u: u.name, lambda u: "person_off" if u.disabled else "person"),
        Column(_("Role"), lambda u: _(ROLE_LABELS[u.role])),
        Column(_("Protected values"), lambda u: _("May open them") if u.protected else ""),
        Column(_("Account"), lambda u: _("Account closed") if u.disabled else _("In use")),
    ]

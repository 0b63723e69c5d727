"""Who is signed in, and what concerns the whole window: undo, language, appearance, lock, sign out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from registry.access import ROLE_LABELS, Right
from registry.i18n import N_, _, current_language
from registry.queries import LastUndoable
from ui import icons
from ui.desk import Desk
from ui.undoing import undo_label

#: The languages with a complete catalogue, each in its own words.
LANGUAGE_NAMES = (("en", "English"), ("fr", "Français"))
APPEARANCES = (("system", N_("Like the system")), ("light", N_("Light")), ("dark", N_("Dark")))


class UserMenu(QToolButton):
    """The button at the window's upper corner.

    Signals:
        leaving: "sign_out", "lock" or "rebuild".
    """

    leaving = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        session = desk.session
        self.setText(f"{session.name} · {_(ROLE_LABELS[session.role])}")
        self.setAccessibleName(_("Menu of {name}", name=session.name))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.dress(self, "account_circle", size=22)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._undo = QAction(self)
        self._build()
        desk.changed.connect(lambda _changes: self._ask())
        self._ask()

    def _build(self) -> None:
        if self._desk.may(Right.UNDO):
            self._undo.setShortcut(QKeySequence.StandardKey.Undo)
            self._undo.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._undo.setIcon(icons.icon("undo"))
            self._undo.triggered.connect(self._desk.undo)
            self._menu.addAction(self._undo)
            self._menu.addSeparator()
        self._add_choice(_("Language"), "language", LANGUAGE_NAMES, "language", current_language())
        shown = tuple((code, _(words)) for code, words in APPEARANCES)
        self._add_choice(
            _("Appearance"), "contrast", shown, "appearance", self._desk.settings.text("appearance", "system")
        )
        self._menu.addSeparator()
        self._menu.addAction(icons.icon("key"), _("Change your password…")).triggered.connect(self._change_password)
        lock = self._menu.addAction(icons.icon("lock"), _("Lock"))
        lock.setShortcut("Ctrl+L")
        lock.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        lock.triggered.connect(lambda: self.leaving.emit("lock"))
        self._menu.addAction(icons.icon("logout"), _("Sign out")).triggered.connect(
            lambda: self.leaving.emit("sign_out")
        )

    def _change_password(self) -> None:
        from registry.staff import UserView
        from ui.administration.staff_dialogs import PasswordForDialog

        me = self._desk.session
        user = UserView(me.user_id, me.name, me.role, me.protected, disabled=False)
        PasswordForDialog(self._desk, user, self.window()).open()

    def _add_choice(
        self, title: str, icon: str, choices: tuple[tuple[str, str], ...], setting: str, chosen: str
    ) -> None:
        menu = self._menu.addMenu(icons.icon(icon), title)
        group = QActionGroup(menu)
        for code, words in choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, value=code: self._choose(setting, value))

    def _choose(self, setting: str, value: str) -> None:
        self._desk.settings.keep(setting, value)
        self.leaving.emit("rebuild")

    def _ask(self) -> None:
        """Ask what undo would take back."""
        if self._desk.may(Right.UNDO):
            self._desk.read(LastUndoable(), self._name_undo, key="undo")

    def _name_undo(self, last: tuple[int, str] | None) -> None:
        self._undo.setEnabled(last is not None)
        self._undo.setText(undo_label(last[1]) if last is not None else _("Nothing to undo"))

"""Backups: how old the newest is, what lies in the registry's folder; made, checked and restored from here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from registry import restoring
from registry.backups import (
    DAMAGED,
    ELSEWHERE,
    NEWER,
    VERIFIED,
    BackupAge,
    BackupChecked,
    BackupMade,
    BackupView,
    age_words,
)
from registry.changes import Changes
from registry.commands import CheckBackup, MakeBackup
from registry.errors import RegistryError
from registry.formats import date_and_time, number, size
from registry.i18n import N_, _, ngettext
from registry.queries import GetBackupAge, ListBackups
from ui.administration.tab import Tab
from ui.daily_backup import CHANGED
from ui.desk import Desk
from ui.dialogs.restore import RestoreDialog
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file, ask_target
from ui.widgets.labels import button, column, label
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner
from ui.widgets.wrapping import WrappingLayout

_KINDS = {"daily": N_("Daily"), "upgrade": N_("Before a new version"), "manual": N_("By hand"), "": N_("Unknown")}
_STATES = {
    VERIFIED: (N_("Verified"), "check_circle", "success"),
    ELSEWHERE: (N_("Verified when it was made"), "check", "quiet"),
    DAMAGED: (N_("Damaged or incomplete"), "error", "danger"),
    NEWER: (N_("From a newer version"), "warning", "warning"),
}
#: What files a dialog offers, and what its folder is remembered under.
PATTERN, USE = N_("Backups (*{suffix})"), "backup"


class BackupsTab(Tab):
    """The list, and what can be done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(self._head())
        self.age, self.result = Banner(), Banner()
        layout.addWidget(self.age)
        layout.addWidget(self.result)
        self._stack = QStackedWidget()
        self._state = EmptyState()
        self._state.show_state("hourglass_empty", _("Backups"), _("Loading…"))
        self.table: Rows[BackupView] = Rows(_("Backups"), _columns())
        self.table.chosen.connect(self._allow)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        self.setFocusProxy(self.table)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._foot())
        self._allow()

    def _head(self) -> QWidget:
        head = QWidget()
        wrapping = WrappingLayout(head)
        self.make_button = button(_("Back up now…"), self.back_up, "primary", "save")
        self._check = button(_("Check a backup…"), self.ask_check, icon="fact_check")
        for each in (self.make_button, self._check, button(_("Restore…"), self.restore, icon="unarchive")):
            wrapping.addWidget(each)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        words = _(
            "The daily ones lie beside the registry, on the same disk. Keep one on a stick, outside the building."
        )
        foot.addWidget(label(words, "quiet", wrap=True), 1)
        self._check_this: QPushButton = button(_("Check this one"), self._check_chosen, "link", "fact_check")
        foot.addWidget(self._check_this)
        return foot

    def arrive(self) -> None:
        """Read list and age."""
        self.desk.read(ListBackups(), self._show, self._fail, key="backups")
        self.desk.read(GetBackupAge(), self._show_age, self._fail, key="age of the backups")

    def refresh(self, changes: Changes) -> None:
        """Backups were made."""
        if changes.touch("backups"):
            self.arrive()

    def _show(self, backups: tuple[BackupView, ...]) -> None:
        self.table.show_things(backups)
        if backups:
            self._stack.setCurrentWidget(self.table)
            self.table.choose(0)
        else:
            text = _("While somebody works, one is made every day. Make the first one now, on a stick or another disk.")
            self._stack.setCurrentWidget(self._state)
            self._state.show_state("save", _("No backup yet"), text, [("save", _("Back up now…"), self.back_up)])

    def _show_age(self, age: BackupAge) -> None:
        if age.failure is not None:
            self.age.say(_("The last automatic backup failed. {reason}", reason=age.failure), "danger")
        elif not age.ok:
            words = _("{age}. Make one now, on a stick or another disk.", age=age_words(age))
            self.age.say(words, "warning")
        else:
            self.age.say("", "notice")

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The backups cannot be shown"), str(error), again)

    def _allow(self) -> None:
        chosen = self.table.current
        self._check_this.setVisible(chosen is not None and chosen.path is not None)

    # --- making -------------------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Ask where to, and make it."""
        # Neither the state nor the post nor anybody: the stick may be found by a stranger.
        name = f"backup-{date.today().isoformat()}{restoring.SUFFIX}"
        title, patterns = _("Back up the registry"), [_pattern()]
        ask_target(self, self.desk.settings, USE, title, patterns, name, self.back_up_to)

    def back_up_to(self, path: Path) -> None:
        """Make it there; on a reader, for others and oneself to go on working."""
        registry = self.desk.registry
        self.make_button.setEnabled(False)
        self.result.say("", "notice")
        self.desk.runner.call(
            lambda progress: registry.execute(MakeBackup(path), progress).value,
            self._made,
            self._not_made,
            title=_("Making a backup"),
            on_cancelled=lambda: self.make_button.setEnabled(True),
        )

    def _made(self, made: BackupMade) -> None:
        self.make_button.setEnabled(True)
        said = ngettext(
            "The backup is complete and verified: {count} person, {size}. Keep it outside the building.",
            "The backup is complete and verified: {count} people, {size}. Keep it outside the building.",
            made.people,
            size=size(made.size),
        )
        self.result.say(said, "success")
        self.desk.announce(CHANGED)

    def _not_made(self, error: RegistryError) -> None:
        self.make_button.setEnabled(True)
        self.result.say(_("No backup was made. {reason}", reason=error), "danger")

    # --- checking and restoring ---------------------------------------------------------------------------------

    def ask_check(self) -> None:
        """Ask which, and check it."""
        ask_file(self, self.desk.settings, USE, _("Check a backup"), [_pattern()], self.check)

    def _check_chosen(self) -> None:
        chosen = self.table.current
        if chosen is not None and chosen.path is not None:
            self.check(chosen.path)

    def check(self, path: Path) -> None:
        """Open it as after a disaster, and say what was found."""
        registry = self.desk.registry
        self._check.setEnabled(False)
        self._check_this.setEnabled(False)
        self.result.say(_("The backup is being checked…"), "notice")
        self.desk.runner.call(
            lambda progress: registry.execute(CheckBackup(path), progress).value,
            self._checked,
            lambda error: self._end_check(str(error), "danger"),
            title=_("Checking a backup"),
            on_cancelled=lambda: self._end_check(_("Stopped before the end; nothing can be said."), "notice"),
        )

    def _checked(self, found: BackupChecked) -> None:
        made = date_and_time(found.created)
        if found.sound:
            said = ngettext(
                "The backup of {made} is good: it opens, its history holds, and {count} person is in it.",
                "The backup of {made} is good: it opens, its history holds, and {count} people are in it.",
                found.people,
                made=made,
            )
            self._end_check(said, "success")
        else:
            words = _(
                "The backup of {made} opens, but its history was altered. Compare it with another one.", made=made
            )
            self._end_check(words, "danger")

    def _end_check(self, sentence: str, role: str) -> None:
        self._check.setEnabled(True)
        self._check_this.setEnabled(True)
        self.result.say(sentence, role)

    def restore(self) -> RestoreDialog:
        """Make a registry again in a folder of its own; the one in use stays as it is."""
        dialog = RestoreDialog(self.desk.runner, self.desk.settings, self.desk.session.name, self.window())
        dialog.restored.connect(self._restored)
        dialog.open()
        return dialog

    def _restored(self, folder: Path, _name: str) -> None:
        words = N_("The registry is restored in the folder {folder}. Sign out and choose that folder to work in it.")
        self.result.say(_(words, folder=folder), "success")


def _pattern() -> str:
    return _(PATTERN, suffix=restoring.SUFFIX)


def _columns() -> list[Column[BackupView]]:
    return [
        Column(_("Made"), lambda b: date_and_time(b.created), width=190),
        Column(_("Kind"), lambda b: _(_KINDS.get(b.kind, _KINDS[""]))),
        Column(_("People"), lambda b: number(b.people) if b.kind else "", width=110, number=True),
        Column(_("Size"), lambda b: size(b.size), width=110, number=True),
        Column(
            _("State"), lambda b: _(_STATES[b.state][0]), lambda b: _STATES[b.state][1], lambda b: _STATES[b.state][2]
        ),
    ]

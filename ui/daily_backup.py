"""The day's backup, made in the background while somebody works."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from registry.access import Right
from registry.changes import Changes
from registry.commands import KeepBackup
from registry.errors import RegistryError
from registry.i18n import _
from ui.desk import Desk

#: What is announced when a backup was made, or failed.
CHANGED = Changes({"backups": frozenset({0})})
#: Milliseconds from the opening of the window to the first look, between two looks, and after one that failed.
_FIRST, _EVERY, _AFTER_FAILURE = 20_000, 600_000, 3_600_000


class DailyBackup(QObject):
    """Looks now and then whether today's backup is made; makes it on a reader, so that nobody waits for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST)
        desk.runner.closed.connect(self._timer.stop)

    def look(self) -> None:
        """Make it, unless there is one already."""
        registry = self._desk.registry
        self._desk.runner.call(
            lambda progress: registry.execute(KeepBackup(), progress).value,
            self._kept,
            self._failed,
            title=_("Daily backup"),
            key="daily backup",
            on_cancelled=lambda: self._timer.start(_AFTER_FAILURE),
        )

    def _kept(self, made: bool) -> None:
        self._timer.start(_EVERY)
        if made:
            self._desk.announce(CHANGED)

    def _failed(self, error: RegistryError) -> None:
        self._timer.start(_AFTER_FAILURE)
        self._desk.announce(CHANGED)
        action = (_("Backups"), lambda: self._desk.go("administration", "backups"))
        sentence = _("Today's backup could not be made. {reason}", reason=error)
        self._desk.say(sentence, "danger", action if self._desk.may(Right.BACKUP) else None)

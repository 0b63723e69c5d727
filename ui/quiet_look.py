"""Duplicates of what is new or changed are looked for in calm moments, without anybody asking for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from registry import fields
from registry.access import Right
from registry.changes import Changes, Outcome
from registry.commands import CompareChanged
from registry.errors import RegistryError
from ui.desk import Desk
from ui.idle import IdleWatch

if TYPE_CHECKING:
    from registry.matching.following import Followed

#: Seconds after the last change, key or movement of the mouse in which nobody is at work.
CALM = 10.0


class QuietLook(QObject):
    """Waits for calm after each change, then compares a few records at a time on the writer.

    It makes way for whatever the officer writes, says nothing, and goes on in the next calm.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._kinds: list[str] = []
        self._calm = IdleWatch(self, CALM)
        self._calm.expired.connect(self.look)
        desk.runner.closed.connect(self._calm.stop)
        if desk.may(Right.EDIT):
            desk.changed.connect(self._hear)
            self._calm.start()  # for what changed while no window was open

    @property
    def waits(self) -> bool:
        """Whether it looks at the next calm moment."""
        return self._calm.watching

    def _hear(self, changes: Changes) -> None:
        """Something changed here, or by another program."""
        if any(changes.touch(kind) for kind in (*fields.KINDS, "settings")):  # answers may count, or not any more
            self._calm.start()

    def look(self) -> None:
        """Begin, unless something else is being written."""
        if any(task.writes for task in self._desk.runner.tasks):
            self._calm.start()
            return
        self._kinds = list(fields.KINDS)
        self._go_on()

    def _go_on(self) -> None:
        if self._kinds:
            self._desk.runner.execute(
                CompareChanged(self._kinds[0]), self._compared, self._stop, quiet=True, on_cancelled=self._calm.start
            )

    def _compared(self, outcome: Outcome[Followed]) -> None:
        """The next part, as long as nobody begins to work."""
        if not outcome.value.more:
            del self._kinds[0]
        if self._kinds and self._calm.idle < CALM:
            self._calm.start()
        else:
            self._go_on()

    def _stop(self, _error: RegistryError) -> None:
        """The register is in use, or the role was taken away: the next change begins anew."""

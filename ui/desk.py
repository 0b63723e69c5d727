"""What every page works with: the open registry through its two doors, settings, notices, and the way elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from registry import additions
from registry.access import Right, Session
from registry.changes import Changes, Outcome
from registry.errors import RegistryError
from ui.settings import Settings
from ui.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from registry.app import Registry
    from registry.commands import Command
    from registry.queries import Query

Result = TypeVar("Result")


@dataclass(frozen=True)
class Notice:
    """A sentence at the foot of the window.

    Attributes:
        text: translated.
        role: "notice", "success", "warning" or "danger".
        action: what its button says and does, if it has one.
    """

    text: str
    role: str = "notice"
    action: tuple[str, Callable[[], None]] | None = None


class Desk(QObject):
    """One user's work on one open registry.

    Attributes:
        registry: for quick reads that need no worker; changes go through `execute`.
        runner: the workers.
        settings: what the window remembers.

    Signals:
        changed: `Changes` after each change, on the window's thread.
        noticed: a `Notice` to show.
        place_asked: code of a place, and what it should do there ("" = just be shown).
    """

    changed = Signal(object)
    noticed = Signal(object)
    place_asked = Signal(str, object)

    def __init__(self, registry: Registry, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.registry = registry
        self.settings = settings
        additions.use(registry.additions())
        self.runner = TaskRunner(registry, self.fail, self)
        self.runner.changed.connect(self._renew)
        self.runner.changed.connect(self.changed)
        self.window: QWidget | None = None

    @property
    def session(self) -> Session:
        """Who is signed in."""
        return self.registry.session

    def may(self, right: Right) -> bool:
        """Whether this user has the right."""
        return self.session.may(right)

    def execute(
        self,
        command: Command[Result],
        on_done: Callable[[Outcome[Result]], None] | None = None,
        on_error: Callable[[RegistryError], None] | None = None,
        *,
        title: str = "",
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Carry a command out on the writer; asks for the password when the command needs it typed again.

        Args:
            on_done: hears the outcome on the window's thread.
            on_error: hears an expected failure; without it a notice shows the sentence.
            title: translated; work with a title is shown with progress and Cancel after 600 ms.
            on_cancelled: hears that the officer stopped it, or did not give the password.
        """

        def failed(error: RegistryError) -> None:
            from registry.context import ConfirmationNeeded

            if isinstance(error, ConfirmationNeeded):
                self._ask_password(str(error), again, on_cancelled)
            else:
                (on_error or self.fail)(error)

        def again(password: str) -> None:
            task.go_on_as(
                self.runner.execute(
                    command, on_done, on_error, title=title, password=password, on_cancelled=on_cancelled
                )
            )

        task = self.runner.execute(command, on_done, failed, title=title, on_cancelled=on_cancelled)
        return task

    def read(
        self,
        query: Query[Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[RegistryError], None] | None = None,
        *,
        title: str = "",
        key: object = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Ask a question on a reader; of those with the same `key` only the last is answered."""
        return self.runner.read(query, on_done, on_error, title=title, key=key, on_cancelled=on_cancelled)

    def say(self, text: str, role: str = "notice", action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a sentence at the foot of the window, with a button if `action` is given."""
        self.noticed.emit(Notice(text, role, action))

    def fail(self, error: RegistryError) -> None:
        """Show what went wrong."""
        self.say(str(error), "danger")

    def go(self, place: str, intent: object = "") -> None:
        """Show a place; `intent` is handed to its page's `arrive`."""
        self.place_asked.emit(place, intent)

    def announce(self, changes: Changes) -> None:
        """Tell every page that something else than a command changed."""
        self.changed.emit(changes)

    def _renew(self, changes: Changes) -> None:
        """Templates changed: what the window shows from now on has the fields, and the letters."""
        if changes.touch("profiles") or changes.touch("templates"):
            additions.use(self.registry.additions())

    def undo(self) -> None:
        """Take back this user's last change, and say what it was."""
        from registry.commands import Undo
        from ui.undoing import say_undone

        self.execute(Undo(), lambda outcome: say_undone(self, outcome.value))

    def _ask_password(
        self, sentence: str, go_on: Callable[[str], None], on_cancelled: Callable[[], None] | None
    ) -> None:
        from ui.dialogs.password import PasswordDialog

        dialog = PasswordDialog(sentence, self.window)
        dialog.given.connect(go_on)
        if on_cancelled is not None:
            dialog.rejected.connect(on_cancelled)
        dialog.open()

    def close(self) -> None:
        """Stop all work and sign out."""
        additions.use(additions.NONE)
        self.runner.close()
        self.registry.close()

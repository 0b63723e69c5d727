"""What takes data out into a file: a form, the reason above a number of people, and waiting until the file is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from registry.access import CONFIRM_ABOVE
from registry.changes import Outcome
from registry.commands import Command
from registry.errors import RegistryError
from registry.i18n import _
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.files import show_file
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column
from ui.widgets.summary import Banner
from ui.widgets.working import Working

Result = TypeVar("Result")


class TakingOut(Dialog):
    """Asks what to take out, and stays until the file is written.

    Subclasses fill `form`, then call `add_reason` and `end_form`; they call `write_file` with their command.

    Attributes:
        form: the layout to fill.
        reason: why the data leaves; asked for above a number of people.
        count: of how many people or records data would leave.
    """

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=520)
        self.desk = desk
        self.count = 0
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        holder = QWidget()
        self.form: QVBoxLayout = column(holder, spacing=16)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("For example: yearly report to the ministry"))
        self.reason.textChanged.connect(self.allow)
        self._trouble = Banner()
        self._working = Working()
        self._stack.addWidget(holder)
        self._stack.addWidget(self._working)
        self._leave = self.add_cancel()
        self._main = self.add_main(_("Save as…"))
        self._main.clicked.connect(self.ask_file)

    def add_reason(self, name: str) -> None:
        """The line for the reason."""
        hint = _("Data of more than {limit} people leaves the registry: the reason is kept in the history.")
        self._why = Labelled(name, self.reason, hint.format(limit=CONFIRM_ABOVE))
        self.form.addWidget(self._why)

    def end_form(self) -> None:
        """Nothing more comes into the form."""
        self.form.addWidget(self._trouble)
        self.form.addStretch(1)

    def show_count(self, count: int) -> None:
        """Data of so many would leave."""
        self.count = count
        self._why.setVisible(count > CONFIRM_ABOVE)
        self.allow()

    def allow(self) -> None:
        """Let the file be written once there is something to write, and a reason where one is needed."""
        explained = self.count <= CONFIRM_ABOVE or bool(self.reason.text().strip())
        self._main.setEnabled(self.count > 0 and explained)

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it; a subclass says how."""

    def write_file(self, command: Command[Result], path: Path, title: str, said: Callable[[Result], str]) -> None:
        """Carry the command out.

        Args:
            title: translated; what is being done.
            said: the sentence about the result.
        """

        def done(outcome: Outcome[Result]) -> None:
            self._show_work(working=False)
            self.desk.say(said(outcome.value), "success", (_("Open"), lambda: show_file(path)))
            self.accept()

        self._trouble.say("", "danger")
        task = self.desk.execute(command, done, self._fail, title=title, on_cancelled=self._stopped)
        self._show_work(working=True)
        self._working.watch(task, title)

    def _show_work(self, *, working: bool) -> None:
        self._stack.setCurrentIndex(1 if working else 0)
        self._leave.setEnabled(not working)
        self._main.setEnabled(not working)
        if not working:
            self._working.stop()

    def _fail(self, error: RegistryError) -> None:
        self._show_work(working=False)
        self._trouble.say(str(error), "danger")

    def _stopped(self) -> None:
        self._show_work(working=False)
        self._trouble.say(_("Stopped. No file was written."), "notice")

    def reject(self) -> None:
        """Escape leaves, but not while the file is being written."""
        if self._stack.currentIndex() == 0:
            super().reject()

"""First step: the file, picked or dropped; one that cannot be read ends here, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget

from registry.errors import RegistryError
from registry.i18n import N_, _
from registry.progress import Progress
from registry.queries import ReadList
from registry.transfer.lists.source import Source
from registry.transfer.options import ImportOptions
from registry.transfer.readers.preflight import asks_password
from ui.desk import Desk
from ui.dialogs.password import PasswordDialog
from ui.importing.intake import Intake
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.flow import Step
from ui.widgets.labels import column
from ui.widgets.working import Working


class FileStep(Step):
    """Which file.

    Signals:
        looked: it was read; the intake has it.
    """

    looked = Signal()

    title = N_("File")

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk, self._intake = desk, intake
        self._path, self._password = Path(), ""
        self._stack = QStackedWidget()
        column(self).addWidget(self._stack)
        self.state = EmptyState()
        self._working = Working()
        self._stack.addWidget(self.state)
        self._stack.addWidget(self._working)

    def enter(self) -> None:
        """Ask for a file; with one that was read already, what was chosen for it can be gone back to."""
        self._working.stop()
        self._stack.setCurrentWidget(self.state)
        actions: list[tuple[str, str, Callable[[], object]]] = [("folder_open", _("Choose a file…"), self.ask)]
        if self._intake.source is not None:
            back = _("Go on with “{file}”", file=self._intake.source.name)
            actions.append(("arrow_forward", back, self.looked.emit))
        self.state.show_state(
            "upload_file",
            _("Drop a list here"),
            _("An Excel workbook, an OpenDocument sheet or a CSV file, with one person or association a row."),
            actions,
        )
        self._focus_button()

    def leave(self) -> None:
        """A file that is still being read is not wanted any more."""
        self._working.cancel()

    def ask(self) -> None:
        """Ask with the system's own dialog."""
        patterns = [
            _("Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.json *.vcf *.pdf *.zip)"),
            _("All files (*)"),
        ]
        ask_file(self, self._desk.settings, "import", _("Choose a list"), patterns, self.take)

    def take(self, path: Path, password: str = "") -> None:
        """Read a file, a protected one with its password."""
        self._path, self._password = path, password
        registry = self._desk.registry

        def look(progress: Progress) -> Source:
            return registry.read(ReadList(path, ImportOptions(), password), progress)

        title = _("Reading the file")
        task = self._desk.runner.call(
            look, self._take_in, self._refuse, title=title, key="look", on_cancelled=self.enter
        )
        self._stack.setCurrentWidget(self._working)
        self._working.watch(task, title)

    def _take_in(self, source: Source) -> None:
        self._working.stop()
        self._intake.password = self._password
        self._intake.begin(self._path, source)
        self.looked.emit()

    def _refuse(self, error: RegistryError) -> None:
        self._working.stop()
        self._stack.setCurrentWidget(self.state)
        title = _("“{file}” cannot be taken in", file=self._path.name)
        actions: list[tuple[str, str, Callable[[], object]]] = [("folder_open", _("Choose another file…"), self.ask)]
        protected = asks_password(error)
        if protected:
            actions.append(("key", _("Enter the password…"), lambda: self._ask_password(error)))
        self.state.show_state("lock" if protected else "error", title, str(error), actions)
        self._focus_button()
        if protected:
            self._ask_password(error)

    def _ask_password(self, why: RegistryError) -> None:
        dialog = PasswordDialog(str(why), self, title=_("The list is protected"))
        dialog.given.connect(lambda password: self.take(self._path, password))
        dialog.open()

    def _focus_button(self) -> None:
        """Enter chooses a file."""
        chooser = self.state.findChildren(QPushButton)[-1]
        chooser.setAutoDefault(True)
        chooser.show()  # now, not with the next event: what is not shown takes no keyboard
        chooser.setFocus()

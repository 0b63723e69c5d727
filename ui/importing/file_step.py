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
        self._stack = QStackedWidget()
        column(self).addWidget(self._stack)
        self.state = EmptyState()
        self._working = Working()
        self._stack.addWidget(self.state)
        self._stack.addWidget(self._working)

    def enter(self) -> None:
        """Ask for a file."""
        self._stack.setCurrentWidget(self.state)
        self.state.show_state(
            "upload_file",
            _("Drop a list here"),
            _("An Excel workbook, an OpenDocument sheet or a CSV file, with one person or association a row."),
            [("folder_open", _("Choose a file…"), self.ask)],
        )
        self._focus_button()

    def ask(self) -> None:
        """Ask with the system's own dialog."""
        patterns = [
            _("Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.json *.vcf *.pdf *.zip)"),
            _("All files (*)"),
        ]
        ask_file(self, self._desk.settings, "import", _("Choose a list"), patterns, self.take)

    def take(self, path: Path, password: str = "") -> None:
        """Read a file, a protected one with its password."""

        registry = self._desk.registry

        def look(progress: Progress) -> Source:
            return registry.read(ReadList(path, ImportOptions(), password), progress)

        title = _("Reading the file")
        task = self._desk.runner.call(
            look,
            lambda source: self._take_in(path, password, source),
            lambda error: self._refuse(path, error),
            title=title,
            key="look",
            on_cancelled=self.enter,
        )
        self._stack.setCurrentWidget(self._working)
        self._working.watch(task, title)

    def _take_in(self, path: Path, password: str, source: Source) -> None:
        self._working.stop()
        self._intake.password = password
        self._intake.begin(path, source)
        self.looked.emit()

    def _refuse(self, path: Path, error: RegistryError) -> None:
        self._working.stop()
        self._stack.setCurrentWidget(self.state)
        title = _("“{file}” cannot be taken in", file=path.name)
        actions: list[tuple[str, str, Callable[[], object]]] = [("folder_open", _("Choose another file…"), self.ask)]
        protected = asks_password(error)
        if protected:
            actions.append(("key", _("Enter the password…"), lambda: self._ask_password(path, error)))
        self.state.show_state("lock" if protected else "error", title, str(error), actions)
        self._focus_button()
        if protected:
            self._ask_password(path, error)

    def _ask_password(self, path: Path, why: RegistryError) -> None:
        dialog = PasswordDialog(str(why), self, title=_("The list is protected"))
        dialog.given.connect(lambda password: self.take(path, password))
        dialog.open()

    def _focus_button(self) -> None:
        """Enter chooses a file."""
        chooser = self.state.findChildren(QPushButton)[-1]
        chooser.setAutoDefault(True)
        chooser.show()  # now, not with the next event: what is not shown takes no keyboard
        chooser.setFocus()

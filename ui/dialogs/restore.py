"""Making a registry again from a backup: which, where to, and a name and password of that day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QProgressBar, QWidget

from registry import desktop, restoring
from registry.backups import BackupView
from registry.errors import RegistryError
from registry.formats import date_and_time
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.restoring import Restored
from ui.dialogs.base import Dialog
from ui.settings import Settings
from ui.tasks import Task, Workers
from ui.widgets.files import ask_file
from ui.widgets.inputs import Labelled, PasswordLine
from ui.widgets.labels import column, icon_button, label, row
from ui.widgets.summary import Banner

ALTERED = N_(
    "The registry is there, but its history was altered before the backup was made. Compare it with another backup."
)


class RestoreDialog(Dialog):
    """Asks, looks at the backup as soon as it is named, and restores it; the work can be stopped.

    Signals:
        restored: the folder, and the name to sign in with ("" after a recovery key).
    """

    restored = Signal(object, str)

    def __init__(self, workers: Workers, settings: Settings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Restore a backup"), parent, width=560)
        self._workers, self._settings = workers, settings
        self._task: Task | None = None
        self._said: BackupView | None = None
        self.file = QLineEdit()
        self.folder = QLineEdit(str(desktop.data_folder() / _("Restored registry")))
        self.name, self.password = QLineEdit(name), PasswordLine(_("Password"))
        self.key, self.only_key = QLineEdit(), QCheckBox(_("I have only a recovery key"))
        self.problem, self._bar, self._stage = Banner(), QProgressBar(textVisible=False), label(role="quiet")
        self._build()
        self._workers.activity.connect(self._tell)
        self.file.textChanged.connect(self._look)
        for line in (self.folder, self.name, self.password, self.key):
            line.textChanged.connect(self._allow)
        self.only_key.toggled.connect(self._turn)
        self._turn()
        self.file.setFocus()

    def _build(self) -> None:
        words = _("The registry is made again in a folder of its own; what you have stays as it is.")
        self.body.addWidget(label(words, "quiet", wrap=True))
        hint = _("A file that ends in {suffix}", suffix=restoring.SUFFIX)
        self._file = Labelled(_("Backup"), self._beside(self.file, _("Choose the backup"), self._choose_file), hint)
        self.file.setAccessibleName(_("Backup"))
        self.body.addWidget(self._file)
        folder = self._beside(self.folder, _("Choose a folder"), self._choose_folder)
        self.folder.setAccessibleName(_("Folder"))
        self.body.addWidget(Labelled(_("Folder"), folder, _("A new or an empty folder, not one that is synchronised.")))
        self._account = QWidget()
        beside = row(self._account, spacing=16)
        for part in (
            Labelled(_("Name"), self.name),
            Labelled(_("Password"), self.password, _("Both of the day on which it was made")),
        ):
            beside.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self._recovery = Labelled(_("Recovery key"), self.key, _("Printed before the backup was made"))
        for each in (self._account, self._recovery, self.only_key, self.problem):
            self.body.addWidget(each)
        self._working = QWidget()
        inside = column(self._working, spacing=4)
        inside.addWidget(self._stage)
        inside.addWidget(self._bar)
        self.body.addWidget(self._working)
        self._working.hide()
        self.add_cancel()
        self._main = self.add_main(_("Restore"))
        self._main.clicked.connect(self.restore)

    def _beside(self, line: QLineEdit, words: str, choose: Callable[[], object]) -> QWidget:
        place = QWidget()
        layout = row(place)
        layout.addWidget(line, 1)
        layout.addWidget(icon_button("folder_open", words, choose))
        return place

    def _choose_file(self) -> None:
        pattern = _("Backups (*{suffix})", suffix=restoring.SUFFIX)
        ask_file(
            self,
            self._settings,
            "backup",
            _("Choose the backup"),
            [pattern, _("All files (*)")],
            lambda path: self.file.setText(str(path)),
        )

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose a folder"), str(Path(self.folder.text()).parent))
        if chosen:
            self.folder.setText(chosen)

    def _turn(self) -> None:
        """Password or recovery key."""
        only_key = self.only_key.isChecked()
        self._account.setVisible(not only_key)
        self._recovery.setVisible(only_key)
        self._allow()

    def _look(self, text: str) -> None:
        """Read what the backup says of itself."""
        self._said = None
        self._file.set_problem("")
        self._allow()
        if text.strip():
            path = Path(text.strip())
            self._workers.call(
                lambda _progress: restoring.describe(path), self._describe, self._not_described, key="backup described"
            )

    def _describe(self, said: BackupView) -> None:
        self._said = said
        made = date_and_time(said.created)
        hint = ngettext(
            "Made on {made}, with {count} person", "Made on {made}, with {count} people", said.people, made=made
        )
        self._file.set_hint(hint)
        self._allow()

    def _not_described(self, error: RegistryError) -> None:
        self._file.set_problem(str(error))

    def _allow(self) -> None:
        secret = self.key.text().strip() if self.only_key.isChecked() else self.name.text() and self.password.text()
        good = self._said is not None and bool(self.folder.text().strip()) and bool(secret)
        self._main.setEnabled(good and self._task is None)

    def restore(self) -> None:
        """Do it."""
        file, folder = Path(self.file.text().strip()), Path(self.folder.text().strip())
        name, password, key = self.name.text().strip(), self.password.text(), self.key.text()
        only_key = self.only_key.isChecked()

        def work(progress: Progress) -> Restored:
            if only_key:
                return restoring.recover(file, folder, key, progress)
            return restoring.restore(file, folder, name, password, progress)

        self.problem.say("", "danger")
        self._task = self._workers.call(
            work,
            lambda done: self._done(done, folder),
            self._failed,
            title=_("Restoring a backup"),
            on_cancelled=lambda: self._end(_("Stopped. Nothing was left behind."), "notice"),
        )
        self._working.show()
        self._tell()
        self._allow()

    def _tell(self) -> None:
        """How far it is."""
        if self._task is None:
            return
        progress = self._task.progress
        self._stage.setText(progress.message or self._task.title)
        self._bar.setRange(0, 1000 if progress.total else 0)
        if progress.total:
            self._bar.setValue(round(1000 * min(progress.done, progress.total) / progress.total))

    def _done(self, done: Restored, folder: Path) -> None:
        self._end("", "notice")
        self.restored.emit(folder, done.user)
        if done.sound:
            self.accept()
        else:
            self.problem.say(_(ALTERED), "danger")
            self._main.hide()

    def _failed(self, error: RegistryError) -> None:
        self._end(str(error), "danger")

    def _end(self, sentence: str, role: str) -> None:
        self._task = None
        self._working.hide()
        self.problem.say(sentence, role)
        self._allow()

    def reject(self) -> None:
        """Stop the work first; leave when nothing runs."""
        if self._task is not None:
            self._task.cancel()
        else:
            super().reject()

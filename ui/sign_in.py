"""The sign-in window: which registry, who, and the password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from registry import desktop
from registry.errors import RegistryError
from registry.i18n import _
from registry.progress import Progress
from ui import icons
from ui.dialogs.base import Fitting
from ui.settings import Settings
from ui.tasks import Workers
from ui.widgets.inputs import Labelled, PasswordLine
from ui.widgets.labels import button, column, icon_button, label, row, set_role, surface

if TYPE_CHECKING:
    from registry.app import Registry

#: The demonstration's folder, and who signs in there with which password (CLI.md, "demo").
DEMONSTRATION, DEMONSTRATOR, DEMONSTRATION_PEOPLE = "Demonstration", "demo", 2000
#: Milliseconds after the window is painted at which the store is loaded.
_PRELOAD_AFTER = 50


class SignIn(QWidget):
    """Opens a registry, or leads to making one.

    Signals:
        opened: the `Registry`.
        closed: the officer gave up.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, settings: Settings, folder: str = "", user: str = "", message: str = "") -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Diaspora Registry"))
        self.setMinimumSize(400, 340)
        self.resize(QSize(600, 640))
        self._settings = settings
        self._workers = Workers(self._failed, self)
        self._done = False
        self._workers.activity.connect(self._show_work)
        self._preload = QTimer(self, singleShot=True, interval=_PRELOAD_AFTER)
        self._preload.timeout.connect(lambda: self._workers.call(_load_store, _ready))
        self.folder = QComboBox(editable=True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name = QLineEdit(user or settings.text("user"))
        self.password = PasswordLine(_("Password"))
        self.submit = button(_("Sign in"), self._sign_in, "primary")
        self.problem = label(role="danger", wrap=True)
        self._build()
        self._fill(folder, message)

    def _build(self) -> None:
        content = QWidget()
        outer = column(content, margin=24)
        scrolled = Fitting(content, 480)
        column(self).addWidget(scrolled)
        outer.addStretch(1)
        card = surface()
        card.setMaximumWidth(440)
        centred = row()
        centred.addStretch(1)
        centred.addWidget(card, 20)
        centred.addStretch(1)
        outer.addLayout(centred)
        inside = column(card, margin=32, spacing=12)
        emblem = label()
        icons.dress(emblem, "public", "accent_text", 40)
        inside.addWidget(emblem)
        inside.addWidget(label(_("Diaspora Registry"), "title"))
        inside.addWidget(label(_("Sign in to your post's registry."), "quiet", wrap=True))
        inside.addSpacing(4)
        inside.addWidget(self._folder_row())
        inside.addWidget(Labelled(_("Name"), self.name))
        inside.addWidget(Labelled(_("Password"), self.password))
        inside.addWidget(self.problem)
        inside.addSpacing(4)
        inside.addWidget(self.submit)
        outer.addSpacing(8)
        outer.addLayout(self._other_ways())
        outer.addStretch(2)

    def _folder_row(self) -> QWidget:
        line = QWidget()
        layout = row(line, spacing=8)
        self.folder.setSizePolicy(self.name.sizePolicy())
        self.folder.setAccessibleName(_("Registry folder"))
        layout.addWidget(self.folder, 1)
        layout.addWidget(icon_button("folder_open", _("Choose the registry's folder"), self._choose))
        return Labelled(_("Registry folder"), line)

    def _other_ways(self) -> QVBoxLayout:
        ways = (
            (_("Create a registry…"), self._create, "add"),
            (_("Try the demonstration"), self._demonstrate, "person"),
            (_("Password lost…"), self._recover, "key"),
            (_("Restore a backup…"), self._restore, "unarchive"),
        )
        lines = column(spacing=0)
        for pair in (ways[:2], ways[2:]):
            line = row(spacing=8)
            line.addStretch(1)
            for words, action, icon in pair:
                line.addWidget(button(words, action, "link", icon))
            line.addStretch(1)
            lines.addLayout(line)
        return lines

    def _fill(self, folder: str, message: str) -> None:
        recent = self._settings.texts("recent")
        self.folder.addItems(recent)
        if folder or recent:
            self.folder.setCurrentText(folder or recent[0])
        self._say(message, "quiet")
        for line in (self.name, self.password):
            line.returnPressed.connect(self._sign_in)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is missing; load the store while the officer types."""
        super().showEvent(event)
        missing: QWidget = self.password
        for candidate, text in ((self.folder, self.folder.currentText()), (self.name, self.name.text())):
            if not text:
                missing = candidate
                break
        missing.setFocus(Qt.FocusReason.OtherFocusReason)
        self._preload.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave, unless a registry was just opened."""
        super().closeEvent(event)
        self._preload.stop()
        self._workers.close()
        if not self._done:
            self.closed.emit()

    def _choose(self) -> None:
        begin = self.folder.currentText() or str(desktop.data_folder())
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the registry's folder"), begin)
        if chosen:
            self.folder.setCurrentText(chosen)
            self.name.setFocus()

    def _sign_in(self) -> None:
        folder, user, password = self.folder.currentText().strip(), self.name.text().strip(), self.password.text()
        if not (folder and user and password):
            self._say(_("Choose a folder, and type your name and password."), "danger")
            return
        self._open(Path(folder), user, password)

    def _open(self, folder: Path, user: str, password: str, prepare: Callable[[Progress], None] | None = None) -> None:
        def work(progress: Progress) -> Registry:
            from registry.app import Registry

            if prepare is not None:
                prepare(progress)
            registry = Registry.open(folder, user, password)
            _load_words()
            return registry

        self._busy(True)
        self._say(_("One moment…"), "quiet")
        self._workers.call(work, lambda registry: self._enter(registry, folder, user), title=_("One moment…"))

    def _enter(self, registry: Registry, folder: Path, user: str) -> None:
        self._settings.keep_recent(folder, user)
        self.password.clear()
        self._done = True
        self.opened.emit(registry)
        self.close()

    def _show_work(self) -> None:
        """Say how far work is that takes a while."""
        for task in self._workers.tasks:
            progress = task.progress
            if progress.message:
                share = f" {100 * progress.done // progress.total} %" if progress.total else ""
                self._say(progress.message + share, "quiet")

    def _failed(self, error: RegistryError) -> None:
        self._busy(False)
        self._say(str(error), "danger")
        self.password.selectAll()
        self.password.setFocus()

    def _busy(self, busy: bool) -> None:
        for part in (self.submit, self.folder, self.name, self.password):
            part.setEnabled(not busy)

    def _say(self, sentence: str, role: str) -> None:
        set_role(self.problem, role)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.submit.setAccessibleDescription(sentence)

    def _create(self) -> None:
        from ui.dialogs.create_registry import CreateRegistry

        dialog = CreateRegistry(self._workers, self)
        dialog.created.connect(self._created)
        dialog.open()

    def _created(self, folder: Path, name: str) -> None:
        self.folder.setCurrentText(str(folder))
        self.name.setText(name)
        self._say(_("The registry is ready. Sign in with your new password."), "success")
        self.password.setFocus()

    def _restore(self) -> None:
        from ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self._workers, self._settings, self.name.text().strip(), self)
        dialog.restored.connect(self._restored)
        dialog.open()

    def _restored(self, folder: Path, name: str) -> None:
        self.folder.setCurrentText(str(folder))
        if name:
            self.name.setText(name)
        self._say(_("The registry is restored. Sign in with the password of that day."), "success")
        self.password.setFocus()

    def _recover(self) -> None:
        from ui.dialogs.recover import RecoverDialog

        folder = self.folder.currentText().strip()
        if not folder:
            self._say(_("Choose the registry's folder first."), "danger")
            return
        dialog = RecoverDialog(self._workers, Path(folder), self.name.text().strip(), self)
        dialog.recovered.connect(self._recovered)
        dialog.open()

    def _recovered(self, name: str) -> None:
        self.name.setText(name)
        self._say(_("The password is set. Sign in with it."), "success")
        self.password.setFocus()

    def _demonstrate(self) -> None:
        folder = desktop.data_folder() / DEMONSTRATION

        def prepare(progress: Progress) -> None:
            from registry.demo.run import run

            if not (folder / "keys.json").exists():
                run(folder, people=DEMONSTRATION_PEOPLE, seed=1, progress=progress)

        self._open(folder, DEMONSTRATOR, DEMONSTRATOR, prepare)


def _load_store(_progress: Progress) -> None:
    """Import what signing in and the first list need, while the officer types."""
    import registry.app
    import registry.search.find  # noqa: F401


def _load_words() -> None:
    """Read the vocabularies that the first page shows, so that it need not wait for them."""
    from registry import vocabularies

    for name in ("country", "language", "sex", "state"):
        vocabularies.get(name).choices()


def _ready(_nothing: None) -> None:
    """The store is loaded."""

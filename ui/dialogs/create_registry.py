"""Making a registry without the command line, and its recovery keys, shown once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QTextDocument
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QWidget

from registry import desktop
from registry.errors import Invalid, RegistryError
from registry.i18n import N_, _
from registry.progress import Progress
from ui.dialogs.base import Dialog
from ui.tasks import Workers
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled, PasswordLine
from ui.widgets.labels import button, icon_button, label, row, surface

NOT_THE_SAME = N_("The two passwords are not the same. Type them again.")


class CreateRegistry(Dialog):
    """Asks for what a new registry needs.

    Signals:
        created: its folder and the administrator's name.
    """

    created = Signal(object, str)

    def __init__(self, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(_("Create a registry"), parent, width=560)
        self._workers = workers
        self.folder = QLineEdit(str(desktop.data_folder() / _("Registry")))
        self.post = QLineEdit(maxLength=6)
        self.country = CodeBox("country", _("Country where the post stands"))
        self.home = CodeBox("country", _("State it serves"))
        self.admin = QLineEdit()
        self.password = PasswordLine(_("Password"))
        self.repeated = PasswordLine(_("Password again"))
        self.problem = label(role="danger", wrap=True)
        self._build()
        self.post.setFocus()

    def _build(self) -> None:
        place = QWidget()
        layout = row(place)
        layout.addWidget(self.folder, 1)
        layout.addWidget(icon_button("folder_open", _("Choose a folder"), self._choose))
        self.body.addWidget(
            label(_("One registry for one post, encrypted, in a folder of this computer."), "quiet", wrap=True)
        )
        self.body.addWidget(Labelled(_("Folder"), place, _("A new or an empty folder, not one that is synchronised.")))
        for pair in (
            (
                Labelled(_("Post's code"), self.post, _("Two to six letters, such as LYS")),
                Labelled(_("Administrator's name"), self.admin, _("Your own, for signing in")),
            ),
            (
                Labelled(_("Country where the post stands"), self.country),
                Labelled(_("State it serves"), self.home),
            ),
            (
                Labelled(_("Password"), self.password, _("At least ten characters")),
                Labelled(_("Password again"), self.repeated),
            ),
        ):
            beside = row(spacing=16)
            for part in pair:
                beside.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(beside)
        self.body.addWidget(self.problem)
        self.problem.hide()
        self.add_cancel()
        self._main = self.add_main(_("Create"))
        self._main.clicked.connect(self._create)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose a folder"), str(Path(self.folder.text()).parent))
        if chosen:
            self.folder.setText(chosen)

    def _create(self) -> None:
        folder, admin, password = Path(self.folder.text().strip()), self.admin.text().strip(), self.password.text()
        post, country, home = self.post.text(), self.country.code(), self.home.code() or None
        if password != self.repeated.text():
            self._failed(Invalid(NOT_THE_SAME))
            return

        def work(_progress: Progress) -> tuple[str, ...]:
            from registry import setup

            return setup.create(folder, post=post, country=country, home=home, admin=admin, password=password)

        self._main.setEnabled(False)
        self._workers.call(work, lambda keys: self._show_keys(keys, folder, admin), self._failed)

    def _failed(self, error: RegistryError) -> None:
        self._main.setEnabled(True)
        self.problem.setText(str(error))
        self.problem.show()

    def _show_keys(self, keys: tuple[str, ...], folder: Path, admin: str) -> None:
        def kept() -> None:
            self.created.emit(folder, admin)
            self.accept()

        dialog = RecoveryKeys(keys, self)
        dialog.accepted.connect(kept)
        dialog.open()


class RecoveryKeys(Dialog):
    """Shows recovery keys, this once."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(_("Keep these recovery keys"), parent, width=560)
        self._keys = keys
        self.body.addWidget(
            label(
                _(
                    "Each of them opens the registry if every password is lost. They are shown only now: print them "
                    "and keep them in two safe places outside this computer."
                ),
                wrap=True,
            )
        )
        mono = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        mono.setPointSizeF(11)
        for key in keys:
            box = surface()
            inside = row(box, margin=12)
            shown = label(key, wrap=True, selectable=True)
            shown.setFont(mono)
            inside.addWidget(shown, 1)
            self.body.addWidget(box)
        ways = row()
        ways.addWidget(button(_("Print…"), self._print, icon="print"))
        ways.addWidget(button(_("Copy"), self._copy, icon="content_copy"))
        ways.addStretch(1)
        self.body.addLayout(ways)
        kept = QCheckBox(_("I have kept both keys in safe places"))
        self.body.addWidget(kept)
        main = self.add_main(_("Continue"))
        main.setEnabled(False)
        kept.toggled.connect(main.setEnabled)
        main.clicked.connect(self.accept)

    def reject(self) -> None:
        """Escape does not lose the keys."""

    def _copy(self) -> None:
        """To the clipboard for a minute, no longer."""
        clipboard, text = QApplication.clipboard(), "\n".join(self._keys)
        clipboard.setText(text)
        QTimer.singleShot(60_000, clipboard, lambda: clipboard.clear() if clipboard.text() == text else None)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Document"))
        dialog = QPrintDialog(printer, self)

        if dialog.exec() == QPrintDialog.DialogCode.Accepted:  # the system's own dialog: it has no other way
            document = QTextDocument()
            document.setPlainText("\n\n".join((_("Recovery keys of the registry"), *self._keys)))
            document.print_(printer)

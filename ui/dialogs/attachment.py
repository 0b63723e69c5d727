"""What a file is that shall be kept with a record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from registry.changes import Outcome
from registry.commands import AddAttachment
from registry.errors import Invalid, RegistryError
from registry.i18n import _
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import isolated, label
from ui.widgets.summary import Banner


class AttachmentDialog(Dialog):
    """Asks for kind and title; the file's own name is only a proposal, and its place is not kept."""

    def __init__(self, desk: Desk, record_id: int, path: Path, parent: QWidget) -> None:
        super().__init__(_("Add a file"), parent)
        self._desk, self._record_id, self._path = desk, record_id, path
        self.body.addWidget(label(isolated(path.name), "quiet", wrap=True))
        self.kind = CodeBox("attachment", _("Kind"), "document")
        self.title = QLineEdit(path.stem)
        self._kind = Labelled(_("Kind"), self.kind)
        self._title = Labelled(_("What it is called"), self.title)
        self.trouble = Banner()
        for part in (self._kind, self._title, self.trouble):
            self.body.addWidget(part)
        self.add_cancel()
        self.main = self.add_main(_("Add"))
        self.main.clicked.connect(self._save)
        self.kind.currentIndexChanged.connect(lambda _place: self._fit())
        self._fit()
        self.kind.setFocus()

    def _fit(self) -> None:
        """A photo needs no title, and is changed by being kept."""
        picture = self.kind.code() in ("photo", "signature")
        self._title.setVisible(not picture)
        words = _("It is made small, and where and when it was taken is removed. One that is here already is replaced.")
        self._kind.set_hint(words if picture else "")

    def _save(self) -> None:
        self.main.setEnabled(False)
        self.trouble.say("", "danger")
        self._title.set_problem("")
        title = "" if self._title.isHidden() else self.title.text()
        command = AddAttachment(self._record_id, self.kind.code(), self._path, title)
        self._desk.execute(command, self._added, self._refused, title=_("Adding the file"))

    def _added(self, _outcome: Outcome[int]) -> None:
        self._desk.say(_("File added."), "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _refused(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        at = {"title": self._title, "kind": self._kind}.get((error.field or "") if isinstance(error, Invalid) else "")
        if at is None or at.isHidden():
            self.trouble.say(str(error), "danger")
        else:
            at.set_problem(str(error))
            at.input.setFocus()

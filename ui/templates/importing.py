"""A Word document on its way into a template."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from registry.commands import ImportTemplate
from registry.documents.docx.reading import LOSSES
from registry.documents.importing import TemplateImported
from registry.i18n import _, current_language, ngettext
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


class ImportDialog(Dialog):
    """Name and language of the letter that a document becomes.

    Signals:
        decided: the `ImportTemplate` to carry out.
    """

    decided = Signal(object)

    def __init__(self, path: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Letter from Word"), parent)
        self._path = path
        text = _("What stands in double braces, such as {{full_name}} or {{City}}, becomes a field.")
        self.body.addWidget(label(text, wrap=True))
        self.title, self.name = QLineEdit(), QLineEdit(name)
        self.language = CodeBox("language", _("Language"), current_language())
        self.body.addWidget(Labelled(_("Title"), self.title, _("Left empty, it is the document’s own.")))
        hint = _("A name that is in use adds the document as another language, or a new version, of that letter.")
        self._named = Labelled(_("Name"), self.name, hint)
        self.body.addWidget(self._named)
        self.body.addWidget(Labelled(_("Language"), self.language))
        self.add_cancel()
        self.add_main(_("Take in")).clicked.connect(self._decide)

    def _decide(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._named.set_problem(_("Give the template a name."))
            return
        language = self.language.code() or current_language()
        self.decided.emit(ImportTemplate(self._path, name, language, self.title.text().strip()))
        self.accept()


def result_words(result: TemplateImported) -> str:
    """What came of a document, a line each."""
    lines = [_("Taken in as version {version}.", version=result.version)]
    if result.unknown:
        lines.append(_("No fields, and kept as text: {names}", names=", ".join(result.unknown)))
    if result.details:
        lines.append(_("Asked before printing: {names}", names=", ".join(result.details)))
    if result.pictures:
        lines.append(ngettext("{count} picture was kept.", "{count} pictures were kept.", result.pictures))
    lines += [_("Not kept: {what}", what=_(LOSSES[code])) for code in result.lost]
    return "\n".join(lines)

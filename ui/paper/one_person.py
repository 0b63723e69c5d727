"""What is printed of one person: a certificate of registration, and the extract of personal data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from registry import vocabularies
from registry.commands import WriteCertificate, WriteExtract
from registry.i18n import _, ngettext
from registry.registration.certificates import CertificateWritten, languages
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


class CertificateDialog(TakingOut):
    """Asks for the language and the file."""

    def __init__(self, desk: Desk, record_id: int, number: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Certificate of registration"), parent)
        self._id = record_id
        self.form.addWidget(label(number, "quiet"))
        what = _(
            "It has a serial number. Printed again for the same name and validity it keeps the number, and says that "
            "it is a reprint."
        )
        self.form.addWidget(label(what, "quiet", wrap=True))
        self.language = QComboBox()
        self.language.addItem(_("The person’s own language"), "")
        for code in languages():
            self.language.addItem(vocabularies.get("language").label(code), code)
        self.form.addWidget(Labelled(_("Language"), self.language))
        self.end_form()
        self.count = 1
        self.allow()

    def ask_file(self) -> None:
        """Ask where the PDF shall be written, then write it."""
        title, patterns = _("Save the certificate"), [_("PDF file (*.pdf)")]
        ask_target(self, self.desk.settings, "letters", title, patterns, _("certificate.pdf"), self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        command = WriteCertificate(self._id, path, str(self.language.currentData()))
        self.write_file(command, path, _("Printing the certificate"), _issued)


class ExtractDialog(TakingOut):
    """Asks why, and for the file."""

    def __init__(self, desk: Desk, record_id: int, number: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Extract of personal data"), parent)
        self._id = record_id
        self.form.addWidget(label(number, "quiet"))
        what = _(
            "Everything that is kept of this person and where it comes from, what was agreed to, what was sent, and "
            "what happened to the record. Give it to nobody else."
        )
        self.form.addWidget(label(what, "quiet", wrap=True))
        self.format = QComboBox()
        self.format.addItem(_("PDF, for paper (.pdf)"), ".pdf")
        self.format.addItem(_("JSON, for other programs (.json)"), ".json")
        self.form.addWidget(Labelled(_("File"), self.format))
        self.reason.setPlaceholderText(_("For example: asked for at the counter"))
        self.form.addWidget(Labelled(_("Why it is written"), self.reason))
        self.end_form()
        self.count = 1
        self.allow()

    def allow(self) -> None:
        """An extract is never written without a reason."""
        self._main.setEnabled(self.count > 0 and bool(self.reason.text().strip()))

    def ask_file(self) -> None:
        """Ask where the file shall be written, then write it."""
        ending = str(self.format.currentData())
        pattern = _("PDF file (*.pdf)") if ending == ".pdf" else _("JSON file (*.json)")
        name = _("extract") + ending
        ask_target(self, self.desk.settings, "letters", _("Save the extract"), [pattern], name, self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        command = WriteExtract(self._id, path, self.reason.text().strip())
        self.write_file(command, path, _("Writing the extract"), _written)


def _issued(made: CertificateWritten) -> str:
    if made.prints == 1:
        return _("Certificate {serial} is written.", serial=made.serial)
    return _("Certificate {serial} is written once more; it says so.", serial=made.serial)


def _written(facts: int) -> str:
    return ngettext("{count} fact is in the extract.", "{count} facts are in the extract.", facts)

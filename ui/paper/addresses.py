"""What a list prints of many people: labels, envelopes, a list of registered mail, a list for the door."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from registry import vocabularies
from registry.commands import Command, WriteAttendance, WriteEnvelopes, WriteLabels, WriteRegisteredMail
from registry.commands.paper import NEWS
from registry.documents.sheets import EXAMPLE, SHEETS, Sheet, sheet
from registry.documents.stationery import ENVELOPES
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_, _, ngettext
from registry.outreach.addressing import Addressed
from registry.queries import GetSettings
from registry.settings import LABEL_SHEET
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.letters.draft import counted_reasons, reason_words
from ui.paper.sheet_picker import SheetPicker
from ui.places import Selection
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label, row

_FIRST = "L7160"
_OWN = "own"


class AddressesDialog(TakingOut):
    """Asks what all of them need: for which purpose people agreed, the order, a reason, and the file.

    Attributes:
        title, file_name: catalogue messages.
    """

    title = N_("Envelopes")
    file_name = N_("envelopes.pdf")
    _sorted = True

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(desk, _(self.title), parent)
        self.selection = selection
        people = selection.kind == PEOPLE
        chosen = ngettext("{count} person is chosen.", "{count} people are chosen.", selection.count)
        kept_off = _("Whoever did not agree, or is to be contacted individually, is left out.")
        if not people:
            chosen = ngettext("{count} association is chosen.", "{count} associations are chosen.", selection.count)
            kept_off = _("Those without an address that mail reaches are left out.")
        if selection.campaign:
            chosen = ngettext(
                "For {count} letter of this campaign.", "For {count} letters of this campaign.", selection.count
            )
            kept_off = _("Whoever may not be written to any more is left out.")
        self.form.addWidget(label(f"{chosen} {kept_off}", "quiet", wrap=True))
        self.purpose = QComboBox()
        purposes = vocabularies.get("consent_purpose")
        for code in purposes.codes:
            self.purpose.addItem(purposes.label(code), code)
        self.purpose.setCurrentIndex(self.purpose.findData(NEWS))
        self.ask()
        self.by_post = QCheckBox(_("Sorted by country and postcode"))
        self.by_post.setChecked(not selection.campaign)
        if not selection.campaign:  # it has its purpose, and its letters their order
            if people:
                self.form.addWidget(Labelled(_("What they agreed to"), self.purpose))
            if self._sorted:
                self.form.addWidget(self.by_post)
        self.add_reason(_("Why it is printed"))
        self.end_form()
        self.show_count(selection.count)

    def ask(self) -> None:
        """Put what only this paper needs into the form."""

    def command(self, path: Path) -> Command[Addressed]:
        """What is carried out; each paper has its own."""
        raise AssertionError(self.title)

    @property
    def common(self) -> dict[str, Any]:
        """What all of these commands take."""
        reason, purpose = self.reason.text().strip(), str(self.purpose.currentData())
        campaign = self.selection.campaign
        return {"reason": reason, "purpose": purpose, "ids": self.selection.ids, "campaign": campaign}

    @property
    def addressed(self) -> dict[str, Any]:
        """What those of them take that print addresses."""
        return self.common | {"by_post": self.by_post.isChecked(), "kind": self.selection.kind}

    def ask_file(self) -> None:
        """Ask where the PDF shall be written, then write it."""
        title, patterns = _(self.title), [_("PDF file (*.pdf)")]
        ask_target(self, self.desk.settings, "letters", title, patterns, _(self.file_name), self.write)

    def write(self, path: Path) -> None:
        """Write the file."""
        self.write_file(self.command(path), path, _(self.title), _said)


class LabelsDialog(AddressesDialog):
    """Sheet and first label are chosen on the drawn sheet."""

    title = N_("Labels")
    file_name = N_("labels.pdf")
    _known = False

    def ask(self) -> None:
        """The sheet, its measures if it is one of the post's own, and the first label."""
        self.sheet = QComboBox()
        for code, known in SHEETS.items():
            self.sheet.addItem(f"{code} · {_measures(known)}", code)
        self.sheet.addItem(_("Other measures"), _OWN)
        self.measures = QLineEdit()
        self.measures.setPlaceholderText(EXAMPLE)
        hint = _("Columns x rows, width x height, left + top margin, gaps, paper; in millimetres.")
        self._own = Labelled(_("Measures of the sheet"), self.measures, hint)
        self.picker = SheetPicker(SHEETS[_FIRST])
        self._start = label(role="quiet", wrap=True)
        beside = row(spacing=16)
        beside.addWidget(self.picker)
        beside.addWidget(self._start, 1)
        self.form.addWidget(Labelled(_("Sheet of labels"), self.sheet))
        self.form.addWidget(self._own)
        self.form.addLayout(beside)
        self.sheet.currentIndexChanged.connect(self._show_sheet)
        self.measures.textChanged.connect(self._show_sheet)
        self.picker.chosen.connect(self._say_start)
        self._show_sheet()
        self._say_start(1)
        self.desk.read(GetSettings(), self._know)

    def _know(self, settings: Mapping[str, str]) -> None:
        """Begin with the post's own labels."""
        kept = settings.get(LABEL_SHEET, "")
        if not kept:
            return
        at = self.sheet.findData(kept.upper())
        if at < 0:
            self.measures.setText(kept)
            at = self.sheet.findData(_OWN)
        self.sheet.setCurrentIndex(at)

    @property
    def code(self) -> str:
        """The sheet as the command takes it."""
        code = str(self.sheet.currentData())
        return self.measures.text().strip() if code == _OWN else code

    def _show_sheet(self) -> None:
        own = self.sheet.currentData() == _OWN
        self._own.setVisible(own)
        self._own.set_problem("")
        try:
            self.picker.show_sheet(sheet(self.code))
            self._known = True
        except Invalid as error:
            self._known = False
            if self.measures.text().strip():
                self._own.set_problem(str(error))
        self.picker.setVisible(self._known)
        self._start.setVisible(self._known)
        self.allow()

    def allow(self) -> None:
        """Only a sheet that there is can be printed."""
        super().allow()
        self._main.setEnabled(self._main.isEnabled() and self._known)

    def _say_start(self, start: int) -> None:
        words = _("Label {number} is printed first. Click on the first one that is left on your sheet.", number=start)
        self._start.setText(words)

    def command(self, path: Path) -> Command[Addressed]:
        """The labels."""
        return WriteLabels(self.selection.query, path, self.code, start=self.picker.start, **self.addressed)


class EnvelopesDialog(AddressesDialog):
    """The size of the envelope is chosen."""

    def ask(self) -> None:
        """The size."""
        self.size_box = QComboBox()
        for code, size in ENVELOPES.items():
            self.size_box.addItem(f"{code} · {size.width:g} × {size.height:g} mm", code)
        self.form.addWidget(Labelled(_("Envelope"), self.size_box))

    def command(self, path: Path) -> Command[Addressed]:
        """The envelopes."""
        size = str(self.size_box.currentData())
        return WriteEnvelopes(self.selection.query, path, size, **self.addressed)


class RegisteredMailDialog(AddressesDialog):
    """The list for the counter."""

    title = N_("List of registered mail")
    file_name = N_("registered-mail.pdf")

    def command(self, path: Path) -> Command[Addressed]:
        """The list."""
        return WriteRegisteredMail(self.selection.query, path, **self.addressed)


class AttendanceDialog(AddressesDialog):
    """What the list is headed is asked."""

    title = N_("Attendance list")
    file_name = N_("list.pdf")
    _sorted = False

    def ask(self) -> None:
        """The heading."""
        self.heading = QLineEdit()
        self.heading.setMaxLength(200)
        self.heading.setPlaceholderText(_("For example: Annual forum, 12 June"))
        hint = _("Names and seat numbers are on the list, nothing else.")
        self.form.addWidget(Labelled(_("Heading"), self.heading, hint))

    def command(self, path: Path) -> Command[Addressed]:
        """The list."""
        return WriteAttendance(self.selection.query, path, title=self.heading.text().strip(), **self.common)


def _measures(known: Sheet) -> str:
    return f"{known.columns} × {known.rows} · {known.width:g} × {known.height:g} mm"


def _said(made: Addressed) -> str:
    said = ngettext("{count} recipient is on it.", "{count} recipients are on it.", made.count)
    left_out = " · ".join(f"{reason_words(code)}: {count}" for code, count in counted_reasons(made.excluded))
    if left_out:
        said += " " + _("Left out: {reasons}", reasons=left_out)
    if made.cut:
        said += " " + ngettext(
            "{count} address has more text than fits.", "{count} addresses have more text than fits.", made.cut
        )
    return said


def labels(desk: Desk, selection: Selection) -> AddressesDialog:
    """Print labels of what a list shows or what is marked in it."""
    return _opened(LabelsDialog(desk, selection, desk.window))


def envelopes(desk: Desk, selection: Selection) -> AddressesDialog:
    """Print envelopes."""
    return _opened(EnvelopesDialog(desk, selection, desk.window))


def registered_mail(desk: Desk, selection: Selection) -> AddressesDialog:
    """Print the list for the counter."""
    return _opened(RegisteredMailDialog(desk, selection, desk.window))


def attendance(desk: Desk, selection: Selection) -> AddressesDialog:
    """Print the list for the door."""
    return _opened(AttendanceDialog(desk, selection, desk.window))


def _opened(dialog: AddressesDialog) -> AddressesDialog:
    dialog.open()
    return dialog

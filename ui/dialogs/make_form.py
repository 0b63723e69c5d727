"""A form to fill in outside the program: how, which one, in which language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from registry import vocabularies
from registry.commands import WriteForm
from registry.i18n import N_, _, current_language, ngettext
from registry.queries import ListForms
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label

#: Kind of form -> words of the choice, ending and pattern of the file.
_KINDS = {
    "xlsx": (N_("Excel workbook: a list of people"), ".xlsx", N_("Excel workbook (*.xlsx)")),
    "pdf": (N_("PDF with fields: one person at a screen"), ".pdf", N_("PDF (*.pdf)")),
    "paper": (N_("PDF to print: one person with a pen"), ".pdf", N_("PDF (*.pdf)")),
    "xlsform": (N_("XLSForm: KoboToolbox and ODK, on telephones"), ".xlsx", N_("Excel workbook (*.xlsx)")),
}


class MakeFormDialog(TakingOut):
    """Asks which form to make, then for the file."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Make a form"), parent)
        self._forms = desk.registry.read(ListForms())
        text = _("What comes back filled in is imported without a mapping. A form holds no data of the registry.")
        self.form.addWidget(label(text, "quiet", wrap=True))
        self.kind, self.template, self.language = QComboBox(), QComboBox(), QComboBox()
        for code, (name, _ending, _pattern) in _KINDS.items():
            self.kind.addItem(_(name), code)
        for form in self._forms:
            self.template.addItem(form.title, form.template)
        self.template.currentIndexChanged.connect(self._show_languages)
        for title, choice in (
            (_("How it is filled in"), self.kind),
            (_("Form"), self.template),
            (_("Language"), self.language),
        ):
            self.form.addWidget(Labelled(title, choice))
        self.end_form()
        self._show_languages()
        self.count = 1
        self.allow()

    def _show_languages(self) -> None:
        """Those that the chosen form has words in."""
        languages = self._forms[self.template.currentIndex()].languages
        self.language.clear()
        for code in languages:
            self.language.addItem(vocabularies.get("language").label(code), code)
        self.language.setCurrentIndex(max(self.language.findData(current_language()), 0))

    def ask_file(self) -> None:
        """Ask where the form shall be written, then write it."""
        _name, ending, pattern = _KINDS[str(self.kind.currentData())]
        name = (str(self.template.currentData()) or _("registration-form")) + ending
        ask_target(self, self.desk.settings, "export", _("Save the form"), [_(pattern)], name, self.write)

    def write(self, path: Path) -> None:
        """Write the form."""
        chosen = (str(choice.currentData()) for choice in (self.template, self.language))
        self.write_file(WriteForm(str(self.kind.currentData()), path, *chosen), path, _("Writing the form"), _said)


def _said(questions: int) -> str:
    return ngettext("The form has {count} question.", "The form has {count} questions.", questions)


def open_make_form(desk: Desk) -> MakeFormDialog:
    """Ask which form to make."""
    dialog = MakeFormDialog(desk, desk.window)
    dialog.open()
    return dialog

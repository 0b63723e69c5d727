"""The template itself, and one of its sections, being defined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import _
from registry.profiles.arranging import code_of
from registry.profiles.definition import Section, Template
from ui.profiles.words_box import WordsBox
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row


class TemplateForm(QWidget):
    """Name, kind of record and languages of a template.

    Signals:
        edited: something was changed.
        language_asked: the code of a language to write the words in as well.
    """

    edited = Signal()
    language_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._saved = False
        self._template = Template("", PEOPLE, (), ())
        self.titles = WordsBox(_("Name of the questionnaire"))
        self.kind = QComboBox()
        self.kind.addItem(_("People"), PEOPLE)
        self.kind.addItem(_("Associations"), ASSOCIATIONS)
        self.code = QLineEdit()
        self.language = CodeBox("language", _("Language"))
        layout = column(self, spacing=12)
        layout.addWidget(self.titles)
        layout.addWidget(Labelled(_("It asks about"), self.kind))
        hint = _("Begins the names of its fields: profile.code.question. It stays once the template is saved.")
        layout.addWidget(Labelled(_("Code"), self.code, hint))
        layout.addWidget(label(_("Write the words in one more language"), "quiet"))
        line = row(spacing=8)
        line.addWidget(self.language, 1)
        line.addWidget(button(_("Add"), self._ask_language, icon="add"))
        layout.addLayout(line)
        layout.addStretch(1)
        self.titles.edited.connect(self._name)
        self.kind.activated.connect(lambda _place: self.edited.emit())
        self.code.textEdited.connect(lambda _text: self.edited.emit())

    def show_template(self, template: Template, languages: Sequence[str], *, saved: bool) -> None:
        """Show a template; a saved one keeps its code and kind."""
        self._template, self._saved = template, saved
        self.titles.show_words(template.titles, languages)
        self.kind.setCurrentIndex(max(self.kind.findData(template.kind), 0))
        self.code.setText(template.name)
        self.kind.setEnabled(not saved)
        self.code.setEnabled(not saved)

    def template(self, template: Template) -> Template:
        """The template with what stands here."""
        kind, name = str(self.kind.currentData()), self.code.text().strip()
        return replace(template, titles=self.titles.words(), kind=kind, name=name)

    def _name(self) -> None:
        """Until it is saved, a code follows the words that it was made of."""
        before = code_of(self._template.titles[0][1], (), "") if self._template.titles else ""
        words = self.titles.words()
        if not self._saved and words and self.code.text() in ("", before):
            self.code.setText(code_of(words[0][1], (), "template"))
        self._template = replace(self._template, titles=words)
        self.edited.emit()

    def _ask_language(self) -> None:
        if self.language.code():
            self.language_asked.emit(self.language.code())


class SectionForm(QWidget):
    """The title of a section.

    Signals:
        edited: something was changed.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.titles = WordsBox(_("Title of the section"), _("It stands above its questions on the card."))
        layout = column(self, spacing=12)
        layout.addWidget(self.titles)
        layout.addStretch(1)
        self.titles.edited.connect(self.edited)

    def show_section(self, section: Section, languages: Sequence[str]) -> None:
        """Show a section."""
        self.titles.show_words(section.titles, languages)

    def section(self, section: Section) -> Section:
        """The section with what stands here."""
        return replace(section, titles=self.titles.words())

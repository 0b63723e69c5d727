"""One question of a profile template being defined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from registry.i18n import N_, _
from registry.profiles.definition import ANSWERS, SEVERAL, VOCABULARIES, Question
from ui.profiles.choices_box import ChoicesBox
from ui.profiles.condition_box import ConditionBox
from ui.profiles.words_box import WordsBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column

_SENSITIVITY = {
    0: N_("Office: everybody who reads records"),
    1: N_("Personal: everybody who reads records, never published"),
    2: N_("Restricted: clerks and administrators only"),
}


@dataclass(frozen=True)
class Surroundings:
    """What a question stands among.

    Attributes:
        languages: of the template.
        earlier: the questions before it.
        saved: the question as it was saved; None = not yet.
    """

    languages: tuple[str, ...]
    earlier: tuple[Question, ...]
    saved: Question | None


class QuestionForm(QWidget):
    """Everything a question can be.

    Signals:
        edited: something was changed.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question = Question("", "text", ())
        self.labels = WordsBox(_("Question"))
        self.kind = _menu(ANSWERS)
        self.several = QCheckBox(_("Several answers can be given"))
        self.vocabulary = _menu(VOCABULARIES)
        self.choices = ChoicesBox()
        self.help = WordsBox(_("Help under the question"), paragraphs=True)
        self.required = QCheckBox(_("The ministry wants an answer"))
        self.sensitivity = _menu(_SENSITIVITY)
        self.condition = ConditionBox()
        self.code = QLineEdit()
        self._listed = Labelled(_("Standard list"), self.vocabulary)
        self._coded = Labelled(_("Code"), self.code, _("Part of the field’s name. It stays when the words change."))
        self._answer = Labelled(_("Answer"), self.kind)
        layout = column(self, spacing=12)
        seen = Labelled(_("Who sees the answers"), self.sensitivity)
        parts: tuple[QWidget, ...] = (self.labels, self._answer, self.several, self._listed, self.choices)
        for part in (*parts, self.required, self.help, self.condition, seen, self._coded):
            layout.addWidget(part)
        layout.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        for part in (self.labels, self.help, self.choices, self.condition):
            part.edited.connect(self._edit)
        for box in (self.kind, self.vocabulary, self.sensitivity):
            box.activated.connect(lambda _place: self._edit())
        for tick in (self.several, self.required):
            tick.toggled.connect(lambda _on: self._edit())
        self.code.textEdited.connect(lambda _text: self._edit())

    def show_question(self, question: Question, among: Surroundings) -> None:
        """Show a question."""
        self.blockSignals(True)
        self._question = question
        saved = among.saved
        self.labels.show_words(question.labels, among.languages)
        self.help.show_words(question.help, among.languages)
        self.kind.setCurrentIndex(self.kind.findData(question.kind))
        self.vocabulary.setCurrentIndex(max(self.vocabulary.findData(question.vocabulary), 0))
        self.several.setChecked(question.several)
        codes = [c.code for c in saved.choices] if saved is not None else []
        self.choices.show_choices(question.choices, among.languages, codes)
        self.required.setChecked(question.required)
        self.sensitivity.setCurrentIndex(self.sensitivity.findData(question.sensitivity))
        self.condition.show_condition(question.shown_when, among.earlier)
        self.code.setText(question.code)
        for part in (self.code, self.kind, self.vocabulary, self.several):
            part.setEnabled(saved is None)
        self._answer.set_hint(_("Answers may have been given: their kind stays as it is.") if saved is not None else "")
        self._show_parts()
        self.blockSignals(False)

    def question(self) -> Question:
        """The question as it stands here."""
        kind = str(self.kind.currentData())
        return replace(
            self._question,
            code=self.code.text().strip(),
            kind=kind,
            labels=self.labels.words(),
            help=self.help.words(),
            several=self.several.isChecked() and kind in SEVERAL,
            vocabulary=str(self.vocabulary.currentData()) if kind == "vocabulary" else "",
            choices=self.choices.choices() if kind == "choice" else (),
            required=self.required.isChecked(),
            sensitivity=int(self.sensitivity.currentData()),
            shown_when=self.condition.condition(),
        )

    def _edit(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        """Only what this kind of answer needs."""
        kind = str(self.kind.currentData())
        self.several.setVisible(kind in SEVERAL)
        self._listed.setVisible(kind == "vocabulary")
        self.choices.setVisible(kind == "choice")


def earlier_questions(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """The questions before the one of this code."""
    codes = [q.code for q in questions]
    return tuple(questions[: codes.index(code)]) if code in codes else tuple(questions)


def _menu(words: Mapping[str, str] | Mapping[int, str]) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(20)
    for code, message in words.items():
        made.addItem(_(message), code)
    return made

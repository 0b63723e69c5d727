"""The same words in several languages: one line, or one paragraph, for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from registry import vocabularies
from registry.fields import Words
from registry.i18n import _
from ui.widgets.labels import column, label, row

_LANGUAGE_WIDTH, _PARAGRAPH_HEIGHT = 96, 56


class WordsBox(QWidget):
    """Inputs for some words, each behind the name of its language.

    Attributes:
        inputs: language -> its input.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, name: str, hint: str = "", *, paragraphs: bool = False) -> None:
        super().__init__()
        self._name, self._paragraphs = name, paragraphs
        self.inputs: dict[str, QLineEdit | QPlainTextEdit] = {}
        layout = column(self, spacing=4)
        layout.addWidget(label(name, "quiet"))
        self._lines = column(spacing=4)
        layout.addLayout(self._lines)
        if hint:
            layout.addWidget(label(hint, "small", wrap=True))

    def show_words(self, words: Words, languages: Sequence[str]) -> None:
        """Show these words, with a line for each of these languages."""
        for language in languages:
            if language not in self.inputs:
                self._add(language)
        known = dict(words)
        for language, made in self.inputs.items():
            made.blockSignals(True)
            if isinstance(made, QPlainTextEdit):
                made.setPlainText(known.get(language, ""))
            else:
                made.setText(known.get(language, ""))
                made.setCursorPosition(0)
            made.blockSignals(False)

    def words(self) -> Words:
        """What is written, without the languages that say nothing."""
        found = (
            (language, made.toPlainText() if isinstance(made, QPlainTextEdit) else made.text())
            for language, made in self.inputs.items()
        )
        return tuple((language, text.strip()) for language, text in found if text.strip())

    def _add(self, language: str) -> None:
        words = vocabularies.get("language").label(language)
        made: QLineEdit | QPlainTextEdit
        if self._paragraphs:
            made = QPlainTextEdit()
            made.setFixedHeight(_PARAGRAPH_HEIGHT)
            made.setTabChangesFocus(True)
            made.textChanged.connect(self.edited)
        else:
            made = QLineEdit()
            made.textEdited.connect(lambda _text: self.edited.emit())
        made.setAccessibleName(_("{field}: {value}", field=self._name, value=words))
        line = row(spacing=8)
        beside = label(words, "small")
        beside.setFixedWidth(_LANGUAGE_WIDTH)
        beside.setBuddy(made)
        line.addWidget(beside)
        line.addWidget(made, 1)
        self._lines.addLayout(line)
        if not self.inputs:
            self.setFocusProxy(made)
        self.inputs[language] = made

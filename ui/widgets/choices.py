"""Choosing one code of a vocabulary by typing part of its label."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy

from registry import vocabularies

#: Vocabularies longer than this are searched by typing.
_MOST_WITHOUT_TYPING = 16


class CodeBox(QComboBox):
    """A list of labels; long ones are searched by typing any part of a label."""

    def __init__(self, vocabulary: str, name: str, code: str = "") -> None:
        super().__init__()
        self._vocabulary = vocabularies.get(vocabulary)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        choices = self._vocabulary.choices()
        if code and all(code != known for known, _label in choices):
            choices = [(code, self._vocabulary.label(code)), *choices]
        self.addItem("", "")
        for known, words in choices:
            self.addItem(words, known)
        if len(choices) > _MOST_WITHOUT_TYPING:
            self._take_typing()
        self.set_code(code)

    def _take_typing(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        if isinstance(line, QLineEdit):
            line.setAccessibleName(self.accessibleName())
            line.editingFinished.connect(self._settle)

    def code(self) -> str:
        """The chosen code; "" = none; what was typed, where it names no code."""
        if not self.isEditable():
            return str(self.currentData() or "")
        text = self.currentText().strip()
        return (self._vocabulary.find(text) or text) if text else ""

    def set_code(self, code: str) -> None:
        """Choose a code; one that is kept but offered no more, such as a former country, joins the list."""
        if self.findData(code) < 0 and code in self._vocabulary.labels:
            self.insertItem(1, self._vocabulary.label(code), code)
        self.setCurrentIndex(max(self.findData(code), 0))

    def _settle(self) -> None:
        """Write what was typed as its label: a word of the vocabulary, or the beginning of one label alone."""
        text = self.currentText().strip()
        found = self._vocabulary.find(text)
        if found is None and text:
            begun = [code for code, words in self._vocabulary.choices() if words.casefold().startswith(text.casefold())]
            found = begun[0] if len(begun) == 1 else None
        if found is not None:
            self.set_code(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the form; it never changes a value unnoticed."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to stand beside another one."""
        return super().minimumSizeHint().boundedTo(QSize(140, 1000))

"""A line that takes any text and offers the entries of a vocabulary that its words may mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from registry import vocabularies
from registry.i18n import _

#: Entries offered at once.
_OFFERED = 10
_CODE = Qt.ItemDataRole.UserRole


class OpenCodeLine(QLineEdit):
    """Shows labels for codes; what no entry fits stays as it was typed, to be coded later."""

    def __init__(self, vocabulary: str, name: str) -> None:
        super().__init__()
        self._vocabulary = vocabularies.get(vocabulary)
        self.setAccessibleName(name)
        self._offers = QStandardItemModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_OFFERED)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def set_value(self, value: str) -> None:
        """Show a code's label, or the text."""
        self.setText(self._words(value) if value in self._vocabulary.labels else value)

    def offers(self) -> list[str]:
        """What is offered now, as it reads."""
        return [self._offers.item(row).text() for row in range(self._offers.rowCount())]

    def _offer(self, text: str) -> None:
        self._offers.clear()
        for suggestion in self._vocabulary.suggest(text, _OFFERED):
            words = suggestion.label
            if suggestion.matched:
                words = _("{label} ({other})", label=words, other=suggestion.matched)
            item = QStandardItem(words)
            item.setData(suggestion.code, _CODE)
            self._offers.appendRow(item)

    def _choose(self, words: str) -> None:
        chosen = self._offers.findItems(words)
        if chosen:
            self.setText(self._words(str(chosen[0].data(_CODE))))

    def _words(self, code: str) -> str:
        """A code's label, with the code before it where another entry has the same label."""
        label = self._vocabulary.label(code)
        return label if self._vocabulary.find(label) == code else f"{code} {label}"

"""Asking what a text is that no list of values has: a line that begins with the likeliest, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from registry.fields import Field
from registry.i18n import _
from ui.widgets.labels import clear, column, label, row
from ui.widgets.open_code import OpenCodeLine


class TextQuestion(QWidget):
    """Below a list of texts; empty until one is asked about.

    Attributes:
        line: where it is said what the text is; None while nothing is asked.

    Signals:
        answered: Enter was pressed in the line.
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line: QLineEdit | None = None
        self._place = column(self, spacing=4)

    @property
    def said(self) -> str:
        """What stands in the line."""
        return self.line.text().strip() if self.line is not None else ""

    def ask_nothing(self) -> None:
        """No text is chosen."""
        clear(self._place)
        self.line = None

    def ask(self, field: Field, text: str, likeliest: str, choices: Sequence[QPushButton]) -> None:
        """Ask what a text of a field is; `likeliest` is a code, or words, and `choices` stand beside the line."""
        clear(self._place)
        question = _("{field}: what is “{text}”?", field=field.title, text=text)
        self._place.addWidget(label(question, wrap=True))
        asked = QWidget()
        beside = row(asked, spacing=8)
        if field.vocabulary:
            self.line = OpenCodeLine(field.vocabulary, question)
            self.line.set_value(likeliest)
        else:
            self.line = QLineEdit(likeliest)
            self.line.setAccessibleName(question)
        self.line.returnPressed.connect(self.answered)
        beside.addWidget(self.line, 1)
        for choice in choices:
            beside.addWidget(choice)
        self._place.addWidget(asked)

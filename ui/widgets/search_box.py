"""The one search box of the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from registry.i18n import _
from ui import icons
from ui.widgets.inputs import mark_wrong

#: Milliseconds without a key after which the search begins.
_PAUSE = 120
#: Behind these a value follows.
_GOES_ON = (":", "<", ">", "=")


class SearchBox(QLineEdit):
    """Takes the query language; searches while one types.

    Signals:
        searched: the text, after a pause or at Enter.
        left: the officer pressed the arrow down or Enter: the list should have the keyboard.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Search names, numbers, places… (Ctrl+K)"))
        self.setAccessibleName(_("Search"))
        self.setMinimumWidth(220)
        self.setMaximumWidth(560)
        self._glass = QAction(self)
        self._glass.setIcon(icons.icon("search", "quiet"))
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(_("Clear the search"), self)
        self._cross.setIcon(icons.icon("close", "quiet"))
        self._cross.triggered.connect(self.clear)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setVisible(False)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search_while_typing)
        self._said = ""
        self.textEdited.connect(lambda _text: self._pause.start())
        self.textChanged.connect(self._cleared)

    def show_query(self, text: str) -> None:
        """Show a query that is in force already."""
        self._pause.stop()
        self._said = text
        if self.text() != text:
            self.setText(text)

    def set_problem(self, sentence: str) -> None:
        """Mark a query that cannot be read."""
        mark_wrong(self, bool(sentence))
        self.setToolTip(sentence)
        self.setAccessibleDescription(sentence)

    def rest(self) -> None:
        """Search no more for what was typed last: nobody is there to answer."""
        self._pause.stop()

    def put(self, start: int, end: int, text: str) -> None:
        """Write `text` in place of what stands from `start` to `end`, as if it were typed."""
        self.setSelection(start, end - start)
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches at once; arrow down goes to the list; Escape clears."""
        keys = QKeySequence.StandardKey
        if event.matches(keys.InsertParagraphSeparator) or event.matches(keys.MoveToNextLine):
            self._search()
            self.left.emit()
        elif event.matches(keys.Cancel) and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _cleared(self, text: str) -> None:
        """Nothing to clear any more, or something to clear."""
        self._cross.setVisible(bool(text))
        if not text and self._said:
            self._search()

    def _search_while_typing(self) -> None:
        """Search what may be whole; of half a condition Enter tells what is missing."""
        text = self.text()
        if not text.endswith(_GOES_ON) and text.count('"') % 2 == 0:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.searched.emit(self._said)

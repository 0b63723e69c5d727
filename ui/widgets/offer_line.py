"""A line that takes any text and offers, while one types, what its words may mean; nobody waits for the offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit
from shiboken6 import isValid

from ui.desk import Desk

#: Entries offered at once, and letters from which they are.
OFFERED, LEAST = 8, 2
#: Milliseconds without a key after which offers are asked for.
_PAUSE = 150
#: Pixels for the edges and the scroll bar of what is offered.
_BESIDE = 40


class OfferLine(QLineEdit):
    """What is offered is asked for by `ask`, which hands it to `show_offers` when it comes."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(name)
        self._offers = QStandardItemModel(self)
        self._completer = completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(OFFERED)
        # Queued: by then the line says what was chosen.
        completer.activated.connect(self.choose, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        desk.runner.closed.connect(self._pause.stop)
        self.textEdited.connect(self._wait)

    def ask(self, text: str) -> None:
        """Look for what `text` may mean, off the window's thread; each line has its own place to look."""
        raise AssertionError(text)

    def choose(self, words: str) -> None:
        """An entry was taken."""

    def offers(self) -> list[str]:
        """What is offered now, as it reads."""
        return [self._offers.item(row).text() for row in range(self._offers.rowCount())]

    def popup(self) -> QAbstractItemView:
        """Where it is offered."""
        # Qt makes one when there is none.
        return cast(QAbstractItemView, self._completer.popup())

    def awaits(self, text: str) -> bool:
        """Whether offers for `text` are still wanted: the form may have been made anew, or more was typed."""
        return isValid(self) and self.text().strip() == text

    def show_offers(self, entries: Iterable[str]) -> None:
        """Offer these, each once."""
        self._offers.clear()
        for words in dict.fromkeys(entries):
            self._offers.appendRow(QStandardItem(words))
        if self.hasFocus() and self._offers.rowCount():
            # As wide as the longest: two people of one name differ in the number at the end.
            width = max(self.width(), self.popup().sizeHintForColumn(0) + _BESIDE)
            self._completer.complete(QRect(0, 0, width, self.height()))

    def _wait(self) -> None:
        self._offers.clear()
        self._pause.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if len(text) >= LEAST:
            self.ask(text)

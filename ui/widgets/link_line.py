"""A line that takes any text and offers the records of the register that its words may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit
from shiboken6 import isValid

from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.i18n import _
from registry.queries import Search
from ui.desk import Desk

if TYPE_CHECKING:
    from registry.search.find import SearchAnswer

#: Records offered at once, and letters from which they are.
_OFFERED, _LEAST = 8, 2
#: Milliseconds without a key after which the register is asked.
_PAUSE = 150
#: Pixels for the edges and the scroll bar of what is offered.
_BESIDE = 40


class LinkLine(QLineEdit):
    """A person stands here as `Name (number)`, an association by its name; any other text stays as it is.

    Signals:
        chosen: id of a record that was taken from those on offer.
    """

    chosen = Signal(int)

    def __init__(self, desk: Desk, kind: str, name: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._known: dict[str, int] = {}
        self.setAccessibleName(name)
        self.setPlaceholderText(
            _("Type a name or a number, or any text") if kind == PEOPLE else _("Type a name, or any text")
        )
        self._offers = QStandardItemModel(self)
        self._completer = completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_OFFERED)
        # Queued: by then the line says what was chosen.
        completer.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        desk.runner.closed.connect(self._pause.stop)
        self.textEdited.connect(self._wait)

    def record_id(self) -> int:
        """The record that was on offer under what stands here now; 0 = a text of its own."""
        return self._known.get(self.text(), 0)

    def offers(self) -> list[str]:
        """What is offered now, as it reads."""
        return [self._offers.item(row).text() for row in range(self._offers.rowCount())]

    def popup(self) -> QAbstractItemView:
        """Where it is offered."""
        # Qt makes one when there is none.
        return cast(QAbstractItemView, self._completer.popup())

    def _wait(self) -> None:
        self._offers.clear()
        self._pause.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if len(text) >= _LEAST:
            query = Search(text, self._kind, _OFFERED, plain=True)
            self._desk.read(query, lambda answer: self._offer(text, answer), self._offer_none, key=("link", id(self)))

    def _offer(self, text: str, answer: SearchAnswer) -> None:
        # The form may have been made anew while the register was asked.
        if not isValid(self) or self.text().strip() != text:
            return
        self._offers.clear()
        for hit in answer.results:
            words = f"{hit.name} ({hit.number})" if self._kind == PEOPLE else hit.name
            if words != text and words not in self.offers():
                self._offers.appendRow(QStandardItem(words))
            self._known.setdefault(words, hit.id)
        if self.hasFocus() and self._offers.rowCount():
            # As wide as the longest: two people of one name differ in the number at the end.
            width = max(self.width(), self.popup().sizeHintForColumn(0) + _BESIDE)
            self._completer.complete(QRect(0, 0, width, self.height()))

    def _offer_none(self, _error: RegistryError) -> None:
        """What is typed holds no word to look for; it is a text all the same."""

    def _choose(self, words: str) -> None:
        self.chosen.emit(self._known.get(words, 0))

"""Choosing what is counted by: fields under the headings of the card, found by typing any part of a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter

from registry.statistics.countable import Countable

_CODE = Qt.ItemDataRole.UserRole


class FieldChooser(QComboBox):
    """One field.

    Attributes:
        code: of what is chosen; "" = nothing.

    Signals:
        picked: the officer chose another one.
    """

    picked = Signal(str)

    def __init__(self, name: str, nothing: str = "") -> None:
        """`nothing` is what choosing none is called; "" = one must be chosen."""
        super().__init__()
        self.code = ""
        self._nothing = nothing
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self._found = QStandardItemModel(self)
        completer = QCompleter(self._found, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.activated.connect(lambda place: self._pick(str(self.itemData(place))))
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.editingFinished.connect(self._settle)

    def offer(self, choices: Sequence[Countable], code: str) -> None:
        """The fields to choose from; one that is gone is not chosen any more."""
        model = QStandardItemModel(self)
        self._found.clear()
        if self._nothing:
            model.appendRow(_item(self._nothing, ""))
            self._found.appendRow(_item(self._nothing, ""))
        heading = ""
        for one in choices:
            if one.heading != heading:
                heading = one.heading
                model.appendRow(_heading(heading))
            model.appendRow(_item(one.title, one.code))
            self._found.appendRow(_item(f"{one.title}  ({heading})", one.code))
        self.setModel(model)
        known = {one.code for one in choices}
        self.choose(code if code in known or (not code and self._nothing) else next(iter(known), ""))

    def choose(self, code: str) -> None:
        """Show a field as chosen, without telling anybody."""
        self.code = code
        self.setCurrentIndex(max(self.findData(code), 0))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _take(self, words: str) -> None:
        """One of the offers below what was typed: a name with its heading."""
        found = self._found.findItems(words)
        if found:
            self._pick(str(found[0].data(_CODE)))

    def _pick(self, code: str) -> None:
        changed = code != self.code
        self.choose(code)
        if changed:
            self.picked.emit(code)

    def _settle(self) -> None:
        """Words that name no field leave the choice as it was."""
        text = self.currentText().strip().casefold()
        if not text and self._nothing:
            self._pick("")
            return
        named = [(self.itemText(place), str(self.itemData(place))) for place in range(self.count())]
        offered = [(words, code) for words, code in named if code and text in words.casefold()]
        exact = [code for words, code in offered if words.casefold() == text]
        if self.code in exact or (not exact and len(offered) != 1):
            self.choose(self.code)
        else:
            self._pick((exact or [code for _words, code in offered])[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel changes no choice by accident."""
        event.ignore()


def _item(words: str, code: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(code, _CODE)
    return item


def _heading(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QApplication.font()
    font.setBold(True)
    item.setFont(font)
    return item

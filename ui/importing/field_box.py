"""Choosing which field a column is, by typing any part of the field's name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from registry.i18n import _


def field_model(choices: Sequence[tuple[str, str]]) -> QStandardItemModel:
    """The list that all boxes of one table share: first "do not import", then the fields."""
    model = QStandardItemModel()
    for name, words in [("", _("Do not import")), *choices]:
        item = QStandardItem(words)
        item.setData(name, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


class FieldBox(QComboBox):
    """One column's field.

    Signals:
        picked: the officer chose a canonical name, "" = do not import.
    """

    picked = Signal(str)

    def __init__(self, model: QStandardItemModel, name: str, target: str, words: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        if self.findData(target) < 0:
            item = QStandardItem(words)
            item.setData(target, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        self._target = target
        self._show()
        self.activated.connect(lambda place: self.choose(self.itemData(place)))
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.editingFinished.connect(self._settle)

    @property
    def target(self) -> str:
        """The canonical name that is chosen."""
        return self._target

    def choose(self, target: str) -> None:
        """Choose a field, as a click does."""
        changed = target != self._target
        self._target = target
        self._show()
        if changed:
            self.picked.emit(target)

    def _take(self, words: str) -> None:
        place = self.findText(words, Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            self.choose(self.itemData(place))

    def _settle(self) -> None:
        """Words that name no field leave the choice as it was."""
        place = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if place >= 0:
            self.choose(self.itemData(place))
        else:
            self._show()

    def _show(self) -> None:
        self.setCurrentIndex(max(0, self.findData(self._target)))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the table; it changes no choice by accident."""
        event.ignore()

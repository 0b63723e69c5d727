"""Choosing the columns of a list and their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from registry.i18n import _
from registry.search.folding import fold
from ui.dialogs.base import Dialog
from ui.widgets.labels import button, column, icon_button, label, row
from ui.widgets.record_model import title

_NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(Dialog):
    """Every field with a check mark; those shown stand first, in their order.

    Signals:
        chosen: the canonical names to show, in order.
    """

    chosen = Signal(object)

    def __init__(
        self, kind: str, available: Sequence[str], shown: Sequence[str], default: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(_("Columns of the list"), parent, width=480)
        self._kind, self._available, self._default = kind, tuple(available), tuple(default)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setMinimumHeight(340)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(label(_("Tick what the list shows, and drag it to its place."), "quiet", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a column"))
        self.search.setAccessibleName(_("Find a column"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.body.addWidget(self.search)
        beside = row()
        beside.addWidget(self.list, 1)
        moves = column()
        moves.addWidget(icon_button("arrow_upward", _("Move up"), lambda: self._move(-1)))
        moves.addWidget(icon_button("arrow_downward", _("Move down"), lambda: self._move(1)))
        moves.addStretch(1)
        beside.addLayout(moves)
        self.body.addLayout(beside, 1)
        self.buttons.insertWidget(0, button(_("Standard columns"), lambda: self._fill(self._default)))
        self.add_cancel()
        main = self.add_main(_("Show"))
        main.clicked.connect(self._choose)
        self.list.itemChanged.connect(lambda _item: main.setEnabled(bool(self.names())))
        self._fill(shown)
        self.list.setFocus()

    def _fill(self, shown: Sequence[str]) -> None:
        self.list.clear()
        for name in (*shown, *(n for n in self._available if n not in shown)):
            item = QListWidgetItem(title(self._kind, name), self.list)
            item.setData(_NAME, name)
            item.setToolTip(item.text())
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
        self._narrow(self.search.text())
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        """Leave only the columns of which a word begins like this; those that are ticked stay ticked."""
        needle = fold(text)
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(f" {needle}" not in f" {fold(item.text())}")

    def names(self) -> list[str]:
        """The ticked columns in their order."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return [str(item.data(_NAME)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if 0 <= place + by < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + by, item)
            self.list.setCurrentRow(place + by)

    def _choose(self) -> None:
        self.chosen.emit(self.names())
        self.accept()

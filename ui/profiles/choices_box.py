"""The answers that a question offers: a table with a code and words in each language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from registry import vocabularies
from registry.i18n import _
from registry.profiles.arranging import code_of
from registry.profiles.definition import Choice
from ui.widgets.labels import button, column, icon_button, label, row

_HEIGHT, _CODE_WIDTH = 190, 110


class ChoicesBox(QWidget):
    """The table and its buttons; the code of an answer is made of its words and stays.

    Signals:
        edited: an answer was added, changed, moved or taken out.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._languages: tuple[str, ...] = ()
        self._fixed: frozenset[str] = frozenset()
        self.table = QTableWidget()
        self.table.setAccessibleName(_("Answers to choose from"))
        self.table.setFixedHeight(_HEIGHT)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.itemChanged.connect(self._changed)
        layout = column(self, spacing=4)
        layout.addWidget(label(_("Answers to choose from"), "quiet"))
        layout.addWidget(self.table)
        tools = row(spacing=4)
        tools.addWidget(button(_("Add an answer"), self.add, "link", "add"))
        tools.addStretch(1)
        tools.addWidget(icon_button("arrow_upward", _("Move the answer up"), lambda: self.move_row(-1)))
        tools.addWidget(icon_button("arrow_downward", _("Move the answer down"), lambda: self.move_row(1)))
        tools.addWidget(icon_button("delete", _("Remove the answer"), self.remove))
        layout.addLayout(tools)
        self.setFocusProxy(self.table)

    def show_choices(self, choices: Sequence[Choice], languages: Sequence[str], fixed: Collection[str]) -> None:
        """Show these answers; codes in `fixed` have been saved and cannot be changed."""
        self._languages, self._fixed = tuple(languages), frozenset(fixed)
        self.table.blockSignals(True)
        self.table.clear()
        self.table.setColumnCount(len(self._languages) + 1)
        names = [vocabularies.get("language").label(language) for language in self._languages]
        self.table.setHorizontalHeaderLabels([*names, _("Code")])
        header = self.table.horizontalHeader()
        for place in range(len(self._languages)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(len(self._languages), QHeaderView.ResizeMode.Interactive)
        header.resizeSection(len(self._languages), _CODE_WIDTH)
        self.table.setRowCount(len(choices))
        for line, choice in enumerate(choices):
            self._fill(line, choice)
        self.table.blockSignals(False)

    def choices(self) -> tuple[Choice, ...]:
        """The answers as they stand, without those that say nothing."""
        found = (self._choice(line) for line in range(self.table.rowCount()))
        return tuple(choice for choice in found if choice.code or choice.labels)

    def add(self) -> None:
        """One more answer, ready to be written."""
        line = self.table.rowCount()
        self.table.blockSignals(True)
        self.table.insertRow(line)
        self._fill(line, Choice("", ()))
        self.table.blockSignals(False)
        self.table.setCurrentCell(line, 0)
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def remove(self) -> None:
        """Take the current answer out."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self.edited.emit()

    def move_row(self, by: int) -> None:
        """Put the current answer one place further up or down."""
        here = self.table.currentRow()
        if here < 0 or not 0 <= here + by < self.table.rowCount():
            return
        mine, other = self._choice(here), self._choice(here + by)
        self.table.blockSignals(True)
        self._fill(here, other)
        self._fill(here + by, mine)
        self.table.blockSignals(False)
        self.table.setCurrentCell(here + by, max(self.table.currentColumn(), 0))
        self.edited.emit()

    def _fill(self, line: int, choice: Choice) -> None:
        known = dict(choice.labels)
        for place, language in enumerate(self._languages):
            self.table.setItem(line, place, QTableWidgetItem(known.get(language, "")))
        code = QTableWidgetItem(choice.code)
        if choice.code in self._fixed:
            code.setFlags(code.flags() & ~Qt.ItemFlag.ItemIsEditable)
            code.setToolTip(_("Answers are kept under this code: it stays as it is."))
        self.table.setItem(line, len(self._languages), code)

    def _choice(self, line: int) -> Choice:
        texts = [self._text(line, place) for place in range(self.table.columnCount())]
        return Choice(texts[-1], tuple((la, text) for la, text in zip(self._languages, texts, strict=False) if text))

    def _text(self, line: int, place: int) -> str:
        item = self.table.item(line, place)
        return item.text().strip() if item is not None else ""

    def _changed(self, item: QTableWidgetItem) -> None:
        """Give an answer without a code one made of its words."""
        last = self.table.columnCount() - 1
        if item.column() != last and not self._text(item.row(), last) and item.text().strip():
            taken = {self._text(line, last) for line in range(self.table.rowCount())}
            self.table.blockSignals(True)
            self.table.setItem(item.row(), last, QTableWidgetItem(code_of(item.text(), taken, "answer")))
            self.table.blockSignals(False)
        self.edited.emit()

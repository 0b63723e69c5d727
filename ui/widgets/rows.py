"""A read-only table of things in memory: one line a thing, its columns described once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import icons, theme
from ui.widgets.labels import isolated

#: A telephone number or an amount, which begins with a sign and computes nothing but itself.
_FIGURES = re.compile(r"[+-][\d .,()/+-]+")

Thing = TypeVar("Thing")
Index = QModelIndex | QPersistentModelIndex

_LINE_HEIGHT = 36


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """One column.

    Attributes:
        title: translated heading.
        text: what a line says here, translated.
        icon: name of its icon, "" = none.
        role: colour of its words: an attribute of `theme.Colours`.
        width: in logical pixels; 0 = what is left, shared with the other columns of width 0.
        number: whether it is written at the end of the cell, as numbers are.
    """

    title: str
    text: Callable[[Thing], str]
    icon: Callable[[Thing], str] | None = None
    role: Callable[[Thing], str] | None = None
    width: int = 0
    number: bool = False


class RowsModel(QAbstractTableModel, Generic[Thing]):
    """The lines of a `Rows` table."""

    def __init__(self, columns: Sequence[Column[Thing]], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.things: Sequence[Thing] = ()

    def set_things(self, things: Sequence[Thing]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.things = things
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.things)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.number)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says and how it looks."""
        if not index.isValid():
            return None
        column, thing = self.columns[index.column()], self.things[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return isolated(column.text(thing))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.number)
        colour = column.role(thing) if column.role else ""
        if role == Qt.ItemDataRole.ForegroundRole and colour:
            return QColor(getattr(theme.colours(), colour))
        if role == Qt.ItemDataRole.DecorationRole and column.icon and (name := column.icon(thing)):
            return icons.icon(name, colour or "quiet", 18)
        return None


class Rows(QTableView, Generic[Thing]):
    """The table: keyboard complete, copied as lines that a spreadsheet takes.

    Signals:
        chosen: the current line is another one, or none any more.
    """

    chosen = Signal()

    def __init__(self, name: str, columns: Sequence[Column[Thing]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(140)  # its heading and some lines
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setIconSize(QSize(18, 18))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINE_HEIGHT)
        self._things: RowsModel[Thing] = RowsModel(columns, self)
        self.setModel(self._things)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        for place, column in enumerate(columns):
            if column.width:
                header.resizeSection(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda *_indexes: self.chosen.emit())

    def show_things(self, things: Sequence[Thing]) -> None:
        """Show other lines; nothing is chosen afterwards."""
        self._things.set_things(things)
        self.chosen.emit()

    @property
    def things(self) -> Sequence[Thing]:
        """The lines shown."""
        return self._things.things

    @property
    def current(self) -> Thing | None:
        """The line that is chosen."""
        row = self.currentIndex().row()
        return self.things[row] if 0 <= row < len(self.things) else None

    def choose(self, row: int) -> None:
        """Make a line the current one."""
        # `selectRow` asks the header for a column by its pixels, which fails from right to left before the first paint.
        self.setCurrentIndex(self._things.index(row, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and a hairline under each."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.colours().line))
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for row in range(max(first, 0), (last if last >= 0 else len(self.things) - 1) + 1):
            y = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(0, y, self.viewport().width(), y)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy as lines with tabs; all else as in every table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            lines = ("\t".join(for_sheet(c.text(self.things[row])) for c in self._things.columns) for row in rows)
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        super().keyPressEvent(event)


def _alignment(number: bool) -> Qt.AlignmentFlag:
    """Numbers end where the column ends; Qt mirrors both for right-to-left."""
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def for_sheet(text: str) -> str:
    """A copied cell that neither breaks the table nor begins a formula in Excel."""
    flat = " ".join(text.split())
    begins_formula = flat.startswith(("=", "@")) or (flat.startswith(("+", "-")) and not _FIGURES.fullmatch(flat))
    return f"'{flat}" if begins_formula else flat

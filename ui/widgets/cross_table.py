"""A table of counts in one direction or two, shaded by size; a cell opens the records it counts."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from registry import formats
from registry.figures.charts import WITHHELD, WITHHELD_WORDS
from registry.formats import number
from registry.i18n import _
from registry.packed.headings import CrossCounts
from ui import theme
from ui.widgets.labels import isolated
from ui.widgets.rows import for_sheet

Index = QModelIndex | QPersistentModelIndex

_LINE_HEIGHT = 34
#: A column is as wide as its label, within these.
_NARROWEST, _WIDEST, _BESIDE_LABEL = 96, 240, 32
#: The widest that the labels of the rows may be, in logical pixels; longer ones are told in full by the tool tip.
_LABELS_WIDTH = 340
#: How much of the accent colour the largest cell has on its ground: words on it keep a contrast of 4.5.
_DARKEST = 0.38


#: What a cell says: its count, or its share of the row, the column or everybody.
Share = Literal["", "row", "column", "all"]


class CrossModel(QAbstractTableModel):
    """The first row and the first column are the totals.

    Attributes:
        share: what a cell says; withheld counts have no share.
        whole: what the totals are called.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: CrossCounts | None = None
        self.share: Share = ""
        self.whole = _("Everybody")
        self._largest = 1

    def show_table(self, table: CrossCounts | None) -> None:
        """Show other counts."""
        self.beginResetModel()
        self.table = table
        self._largest = max((count or 0 for line in table.counts for count in line), default=0) if table else 0
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One for each group, and the total."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One for each group, and the total."""
        return 0 if parent.isValid() or self.table is None else len(self.table.columns) + 1

    def show_share(self, share: Share) -> None:
        """Say shares, or counts again."""
        self.beginResetModel()
        self.share = share
        self.endResetModel()

    def told(self, row: int, column: int) -> str:
        """What stands in a cell."""
        count = self.count(row, column)
        whole = {"row": (row, 0), "column": (0, column), "all": (0, 0)}.get(self.share)
        if count is None:
            return _(WITHHELD)
        if whole is None:
            return number(count)
        of = self.count(*whole)
        return _(WITHHELD) if of is None else (formats.share(count / of) if of else "")

    def count(self, row: int, column: int) -> int | None:
        """What a cell counts; None = withheld."""
        table = self.table
        if table is None:
            return 0
        if row == 0:
            return table.columns[column - 1].count if column else table.total
        return table.counts[row - 1][column - 1] if column else table.rows[row - 1].count

    def heading(self, place: int, orientation: Qt.Orientation) -> str:
        """The label of a row or column."""
        if self.table is None or place == 0:
            return self.whole
        headings = self.table.columns if orientation is Qt.Orientation.Horizontal else self.table.rows
        return headings[place - 1].label

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The label of a group; in full as the tool tip."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return isolated(self.heading(section, orientation))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if orientation is Qt.Orientation.Horizontal else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The count, its ground, and in words what it counts."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        count = self.count(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.told(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            down, across = self.heading(row, Qt.Orientation.Vertical), self.heading(column, Qt.Orientation.Horizontal)
            told = _(WITHHELD_WORDS) if count is None else number(count)
            return _("{row}, {column}: {count}", row=down, column=across, count=told)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and (row == 0 or column == 0):
            font = QFont(QGuiApplication.font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and not count:
            return QColor(theme.colours().quiet)
        if role == Qt.ItemDataRole.BackgroundRole and count and row and column:
            return _shade(count / self._largest)
        return None


class _Shading(QStyledItemDelegate):
    """Draws the ground of a cell, which a style sheet for the cells leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, then the cell as always."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            rectangle: QRect = option.rect
            painter.fillRect(rectangle, ground)
        super().paint(painter, option, index)


class CrossTable(QTableView):
    """The table; Enter or a click opens a cell, arrows move, Ctrl+C copies for a spreadsheet.

    Signals:
        opened: row and column of the group that was chosen; -1 = the total.
    """

    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = CrossModel(self)
        self.setModel(self.counts)
        self.setItemDelegate(_Shading(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        down.setDefaultSectionSize(_LINE_HEIGHT)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setMaximumWidth(_LABELS_WIDTH)
        for header in (across, down):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.clicked.connect(lambda index: self._open(index.row(), index.column()))

    def show_table(self, table: CrossCounts | None) -> None:
        """Show other counts; the keyboard begins at the total."""
        self.counts.show_table(table)
        if table is None:
            return
        header = self.horizontalHeader()
        for place in range(self.counts.columnCount()):
            wanted = header.fontMetrics().horizontalAdvance(self.counts.heading(place, Qt.Orientation.Horizontal))
            header.resizeSection(place, min(max(wanted + _BESIDE_LABEL, _NARROWEST), _WIDEST))
        self.setCurrentIndex(self.counts.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the people of a cell; a copy takes the headings along."""
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self._open(here.row(), here.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._copied())
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Its heading and some lines."""
        return QSize(320, 140)

    def _open(self, row: int, column: int) -> None:
        if self.counts.count(row, column):
            self.opened.emit(row - 1, column - 1)

    def _copied(self) -> str:
        """The marked cells under their headings, as lines with tabs."""
        marked = self.selectedIndexes()
        rows = sorted({index.row() for index in marked})
        columns = sorted({index.column() for index in marked})
        head = ["", *(for_sheet(self.counts.heading(c, Qt.Orientation.Horizontal)) for c in columns)]
        lines = [
            [
                for_sheet(self.counts.heading(r, Qt.Orientation.Vertical)),
                *(self._plain(r, c) for c in columns),
            ]
            for r in rows
        ]
        return "\n".join("\t".join(line) for line in (head, *lines))

    def _plain(self, row: int, column: int) -> str:
        """A cell as a spreadsheet takes it: numbers without thousands separated, shares as they stand there."""
        count = self.counts.count(row, column)
        return str(count) if count is not None and not self.counts.share else self.counts.told(row, column)


def _shade(part: float) -> QColor:
    """The ground of a cell; the root lets small counts be told apart too."""
    ground, accent = QColor(theme.colours().surface), QColor(theme.colours().accent)
    weight = _DARKEST * part**0.5
    mixed = (
        round(low + (high - low) * weight)
        for low, high in zip(ground.getRgb()[:3], accent.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)

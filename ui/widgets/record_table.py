"""The list of records: lazy rows, columns as the officer likes them, the keyboard, copying into Excel."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from registry import fields
from registry.access import CONFIRM_ABOVE
from registry.i18n import _
from ui import theme
from ui.desk import Desk
from ui.widgets.list_layout import ListLayout
from ui.widgets.reason_notes import NotedName
from ui.widgets.record_model import RecordModel, title
from ui.widgets.rows import for_sheet

_ROW_HEIGHT = 36
#: Widths of columns in logical pixels, by kind of field.
_WIDTHS = {
    "name": 196, "text": 116, "long_text": 260, "phone": 162, "email": 210,
    "country": 124, "language": 140, "open_code": 200, "partial_date": 120, "integer": 90,
}  # fmt: skip
_WIDTH, _NUMBER_WIDTH = 120, 150
#: How much columns of names grow where there is room, up to half of it: long names are cut first.
_NAMES_GROW = 120
#: How much wider bold headings are than the header's own font says, and their margins with the sorting arrow.
_BOLDER, _HEADING_ROOM = 1.08, 30
#: How far columns shrink before they are taken out or scrolled.
_TIGHTEST = 0.9


class RecordTable(QTableView):
    """Records of one kind.

    Signals:
        opened: id of the record whose card is wanted, by Enter or a click.
        reached: id of the record that the keyboard went to.
        marked: the rows that are marked changed.
        sorted: the officer clicked a heading: canonical name ("" = no order of one's own), descending.
        deleted: the Delete key was pressed.
        refused: a sentence why something was not done.
    """

    opened = Signal(int)
    reached = Signal(int)
    marked = Signal()
    sorted = Signal(str, bool)
    deleted = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, kind: str, default_columns: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self.kept = ListLayout(desk, kind, default_columns)
        self._compact = self._fitting = False
        self.records = RecordModel(desk, kind)
        self.setModel(self.records)
        self.sorting = self.kept.sorting()
        self._noted = NotedName(self)
        self.records.reasons.came.connect(lambda: self.viewport().update())
        self._look()
        self.set_columns(self.kept.columns())
        header = self.horizontalHeader()
        header.sectionMoved.connect(lambda *_where: self._keep_order())
        header.sectionResized.connect(self._keep_width)
        header.sectionClicked.connect(self._sort)

    def _look(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(60)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        # A heading sorts and marks nothing; and one that painted marks would walk over every row to do so.
        header.sectionPressed.disconnect()
        header.setSelectionModel(QItemSelectionModel(self.records, header))

    # --- columns ------------------------------------------------------------------------------------------------

    def set_columns(self, names: Sequence[str]) -> None:
        """Show these fields from now on, and after the next start."""
        selected, current = self.marked_ids(), self.current_id()
        self.records.set_columns(names)
        self.kept.keep_columns(names)
        # In one column only: Qt itself draws the others much sooner.
        for section in range(len(names)):
            self.setItemDelegateForColumn(
                section, self._noted if section == self.records.named() else self.itemDelegate()
            )
        header = self.horizontalHeader()
        header.blockSignals(True)
        widths = self.kept.widths()
        for visual, name in enumerate(names):
            header.moveSection(header.visualIndex(visual), visual)
            self.setColumnWidth(visual, widths.get(name, self._first_width(name)))
        header.blockSignals(False)
        self._fit_columns()
        self._restore(selected, current)
        if self.sorting[0] not in ("", *names):
            self.sort_by("", descending=False)
        self._show_arrow()

    def sort_by(self, name: str, *, descending: bool) -> None:
        """Sort by a field from now on, and after the next start; "" = by name, what fits a search best first."""
        self.sorting = (name, descending)
        self.kept.keep_sorting(name, descending=descending)
        self._show_arrow()
        self.sorted.emit(name, descending)

    def show_standard(self) -> None:
        """Columns, widths and order as they are for somebody who has chosen none."""
        self.kept.forget()
        self.set_columns(self.kept.standard)
        self.sort_by("", descending=False)

    def set_compact(self, compact: bool) -> None:
        """Beside a card: leave out the last columns rather than cut one at the edge."""
        if compact != self._compact:
            self._compact = compact
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column its width, all a little less where that spares scrolling."""
        if self._fitting:
            return
        self._fitting = True
        header = self.horizontalHeader()
        chosen = self.kept.widths()
        order = [header.logicalIndex(place) for place in range(header.count())]
        names = self.records.columns
        widths = {section: chosen.get(names[section], self._first_width(names[section])) for section in order}
        shown, room = order, max(self.viewport().width(), 1)
        while self._compact and len(shown) > 1 and sum(widths[s] for s in shown) * _TIGHTEST > room:
            shown = shown[:-1]
        total = sum(widths[section] for section in shown)
        factor = room / total if total * _TIGHTEST <= room < total else 1.0
        names_here = [s for s in shown[:-1] if self._holds_names(names[s]) and names[s] not in chosen]
        for section in names_here:
            widths[section] += min(_NAMES_GROW, max(room - total, 0) // (2 * len(names_here)))
        for section in order:
            header.setSectionHidden(section, section not in shown)
        for section in shown:
            header.resizeSection(section, int(widths[section] * factor))
        self._fitting = False

    def _holds_names(self, name: str) -> bool:
        found = fields.find(self.records.kind, name)
        return found is not None and found[0].kind.name == "name"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns follow the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def _first_width(self, name: str) -> int:
        """Wide enough for the values of its kind, and for its heading."""
        heading = self.horizontalHeader().fontMetrics().horizontalAdvance(title(self.records.kind, name))
        return max(_width(self.records.kind, name), round(heading * _BOLDER) + _HEADING_ROOM)

    def _keep_order(self) -> None:
        header = self.horizontalHeader()
        self.kept.keep_columns([self.records.columns[header.logicalIndex(n)] for n in range(header.count())])

    def shown_columns(self) -> tuple[str, ...]:
        """The fields in the order in which they stand."""
        header = self.horizontalHeader()
        return tuple(self.records.columns[header.logicalIndex(place)] for place in range(header.count()))

    def _keep_width(self, section: int, _before: int, width: int) -> None:
        header = self.horizontalHeader()
        shown = header.count() - header.hiddenSectionCount()
        # The last one fills what is left: its width is nobody's wish.
        if not self._fitting and header.visualIndex(section) < shown - 1:
            self.kept.keep_width(self.records.columns[section], width)

    def _sort(self, section: int) -> None:
        """A click on a heading: upwards, downwards, and as if it had not been clicked."""
        name = self.records.columns[section]
        sorted_by, descending = self.sorting
        if name != sorted_by:
            self.sort_by(name, descending=False)
        else:
            self.sort_by("" if descending else name, descending=not descending)

    def _show_arrow(self) -> None:
        name, descending = self.sorting
        header = self.horizontalHeader()
        header.setSortIndicatorShown(bool(name))
        if name:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self.records.columns.index(name), order)

    # --- records ------------------------------------------------------------------------------------------------

    def show_ids(self, ids: array[int]) -> None:
        """Show these records; what was marked stays marked if it is still there."""
        selected, current = self.marked_ids(), self.current_id()
        self.records.set_ids(ids)
        self._restore(selected, current)

    def marked_ids(self) -> tuple[int, ...]:
        """The marked records, in the order of the list."""
        if self.selectionModel() is None:
            return ()
        return tuple(i for rows in self._marked_rows() for i in self.records.ids[rows.start : rows.stop])

    def marked_count(self) -> int:
        """How many records are marked."""
        return sum(map(len, self._marked_rows())) if self.selectionModel() is not None else 0

    def _marked_rows(self) -> list[range]:
        """The marked rows in order, as ranges: all of a million are one range."""
        marked = self.selectionModel().selection()
        parts = (marked.at(place) for place in range(marked.count()))
        return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)

    def current_id(self) -> int:
        """The record that the keyboard is on, 0 = none."""
        row = self.currentIndex().row()
        return self.records.ids[row] if 0 <= row < len(self.records.ids) else 0

    def select_id(self, record_id: int) -> bool:
        """Mark one record and go there; False if it is not in the list."""
        row = self.records.row_of(record_id)
        if row < 0:
            return False
        self.mark_row(row)
        return True

    def mark_row(self, row: int) -> None:
        """Mark one row and go there; Qt's `selectRow` marks nothing in a mirrored window."""
        flags = QItemSelectionModel.SelectionFlag
        there = self.records.index(row, 0)
        self.selectionModel().setCurrentIndex(there, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(there)

    def _restore(self, selected: Sequence[int], current: int) -> None:
        model = self.selectionModel()
        if not selected or model is None:
            return
        rows = self._rows_of(selected)
        if rows == self._rows_of(self.marked_ids()):
            return
        marked = QItemSelection()
        last = max(len(self.records.columns) - 1, 0)
        for first, end in _runs(rows):
            marked.select(self.records.index(first, 0), self.records.index(end, last))
        current_row = self.records.row_of(current)
        if current_row >= 0:
            model.setCurrentIndex(self.records.index(current_row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _rows_of(self, ids: Sequence[int]) -> list[int]:
        if len(ids) < 20:
            return sorted(row for i in ids if (row := self.records.row_of(i)) >= 0)
        wanted = set(ids)
        return [row for row, i in enumerate(self.records.ids) if i in wanted]

    # --- keyboard and mouse -------------------------------------------------------------------------------------

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the page."""
        super().selectionChanged(selected, deselected)
        self.marked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes, Ctrl+C copies for Excel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current_id():
                self.opened.emit(self.current_id())
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.deleted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            before = self.current_id()
            super().keyPressEvent(event)
            if self.current_id() != before:
                self.reached.emit(self.current_id())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click opens the card."""
        super().mouseReleaseEvent(event)
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        on_row = self.indexAt(event.position().toPoint()).isValid()
        if plain and on_row and self.marked_count() == 1:
            self.opened.emit(self.current_id())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands somewhere."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.ids:
            self.setCurrentIndex(self.records.index(self.rowAt(0) if self.rowAt(0) >= 0 else 0, 0))

    def copy_rows(self) -> None:
        """Put the marked rows, with their headings, on the clipboard as Excel reads them."""
        rows = [row for some in self._marked_rows() for row in some]
        if len(rows) > CONFIRM_ABOVE:
            # Data of more people leaves through the export, which asks for the password and leaves a trace.
            sentence = _("At most {count} rows can be copied. Export them to a file instead.", count=CONFIRM_ABOVE)
            self.refused.emit(sentence)
            return
        places = [self.records.columns.index(name) for name in self.shown_columns()]
        heads = [str(self.records.headerData(p, Qt.Orientation.Horizontal)) for p in places]
        lines = [heads, *([text[p] for p in places] for text in self.records.texts(rows))]
        QGuiApplication.clipboard().setText("\n".join("\t".join(for_sheet(t) for t in line) for line in lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a hairline under each."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.colours().line))
        row = self.rowAt(0)
        bottom = self.viewport().height()
        while 0 <= row < len(self.records.ids):
            y = self.rowViewportPosition(row) + _ROW_HEIGHT - 1
            if y > bottom:
                break
            painter.drawLine(QPoint(0, y), QPoint(self.viewport().width(), y))
            row += 1
        painter.end()


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending rows as runs of neighbours: (first, last)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _width(kind: str, name: str) -> int:
    if name == "number":
        return _NUMBER_WIDTH
    found = fields.find(kind, name)
    return _WIDTHS.get(found[0].kind.name, _WIDTH) if found is not None else _WIDTH

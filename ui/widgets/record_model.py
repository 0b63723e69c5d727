"""Records as a table of any size: ids in one array, rows fetched a page at a time when they come into sight."""

from __future__ import annotations

import re
import time
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal

from registry import fields
from registry.errors import RegistryError
from registry.queries import GetRecords
from registry.whereabouts import listed, needed
from ui.desk import Desk
from ui.widgets.labels import isolated
from ui.widgets.reason_notes import REASON, ReasonNotes

if TYPE_CHECKING:
    from registry.records import Record

Index = QModelIndex | QPersistentModelIndex
Texts = tuple[str, ...]

#: Rows are kept in pages; those that are not there are fetched some pages at once: a screen of rows, hardly more.
PAGE, _TOGETHER = 8, 4
#: Pages kept: scrolling back over some thousand rows fetches nothing.
_MOST_PAGES = 1_280
#: Seconds that a fetch may take to be made while painting; a slower register is asked by a worker.
_QUICK = 0.012
_HEADER_HEIGHT = 36
#: Asked for each cell some ten times a paint: numbers are compared sooner than members of an enumeration.
_DISPLAY, _TOOL_TIP = Qt.ItemDataRole.DisplayRole.value, Qt.ItemDataRole.ToolTipRole.value
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole.value
#: The end of a cell that holds more values than it shows.
_SEVERAL = re.compile("  \\+\\d+\u2069?$")


class RecordModel(QAbstractTableModel):
    """The rows of one list.

    Signals:
        failed: a `RegistryError` that kept rows from being read.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self.kind = kind
        self.ids: array[int] = array("q")
        self.columns: tuple[str, ...] = ()
        self._pages: OrderedDict[int, list[Record | Texts]] = OrderedDict()
        self._asked: set[int] = set()
        self._listing = 0
        self._cost = 0.0
        self.reasons = ReasonNotes(desk, kind, lambda: self.columns)

    def set_columns(self, names: Sequence[str]) -> None:
        """Show these fields, in this order."""
        self.beginResetModel()
        self.columns = tuple(names)
        self._forget()
        self.endResetModel()

    def set_ids(self, ids: array[int]) -> None:
        """Show these records, in this order."""
        if ids == self.ids:
            self.reread()
            return
        self.beginResetModel()
        self.ids = ids
        self._forget()
        self.endResetModel()

    def reread(self) -> None:
        """Fetch what is in sight again: values changed."""
        self._forget()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def retitle(self) -> None:
        """Show the headings anew: fields may be called otherwise."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row_of(self, record_id: int) -> int:
        """The row of a record, -1 = not in this list."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return -1

    def texts(self, rows: Sequence[int]) -> list[Texts]:
        """What stands in these rows, fetched where it is not there yet."""
        found: dict[int, Record | Texts] = {}
        missing = [row for row in rows if row // PAGE not in self._pages]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            found.update(zip(some, self._read(tuple(self.ids[row] for row in some)), strict=True))
        return [self._written(found[row]) if row in found else self._row(row) for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many records the list has."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many fields are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of one cell, an ellipsis while they are on their way; all its values as the tool tip."""
        if role == _DISPLAY:
            row = index.row()
            return "…" if self._page(row // PAGE) is None else isolated(self._row(row)[index.column()])
        if role == REASON:
            return self._reason(index)
        if role == _TOOL_TIP:
            words, reason = str(self.data(index)), self._reason(index)
            words = self._whole(index.row(), index.column()) if _SEVERAL.search(words) else words
            return f"{words}\n{reason}" if reason else words
        if role == _ACCESSIBLE and (reason := self._reason(index)):
            return f"{self.data(index)}, {reason}"
        return None

    def _reason(self, index: Index) -> str:
        """Why a record was found, beside what it is called, else in the first column."""
        return self.reasons.of(self.ids[index.row()]) if index.column() == self.named() else ""

    def named(self) -> int:
        """The column that reasons stand in."""
        return next((self.columns.index(n) for n in ("full_name", "name") if n in self.columns), 0)

    def _whole(self, row: int, column: int) -> str:
        """Every value of a cell, a line each."""
        record_id, name = self.ids[row], self.columns[column]
        try:
            found = self._desk.registry.read(GetRecords(self.kind, (record_id,), (name,)))
        except RegistryError:
            return ""  # the list itself says that it cannot be read
        lines = (r.show(fields.numbered(name, place)) for r in found.values() for place in range(_count(r, name)))
        return "\n".join(isolated(line) for line in lines)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title(self.kind, self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, _HEADER_HEIGHT)
        return None

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._listing += 1

    def _row(self, row: int) -> Texts:
        """The texts of a row whose page is there: made when it is first seen."""
        page = self._pages[row // PAGE]
        texts = page[row % PAGE] = self._written(page[row % PAGE])
        return texts

    def _page(self, number: int) -> list[Record | Texts] | None:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page
        if number in self._asked:
            return None
        pages = self._missing_from(number)
        ids = tuple(self.ids[pages.start * PAGE : pages.stop * PAGE])
        if self._cost < _QUICK:
            started = time.perf_counter()
            try:
                self._keep(pages, self._read(ids))
            except RegistryError as error:
                self._cost = _QUICK
                self.failed.emit(error)
                return None
            self._cost = time.perf_counter() - started
            return self._pages[number]
        self._ask(pages, ids)
        return None

    def _missing_from(self, number: int) -> range:
        """This page and those after it that are not there either: where one is painted, they are in sight, too."""
        after = range(number + 1, min(number + _TOGETHER, (len(self.ids) - 1) // PAGE + 1))
        there = (n for n in after if n in self._pages or n in self._asked)
        return range(number, next(there, after.stop))

    def _ask(self, pages: range, ids: tuple[int, ...]) -> None:
        """Let a worker fetch pages; painted when they come."""
        self._asked.update(pages)
        started = time.perf_counter()
        listing, columns = self._listing, self.columns

        def fetched(records: Mapping[int, Record]) -> None:
            if listing != self._listing:
                return  # the list changed meanwhile, and these pages of it may have been asked for again
            self._asked.difference_update(pages)
            self._cost = (time.perf_counter() - started) / 2  # half of it is waiting for the timer
            self._keep(pages, self._rows(ids, records))
            first = pages.start * PAGE
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(ids) - 1, len(columns) - 1))

        self._desk.read(GetRecords(self.kind, ids, self._needed), fetched, self.failed.emit)

    def _keep(self, pages: range, rows: list[Record | Texts]) -> None:
        for place, number in enumerate(pages):
            self._pages[number] = rows[place * PAGE : (place + 1) * PAGE]
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)

    def _read(self, ids: tuple[int, ...]) -> list[Record | Texts]:
        return self._rows(ids, self._desk.registry.read(GetRecords(self.kind, ids, self._needed)))

    def _rows(self, ids: Sequence[int], records: Mapping[int, Record]) -> list[Record | Texts]:
        nothing = ("",) * len(self.columns)
        return [records.get(i, nothing) for i in ids]

    @property
    def _needed(self) -> tuple[str, ...]:
        """The fields of the columns, and those by which the address where somebody lives is known."""
        return (*self.columns, *needed(self.columns))

    def _written(self, row: Record | Texts) -> Texts:
        """In the reader's words, which takes longer than reading the record."""
        return row if isinstance(row, tuple) else tuple(cell(row, name) for name in self.columns)


def cell(record: Record, name: str) -> str:
    """What a list says of one field, by the address where somebody lives: a value, and how many more there are."""
    text, more = record.show(listed(name, record.values)), _count(record, name) - 1
    return f"{text}  +{more}" if more else text


def _count(record: Record, name: str) -> int:
    """How many values a record has of a field, at least one place."""
    count = 1
    while fields.numbered(name, count) in record.values:
        count += 1
    return count


def title(kind: str, name: str) -> str:
    """The heading of a column."""
    found = fields.find(kind, name)
    return found[0].title if found is not None else name

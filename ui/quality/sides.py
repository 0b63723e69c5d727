"""Records side by side: a column each, a row a field; the value that the record will have is marked in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from registry import fields
from registry.formats import moment
from registry.i18n import _
from registry.merging.proposal import Proposal, Side
from ui import icons, theme
from ui.widgets.labels import isolated

Index = QModelIndex | QPersistentModelIndex

_TITLES, _NARROWEST, _LINE = 190, 170, 30
#: What the style sheet leaves free at both sides of a cell, and what is left above and below its lines.
_ASIDE, _AROUND = 16, 12
#: Of two records none can be left out.
PAIR = 2
#: Rows above the fields.
STAYS, PART, CHANGED = "stays", "part", "changed"


@dataclass
class Choice:
    """What the officer decided so far.

    Attributes:
        stays: id of the record that stays.
        part: ids of the records that are one.
        taken: name of the first field of those chosen together -> id of the record whose value is taken.
    """

    stays: int
    part: set[int] = field(default_factory=set)
    taken: dict[str, int] = field(default_factory=dict)


class SidesModel(QAbstractTableModel):
    """The cells. Column 0 names the rows; the records follow.

    Attributes:
        choice: what is marked.
        lines: `STAYS`, `PART`, `CHANGED`, and the fields that are shown.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._proposal: Proposal | None = None
        self._titles: Mapping[str, str] = {}
        self.choice = Choice(0)
        self.lines: Sequence[str | Side] = ()

    def show_proposal(self, proposal: Proposal | None, choice: Choice, *, differences: bool) -> None:
        """Show other records, or other rows of them."""
        self.beginResetModel()
        self._proposal, self.choice = proposal, choice
        self.lines = ()
        if proposal is not None:
            self._titles = {name: f.title for name, f in fields.by_name(proposal.kind).items()}
            head = [STAYS, PART, CHANGED] if len(proposal.records) > PAIR else [STAYS, CHANGED]
            self.lines = (*head, *(s for s in proposal.sides if not (differences and s.equal)))
        self.endResetModel()

    def retell(self) -> None:
        """Something else is marked."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def record_id(self, section: int) -> int:
        """Of the record in a column."""
        return self._proposal.records[section - 1].id if self._proposal is not None else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The names of the rows and the records."""
        return 0 if parent.isValid() or self._proposal is None else len(self._proposal.records) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The names of the rows are no cells to go to."""
        return super().flags(index) if index.column() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Whose column it is."""
        if orientation is not Qt.Orientation.Horizontal or self._proposal is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and 0 < section < self.columnCount():
            return isolated(self.caption(section))
        return None

    def caption(self, section: int) -> str:
        """Which record it is: name and number."""
        assert self._proposal is not None
        record = self._proposal.records[section - 1]
        place = f"{section} · " if len(self._proposal.records) > PAIR else ""
        return f"{place}{record.name}\n{record.number}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says and how it looks."""
        if not index.isValid() or self._proposal is None:
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return isolated(self._title(line) if index.column() == 0 else self.text(line, index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if index.column() == 0:
            return QColor(theme.colours().quiet) if role == Qt.ItemDataRole.ForegroundRole else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, index.column())
        return self._look(line, self.record_id(index.column()), role)

    def text(self, line: str | Side, section: int) -> str:
        """The words of a cell."""
        record_id = self.record_id(section)
        if isinstance(line, Side):
            return line.values[section - 1]
        if line == CHANGED:
            assert self._proposal is not None
            when = self._proposal.changed.get(record_id)
            return moment(when) if when else ""
        taking_part = record_id in self.choice.part
        if line == PART:
            return _("Is the same") if taking_part else _("Left out")
        if not taking_part:
            return _("Left out")
        return _("Stays") if record_id == self.choice.stays else _("Becomes part of it")

    def marked(self, line: str | Side, record_id: int) -> bool:
        """Whether this is the chosen cell of its row."""
        if isinstance(line, Side):
            return line.taken != 0 and self.choice.taken.get(line.together) == record_id
        return record_id == (self.choice.stays if line == STAYS else 0)

    def _title(self, line: str | Side) -> str:
        if not isinstance(line, Side):
            return {STAYS: _("Which record stays"), PART: _("Who is the same"), CHANGED: _("Last changed")}[line]
        title = self._titles[line.field]
        return title if line.taken or line.equal else _("{field}: all are kept", field=title)

    def _spoken(self, line: str | Side, section: int) -> str:
        words = {"field": self._title(line), "value": self.text(line, section)}
        chosen = self.marked(line, self.record_id(section))
        return _("{field}: {value}, chosen", **words) if chosen else _("{field}: {value}", **words)

    def _look(self, line: str | Side, record_id: int, role: int) -> Any:
        dim = record_id not in self.choice.part or (isinstance(line, Side) and line.equal) or line == CHANGED
        marked = self.marked(line, record_id) and not (isinstance(line, Side) and line.equal)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.colours().quiet if dim else theme.colours().text)
        if role == Qt.ItemDataRole.FontRole and marked:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.DecorationRole:
            name = self._icon(line, record_id, marked=marked)
            return icons.icon(name, "accent_text" if marked else "quiet", 18) if name else None
        return None

    def _icon(self, line: str | Side, record_id: int, *, marked: bool) -> str:
        taking_part = record_id in self.choice.part
        if isinstance(line, Side):
            return "check" if marked else ""
        if line == PART:
            return "check_circle" if taking_part else "do_not_disturb_on"
        if line == CHANGED or not taking_part:
            return ""
        return "radio_button_checked" if marked else "radio_button_unchecked"


class _Cells(QStyledItemDelegate):
    """Breaks lines where they are broken when they are drawn, which Qt's own hint does not know of."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Of a cell as wide as its column."""
        option.rect = QRect(0, 0, max(self._width(index) - _ASIDE, 1), option.rect.height())
        return super().sizeHint(option, index)

    def _width(self, index: Index) -> int:
        table = self.parent()
        assert isinstance(table, QTableView)
        return table.columnWidth(index.column())


class SidesTable(QTableView):
    """The table, complete by keyboard: arrows go through the cells, Space or Enter marks one.

    Signals:
        marked: (row, column) that was clicked or marked by keyboard.
    """

    marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Records side by side"))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(18, 18))
        self.setMinimumHeight(140)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_LINE)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_NARROWEST)
        self.sides = SidesModel(self)
        self.setModel(self.sides)
        self.setItemDelegate(_Cells(self))
        self.clicked.connect(lambda index: self.marked.emit(index.row(), index.column()))
        header.sectionResized.connect(lambda *_sizes: self._fit())

    def show_proposal(self, proposal: Proposal | None, choice: Choice, *, differences: bool) -> None:
        """Show other records, or other rows of them, with the keyboard at the cell where it was."""
        here = self.currentIndex()
        row, column = max(here.row(), 0), max(here.column(), 1)
        self.sides.show_proposal(proposal, choice, differences=differences)
        header = self.horizontalHeader()
        for section in range(self.sides.columnCount()):
            fixed = section == 0
            mode = QHeaderView.ResizeMode.Interactive if fixed else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(section, mode)
            if fixed:
                header.resizeSection(section, _TITLES)
        self._fit()
        if self.sides.lines:
            last = self.sides.index(self.sides.rowCount() - 1, self.sides.columnCount() - 1)
            self.setCurrentIndex(self.sides.index(min(row, last.row()), min(column, last.column())))

    def _fit(self) -> None:
        """Each row as high as its longest cell."""
        for place in range(self.sides.rowCount()):
            self.setRowHeight(place, max(self.sizeHintForRow(place) + _AROUND, _LINE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter mark the cell; all else as in every table."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.marked.emit(self.currentIndex().row(), self.currentIndex().column())
            return
        super().keyPressEvent(event)

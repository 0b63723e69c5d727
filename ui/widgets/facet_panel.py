"""Facets beside a list: the values that the records found have, with their counts; one click narrows the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator

from registry import formats
from registry.errors import RegistryError
from registry.i18n import _
from registry.packed import dimensions
from registry.packed.choosing import turned
from registry.queries import Facets
from registry.search.names import Names
from ui import theme
from ui.desk import Desk

if TYPE_CHECKING:  # what makes them counts with libraries that take long to load
    from registry.packed.facets import Facet, FacetValue

WIDTH = 240
#: Values of each facet at first, and after "more".
_FEW, _MANY = 5, 40
#: Facets that are open until somebody shuts them.
_OPEN = 5
#: Milliseconds without another query after which it is counted.
_PAUSE = 150
_LINE = 28
#: What a line is: (code of the facet, code of the value), (code of the facet, None) for its title.
_PLACE = Qt.ItemDataRole.UserRole
_MORE = "\0more"

Place = tuple[str, str | None]


class FacetPanel(QTreeWidget):
    """The facets of one list.

    Signals:
        chosen: the query as it should be now.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._query = ""
        self._counted: tuple[str, frozenset[str]] | None = None
        self._whole: set[str] = set()
        self._dimensions = {d.code: d for d in dimensions.facets(kind, desk.session)}
        self._titles: dict[str, QTreeWidgetItem] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._read)
        desk.runner.closed.connect(self._pause.stop)
        self._look()
        self._fill_titles()
        self.itemClicked.connect(lambda item, _column: self._press(item))
        self.itemExpanded.connect(self._turned)
        self.itemCollapsed.connect(self._turned)

    def _look(self) -> None:
        self.setProperty("role", "facets")
        self.setAccessibleName(_("Narrow the list by values"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFixedWidth(WIDTH)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _fill_titles(self) -> None:
        shut = set(self._desk.settings.texts(self._setting)) or set(list(self._dimensions)[_OPEN:])
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for code, dimension in self._dimensions.items():
            line = _line((code, None), dimension.title)
            line.setFont(0, bold)
            line.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.addTopLevelItem(line)
            line.setFirstColumnSpanned(True)
            line.setExpanded(code not in shut)
            self._titles[code] = line
        for first in list(self._titles.values())[:1]:
            self.setCurrentItem(first)

    @property
    def _setting(self) -> str:
        return f"facets.shut.{self._kind}"

    # --- what is counted ----------------------------------------------------------------------------------------

    def show_query(self, query: str) -> None:
        """The list shows what this query finds; counted after a moment, if the panel is shown."""
        self._query = query
        self._counted = None
        self.count()

    def count(self) -> None:
        """Count what is open, if it is not counted yet."""
        if not self.isHidden() and self._open() and self._counted != (self._query, self._open()):
            self._pause.start()

    def _open(self) -> frozenset[str]:
        return frozenset(code for code, line in self._titles.items() if line.isExpanded())

    def _read(self) -> None:
        wanted = self._open()
        for title in (self._titles[code] for code in wanted if not self._titles[code].childCount()):
            title.addChild(waiting := _line(title.data(0, _PLACE), _("One moment…")))
            waiting.setFlags(Qt.ItemFlag.NoItemFlags)
        for most, codes in ((_FEW, wanted - self._whole), (_MANY, wanted & self._whole)):
            listed = tuple(code for code in self._dimensions if code in codes)
            if listed:
                query = Facets(self._kind, self._query, listed, most)
                self._desk.read(query, self._show, self._leave, key=("facet panel", self._kind, most))
        self._counted = (self._query, wanted)

    def _leave(self, _error: RegistryError) -> None:
        """The list says what is wrong with the query; the counts before stay meanwhile."""
        self._counted = None
        for title in self._titles.values():
            if (first := title.child(0)) is not None and first.flags() == Qt.ItemFlag.NoItemFlags:
                title.takeChildren()

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, answer: Sequence[Facet]) -> None:
        place, scrolled = self._place(), self.verticalScrollBar().value()
        for facet in answer:
            line = self._titles[facet.code]
            line.takeChildren()
            line.addChildren([_value_line(facet.code, value) for value in facet.values])
            if facet.more or facet.code in self._whole:
                line.addChild(self._more_line(facet))
        self._go_to(place)
        self.verticalScrollBar().setValue(scrolled)

    def _more_line(self, facet: Facet) -> QTreeWidgetItem:
        if facet.code not in self._whole:
            words = _("{count} more…", count=formats.number(facet.more))
        else:
            words = _("Type others into the search box") if facet.more else _("Fewer")
        line = _line((facet.code, _MORE), words)
        line.setForeground(0, QColor(theme.colours().accent_text))
        return line

    def _place(self) -> Place | None:
        here = self.currentItem()
        return here.data(0, _PLACE) if here is not None else None

    def _go_to(self, place: Place | None) -> None:
        """Keep the keyboard on the same line, or on the title of its facet."""
        if place is None:
            return
        lines = {tuple(item.data(0, _PLACE)): item for item in _every(self)}
        line = lines.get((place[0], place[1])) or lines.get((place[0], None))
        if line is not None and line is not self.currentItem():
            self.setCurrentItem(line)
        if not self.hasFocus():
            self.clearSelection()

    # --- what is chosen -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter do what a click does."""
        here = self.currentItem()
        if here is not None and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(here)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        here = self.currentItem()
        if here is not None:
            here.setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is marked while the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.clearSelection()

    def _press(self, line: QTreeWidgetItem) -> None:
        code, value = line.data(0, _PLACE)
        if value is None:
            line.setExpanded(not line.isExpanded())
        elif value == _MORE:
            self._whole ^= {code}
            self._counted = None
            self.count()
        else:
            names = Names(self._kind, self._desk.session)
            self.chosen.emit(turned(self._query, self._dimensions[code], value, names))

    def _turned(self, _line: QTreeWidgetItem) -> None:
        """A facet was opened or shut."""
        shut = [code for code in self._dimensions if code not in self._open()]
        self._desk.settings.keep(self._setting, shut or ["-"])
        self.count()


def _line(place: Place, words: str, count: str = "") -> QTreeWidgetItem:
    line = QTreeWidgetItem([words, count])
    line.setData(0, _PLACE, place)
    line.setToolTip(0, words)
    line.setTextAlignment(1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    line.setSizeHint(0, QSize(0, _LINE))
    return line


def _value_line(code: str, value: FacetValue) -> QTreeWidgetItem:
    count = formats.number(value.count)
    line = _line((code, value.code), value.label, count)
    line.setCheckState(0, Qt.CheckState.Checked if value.chosen else Qt.CheckState.Unchecked)
    line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    line.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{value.label}, {count}")
    return line


def _every(tree: QTreeWidget) -> Iterable[QTreeWidgetItem]:
    walk = QTreeWidgetItemIterator(tree)
    while (item := walk.value()) is not None:
        yield item
        walk += 1

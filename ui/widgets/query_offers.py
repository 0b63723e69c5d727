"""Under a search box, while one types: how the query may go on, with how many records that finds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from registry import formats
from registry.errors import RegistryError
from registry.i18n import _
from registry.queries import CompleteQuery
from registry.search.completing import Completion
from ui.desk import Desk
from ui.widgets.search_box import SearchBox

#: Milliseconds without a key after which offers are asked for.
_PAUSE = 60
#: Pixels between the box and what is offered, and around the entries.
_GAP, _EDGE = 4, 4
_WIDEST = 560


class QueryOffers(QTreeWidget):
    """Never takes the keyboard from the box: arrows choose, Enter takes what was chosen, Escape puts the offers away.

    Without a choice every key does in the box what it does there.
    """

    def __init__(self, desk: Desk, box: SearchBox, kind: Callable[[], str]) -> None:
        """`kind` tells which records the box searches."""
        super().__init__(box)  # moved over the window's content before it is shown
        self._desk, self._box, self._kind = desk, box, kind
        self._completion = Completion(0, 0)
        self.setProperty("role", "offers")
        self.setAccessibleName(_("Ways to go on with the search"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(lambda item: self._take(self.indexOfTopLevelItem(item)))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        desk.runner.closed.connect(self._pause.stop)
        box.textEdited.connect(self._wait)
        box.installEventFilter(self)
        self.hide()

    def texts(self) -> list[str]:
        """What is offered now, as it would be written; nothing while it is hidden."""
        return [offer.text for offer in self._completion.offers] if self.isVisible() else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that choose from the offers; the offers go when the box loses the keyboard."""
        if watched is self._box and event.type() == QEvent.Type.FocusOut:
            self._put_away()
        if watched is self._box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.isVisible() and self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        """Whether the key was for the offers."""
        row = self.currentIndex().row()
        if key == Qt.Key.Key_Down:
            self._choose(min(row + 1, self.topLevelItemCount() - 1))
        elif key == Qt.Key.Key_Up and row >= 0:
            self._choose(row - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._take(row)
        elif key == Qt.Key.Key_Escape:
            self._put_away()
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._put_away()
            return False
        return True

    def _choose(self, row: int) -> None:
        """Mark an entry; above the first one none is marked."""
        self.setCurrentIndex(self.model().index(row, 0) if row >= 0 else QModelIndex())
        if row < 0:
            self.clearSelection()
            return
        told = QAccessibleEvent(self, QAccessible.Event.Focus)
        told.setChild(row)
        QAccessible.updateAccessibility(told)

    def _take(self, row: int) -> None:
        """Write an entry into the box; behind a whole condition one goes on with the next word."""
        found, offer = self._completion, self._completion.offers[row]
        whole = not offer.text.endswith(":")
        space = " " if whole and not self._box.text()[found.end :].startswith(" ") else ""
        self._put_away()
        self._box.put(found.start, found.end, offer.text + space)

    def _wait(self) -> None:
        self._put_away()
        self._pause.start()

    def _ask(self) -> None:
        text, cursor = self._box.text(), self._box.cursorPosition()

        def show(found: Completion) -> None:
            if (text, cursor) == (self._box.text(), self._box.cursorPosition()) and self._box.hasFocus():
                self._show(found)

        self._desk.read(CompleteQuery(self._kind(), text, cursor), show, self._none, key=("complete", id(self)))

    def _none(self, _error: RegistryError) -> None:
        """Nothing to offer to this user; the search itself tells what is wrong."""
        self._put_away()

    def _put_away(self) -> None:
        self._pause.stop()
        self.hide()

    def _show(self, found: Completion) -> None:
        self._completion = found
        self.clear()
        for offer in found.offers:
            count = "" if offer.count is None else formats.number(offer.count)
            item = QTreeWidgetItem(self, [offer.label, count or offer.text])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, offer.text)
        if not found.offers:
            self.hide()
            return
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        """Right under the box, over whatever stands there."""
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self.topLevelItemCount() * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2 * _EDGE
        corner = self._box.mapTo(window, QPoint(0, self._box.height() + _GAP))
        width = min(max(self._box.width(), self.sizeHintForColumn(0) + self.sizeHintForColumn(1)), _WIDEST)
        self.setGeometry(corner.x(), corner.y(), width, min(height, window.height() - corner.y()))

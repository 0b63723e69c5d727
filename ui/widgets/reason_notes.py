"""Why a record was found, as a quiet line under its name: asked for what is in sight, once the typing pauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from registry.errors import RegistryError
from registry.queries import MatchReasons
from ui import theme
from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex

#: Milliseconds during which nothing new comes into sight, before reasons are asked for.
_PAUSE = 150
#: Role of the reason in a list's model.
REASON = Qt.ItemDataRole.UserRole + 1
#: The note's letters, beside those of the list.
_SMALLER = 0.85
#: Pixels between the edge of a cell and its words.
_EDGE = 11


class ReasonNotes(QObject):
    """The reasons of one list.

    Signals:
        came: reasons are there that were not.
    """

    came = Signal()

    def __init__(self, desk: Desk, kind: str, shown: Callable[[], tuple[str, ...]]) -> None:
        """`shown` tells the fields that the list shows."""
        super().__init__()
        self._desk, self._kind, self._shown = desk, kind, shown
        self._query = ""
        self._known: dict[int, str] = {}
        self._wanted: set[int] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        desk.runner.closed.connect(self._pause.stop)

    def begin(self, query: str) -> None:
        """The list shows what this query finds; reasons of another one are forgotten."""
        self._query = query.strip()
        self._known.clear()
        self._wanted.clear()
        self._pause.stop()

    def of(self, record_id: int) -> str:
        """The reason, "" = none, or not there yet: then it is asked for."""
        if not self._query:
            return ""
        if record_id not in self._known and record_id not in self._wanted:
            self._wanted.add(record_id)
            self._pause.start()
        return self._known.get(record_id, "")

    def _ask(self) -> None:
        asked, query = tuple(self._wanted), self._query

        def show(found: Mapping[int, str]) -> None:
            if query != self._query:
                return
            self._known.update({i: found.get(i, "") for i in asked})
            self._wanted.difference_update(asked)
            if found:
                self.came.emit()

        # A query that cannot be read is told under the search box.
        reasons = MatchReasons(self._kind, query, asked, self._shown())
        self._desk.read(reasons, show, self._none, key=("reasons", id(self)))

    def _none(self, _error: RegistryError) -> None:
        self._wanted.clear()


class NotedName(QStyledItemDelegate):
    """Draws a cell, and under its words the reason if there is one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Two lines where there is a reason."""
        note = str(index.data(REASON) or "")
        if not note:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = option.rect.adjusted(_EDGE, 2, -_EDGE, -3)
        half = QRect(room.left(), room.top(), room.width(), room.height() * 11 // 20)
        rest = QRect(room.left(), half.bottom() + 1, room.width(), room.bottom() - half.bottom())
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * _SMALLER)
        edge = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        _draw(painter, half, words, option.font, option.palette.color(QPalette.ColorRole.Text).name(), edge)
        _draw(painter, rest, note, small, theme.colours().quiet, edge)


def _draw(painter: QPainter, room: QRect, words: str, font: QFont, colour: str, edge: Qt.AlignmentFlag) -> None:
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(edge), cut)
    painter.restore()

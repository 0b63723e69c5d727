"""A list inside a card: entries of some lines each, gone through with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.widgets.labels import column

#: Pixels from the card's edge to an entry's, and from there to what it says.
_EDGE = 10
_SPACE, _DELETE = Qt.Key.Key_Space, Qt.Key.Key_Delete
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Entry(QFrame):
    """One entry: what it says, and what Enter, Space and Delete do with it.

    Attributes:
        row_id: which row of the register it stands for.
        inside: the layout to fill.
    """

    def __init__(
        self,
        row_id: int,
        words: str,
        *,
        enter: Callable[[], object] | None = None,
        space: Callable[[], object] | None = None,
        delete: Callable[[], object] | None = None,
    ) -> None:
        """`words` is all it says, for screen readers; what is None is not offered."""
        super().__init__()
        self.row_id = row_id
        self._keys: Mapping[int, Callable[[], object] | None] = {
            **dict.fromkeys(_ENTER, enter),
            _SPACE: space,
            _DELETE: delete,
        }
        self.setProperty("role", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        self.inside = column(self, margin=8, spacing=4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for; the arrows go to the neighbours."""
        action = self._keys.get(event.key())
        step = _STEPS.get(Qt.Key(event.key()))
        listing = _listing_of(self)
        if action is not None:
            action()
        elif step is not None and listing is not None:
            listing.go(self, step)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The same as Enter."""
        action = self._keys[_ENTER[0]]
        if action is not None:
            action()


class Listing(QScrollArea):
    """The entries, one below the other, with headings between them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def show_widgets(self, widgets: list[QWidget]) -> None:
        """Show these instead of what was shown; the keyboard stays at the entry where it was, or goes to the first."""
        here = self.focusWidget()
        kept = next((e.row_id for e in self.entries if here is not None and (e is here or e.isAncestorOf(here))), None)
        had_keyboard = here is not None and here.hasFocus()
        inside = QWidget()
        layout = column(inside, spacing=4)
        layout.setContentsMargins(_EDGE, 4, _EDGE, 20)
        for widget in widgets:
            if not isinstance(widget, Entry):
                widget.setContentsMargins(_EDGE, 8, _EDGE, 0)  # begins where what the entries say begins
            layout.addWidget(widget)
        layout.addStretch(1)
        self.entries = [widget for widget in widgets if isinstance(widget, Entry)]
        self.setWidget(inside)
        inside.show()
        if had_keyboard and self.entries:
            next((e for e in self.entries if e.row_id == kept), self.entries[0]).setFocus()

    def go(self, here: Entry, step: int) -> None:
        """Give the keyboard to the next entry or the one before."""
        place = self.entries.index(here) + step
        if 0 <= place < len(self.entries):
            self.entries[place].setFocus()
            self.ensureWidgetVisible(self.entries[place])


def _listing_of(entry: Entry) -> Listing | None:
    parent = entry.parentWidget()
    while parent is not None and not isinstance(parent, Listing):
        parent = parent.parentWidget()
    return parent


def joined(*parts: str) -> str:
    """What is known, with points between."""
    return " · ".join(part for part in parts if part)

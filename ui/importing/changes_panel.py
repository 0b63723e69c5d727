"""One row of a plan in full: why, and each value before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from registry.i18n import _
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from registry.transfer.planning.plan import PlanRow
from ui.importing.intake import OUTCOME_WORDS
from ui.widgets.labels import button, clear, column, label

#: One key a decision, as of duplicates: to decide anew; the same, somebody new, left out.
KEYS = ("A", "M", "N", "L")
#: What it takes of the window at least, and beside what needs more: another language has longer words.
_WIDTH, _BESIDE = 300, 16


class ChangesPanel(QWidget):
    """Beside the table; hidden while there is nothing to tell. However much there is, the decisions are in sight.

    Signals:
        decided: (number of the row, what becomes of it as in `ImportOptions.rows`; None = as the plan finds it).
    """

    decided = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told, self._asked = QWidget(), QWidget()
        self._lines, self._offered = column(self._told, spacing=4), column(self._asked, spacing=4)
        self._lines.setContentsMargins(0, 4, 8, 4)
        # By Tab, too: whoever has no mouse scrolls it by keys.
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._told)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(_("What happens to the row"))
        parts = column(self)
        parts.addWidget(self._area, 1)
        parts.addWidget(self._asked)
        self.clear()

    def sizeHint(self) -> QSize:
        """No more than it needs, however much there is to tell: what it tells is scrolled, not the window."""
        return self.minimumSizeHint()

    def clear(self) -> None:
        """Nothing to tell."""
        self._buttons: dict[str, QPushButton] = {}
        self.hide()

    def press(self, key: str) -> None:
        """Decide by a key, if that can be decided."""
        if key in self._buttons:
            self._buttons[key].click()

    def show_row(
        self, shown: PlanRow, why: str, changes: Sequence[tuple[str, str, str]], *, decided: bool, may: bool
    ) -> None:
        """Tell of one row; `why` is translated, each change is (field, old value, new value), in words.

        Args:
            decided: whether the officer decided on it already.
            may: whether there is something to decide.
        """
        clear(self._lines)
        self._tell(shown, why, changes)
        clear(self._offered)
        self._buttons = {}
        for key, words, what in _choices(shown, decided=decided) if may else ():
            self._buttons[key] = button(f"{words} ({key})", partial(self.decided.emit, shown.row, what))
            self._offered.addWidget(self._buttons[key])
            self._buttons[key].show()  # not before is it known how wide it is
        needed = (self._told.minimumSizeHint().width() + _BESIDE, self._asked.minimumSizeHint().width())
        self.setFixedWidth(max(_WIDTH, self.width() if self.isVisible() else 0, *needed))
        self._area.verticalScrollBar().setValue(0)
        self.show()

    def _tell(self, shown: PlanRow, why: str, changes: Sequence[tuple[str, str, str]]) -> None:
        lines = self._lines
        lines.addWidget(label(shown.name or _("Row {row}", row=shown.row), "heading", wrap=True))
        lines.addWidget(label(_(OUTCOME_WORDS[shown.outcome][0]), "quiet"))
        if why:
            lines.addWidget(label(why, wrap=True, selectable=True))
        for name, old, new in changes:
            lines.addSpacing(8)
            lines.addWidget(label(name, "section", wrap=True))
            if old:
                lines.addWidget(label(_("before: {value}", value=old), "quiet", wrap=True, selectable=True))
            lines.addWidget(label(new or _("(empty)"), wrap=True, selectable=True))
        lines.addStretch(1)


def _choices(shown: PlanRow, *, decided: bool) -> Iterator[tuple[str, str, int | None]]:
    """What can be decided on a row: its key, words, and what becomes of it."""
    again, same, new, out = KEYS
    if decided:
        yield again, _("Decide anew"), None
        return
    if shown.alike:
        yield same, _("It is that record: fill what is empty there"), shown.alike
    if shown.review:
        yield new, _("It is somebody new"), SOMEBODY_NEW
    yield out, _("Leave this row out"), LEAVE_OUT

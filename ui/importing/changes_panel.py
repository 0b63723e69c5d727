"""One row of a plan in full: why, and each value before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
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


class ChangesPanel(QScrollArea):
    """Beside the table; hidden while there is nothing to tell.

    Signals:
        decided: (number of the row, what becomes of it as in `ImportOptions.rows`; None = as the plan finds it).
    """

    decided = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("What happens to the row"))
        self._inside = QWidget()
        self._lines = column(self._inside, spacing=4)
        self._lines.setContentsMargins(0, 4, 8, 4)
        self.setWidget(self._inside)
        self.clear()

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
        layout = self._lines
        clear(layout)
        layout.addWidget(label(shown.name or _("Row {row}", row=shown.row), "heading", wrap=True))
        layout.addWidget(label(_(OUTCOME_WORDS[shown.outcome][0]), "quiet"))
        if why:
            layout.addWidget(label(why, wrap=True, selectable=True))
        for name, old, new in changes:
            layout.addSpacing(8)
            layout.addWidget(label(name, "section", wrap=True))
            if old:
                layout.addWidget(label(_("before: {value}", value=old), "quiet", wrap=True, selectable=True))
            layout.addWidget(label(new or _("(empty)"), wrap=True, selectable=True))
        layout.addSpacing(8)
        self._buttons = {}
        for key, words, what in _choices(shown, decided=decided) if may else ():
            self._buttons[key] = button(f"{words} ({key})", partial(self.decided.emit, shown.row, what))
            layout.addWidget(self._buttons[key])
            self._buttons[key].show()  # not before is it known how wide it is
        layout.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.setFixedWidth(max(self.width(), self._inside.minimumSizeHint().width() + _BESIDE))
        self.show()


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

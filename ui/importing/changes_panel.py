"""One row of a plan in full: why, and each value before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from registry.i18n import _
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from registry.transfer.planning.plan import PlanRow
from ui.importing.intake import OUTCOME_WORDS
from ui.widgets.labels import button, column, label

#: What it takes of the window, and beside what needs more: another language has longer words.
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
        self.clear()

    def clear(self) -> None:
        """Nothing to tell."""
        self.hide()

    def show_row(
        self, shown: PlanRow, why: str, changes: Sequence[tuple[str, str, str]], *, decided: bool, may: bool
    ) -> None:
        """Tell of one row; `why` is translated, each change is (field, old value, new value), in words.

        Args:
            decided: whether the officer decided on it already.
            may: whether there is something to decide.
        """
        inside = QWidget()
        layout = column(inside, spacing=4)
        layout.setContentsMargins(0, 4, 8, 4)
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
        for words, what in _choices(shown, decided=decided) if may else ():
            chosen = button(words, partial(self.decided.emit, shown.row, what))
            layout.addWidget(chosen)
        layout.addStretch(1)
        self.setWidget(inside)
        self.setFixedWidth(max(_WIDTH, inside.minimumSizeHint().width() + _BESIDE))
        self.show()


def _choices(shown: PlanRow, *, decided: bool) -> Iterator[tuple[str, int | None]]:
    """What can be decided on a row: words, and what becomes of it."""
    if decided:
        yield _("Decide anew"), None
        return
    if shown.alike:
        yield _("It is that record: fill what is empty there"), shown.alike
        yield _("It is somebody new"), SOMEBODY_NEW
    yield _("Leave this row out"), LEAVE_OUT

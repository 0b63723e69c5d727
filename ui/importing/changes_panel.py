"""One row of a plan in full: why, and each value before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from registry.i18n import _
from registry.transfer.plan import PlanRow
from ui.importing.intake import OUTCOME_WORDS
from ui.widgets.labels import column, label


class ChangesPanel(QScrollArea):
    """Beside the table; hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(300)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("What happens to the row"))
        self.clear()

    def clear(self) -> None:
        """Nothing to tell."""
        self.hide()

    def show_row(self, shown: PlanRow, why: str, changes: Sequence[tuple[str, str, str]]) -> None:
        """Tell of one row; `why` is translated, each change is (field, old value, new value), in words."""
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
        layout.addStretch(1)
        self.setWidget(inside)
        self.show()

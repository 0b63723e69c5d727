"""What every dialog is: a title, its content, one main button, Escape to leave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from registry.i18n import _
from ui.widgets.labels import button, column, label, line, row


class Dialog(QDialog):
    """A window-modal dialog in the program's style; shown with `open()`, never with `exec()`.

    Attributes:
        body: the layout to fill.
        buttons: the row at the foot; `add_main` and `add_cancel` fill it.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        outer = column(self, spacing=0)
        inside = column(spacing=12)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.addWidget(label(title, "heading", wrap=True))
        self.body: QVBoxLayout = column(spacing=12)
        inside.addLayout(self.body, 1)
        outer.addLayout(inside, 1)
        outer.addWidget(line())
        self.buttons: QHBoxLayout = row(spacing=8)
        self.buttons.setContentsMargins(24, 12, 24, 12)
        self.buttons.addStretch(1)
        outer.addLayout(self.buttons)

    def add_main(self, text: str, *, danger: bool = False) -> QPushButton:
        """The button that Enter presses; connect its `clicked`."""
        main = button(text, role="danger" if danger else "primary")
        main.setDefault(True)
        self.buttons.addWidget(main)
        return main

    def add_cancel(self, text: str = "") -> QPushButton:
        """The button that leaves without doing anything, as Escape does."""
        cancel = button(text or _("Cancel"), self.reject)
        self.buttons.addWidget(cancel)
        return cancel

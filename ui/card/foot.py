"""The foot of a card that is being edited: save, cancel, and the way from the short card to all fields."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registry.i18n import _
from ui.widgets.labels import button, column, label, line, row


class CardFoot(QWidget):
    """Buttons below the fields.

    Attributes:
        aside: where something is said of the field that is being edited.

    Signals:
        all_asked, cancel_asked, save_asked: a button was chosen.
    """

    all_asked = Signal()
    cancel_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = column(self, spacing=0)
        outer.addWidget(line())
        beside = row(spacing=8)
        beside.setContentsMargins(20, 10, 20, 10)
        self.all_fields = button(_("All fields"), self.all_asked.emit, "link")
        self.save_button = button(_("Save"), self.save_asked.emit, "primary")
        self.save_button.setToolTip(_("Save (Ctrl+S); save and begin the next (Ctrl+Enter)"))
        self.aside = label(role="small", wrap=True)
        beside.addWidget(self.all_fields)
        beside.addWidget(self.aside, 1)
        beside.addWidget(button(_("Cancel"), self.cancel_asked.emit))
        beside.addWidget(self.save_button)
        outer.addLayout(beside)

"""Counts side by side, and a sentence on a coloured ground: what a work will do, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from registry.formats import number
from registry.i18n import _
from ui import icons
from ui.widgets.labels import clear, column, label, repolish, row, surface
from ui.widgets.wrapping import WrappingLayout


class Counts(QWidget):
    """Large numbers, each with its icon and word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = WrappingLayout(self)

    def show_counts(self, counts: Sequence[tuple[int, str, str, str]]) -> None:
        """Show these, each (count, words, icon, colour of the icon)."""
        clear(self._layout)
        for count, words, icon, role in counts:
            card = surface()
            card.setAccessibleName(_("{outcome}: {count}", outcome=words, count=number(count)))
            inside = row(card, margin=12, spacing=12)
            picture = label()
            icons.dress(picture, icon, role, 22)
            inside.addWidget(picture)
            text = column(spacing=0)
            text.addWidget(label(number(count), "title"))
            text.addWidget(label(words, "small"))
            inside.addLayout(text)
            inside.addSpacing(8)
            self._layout.addWidget(card)
        self.updateGeometry()


class Banner(QFrame):
    """A sentence on the ground of its meaning, with an icon."""

    _ICONS = {"success": "check_circle", "warning": "warning", "danger": "error", "notice": "info"}  # noqa: RUF012

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = row(self, margin=12, spacing=12)
        self._icon = label()
        self._words = label(wrap=True, selectable=True)
        inside.addWidget(self._icon)
        inside.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, role: str) -> None:
        """Say it; "" hides the banner. Roles are "success", "warning", "danger" and "notice"."""
        self.setVisible(bool(text))
        self.setProperty("role", role if role == "notice" else f"banner-{role}")
        repolish(self)
        self._words.setText(text)
        self.setAccessibleName(text)
        icons.dress(self._icon, self._ICONS[role], "accent_text" if role == "notice" else role, 22)

"""A sentence above the fields of a card, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from ui import icons
from ui.widgets.labels import button, clear, column, label, repolish, row

Actions = Sequence[tuple[str, Callable[[], object]]]


class Banner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        layout = row(self, margin=12, spacing=12)
        self._icon = label()
        self._text = label(wrap=True)
        self._buttons = row()
        inside = column(spacing=8)
        inside.addWidget(self._text)
        inside.addLayout(self._buttons)
        layout.addWidget(self._icon)
        layout.addLayout(inside, 1)
        self._passing = False
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def show_problem(self, sentence: str, actions: Actions = ()) -> None:
        """Say what went wrong."""
        self._passing = False
        self._show("danger", "error", sentence, actions)

    def show_advice(self, sentence: str, actions: Actions) -> None:
        """Say what to look at before saving."""
        self._passing = False
        self._show("warning", "warning", sentence, actions)

    def show_done(self, sentence: str, actions: Actions) -> None:
        """Say what was done to the fields, until the officer goes on typing."""
        self._passing = True
        self._show("success", "check_circle", sentence, actions)

    def show_unsaved(self, sentence: str, actions: Actions) -> None:
        """Say why nothing is saved yet, until the officer goes on typing."""
        self._passing = True
        self._show("warning", "warning", sentence, actions)

    def hide_passing(self) -> None:
        """The officer goes on typing."""
        if self._passing:
            self.hide()

    def focus_action(self) -> None:
        """Give the keyboard to the first button."""
        item = self._buttons.itemAt(0)
        if item is not None and (first := item.widget()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, role: str, icon: str, sentence: str, actions: Actions) -> None:
        self.setProperty("role", f"banner-{role}")
        repolish(self)
        icons.dress(self._icon, icon, role, 22)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        clear(self._buttons)
        for words, on_click in actions:
            self._buttons.addWidget(button(words, on_click))
        self._buttons.addStretch(1)
        self.show()

"""Work in several steps inside a page: where one is above, the step in the middle, back and on at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from registry.i18n import _
from ui import icons
from ui.widgets.labels import button, column, label, line, row, scrolled, set_role


class Step(QWidget):
    """One step.

    Attributes:
        title: its name above, a catalogue message.
        main: what the button that goes on says, a catalogue message; "" = there is no such button here.
        returns: whether one may go back from here.

    Signals:
        ready_changed: `ready` may answer differently now.
    """

    ready_changed = Signal()

    title = ""
    main = ""
    returns = True

    @property
    def ready(self) -> bool:
        """Whether one may go on."""
        return True

    @property
    def main_words(self) -> str:
        """What the button that goes on says, translated."""
        return _(self.main)

    @property
    def writing(self) -> bool:
        """Whether a change is being written; it is stopped where it is shown, and before its end nobody goes away."""
        return False

    def enter(self) -> None:
        """The step is shown."""

    def leave(self) -> None:
        """The step is shown no more: what it is still waiting for is not needed."""


class Flow(QWidget):
    """The steps, one after the other.

    Signals:
        closed: the officer left.
    """

    closed = Signal()

    def __init__(self, title: str, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = tuple(steps)
        outer = column(self, spacing=0)
        outer.addLayout(self._head(title))
        self._stack = QStackedWidget()
        for step in self.steps:
            inside = QWidget()
            around = column(inside, spacing=0)
            around.addWidget(step)
            around.setContentsMargins(16, 0, 16, 12)
            self._stack.addWidget(scrolled(inside))
            step.ready_changed.connect(self._show_buttons)
        outer.addWidget(self._stack, 1)
        outer.addWidget(line())
        outer.addLayout(self._foot())
        QShortcut(QKeySequence("Ctrl+Return"), self, self._go_on, context=_HERE)

    def begin(self) -> None:
        """Show the first step; only now, in its place, can it take the keyboard."""
        self.show_step(0)

    def _head(self, title: str) -> QHBoxLayout:
        head = row(spacing=8)
        head.setContentsMargins(16, 16, 16, 16)
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        self._marks: list[tuple[QLabel, QLabel]] = []
        for step in self.steps:
            mark, words = label(), label(_(step.title), "small")
            head.addWidget(mark)
            head.addWidget(words)
            head.addSpacing(8)
            self._marks.append((mark, words))
        return head

    def _foot(self) -> QHBoxLayout:
        foot = row(spacing=8)
        foot.setContentsMargins(16, 12, 16, 12)
        self._leave = button(_("Cancel"), self.leave)
        self._back = button(_("Back"), self._go_back, icon="arrow_back")
        self._main = button("", self._go_on, "primary")
        for each in (self._leave, self._back, self._main):
            each.setAutoDefault(True)  # Enter presses the one that has the focus
        foot.addWidget(self._leave)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._main)
        return foot

    @property
    def current(self) -> int:
        """The place of the step that is shown, 0 = first."""
        return self._stack.currentIndex()

    @property
    def main_button(self) -> QWidget:
        """The button that goes on."""
        return self._main

    def show_step(self, place: int) -> None:
        """Show a step."""
        if place != self.current:
            self.steps[self.current].leave()
        self._stack.setCurrentIndex(place)
        for number, (mark, words) in enumerate(self._marks):
            done, here = number < place, number == place
            icons.dress(mark, *_mark(done, here), 18)
            set_role(words, "section" if here else "small")
            words.setAccessibleDescription(_("current step") if here else _("done") if done else "")
        self._make_room()
        self._show_buttons()
        self.steps[place].enter()

    def _show_buttons(self) -> None:
        step = self.steps[self.current]
        self._main.setVisible(bool(step.main))
        self._main.setText(step.main_words)
        self._main.setEnabled(step.ready)
        self._back.setVisible(self.current > 0 and step.returns)
        self._leave.setText(_("Cancel") if step.returns else _("Close"))
        for away in (self._back, self._leave):
            away.setEnabled(not step.writing)

    def _go_back(self) -> None:
        self.show_step(self.current - 1)

    def _go_on(self) -> None:
        if self.steps[self.current].main and self.steps[self.current].ready:
            self.advance()

    def advance(self) -> None:
        """The officer goes on; by default to the next step."""
        if self.current + 1 < len(self.steps):
            self.show_step(self.current + 1)

    def leave(self) -> None:
        """The officer leaves."""
        self.steps[self.current].leave()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, only the step that is shown keeps its name."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        narrow = self.width() < _NARROW
        for number, (_mark, words) in enumerate(self._marks):
            words.setVisible(not narrow or number == self.current)


def _mark(done: bool, here: bool) -> tuple[str, str]:
    """Icon and colour before a step's name."""
    if done:
        return "check", "success"
    return ("radio_button_checked", "accent_text") if here else ("radio_button_unchecked", "quiet")


#: Width in pixels below which only the step that is shown keeps its name.
_NARROW = 860
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut

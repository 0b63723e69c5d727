"""Work that a page waits for: what it does, how far it is, and a button that stops it."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from registry.i18n import _
from ui import icons
from ui.tasks import Task
from ui.widgets.labels import button, column, label
from ui.widgets.pace import Pace

_EVERY = 100  # milliseconds between two looks


class Working(QWidget):
    """Shows one task in the middle of the place where its result will stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._title = ""
        self._pace = Pace()
        outer = column(self, margin=24, spacing=12)
        outer.addStretch(2)
        picture = label()
        icons.dress(picture, "hourglass_empty", "quiet", 40)
        self._words = label(role="heading")
        self._detail, self._speed = label(role="quiet"), label(role="quiet")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(320)
        self._cancel = button(_("Cancel"), self.cancel)
        for part in (picture, self._words, self._detail, self._bar, self._speed, self._cancel):
            outer.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)

    def watch(self, task: Task, title: str) -> None:
        """Follow a task until `stop`; `title` is translated."""
        self._task, self._title, self._pace = task, title, Pace()
        self.setAccessibleName(title)
        self._words.setText(title)
        self._look()
        self._timer.start()

    def stop(self) -> None:
        """The task is over."""
        self._task = None
        self._timer.stop()

    def _look(self) -> None:
        if self._task is None:
            return
        progress = self._task.progress
        self._detail.setText(progress.message if progress.message != self._title else "")
        self._bar.setRange(0, 1000 if progress.total else 0)
        if progress.total:
            self._bar.setValue(round(1000 * min(progress.done, progress.total) / progress.total))
        self._speed.setText(self._pace.words(progress.message, progress.done, progress.total, monotonic()))
        self._bar.setAccessibleName(self._title)
        self._cancel.setEnabled(progress.cancellable)

    def cancel(self) -> None:
        """Ask the task to stop, if it is not over."""
        if self._task is not None:
            self._task.cancel()
            self._detail.setText(_("Stopping…"))

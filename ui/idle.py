"""Noticing that nobody works at the window, so that it can be locked (SECURITY.md, "Rights")."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

#: Seconds without key or mouse after which the window locks.
IDLE_SECONDS = 300.0
_LOOK_EVERY = 5_000
_WORK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches keys and mouse of the whole program by the wall clock, so that a sleep of the computer counts too.

    Signals:
        expired: nobody worked for `seconds`.
    """

    expired = Signal()

    def __init__(self, parent: QObject | None = None, seconds: float = IDLE_SECONDS) -> None:
        super().__init__(parent)
        self.seconds = seconds
        self._last = time.time()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    @property
    def watching(self) -> bool:
        """Whether it will say when nobody works."""
        return self._timer.isActive()

    @property
    def idle(self) -> float:
        """Seconds since somebody last worked."""
        return time.time() - self._last

    def start(self) -> None:
        """Watch from now on."""
        self._last = time.time()
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        """Hear what reaches this window; a filter on the whole program would slow every repaint down."""
        self._last = time.time()
        if window is not None:
            window.installEventFilter(self)

    def look(self) -> None:
        """Say so if nobody has worked for long enough; a clock that was set back starts the time anew."""
        idle = self.idle
        if idle < 0:
            self._last = time.time()
        elif idle >= self.seconds:
            self.stop()
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody works."""
        if event.type() in _WORK:
            self._last = time.time()
        return False

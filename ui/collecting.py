"""Python's collection of garbage, on the window's thread only.

Left to itself it runs on whichever thread happens to allocate; a worker that collected a forgotten dialog would
destroy a widget outside the window's thread, which crashes Qt.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from registry.collecting import bulk_work_runs

_LOOK_EVERY = 100  # milliseconds


class Collector(QObject):
    """Collects by a timer what the interpreter would have collected by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that have grown over the interpreter's own thresholds.

        Not while bulk work runs: the window would stand still while all that it makes is walked.
        """
        if bulk_work_runs():
            return
        grown = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if grown[0]:
            gc.collect(2 if grown[1] and grown[2] else 1 if grown[1] else 0)

    def stop(self) -> None:
        """Leave it to the interpreter again."""
        self._timer.stop()
        gc.enable()

"""How long work tells how far it is, and hears that it should stop."""

from __future__ import annotations

from typing import Protocol

from registry.errors import Cancelled


class Progress(Protocol):
    """What long work reports to. Called from worker threads: an implementation stores, it never draws."""

    def step(self, done: int, total: int, message: str) -> None:
        """Report `done` of `total` (0 = unknown) and a translated sentence; raise `Cancelled` when told to."""

    def committing(self) -> None:
        """From here on the work cannot be cancelled any more."""


class Silent:
    """Progress for work nobody watches."""

    def step(self, done: int, total: int, message: str) -> None:
        """Ignore the report."""

    def committing(self) -> None:
        """Ignore the report."""


class Recorded:
    """Progress kept for a watcher that polls: the window's timer, the command line's bar.

    Attributes:
        done, total, message: the last report.
        cancellable: False once the work is committing.
    """

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.message = ""
        self.cancellable = True
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled = True

    def step(self, done: int, total: int, message: str) -> None:
        """Keep the report, or stop the work if `cancel` was called."""
        if self._cancelled and self.cancellable:
            raise Cancelled
        self.done, self.total, self.message = done, total, message

    def committing(self) -> None:
        """Refuse a cancel that comes too late, or obey one that came in time."""
        if self._cancelled:
            raise Cancelled
        self.cancellable = False


SILENT = Silent()

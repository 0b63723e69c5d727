"""Work off the window's thread: changes on one worker, questions on two; a timer on the window's thread asks.

Workers are plain Python and never touch Qt: they store progress and a result. Signals sent from workers crash
PySide6 6.11 on Python 3.11 now and then; asking doesn't.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from registry.changes import Changes, Outcome
from registry.errors import Cancelled, RegistryError
from registry.progress import Progress, Recorded

if TYPE_CHECKING:
    from registry.app import Registry
    from registry.commands import Command
    from registry.queries import Query

Result = TypeVar("Result")
OnDone = Callable[[Any], None]
OnError = Callable[[RegistryError], None]

#: Milliseconds between two looks at the workers: while something just asked for may come at once, and later.
_EAGER, _PATIENT = 8, 50
_EAGER_SECONDS = 0.3
#: Seconds after which work is shown, with Cancel.
SHOWN_AFTER = 0.6


@dataclass(eq=False)
class Task:
    """One piece of work that was handed over.

    Attributes:
        title: what the officer reads while it runs; "" = never shown.
        progress: how far it is.
        writes: whether it changes the registry.
        quiet: whether it makes way for whatever else is written.
        started: when it was handed over, by `time.monotonic`.
    """

    title: str
    on_done: OnDone
    on_error: OnError
    on_cancelled: Callable[[], None]
    writes: bool = False
    quiet: bool = False
    key: object = None
    generation: int = 0
    progress: Recorded = field(default_factory=Recorded)
    started: float = field(default_factory=time.monotonic)
    future: Future[Any] = field(default_factory=Future)

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        self.progress.cancel()
        self.future.cancel()

    def go_on_as(self, other: Task) -> None:
        """The same work begun again: who watches or cancels this one means the other."""
        self.progress, self.future = other.progress, other.future


class Workers(QObject):
    """Two workers beside the window, and the timer that asks them.

    Signals:
        activity: the tasks that are running became more, fewer or further along.
        closed: nothing can be handed over any more.
    """

    activity = Signal()
    closed = Signal()

    def __init__(self, on_error: OnError, parent: QObject | None = None) -> None:
        """`on_error` shows failures that the caller has no own answer to."""
        super().__init__(parent)
        self._on_error = on_error
        self._readers = ThreadPoolExecutor(2, "reader")
        self._tasks: list[Task] = []
        self._generations: dict[object, int] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.poll)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is running or waiting."""
        return tuple(self._tasks)

    def call(
        self,
        work: Callable[[Progress], Result],
        on_done: Callable[[Result], None],
        on_error: OnError | None = None,
        *,
        title: str = "",
        key: object = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Run any work that changes nothing in the registry, such as reading a file.

        Args:
            on_done, on_error, on_cancelled: one of them hears the end, on the window's thread.
            title: translated; what the status line says after 600 ms.
            key: of the work with the same key only the last is answered.
        """
        task = Task(title, on_done, on_error or self._on_error, on_cancelled or _never, key=key)
        if key is not None:
            task.generation = self._generations.get(key, 0) + 1
            self._generations[key] = task.generation
            for other in self._tasks:
                if other.key == key:
                    other.cancel()
        return self._start(task, self._readers, work)

    def _start(self, task: Task, workers: ThreadPoolExecutor, work: Callable[[Progress], Any]) -> Task:
        # With the context of who hands it over: the fields that the open registry adds (`registry.additions`).
        task.future = workers.submit(copy_context().run, work, task.progress)
        self._tasks.append(task)
        self._timer.start(_EAGER)
        self.activity.emit()
        return task

    def poll(self) -> None:
        """Give back what has finished; called by the timer."""
        finished = [task for task in self._tasks if task.future.done()]
        self._tasks = [task for task in self._tasks if task not in finished]
        now = time.monotonic()
        if not self._tasks:
            self._timer.stop()
        elif all(now - task.started > _EAGER_SECONDS for task in self._tasks):
            self._timer.setInterval(_PATIENT)
        for task in finished:
            self._finish(task)
        if finished or any(task.title and now - task.started > SHOWN_AFTER for task in self._tasks):
            self.activity.emit()

    def _finish(self, task: Task) -> None:
        if task.key is not None and self._generations.get(task.key) != task.generation:
            return  # a newer question of this kind was asked meanwhile
        if not task.writes and _is_gone(task.on_done):
            return
        failure = None if task.future.cancelled() else task.future.exception()
        if task.future.cancelled() or isinstance(failure, Cancelled):
            task.on_cancelled()
        elif isinstance(failure, RegistryError):
            task.on_error(failure)
        elif failure is not None:
            sys.excepthook(type(failure), failure, failure.__traceback__)  # a bug: the hook shows a report of it
        else:
            self._deliver(task, task.future.result())

    def _deliver(self, task: Task, value: Any) -> None:
        task.on_done(value)

    def close(self) -> None:
        """Cancel what runs and wait for it; nothing is given back any more."""
        self._timer.stop()
        for task in self._tasks:
            task.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()
        self.closed.emit()


class TaskRunner(Workers):
    """Runs commands and queries of one open registry and gives their results back on the window's thread.

    Signals:
        changed: `Changes` after every command that changed something here, and after changes by other programs.
    """

    changed = Signal(object)

    def __init__(self, registry: Registry, on_error: OnError, parent: QObject | None = None) -> None:
        super().__init__(on_error, parent)
        self.registry = registry
        self._writer = ThreadPoolExecutor(1, "writer")
        self._version = registry.data_version()
        self._watch = QTimer(self, interval=1000)
        self._watch.timeout.connect(self._watch_others)
        self._watch.start()

    def execute(
        self,
        command: Command[Result],
        on_done: Callable[[Outcome[Result]], None] | None = None,
        on_error: OnError | None = None,
        *,
        title: str = "",
        password: str | None = None,
        quiet: bool = False,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Carry a command out.

        Args:
            password: the second one that taking much data out asks for.
            quiet: nobody asked for it; whatever somebody asks for stops it.
        """

        def work(progress: Progress) -> Outcome[Result]:
            if password is not None:
                self.registry.confirm(password)
            return self.registry.execute(command, progress)

        for other in self._tasks:
            if other.quiet:
                other.cancel()
        task = Task(title, on_done or _nothing, on_error or self._on_error, on_cancelled or _never, writes=True)
        task.quiet = quiet
        return self._start(task, self._writer, work)

    def read(
        self,
        query: Query[Result],
        on_done: Callable[[Result], None],
        on_error: OnError | None = None,
        *,
        title: str = "",
        key: object = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Task:
        """Ask a question; see `call` for the rest."""

        def work(progress: Progress) -> Result:
            return self.registry.read(query, progress)

        return self.call(work, on_done, on_error, title=title, key=key, on_cancelled=on_cancelled)

    def _deliver(self, task: Task, value: Any) -> None:
        if not task.writes:
            task.on_done(value)
            return
        self._version = self.registry.data_version()
        task.on_done(value)
        if value.changes.ids:
            self.changed.emit(value.changes)

    def _watch_others(self) -> None:
        """Notice what other windows and programs wrote."""
        if any(task.writes for task in self._tasks):
            return
        version = self.registry.data_version()
        if version != self._version:
            self._version = version
            self.changed.emit(EVERYTHING)

    def close(self) -> None:
        """Cancel what runs and wait for it; nothing is given back any more."""
        self._watch.stop()
        for task in self._tasks:
            task.cancel()
        self._writer.shutdown(wait=True, cancel_futures=True)
        super().close()


class _Everything(dict[str, frozenset[int]]):
    """Every kind, each with the id 0: "nobody knows which"."""

    def get(self, _kind: str, _default: object = None) -> frozenset[int]:
        return frozenset({0})

    def __bool__(self) -> bool:
        return True


#: What is announced when another program changed the registry: anything may be different.
EVERYTHING = Changes(_Everything())


def _nothing(_outcome: object) -> None:
    """What happens after a change that nobody waits for."""


def _is_gone(answer: OnDone) -> bool:
    """Whether the widget that asked was closed meanwhile."""
    asker = getattr(answer, "__self__", None)
    return isinstance(asker, QObject) and not isValid(asker)


def _never() -> None:
    """What happens when a work is cancelled that nobody waits for."""

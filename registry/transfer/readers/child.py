"""The one module that starts guarded child processes: limited memory and time, whatever happens inside."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import logging
import marshal
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from db import platform
from registry.errors import BadFile, RegistryError
from registry.i18n import N_

#: What a child may do: name -> module:function. The function yields batches: lists of items, or pairs of a number of
#: items and what holds them, which cross as they are.
TASKS = {
    "outline": "registry.transfer.readers.tables:outline",
    "rows": "registry.transfer.readers.tables:rows",
    "texts": "registry.transfer.readers.tables:texts",
    "formulas": "registry.transfer.readers.tables:formulas",
    "picture": "registry.pictures:fitted",
    "pages": "registry.documents.pictures:page_count",
    "docx": "registry.documents.docx.reading:read",
}
#: Most memory a child may have, in bytes.
MEMORY_LIMIT = 2 << 30
#: Seconds of a processor that a child may take for a task, and items that buy it one more.
SECONDS = 60.0
ITEMS_PER_SECOND = 20_000
#: By the clock it may let its parent wait so many times as long: for one that hangs, not for a slow or busy machine.
PATIENCE = 10

_ARGUMENT = "--guarded-child"
_FROM_SOURCE = (
    "import sys; sys.path[:] = sys.argv[1:]; from registry.transfer.readers import child; child.serve_and_exit()"
)
#: A batch that grows beyond this many bytes crosses in halves; beyond the other, the child is not to be trusted.
_FRAME = 8 << 20
_LARGEST_FRAME = 256 << 20
_POLL_SECONDS = 0.05
#: A child that nobody has read from for so long ends itself: its parent was killed.
_ORPHAN_SECONDS = 600.0

_DIED = N_(
    "This file is damaged, or reading it would take too much memory. "
    "Copy the list into a new workbook, save it and choose that file."
)
_TOO_SLOW = N_("Reading this file takes too long. Copy the list into a new workbook, save it and choose that file.")
_log = logging.getLogger(__name__)


class GuardedChild:
    """A child process that runs tasks one after the other and keeps what they opened; ends with its block."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if not _secret(name)},
            creationflags=platform.windowless(),
        )
        self._frames: queue.Queue[bytes] = queue.Queue(maxsize=2)
        self._listener = threading.Thread(target=self._listen, name="guarded-child", daemon=True)
        self._listener.start()

    def __enter__(self) -> GuardedChild:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the child can still be given a task."""
        return self._process.poll() is None

    def run(self, task: str, arguments: Sequence[Any], report: Callable[[int], None] | None = None) -> Iterator[Any]:
        """The batches that a task of `TASKS` yields for these arguments (both of primitive values).

        `report` hears the number of items so far at least 20 times a second and stops the child by raising.
        Raises what the task raises of `registry.errors`; however else the child ends is `BadFile`. An iterator
        that is not read to its end ends the child.
        """
        finished = False
        try:
            self._ask(task, arguments)
            yield from self._answers(task, report or _nobody)
            finished = True
        finally:
            if not finished:
                self.close()

    def close(self) -> None:
        """End the child at once, whatever it is doing."""
        if self._process.returncode is None:
            platform.kill_process(self._process.pid)
        while self._listener.is_alive():  # it may be waiting for room in the queue
            try:
                self._frames.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)

    def _ask(self, task: str, arguments: Sequence[Any]) -> None:
        assert self._process.stdin is not None
        try:
            _write(self._process.stdin, marshal.dumps((task, list(arguments))))
        except OSError as failure:
            raise BadFile(_DIED) from failure

    def _answers(self, task: str, report: Callable[[int], None]) -> Iterator[Any]:
        items = 0
        waited = 0.0
        begun, used = time.monotonic(), platform.processor_time(self.pid) or 0.0
        while True:
            started = time.monotonic()
            try:
                frame = self._frames.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                frame = None
            # Only waiting counts: a parent that works on a batch must not use up its child's time.
            waited += time.monotonic() - started
            report(items)
            if frame is None:
                self._check(SECONDS + items / ITEMS_PER_SECOND, waited, begun, used)
                continue
            if not frame:
                _log.info("guarded child ended during %s", task)
                raise BadFile(_DIED)
            kind, count, content = marshal.loads(frame)
            if kind == "end":
                return
            if kind != "batch":
                raise _failure(kind, content)
            items += count
            yield content

    def _check(self, allowed: float, waited: float, begun: float, used: float) -> None:
        """Raise `BadFile` for a child that took too long, or too much memory.

        Args:
            allowed: seconds that it may take.
            waited: for how many its parent waited.
            begun, used: clock and the child's processor time when the task began.
        """
        # Nobody has used a processor for longer than the clock went on.
        if time.monotonic() - begun > allowed and (platform.processor_time(self.pid) or 0.0) - used > allowed:
            raise BadFile(_TOO_SLOW)
        if waited > allowed * PATIENCE:
            raise BadFile(_TOO_SLOW)
        # Where the system limits the child by itself this never happens; macOS has no such limit.
        if (platform.resident_memory(self.pid) or 0) > MEMORY_LIMIT:
            raise BadFile(_DIED)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        frame = b"-"
        while frame:
            frame = _read(self._process.stdout)
            self._frames.put(frame)


def run_guarded(
    task: str, arguments: Sequence[Any], report: Callable[[int], None] | None = None
) -> Iterator[list[Any]]:
    """Like `GuardedChild.run`, in a child of its own that ends with the iterator."""
    with GuardedChild() as child:
        yield from child.run(task, arguments, report)


def run_if_child(arguments: Sequence[str]) -> None:
    """Be the guarded child and never return, if the command line (`sys.argv`) says so. To be called first."""
    if list(arguments[1:]) == [_ARGUMENT]:
        serve_and_exit()


def serve_and_exit() -> None:
    """The child's whole life: answer the parent's requests until it goes."""
    # Batches are plain data without cycles, and the process is short-lived.
    gc.disable()
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # what a library prints must not end up between the frames
        os.dup2(nowhere.fileno(), 1)
        platform.limit_this_process(MEMORY_LIMIT)
        while request := _read(requests):
            task, task_arguments = marshal.loads(request)
            _serve(task, task_arguments, answers, nowhere)
    os._exit(0)  # without giving back memory piece by piece


def _serve(task: str, arguments: list[Any], answers: IO[bytes], nowhere: IO[bytes]) -> None:
    try:
        module, _colon, function = TASKS[task].partition(":")
        faulthandler.dump_traceback_later(_ORPHAN_SECONDS, exit=True, file=nowhere)
        for batch in getattr(importlib.import_module(module), function)(*arguments):
            _send(answers, batch)
            faulthandler.dump_traceback_later(_ORPHAN_SECONDS, exit=True, file=nowhere)
        outcome: tuple[str, int, Any] = ("end", 0, None)
    except RegistryError as refusal:
        outcome = ("refused", 0, (refusal.message, refusal.values))
    except BaseException as failure:  # a panic of the Rust reader is no Exception
        outcome = ("failed", 0, type(failure).__name__)
    faulthandler.cancel_dump_traceback_later()
    _tell(answers, marshal.dumps(outcome))


def _send(answers: IO[bytes], batch: list[Any] | tuple[int, Any]) -> None:
    count, content = batch if isinstance(batch, tuple) else (len(batch), batch)
    frame = marshal.dumps(("batch", count, content))
    if isinstance(batch, list) and len(frame) > _FRAME and len(batch) > 1:
        middle = len(batch) // 2
        _send(answers, batch[:middle])
        _send(answers, batch[middle:])
    else:
        _tell(answers, frame)


def _tell(answers: IO[bytes], frame: bytes) -> None:
    try:
        _write(answers, frame)
    except OSError:  # the parent has gone or has enough
        os._exit(0)


def _failure(kind: str, content: Any) -> BadFile:
    if kind == "refused":
        message, values = content
        return BadFile(message, **values)
    _log.info("guarded child failed with %s", content)
    return BadFile(_DIED)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, _ARGUMENT]
    # Without site and environment a start costs a third; the child finds its modules where we found ours.
    root = str(Path(__file__).resolve().parents[3])
    return [sys.executable, "-I", "-S", "-c", _FROM_SOURCE, root, *filter(None, sys.path)]


def _secret(name: str) -> bool:
    return name.upper().startswith("DIASPORA_REGISTRY")


def _nobody(_items: int) -> None:
    """Hear a report for nobody."""


def _write(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(len(frame).to_bytes(4, "little"))
    pipe.write(frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """The next frame; empty when there is none, or none that can be trusted."""
    size = int.from_bytes(pipe.read(4), "little")
    frame = pipe.read(size) if size <= _LARGEST_FRAME else b""
    return frame if len(frame) == size else b""


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # a request that the dead child never took
        _log.info("guarded child left a request unread")

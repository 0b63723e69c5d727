"""Tasks for a guarded child that does what a reader of hostile files might do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any, NoReturn

from registry.errors import BadFile

#: The child's program, in place of its own: the same with these tasks.
PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from registry.transfer.readers import child; "
    "from tests.registry.transfer.readers import misbehaving; child.TASKS.update(misbehaving.TASKS); "
    "child.serve_and_exit()"
)


class PanicException(BaseException):
    """Stands for the one by which the Rust reader escapes `except Exception`."""


def abort() -> Iterator[list[Any]]:
    """Give a row and crash."""
    yield [1]
    os.abort()


def leave() -> Iterator[list[Any]]:
    """End without a word."""
    yield [1]
    os._exit(0)


def panic() -> Iterator[list[Any]]:
    """Escape `except Exception`."""
    yield [1]
    raise PanicException


def hang() -> Iterator[list[Any]]:
    """Never answer."""
    time.sleep(60)
    yield [1]


def toil() -> Iterator[list[Any]]:
    """Keep a processor busy and never answer."""
    while True:
        pass


def doze(seconds: float) -> Iterator[list[Any]]:
    """Wait, as on a busy machine, then answer."""
    time.sleep(seconds)
    yield [1]


def hog() -> Iterator[list[Any]]:
    """Take more memory than a child may have."""
    yield [len(bytearray(4 << 30))]


def refuse() -> NoReturn:
    """Refuse with a message that has a value."""
    raise BadFile("At most {count} rows.", count=3)


def chatter() -> Iterator[list[Any]]:
    """Print between the batches."""
    print("noise", flush=True)  # noqa: T201 - that is the fault
    sys.stdout.write("more noise")
    sys.stdout.flush()
    yield [1, 2]


def count(items: int, batch: int) -> Iterator[list[Any]]:
    """So many numbers."""
    for first in range(0, items, batch):
        yield list(range(first, min(first + batch, items)))


def large(items: int, length: int) -> Iterator[list[Any]]:
    """One batch of long texts."""
    yield [chr(ord("a") + number % 26) * length for number in range(items)]


def variables() -> Iterator[list[Any]]:
    """The names of the environment's variables."""
    yield list(os.environ)


TASKS = {
    function.__name__: f"{__name__}:{function.__name__}"
    for function in (abort, leave, panic, hang, toil, doze, hog, refuse, chatter, count, large, variables)
}

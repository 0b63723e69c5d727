"""Python's collector of cyclic garbage, out of the way of bulk work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: One for each bulk work that runs now, on whatever thread.
_running: list[None] = []


def bulk_work_runs() -> bool:
    """Whether the collector is to stay out of the way, also that of the window."""
    return bool(_running)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Bulk work makes objects that all live until its end: walking them again and again costs 40 % of an import."""
    enabled = gc.isenabled()
    gc.disable()
    _running.append(None)
    try:
        yield
    finally:
        _running.pop()
        if enabled:
            gc.enable()

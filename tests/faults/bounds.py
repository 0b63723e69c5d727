"""How long and how large reading a hostile file may get."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import platform
from registry.transfer.readers.table_files import Row, open_table_file

#: Of the processors, children included; and by the clock, which on a busy machine says little.
_SECONDS, _BY_THE_CLOCK = 5.0, 60.0
_PARENT_BYTES = 50 << 20


@contextmanager
def soon() -> Iterator[None]:
    """The block ends within the time and without the parent growing."""
    memory = platform.resident_memory(os.getpid()) or 0
    started, used = time.monotonic(), sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - used < _SECONDS
    assert time.monotonic() - started < _BY_THE_CLOCK
    assert (platform.resident_memory(os.getpid()) or 0) - memory < _PARENT_BYTES


def read_all(path: Path, password: str = "") -> list[Row]:
    """All rows of all sheets."""
    with open_table_file(path, password=password) as file:
        return [row for sheet in file.sheets for batch in file.rows(sheet) for row in batch.rows]

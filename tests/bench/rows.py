"""What every benchmark gives back, and how a command is measured as a whole process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from db.platform import resident_memory


class Row(TypedDict):
    """One line of the table: our figure, the peer's or the limit's from the same run, their ratio, the bar."""

    name: str
    ours: float
    peer: float
    ratio: float
    bar: str


@dataclass(frozen=True)
class Measured:
    """One process: its seconds, the largest resident memory of it or of any child in bytes, what it printed.

    Attributes:
        seconds: by the clock.
        processor: seconds of the processor, its children's too; 0 where the system does not tell (Windows).
    """

    seconds: float
    processor: float
    memory: int
    output: str


def row(name: str, ours: float, peer: float, bar: str) -> Row:
    """A line; `peer` 0 means that the bar is absolute and there is no ratio."""
    return {
        "name": name,
        "ours": round(ours, 3),
        "peer": round(peer, 3),
        "ratio": round(ours / peer, 3) if peer else 0.0,
    } | {"bar": bar}  # type: ignore[return-value]


def measure(arguments: list[str], environment: dict[str, str] | None = None, *, attention: bool = False) -> Measured:
    """Run a Python program to its end and measure it with its children.

    Args:
        attention: whether it may end with 1: done, and something needs to be looked at.
    """
    largest = 0
    started, used = time.perf_counter(), _processor()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
        cwd=Path(__file__).resolve().parents[2],
    )

    def watch() -> None:
        nonlocal largest
        while process.poll() is None:
            for pid in (process.pid, *_children(process.pid)):
                largest = max(largest, resident_memory(pid) or 0)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - started
    watcher.join()
    if process.returncode not in ((0, 1) if attention else (0,)):
        raise RuntimeError(output[-2000:])
    return Measured(seconds, _processor() - used, largest, output)


def _processor() -> float:
    """Seconds of the processor that ended processes of ours took."""
    times = os.times()
    return times.children_user + times.children_system


def _children(pid: int) -> list[int]:
    """Process ids below `pid`, where the system tells them by file (Linux); elsewhere none."""
    task = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        direct = [int(child) for child in task.read_text().split()]
    except OSError:
        return []
    return [*direct, *(below for child in direct for below in _children(child))]

"""Workers in processes of their own, started ahead of time, and what they told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from db.platform import kill_process

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """One worker.

    Attributes:
        told: its acknowledgements so far.
    """

    def __init__(self, folder: Path) -> None:
        self.told: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker", str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def begin(self, **order: object) -> None:
        """Say what to do."""
        self.say(json.dumps(order))

    def say(self, line: str) -> None:
        """One line to its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def wait_until_ready(self) -> None:
        """Return once it has begun; what it tells before counts too."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.told.append(json.loads(line))
            if self.told[-1].get("ready"):
                return
        raise AssertionError(f"the worker ended before it was ready: {self.told[-1:]}")

    def hear(self) -> None:
        """Wait for one more line."""
        assert self._process.stdout is not None
        self.told.append(json.loads(self._process.stdout.readline()))

    def kill(self) -> bool:
        """End it at once; False if it had ended by itself, and no fault was injected."""
        working = self._process.poll() is None
        kill_process(self._process.pid)
        self.finish()
        return working

    def finish(self) -> int:
        """Read what is left, up to a line cut off; its exit status."""
        rest, _ = self._process.communicate(timeout=100)
        for line in rest.splitlines(keepends=True):
            if line.endswith("\n"):
                self.told.append(json.loads(line))
        return self._process.returncode

"""The window: start-up, and whether it stays alive while a list is imported (BENCHMARKS rows 6 and 12)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.bench.registers import PASSWORD, new_registry, workbook
from tests.bench.rows import Row, measure, row

_IMPORTS = """
import time
started = time.perf_counter()
import sqlalchemy.orm, PySide6.QtWidgets
print(time.perf_counter() - started)
"""

#: Runs in a process of its own, as the program does: a heartbeat of 20 ms beside a whole import.
_HEARTBEAT = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from ui.tasks import TaskRunner

sys.setswitchinterval(0.0005)
application = QApplication([])
registry = Registry.open(Path(sys.argv[1]), "demo", sys.argv[3])

def failed(error):
    print(error, file=sys.stderr)
    application.exit(1)

runner = TaskRunner(registry, failed)
beats = []
timer = QTimer(interval=20)
timer.timeout.connect(lambda: beats.append(time.perf_counter()))
timer.start()

def planned(plan):
    runner.execute(ImportRecords(plan), done, title="import")

def done(outcome):
    application.exit(0)

started = time.perf_counter()
question = PlanImport(Path(sys.argv[2]), ImportOptions(duplicates="create"))
QTimer.singleShot(0, lambda: runner.read(question, planned, title="plan"))
status = application.exec()
seconds = time.perf_counter() - started
gaps = sorted(b - a for a, b in zip(beats, beats[1:]))
runner.close()
registry.close()
print(json.dumps({"seconds": seconds, "longest": gaps[-1], "p95": gaps[int(len(gaps) * 0.95)], "beats": len(beats)}))
raise SystemExit(status)
"""

#: What the program does without a command, up to the first paint of the sign-in window.
_SIGN_IN = """
import sys
from ui import main
from registry.transfer.readers import child
child.run_if_child(sys.argv)
from PySide6.QtWidgets import QApplication
from ui.application import Program
application = QApplication([])
Program(application).ask().repaint()
"""


def main(small: bool = False) -> list[Row]:
    """Start-up, then the heartbeat."""
    count, runs = (200, 1) if small else (100_000, 3)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    peers = sorted(float(measure(["-c", _IMPORTS], offscreen).output) for _ in range(runs))
    starts = sorted(measure(["-c", _SIGN_IN], offscreen).seconds for _ in range(runs))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = workbook(folder / "people.xlsx", count)
        registry = new_registry(folder / "registry")
        beat = json.loads(
            measure(["-c", _HEARTBEAT, str(registry), str(book), PASSWORD], offscreen).output.splitlines()[-1]
        )
    start, peer = starts[runs // 2], peers[runs // 2]
    return [
        row("interpreter started to the sign-in window, s (peer: imports)", start, peer, "<= 1.5 s"),
        row(f"longest gap of a 20 ms heartbeat, {count:,} rows, ms", beat["longest"] * 1000, 0, "<= 150"),
        row(f"95 % of the gaps below, {count:,} rows, ms", beat["p95"] * 1000, 0, "-"),
    ]

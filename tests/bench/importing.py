"""Import: a whole run of the command against openpyxl merely reading the same file (BENCHMARKS row 1, fewer rows)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.bench.registers import WHOLE, new_registry, workbook
from tests.bench.rows import Row, measure, row

_READ = """
import sys, time
sys.modules["defusedxml"] = None
sys.modules["lxml"] = None
from openpyxl import load_workbook
started = time.perf_counter()
for cells in load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True):
    pass
print(time.perf_counter() - started)
"""


def main(small: bool = False) -> list[Row]:
    """Three runs each; the middle one counts."""
    count, runs = (200, 1) if small else (24_988, 3)
    with tempfile.TemporaryDirectory() as folder:
        book = workbook(Path(folder, "people.xlsx"), count, WHOLE)
        peers = sorted(float(measure(["-c", _READ, str(book)]).output) for _ in range(runs))
        ours = sorted(_import(Path(folder), book, number, count) for number in range(runs))
    seconds, memory = ours[runs // 2]
    return [
        row(f"import {count:,} rows, s (peer: openpyxl reads)", seconds, peers[runs // 2], "<= 0.9 x"),
        row("largest process of the import, MB", memory / 1e6, 0, "<= 450"),
    ]


def _import(folder: Path, book: Path, number: int, count: int) -> tuple[float, int]:
    registry = new_registry(folder / f"registry{number}")
    options = ["--registry", str(registry), "--user", "demo", "--password-file", str(folder / "password")]
    measured = measure(["-m", "ui.main", *options, "--json", "import", str(book), "--duplicates", "create"])
    answer = json.loads(measured.output[measured.output.index("{") :])
    if answer["created"] != count:
        raise RuntimeError(measured.output)
    return measured.seconds, measured.memory

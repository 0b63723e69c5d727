"""Import of 100,000 x 30 cells against openpyxl merely reading them (BENCHMARKS rows 1, 1c, 1d), by the processor."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.bench.registers import WHOLE, new_registry, workbook
from tests.bench.rows import Measured, Row, measure, row

_READ = """
import sys, time
sys.modules["defusedxml"] = None
sys.modules["lxml"] = None
from openpyxl import load_workbook
started = time.process_time()
for cells in load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True):
    pass
print(time.process_time() - started)
"""


def main(small: bool = False) -> list[Row]:
    """One run each: their processors' seconds differ little."""
    count = 200 if small else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = workbook(folder / "people.xlsx", count, WHOLE)
        peer = read_by_openpyxl(book)
        plain = imported(new_registry(folder / "plain"), book, "create", count)
        fuzzy = imported(new_registry(folder / "fuzzy"), book, "review", count)
        found = measure(command(folder / "plain", "duplicates"), attention=True)
    of = f"{count:,} x 30"
    return [
        row(f"import {of}, s (peer: openpyxl reads)", plain.processor, peer, "<= .9 x"),
        row(f"largest process of an import {of}, MB", plain.memory / 1e6, 0, "<= 450"),
        row(
            f"import {of} with review, s (peer: import, then duplicates)",
            fuzzy.processor,
            plain.processor + found.processor,
            "<= 1 x",
        ),
        row(f"largest process with review {of}, MB", fuzzy.memory / 1e6, 0, "-"),
    ]


def read_by_openpyxl(book: Path) -> float:
    """Seconds that the peer needs to read a workbook."""
    return float(measure(["-c", _READ, str(book)]).output)


def imported(registry: Path, book: Path, duplicates: str, count: int) -> Measured:
    """Take a workbook of `count` people who are new to a registry into it by the command line."""
    measured = measure(command(registry, "import", str(book), "--duplicates", duplicates), attention=True)
    answer = json.loads(measured.output[measured.output.index("{") :])
    if answer["created"] != count:
        raise RuntimeError(measured.output)
    return measured


def command(registry: Path, *words: str) -> list[str]:
    """What Python is to run for a command on a registry."""
    signed_in = ("--registry", str(registry), "--user", "demo", "--password-file", str(registry.parent / "password"))
    return ["-m", "ui.main", *signed_in, "--json", *words]

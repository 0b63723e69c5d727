"""The skills inventory of 100,000 people with 300,000 skills: the workbook by the command, the tables of the page."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from registry.app import Registry
from registry.queries import SkillsInventory
from tests.bench.registers import PASSWORD, skilled_registry
from tests.bench.rows import Row, measure, row

#: The same number of rows and cells as the sheets People and Skills, by the writer that everybody takes.
_PEER = """
import sys, time, xlsxwriter
started = time.perf_counter()
book = xlsxwriter.Workbook(sys.argv[1], {"constant_memory": True})
for rows, columns in ((int(sys.argv[2]), 27), (3 * int(sys.argv[2]), 11)):
    sheet = book.add_worksheet()
    for place in range(rows):
        for column in range(columns):
            sheet.write_string(place, column, f"text {place} {column}")
book.close()
print(time.perf_counter() - started)
"""
_TABLES = (("occupation.1", "country"), ("skill", "country"), ("language", "education"))


def main(small: bool = False) -> list[Row]:
    """The workbook once, each table three times; the middle one counts."""
    count = 200 if small else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry = skilled_registry(folder / "registry", count)
        options = ["--registry", str(registry), "--user", "demo", "--password-file", str(folder / "password")]
        made = measure(["-m", "ui.main", *options, "--json", "skills", "-o", str(folder / "skills.xlsx")])
        answer = json.loads(made.output[made.output.index("{") :])
        peer = float(measure(["-c", _PEER, str(folder / "peer.xlsx"), str(count)]).output)
        size = (folder / "skills.xlsx").stat().st_size
        with Registry.open(registry, "demo", PASSWORD) as opened:
            tables = [(down, across, _seconds(opened, down, across)) for down, across in _TABLES]
    what = f"{answer['people']:,} people, {answer['skills']:,} skills"
    return [
        row(f"skills workbook, {what}, s (peer: xlsxwriter)", made.seconds, peer, "<= 15 s"),
        row("largest process of it, MB", made.memory / 1e6, 0, "<= 300"),
        row("the file, MB", size / 1e6, 0, "-"),
        *(row(f"table {down} x {across}, s", seconds, 0, "<= 1") for down, across, seconds in tables),
    ]


def _seconds(registry: Registry, down: str, across: str) -> float:
    times = []
    for _round in range(3):
        started = time.perf_counter()
        registry.read(SkillsInventory("", down, across))
        times.append(time.perf_counter() - started)
    return sorted(times)[1]

"""Export of 100,000 x 30 typed cells against the bare loop of xlsxwriter (BENCHMARKS row 2); of the processor."""

from __future__ import annotations

import marshal
import tempfile
from datetime import date
from pathlib import Path

from tests.bench.importing import command, imported
from tests.bench.registers import WHOLE, new_registry, rows, workbook
from tests.bench.rows import Row, measure, row

#: Both write the same cells: days and numbers as such, all else as text.
_CELLS = """
import marshal, sys, time
from datetime import date
with open(sys.argv[1], "rb") as file:
    rows = marshal.load(file)
rows = [[date.fromordinal(c[0]) if type(c) is tuple else c for c in row] for row in rows]
started = time.process_time()
"""
_PEER = (
    _CELLS
    + """
import xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
for index, row in enumerate(rows):
    for column, cell in enumerate(row):
        if type(cell) is str:
            sheet.write_string(index, column, cell)
        elif type(cell) is int:
            sheet.write_number(index, column, cell)
        else:
            sheet.write_datetime(index, column, cell, day)
book.close()
print(time.process_time() - started)
"""
)
_OURS = (
    _CELLS
    + """
from registry.transfer.export.workbook import Column, Workbook
with open(sys.argv[2], "wb") as file:
    book = Workbook(file)
    book.sheet("People", [Column("a")] * len(rows[0]))
    book.rows(rows)
    book.close()
print(time.process_time() - started)
"""
)


def main(small: bool = False) -> list[Row]:
    """The writer alone, and the whole command: signing in, finding, reading, words beside codes, dictionary."""
    count = 200 if small else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cells, out = folder / "cells", folder / "out.xlsx"
        with cells.open("wb") as file:
            marshal.dump([list(map(_cell, each)) for each in rows(count, WHOLE)], file)
        peer, ours = (float(measure(["-c", each, str(cells), str(out)]).output) for each in (_PEER, _OURS))
        registry = new_registry(folder / "registry")
        imported(registry, workbook(folder / "people.xlsx", count, WHOLE), "create", count)
        whole = measure(command(registry, "export", "", "-o", str(out), "--reason", "Measured"))
    of = f"{count:,} x 30"
    return [
        row(f"write {of} typed cells, s (peer: xlsxwriter)", ours, peer, "<= .5 x"),
        row(f"export {of} by the command, s (peer: xlsxwriter)", whole.processor, peer, "<= .5 x"),
        row(f"largest process of an export {of}, MB", whole.memory / 1e6, 0, "-"),
    ]


def _cell(text: str) -> object:
    """A cell as an export types it; a day as its number, in a tuple."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return (date.fromisoformat(text).toordinal(),)
    return int(text) if len(text) == 4 and text.isdecimal() else text

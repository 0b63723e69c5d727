"""The formulas of a workbook: in a questionnaire's export, answers that begin with "=". Runs in the child only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

_BATCH = 1_000


def formulas(path: str, sheet: str) -> Iterator[list[Any]]:
    """Row and column, counted from 1 and 0, and text of each formula of a sheet; nothing of what is no .xlsx."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" not in package.namelist():
            return
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    found: list[Any] = []
    for number, row in enumerate(book[sheet].iter_rows(), 1):
        found += [(number, place, str(cell.value)) for place, cell in enumerate(row) if cell.data_type == "f"]
        if len(found) >= _BATCH:
            yield found
            found = []
    yield found

"""The formulas of a workbook: in a questionnaire's export, answers that begin with "=". Runs in the child only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from registry.transfer.readers import ods_marks, preflight, xls_marks


def formulas_of(content: bytes, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row, from 1, column, from 0, and text of each formula of a sheet; the text is "" in an .xls."""
    if not content.startswith(preflight.ZIP):
        yield from ((row, column, "") for row, column in xls_marks.read(content).formulas.get(sheet, ()))
        return
    with zipfile.ZipFile(BytesIO(content)) as package:
        if "content.xml" in package.namelist():
            yield from ods_marks.read(package).formulas.get(sheet, ())
            return
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    for number, row in enumerate(book[sheet].iter_rows(), 1):
        yield from ((number, place, str(cell.value)) for place, cell in enumerate(row) if cell.data_type == "f")

"""Registers and workbooks to measure on: invented people, a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from registry import setup
from registry.demo.people import people

PASSWORD = "demo"
#: Columns of the workbook that the benchmarks import: those of the public list of historical people, and more.
COLUMNS = (
    *("external_id", "full_name", "given_name", "family_name", "birth_date", "birth_place", "address.postal_code"),
    *("sex", "occupation", "email"),
)


def new_registry(folder: Path) -> Path:
    """An empty demonstration registry."""
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password=PASSWORD, demonstration=True)
    (folder.parent / "password").write_text(PASSWORD)
    return folder


def rows(count: int) -> Iterator[list[str]]:
    """Rows of `COLUMNS`; external ids are made up so that each row stands for itself."""
    for number, person in enumerate(islice(people(count, 7), count)):
        yield [f"B{number:07d}", *(person.get(column, "") for column in COLUMNS[1:])]


def workbook(path: Path, count: int) -> Path:
    """An .xlsx of `count` people with every cell as text."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("People")
    sheet.write_row(0, 0, COLUMNS)
    for index, texts in enumerate(rows(count), 1):
        for column, text in enumerate(texts):
            sheet.write_string(index, column, text)
    book.close()
    return path

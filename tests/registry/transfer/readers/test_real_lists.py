"""The public lists and survey exports: right sheets, row counts, first and last records."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from registry.app import Registry
from registry.transfer.readers.table_files import Cell, Row, open_table_file
from tests.conftest import TEST_DATA
from tests.registry.transfer.importing import counts, records, take_in

_LISTS = TEST_DATA / "real" / "lists"
_EXPECTED: list[dict[str, Any]] = (
    json.loads((_LISTS / "expected.json").read_text("utf-8")) if (_LISTS / "expected.json").is_file() else []
)
_SURVEYS = sorted((TEST_DATA / "real" / "kobo").glob("*.xlsx")) + sorted((TEST_DATA / "real" / "kobo").glob("*.csv"))
_LONG_LIST = TEST_DATA / "matching" / "historical_a.csv"
_OFFICE = shutil.which("soffice")
_OFFICE_FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
_MEMBER_FIELDS = ("full_name", "birth_date", "address.postal_code", "address.city", "phone")
#: A member list as an office keeps it: a title, headings over others, a merged cell, a hidden row, a total.
_MEMBERS: list[list[object]] = [
    ["Members of the club", None, None, None, None],
    [],
    ["Name", "Born", "Address", None, "Phone"],
    [None, None, "Postcode", "City", None],
    ["Ana Exemple", date(1985, 3, 12), "01000", "Bourg-en-Bresse", 33199001234],
    ["Bo Modèle", datetime(1990, 12, 31), "69001", "Lyon", "+33 1 99 00 12 35"],
    ["Cy Patron", "12/1970", "69002", None, "=33199001236"],
    ["Total", 3, None, None, None],
]


def _shown(cell: Cell) -> str:
    """As `expected.json` writes it: whole numbers with a decimal, 60 characters."""
    if cell is None:
        return ""
    return (f"{cell}.0" if type(cell) is int else str(cell))[:60]


@pytest.mark.parametrize("expected", _EXPECTED, ids=lambda expected: str(expected["file"]))
def test_lists_are_read_whole(expected: dict[str, Any]) -> None:
    with open_table_file(_LISTS / expected["file"]) as file:
        sheet = next(sheet for sheet in file.sheets if sheet.name == (expected["sheet"] or ""))
        rows = [row for batch in file.rows(sheet) for row in batch.rows]
        assert file.separator == expected["delimiter"]
        assert (file.encoding or "").removesuffix("-sig") == (expected["encoding"] or "")
    assert sheet.rows == len(rows) == expected["rows"]
    records = [[_shown(cell) for cell in row] for row in rows[expected["header_row"] :]]
    for record in (expected["first_record"], expected["last_record"]):
        assert record in [row[: len(record)] for row in records]


@pytest.mark.parametrize("path", _SURVEYS, ids=lambda path: path.name[:2])
def test_survey_exports_are_read(path: Path) -> None:
    with open_table_file(path) as file:
        for sheet in file.sheets:
            assert sum(len(batch.rows) for batch in file.rows(sheet)) == sheet.rows
        assert max(sheet.rows for sheet in file.sheets) > 5


def _converted(path: Path, ending: str, *options: str) -> Path:
    """The file as LibreOffice saves it."""
    folder = path.parent / ending
    subprocess.run(
        [
            str(_OFFICE),
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            *options,
            "--convert-to",
            f"{ending}:{_OFFICE_FILTERS[ending]}",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    return folder / f"{path.stem}.{ending}"


@pytest.mark.parametrize("ending", _OFFICE_FILTERS if _OFFICE else [])
def test_a_workbook_saved_again_by_libreoffice_is_the_same_list(
    registry: Registry, tmp_path: Path, ending: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _MEMBERS:
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("D6:D7")
    sheet.row_dimensions[6].hidden = True
    book.save(tmp_path / "members.xlsx")
    result = take_in(registry, _converted(tmp_path / "members.xlsx", ending)).value
    assert counts(result) == (3, 0, 0, 1, 0)
    assert any("1 row is hidden in the sheet (row 6)" in said for said in result.warnings)
    assert [[r.values[n] for n in _MEMBER_FIELDS] for r in records(registry)] == [
        ["Ana Exemple", "1985-03-12", "01000", "Bourg-en-Bresse", "+33199001234"],
        ["Bo Modèle", "1990-12-31", "69001", "Lyon", "+33199001235"],
        ["Cy Patron", "1970-12", "69002", "Lyon", "+33199001236"],
    ]


@pytest.mark.parametrize("ending", _OFFICE_FILTERS if _OFFICE and _LONG_LIST.is_file() else [])
def test_a_list_saved_by_libreoffice_equals_its_csv(ending: str, tmp_path: Path) -> None:
    with _LONG_LIST.open(encoding="utf-8", newline="") as lines:
        truth: list[Row] = [[cell or None for cell in row] for row in csv.reader(lines)]
    as_text = "/".join(f"{column}/2" for column in range(1, len(truth[0]) + 1))
    path = tmp_path / _LONG_LIST.name
    path.write_bytes(_LONG_LIST.read_bytes())
    saved = _converted(path, ending, f"--infilter=CSV:44,34,76,1,{as_text}")
    with open_table_file(saved) as file:
        assert [row for batch in file.rows(file.sheets[0]) for row in batch.rows] == truth

"""The public lists and survey exports: right sheets, row counts, first and last records."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from registry.transfer.readers import Cell, Row, open_table_file
from tests.conftest import TEST_DATA

_LISTS = TEST_DATA / "real" / "lists"
_EXPECTED: list[dict[str, Any]] = (
    json.loads((_LISTS / "expected.json").read_text("utf-8")) if (_LISTS / "expected.json").is_file() else []
)
_SURVEYS = sorted((TEST_DATA / "real" / "kobo").glob("*.xlsx")) + sorted((TEST_DATA / "real" / "kobo").glob("*.csv"))
_LONG_LIST = TEST_DATA / "matching" / "historical_a.csv"
_OFFICE = shutil.which("soffice")
_OFFICE_FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


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


@pytest.mark.parametrize("ending", _OFFICE_FILTERS if _OFFICE and _LONG_LIST.is_file() else [])
def test_a_list_saved_by_libreoffice_equals_its_csv(ending: str, tmp_path: Path) -> None:
    with _LONG_LIST.open(encoding="utf-8", newline="") as lines:
        truth: list[Row] = [[cell or None for cell in row] for row in csv.reader(lines)]
    as_text = "/".join(f"{column}/2" for column in range(1, len(truth[0]) + 1))
    subprocess.run(
        [
            str(_OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            f"--infilter=CSV:44,34,76,1,{as_text}",
            "--convert-to",
            f"{ending}:{_OFFICE_FILTERS[ending]}",
            "--outdir",
            str(tmp_path),
            str(_LONG_LIST),
        ],
        check=True,
        capture_output=True,
    )
    with open_table_file(tmp_path / f"{_LONG_LIST.stem}.{ending}") as file:
        assert [row for batch in file.rows(file.sheets[0]) for row in batch.rows] == truth

"""Errors of spreadsheet programs, as of "=> see CV" typed for a text, are told and taken for nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from registry.app import Registry
from registry.transfer.planning.making import UNREADABLE
from registry.transfer.readers.table_files import open_table_file
from tests.registry.transfer.importing import plan, records, take_in, write_csv
from tests.registry.transfer.readers import packages

_OFFICE = shutil.which("soffice")
_FORMATS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "csv": "Text - txt - csv (StarCalc)",
}


def _typed(path: Path) -> Path:
    """A workbook in which somebody began texts with "="."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Name", "Notes", "City"], ["Ana Exemple", "=> see CV", "Lyon"], ["Bo Exemple", "shop", "=1/0"]):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", _FORMATS if _OFFICE else [])
def test_errors_that_libreoffice_saved_are_told(registry: Registry, tmp_path: Path, ending: str) -> None:
    typed = _typed(tmp_path / "typed.xlsx")
    command = [str(_OFFICE), f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, f"{ending}:{_FORMATS[ending]}", "--outdir", str(tmp_path / "saved"), str(typed)],
        check=True,
        capture_output=True,
    )
    path = tmp_path / "saved" / f"typed.{ending}"
    assert [(p.row, p.column, p.reason) for p in plan(registry, path).problems] == [
        (2, "Notes", UNREADABLE),
        (3, "City", UNREADABLE),
    ]
    take_in(registry, path)
    assert [(r.values.get("notes"), r.values.get("address.city")) for r in records(registry)] == [
        (None, "Lyon"),
        ("shop", None),
    ]


def test_an_error_is_told_where_it_stands(tmp_path: Path) -> None:
    cells = '<c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="AB2" t="e"><v>#NAME?</v></c>'
    path = packages.xlsx(tmp_path / "a.xlsx", f'<row r="2">{cells}</row>')
    with open_table_file(path) as file:
        assert [texts.unreadable for texts in file.texts(file.sheets[0])] == [[(2, 27)]]


@pytest.mark.parametrize(
    "text", ["Err:510", "Err :509", "#NAME?", "#VALEUR!", "#¿NOMBRE?", "#WERT!", "#DIV/0!", "####"]
)
def test_an_error_written_as_text_is_none(registry: Registry, text: str) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [["Name", "City"], ["Ana Exemple", text], ["Bo", "Lyon"]])
    assert [(p.row, p.column) for p in plan(registry, path).problems] == [(2, "City")]


@pytest.mark.parametrize("text", ["#1", "# see CV", "12:510", "Err: 5", "#METOO", "N/A"])
def test_other_signs_are_text(tmp_path: Path, text: str) -> None:
    path = write_csv(tmp_path / "list.csv", [["Name", "City"], ["Ana Exemple", text]])
    with open_table_file(path) as file:
        assert [(t.columns[1], t.unreadable) for t in file.texts(file.sheets[0])] == [(["City", text], [])]

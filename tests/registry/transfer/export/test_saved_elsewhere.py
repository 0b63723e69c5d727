"""An export that a spreadsheet program saved in its own way shows just what somebody edited."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from registry.app import Registry
from registry.commands import ExportRecords, LoadDemonstration
from registry.fields import PEOPLE
from tests.registry.transfer.importing import counts, take_in


@pytest.mark.parametrize("written", ["%d/%m/%Y", "%m/%d/%Y"])
def test_days_that_a_spreadsheet_wrote_in_its_way_are_no_edits(
    registry: Registry, tmp_path: Path, written: str
) -> None:
    born = {"A": "1980-04-03", "B": "1980-04-25", "C": "1980-05", "D": ""}
    people = tuple({"full_name": f"Ana {name}", "birth_date": day} for name, day in born.items())
    registry.execute(LoadDemonstration(PEOPLE, people))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))

    def anew(day: re.Match[str]) -> str:
        return date.fromisoformat(day[0]).strftime(written)

    path.write_text(re.sub(r"\b\d{4}-\d\d-\d\d\b", anew, path.read_text("utf-8-sig")), "utf-8-sig")
    assert counts(take_in(registry, path).value) == (0, 0, 4, 0, 0)


def test_zeros_that_a_spreadsheet_took_are_no_edits_and_are_told(registry: Registry, tmp_path: Path) -> None:
    person = {"full_name": "Ana", "address.postal_code": "01000", "address.country": "FRA", "education.field": "0541"}
    registry.execute(LoadDemonstration(PEOPLE, (person,)))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    text = path.read_text("utf-8-sig").replace(",01000,", ",1000,").replace(",0541", ",541")
    path.write_text(text, "utf-8-sig")
    result = take_in(registry, path).value
    assert counts(result) == (0, 0, 1, 0, 0)
    assert [problem.column for problem in result.problems] == ["address.postal_code", "education.field"]
    path.write_text(text.replace(",1000,", ",2000,"), "utf-8-sig")
    assert counts(take_in(registry, path).value) == (0, 1, 0, 0, 0)


def test_a_column_that_somebody_added_leaves_the_others_as_they_were_exported(
    registry: Registry, tmp_path: Path
) -> None:
    person = {"full_name": "Ana Exemple", "language": "fr", "language.2": "es", "language.level.2": "C1"}
    registry.execute(LoadDemonstration(PEOPLE, (person,)))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    header, row = path.read_text("utf-8-sig").splitlines()
    path.write_text(f"{header},my remark\n{row},seen\n", "utf-8-sig")
    result = take_in(registry, path).value
    assert counts(result) == (0, 0, 1, 0, 0)
    assert any("my remark" in warning for warning in result.warnings)


def test_the_sign_that_guards_a_text_is_no_edit_where_a_workbook_shows_it(registry: Registry, tmp_path: Path) -> None:
    person = {
        "full_name": "Ana Exemple",
        "messenger": "@ana",
        "notes": "+ more",
        "relative": "Bo Exemple",
        "relative.phone": "+1 2",
    }
    registry.execute(LoadDemonstration(PEOPLE, (person,)))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    book = Workbook()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            book.worksheets[0].append(row)
    assert "'@ana" in [cell.value for cell in book.worksheets[0][2]]
    book.save(tmp_path / "out.xlsx")
    assert counts(take_in(registry, tmp_path / "out.xlsx").value) == (0, 0, 1, 0, 0)
    for cell in book.worksheets[0][2]:
        cell.value = "'@bo" if cell.value == "'@ana" else cell.value
    book.save(tmp_path / "out.xlsx")
    assert counts(take_in(registry, tmp_path / "out.xlsx").value) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_letters_that_an_encoding_lacks_are_no_edits_and_are_told(
    registry: Registry, tmp_path: Path, encoding: str
) -> None:
    people = ({"full_name": "نجوى أبو فانوس", "hometown": "Kőszél"}, {"full_name": "Ana Exemple", "notes": "Why?"})
    registry.execute(LoadDemonstration(PEOPLE, people))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    saved = path.read_text("utf-8-sig").encode(encoding, "replace")
    path.write_bytes(saved)
    result = take_in(registry, path).value
    assert counts(result) == (0, 0, 2, 0, 0)
    assert [p.column for p in result.problems] == (["full_name", "hometown"] if encoding == "cp1252" else [])
    path.write_bytes(saved.replace("K".encode(encoding)[-2:], "L".encode(encoding)[-2:]))
    assert counts(take_in(registry, path).value) == (0, 1, 1, 0, 0)

"""Several sheets in one stream, read back by openpyxl and calamine alike."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from registry.errors import Invalid
from registry.transfer.export import workbook
from registry.transfer.export.workbook import Cell, Column, Workbook

AWKWARD = ["=1+1", " spaces  inside ", "a\nb", "a\rb", "_x0041_", "<&>", "\t", "007", "名前", "x" * 300, "a_b"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(path: Path) -> Path:
    """A workbook with everything that a sheet can have."""
    with path.open("wb") as file:
        made = Workbook(file)
        made.sheet("Plain", [Column("Text"), Column("Label", repeating=True)], ("text", "label"))
        made.rows([text, text] for text in AWKWARD)
        made.sheet("Counts / 2026", [Column("Name", wrapped=True), Column("n"), Column("Day")], footer="Mine & Co")
        made.row(["long words " * 20, 12, date(2026, 11, 26)])
        made.row(["", 0, date(1900, 2, 28)])
        made.row(["All", 12, ""], total=True)
        made.sheet("plain", [Column("Again")], footer="")
        made.close()
    return path


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    sheet = load_workbook(path)["Plain"]
    rows = list(sheet.iter_rows(min_row=3))
    # openpyxl leaves it to its callers to decode the mark.
    texts = [[str(cell.value).replace("_x005F_", "_") for cell in row] for row in rows]
    assert texts == [[text, text] for text in AWKWARD]
    assert {cell.data_type for row in rows for cell in row} == {"s"}
    read = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Plain").to_python()[2:]
    assert [row[0] for row in read] == [row[1] for row in read] == AWKWARD
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref is None


@pytest.mark.parametrize("text", [" before", "behind ", "\tbefore", "behind\n", "a & b "])
def test_spaces_at_the_ends_of_a_text_are_said_to_stay(text: str) -> None:
    # Readers of ours keep them anyway; Excel drops them unless a cell says so (XML 1.0, 2.10).
    file = io.BytesIO()
    made = Workbook(file)
    made.sheet("Plain", [Column("Spaced"), Column("Tight")])
    made.rows([["tight", "in  side"], [text, "tight"]])
    made.close()
    with ZipFile(file) as parts:
        sheet = fromstring(parts.read("xl/worksheets/sheet1.xml"))
    kept = {t.text: t.get("{http://www.w3.org/XML/1998/namespace}space") for t in sheet.iter(f"{{{MAIN}}}t")}
    assert kept[text] == "preserve"
    assert kept["in  side"] is None


def test_numbers_days_totals_and_pages(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path / "book.xlsx")).worksheets[1]
    assert sheet.title == "Counts   2026"
    assert [cell.value for cell in sheet[2]][1:] == [12, datetime(2026, 11, 26)]
    assert [cell.value for cell in sheet[3]] == [None, 0, "1900-02-28"]
    assert [cell.font.b for cell in sheet[4]][:2] == [True, True]
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.row_dimensions[2].height > 15
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left.text == "Mine && Co"
    assert sheet.print_title_rows == "$1:$1"


def test_titles_stand_once(tmp_path: Path) -> None:
    assert load_workbook(book(tmp_path / "book.xlsx")).sheetnames == ["Plain", "Counts   2026", "plain 3"]


def test_more_lines_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    made = Workbook(io.BytesIO())
    made.sheet("Short", [Column("n")])
    line: list[Cell] = [1]
    made.rows([line] * 3)
    with pytest.raises(Invalid, match="at most 3 rows"):
        made.close()

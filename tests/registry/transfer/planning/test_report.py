"""The report of a plan holds every row, what happens to it and why, as text."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from registry.app import Registry
from registry.transfer.planning.report import write_report
from tests.registry.transfer.importing import plan, take_in_rows, write_csv

HEAD = ["Ref", "Name", "Born", "City"]
ROWS = [
    HEAD,
    ["X1", "Ana Exemple", "1980-01-02", "Nice"],
    ["X2", "=1+1", "soon", "Paris"],
    ["X3", "", "1990", "Lyon"],
    ["X4", "Exemple Ana", "1980-01-02", ""],
    ["X5", "Bo Modèle", "", "Paris"],
]


def test_the_report_explains_every_row(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [HEAD, ["X1", "Ana Exemple", "1980-01-02", "Lyon"], ["X5", "Bo Modèle", "", "Paris"]])
    found = plan(registry, write_csv(tmp_path / "list.csv", ROWS))
    path = tmp_path / "report.xlsx"
    write_report(found, path)
    sheet = load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[:3] for row in rows[:5]] == [
        [2, "Updated", "Ana Exemple"],
        [3, "Created", "=1+1"],
        [4, "Rejected", None],
        [5, "Created", "Exemple Ana"],
        [6, "Unchanged", "Bo Modèle"],
    ]
    assert rows[0][4] == "City: Lyon → Nice"
    assert "soon" in str(rows[1][5])
    assert rows[2][3] == "This row has no name."
    assert "the same name and date of birth" in str(rows[3][3])
    assert rows[3][6] == "yes"
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
    read = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[1] for row in read[1:6]] == [row[1] for row in rows[:5]]


def test_a_change_to_a_text_that_is_no_date_is_told_as_it_is_written(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [HEAD, ["X1", "Ana Exemple", "", "Lyon"]])
    found = plan(registry, write_csv(tmp_path / "list.csv", [HEAD, ["X1", "Ana Exemple", "soon", "Lyon"]]))
    write_report(found, tmp_path / "report.xlsx")
    assert load_workbook(tmp_path / "report.xlsx").worksheets[0]["E2"].value == "Date of birth:  → soon"


def test_the_report_can_be_read_without_pulling_at_its_columns(registry: Registry, tmp_path: Path) -> None:
    known = ["X1", "Ana Exemple", "1980-01-02", "Lyon"]
    take_in_rows(registry, [HEAD, known])
    changed = ["X1", "Ana Exemple", "1980-01-03", "Clermont-Ferrand sur la rivière des exemples inventés"]
    found = plan(registry, write_csv(tmp_path / "list.csv", [HEAD, changed, ["X2", "Bo Modèle", "", "Paris"]]))
    path = tmp_path / "report.xlsx"
    write_report(found, path)
    sheet = load_workbook(path).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGH"]
    assert all(width >= wanted for width, wanted in zip(widths, (8, 16, 32, 48, 48, 48, 12, 48), strict=True))
    changes = sheet["E2"]
    assert changes.value.count("\n") == 1
    assert (changes.alignment.wrap_text, changes.alignment.vertical) == (True, "top")
    assert sheet.row_dimensions[2].height == 15 * 3  # the date, and the city in two lines
    assert sheet.row_dimensions[3].height is None
    assert sheet.auto_filter.ref


def test_a_plan_can_be_looked_at_in_parts(registry: Registry, tmp_path: Path) -> None:
    found = plan(registry, write_csv(tmp_path / "list.csv", ROWS))
    assert len(found.entries) == 5
    assert [row.row for row in found.rows()][1:3] == [3, 4]
    assert [row.row for row in found.rows("rejected")] == [4]
    assert [row.row for row in found.rows("review")] == [5]

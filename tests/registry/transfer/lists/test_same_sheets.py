"""Sheets with the headings of the list are parts of it; other versions of it, and lists numbered anew, are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import load_workbook

from registry.app import Registry
from registry.commands import ExportRecords, ImportRecords
from registry.fields import PEOPLE
from registry.queries import ReadList
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import counts, plan, records, take_in, write_workbook

HEADINGS = ["Ref", "Name", "Born", "City"]
LYON: list[list[Any]] = [
    HEADINGS,
    ["L-1", "Ana Exemple", "1980-01-02", "Lyon"],
    ["L-2", "Bo Modèle", "1990-05-05", "Lyon"],
    ["L-3", "Ed Tercero", "1991-05-05", "Lyon"],
    ["Total", 3],
]
PARIS: list[list[Any]] = [
    ["People of Paris"],
    ["Name", "Ref", "City", "Born"],
    ["Cy Patron", "P-1", "Paris", "1970-07-07"],
    ["Di Invented", "P-2", "Paris", "13/13/1970"],
    ["Total", 2],
]


#: Those of the first sheet.
LYONNAIS = ["Ana Exemple", "Bo Modèle", "Ed Tercero"]


def names(registry: Registry) -> list[str]:
    return [record.name for record in records(registry)]


def test_sheets_with_the_same_headings_are_one_list(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=PARIS, Notes=[["Remember", "the cake"], ["a", "b"]])
    found = plan(registry, path)
    assert (
        "The sheet “Paris” has the headings of the list and is read as a part of it: 2 rows, numbered on, so that its "
        "row 2 is row 12." in found.warnings
    )
    assert "These sheets were not read: Notes." in found.warnings
    assert [(problem.row, problem.column) for problem in found.problems] == [(14, "Born")]
    outcomes = {row.row: row.outcome for row in found.rows()}
    assert outcomes == dict.fromkeys((2, 3, 4, 13, 14), "created") | {5: "skipped", 15: "skipped"}
    assert counts(take_in(registry, path).value) == (5, 0, 0, 2, 0)
    assert names(registry) == [*LYONNAIS, "Cy Patron", "Di Invented"]
    assert [record.values["address.city"] for record in records(registry)] == ["Lyon", "Lyon", "Lyon", "Paris", "Paris"]
    assert counts(take_in(registry, path).value) == (0, 0, 5, 2, 0)


def test_a_sheet_that_was_asked_for_or_left_out_is_alone(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=PARIS)
    for given in (Given(sheet="Lyon"), Given(sheets={"Paris": None})):
        found = plan(registry, path, given)
        assert [entry.name for entry in found.entries if entry.name] == LYONNAIS
        assert "The sheet “Paris” may belong to the list, but was not read." in found.warnings
    both = plan(registry, path, Given(sheet="Lyon", sheets={"Paris": ""}))
    assert len([entry for entry in both.entries if entry.name]) == 5


def test_a_sheet_without_rows_says_nothing(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=[HEADINGS])
    found = plan(registry, path)
    assert not [said for said in found.warnings if "Paris" in said]
    assert [entry.name for entry in found.entries if entry.name] == LYONNAIS


def test_what_the_window_shows_is_planned(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=PARIS)
    source = registry.read(ReadList(path, ImportOptions()))
    assert [(each.sheet, each.joined, each.rows, each.first) for each in source.further] == [("Paris", True, 2, 10)]
    assert source.other_sheets == ()
    assert source.rows.numbers == [2, 3, 4, 13, 14]


def test_another_version_of_a_list_is_offered_and_not_taken_in(registry: Registry, tmp_path: Path) -> None:
    last_year = [HEADINGS, ["L-1", "Ana Exemple", "1980-01-02", "Nice"], ["L-8", "Flo Autre", "1999-05-05", "Nice"]]
    path = write_workbook(tmp_path / "book.xlsx", Now=LYON, Before=last_year)
    found = plan(registry, path)
    assert (
        "The sheet “Before” may belong to the list, but was not read: most of those whom it lists are in the list "
        "already, so that it may be another version of it." in found.warnings
    )
    assert [entry.name for entry in found.entries if entry.name] == LYONNAIS
    assert len(plan(registry, path, Given(sheets={"Before": ""})).entries) == 6


def test_a_sheet_that_is_numbered_anew_is_no_part(registry: Registry, tmp_path: Path) -> None:
    anew = [HEADINGS, ["L-1", "Cy Patron", "1970-07-07", "Paris"], ["L-9", "Di Invented", "1971-07-07", "Paris"]]
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=anew)
    for given in (Given(), Given(sheets={"Paris": ""})):
        found = plan(registry, path, given)
        assert any("its “Ref” are those of other people in the list" in said for said in found.warnings)
        assert [entry.name for entry in found.entries if entry.name] == LYONNAIS
    assert len([*plan(registry, path, Given(columns={"Ref": None})).rows("created")]) == 5


def test_hidden_sheets_and_other_headings_are_no_parts(registry: Registry, tmp_path: Path) -> None:
    other = [["Name", "Ref", "Born"], ["Cy Patron", "P-1", "1970-07-07"]]
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=PARIS, Nice=other)
    book = load_workbook(path)
    book["Paris"].sheet_state = "hidden"
    book.save(path)
    found = plan(registry, path)
    assert {"Hidden sheets were not read: Paris.", "Only the sheet “Lyon” was read, not: Nice."} <= {*found.warnings}


def test_formulas_and_hidden_rows_of_other_sheets_are_told(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (("Lyon", LYON), ("Paris", [HEADINGS, ["P-1", "Cy Patron", "1970-07-07", "Paris"]])):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    sheet.write_formula(1, 3, '="Pa"&"ris"', None, "Paris")
    sheet.set_row(1, None, None, {"hidden": True})
    book.close()
    told = plan(registry, path).warnings
    assert any(said.startswith("“City”: some cells are formulas.") for said in told)
    assert "1 row is hidden in the sheet (row 12); it is taken in like the others." in told


def test_cells_without_a_heading_in_another_sheet_are_told(registry: Registry, tmp_path: Path) -> None:
    more = [HEADINGS, ["P-1", "Cy Patron", "1970-07-07", "Paris", "call him"]]
    path = write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=more)
    assert "1 column is not taken in: Column E." in plan(registry, path).warnings


@pytest.mark.parametrize("with_names", [True, False])
def test_an_export_parted_by_hand_is_known_whole(registry: Registry, tmp_path: Path, with_names: bool) -> None:
    take_in(registry, write_workbook(tmp_path / "book.xlsx", Lyon=LYON, Paris=PARIS))
    path = tmp_path / "out.xlsx"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rest = book.create_sheet("Rest")
    for row in sheet.iter_rows(min_row=1 if with_names else 2, max_row=2, values_only=True):
        rest.append(row)
    for row in sheet.iter_rows(min_row=5, values_only=True):
        rest.append(row)
    sheet.delete_rows(5, 3)
    headings = [str(cell.value) for cell in sheet[1]]
    rest.cell(rest.max_row, headings.index("address.city") + 1).value = "Grenoble"
    book.save(path)
    made = plan(registry, path)
    assert [entry.outcome for entry in made.entries if entry.name] == [*["unchanged"] * 4, "updated"]
    registry.execute(ImportRecords(made))
    cities = sorted(record.values["address.city"] for record in records(registry))
    assert cities == ["Grenoble", "Lyon", "Lyon", "Paris", "Paris"]

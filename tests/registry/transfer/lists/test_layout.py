"""The list is found in a file: sheet, header row, and what is no record."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from registry.app import Registry
from registry.errors import BadFile, Invalid
from registry.transfer.columns.mapping import Given
from registry.transfer.planning.making import SEVERAL_PEOPLE
from tests.registry.transfer.importing import counts, plan, records, take_in, take_in_rows, write_csv, write_workbook
from tests.registry.transfer.readers import packages

LIST = [["Name", "Born", "City"], ["Ana Exemple", "1980", "Lyon"], ["Bo Modèle", "1990", "Paris"]]


def test_titles_and_blank_rows_stand_above_the_header(registry: Registry) -> None:
    above = [["Register of members 2026", "", ""], ["", "", ""], ["Please fill in every column", "", ""]]
    result = take_in_rows(registry, [*above, *LIST, ["", "", ""], ["Total", "2", ""]])
    assert counts(result) == (2, 0, 0, 1, 0)
    assert [r.name for r in records(registry)] == ["Ana Exemple", "Bo Modèle"]


def test_the_sheet_with_the_list_is_taken_and_others_are_told(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "book.xlsx",
        Guide=[["How to fill in this workbook"], ["Write one person a row."]],
        Meetings=[["Date", "Link"], ["2024-01-02", "https://example.org"]],
        Members=[*LIST],
    )
    found = plan(registry, path)
    assert (found.sheet, found.header_row, found.counts["created"]) == ("Members", 1, 2)
    assert any("Guide, Meetings" in warning for warning in found.warnings)


def test_hidden_sheets_are_told_and_not_read(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Old=[LIST[0], *LIST[1:] * 30], Members=[*LIST])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    found = plan(registry, path)
    assert found.sheet == "Members"
    assert any("Old" in warning for warning in found.warnings)


def test_remarks_totals_and_repeated_headers_are_no_records(registry: Registry) -> None:
    rows = [
        *LIST,
        LIST[0],
        ["Cy Patron", "2000", "Nice"],
        ["TOTAL:", "3", ""],
        ["Sous-total", "3", ""],
        ["", "", ""],
        ["Add more rows as needed", "", ""],
    ]
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", rows))
    assert [(r.row, r.outcome) for r in found.rows()] == [
        (2, "created"),
        (3, "created"),
        (4, "skipped"),
        (5, "created"),
        (6, "skipped"),
        (7, "skipped"),
        (9, "skipped"),
    ]
    assert all(r.reason for r in found.rows("skipped"))


def test_a_lone_name_at_the_end_is_a_record(registry: Registry) -> None:
    result = take_in_rows(registry, [*LIST, ["Maria da Silva Santos", "", ""]])
    assert counts(result) == (3, 0, 0, 0, 0)


def test_a_row_without_a_name_is_rejected_with_a_reason(registry: Registry) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [*LIST, ["", "1970", "Nice"]])
    found = plan(registry, path)
    assert [r.reason for r in found.rows("rejected")] == ["This row has no name."]


def test_repeated_headers_are_kept_apart_and_empty_columns_ignored(registry: Registry) -> None:
    rows = [
        ["Name", "Role", "", "Role", "Colour"],
        ["Ana Exemple", "Chair", "", "Member", "red"],
        ["Bo", "A", "", "B", ""],
    ]
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", rows))
    assert set(found.mapping) == {"Name", "Role", "Role (2)"}
    assert found.unmapped == ["Colour"]


def test_no_name_column_is_one_sentence(registry: Registry) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [["Colour", "Number"], ["red", "1"], ["blue", "2"]])
    with pytest.raises(BadFile, match="No column of this file holds names"):
        plan(registry, path)


def test_sheet_and_header_row_can_be_told(registry: Registry, tmp_path: Path) -> None:
    second = [["Name", "City"], ["Nobody yet", ""], ["Nom", "Ville"], ["Cy Patron", "Nice"]]
    path = write_workbook(tmp_path / "book.xlsx", One=[*LIST], Two=[*second])
    found = plan(registry, path, Given(sheet="Two", header_row=3))
    assert (found.sheet, found.header_row) == ("Two", 3)
    assert [r.name for r in found.rows()] == ["Cy Patron"]
    with pytest.raises(Invalid, match="no sheet"):
        plan(registry, path, Given(sheet="Three"))
    with pytest.raises(Invalid, match="Row 9"):
        plan(registry, path, Given(sheet="Two", header_row=9))


def test_the_second_import_of_a_messy_list_changes_nothing(registry: Registry, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [["Members"], [], *LIST, ["Add more rows as needed", "", ""]])
    take_in(registry, path)
    assert counts(take_in(registry, path).value) == (0, 0, 2, 1, 0)


def test_hidden_rows_are_taken_in_and_told(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", Members=LIST)
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Members"].row_dimensions[3].hidden = True
    book.save(path)
    result = take_in(registry, path).value
    assert counts(result) == (2, 0, 0, 0, 0)
    assert any("1 row is hidden in the sheet (row 3)" in warning for warning in result.warnings)


def test_a_heading_may_stand_over_several_columns(registry: Registry) -> None:
    rows = [
        ["Name", "Address", "", "", "Mother", "", "Phone"],
        ["", "Street", "Postcode", "City", "Name", "Phone", ""],
        ["Ana Exemple", "1 rue Exemple", "69001", "Lyon", "Dea Exemple", "01 99 00 12 34", "01 99 00 12 35"],
        ["Bo Modèle", "2 rue Exemple", "06000", "Nice", "", "", "01 99 00 12 36"],
    ]
    path = write_csv(registry.folder.parent / "list.csv", rows)
    found = plan(registry, path)
    assert (found.header_row, found.counts["created"]) == (2, 2)
    assert [found.mapping[n] for n in ("Name", "Street", "Postcode", "City")] == [
        *("full_name", "address.street", "address.postal_code", "address.city"),
    ]
    again = plan(registry, path, Given(dict(found.mapping), header_row=2))
    assert again.mapping == found.mapping


def test_headings_repeated_under_two_others_are_told_apart(registry: Registry) -> None:
    rows = [
        ["Person", "", "Home", "", "Work", ""],
        ["Family name", "Given name", "Phone", "City", "Phone", "City"],
        ["Exemple", "Ana", "01 99 00 12 34", "Lyon", "01 99 00 12 35", "Nice"],
        ["Modèle", "Bo", "01 99 00 12 36", "Lyon", "01 99 00 12 37", "Nice"],
    ]
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", rows))
    assert found.header_row == 2
    assert {"Home Phone", "Work Phone"} <= found.mapping.keys()


def test_a_further_table_is_told_and_can_be_chosen(registry: Registry) -> None:
    further = [["", "", ""], ["Associations", "", ""], ["", "", ""], ["Association", "Website", "Phone"]]
    rows = [*LIST, *further, ["Club Exemple", "www.example.org", "01 99 00 12 34"]]
    path = write_csv(registry.folder.parent / "list.csv", rows)
    found = plan(registry, path)
    assert (found.kind, found.counts["created"], len(found.entries)) == ("people", 2, 2)
    assert any("row 7 (Association, Website, Phone)" in warning for warning in found.warnings)
    other = plan(registry, path, Given(header_row=7))
    assert (other.kind, [r.name for r in other.rows()]) == ("associations", ["Club Exemple"])


def test_a_header_far_down_can_be_told(registry: Registry) -> None:
    rows = [["", "note", ""]] * 300 + LIST
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", rows), Given(header_row=301))
    assert (found.header_row, [r.name for r in found.rows()]) == (301, ["Ana Exemple", "Bo Modèle"])


def test_a_table_beside_the_list_is_told_and_not_mixed_with_it(registry: Registry) -> None:
    rows = [
        ["Name", "Phone", "", "Name", "Phone"],
        ["Ana Exemple", "01 99 00 12 34", "", "Bo Modèle", "01 99 00 12 35"],
        ["Cy Patron", "01 99 00 12 36", "", "Di Patron", "01 99 00 12 37"],
    ]
    result = take_in_rows(registry, rows)
    assert [(r.name, "phone.2" in r.values) for r in records(registry)] == [
        ("Ana Exemple", False),
        ("Cy Patron", False),
    ]
    assert any("from column D on (Name, Phone)" in warning for warning in result.warnings)


def test_formulas_are_told_with_their_columns(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(0, 0, ["Name", "Born", "City"])
        sheet.write_row(1, 0, ["Ana Exemple", "1980", "Lyon"])
        sheet.write_formula(1, 2, '=UPPER("lyon")', None, "LYON")
    found = plan(registry, path)
    assert any(warning.startswith("“City”: some cells are formulas.") for warning in found.warnings)
    assert "LYON" in found.entries[0].values


def test_formulas_and_hidden_rows_of_an_old_workbook_are_told(registry: Registry, tmp_path: Path) -> None:
    found = plan(registry, packages.xls(tmp_path / "book.xls"))
    assert any(warning.startswith("“City”: some cells are formulas.") for warning in found.warnings)
    assert any(warning.startswith("1 row is hidden in the sheet (row 2)") for warning in found.warnings)
    assert found.entries[0].values == ("Ann", "Rome")


def test_formulas_of_an_open_document_are_told(registry: Registry, tmp_path: Path) -> None:
    formula = packages.ODS_CELL.replace(
        "<table:table-cell", '<table:table-cell table:formula="of:=UPPER(&quot;a&quot;)"'
    )
    head, row = (f"<table:table-row>{cells}</table:table-row>" for cells in (HEADINGS, packages.ODS_CELL + formula))
    found = plan(registry, packages.ods(tmp_path / "book.ods", head + row))
    assert any(warning.startswith("“City”: some cells are formulas.") for warning in found.warnings)


HEADINGS = packages.ODS_CELL.replace("Ann", "Name") + packages.ODS_CELL.replace("Ann", "City")


def with_long_cell(path: Path, **sheets: list[list[str]]) -> Path:
    """A workbook in which the text LONG is longer than a cell can be."""
    with zipfile.ZipFile(write_workbook(path, **sheets)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(b"LONG", b"x" * 40_000))
    return path


def test_a_sheet_that_cannot_be_read_is_told_and_the_others_are_read(registry: Registry, tmp_path: Path) -> None:
    path = with_long_cell(tmp_path / "book.xlsx", Essays=[["Name", "Text"], ["Ana", "LONG"]], Members=[*LIST])
    found = plan(registry, path)
    assert (found.sheet, found.counts["created"]) == ("Members", 2)
    assert any(said.startswith("The sheet “Essays” cannot be read and was left out: ") for said in found.warnings)
    with pytest.raises(BadFile, match="more than 32767 characters"):
        plan(registry, path, sheet="Essays")
    with pytest.raises(BadFile, match="more than 32767 characters"):
        plan(registry, with_long_cell(tmp_path / "essays.xlsx", Essays=[["Name", "Text"], ["Ana", "LONG"]]))


def test_headings_that_say_little_are_read_with_what_they_stand_under(registry: Registry, tmp_path: Path) -> None:
    rows = [
        ["Identité", None, "Naissance", None, "Passeport", None],
        ["Nom", "Prénom", "Date", "Lieu", "Numéro", "Ville"],
        ["Exemple", "Ana", "1980-05-04", "Lomé", "X1234567", "Lyon"],
        ["Specimen", "Bo", "1975-03-12", "Accra", "X1234568", "Paris"],
    ]
    found = plan(registry, write_workbook(tmp_path / "book.xlsx", Liste=rows))
    assert {"birth_date", "birth_place", "document.number"} <= set(found.names)
    assert {"Date de Naissance", "Lieu de Naissance", "Numéro de Passeport"} <= {m.header for m in found.matches}


def test_another_table_with_a_title_above_it_is_not_read(registry: Registry, tmp_path: Path) -> None:
    rows = [
        ["Name", "City", "Phone"],
        ["Ana Exemple", "Lyon", "+33 1 99 00 12 34"],
        ["Bo Specimen", "Paris", "+33 1 99 00 12 35"],
        [],
        ["Other associations"],
        ["Association", "Town", "Telephone"],
        ["Amicale Exemple", "Nice", "+33 1 99 00 12 36"],
    ]
    found = plan(registry, write_workbook(tmp_path / "book.xlsx", Liste=rows))
    assert len(found.entries) == 2
    assert any("Another table begins in row 6" in said for said in found.warnings)


def test_another_table_of_amounts_is_not_taken_for_people(registry: Registry, tmp_path: Path) -> None:
    rows = [
        *(["Nom", "Prénom", "Né le"], ["Exemple", "Ana", "12.3.1985"], ["Specimen", "Bo", ""], ["Total", 2, ""]),
        *([], [], ["Cotisations", "Montant", "Année"], ["Exemple", 20, 2026], ["Specimen", 25, 2026]),
    ]
    found = plan(registry, write_workbook(tmp_path / "book.xlsx", Liste=rows))
    assert [row.name for row in found.rows("created")] == ["Ana Exemple", "Bo Specimen"]
    assert any("Another table begins in row 7" in said for said in found.warnings)


def test_people_behind_an_empty_row_are_no_further_table(registry: Registry, tmp_path: Path) -> None:
    rows = [
        *(["Name", "City", "Flat"], ["Ana Exemple", "Lyon", "A"], ["Bo Specimen", "Nice", "B"]),
        *([], ["Cy Patron", "Lille", "C"], ["Di Modèle", "Brest", 12], ["Ed Muster", "Brest", 13]),
    ]
    assert len(plan(registry, write_workbook(tmp_path / "book.xlsx", Liste=rows)).entries) == 5


def test_a_couple_in_one_cell_is_told(registry: Registry) -> None:
    rows = [["Name", "City"], ["Ana & Bo Exemple", "Lyon"], ["M. et Mme Specimen", "Nice"], ["Cy Patron", "Lille"]]
    warnings = take_in_rows(registry, rows).warnings
    assert any("2 rows seem to name several people (2, 3)" in said for said in warnings)


def test_a_couple_across_two_cells_is_told_also_at_its_row(registry: Registry, tmp_path: Path) -> None:
    rows = [
        ["Nom", "Prénom", "Ville"],
        ["OSTERVIK et TALBI", "Tam et Lena", "Lyon"],
        ["TALBI", "Tam & Lena", "Nice"],
        ["PATRON", "Cy", "Lille"],
    ]
    found = plan(registry, write_workbook(tmp_path / "book.xlsx", Liste=rows))
    assert any("2 rows seem to name several people (2, 3)" in said for said in found.warnings)
    assert [(remark.row, remark.reason) for remark in found.remarks] == [(2, SEVERAL_PEOPLE), (3, SEVERAL_PEOPLE)]

"""Sheets, rows, row numbers and values of workbooks and text files, through the guarded child."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from registry.errors import BadFile, Cancelled
from registry.progress import Recorded
from registry.transfer.readers import child, tables
from registry.transfer.readers.table_files import Batch, Row, open_table_file
from tests.registry.transfer.readers import packages


def _rows(path: Path, sheet: int = 0) -> list[Row]:
    with open_table_file(path) as file:
        return [row for batch in file.rows(file.sheets[sheet]) for row in batch.rows]


def _workbook(path: Path, cells: Mapping[str, object]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for place, value in cells.items():
        book.active[place].value = value
    book.save(path)
    return path


def test_values_come_as_plain_types(tmp_path: Path) -> None:
    day = datetime.date(1985, 3, 12)
    values: dict[object, object] = {
        "text ": "text ",
        "0044": "0044",
        7: 7,
        7.5: 7.5,
        4915112345678: 4915112345678,
        True: True,
        day: ("date", "1985-03-12"),
        datetime.datetime(1985, 3, 12, 10, 30): ("date", "1985-03-12T10:30:00"),
        datetime.date(1900, 3, 1): ("date", "1900-03-01"),
        datetime.time(10, 30): "10:30:00",
        datetime.timedelta(hours=30, minutes=5): "30:05:00",
        "two\nlines": "two\nlines",
    }
    path = _workbook(tmp_path / "a.xlsx", {f"A{n}": value for n, value in enumerate(values, 1)})
    cells = [row[0] for row in _rows(path)]
    assert cells == list(values.values())
    assert [type(cell) for cell in cells] == [type(value) for value in values.values()]


def test_a_date_before_1900_is_not_believed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = -5
    book.active["A1"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "a.xlsx")
    assert _rows(tmp_path / "a.xlsx") == [[("unreadable", "00:00")]]


@pytest.mark.parametrize("number", [0, 1, 59, 60])
def test_the_first_days_of_1900_are_not_believed(tmp_path: Path, number: int) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = number
    book.active["A1"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "a.xlsx")
    (cell,) = _rows(tmp_path / "a.xlsx")[0]
    assert isinstance(cell, tuple)
    assert cell[0] == "unreadable"


def test_days_since_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active["A1"] = datetime.date(1985, 3, 12)
    book.save(tmp_path / "a.xlsx")
    assert _rows(tmp_path / "a.xlsx") == [[("date", "1985-03-12")]]


def test_hidden_rows_are_known_by_their_number(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("A & B")
    for row in range(1, 7):
        book["A & B"].append([f"row {row}"])
    book["A & B"].row_dimensions[3].hidden = True
    book["A & B"].row_dimensions[5].hidden = True
    book.save(tmp_path / "a.xlsx")
    with open_table_file(tmp_path / "a.xlsx") as file:
        assert [sheet.hidden_rows for sheet in file.sheets] == [[], [3, 5]]


def test_cells_merged_over_rows_say_the_same_in_each(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "City"], ["Ana", "Lyon"], ["Bo", None], ["Cy", "Nice"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C1:D1")
    book.save(tmp_path / "a.xlsx")
    assert [row[:2] for row in _rows(tmp_path / "a.xlsx")[1:]] == [["Ana", "Lyon"], ["Bo", "Lyon"], ["Cy", "Nice"]]


def test_infinite_numbers_are_not_believed(tmp_path: Path) -> None:
    path = packages.xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>inf</v></c><c r="B1"><v>1e300</v></c></row>')
    assert _rows(path) == [[("unreadable", "inf"), 1e300]]


def test_rows_and_columns_keep_their_place(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", {"C4": "Name", "C5": "Ann", "D5": 1, "C7": "Bob"})
    with open_table_file(path) as file:
        (sheet,) = file.sheets
        assert (sheet.first_row, sheet.rows, sheet.columns) == (4, 7, 4)
        assert sheet.sample[0] == [None, None, "Name", None]
        batches = list(file.rows(sheet))
    assert batches == [
        Batch(
            1,
            [
                [None] * 4,
                [None] * 4,
                [None] * 4,
                [None, None, "Name", None],
                [None, None, "Ann", 1],
                [None] * 4,
                [None, None, "Bob", None],
            ],
        )
    ]


def test_ods_rows_and_dates(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell/><table:table-cell office:value-type="date" '
        'office:date-value="1885-03-12"><text:p>12/03/85</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row>'
    )
    path = packages.ods(tmp_path / "a.ods", rows)
    assert _rows(path) == [[None] * 3, [None] * 3, [None] * 3, [None, ("date", "1885-03-12"), 7]]


def test_sheets_hidden_and_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Hidden").sheet_state = "hidden"
    book["Hidden"]["A1"] = "x"
    book.create_sheet("Very hidden").sheet_state = "veryHidden"
    book.create_sheet("Список")["B2"] = "y"
    book.save(tmp_path / "a.xlsx")
    with open_table_file(tmp_path / "a.xlsx") as file:
        found = [(sheet.name, sheet.hidden, sheet.rows, sheet.columns) for sheet in file.sheets]
        assert found == [
            ("Sheet", False, 0, 0),
            ("Hidden", True, 1, 1),
            ("Very hidden", True, 0, 0),
            ("Список", False, 2, 2),
        ]
        assert list(file.rows(file.sheets[0])) == []
        assert list(file.rows(file.sheets[3])) == [Batch(1, [[None, None], [None, "y"]])]


def test_batches_of_a_long_list_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\n" + "".join(f"{n}\n" for n in range(2, 5_002)), encoding="utf-8")
    with open_table_file(path) as file:
        (sheet,) = file.sheets
        assert len(sheet.sample) == tables.SAMPLE_ROWS
        batches = list(file.rows(sheet))
    assert [batch.first_row for batch in batches] == [1, 2_001, 4_001]
    assert batches[1].rows[0] == ["2001"]
    assert sum(len(batch.rows) for batch in batches) == sheet.rows == 5_001


def test_one_child_serves_a_file_and_is_replaced_when_left_halfway(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\n" + "1,2,3\n" * 50_000, encoding="utf-8")
    with open_table_file(path) as file:
        first = file._child.pid
        rows = file.rows(file.sheets[0])
        next(rows)
        assert file._child.pid == first
        rows.close()  # type: ignore[attr-defined]
        assert sum(len(batch.rows) for batch in file.rows(file.sheets[0])) == 50_001
        assert file._child.pid != first


def test_cancel_stops_the_reading(tmp_path: Path) -> None:
    path = packages.xlsx(tmp_path / "a.xlsx")
    progress = Recorded()
    progress.cancel()
    with pytest.raises(Cancelled):
        open_table_file(path, progress)
    progress = Recorded()
    with open_table_file(path, progress) as file:
        progress.cancel()
        with pytest.raises(Cancelled):
            list(file.rows(file.sheets[0], progress))
        assert not file._child.alive


def test_progress_counts_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\n" * 9_000, encoding="utf-8")
    progress = Recorded()
    with open_table_file(path, progress) as file:
        list(file.rows(file.sheets[0], progress))
    assert (progress.done, progress.total) == (9_000, 9_000)


def test_formatted_but_empty_cells_far_away_are_no_harm(tmp_path: Path) -> None:
    far = packages.TWO_ROWS + '<row r="1048576" ht="30"><c r="XFD1048576" s="0"/></row>'
    expected = [["Name", "City"], ["Ann", "Rome"]]
    assert _rows(packages.xlsx(tmp_path / "a.xlsx", far, '<dimension ref="A1:XFD1048576"/>')) == expected
    assert _rows(packages.xlsx(tmp_path / "b.xlsx", before='<dimension ref="A1:J9000"/>')) == expected


@pytest.mark.parametrize("quote", ["'", '"'])
def test_namespace_prefixes_and_quotes_do_not_matter(tmp_path: Path, quote: str) -> None:
    parts = packages.xlsx_parts(packages.TWO_ROWS)
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index("<worksheet")
    body = sheet[start:].replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + body.replace('"', quote)
    assert _rows(packages.write_package(tmp_path / "a.xlsx", parts)) == [["Name", "City"], ["Ann", "Rome"]]


def test_a_name_says_less_than_the_content(tmp_path: Path) -> None:
    workbook = packages.xlsx(tmp_path / "really-a-workbook.csv")
    assert _rows(workbook)[1] == ["Ann", "Rome"]
    text = tmp_path / "really-text.xls"
    text.write_text("Name\tCity\nAnn\tRome\n", encoding="utf-8")
    assert _rows(text)[1] == ["Ann", "Rome"]


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsm", "csv"])
def test_a_workbook_under_the_name_of_another_kind_is_read(tmp_path: Path, ending: str) -> None:
    assert _rows(packages.xlsx(tmp_path / f"a.{ending}"))[1] == ["Ann", "Rome"]


def test_an_unknown_sheet_is_refused(tmp_path: Path) -> None:
    path = packages.xlsx(tmp_path / "a.xlsx")
    with pytest.raises(BadFile, match="no sheet named Other"):
        list(child.run_guarded("rows", [str(path), "", "Other", 1]))


def test_a_relative_path_is_read_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages.xlsx(tmp_path / "a.xlsx")
    monkeypatch.chdir(tmp_path)
    assert len(_rows(Path("a.xlsx"))) == 2


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_text("City,Name\nRome,Ann\n")])
def test_a_file_that_changes_is_not_read_by_its_old_columns(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,City\nAnn,Rome,surplus\n")
    with open_table_file(path) as file:
        change(path)
        with pytest.raises(BadFile, match="changed or moved"):
            list(file.texts(file.sheets[0]))

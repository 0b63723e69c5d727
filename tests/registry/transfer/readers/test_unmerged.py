"""Large sheets without merged cells are read once, and say what they said."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import IO, cast

import pytest
from python_calamine import load_workbook

from registry.transfer.readers import unmerged
from registry.transfer.readers.packages import check_package
from registry.transfer.readers.table_files import open_table_file
from tests.registry.transfer.readers import packages

_PART = "xl/worksheets/sheet1.xml"


def _book(path: Path, rows: int, behind: str = "", *, streamed: bool = False) -> Path:
    """A workbook of so many rows; `streamed`: its parts' sizes stand behind them."""
    some = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Ann {n}</t></is></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, rows + 1)
    )
    sheet = packages.sheet_xml(some).replace("</sheetData>", f"</sheetData>{behind}")
    parts = packages.xlsx_parts() | {_PART: sheet}
    with path.open("wb") as file:
        target = cast("IO[bytes]", _Unseekable(file)) if streamed else file
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            package.comment = b"made by hand"
            for name, content in parts.items():
                package.writestr(name, content)
    return path


class _Unseekable:
    """A pipe: what was written cannot be corrected."""

    def __init__(self, file: io.BufferedWriter) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


@pytest.mark.parametrize("streamed", [False, True])
def test_a_large_sheet_is_the_same_behind_an_empty_list(tmp_path: Path, streamed: bool) -> None:
    content = _book(tmp_path / "a.xlsx", 12_000, streamed=streamed).read_bytes()
    parts = check_package(io.BytesIO(content)).unmerged
    assert set(parts) == {_PART}
    anew = unmerged.begun_anew(content, parts)
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(anew) as after:
        assert after.testzip() is None
        assert after.namelist() == before.namelist()
        assert after.comment == before.comment
        for name in before.namelist():
            beginning = b'<mergeCells xml:id="abovceee"></mergeCells>' if name == _PART else b""
            assert after.read(name) == beginning + before.read(name)
        assert zlib.crc32(after.read(_PART)) == after.getinfo(_PART).CRC
    anew.seek(0)
    one, other = (load_workbook(io.BytesIO(book)).get_sheet_by_index(0) for book in (content, anew.getvalue()))
    assert one.to_python() == other.to_python()
    assert (one.start, one.end, one.merged_cell_ranges) == (other.start, other.end, other.merged_cell_ranges)
    with open_table_file(tmp_path / "a.xlsx") as file:
        rows = [row for batch in file.rows(file.sheets[0]) for row in batch.rows]
    assert rows == [[f"Ann {number}", number] for number in range(1, 12_001)]


def test_merged_cells_of_a_large_sheet_are_found(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", 12_000, '<mergeCells count="1"><mergeCell ref="A11999:A12000"/></mergeCells>')
    assert not check_package(path).unmerged
    assert load_workbook(str(path)).get_sheet_by_index(0).merged_cell_ranges == [((11_998, 0), (11_999, 0))]


def test_a_small_sheet_is_left_as_it_is(tmp_path: Path) -> None:
    assert not check_package(_book(tmp_path / "a.xlsx", 100)).unmerged

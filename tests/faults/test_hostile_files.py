"""Bombs, far cells and disguises: each ends in its sentence, soon, and the parent goes on."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msoffcrypto  # type: ignore[import-untyped]
import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

from registry.errors import BadFile
from registry.transfer.readers import child, preflight
from registry.transfer.readers.table_files import open_table_file
from tests.faults.bounds import read_all, soon
from tests.registry.transfer.readers import packages
from tests.registry.transfer.readers.packages import ODS_CELL, ODS_ROW, TWO_ROWS, sheet_xml, write_package, xlsx_parts

_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"


def _far(place: str) -> Callable[[Path], Path]:
    row = re.sub("[A-Z]+", "", place)
    cell = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    return lambda path: packages.xlsx(path, TWO_ROWS + cell)


def _with_part(name: str, content: str | bytes) -> Callable[[Path], Path]:
    return lambda path: write_package(path, xlsx_parts() | {name: content})


def _doctype(entities: str, use: str) -> Callable[[Path], Path]:
    rows = TWO_ROWS.replace("Ann", use)
    return lambda path: packages.xlsx(path, rows, prologue=f"<!DOCTYPE x [{entities}]>")


def _laughs(depth: int) -> str:
    return '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, depth + 1)
    )


def _cells(count: int) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        row = f"<row>{'<c><v>1</v></c>' * 500}</row>"
        return packages.xlsx(path, row * (count // 500))

    return write


def _many_sheets(count: int) -> str:
    sheets = "".join(f'<sheet name="L{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(count))
    return xlsx_parts()[_BOOK].replace("</sheets>", f"{sheets}</sheets>")


def _zeros(path: Path) -> Path:
    write_package(path, xlsx_parts())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/media/a.bin", "w") as part:
        for _megabyte in range(510):
            part.write(bytes(1_000_000))
    return path


def _twins(path: Path) -> Path:
    write_package(path, xlsx_parts() | {"xl/worksheets/SHEET1.xml": sheet_xml("")})
    return path


def _locked_zip(path: Path) -> Path:
    content = bytearray(write_package(path, xlsx_parts()).read_bytes())
    for entry in re.finditer(b"PK\x01\x02", bytes(content)):
        content[entry.start() + 8] |= 1
    path.write_bytes(content)
    return path


def _two_headers(path: Path) -> Path:
    content = write_package(path, xlsx_parts()).read_bytes()
    path.write_bytes(content.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml", 1))
    return path


def _password(path: Path) -> Path:
    plain, locked = BytesIO(packages.xlsx(path).read_bytes()), BytesIO()
    OOXMLFile(plain).encrypt("secret", locked)
    path.write_bytes(locked.getvalue())
    assert msoffcrypto.OfficeFile(BytesIO(locked.getvalue())).is_encrypted()
    return path


def _cut(path: Path) -> Path:
    content = packages.xlsx(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def _sparse(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b"Name,City\n")
        file.truncate(preflight.FILE_BYTES + 1)
    return path


def _bytes(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def _no_sheet(path: Path) -> Path:
    parts = xlsx_parts()
    parts["xl/workbook.xml"] = re.sub("<sheet .*?/>", "", parts["xl/workbook.xml"])
    return write_package(path, parts)


def _document(path: Path) -> Path:
    types = xlsx_parts()["[Content_Types].xml"]
    return write_package(path, {"[Content_Types].xml": types, "word/document.xml": "<w:document/>"})


def _cut_short(path: Path) -> Path:
    """A sheet whose content ends in the middle of its table."""
    with zipfile.ZipFile(packages.ods(path)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.partition(b"</table:table>")[0])
    return path


def _ods(rows: str, manifest: str = "") -> Callable[[Path], Path]:
    return lambda path: packages.ods(path, rows, manifest)


_REPEATED = '<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'

#: Name of the file -> how it is made, and the sentence that refuses it (None: any).
_REFUSED: dict[str, tuple[Callable[[Path], Path], str | None]] = {
    "last cell.xlsx": (_far("XFD1048576"), preflight.TOO_MANY_COLUMNS),
    "last row.xlsx": (_far("A1048576"), preflight.ROWS_MISSING),
    "last row, wide.xlsx": (_far("CV1048576"), preflight.ROWS_MISSING),
    "last column.xlsx": (_far("AAA3"), preflight.TOO_MANY_COLUMNS),
    "row 2^32.xlsx": (_far("A4294967295"), preflight.SUSPICIOUS),
    "declared rows.xlsx": (
        lambda path: packages.xlsx(path, before='<dimension ref="A1:XFD1048576"/>'),
        preflight.ROWS_MISSING,
    ),
    "empty rows.xlsx": (
        lambda path: packages.xlsx(path, TWO_ROWS + "".join(f'<row r="{n}"/>' for n in range(3, 1_048_577))),
        preflight.ROWS_MISSING,
    ),
    "unique count 2^32.xlsx": (
        _with_part(_STRINGS, packages.shared_strings(["a"], 'count="1" uniqueCount="4294967295"')),
        preflight.SUSPICIOUS,
    ),
    "unique count 2^64.xlsx": (
        _with_part(_STRINGS, packages.shared_strings(["a"], 'uniqueCount="18446744073709551615"')),
        preflight.SUSPICIOUS,
    ),
    "laughs 10^6.xlsx": (_doctype(_laughs(6), "&a6;"), preflight.SUSPICIOUS),
    "laughs 10^9.xlsx": (_doctype(_laughs(9), "&a9;"), preflight.SUSPICIOUS),
    "quadratic.xlsx": (_doctype(f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 20_000), preflight.SUSPICIOUS),
    "local file.xlsx": (_doctype('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), preflight.SUSPICIOUS),
    "address.xlsx": (_doctype('<!ENTITY a SYSTEM "http://localhost/">', "&a;"), preflight.SUSPICIOUS),
    "many cells.xlsx": (_cells(preflight.CELLS + 1_000), preflight.TOO_MANY_CELLS),
    "unpacks to 510 MB.xlsx": (_zeros, preflight.SUSPICIOUS),
    "long text.xlsx": (
        lambda path: packages.xlsx(path, TWO_ROWS.replace("Ann", "a" * 5_000_000)),
        preflight.LONG_CELL,
    ),
    "32,768 characters.xlsx": (
        lambda path: packages.xlsx(path, TWO_ROWS.replace("Ann", "a" * 32_768)),
        preflight.LONG_CELL,
    ),
    "string out of range.xlsx": (
        lambda path: packages.xlsx(path, '<row r="1"><c r="A1" t="s"><v>4000000</v></c></row>'),
        None,
    ),
    "utf-16.xlsx": (_with_part(_SHEET, sheet_xml(TWO_ROWS).encode("utf-16")), preflight.DAMAGED),
    "many parts.xlsx": (
        lambda path: write_package(path, xlsx_parts() | {f"xl/p{n}.xml": "<a/>" for n in range(3_000)}),
        preflight.SUSPICIOUS,
    ),
    "twin parts.xlsx": (_twins, preflight.DAMAGED),
    "twin parts, one in Windows's writing.xlsx": (
        _with_part("xl\\worksheets\\sheet1.xml", sheet_xml(TWO_ROWS)),
        preflight.DAMAGED,
    ),
    "one part, many sheets.xlsx": (
        lambda path: write_package(path, xlsx_parts() | {_BOOK: _many_sheets(preflight.PARTS + 1)}),
        preflight.SUSPICIOUS,
    ),
    "two headers.xlsx": (_two_headers, preflight.DAMAGED),
    "no sheet.xlsx": (_no_sheet, preflight.NO_SHEET),
    "no rows.xlsx": (lambda path: packages.xlsx(path, ""), preflight.EMPTY),
    "binary workbook.xlsb": (_with_part("xl/workbook.bin", b"\0"), preflight.OTHER_FORMAT),
    "password.xlsx": (_password, preflight.NEEDS_PASSWORD),
    "locked zip.xlsx": (_locked_zip, preflight.PROTECTED),
    "password.ods": (_ods(ODS_ROW, "<manifest:encryption-data/>"), preflight.NEEDS_PASSWORD),
    "cut.xlsx": (_cut, preflight.DAMAGED),
    "word.xlsx": (_document, preflight.NOT_A_LIST),
    "word.doc": (_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)), preflight.NOT_A_LIST),
    "page.xls": (_bytes(b"\xef\xbb\xbf\r\n<html><table><tr><td>Name</td></tr>"), preflight.WEB_PAGE),
    "page.csv": (_bytes("\ufeff<!DOCTYPE html><p>Name".encode("utf-16-le")), preflight.WEB_PAGE),
    "xml.xls": (_bytes(b'<?xml version="1.0"?><Workbook/>'), preflight.WEB_PAGE),
    "print.xlsx": (_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), preflight.DAMAGED),
    "text.xlsx": (_bytes(b"this is not a workbook"), preflight.NOT_A_LIST),
    "picture.csv": (_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), preflight.NOT_A_LIST),
    "broken.xls": (_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le") * 500), None),
    "nothing.xlsx": (_bytes(b""), preflight.EMPTY),
    "blanks.csv": (_bytes(b"\r\n \r\n"), preflight.EMPTY),
    "large.csv": (_sparse, preflight.TOO_LARGE),
    "wide.csv": (_bytes(b"," * preflight.COLUMNS), preflight.TOO_MANY_COLUMNS),
    "long.csv": (_bytes(b"Name\n" + b"a" * 40_000), preflight.LONG_CELL),
    "zero byte.csv": (_bytes(b"Name,City\nAnn\0,Rome\n"), preflight.NOT_A_LIST),
    "far row.ods": (
        _ods(ODS_ROW + _REPEATED.format(rows=1_048_000, cells="<table:table-cell/>") + ODS_ROW),
        preflight.ROWS_MISSING,
    ),
    "repeated row.ods": (_ods(_REPEATED.format(rows=1_048_576, cells=ODS_CELL)), preflight.ROWS_MISSING),
    "cut short.ods": (_cut_short, preflight.DAMAGED),
    "repeated cell.ods": (
        _ods(ODS_ROW.replace("table-cell ", 'table-cell table:number-columns-repeated="16384" ', 1)),
        preflight.TOO_MANY_COLUMNS,
    ),
}


@pytest.mark.parametrize("name", _REFUSED)
def test_hostile_files_are_refused_with_their_reason(name: str, tmp_path: Path) -> None:
    make, message = _REFUSED[name]
    path = make(tmp_path / name)
    with soon(), pytest.raises(BadFile) as refusal:
        open_table_file(path)
    assert message is None or refusal.value.message == message
    assert str(refusal.value).endswith(".")
    assert "{" not in str(refusal.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, message in {
        tmp_path: preflight.FOLDER,
        tmp_path / "missing.xlsx": preflight.MISSING,
        tmp_path / "a\0b.xlsx": preflight.UNREADABLE,
        Path(os.devnull): preflight.NOT_A_LIST,
    }.items():
        with soon(), pytest.raises(BadFile) as refusal:
            open_table_file(path)
        assert refusal.value.message == message


_MERGED = "<mergeCells>" + '<mergeCell ref="A5:B9"/>' * 1_000_000 + "</mergeCells>"
#: Large or strange, but they hold two rows and no more.
_HARMLESS: dict[str, Callable[[Path], Path]] = {
    "10 million empty cells": lambda path: packages.xlsx(path, TWO_ROWS + f"<row r='3'>{'<c/>' * 10_000_000}</row>"),
    "a million merged ranges": lambda path: write_package(
        path,
        xlsx_parts() | {_SHEET: sheet_xml(TWO_ROWS).replace("</worksheet>", f"{_MERGED}</worksheet>")},
    ),
    "deep elements": lambda path: packages.xlsx(
        path, TWO_ROWS + "<row>" + "<x>" * 100_000 + "</x>" * 100_000 + "</row>"
    ),
    "drawing with a document type": _with_part("xl/media/logo.svg", '<!DOCTYPE svg PUBLIC "x" "y"><svg/>'),
}


@pytest.mark.parametrize("name", _HARMLESS)
def test_strange_but_harmless_workbooks_areread_all(name: str, tmp_path: Path) -> None:
    path = _HARMLESS[name](tmp_path / "a.xlsx")
    with soon():
        assert [row[:2] for row in read_all(path)] == [["Name", "City"], ["Ann", "Rome"]]


@pytest.mark.parametrize("place", ["XFD1048576", "A4294967295"])
def test_without_preflight_the_child_dies_and_the_parent_lives(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sys; sys.path[:] = sys.argv[1:]; from registry.transfer.readers import child, packages, preflight; "
        "packages.check_package = lambda path: packages.Package(preflight.ROWS); child.serve_and_exit()"
    )
    executable, isolated, without_site, option, _source, *paths = child._command()
    command = [executable, isolated, without_site, option, program, *paths]
    monkeypatch.setattr(child, "_command", lambda: command)
    path = _far(place)(tmp_path / "a.xlsx")
    with soon(), pytest.raises(BadFile) as refusal:
        open_table_file(path)
    assert refusal.value.message not in (preflight.TOO_MANY_COLUMNS, preflight.SUSPICIOUS)

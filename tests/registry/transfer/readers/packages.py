"""Workbooks written part by part, so that a test can make any of them wrong."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: A header row and one person, for `xlsx`.
TWO_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>City</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="B2" t="inlineStr"><is><t>Rome</t></is></c></row>'
)
#: One cell and one row of a table, for `ods`.
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>Ann</text:p></table:table-cell>'
ODS_ROW = f"<table:table-row>{ODS_CELL}{ODS_CELL}</table:table-row>"


def sheet_xml(rows: str, before: str = "", prologue: str = "") -> str:
    """A worksheet part with these `<row>` elements."""
    return f'{_XML}{prologue}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def xlsx_parts(rows: str = TWO_ROWS) -> dict[str, str]:
    """The parts of the smallest workbook: name -> content."""
    types = "application/vnd.openxmlformats"
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{types}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}-officedocument.spreadsheetml.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": shared_strings(["Unused"]),
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }


def shared_strings(texts: list[str], attributes: str = "") -> str:
    """A shared strings part."""
    return f'{_XML}<sst xmlns="{_MAIN}" {attributes}>{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'


def write_package(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip file of these parts, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def xlsx(path: Path, rows: str = TWO_ROWS, before: str = "", prologue: str = "") -> Path:
    """A workbook of one sheet, "List", with these `<row>` elements."""
    return write_package(path, xlsx_parts() | {"xl/worksheets/sheet1.xml": sheet_xml(rows, before, prologue)})


def ods(path: Path, rows: str = ODS_ROW, manifest: str = "") -> Path:
    """An OpenDocument spreadsheet of one table, "List", with these `<table:table-row>` elements."""
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'{_XML}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>{manifest}</manifest:manifest>',
        "content.xml": f'{_XML}<office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>",
    }
    return write_package(path, parts)


_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(path: Path) -> Path:
    """An .xls (BIFF8) of one sheet, "List": names, and cities that are formulas; its second row is hidden."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    end, name = _record(0x000A, b""), b"List"
    listed = _record(0x0085, struct.pack("<IHBB", len(begin) + 12 + len(name) + len(end), 0, len(name), 0) + name)
    hidden = _record(0x0208, struct.pack("<HHHHHHI", 1, 0, 2, 255, 0, 0, 0x20))
    cells = _label(0, 0, "Name") + _label(0, 1, "City") + _label(1, 0, "Ann")
    # What a formula came to, when it is text, stands in a record of its own (MS-XLS 2.5.133).
    came_to = b"\0\0\0\0\0\0\xff\xff"
    formula = _record(0x0006, struct.pack("<HHH", 1, 1, 0) + came_to + struct.pack("<HIH", 0, 0, 0))
    text = _record(0x0207, struct.pack("<HB", 4, 0) + b"Rome")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    path.write_bytes(_container("Workbook", begin + listed + end + sheet + hidden + cells + formula + text + end))
    return path


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def _container(name: str, stream: bytes) -> bytes:
    """An OLE container (MS-CFB) of one stream: its table of sectors, its directory, and the stream."""
    stream = stream.ljust(4_096, b"\0")  # shorter ones would stand elsewhere
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    table = [_TABLE, _END, *range(3, count + 2), _END]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4_096, _END, 0, _END, 0) + struct.pack("<I", 0) + b"\xff" * 432
    entries = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(stream)) + _entry("", 0, _FREE, 0, 0) * 2
    )
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    return header + sectors + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    told = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2 if name else 0, kind, 1)
    return told + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", start, size)

"""Workbooks written part by part, so that a test can make any of them wrong."""

from __future__ import annotations

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

"""Rows into files: a streaming .xlsx writer in which text stays text, and .csv that no program computes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Protocol
from xml.sax.saxutils import escape

from registry.errors import Invalid
from registry.i18n import N_
from registry.transfer.cells import column_letter
from registry.transfer.safe_text import guarded

OTHER_ENDING = N_("A list can be written as .xlsx or .csv. Give the file one of these endings.")
#: ECMA-376 part 1, 18.3.1.73 and the limits of spreadsheet programs.
_MOST_ROWS = 1_048_576
TOO_MANY_ROWS = N_("A worksheet holds at most {rows} rows. Export fewer records, or to .csv.")

#: What XML 1.0 can't hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NEEDS_ESCAPE = re.compile("[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
#: Spreadsheet programs take `_x0041_` for a letter (ECMA-376 part 1, 22.9.2.19), so such text has its own mark coded.
_LOOKS_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Cell = str | int

_TEXT, _HEADER = 1, 2
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Format 49 is "@", text: what is typed over a phone number or a postcode stays as typed.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class ListWriter(Protocol):
    """Takes a list row by row; `close` completes the file."""

    def header(self, labels: Sequence[str], names: Sequence[str]) -> None:
        """Write what stands above the columns: labels for people, canonical names for the way back."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one record."""

    def close(self) -> None:
        """Write what is still due."""


def writer_for(path: Path, file: IO[bytes], sheet: str) -> ListWriter:
    """The writer for a file's ending; raises `Invalid` for any but .xlsx and .csv."""
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        return XlsxWriter(file, sheet)
    if ending == ".csv":
        return CsvWriter(file)
    raise Invalid(OTHER_ENDING)


def check_ending(path: Path) -> None:
    """Raise `Invalid` before any work for an ending that can't be written."""
    if path.suffix.casefold() not in (".xlsx", ".csv"):
        raise Invalid(OTHER_ENDING)


class CsvWriter:
    """UTF-8 with mark, commas, RFC 4180; canonical names above; cells that look like formulas stand behind '."""

    def __init__(self, file: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
        self._csv = csv.writer(self._text, lineterminator="\r\n")

    def header(self, labels: Sequence[str], names: Sequence[str]) -> None:
        """Write the canonical names."""
        del labels
        self._csv.writerow(names)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one record."""
        self._csv.writerow([guarded(c) if type(c) is str else c for c in cells])

    def close(self) -> None:
        """Hand the last rows to the file, which stays open."""
        self._text.flush()
        self._text.detach()


class XlsxWriter:
    """One worksheet, streamed: text cells typed as text, labels above, canonical names in a hidden second row."""

    def __init__(self, file: IO[bytes], sheet: str) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        for name, content in _PARTS.items():
            self._zip.writestr(name, _HEAD + content)
        title = escape(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31] or "Sheet", {'"': "&quot;"})
        self._zip.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f'<sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        self._sheet = self._zip.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._rows = 0
        self._letters: list[str] = []
        self._waiting: list[str] = []

    def header(self, labels: Sequence[str], names: Sequence[str] = ()) -> None:
        """Write the labels and, if there are names, those below in a hidden row."""
        frozen = 2 if names else 1
        self._letters = [column_letter(i) for i in range(len(labels))]
        widths = "".join(
            f'<col min="{i}" max="{i}" width="{min(max(len(label) + 3, 12), 40)}" style="{_TEXT}" customWidth="1"/>'
            for i, label in enumerate(labels, 1)
        )
        self._waiting.append(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        )
        self._line(labels, _HEADER)
        if names:
            self._line(names, _TEXT, ' hidden="1"')

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one record."""
        self._line(cells, _TEXT)

    def rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write records."""
        for cells in rows:
            self._line(cells, _TEXT)

    def close(self) -> None:
        """Complete the workbook; the file stays open."""
        self._waiting.append("</sheetData></worksheet>")
        self._flush()
        self._sheet.close()
        self._zip.close()

    def _line(self, cells: Sequence[Cell], style: int, attributes: str = "") -> None:
        self._rows += 1
        number = self._rows
        if number > _MOST_ROWS:
            raise Invalid(TOO_MANY_ROWS, rows=_MOST_ROWS)
        parts = [f'<row r="{number}"{attributes}>']
        for letter, cell in zip(self._letters, cells, strict=True):
            if cell == "":
                continue
            if type(cell) is str:
                text = _escaped(cell) if _NEEDS_ESCAPE.search(cell) else cell
                parts.append(
                    f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
                )
            else:
                parts.append(f'<c r="{letter}{number}"><v>{cell}</v></c>')
        parts.append("</row>")
        self._waiting.append("".join(parts))
        if len(self._waiting) >= 500:
            self._flush()

    def _flush(self) -> None:
        self._sheet.write("".join(self._waiting).encode())
        self._waiting.clear()


def _escaped(text: str) -> str:
    # A carriage return would be read back as a line feed (XML 1.0, 2.11).
    plain = _LOOKS_CODED.sub("_x005F_", _IMPOSSIBLE.sub("", text))
    return escape(plain).replace("\r", "&#13;")

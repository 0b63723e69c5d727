"""An .ods workbook (ODF 1.3) streamed sheet by sheet: text as text, numbers and dates as such, heading frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED

from registry.errors import Invalid
from registry.transfer.export.package import Package
from registry.transfer.export.workbook import IMPOSSIBLE, MOST_ROWS, TOO_MANY_ROWS, Cell, Column
from registry.transfer.readers.cells import column_letter

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = "".join(
    f' xmlns:{name}="{_ODF}:{urn}"'
    for name, urn in (
        ("office", "office:1.0"),
        ("table", "table:1.0"),
        ("text", "text:1.0"),
        ("style", "style:1.0"),
        ("number", "datastyle:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
    )
)
_STYLES = (
    '<office:automatic-styles><number:date-style style:name="N1"><number:year number:style="long"/><number:text>-'
    '</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    '</number:date-style><number:text-style style:name="N2"><number:text-content/></number:text-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="text" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="head" style:family="table-cell" style:data-style-name="N2">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
)
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
#: Spaces that XML would lose, which ODF writes as elements (part 3, 6.1.2).
_LOST = re.compile(r"^ | $|  |\t")
_TOGETHER = 500


@dataclass(frozen=True)
class _Sheet:
    title: str
    width: int
    frozen: int


class OdsBook:
    """Sheets one after the other, as `Workbook`: `sheet` begins one, `row` adds to it, `close` completes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = Package(file)
        self._zip.writestr("mimetype", _TYPE, ZIP_STORED)
        self._part = self._zip.open("content.xml", "w", force_zip64=True)
        self._sheets: list[_Sheet] = []
        self._rows: list[int] = []
        self._waiting: list[str] = []
        self._write(
            f'{_HEAD}<office:document-content{_SPACES} office:version="1.3">{_STYLES}<office:body><office:spreadsheet>'
        )

    def sheet(
        self, title: str, columns: Sequence[Column], names: Sequence[str] = (), *, footer: str | None = None
    ) -> None:
        """Begin a sheet with its frozen heading; `names` stand above the labels in a hidden row."""
        del footer
        self._end()
        cut = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31]
        self._sheets.append(_Sheet(cut, len(columns), 2 if names else 1))
        self._rows.append(0)
        self._write(f'<table:table table:name="{escape(cut, _QUOTED)}">')
        self._write(f'<table:table-column table:number-columns-repeated="{len(columns)}"/>')
        if names:
            self._line(names, "text", ' table:visibility="collapse"')
        self._line([column.label for column in columns], "head")

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one line."""
        self._line(cells, "text")

    def rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write lines."""
        for cells in rows:
            self.row(cells)

    def columns(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write lines given by column; of each distinct cell the markup is made once."""
        self._count(len(columns[0]))
        made = [[*map(_Cells("text").__getitem__, cells)] for cells in columns]
        for parts in zip(*made, strict=True):
            self._write(f"<table:table-row>{''.join(parts)}</table:table-row>")

    def close(self) -> None:
        """Complete the workbook; the file stays open."""
        self._end()
        ranges = "".join(
            f'<table:database-range table:name="__Anonymous_Sheet_DB__{place}" table:display-filter-buttons="true" '
            f"table:target-range-address=\"'{escape(sheet.title, _QUOTED)}'.A{sheet.frozen}:"
            f"'{escape(sheet.title, _QUOTED)}'.{column_letter(sheet.width - 1)}{rows}\"/>"
            for place, (sheet, rows) in enumerate(zip(self._sheets, self._rows, strict=True))
        )
        self._write(f"<table:database-ranges>{ranges}</table:database-ranges>")
        self._write("</office:spreadsheet></office:body></office:document-content>")
        self._write_waiting()
        self._part.close()
        self._zip.writestr("settings.xml", _HEAD + self._settings())
        self._zip.writestr("META-INF/manifest.xml", _HEAD + _MANIFEST)
        self._zip.close()

    def _line(self, cells: Sequence[Cell], style: str, attributes: str = "") -> None:
        self._count(1)
        self._write(f"<table:table-row{attributes}>{''.join([_cell(cell, style) for cell in cells])}</table:table-row>")

    def _count(self, rows: int) -> None:
        self._rows[-1] += rows
        if self._rows[-1] > MOST_ROWS:
            raise Invalid(TOO_MANY_ROWS, rows=MOST_ROWS)

    def _write(self, text: str) -> None:
        self._waiting.append(text)
        if len(self._waiting) == _TOGETHER:
            self._write_waiting()

    def _write_waiting(self) -> None:
        self._part.write("".join(self._waiting).encode())
        self._waiting.clear()

    def _end(self) -> None:
        if self._sheets:
            self._write("</table:table>")

    def _settings(self) -> str:
        views = "".join(
            f'<config:config-item-map-entry config:name="{escape(sheet.title, _QUOTED)}">'
            '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
            f'<config:config-item config:name="VerticalSplitPosition" config:type="int">{sheet.frozen}'
            '</config:config-item><config:config-item config:name="PositionBottom" config:type="int">'
            f"{sheet.frozen}</config:config-item></config:config-item-map-entry>"
            for sheet in self._sheets
        )
        return (
            f'<office:document-settings xmlns:office="{_ODF}:office:1.0" xmlns:config="{_ODF}:config:1.0" '
            'office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings">'
            '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
            f'<config:config-item-map-named config:name="Tables">{views}</config:config-item-map-named>'
            "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
            "</office:settings></office:document-settings>"
        )


_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


class _Cells(dict[Cell, str]):
    """The markup of each distinct cell of one style."""

    def __init__(self, style: str) -> None:
        self._style = style

    def __missing__(self, cell: Cell) -> str:
        made = self[cell] = _cell(cell, self._style)
        return made


def _cell(cell: Cell, style: str) -> str:
    if type(cell) is str:
        if not cell:
            return "<table:table-cell/>"
        plain = IMPOSSIBLE.sub("", cell)
        lines, kept = plain.split("\n"), ""
        if "\r" in plain or any(map(_LOST.search, lines)):
            # What spaces there are says the attribute; the paragraphs are for the eye then. Lines alone are paragraphs:
            # LibreOffice keeps those, but not the end of a line in an attribute in a way that readers know.
            kept = f' office:string-value="{escape(plain, _QUOTED)}"'
        shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="string"{kept}>{shown}</table:table-cell>'
        )
    if isinstance(cell, date):
        day = cell.isoformat()
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{day}">'
            f"<text:p>{day}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )

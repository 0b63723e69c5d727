"""An .xlsx workbook streamed sheet by sheet: text typed as text, numbers and dates as such, ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import IO, cast
from xml.sax.saxutils import escape

from registry.errors import Invalid
from registry.i18n import N_
from registry.transfer.export.package import Package
from registry.transfer.readers.cells import column_letter

#: ECMA-376 part 1, 18.3.1.73 and the limits of spreadsheet programs.
MOST_ROWS = 1_048_576
TOO_MANY_ROWS = N_("A worksheet holds at most {rows} rows. Export fewer records, or to .csv.")

#: What XML 1.0 can't hold.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: What is escaped, and the underscore with which a code could begin: one class of signs, which is found fastest.
_NEEDS_CARE = re.compile("[&<>_\x00-\x1f\ufffe\uffff\ud800-\udfff]")
#: Spreadsheet programs take `_x0041_` for a letter (ECMA-376 part 1, 22.9.2.19), so such text has its own mark coded.
_LOOKS_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Cell = str | int | date

#: Points that a row can be high.
_HIGHEST = 409
#: Characters beside each other that a landscape page shows legibly; a wider sheet goes on the next page.
_PAGE_WIDTH = 200

#: Days of spreadsheet programs are counted from here; before March 1900 theirs are not those of the calendar.
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)

_TEXT, _HEADER, _DATE, _WRAPPED, _TOTAL_TEXT, _TOTAL, _PRINTED_HEADER = 1, 2, 3, 4, 5, 6, 7
#: Between the style of a cell and a text that stands in it; the second says that spaces at its ends stay.
_INLINE, _SPACED = '" t="inlineStr"><is><t>', '" t="inlineStr"><is><t xml:space="preserve">'
_INLINE_END = "</t></is></c>"
#: Between two texts, to see whether one of them has spaces at its ends; a text that holds it loses nothing.
_EDGE = "\x7f"
#: The style of a number.
_PLAIN = ' s="0"'
#: Lines written at once.
_TOGETHER = 500
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FIXED_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    # Format 49 is "@", text: what is typed over a phone number or a postcode stays as typed. 14 is the reader's date.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE1E6EB"/><bgColor indexed="64"/></patternFill></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
    'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Shared(dict[str, str]):
    """Texts kept once, in order -> the end of a cell that refers to one."""

    def __missing__(self, text: str) -> str:
        end = self[text] = f'" t="s"><v>{len(self)}</v></c>'
        return end


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        label: its heading.
        width: in characters; 0 = after the label.
        wrapped: long texts are broken into lines.
        repeating: many cells share its texts, of a vocabulary; each is kept once for the whole workbook: less to write
            and to load.
    """

    label: str
    width: int = 0
    wrapped: bool = False
    repeating: bool = False


@dataclass(frozen=True)
class _Sheet:
    """A sheet that was begun: what the workbook says of it at the end."""

    title: str
    last_letter: str
    frozen: int
    footer: str | None
    pages: int

    @property
    def where(self) -> str:
        """As a reference names it."""
        return "'" + escape(self.title).replace("'", "''") + "'!"

    @property
    def repeated(self) -> str:
        """What stands on each page: the heading, and on several beside each other the first two columns."""
        columns = f"{self.where}$A:$B," if self.pages > 1 else ""
        return f"{columns}{self.where}$1:${self.frozen}"


class Workbook:
    """Sheets one after the other: `sheet` begins one and ends the one before, `row` adds to it, `close` completes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = Package(file)
        for name, content in _FIXED_PARTS.items():
            self._zip.writestr(name, _HEAD + content)
        self._sheets: list[_Sheet] = []
        self._part: IO[bytes] | None = None
        self._filtered: list[int] = []
        self._totals = 0
        self._rows = 0
        self._starts: list[str] = []
        self._styles: list[int] = []
        self._repeating: list[bool] = []
        self._wrapping: list[tuple[int, int]] = []
        self._waiting: list[Sequence[Cell]] = []
        self._shared = _Shared()

    def sheet(
        self, title: str, columns: Sequence[Column], names: Sequence[str] = (), *, footer: str | None = None
    ) -> None:
        """Begin a sheet with its frozen heading.

        Args:
            title: on its tab; cut to what programs allow.
            names: written above the labels in a hidden row, so that filters and sorting leave them where they are.
            footer: with one, the sheet has a filter and prints on landscape pages, as few beside each other as can
                be read, its heading on each.
        """
        self._end()
        frozen = 2 if names else 1
        letters = [column_letter(i) for i in range(len(columns))]
        self._starts = [f'<c r="{letter}' for letter in letters]
        self._styles = [_WRAPPED if c.wrapped else _TEXT for c in columns]
        self._repeating = [c.repeating for c in columns]
        widths = [c.width or min(max(len(c.label) + 3, 12), 40) for c in columns]
        self._wrapping = [(i, widths[i]) for i, c in enumerate(columns) if c.wrapped]
        pages = -(-sum(widths) // _PAGE_WIDTH)
        self._sheets.append(_Sheet(self._free(title), letters[-1], frozen, footer, pages))
        self._part = self._zip.open(f"xl/worksheets/sheet{len(self._sheets)}.xml", "w", force_zip64=True)
        sized = "".join(
            f'<col min="{i}" max="{i}" width="{width}" style="{_TEXT}" customWidth="1"/>'
            for i, width in enumerate(widths, 1)
        )
        fitting = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if footer is not None else ""
        self._write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}">{fitting}<sheetViews><sheetView workbookViewId="0">'
            f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
            f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{sized}</cols><sheetData>'
        )
        if names:
            self._line(names, [_TEXT] * len(names), attributes=' hidden="1"')
        header = _HEADER if footer is None else _PRINTED_HEADER
        labels = [c.label for c in columns]
        self._line(labels, [header] * len(columns), attributes=_height(labels, enumerate(widths)) if footer else "")

    def row(self, cells: Sequence[Cell], *, total: bool = False) -> None:
        """Write one line; totals come last, in bold letters, and no filter touches them."""
        if total:
            self._write_waiting()
            self._totals += 1
            self._line(cells, [_TOTAL_TEXT] * len(cells), f' s="{_TOTAL}"')
            return
        self._waiting.append(cells)
        if len(self._waiting) == _TOGETHER:
            self._write_waiting()

    def rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write lines."""
        for cells in rows:
            self.row(cells)

    def columns(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write lines given by column: what a column is like has to be asked once, not at each cell."""
        self._write_waiting()
        numbers = self._numbered(len(columns[0]))
        heights = [_height(cells, self._wrapping) for cells in zip(*columns, strict=True)] if self._wrapping else ()
        heads = [f'<row r="{number}"{height}>' for number, height in zip_longest(numbers, heights, fillvalue="")]
        made = [
            _column(start, numbers, cells, f'" s="{style}', shared=self._shared if repeating else None)
            for start, cells, style, repeating in zip(self._starts, columns, self._styles, self._repeating, strict=True)
        ]
        self._write("</row>".join([*map("".join, zip(heads, *made, strict=True)), ""]))

    def close(self) -> None:
        """Complete the workbook; the file stays open."""
        self._end()
        parts = {
            "[Content_Types].xml": _content_types(len(self._sheets)),
            "xl/_rels/workbook.xml.rels": _relationships(len(self._sheets)),
            "xl/workbook.xml": self._contents(),
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(self._shared)}">{self._texts()}</sst>',
        }
        for name, content in parts.items():
            self._zip.writestr(name, _HEAD + content)
        self._zip.close()

    def _free(self, title: str) -> str:
        """A title that programs take: no sign that they forbid, not too long, not twice."""
        cut = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "Sheet"
        used = {sheet.title.casefold() for sheet in self._sheets}
        return cut if cut.casefold() not in used else f"{cut[:27]} {len(used) + 1}"

    def _end(self) -> None:
        if self._part is None:
            return
        self._write_waiting()
        sheet, last = self._sheets[-1], self._rows - self._totals
        self._write("</sheetData>")
        if sheet.footer is not None:
            self._write(
                f'<autoFilter ref="A{sheet.frozen}:{sheet.last_letter}{last}"/>'
                '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
                f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="{sheet.pages}" fitToHeight="0"/>'
                f"<headerFooter><oddFooter>&amp;L{_escaped(sheet.footer.replace('&', '&&'))}"
                "&amp;C&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
            )
        self._write("</worksheet>")
        self._part.close()
        self._part = None
        self._filtered.append(last)
        self._rows = self._totals = 0

    def _contents(self) -> str:
        sheets, names = [], []
        for place, (sheet, rows) in enumerate(zip(self._sheets, self._filtered, strict=True)):
            title = escape(sheet.title, {'"': "&quot;"})
            sheets.append(f'<sheet name="{title}" sheetId="{place + 1}" r:id="rId{place + 1}"/>')
            if sheet.footer is not None:
                names.append(
                    f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
                    f"{sheet.where}$A${sheet.frozen}:${sheet.last_letter}${rows}</definedName>"
                    f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">{sheet.repeated}</definedName>'
                )
        defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
        return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets>{defined}</workbook>'

    def _texts(self) -> str:
        return "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in self._shared)

    def _line(
        self, cells: Sequence[Cell], styles: Sequence[int], number_style: str = _PLAIN, attributes: str = ""
    ) -> None:
        """One line of its own kind."""
        numbers = self._numbered(1)
        parts = [
            _column(start, numbers, [cell], f'" s="{style}', number_style)[0]
            for start, cell, style in zip(self._starts, cells, styles, strict=True)
        ]
        self._write(f'<row r="{numbers[0]}"{attributes}>{"".join(parts)}</row>')

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.columns([*zip(*waiting, strict=True)])

    def _numbered(self, count: int) -> list[str]:
        """Numbers of the next lines."""
        first, self._rows = self._rows + 1, self._rows + count
        if self._rows > MOST_ROWS:
            raise Invalid(TOO_MANY_ROWS, rows=MOST_ROWS)
        return [str(number) for number in range(first, self._rows + 1)]

    def _write(self, text: str) -> None:
        if self._part is not None:
            self._part.write(text.encode())


def _column(
    start: str,
    numbers: Sequence[str],
    cells: Sequence[Cell],
    style: str,
    number_style: str = _PLAIN,
    shared: _Shared | None = None,
) -> list[str]:
    """Cells below each other; nothing where there is nothing."""
    if set(map(type, cells)) != {str}:
        return [_cell(start + number, cell, style, number_style) for number, cell in zip(numbers, cells, strict=True)]
    texts = cast("Sequence[str]", cells)
    lines = zip(numbers, texts, strict=True)
    if shared is not None:
        return [f"{start}{number}{style}{shared[text]}" if text else "" for number, text in lines]
    together = _EDGE.join(["", *texts, ""])
    inline = _INLINE
    if _NEEDS_CARE.search(together):
        inline, lines = _SPACED, zip(numbers, map(_escaped, texts), strict=True)
    elif f"{_EDGE} " in together or f" {_EDGE}" in together:
        inline = _SPACED
    return [f"{start}{number}{style}{inline}{text}{_INLINE_END}" if text else "" for number, text in lines]


def _cell(start: str, cell: Cell, style: str, number_style: str) -> str:
    if type(cell) is str:
        return f"{start}{style}{_SPACED}{_escaped(cell)}{_INLINE_END}" if cell else ""
    if isinstance(cell, date):
        return f"{start}{_dated(cell)}"
    return f'{start}"{number_style}><v>{cell}</v></c>'


def _height(cells: Sequence[Cell], widths: Iterable[tuple[int, int]]) -> str:
    """The height of a line whose texts are broken: not every program finds it by itself."""
    lines = max(_lines(str(cells[place]), max(width - 2, 1)) for place, width in widths)
    return f' ht="{min(15 * lines, _HIGHEST)}" customHeight="1"' if lines > 1 else ""


def _lines(text: str, width: int) -> int:
    """How many lines a text takes that is broken after so many characters."""
    if "\n" not in text:
        return -(-len(text) // width)
    return sum(-(-len(line) // width) or 1 for line in text.split("\n"))


def _content_types(sheets: int) -> str:
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for place in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    )


def _relationships(sheets: int) -> str:
    listed = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, sheets + 1)
    )
    others = "".join(
        f'<Relationship Id="rId{sheets + place}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for place, name in enumerate(("styles", "sharedStrings"), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}{others}</Relationships>'


def _dated(day: date) -> str:
    """The end of a date's cell as programs keep it; of one that their calendar has wrong as text."""
    if day < _FIRST_DAY:
        return f'" s="{_TEXT}{_INLINE}{day.isoformat()}{_INLINE_END}'
    return f'" s="{_DATE}"><v>{(day - _DAY_ZERO).days}</v></c>'


def _escaped(text: str) -> str:
    # A carriage return would be read back as a line feed (XML 1.0, 2.11).
    plain = _LOOKS_CODED.sub("_x005F_", IMPOSSIBLE.sub("", text))
    return escape(plain).replace("\r", "&#13;")

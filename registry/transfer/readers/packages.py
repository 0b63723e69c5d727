"""Streams through the parts of a workbook before anything parses it: what they hold, and whether too much."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from registry.errors import BadFile
from registry.transfer.readers import errors, hidden_rows, ods_marks, sheets, unmerged, xls_marks
from registry.transfer.readers.cells import column_letter
from registry.transfer.readers.errors import Place
from registry.transfer.readers.ods_marks import Area
from registry.transfer.readers.preflight import (
    BYTE_ORDER_MARKS,
    CELL_CHARACTERS,
    CELLS,
    COLUMNS,
    DAMAGED,
    ENCRYPTED,
    LONG_CELL,
    MANIFEST,
    NEEDS_PASSWORD,
    NOT_A_LIST,
    OTHER_FORMAT,
    ROWS,
    ROWS_MISSING,
    SUSPICIOUS,
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    check_parts,
)

#: Rows beyond this must exist: it is the first number of six digits, which is what the scan looks for.
FAR_ROW = 100_000


@dataclass(frozen=True)
class Package:
    """What the parts of a workbook hold.

    Attributes:
        written: number of rows that hold a value.
        whole_days: whether it keeps days as such, not as numbers since 1900 of which the first are ambiguous (.ods).
        hidden: name of a sheet -> numbers of its hidden rows.
        merged: name of a sheet -> areas of merged cells that the reader does not tell (.ods).
        formulas: name of a sheet -> letters of columns in which a cell is a formula.
        errors: name of a sheet -> (row, from 1, and column, from 0) of cells that are errors, which readers give empty.
        unmerged: names of large parts without merged cells.
    """

    written: int
    whole_days: bool = False
    hidden: Mapping[str, list[int]] = field(default_factory=dict)
    merged: Mapping[str, list[Area]] = field(default_factory=dict)
    formulas: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, list[Place]] = field(default_factory=dict)
    unmerged: Collection[str] = ()


def check_package(file: Path | IO[bytes]) -> Package:
    """Stream through all parts of an .xlsx, .xlsm or .ods.

    To be called in a guarded child: it unpacks what a stranger packed. Raises `BadFile`.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            check_parts(parts)
            names = {part.filename for part in parts}
            if "xl/workbook.bin" in names:
                raise BadFile(OTHER_FORMAT)
            kind = _package_kind(package, names)
            extents = {part.filename: _check_part(package, part, kind) for part in parts}
            written = sum(extent.written for extent in extents.values())
            if kind == "ods":
                marks = ods_marks.read(package) if extents["content.xml"].marked else ods_marks.Marks()
                return Package(
                    written,
                    whole_days=True,
                    hidden=marks.hidden,
                    merged=marks.merged,
                    formulas=columns_of(
                        (name, column) for name, cells in marks.formulas.items() for _r, column, _t in cells
                    ),
                    errors=marks.errors,
                )
            hidden = {name: extent.hidden for name, extent in extents.items() if extent.hidden}
            formulas = {name: extent.formulas for name, extent in extents.items() if extent.formulas}
            wrong = {name: extent.errors for name, extent in extents.items() if extent.errors}
            return Package(
                written,
                hidden={name: found[: hidden_rows.MOST] for name, found in sheets.by_sheet(package, hidden).items()},
                formulas=sheets.by_sheet(package, formulas),
                errors=sheets.by_sheet(package, wrong),
                unmerged=[name for name, extent in extents.items() if extent.merged and extent.merged.none],
            )
    except zipfile.BadZipFile as failure:
        raise BadFile(DAMAGED) from failure


def check_old(content: bytes) -> Package:
    """What the marks of an .xls say that is not encrypted."""
    marks = xls_marks.read(content)
    cells = ((name, column) for name, some in marks.formulas.items() for _row, column in some)
    return Package(ROWS, hidden=marks.hidden, formulas=columns_of(cells), errors=marks.errors)


def columns_of(cells: Iterable[tuple[str, int]]) -> dict[str, list[str]]:
    """Name of a sheet -> letters of columns, from pairs of a sheet and a column's place."""
    found: dict[str, set[int]] = {}
    for name, column in cells:
        found.setdefault(name, set()).add(column)
    return {name: [column_letter(place) for place in sorted(places)] for name, places in found.items()}


def _package_kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and names & {"content.xml", ENCRYPTED}:
        if package.getinfo("mimetype").file_size > 200 or b"spreadsheet" not in package.read("mimetype"):
            raise BadFile(NOT_A_LIST)
        # The manifest says which parts are encrypted; it never is itself.
        if MANIFEST in names and b"encryption-data" in package.read(MANIFEST):
            raise BadFile(NEEDS_PASSWORD)
        return "ods"
    if "[Content_Types].xml" not in names:
        raise BadFile(NOT_A_LIST)
    if not any(name.lower().startswith("xl/") for name in names):
        raise BadFile(NOT_A_LIST)
    return "xlsx"


# --- one part -----------------------------------------------------------------------------------------------

_BLOCK = 1 << 20
#: What may stand on both sides of a block's edge, in bytes.
_OVERLAP = 256
#: Bytes that a cell with content takes at least: `<c></c>`.
_CELL_BYTES = 7
#: So many bytes without a tag are more than 32,767 characters, even written as references (&#1114111;).
_TEXT_RUN = 10 * CELL_CHARACTERS

# Of what is looked for in every part, one letter that the rows of most sheets do not have is looked for before it.
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LARGE_COUNT = re.compile(rb"ount\s*=\s*[\"']\s*([0-9]{8,})")
#: A cell beyond column ZZ, or a row or cell in row 100,000 or later.
_FAR = re.compile(rb'r="(?:([A-Z]{3,})[0-9]|[A-Z]{0,2}([0-9]{6,}))')
#: All of them and little else, found in half the time: no more than two letters and five digits before the quote.
_PERHAPS_FAR = re.compile(rb'r="[A-Z]{0,2}+[0-9]{0,5}+[^"]')
#: In an .ods, a hidden row or column, a cell that is merged over rows, or a formula.
_MARKED = re.compile(rb"rows-spanned\s*=\s*[\"'](?!1[\"'])|visibility\s*=\s*[\"'](?:collapse|filter)|table:formula\s*=")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*ref\s*=\s*[\"'][^\"']*?([0-9]+)[\"']")
#: A cell that is neither `<c .../>` nor `<c ...></c>`: readers take only those that have content.
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']\s*([A-Za-z]+)([0-9]+)[\"'][^>]*(?<!/)>(?!</(?:\w+:)?c>)"
)
#: The column of a cell that is a formula.
_FORMULA = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})[0-9]+[\"'][^>]*>\s*<(?:\w+:)?f[\s>/]")
#: The end of an .ods's content.
_END = re.compile(rb"</(?:\w+:)?document-content\s*>")
#: A row with content, numbered beyond every spreadsheet's last one.
_IMPOSSIBLE_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"']\s*([0-9]{7,})[\"'][^>]*(?<!/)>")


@dataclass
class _Extent:
    """What one part claims and what it holds."""

    rows: int = 0
    cells: int = 0
    large: bool = False
    wide: bool = False
    farthest: int = 0
    far_rows: int = 0
    declared: int = 0
    hidden: set[int] = field(default_factory=set)
    formulas: set[str] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)
    marked: bool = False
    ended: bool = False
    merged: unmerged.Search | None = None

    @property
    def written(self) -> int:
        """Rows that hold a value, at most."""
        return min(self.rows, self.cells)

    def backs(self, rows: int) -> bool:
        """Whether so many rows are credible for what the part holds."""
        return credible(rows, self.written)


def credible(rows: int, written: int) -> bool:
    """Whether a sheet may reach to row `rows` when so many of its rows hold a value."""
    return rows < FAR_ROW or rows <= 2 * written


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, kind: str) -> _Extent:
    if PurePosixPath(part.filename).suffix.lower() == ".svg":  # a picture may have its document type
        return _Extent()
    holds_cells = kind == "ods" or "worksheet" in part.filename.lower() or "string" in part.filename.lower()
    is_sheet = kind == "xlsx" and "worksheet" in part.filename.lower()
    extent = _Extent(large=part.file_size > _CELL_BYTES * CELLS, merged=unmerged.Search(part) if is_sheet else None)
    with package.open(part) as content:
        _measure(content, extent, kind, holds_cells)
    # Of a table that was cut off, the reader would look for the end forever.
    if kind == "ods" and part.filename == "content.xml" and not extent.ended:
        raise BadFile(DAMAGED)
    if extent.cells > CELLS:
        raise BadFile(TOO_MANY_CELLS, rows=ROWS, cells=CELLS)
    if not extent.backs(extent.far_rows):
        raise BadFile(ROWS_MISSING, rows=extent.farthest)
    # LibreOffice declares the last row when it has a height of its own, and then the row is there.
    if extent.declared >= ROWS > extent.farthest and not extent.backs(extent.declared):
        raise BadFile(ROWS_MISSING, rows=extent.declared)
    if extent.wide or not extent.backs(extent.farthest):
        with package.open(part) as content:
            _check_far_cells(content, extent)
    return extent


def _measure(content: IO[bytes], extent: _Extent, kind: str, holds_cells: bool) -> None:
    row_end, cell_end = (b"row>", b"cell>") if kind == "ods" else (b"row>", b"c>")
    tail = b""
    while block := content.read(_BLOCK):
        chunk = tail + block
        if not tail:
            if block.startswith(BYTE_ORDER_MARKS[:2]) and kind == "xlsx":
                raise BadFile(DAMAGED)  # UTF-16: the reader would find nothing in it, and neither would we
            dimension = _DIMENSION.search(block, 0, 65536)
            extent.declared = int(dimension[1][:10]) if dimension else 0
        if b"!" in chunk and _DECLARATION.search(chunk):
            raise BadFile(SUSPICIOUS)
        if b"u" in chunk and any(int(n[:20]) > CELLS for n in _LARGE_COUNT.findall(chunk)):
            raise BadFile(SUSPICIOUS)
        if holds_cells:
            _check_text_runs(block)
        if kind == "xlsx" and holds_cells and len(extent.hidden) < hidden_rows.MOST:
            extent.hidden |= hidden_rows.numbers(chunk)
        if kind == "xlsx" and holds_cells and b"f" in chunk and (b"<f" in chunk or b":f" in chunk):
            extent.formulas.update(letters.decode() for letters in _FORMULA.findall(chunk))
        if kind == "xlsx" and holds_cells and len(extent.errors) < errors.MOST:
            extent.errors |= errors.places(chunk)
        if extent.merged is not None:
            extent.merged.look(chunk)
        if kind == "ods":
            extent.marked = extent.marked or _MARKED.search(chunk) is not None
        extent.rows += block.count(row_end)
        if extent.cells <= ROWS or extent.large:  # more say no more of a part that cannot hold too many
            extent.cells += block.count(cell_end)
        far = _FAR.findall(chunk) if _PERHAPS_FAR.search(chunk) else []
        extent.wide = extent.wide or any(column for column, _row in far)
        rows = {row[:10] for _column, row in far if row}
        extent.far_rows += len(rows)
        extent.farthest = max(extent.farthest, *map(int, rows), 0)
        tail = chunk[-_OVERLAP:]
    extent.ended = _END.search(tail) is not None


def _check_text_runs(block: bytes) -> None:
    for start in range(0, len(block) - _TEXT_RUN, _TEXT_RUN):
        if block.find(b"<", start, start + _TEXT_RUN) < 0:
            raise BadFile(LONG_CELL, characters=CELL_CHARACTERS)


def _check_far_cells(content: IO[bytes], extent: _Extent) -> None:
    """Refuse cells that stand far from all others and hold something; formatted ones without value do no harm."""
    tail = b""
    while block := content.read(_BLOCK):
        chunk = tail + block
        if any(int(row[:10]) > ROWS for row in _IMPOSSIBLE_ROW.findall(chunk)):
            raise BadFile(SUSPICIOUS)
        for column, row in _FILLED_CELL.findall(chunk):
            if len(column) > 2:
                raise BadFile(TOO_MANY_COLUMNS, columns=COLUMNS)
            if not extent.backs(int(row[:10])):
                raise BadFile(ROWS_MISSING, rows=int(row[:10]))
        tail = chunk[-_OVERLAP:]

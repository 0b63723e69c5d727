"""What a guarded child does with a stranger's file: find its sheets, hand out its rows. Runs in the child only."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from registry.errors import BadFile
from registry.transfer.readers import crossing, decrypting, json_files, ods_decrypting, packages, preflight, text_files
from registry.transfer.readers.errors import Place
from registry.transfer.readers.filled import filled_form, filled_forms
from registry.transfer.readers.formulas import formulas_of
from registry.transfer.readers.ods_marks import Area
from registry.transfer.readers.packages import Package
from registry.transfer.readers.unmerged import begun_anew

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

#: Rows of each sheet that the outline shows.
SAMPLE_ROWS = 200
#: A batch holds so many rows, or fewer if they are wide.
BATCH_ROWS = 2_000
_BATCH_CELLS = 60_000
#: Parsed sheets are kept for `rows` up to so many cells, and parsed again beyond.
_KEPT_CELLS = 5_000_000

Row = list[Any]
#: Name, whether it is hidden, first row, last row, columns, first rows, numbers of hidden rows, columns with formulas,
#: and, if it cannot be read, why (message, values).
Outline = tuple[str, bool, int, int, int, list[Row], list[int], list[str], list[Any]]


class Table(Protocol):
    """An opened file, whatever its format."""

    encoding: str | None
    separator: str | None

    def outlines(self) -> Iterator[Outline]:
        """Each sheet as an `Outline`; rows and columns count from 1."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """Every row of a sheet from row 1 to the last one that holds anything."""


def outline(path: str, password: str) -> Iterator[list[Any]]:
    """First the encoding and the separator of a text file (else None), then the sheets, each a batch of one."""
    table = _open(path, password)
    sheets = list(table.outlines())
    yield [table.encoding, table.separator]
    for sheet in sheets:
        yield [sheet]


def rows(path: str, password: str, sheet: str, width: int) -> Iterator[list[Row]]:
    """The rows of a sheet `width` cells wide, in batches that cross a pipe well."""
    remaining = _open(path, password).rows(sheet)
    while batch := list(islice(remaining, _batch_rows(width))):
        yield batch


def texts(path: str, password: str, sheet: str, width: int) -> Iterator[tuple[int, crossing.Texts]]:
    """The rows of a sheet by column and as texts, in batches; with each the number of its rows."""
    table, size = _open(path, password), _batch_rows(width)
    if isinstance(table, _Workbook):
        return crossing.texts_by_column(table.columns(sheet, size), table.errors(sheet))
    return crossing.texts_by_column(crossing.turned(table.rows(sheet), size))


def _batch_rows(width: int) -> int:
    return max(1, min(BATCH_ROWS, _BATCH_CELLS // max(width, 1)))


def formulas(path: str, password: str, sheet: str) -> Iterator[list[tuple[int, int, str]]]:
    """The formulas of a sheet of a workbook (see `_Workbook.formulas`), in batches."""
    table = _open(path, password)
    remaining = table.formulas(sheet) if isinstance(table, _Workbook) else iter(())
    while batch := list(islice(remaining, BATCH_ROWS)):
        yield batch


@lru_cache(maxsize=1)
def _open(path: str, password: str) -> Table:
    file = Path(path)
    kind = preflight.kind_of(file)
    if kind == "text":
        return _TextTable(file)
    if kind == "cards":
        from registry.transfer.readers import cards  # with all fields, which no other file asks for

        return _Listed(cards.read(file))
    if kind == "json":
        return _Listed(json_files.read(file))
    if kind == "pdf":
        return filled_form(file)
    if kind == "zip" and (texts := text_files.archived(file)):
        return _Archive(texts)
    if kind == "zip" and (forms := filled_forms(file)) is not None:
        return forms
    return _workbook(file.read_bytes(), password)


def _workbook(content: bytes, password: str) -> _Workbook:
    try:
        return _plain_workbook(content)
    except BadFile as refusal:
        if not preflight.asks_password(refusal):
            raise
    if content.startswith(preflight.ZIP):
        return _plain_workbook(ods_decrypting.decrypted(content, password))
    return _plain_workbook(decrypting.decrypted(content, password))


def _plain_workbook(content: bytes) -> _Workbook:
    if content.startswith(preflight.ZIP):
        return _Workbook(content, packages.check_package(BytesIO(content)))
    if preflight.is_encrypted(content):
        raise BadFile(preflight.NEEDS_PASSWORD)
    preflight.check_ole(content)
    return _Workbook(content, packages.check_old(content))


# --- workbooks ----------------------------------------------------------------------------------------------


class _Workbook:
    """An .xlsx, .xlsm, .xls or .ods, read by calamine."""

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, content: bytes, package: Package) -> None:
        """`content`, not a path: by a path the reader believes the ending, but many .xlsx are called .xls."""
        from python_calamine import PasswordError, SheetTypeEnum, load_workbook

        try:
            readable = begun_anew(content, package.unmerged) if package.unmerged else BytesIO(content)
            self._book: CalamineWorkbook = load_workbook(readable)
        except PasswordError as protected:
            raise BadFile(preflight.NEEDS_PASSWORD) from protected
        self._content = content
        self._indexes = [
            index for index, sheet in enumerate(self._book.sheets_metadata) if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        self._package = package
        self._kept: dict[int, CalamineSheet] = {}
        if not self._indexes:
            raise BadFile(preflight.NO_SHEET)
        # Sheets that are more than the parts of a package name the same part again and again.
        if len(self._indexes) > preflight.PARTS:
            raise BadFile(preflight.SUSPICIOUS)

    def outlines(self) -> Iterator[Outline]:
        """See `Table`."""
        from python_calamine import SheetVisibleEnum

        cells = 0
        failure: BadFile | None = None
        readable = False
        for index in self._indexes:
            metadata = self._book.sheets_metadata[index]
            shown = metadata.visible == SheetVisibleEnum.Visible
            try:
                sheet = self._book.get_sheet_by_index(index)
                first, last, width = self._extent(sheet)
                sample = list(islice(self._cells(sheet), max(first - 1, 0), first - 1 + SAMPLE_ROWS)) if last else []
            except BadFile as refusal:
                failure = failure or refusal
                trouble = [refusal.message, refusal.values]
                yield metadata.name, not shown, 1, 0, 0, [], [], [], trouble
                continue
            readable = readable or last > 0
            cells += last * width
            if cells <= _KEPT_CELLS:
                self._kept[index] = sheet
            hidden = self._package.hidden.get(metadata.name, [])
            formulas = self._package.formulas.get(metadata.name, [])
            yield metadata.name, not shown, first, last, width, sample, hidden, formulas, []
        # One sheet that cannot be read is told; a file of such sheets alone is refused.
        if failure is not None and not readable:
            raise failure

    def formulas(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """Row, from 1, column, from 0, and text of each formula of a sheet; of an .xls no text is known."""
        return formulas_of(self._content, sheet)

    def errors(self, sheet: str) -> list[Place]:
        """Row, from 1, and column, from 0, of the cells that are errors, sorted; the reader gives them empty."""
        return sorted(self._package.errors.get(sheet, ()))

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        return self._cells(self._parsed(sheet))

    def columns(self, sheet: str, size: int) -> Iterator[list[crossing.Column]]:
        """The same by column, `size` rows at a time."""
        parsed = self._parsed(sheet)
        if self._merged(parsed):
            return crossing.turned(self._cells(parsed), size)
        return crossing.columns_of(parsed, size, self._crossing)

    def _parsed(self, sheet: str) -> CalamineSheet:
        metadata = self._book.sheets_metadata
        index = next((index for index in self._indexes if metadata[index].name == sheet), None)
        if index is None:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        parsed = self._kept.get(index) or self._book.get_sheet_by_index(index)
        self._extent(parsed)
        return parsed

    def _merged(self, sheet: CalamineSheet) -> Sequence[Area]:
        return sheet.merged_cell_ranges or self._package.merged.get(sheet.name, [])

    @property
    def _crossing(self) -> Mapping[type, Callable[[Any], object]]:
        return crossing.CROSSING if self._package.whole_days else crossing.CROSSING_NUMBERED

    def _cells(self, sheet: CalamineSheet) -> Iterator[Row]:
        return crossing.rows_of(sheet, self._merged(sheet), self._crossing)

    def _extent(self, sheet: CalamineSheet) -> tuple[int, int, int]:
        """First and last row and the number of columns, from 1; `BadFile` beyond the limits."""
        if sheet.start is None or sheet.end is None:
            return 1, 0, 0
        last, width = sheet.end[0] + 1, sheet.end[1] + 1
        if width > preflight.COLUMNS:
            raise BadFile(preflight.TOO_MANY_COLUMNS, columns=preflight.COLUMNS)
        if last > preflight.ROWS or last * width > preflight.CELLS:
            raise BadFile(preflight.TOO_MANY_CELLS, rows=preflight.ROWS, cells=preflight.CELLS)
        if not packages.credible(last, self._package.written):
            raise BadFile(preflight.ROWS_MISSING, rows=last)
        return sheet.start[0] + 1, last, width


# --- text ---------------------------------------------------------------------------------------------------


@dataclass
class _Extent:
    first: int = 1
    last: int = 0
    width: int = 0
    cells: int = 0


class _TextTable:
    """A CSV file: one sheet without a name."""

    def __init__(self, path: Path) -> None:
        self._file = text_files.examine(path)
        self.encoding: str | None = self._file.encoding
        self.separator: str | None = self._file.separator
        try:
            self._extent = _measure(self._file.rows())
        except csv.Error:
            self._file = replace(self._file, strict=False)
            self._extent = _measure(self._file.rows())

    def outlines(self) -> Iterator[Outline]:
        """See `Table`."""
        extent = self._extent
        sample = list(islice(self.rows(""), extent.first - 1, extent.first - 1 + SAMPLE_ROWS))
        yield "", False, extent.first, extent.last, extent.width, sample, [], [], []

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        for row in islice(self._file.rows(), self._extent.last):
            yield [cell or None for cell in row]


class _Archive:
    """Text files in one archive, as ODK exports a questionnaire with its repeats: a sheet each, the main one first."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._tables = {name: _TextTable(path) for name, path in files.items()}
        first = next(iter(self._tables.values()))
        self.encoding, self.separator = first.encoding, first.separator

    def outlines(self) -> Iterator[Outline]:
        """See `Table`."""
        for name, table in self._tables.items():
            for _nameless, *rest in table.outlines():
                yield (name, *rest)  # type: ignore[misc]

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet not in self._tables:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        return self._tables[sheet].rows("")


class _Listed:
    """A file of contact cards, or of JSON: one sheet without a name."""

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows
        self._extent = _measure(self._rows)

    def outlines(self) -> Iterator[Outline]:
        """See `Table`."""
        yield "", False, 1, self._extent.last, self._extent.width, list(islice(self.rows(""), SAMPLE_ROWS)), [], [], []

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        for row in self._rows:
            yield [cell or None for cell in row]


def _measure(rows: Iterable[list[str]]) -> _Extent:
    extent = _Extent()
    for number, row in enumerate(rows, 1):
        if not row:
            continue
        if not extent.last:
            extent.first = number
        extent.last = number
        extent.width = max(extent.width, len(row))
        extent.cells += len(row)
        if any([len(cell) > preflight.CELL_CHARACTERS for cell in row]):
            raise BadFile(preflight.LONG_CELL, characters=preflight.CELL_CHARACTERS)
    if extent.width > preflight.COLUMNS:
        raise BadFile(preflight.TOO_MANY_COLUMNS, columns=preflight.COLUMNS)
    if extent.last > preflight.ROWS or extent.cells > preflight.CELLS:
        raise BadFile(preflight.TOO_MANY_CELLS, rows=preflight.ROWS, cells=preflight.CELLS)
    return extent

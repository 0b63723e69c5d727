"""How the cells of a workbook's sheet cross to the parent: row by row as they are, or by column as texts."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from math import isfinite
from typing import TYPE_CHECKING, Any

from registry.errors import BadFile
from registry.transfer.readers import errors, garbled, preflight
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.errors import Place
from registry.transfer.readers.ods_marks import Area

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: Whole numbers up to here come as int: a spreadsheet keeps 15 digits.
_EXACT = 1e15
#: The first day that all programs count alike: before it, some have a day that never was.
_FIRST_DAY = datetime.date(1900, 3, 1)
#: Merged areas over several rows that are looked at.
_MOST_MERGED = 20_000

#: Between the texts of a column; no text of XML can hold it (XML 1.0, 2.2).
_APART = "\0"
#: Characters of a piece: of four bytes at most.
_CHARACTERS = 2 << 20

Row = list[Any]
#: Texts of a column, as one where that can be told apart again.
Packed = str | list[str]
#: The cells of a column, packed where all of them are text; `None` is an empty one, "" an empty text.
Column = str | list[Any]
#: Columns; row and column of each cell that cannot be read; row and text of those read in a wrong encoding before.
Texts = tuple[list[Packed], list[Place], list[tuple[int, str]]]


def rows_of(
    sheet: CalamineSheet, ranges: Sequence[Area], crossing: Mapping[type, Callable[[Any], object]]
) -> Iterator[Row]:
    """Rows from row 1 on: calamine gives the empty rows above the first one, but not the empty columns before."""
    before = [None] * (sheet.start[1] if sheet.start else 0)
    merged = _Merged(ranges) if ranges else None
    for number, cells in enumerate(sheet.iter_rows()):
        row = before + _crossed(cells, crossing)
        if merged is not None:
            merged.fill(number, row)
        yield row


def columns_of(
    sheet: CalamineSheet, size: int, crossing: Mapping[type, Callable[[Any], object]]
) -> Iterator[list[Column]]:
    """The same by column, `size` rows at a time."""
    before = sheet.start[1] if sheet.start else 0
    rows = sheet.iter_rows()
    while some := list(islice(rows, size)):
        empty: list[Column] = [packed([""] * len(some))] * before
        yield empty + [_column(cells, crossing) for cells in zip(*some, strict=True)]


def turned(rows: Iterator[Row], size: int) -> Iterator[list[Column]]:
    """Rows of any length by column, `size` of them at a time."""
    while some := list(islice(rows, size)):
        yield [list(cells) for cells in zip_longest(*some)] or [[None] * len(some)]


def texts_by_column(blocks: Iterable[list[Column]], wrong: Sequence[Place] = ()) -> Iterator[tuple[int, Texts]]:
    """Columns as texts, with the number of rows that they hold, in pieces that cross a pipe well.

    Args:
        wrong: places of errors, sorted; those that a program wrote as texts are found besides.
    """
    first = 1
    for block in blocks:
        unreadable = [
            (first + place, number)
            for number, cells in enumerate(block)
            if type(cells) is not str and tuple in map(type, cells)
            for place, cell in enumerate(cells)
            if type(cell) is tuple and cell[0] != "date"
        ]
        columns = [cells if type(cells) is str else packed(texts_of(cells)) for cells in block]
        count = len(unpacked(columns[0]))
        unreadable += wrong[bisect_left(wrong, (first,)) : bisect_left(wrong, (first + count,))]
        wrongly_read: list[tuple[int, str]] = []
        for number, column in enumerate(columns):
            together = column if type(column) is str else _APART.join(column)
            if garbled.among(together):
                said = enumerate(unpacked(column), first)
                wrongly_read += [(row, text) for row, text in said if garbled.is_garbled(text)]
            if errors.are_among(together):
                texts = unpacked(column)
                unreadable += [(first + place, number) for place, text in enumerate(texts) if errors.is_written(text)]
                columns[number] = packed(["" if errors.is_written(text) else text for text in texts])
        first += count
        yield from _pieces(count, columns, unreadable, wrongly_read)


def _pieces(
    count: int, columns: list[Packed], unreadable: list[Place], wrongly_read: list[tuple[int, str]]
) -> Iterator[tuple[int, Texts]]:
    if count < 2 or sum(len(texts) if type(texts) is str else sum(map(len, texts)) for texts in columns) < _CHARACTERS:
        yield count, (columns, unreadable, wrongly_read)
        return
    texts, middle = [unpacked(column) for column in columns], count // 2
    yield from _pieces(middle, [packed(column[:middle]) for column in texts], unreadable, wrongly_read)
    yield from _pieces(count - middle, [packed(column[middle:]) for column in texts], [], [])


def packed(texts: Sequence[str]) -> Packed:
    """The texts of a column as one, which crosses fastest; as they are if one of them holds the mark between them."""
    together = _APART.join(texts)
    return together if together.count(_APART) == len(texts) - 1 else list(texts)


def unpacked(column: Packed) -> list[str]:
    """The texts of a column."""
    return column.split(_APART) if type(column) is str else list(column)


def _column(cells: Sequence[Any], crossing: Mapping[type, Callable[[Any], object]]) -> Column:
    try:
        texts = packed(cells)
    except TypeError:  # not all of them are text
        return _crossed(cells, crossing)
    if len(texts) > preflight.CELL_CHARACTERS or type(texts) is list:
        _check_lengths(cells)
    return texts


def _check_lengths(cells: Sequence[Any]) -> None:
    if any([len(cell) > preflight.CELL_CHARACTERS for cell in cells if type(cell) is str]):
        raise BadFile(preflight.LONG_CELL, characters=preflight.CELL_CHARACTERS)


def _crossed(cells: Sequence[Any], crossing: Mapping[type, Callable[[Any], object]]) -> Row:
    _check_lengths(cells)
    return [(cell or None) if type(cell) is str else crossing[type(cell)](cell) for cell in cells]


class _Merged:
    """Cells merged over several rows: each of these rows says what the first one says."""

    def __init__(self, ranges: Iterable[Area]) -> None:
        over_rows = (area for area in ranges if area[1][0] > area[0][0])
        self._waiting = sorted(islice(over_rows, _MOST_MERGED), reverse=True)
        #: Column -> last row and what the cell says; no two areas of a sheet have a cell in common.
        self._open: dict[int, tuple[int, object]] = {}

    def fill(self, number: int, row: Row) -> None:
        """Fill a row, of which all rows before have been filled; rows count from 0."""
        for column, (last, value) in list(self._open.items()):
            if last < number:
                del self._open[column]
            elif column < len(row) and row[column] is None:
                row[column] = value
        while self._waiting and self._waiting[-1][0][0] <= number:
            (first, column), (last, _right) = self._waiting.pop()
            if first == number and column < len(row) and row[column] is not None:
                self._open[column] = last, row[column]


def _number(cell: float) -> object:
    if cell.is_integer() and -_EXACT < cell < _EXACT:
        return int(cell)
    return cell if isfinite(cell) else ("unreadable", str(cell))


def _date(cell: datetime.date) -> object:
    return "date", cell.isoformat()


def _numbered_date(cell: datetime.date) -> object:
    day = cell.date() if isinstance(cell, datetime.datetime) else cell
    return ("unreadable", cell.isoformat()) if day < _FIRST_DAY else _date(cell)


def _time(cell: datetime.time) -> object:
    # Midnight is what calamine makes of a date before 1900, which spreadsheets keep as a negative number.
    return cell.isoformat() if cell != datetime.time() else ("unreadable", "00:00")


def _duration(cell: datetime.timedelta) -> object:
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


#: How what is not text crosses the pipe (see `registry.transfer.readers.table_files.Cell`).
CROSSING: dict[type, Callable[[Any], object]] = {
    bool: bool,
    int: int,
    float: _number,
    datetime.date: _date,
    datetime.datetime: _date,
    datetime.time: _time,
    datetime.timedelta: _duration,
}
#: Where a day is a number of days since 1900.
CROSSING_NUMBERED = CROSSING | {datetime.date: _numbered_date, datetime.datetime: _numbered_date}

"""Rows out of strangers' files: the sheets of a workbook or text file, and their rows in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from registry.errors import BadFile
from registry.i18n import N_, _
from registry.progress import SILENT, Progress
from registry.transfer.readers import preflight
from registry.transfer.readers.child import GuardedChild
from registry.transfer.readers.crossing import unpacked

CHANGED = N_("This file was changed or moved while it was read. Choose it again.")

#: One cell. None: empty. str: text, untouched; times and durations as "10:30:00". int: whole numbers, as 7.0 is 7.
#: ("date", ISO 8601): a real date cell, "1985-03-12" or "1985-03-12T10:30:00". ("unreadable", what came): a cell
#: that the reader cannot have understood, such as a date before 1900 ("00:00"); to be reported, never kept.
Cell = None | str | int | float | bool | tuple[str, str]
Row = list[Cell]


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes:
        name: "" for the only table of a text file.
        hidden: whether the spreadsheet program hides it.
        first_row: number of the first row that holds anything; rows count from 1 as the program shows them.
        rows: number of the last row that holds anything, 0 if none does.
        columns: number of the last column that holds anything; column A is 1.
        sample: the first rows from `first_row` on, at most 200.
        hidden_rows: numbers of rows that the spreadsheet program hides; they are among the rows.
        formulas: letters of columns in which a cell is a formula; the rows have what it came to.
        trouble: message and values of `refusal`.
    """

    name: str
    hidden: bool
    first_row: int
    rows: int
    columns: int
    sample: list[Row]
    hidden_rows: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    trouble: list[Any] = field(default_factory=list)

    @property
    def refusal(self) -> BadFile | None:
        """Why this sheet cannot be read, though others of the file can; None if it can."""
        return BadFile(self.trouble[0], **self.trouble[1]) if self.trouble else None


class Batch(NamedTuple):
    """Consecutive rows; `first_row` is the number of the first of them. Index 0 of a row is column A."""

    first_row: int
    rows: list[Row]


class Texts(NamedTuple):
    """The texts of consecutive rows by column, "" where nothing is or what cannot be read; column A is the first.

    Attributes:
        first_row: number of the first of them.
        columns: of equal length; of a text file as many as its widest row has.
        unreadable: number of the row, and column from 0, of each cell that cannot be read.
        garbled: number of the row, and text, of each cell that a program read in a wrong encoding before.
    """

    first_row: int
    columns: list[list[str]]
    unreadable: list[tuple[int, int]]
    garbled: list[tuple[int, str]]


class TableFile:
    """An .xlsx, .xlsm, .xls, .ods or text file held open by a guarded child process, which ends with the block.

    Attributes:
        path: the file.
        sheets: all its sheets, the empty and hidden too, in order; at least one holds something.
        encoding, separator: of a text file, else None.
    """

    def __init__(self, path: Path, progress: Progress = SILENT, password: str = "") -> None:
        """Read what there is; raises `BadFile` in one sentence whatever is wrong, `Cancelled` through `progress`.

        `preflight.asks_password` tells whether a password, or another one, would help.
        """
        self.path = path.absolute()
        self._password = password
        preflight.kind_of(self.path)
        self._state = self._state_now()
        message = _("Looking at the file")
        with ExitStack() as failing:
            self._child = failing.enter_context(GuardedChild())
            answers = self._child.run("outline", self._told(), lambda _items: progress.step(0, 0, message))
            self.encoding, self.separator = next(answers)
            self.sheets = tuple(Sheet(*fields) for batch in answers for fields in batch)
            self._check_unchanged()
            if not any(sheet.rows for sheet in self.sheets):
                raise BadFile(preflight.EMPTY)
            failing.pop_all()

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def rows(self, sheet: Sheet, progress: Progress = SILENT) -> Iterator[Batch]:
        """Every row of the sheet from row 1 to `sheet.rows`, the empty ones too.

        Rows of a workbook are `sheet.columns` wide, those of a text file as wide as they are. Raises as the
        constructor does.
        """
        first_row = 1
        for rows in self._batches("rows", sheet, progress):
            yield Batch(first_row, rows)
            first_row += len(rows)

    def texts(self, sheet: Sheet, progress: Progress = SILENT) -> Iterator[Texts]:
        """The same as texts (`cells.text_of`) and by column, which is read and crosses much faster."""
        first_row = 1
        for packed, unreadable, garbled in self._batches("texts", sheet, progress):
            columns = list(map(unpacked, packed))
            yield Texts(first_row, columns, unreadable, garbled)
            first_row += len(columns[0])

    def _batches(self, task: str, sheet: Sheet, progress: Progress) -> Iterator[Any]:
        if not self._child.alive:  # somebody read only half of it
            self._child = GuardedChild()
        message = _("Reading rows")
        self._check_unchanged()
        yield from self._child.run(
            task,
            [*self._told(), sheet.name, sheet.columns],
            lambda done: progress.step(done, sheet.rows, message),
        )
        self._check_unchanged()

    def _check_unchanged(self) -> None:
        """Raise `BadFile` if the file is not the one whose sheets are known: columns may stand elsewhere now."""
        if self._state_now() != self._state:
            raise BadFile(CHANGED)

    def _state_now(self) -> tuple[int, int]:
        """When the file was last written, in nanoseconds, and its bytes."""
        try:
            status = self.path.stat()
        except OSError as failure:
            raise BadFile(CHANGED) from failure
        return status.st_mtime_ns, status.st_size

    def _told(self) -> list[str]:
        # Through the pipe: what stands on a command line or in the environment others can read.
        return [str(self.path), self._password]

    def formulas(self, sheet: Sheet, progress: Progress = SILENT) -> dict[tuple[int, int], str]:
        """(row, from 1, and column, from 0) -> formula, "" in an .xls; what it comes to is in the rows."""
        message = _("Reading rows")
        batches: Iterator[list[Any]] = self._child.run(
            "formulas", [*self._told(), sheet.name], lambda done: progress.step(done, 0, message)
        )
        return {(row, column): text for batch in batches for row, column, text in batch}

    def close(self) -> None:
        """End the child."""
        self._child.close()


def open_table_file(path: Path, progress: Progress = SILENT, password: str = "") -> TableFile:
    """Open a stranger's file for reading, as a context manager; see `TableFile`."""
    return TableFile(path, progress, password)

"""A list into a file: one sheet of a workbook, or .csv that no program computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from registry.errors import Invalid
from registry.i18n import N_
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.readers.safe_text import guarded

OTHER_ENDING = N_("A list can be written as .xlsx or .csv. Give the file one of these endings.")


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
    """One worksheet: labels above, canonical names in a hidden second row."""

    def __init__(self, file: IO[bytes], sheet: str) -> None:
        self._book = Workbook(file)
        self._title = sheet

    def header(self, labels: Sequence[str], names: Sequence[str] = ()) -> None:
        """Write the labels and, if there are names, those below in a hidden row."""
        self._book.sheet(self._title, [Column(label) for label in labels], names)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one record."""
        self._book.row(cells)

    def close(self) -> None:
        """Complete the workbook; the file stays open."""
        self._book.close()

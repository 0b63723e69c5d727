"""A list into a file: a workbook with its dictionary, .csv that no program computes, .json, or contact cards."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO, Protocol

from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _
from registry.transfer.export.columns import ExportColumn
from registry.transfer.export.contact_cards import CardWriter
from registry.transfer.export.dictionary import write_fields
from registry.transfer.export.ods import OdsBook
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.headings.own_names import ABOUT
from registry.transfer.readers.safe_text import guarded_column

OTHER_ENDING = N_("A list can be written as .xlsx, .ods, .csv, .json or .vcf. Give the file one of these endings.")
ENDINGS = frozenset({".xlsx", ".ods", ".csv", ".json", ".vcf"})
SHEETS = {PEOPLE: N_("People"), ASSOCIATIONS: N_("Associations")}

_JSON = json.JSONEncoder(ensure_ascii=False)

#: What a file says of itself: label -> value.
Facts = Sequence[tuple[str, str | int | date]]


class ListWriter(Protocol):
    """Takes a list some records at a time, by column; `close` completes the file.

    Attributes:
        labelled: whether people read the file, so that words stand beside codes.
    """

    labelled: bool

    def header(self, columns: Sequence[ExportColumn]) -> None:
        """Write what stands above the columns."""

    def records(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write records: of each column their cells."""

    def close(self) -> None:
        """Write what is still due."""


def writer_for(path: Path, file: IO[bytes], kind: str, facts: Facts) -> ListWriter:
    """The writer for a file's ending, which `check_ending` has checked.

    Args:
        kind: "people" or "associations".
        facts: how the file was made, for whoever reads it.
    """
    ending = path.suffix.casefold()
    if ending == ".csv":
        return CsvWriter(file)
    if ending == ".json":
        return JsonWriter(file, kind, facts)
    if ending == ".vcf":
        return CardWriter(file, organisations=kind == ASSOCIATIONS)
    return BookWriter(OdsBook(file) if ending == ".ods" else Workbook(file), kind, facts)


def check_ending(path: Path) -> None:
    """Raise `Invalid` before any work for an ending that can't be written."""
    if path.suffix.casefold() not in ENDINGS:
        raise Invalid(OTHER_ENDING)


class CsvWriter:
    """UTF-8 with mark, commas, RFC 4180; canonical names above; cells that look like formulas stand behind '."""

    labelled = False

    def __init__(self, file: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
        self._csv = csv.writer(self._text, lineterminator="\r\n")

    def header(self, columns: Sequence[ExportColumn]) -> None:
        """Write the canonical names."""
        self._csv.writerow([column.name for column in columns])

    def records(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write records."""
        self._csv.writerows(zip(*map(guarded_column, columns), strict=True))

    def close(self) -> None:
        """Hand the last rows to the file, which stays open."""
        self._text.flush()
        self._text.detach()


class JsonWriter:
    """An object with the records, each an object of canonical names and what they hold."""

    labelled = False

    def __init__(self, file: IO[bytes], kind: str, facts: Facts) -> None:
        self._file = file
        self._between = ""
        self._names: list[str] = []
        about = json.dumps({label: _plain(value) for label, value in facts}, ensure_ascii=False)
        self._file.write(f'{{"kind": "{kind}", "about": {about}, "records": ['.encode())

    def header(self, columns: Sequence[ExportColumn]) -> None:
        """Note which fields follow."""
        self._names = [column.name for column in columns]

    def records(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write records."""
        told = []
        for cells in zip(*([*map(_plain, column)] for column in columns), strict=True):
            said = {name: cell for name, cell in zip(self._names, cells, strict=True) if cell != ""}
            told.append(_JSON.encode(said))
        self._file.write("".join([self._between, "\n", ",\n".join(told)]).encode())
        self._between = ","

    def close(self) -> None:
        """End the list."""
        self._file.write(b"\n]}\n")


class BookWriter:
    """A workbook: the list with its filter, what its columns are, and how it was made."""

    labelled = True

    def __init__(self, book: Workbook | OdsBook, kind: str, facts: Facts) -> None:
        self._book, self._kind, self._facts = book, kind, facts
        self._columns: Sequence[ExportColumn] = ()

    def header(self, columns: Sequence[ExportColumn]) -> None:
        """Write the canonical names, in a hidden row, and the titles."""
        self._columns = columns
        titles = [Column(c.title, repeating=c.shown or bool(c.field.vocabulary)) for c in columns]
        self._book.sheet(_(SHEETS[self._kind]), titles, [column.name for column in columns], footer="")

    def records(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Write records."""
        self._book.columns(columns)

    def close(self) -> None:
        """Complete the workbook; the file stays open."""
        write_fields(self._book, self._columns)
        self._book.sheet(_(ABOUT), [Column(_(ABOUT), 36), Column(_("Value"), 90, wrapped=True)], footer="")
        self._book.rows(self._facts)
        self._book.close()


def _plain(value: Cell) -> str | int:
    return value.isoformat() if isinstance(value, date) else value

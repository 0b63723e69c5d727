"""Registered people beside official estimates as a file: a workbook, or a line for each place."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import IO

from registry import formats
from registry.commands import WriteCoverage
from registry.context import Context
from registry.coverage.comparing import STANDING_LABELS, CoverageRow, CoverageTable, coverage
from registry.errors import Invalid
from registry.i18n import N_, _
from registry.queries import Coverage
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.readers.safe_text import guarded
from registry.whole_file import whole_file

OTHER_ENDING = N_("Coverage is written as .xlsx or .csv. Give the file one of these endings.")
SHEET, ABOUT = N_("Coverage"), N_("About")
CODES = ("country", "city", "place", "registered", "estimated", "missing", "share", "year", "source", "standing")
_ENDINGS = (".xlsx", ".csv")


def write_coverage(context: Context, command: WriteCoverage) -> CoverageTable:
    """Compare and write the file.

    Raises:
        Invalid: as `coverage`, another ending, or no reason given.
        ConfirmationNeeded: counts of many people leave, small ones among them.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    if command.path.suffix.casefold() not in _ENDINGS:
        raise Invalid(OTHER_ENDING)
    table = coverage(context, command.asked)
    context.require_confirmation(table.registered, command.reason)
    with whole_file(command.path) as file:
        (_write_book if command.path.suffix.casefold() == ".xlsx" else _write_lines)(file, command.asked, table)
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(query=command.asked.query, places=len(table.rows))
    return table


def cells(row: CoverageRow) -> list[Cell]:
    """A row as it is shown; "" where there is no estimate."""
    found, share = row.estimate, row.share
    figures: list[Cell] = ["", "", "", "", ""]
    if found is not None:
        percent = "" if share is None else formats.share(share)
        figures = [found.population, row.missing or 0, percent, found.year, found.source]
    return [row.label, row.registered, *figures, _(STANDING_LABELS[row.standing])]


def headings(*, cities: bool) -> list[str]:
    """What stands above the cells of a row."""
    place = _("City") if cities else _("Country")
    figures = (_("Estimated"), _("Missing"), _("Registered share"), _("Year"), _("Source"))
    return [place, _("Registered"), *figures, _("Standing")]


def about(asked: Coverage, table: CoverageTable) -> Sequence[tuple[str, Cell]]:
    """What was counted, and what the figures leave out."""
    facts: list[tuple[str, Cell]] = [
        (_("Made on"), date.today()),
        (_("Query"), asked.query or _("Everybody")),
        (_("Who counts"), table.belonging if table.belonging and not asked.everybody else _("Everybody")),
        (_("People counted"), table.registered),
        (_("Do not count"), table.outside),
        (_("Live in the home country"), table.at_home),
        (_("Place not known"), table.placeless),
        (_("Estimated in all"), table.estimated),
        (_("Registered where there is an estimate"), table.matched),
    ]
    return facts


def _write_lines(file: IO[bytes], _asked: Coverage, table: CoverageTable) -> None:
    """One line a place: codes, words, and numbers."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(CODES)
    for row in table.rows:
        label, *figures, _standing = cells(row)
        figures[3] = "" if row.share is None else f"{row.share:.4f}"
        shown = [row.country, row.city_id or "", label, *figures, row.standing]
        lines.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in shown])
    text.flush()
    text.detach()


def _write_book(file: IO[bytes], asked: Coverage, table: CoverageTable) -> None:
    book = Workbook(file)
    widths = (34, 12, 12, 12, 10, 8, 44, 30)
    book.sheet(_(SHEET), [Column(*pair) for pair in zip(headings(cities=asked.cities), widths, strict=True)], footer="")
    book.rows([cells(row) for row in table.rows])
    book.sheet(_(ABOUT), [Column(_(ABOUT), 40), Column(_("Value"), 90, wrapped=True)], footer="")
    book.rows(about(asked, table))
    book.close()

"""Whether a file is an export of a questionnaire, and then all its sheets read as one list."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.errors import BadFile
from registry.i18n import N_
from registry.progress import Progress
from registry.transfer.headings.consent import REFUSED
from registry.transfer.options import ImportOptions
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import Sheet, TableFile, open_table_file
from registry.transfer.submissions.form import Form, read_form
from registry.transfer.submissions.listing import Listing, listed
from registry.transfer.submissions.reading import Table, is_export, read

NO_ANSWERS = N_(
    "“{name}” is the form of a questionnaire (XLSForm) and has no answers. Choose the file with the answers that "
    "KoboToolbox or ODK exports."
)


@dataclass(frozen=True)
class Export:
    """What was found.

    Attributes:
        sheet: the main one.
        header_row: the number of its row of headings.
        listing: all submissions as a list.
        warnings: sentences.
        refused: how many answered that their data may not be kept.
    """

    sheet: Sheet
    header_row: int
    listing: Listing
    warnings: list[str]
    refused: int


def find(file: TableFile, options: ImportOptions, progress: Progress) -> Export | None:
    """The submissions in a file; None if it is no export of a questionnaire, or another sheet of it is asked for.

    Raises:
        BadFile: the file or the form can't be read, or the file is a form.
    """
    asked = options.sheet or options.given.sheet
    main = next((sheet for sheet in file.sheets if is_export(_headings(sheet))), None)
    if main is None and _is_form(file):
        raise BadFile(NO_ANSWERS, name=file.path.name)
    if main is None or asked not in ("", main.name):
        return None
    read_as = read_form(options.form, progress) if options.form is not None else Form()
    answers = read([table_of(file, main, progress), *_repeats(file, main, progress)], read_as)
    found = listed(answers)
    refused = sum(reason == REFUSED for reason in found.left_out.values())
    if options.refused:
        found.left_out = {row: reason for row, reason in found.left_out.items() if reason != REFUSED}
    return Export(main, main.first_row, found, answers.warnings, refused)


def _is_form(file: TableFile) -> bool:
    """Whether a workbook is an XLSForm: its people would be questions and choices."""
    sheets = {sheet.name.strip().casefold(): sheet for sheet in file.sheets}
    return {"survey", "choices"} <= sheets.keys() and {"type", "name"} <= set(_headings(sheets["survey"]))


def _headings(sheet: Sheet) -> list[str]:
    headings = texts_of(sheet.sample[0]) if sheet.sample else []
    while headings and not headings[-1].strip():
        headings.pop()
    return headings


def table_of(file: TableFile, sheet: Sheet, progress: Progress) -> Table:
    """A sheet with its headings and rows."""
    rows = [row for batch in file.rows(sheet, progress) for row in batch.rows]
    formulas = file.formulas(sheet, progress) if sheet.formulas else {}
    above = sheet.first_row + 1
    placed = {(row - above, column): text for (row, column), text in formulas.items()}
    return Table(sheet.name, _headings(sheet), above, rows[sheet.first_row :], placed)


def _repeats(file: TableFile, main: Sheet, progress: Progress) -> Iterator[Table]:
    """Further sheets, or files beside this one, as ODK names them: "Form-jobs.csv" belongs to "Form.csv"."""
    if file.separator is not None and "KEY" in _headings(main):
        for path in sorted(file.path.parent.glob(f"{glob.escape(file.path.stem)}-*{file.path.suffix}")):
            with open_table_file(path, progress) as beside:
                if "PARENT_KEY" in _headings(beside.sheets[0]):
                    name = path.stem[len(file.path.stem) + 1 :]
                    yield replace(table_of(beside, beside.sheets[0], progress), name=name)
    for sheet in file.sheets:
        if sheet is not main and set(_headings(sheet)) & {"_parent_index", "PARENT_KEY"}:
            yield table_of(file, sheet, progress)

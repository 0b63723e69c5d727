"""Filled PDF forms as a list: names of their fields above, below a row for each file. In the child only."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from registry.errors import BadFile
from registry.i18n import N_
from registry.transfer.readers import preflight
from registry.transfer.readers.cells import FORM_FILE
from registry.transfer.readers.text_files import is_hidden

NO_FORM = N_("This file is no PDF. Of an archive of filled forms only PDF files are read.")

#: As of `tables`: so many rows show what a list holds.
_SAMPLE_ROWS = 200

Row = list[Any]


class FilledForms:
    """The fields of one PDF, or of all in an archive, in the order of the files' names, which stand beside them."""

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, files: Iterable[tuple[str, IO[bytes]]], others: Iterable[str] = ()) -> None:
        """`files` with their names; `others` are names of files beside them. Raises `BadFile` if none can be read."""
        answers: list[dict[str, str]] = []
        found: list[str] = []
        self._troubles = [(name, BadFile(NO_FORM)) for name in others]
        for name, file in files:
            try:
                answers.append(_answers(file))
                found.append(name)
            except BadFile as refusal:
                self._troubles.append((name, refusal))
        if not answers:
            raise self._troubles[-1][1]
        header = list(dict.fromkeys(name for one in answers for name in one))
        if len(header) > preflight.COLUMNS:
            raise BadFile(preflight.TOO_MANY_COLUMNS, columns=preflight.COLUMNS)
        self._rows: list[Row] = [list(header), *([one.get(name) or None for name in header] for one in answers)]
        if any(found):
            for row, name in zip(self._rows, (FORM_FILE, *found), strict=True):
                row.append(name)

    def outlines(self) -> Iterator[tuple[str, bool, int, int, int, list[Row], list[int], list[str], list[Any]]]:
        """See `Table`; a file that cannot be read is a sheet that cannot."""
        yield "", False, 1, len(self._rows), len(self._rows[0]), self._rows[:_SAMPLE_ROWS], [], [], []
        for name, refusal in self._troubles:
            yield name, False, 1, 0, 0, [], [], [], [refusal.message, refusal.values]

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        yield from self._rows


def filled_form(path: Path) -> FilledForms:
    """One filled form."""
    with path.open("rb") as file:
        return FilledForms([("", file)])


def filled_forms(path: Path) -> FilledForms | None:
    """All filled forms of an archive; None of one that is a workbook or has no PDF."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if {"[Content_Types].xml", "mimetype"} & {part.filename for part in parts}:
                return None
            files = sorted(p.filename for p in parts if not (p.is_dir() or is_hidden(PurePosixPath(p.filename))))
            forms = list(filter(_is_pdf, files))
            if not forms:
                return None
            preflight.check_parts(parts)
            others = [name for name in files if not _is_pdf(name)]
            return FilledForms(((name, io.BytesIO(package.read(name))) for name in forms), others)
    except (zipfile.BadZipFile, zlib.error) as failure:
        raise BadFile(preflight.DAMAGED) from failure


def _is_pdf(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() == ".pdf"


def _answers(file: IO[bytes]) -> dict[str, str]:
    """Canonical name -> what was filled in."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            raise BadFile(preflight.PROTECTED)
        fields = reader.get_fields() or {}
        # A point in the name of a field is its parent, so that our forms have two lines instead.
        answers = {name.replace("__", "."): _text(field.value) for name, field in fields.items()}
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as failure:
        raise BadFile(preflight.DAMAGED) from failure
    if not any(answers.values()):
        raise BadFile(preflight.NO_FIELDS)
    if any(len(text) > preflight.CELL_CHARACTERS for answer in answers.items() for text in answer):
        raise BadFile(preflight.LONG_CELL, characters=preflight.CELL_CHARACTERS)
    return answers


def _text(value: Any) -> str:
    """An answer as text; a box that is not ticked says nothing, several chosen ones stand in lines."""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    text = "" if value is None else str(value)
    return "" if text == "/Off" else text.removeprefix("/")

"""Filled PDF forms as a list: names of their fields above, below a row for each file. In the child only."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from registry.errors import BadFile
from registry.transfer.readers import preflight

#: As of `tables`: so many rows show what a list holds.
_SAMPLE_ROWS = 200

Row = list[Any]


class FilledForms:
    """The fields of one PDF, or of all in an archive, in the order of the files' names."""

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, files: Iterable[IO[bytes]]) -> None:
        answers = [_answers(file) for file in files]
        header = list(dict.fromkeys(name for one in answers for name in one))
        if len(header) > preflight.COLUMNS:
            raise BadFile(preflight.TOO_MANY_COLUMNS, columns=preflight.COLUMNS)
        self._rows: list[Row] = [list(header), *([one.get(name) or None for name in header] for one in answers)]

    def outlines(self) -> Iterator[tuple[str, bool, int, int, int, list[Row], list[int], list[str], list[Any]]]:
        """See `Table`."""
        yield "", False, 1, len(self._rows), len(self._rows[0]), self._rows[:_SAMPLE_ROWS], [], [], []

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        yield from self._rows


def filled_form(path: Path) -> FilledForms:
    """One filled form."""
    with path.open("rb") as file:
        return FilledForms([file])


def filled_forms(path: Path) -> FilledForms | None:
    """All filled forms of an archive that holds nothing else; None of any other archive."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = sorted((part for part in package.infolist() if not part.is_dir()), key=lambda part: part.filename)
            if not parts or any(PurePosixPath(part.filename).suffix.lower() != ".pdf" for part in parts):
                return None
            preflight.check_parts(parts)
            return FilledForms(io.BytesIO(package.read(part)) for part in parts)
    except (zipfile.BadZipFile, zlib.error) as failure:
        raise BadFile(preflight.DAMAGED) from failure


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
    if not answers:
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

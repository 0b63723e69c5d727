"""A filled PDF form as a list of one row: names of its fields above, what was filled in below. In the child only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry.errors import BadFile
from registry.transfer import preflight

Row = list[Any]


class FilledForm:
    """The fields of a PDF, in the order of the file."""

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, path: Path) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            reader = PdfReader(path)
            if reader.is_encrypted:
                raise BadFile(preflight.PROTECTED)
            fields = reader.get_fields() or {}
            # A point in the name of a field is its parent, so that our forms have two lines instead.
            answers = {name.replace("__", "."): _text(field.value) for name, field in fields.items()}
        except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as failure:
            raise BadFile(preflight.DAMAGED) from failure
        if not answers:
            raise BadFile(preflight.NO_FIELDS)
        if len(answers) > preflight.COLUMNS:
            raise BadFile(preflight.TOO_MANY_COLUMNS, columns=preflight.COLUMNS)
        if any(len(text) > preflight.CELL_CHARACTERS for answer in answers.items() for text in answer):
            raise BadFile(preflight.LONG_CELL, characters=preflight.CELL_CHARACTERS)
        self._rows: list[Row] = [list(answers), [text or None for text in answers.values()]]

    def outlines(self) -> Iterator[tuple[str, bool, int, int, int, list[Row]]]:
        """See `Table`."""
        yield "", False, 1, len(self._rows), len(self._rows[0]), self._rows

    def rows(self, sheet: str) -> Iterator[Row]:
        """See `Table`."""
        if sheet:
            raise BadFile(preflight.NO_SUCH_SHEET, sheet=sheet)
        yield from self._rows


def _text(value: Any) -> str:
    """An answer as text; a box that is not ticked says nothing, several chosen ones stand in lines."""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    text = "" if value is None else str(value)
    return "" if text == "/Off" else text.removeprefix("/")

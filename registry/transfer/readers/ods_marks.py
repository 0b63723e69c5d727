"""What an .ods marks and the reader does not tell: hidden rows, merged cells, cells that are formulas or errors."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from registry.transfer.readers import errors, hidden_rows
from registry.transfer.readers.errors import Place

_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: Reading element by element is slow; of a larger part nothing is told.
_MOST_BYTES = 40_000_000
_CONTENT = "content.xml"

#: What formulas begin with in front of the sign (OpenDocument 1.2, part 2).
_NAMESPACE = re.compile(r"^\w+:(?==)")
#: Cells of formulas that are told at most.
_MOST_FORMULAS = 1_000_000

#: First and last cell, (row, column) from 0.
Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Marks:
    """Name of a sheet -> numbers of its hidden rows, from 1; its merged areas; its formulas.

    Attributes:
        formulas: (row, from 1, and column, from 0, and text) of each.
        errors: those that came to an error.
    """

    hidden: dict[str, list[int]] = field(default_factory=dict)
    merged: dict[str, list[Area]] = field(default_factory=dict)
    formulas: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    errors: dict[str, list[Place]] = field(default_factory=dict)


def read(package: zipfile.ZipFile) -> Marks:
    """The marks of all sheets; of a part that is no whole XML, those before the fault."""
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    reading = _Reading()
    if package.getinfo(_CONTENT).file_size > _MOST_BYTES:
        return reading.marks
    with package.open(_CONTENT) as content:
        try:
            for event, element in iterparse(content, events=("start", "end")):
                if event == "end":
                    element.clear()
                else:
                    reading.take(element)
        except ParseError:  # what of it can be read, the reader decides
            return reading.marks
    return reading.marks


class _Reading:
    """Where in the sheets the reading stands, and what it has met."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._sheet, self._row, self._column = "", 0, 0

    def take(self, element: Element) -> None:
        """Go on with the beginning of an element."""
        if element.tag == _TABLE + "table":
            self._sheet, self._row = element.get(_TABLE + "name", ""), 0
        elif element.tag == _TABLE + "table-row":
            again = _count(element, "number-rows-repeated")
            if element.get(_TABLE + "visibility") in ("collapse", "filter"):
                hidden = self.marks.hidden.setdefault(self._sheet, [])
                hidden.extend(range(self._row + 1, self._row + 1 + min(again, hidden_rows.MOST - len(hidden))))
            self._row, self._column = self._row + again, 0
        elif element.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            rows = _count(element, "number-rows-spanned")
            if rows > 1:
                first = self._row - 1, self._column
                last = self._row + rows - 2, self._column + _count(element, "number-columns-spanned") - 1
                self.marks.merged.setdefault(self._sheet, []).append((first, last))
            again = _count(element, "number-columns-repeated")
            if (formula := element.get(_TABLE + "formula")) is not None:
                self._note(_NAMESPACE.sub("", formula), again)
                if element.get(_CALC + "value-type") == "error":
                    self._note_error(again)
            self._column += again

    def _note(self, formula: str, again: int) -> None:
        found = self.marks.formulas.setdefault(self._sheet, [])
        columns = range(self._column, self._column + min(again, _MOST_FORMULAS - len(found)))
        found.extend((self._row, column, formula) for column in columns)

    def _note_error(self, again: int) -> None:
        found = self.marks.errors.setdefault(self._sheet, [])
        columns = range(self._column, self._column + min(again, errors.MOST - len(found)))
        found.extend((self._row, column) for column in columns)


def _count(element: Element, name: str) -> int:
    text = element.get(_TABLE + name, "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1

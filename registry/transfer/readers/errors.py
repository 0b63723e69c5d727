"""Cells that are errors, as of "=> see CV" typed for a text: as values they come empty from the reader."""

from __future__ import annotations

import re

from registry.transfer.readers.cells import column_place

#: Row, from 1, and column, from 0.
Place = tuple[int, int]

#: So many of a sheet are told at most.
MOST = 200_000
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*?\bt\s*=\s*[\"']e[\"'][^<>]*)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
#: Errors written as texts, in the words of Excel and LibreOffice in several languages, and what stands in a text file
#: where a column was too narrow; "#N/A" says that there is nothing.
_WRITTEN = (
    r"#(?:NULL!|NUL!|NULO!|¡NULO!|DIV/0!|¡DIV/0!|VALUE!|VALEUR!|VALOR!|¡VALOR!|WERT!|REF!|¡REF!|BEZUG!|NAME\?|NOM\?|NOME\?|"
    r"¿NOMBRE\?|NUM!|NOMBRE!|¡NUM!|NÚM!|ZAHL!|NV|SPILL!|CALC!|#{2,})|(?:Err|Fehler) ?: ?5\d\d"
)
#: One of them as a whole text of several, parted by a mark.
_AMONG = re.compile(rf"(?:^|(?<=\0))(?:{_WRITTEN})(?=\0|$)")
_ALONE = re.compile(_WRITTEN)


def places(chunk: bytes) -> set[Place]:
    """The cells whose tags stand in a piece of a worksheet (.xlsx) and that are errors."""
    # A single letter, which most rows do not have, is looked for much faster.
    if b"e" not in chunk or (b't="e"' not in chunk and b"'e'" not in chunk):
        return set()
    found = (_REFERENCE.search(tag) for tag in _CELL.findall(chunk))
    return {(int(each[2]), column_place(each[1].decode())) for each in found if each}


def is_written(text: str) -> bool:
    """Whether a text is an error that a program wrote in its words."""
    return _ALONE.fullmatch(text) is not None


def are_among(texts: str) -> bool:
    """Whether any of several texts, parted by "\\0", may be one."""
    return ("#" in texts or ":5" in texts or ": 5" in texts) and _AMONG.search(texts) is not None

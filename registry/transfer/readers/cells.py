"""Cells of a stranger's table as text, exactly as their program shows them where that says more than the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.transfer.readers.table_files import Cell

#: Between several values that a reader knows to be several, such as the rows of a questionnaire's repeat: a
#: noncharacter, which Unicode reserves for a program's own use (chapter 23.7).
BETWEEN = "\ufdd0"
#: Heads the column that says from which file of an archive of filled forms a row is.
FORM_FILE = "PDF"


def text_of(cell: Cell) -> str:
    """A cell's text; "" for an empty and for an unreadable one."""
    if cell is None:
        return ""
    if type(cell) is str:
        return cell
    if isinstance(cell, tuple):
        return _date(cell[1]) if cell[0] == "date" else ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 1e15 else f"{cell:.0f}"
    return str(cell)


def texts_of(row: Sequence[Cell]) -> list[str]:
    """All cells of a row as text."""
    return [cell if type(cell) is str else "" if cell is None else text_of(cell) for cell in row]


def well_formed(text: str) -> str:
    """`text` with the sign for what cannot be read instead of halves of characters, which no store takes."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_blank(row: Sequence[str]) -> bool:
    """Whether a row holds nothing but spaces."""
    return not any(text and not text.isspace() for text in row)


def column_letter(place: int) -> str:
    """0 -> A, 26 -> AA, as spreadsheet programs call their columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """A -> 0, AA -> 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _date(iso: str) -> str:
    """A date cell; its time of day only where there is one."""
    moment = datetime.fromisoformat(iso)
    return iso[:10] if len(iso) == 10 or moment.time() == moment.time().min else iso.replace("T", " ")

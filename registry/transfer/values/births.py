"""Date and place of birth in one cell, as "12/03/1980 à Dakar", taken apart where both are beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from registry import dates
from registry.errors import Invalid
from registry.i18n import ngettext
from registry.kinds import clean
from registry.transfer.headings import wordings
from registry.transfer.headings.headers import key
from registry.transfer.values.date_orders import in_full
from registry.transfer.values.stepping import ColumnStep, each

#: The fields of such a column.
DATE, PLACE = "birth_date", "birth_place"

_WORD = re.compile(r"[^\s,;()]+")
_SIGNS = " \t,;:/-–"
#: Words of a date at most: vers le 12 mars 1980.
_LONGEST = 6
#: Share of cells that hold date and place of birth, from which on the column does.
_PARTED = 0.3
#: Cells of a column that are looked at for that.
_LOOKED_AT = 200
#: What no place has: another number than that of a quarter.
_NUMBER = re.compile(r"\d{3}")


@dataclass(frozen=True)
class BirthParts(ColumnStep):
    """Fills date and place from one cell, as a step of `Columns`; a cell that is not parted stands as its date."""

    column: int
    date: int
    place: int

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        parted = [apart(text) for text in cells[self.column]]
        texts[self.date] = [date for date, _place in parted]
        texts[self.place] = [place for _date, place in parted]


@dataclass(frozen=True)
class BirthPlaces(ColumnStep):
    """Takes the place alone out of cells of date and place, as a step of `Columns`."""

    column: int
    place: int

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        texts[self.place] = each(place_of, cells[self.column])


def place_of(text: str) -> str:
    """The place in a cell of date and place, or of a place alone; "" where it is not beyond doubt."""
    place = apart(text)[1]
    return text if not place and not any(map(str.isdigit, text)) else place


def is_about(header: str) -> bool:
    """Whether a heading is about somebody's birth."""
    return wordings.pattern("birth").search(key(header)) is not None


def are_in(header: str, cells: Iterable[str]) -> bool:
    """Whether a column holds date and place of birth together."""
    return is_about(header) and share(list(islice(filter(None, cells), _LOOKED_AT))) >= _PARTED


def share(cells: Sequence[str]) -> float:
    """Share of cells that hold date and place."""
    return sum(bool(apart(cell)[1]) for cell in cells) / len(cells) if cells else 0.0


def dates_of(cells: Iterable[str]) -> list[str]:
    """The date in each cell."""
    return each(lambda text: apart(text)[0], list(cells))


def apart(text: str) -> tuple[str, str]:
    """(date, place) of a cell as they are written; the whole text and "" if it does not hold both for sure."""
    plain = _bare(clean(text))
    words = list(_WORD.finditer(plain))
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        end, start = words[size - 1].end(), words[-size].start()
        for date, place in ((plain[:end], plain[end:]), (plain[start:], plain[:start])):
            if _is_date(date := date.strip(_SIGNS + "()")) and _is_place(place := _bare(place)):
                return _bare(date), place
    return text, ""


def told(column: str, count: int) -> str:
    """What is said about them."""
    return ngettext(
        "“{column}”: date and place of birth were taken apart in {count} cell.",
        "“{column}”: date and place of birth were taken apart in {count} cells.",
        count,
        column=column,
    )


def told_places(column: str, cells: Sequence[str]) -> list[str]:
    """What is said of places that were taken out of cells, and of cells in which none is beyond doubt."""
    places = [place_of(cell) for cell in cells if cell.strip()]
    taken, left = sum(map(bool, places)), places.count("")
    said = ngettext(
        "“{column}”: the place of birth was taken from {count} cell; the date is taken from another column.",
        "“{column}”: the place of birth was taken from {count} cells; the date is taken from another column.",
        taken,
        column=column,
    )
    unsaid = ngettext(
        "“{column}”: {count} cell has no place of birth beyond doubt and was left.",
        "“{column}”: {count} cells have no place of birth beyond doubt and were left.",
        left,
        column=column,
    )
    return [said, *[unsaid] * (left > 0)]


def _bare(text: str) -> str:
    """A text without the words and signs around it; a place may begin with a capital: "Le Havre", "A Coruña"."""
    before = ""
    while before != text:
        before = text = _unsigned(text)
        first, _space, rest = text.partition(" ")
        small = first == first.lower() or rest[:1].isdigit()
        text = rest if (small and _is_beside(first)) or first.lower() in wordings.plain("born") else text
        rest, _space, last = text.rpartition(" ")
        text = rest if _is_beside(last) else text
    return text


def _unsigned(text: str) -> str:
    """A text without the signs around it, but for brackets of its own."""
    text = text.strip(_SIGNS)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text.lstrip(_SIGNS + ")").rstrip(_SIGNS + "(")


def _is_beside(word: str) -> bool:
    return word.strip(_SIGNS).lower() in wordings.plain("beside_birth")


def _is_date(text: str) -> bool:
    try:
        return bool(dates.parse(in_full(text), "dmy"))
    except Invalid:
        return False


def _is_place(text: str) -> bool:
    """Whether a text may be a place: in capitals "A" and "EN" may be words before it, which nobody knows."""
    first = text.split(" ", 1)[0]
    doubtful = text.isupper() and first.lower() in wordings.plain("beside_birth")
    return any(map(str.isalpha, text)) and not doubtful and _NUMBER.search(text) is None

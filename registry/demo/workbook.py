"""The messy workbook that the demonstration imports: a list as an honorary consul keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from registry.demo.draws import data
from registry.demo.names import plain
from registry.demo.people import people

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, str]
Cell = str | int | date | None

HEADER_ROW = 5
#: People of the registry who are on the list again, recognised by one identifier each.
KNOWN_BY = ("external_id", "document.number", "email")
KNOWN = 12
#: People of the registry who are on the list under a miswritten name, without any identifier.
MISWRITTEN = 8
NEWCOMERS = 100
#: Rows on which somebody forgot the name.
NAMELESS = 2

_NO_BREAK_SPACE = "\u00a0"


def write_messy_workbook(path: Path, seed: int = 1, count: int = 2000) -> None:
    """Write the list to `path` (.xlsx) for the registry filled by `people(count, seed)`.

    It names 120 people: 12 of the registry's first people again, 8 more of them miswritten, 100 newcomers
    who follow the first `count` in the same stream. Two rows have no name. Same arguments, same cells.
    """
    from openpyxl import Workbook

    wording = data("workbook")
    random = Random(f"workbook {seed}")
    book = Workbook()
    helper = book.worksheets[0]
    helper.title = wording["helper_sheet"]
    for code, labels in {**wording["sexes"], **wording["countries"]}.items():
        helper.append([code, labels[0]])
    helper.sheet_state = "hidden"
    sheet = book.create_sheet(wording["sheet"])
    book.active = 1
    _write_head(sheet, wording)
    _write_rows(sheet, wording, _listed(random, seed, count), random)
    book.save(path)


def _listed(random: Random, seed: int, count: int) -> list[Row]:
    """Whom the list names, in its order, by canonical fields."""
    stream = people(count + 40 * NEWCOMERS, seed)
    residents = [row for row in islice(stream, min(count, 1000)) if _has_two_names(row)]
    known = []
    for place in range(min(KNOWN, len(residents))):
        kept = KNOWN_BY[place % len(KNOWN_BY)]
        person = next((row for row in residents if kept in row), None)
        if person is not None:
            residents.remove(person)
            known.append(_without(person, *(field for field in KNOWN_BY if field != kept)))
    for person in residents[:MISWRITTEN]:
        known.append(_miswritten(person, random))
    newcomers = (row for row in islice(stream, max(0, count - 1000), None) if _lives_near(row))
    listed = [*known, *(_renumbered(row, place) for place, row in enumerate(islice(newcomers, NEWCOMERS)))]
    random.shuffle(listed)
    for place in range(NAMELESS):
        nobody = _without(listed[place], *KNOWN_BY, "family_name", "given_name", "birth_date")
        listed.insert(random.randrange(10, len(listed)), nobody)
    return listed


def _has_two_names(row: Row) -> bool:
    return bool(plain(row.get("family_name", "")) and plain(row.get("given_name", "")))


def _lives_near(row: Row) -> bool:
    near = row.get("address.country") in data("workbook")["countries"]
    return near and _has_two_names(row) and "address.postal_code" in row


def _without(row: Row, *fields: str) -> Row:
    return {field: text for field, text in row.items() if field not in fields}


def _renumbered(row: Row, place: int) -> Row:
    """The consul keeps his own numbers, for two people in three."""
    numbered = _without(row, "external_id")
    if place % 3:
        numbered["external_id"] = f"LYO/{place + 1:03}"
    return numbered


def _miswritten(row: Row, random: Random) -> Row:
    """Accents lost and two letters swapped; without what would identify the person exactly."""
    person = _without(row, *KNOWN_BY)
    family = plain(row["family_name"])
    at = random.randrange(len(family) - 1)
    person["family_name"] = (family[:at] + family[at + 1] + family[at] + family[at + 2 :]).capitalize()
    person["given_name"] = plain(row["given_name"]).capitalize()
    return person


def _write_head(sheet: Worksheet, wording: dict[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font

    for line, title in enumerate(wording["titles"], start=1):
        sheet.cell(line, 1, title).font = Font(bold=True, size=14)
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=8)
    sheet.cell(HEADER_ROW - 2, 1, wording["guidance"]).font = Font(italic=True)
    for column, (_field, header) in enumerate(wording["columns"], start=1):
        cell = sheet.cell(HEADER_ROW, column, header)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_rows(sheet: Worksheet, wording: dict[str, Any], listed: list[Row], random: Random) -> None:
    hand = _Hand(wording, random)
    columns: list[tuple[str, str | None]] = wording["columns"]
    for line, row in enumerate(listed, start=HEADER_ROW + 1):
        for column, (field, header) in enumerate(columns, start=1):
            if header is None:
                continue
            cell = sheet.cell(line, column, hand.write(row, field) if field else hand.observation())
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    last = HEADER_ROW + len(listed) + 1
    sheet.cell(last, 1, "TOTAL")
    sheet.cell(last, len(columns), wording["total"].format(count=len(listed) - NAMELESS))


class _Hand:
    """How the consul types: each value in one of several ways."""

    def __init__(self, wording: dict[str, Any], random: Random) -> None:
        self._random = random
        self._missing: list[str] = wording["missing"]
        self._observations: list[str] = wording["observations"]
        self._words: dict[str, dict[str, list[str]]] = {
            "sex": wording["sexes"],
            "citizenship": wording["countries"],
            "address.country": wording["countries"],
            "preferred_language": wording["languages"],
        }
        self._ways: dict[str, Callable[[str], Cell]] = {
            "family_name": lambda text: self._spaced(text.upper()),
            "given_name": self._spaced,
            "birth_date": self._date,
            "document.expires": self._date,
            "registered_on": self._date,
            "address.postal_code": lambda text: int(text) if text.isdigit() else text,
            "address.street": self._spaced,
            "phone": self._phone,
        }

    def write(self, row: Row, field: str) -> Cell:
        """What the consul types for `field` of `row`."""
        head, _dot, number = field.rpartition(".")
        kind = head if number.isdigit() else field
        text = row.get(field)
        if text is None:
            # A dash as a name would be a name; the consul leaves these cells empty.
            return None if kind in ("family_name", "given_name") else self._random.choice(self._missing) or None
        if kind in self._words:
            return self._random.choice(self._words[kind].get(text, [text])) or None
        way = self._ways.get(kind)
        return way(text) if way else text

    def observation(self) -> str | None:
        """A remark for the consul's own eyes."""
        return self._random.choice(self._observations) if self._random.random() < 0.2 else None

    def _spaced(self, text: str) -> str:
        chance = self._random.random()
        if chance < 0.15:
            return text + _NO_BREAK_SPACE
        return text.replace(" ", _NO_BREAK_SPACE) if chance < 0.4 else text

    def _date(self, text: str) -> Cell:
        if text.endswith("~"):
            return f"vers {'/'.join(reversed(text[:-1].split('-')))}"
        parts = text.split("-")
        if len(parts) < 3:
            return "/".join(reversed(parts))
        year, month, day = (int(part) for part in parts)
        if self._random.random() < 0.5:
            return date(year, month, day)
        return self._random.choice((f"{day:02}/{month:02}/{year}", f"{day}.{month}.{year}", f"{day}-{month}-{year}"))

    def _phone(self, text: str) -> Cell:
        chance = self._random.random()
        digits = "".join(mark for mark in text if mark.isdigit())
        if chance < 0.25 and not text.startswith("+"):
            return int(digits)
        if chance < 0.4 and text.startswith("+"):
            return int(digits)
        if chance < 0.7:
            return text.replace(" ", _NO_BREAK_SPACE)
        return text.replace(" ", ".") if text.startswith("0") else text

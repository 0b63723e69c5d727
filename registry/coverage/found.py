"""What a file of estimates holds, whatever its layout: figures, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from registry import vocabularies
from registry.i18n import N_
from registry.vocabularies.loading import by_number

NO_FIGURE = N_("No figure is given.")
A_REGION = N_("A region or group of countries, whose countries stand by themselves.")
NOT_A_COUNTRY = N_("Not a country of the list.")
#: UN M49: numbers of regions and groups in tables of the United Nations; those of countries are lower.
_GROUPS_FROM = 900
#: What stands in tables where nothing is known or reported apart.
_NOTHING = frozenset({"", "..", "…", "-", "–", "—", "n/a", "na", "0"})
#: Signs of footnotes behind a name.
_FOOTNOTES = re.compile(r"[\s*†‡§]+$|\s*(?:\[\w{1,2}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")

#: Number of a row and the texts of its cells.
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Figure:
    """One estimate as a file has it; `Estimate` says what the attributes mean.

    Attributes:
        row: its number, as the spreadsheet program shows it.
    """

    row: int
    country: str
    city_id: int
    year: int
    source: str
    sex: str
    population: int
    note: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A row that is no estimate.

    Attributes:
        row: its number.
        text: what it is about, as it stands there.
        reason: catalogue message.
    """

    row: int
    text: str
    reason: str


@dataclass
class Found:
    """What was read so far."""

    figures: list[Figure] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


#: Takes the rows of a table into what was found.
Taking = Callable[[Iterator[Line], Found], None]


def at(texts: list[str], place: int | None) -> str:
    """The text of a cell; "" beyond the row's end."""
    return texts[place].strip() if place is not None and place < len(texts) else ""


def says_nothing(text: str) -> bool:
    """Whether a cell gives no figure: what is not reported apart stands as 0, .., or empty."""
    return text.strip().casefold() in _NOTHING


def country_named(text: str, number: str = "") -> str | None:
    """The alpha-3 code of a country by its number (UN M49), else by its name with or without signs of footnotes."""
    if number.isdecimal():
        if int(number) >= _GROUPS_FROM:
            return None
        if code := by_number().get(int(number)):
            return code
    return None if _plain(text).casefold() in _regions() else _named(text)


def why_not(text: str, number: str = "") -> str:
    """Why a row that names no country is left out, a catalogue message."""
    group = number.isdecimal() and int(number) >= _GROUPS_FROM
    return A_REGION if group or _plain(text).casefold() in _regions() else NOT_A_COUNTRY


@cache
def _named(text: str) -> str | None:
    plain = _plain(text)
    return vocabularies.shipped("country").find(plain) if plain else None


def _plain(text: str) -> str:
    plain = " ".join(text.split())
    while (shorter := _FOOTNOTES.sub("", plain)) != plain:
        plain = shorter
    return plain


@cache
def _regions() -> frozenset[str]:
    """The names of continents and their parts: by CLDR, under numbers of UN M49, and as the United Nations write them.

    Where the United Nations write Micronesia they mean the region; the country has more words.
    """
    from babel import Locale

    names = Locale.parse("en").territories.items()
    return frozenset({"micronesia", *(name.casefold() for code, name in names if code.isdecimal())})

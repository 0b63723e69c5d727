"""The migrant stock of the United Nations as published: by destination and origin, in each of its layouts.

Until 2019 a column is an origin, and a row a destination and year; each sex has a sheet of its own. Since 2020 a row is
a pair of destination and origin, and a column a year, for both sexes, then men, then women.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from registry import vocabularies
from registry.coverage.estimates import number_of
from registry.coverage.found import NO_FIGURE, Figure, Found, LeftOut, Line, at, country_named, says_nothing, why_not
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.search.folding import fold

NO_ORIGIN = N_("This table has no column for {country}. Choose the state whose people are to be counted.")
NO_PAIRS = N_("This table has no row with people from {country}. Choose the state whose people are to be counted.")
NEEDS_ORIGIN = N_("Say whose people are to be counted: the state that this registry serves is not known.")
SOURCE = "UN DESA, International Migrant Stock"

#: A row is the head of a table by origin if so many of its cells are countries.
_ORIGINS = 20
#: A row is the head of a table of pairs if so many of its cells are years.
_YEARS = 2
#: Rows of the head: the years, and what they are about in the rows above.
_HEAD = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDITION = re.compile(r"migrant stock\W+(?:the )?((?:19|20)\d\d)", re.IGNORECASE)
_TABLE = re.compile(r"\s*table\s+\d+", re.IGNORECASE)


@dataclass(frozen=True)
class _Destination:
    """Where a row says which country it is about: places of its name and number."""

    name: int
    number: int | None

    def of(self, line: Line, found: Found) -> str | None:
        """The country; None where the row is left out."""
        name, number = at(line[1], self.name), at(line[1], self.number)
        code = country_named(name, number)
        if code is None and name:
            found.left_out.append(_left(line[0], name, why_not(name, number)))
        return code


@dataclass(frozen=True)
class ByOrigin:
    """A table with a column for each origin.

    Attributes:
        first: number of the first row below the head.
        origin: place of the column of those who are counted.
        year: place of the year; None = all rows are of `of_year`.
    """

    first: int
    destination: _Destination
    origin: int
    year: int | None
    of_year: int
    sex: str
    edition: str

    def take(self, lines: Iterator[Line], found: Found) -> None:
        """Read the rows."""
        read: list[Figure] = []
        for line in lines:
            number, texts = line
            year = self._year(texts)
            if number < self.first or not year:
                continue
            country, text = self.destination.of(line, found), at(texts, self.origin)
            if country is None:
                continue
            if says_nothing(text) or (people := _people(text)) is None:
                found.left_out.append(_left(number, at(texts, self.destination.name), NO_FIGURE))
            else:
                read.append(Figure(number, country, 0, year, "", self.sex, people))
        found.figures += _with_source(read, self.edition)

    def _year(self, texts: list[str]) -> int:
        if self.year is None:
            return self.of_year
        text = at(texts, self.year)
        return int(text) if _YEAR.fullmatch(text) else 0


@dataclass(frozen=True)
class ByPair:
    """A table with a row for each destination and origin.

    Attributes:
        first: number of the first row below the head.
        years: place, year and sex of each column of figures.
    """

    first: int
    destination: _Destination
    origin: _Destination
    country: str
    years: tuple[tuple[int, int, str], ...]
    edition: str

    def take(self, lines: Iterator[Line], found: Found) -> None:
        """Read the rows of one origin."""
        read: list[Figure] = []
        met = False
        for number, texts in lines:
            named = at(texts, self.origin.name), at(texts, self.origin.number)
            if number < self.first or country_named(*named) != self.country:
                continue
            met = True
            destination = self.destination.of((number, texts), found)
            if destination is None:
                continue
            figures = [
                Figure(number, destination, 0, year, "", sex, people)
                for place, year, sex in self.years
                if not says_nothing(text := at(texts, place)) and (people := _people(text)) is not None
            ]
            if not figures:
                found.left_out.append(_left(number, at(texts, self.destination.name), NO_FIGURE))
            read += figures
        if not met:
            raise BadFile(NO_PAIRS, country=_label(self.country))
        found.figures += _with_source(read, self.edition)


def table_of(lines: Sequence[Line], origin: str) -> ByOrigin | ByPair | None:
    """Which of the published layouts the first rows of a sheet have, None if neither; raises `BadFile`.

    Args:
        origin: alpha-3 code of the state whose people are counted; "" raises `Invalid` where it is needed.
    """
    for place, (_number, texts) in enumerate(lines):
        head = lines[max(place - _HEAD + 1, 0) : place + 1]
        years = [spot for spot, text in enumerate(texts) if _YEAR.fullmatch(text.strip())]
        if len(years) >= _YEARS and (pairs := _by_pair(lines, head, years, origin)) is not None:
            return pairs
        if sum(country_named(text) is not None for text in texts) >= _ORIGINS:
            return _by_origin(lines, head, origin)
    return None


def _by_origin(lines: Sequence[Line], head: Sequence[Line], origin: str) -> ByOrigin | None:
    number, texts = head[-1]
    words = _words(head[-2:])
    destination = _place(words, "destination") or _place(words, "dest", whole=True)
    if destination is None:
        return None
    here = [spot for spot, text in enumerate(texts) if country_named(text) == _required(origin)]
    if not here:
        raise BadFile(NO_ORIGIN, country=_label(origin))
    above = [text for _row, row in takewhile(lambda line: line[0] <= number, lines) for text in row if text]
    title = next((text for text in above if _TABLE.match(text)), "")
    year = _place(words, "year", whole=True)
    named = set(_YEAR.findall(title))
    if year is None and len(named) != 1:
        return None
    code = _place(words, "code", whole=True) or _place(words, "country code", whole=True)
    return ByOrigin(
        number + 1,
        _Destination(destination, code),
        here[0],
        year,
        int(named.pop()) if year is None else 0,
        _sex(title),
        _edition(above),
    )


def _by_pair(lines: Sequence[Line], head: Sequence[Line], years: Sequence[int], origin: str) -> ByPair | None:
    number, texts = head[-1]
    words = _words(head)
    places = {
        (word, coded): spot
        for spot, text in enumerate(words)
        if spot not in years
        for word in ("destination", "origin")
        if text.endswith(word) and (coded := "code" in text) == text.startswith(("location code", "code"))
        and not text.startswith(("notes", "type"))
    }  # fmt: skip
    if ("destination", False) not in places or ("origin", False) not in places:
        return None
    above = [text for _row, row in takewhile(lambda line: line[0] <= number, lines) for text in row if text]
    columns = tuple((spot, int(texts[spot]), _sex_of_column(head, spot)) for spot in years)
    to, of = (_Destination(places[word, False], places.get((word, True))) for word in ("destination", "origin"))
    return ByPair(number + 1, to, of, _required(origin), columns, _edition(above))


def _required(origin: str) -> str:
    if not origin:
        raise Invalid(NEEDS_ORIGIN, field="origin")
    return origin


def _words(head: Sequence[Line]) -> list[str]:
    """What stands above each column, in all rows of the head, folded."""
    width = max(len(texts) for _number, texts in head)
    # A reader may repeat the text of joined cells in each of them.
    return [fold(" ".join(dict.fromkeys(at(texts, place) for _number, texts in head))) for place in range(width)]


def _place(words: Sequence[str], word: str, *, whole: bool = False) -> int | None:
    """The first column that is called so, or whose name ends so."""
    return next((p for p, text in enumerate(words) if text == word or (not whole and text.endswith(word))), None)


def _sex_of_column(head: Sequence[Line], place: int) -> str:
    """The sex that stands above a column, or above one of those before it: one title stands over several years."""
    for _number, texts in reversed(head[:-1]):
        for before in range(place, -1, -1):
            if text := at(texts, before):
                if sex := _sex(text):
                    return sex
                break
    return ""


def _sex(title: str) -> str:
    words = fold(title).split()
    if any(word.startswith("female") for word in words):
        return "female"
    return "male" if any(word.startswith("male") for word in words) else ""


def _edition(texts: Sequence[str]) -> str:
    found = _EDITION.search(" \n".join(texts))
    return found[1] if found else ""


def _with_source(figures: Sequence[Figure], edition: str) -> list[Figure]:
    """The same with the publication they are from; its edition bears the newest of its years."""
    newest = edition or max((str(one.year) for one in figures), default="")
    return [Figure(f.row, f.country, 0, f.year, f"{SOURCE} {newest}", f.sex, f.population) for f in figures]


def _people(text: str) -> int | None:
    try:
        return number_of(text)
    except Invalid:
        return None


def _left(number: int, text: str, reason: str) -> LeftOut:
    return LeftOut(number, " ".join(text.split())[:80], reason)


def _label(country: str) -> str:
    return vocabularies.get("country").label(country)

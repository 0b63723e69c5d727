"""Numbers and dates as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from registry.i18n import N_, _, current_language

#: Least likelihood and what it is called.
_LIKELY = ((0.99, N_("almost certain")), (0.9, N_("very likely")), (0.7, N_("likely")), (0.0, N_("possible")))
_GROUP_SEPARATORS = {"en": ",", "fr": "\u202f", "es": ".", "pt": ".", "ar": ","}

_FIRST = 10
#: What would be written as less than ten hundredths.
_FEW = 0.0995


def number(value: int) -> str:
    """`value` with the thousands separated (CLDR)."""
    return f"{value:,}".replace(",", _GROUP_SEPARATORS[current_language()])


def first_of(listed: Sequence[object]) -> str:
    """The first ten of what is listed, with commas between, and a sign if there are more."""
    return ", ".join(map(str, listed[:_FIRST])) + (" …" if len(listed) > _FIRST else "")


def percent(share: float) -> str:
    """A share of 0..1 in whole hundredths, never 100 % for what is not certain: 97 %."""
    from babel.numbers import format_percent

    return format_percent(min(int(share * 100), 99) / 100, locale=current_language())


def share(part: float) -> str:
    """A share where 1.0 is all, in hundredths, with one decimal those under ten: 0.4 %, 37 %, 120 %."""
    from babel.numbers import format_percent

    number = "#,##0.#" if abs(part) < _FEW else "#,##0"
    return format_percent(part, f"{number}%" if current_language() == "en" else f"{number}\xa0%", current_language())


def tenths(value: int) -> str:
    """So many tenths with one decimal, as the language writes it: 5.4."""
    from babel.numbers import format_decimal

    return format_decimal(value / 10, format="0.0", locale=current_language())


def likelihood(share: float) -> str:
    """How likely something is, in words and hundredths: very likely, 93 %."""
    words = next(words for least, words in _LIKELY if share >= least)
    return _("{words}, {likelihood}", words=_(words), likelihood=percent(share))


def size(count: int) -> str:
    """Bytes as people say them: 12 MB, 12 Mo; from a whole megabyte on, else kilobytes."""
    from babel.units import format_unit

    million, thousand = 1_000_000, 1_000
    unit, whole = ("digital-megabyte", million) if count >= million else ("digital-kilobyte", thousand)
    return format_unit(-(-count // whole), unit, "short", locale=current_language())


def day(value: date) -> str:
    """A date in words short enough for a table: 5 Mar 1985, 5 mars 1985."""
    # CLDR's "d MMM y", without reading the pattern anew for each row of a list.
    return f"{value.day} {month_names(current_language())[value.month - 1]} {value.year}"


def moment(microseconds: int) -> str:
    """A time of the history in the local zone, to the minute."""
    return date_and_time(datetime.fromtimestamp(microseconds / 1_000_000).astimezone())


def date_and_time(value: datetime) -> str:
    """A time that knows its zone, in the local one, to the minute."""
    from babel.dates import format_datetime

    return format_datetime(value.astimezone(), "d MMM y HH:mm", locale=current_language())


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve abbreviated month names."""
    from babel.dates import get_month_names

    names = get_month_names("abbreviated", locale=language)
    return tuple(names[month] for month in range(1, 13))


@cache
def language_name(code: str) -> str:
    """What English calls a language: "French" for "fr"; the code where CLDR has no name."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))

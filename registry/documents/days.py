"""Days in the words of a letter's language: the one it is dated, and those that the officer wrote (CLDR)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache

from registry import dates
from registry.errors import Invalid
from registry.i18n import LANGUAGES

#: A date and the time behind it: 10:00, 10.30, 10h30, 10 heures, 10 a.m., 6:30 pm.
_TIME = re.compile(
    r"(?P<date>.*?\d)[\s,]+(?:(?:at|à)\s+)?(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d\d)(?:\s?(?P<half>[ap])\.?m\.?)?|\s?(?P<whole>[ap])\.?m\.?|\s?h(?:eures?)?\s?(?P<past>\d\d)?)",
    re.IGNORECASE,
)
#: What may stand before a date: the day of the week, which follows from it.
_FIRST_WORD = re.compile(r"([^\W\d]+)\.?,?\s+(.+)")


#: A day that follows a town in Latin letters would be drawn as part of it: words stand between, or the town follows.
_PLACED = {
    "fr": "{city}, le {date}",
    "ar": "{city} في {date}",
    **dict.fromkeys(("he", "fa", "ur"), "{date}, {city}"),
}


def placed(city: str, dated: str, language: str) -> str:
    """Town and day as a letter in that language has them over its text."""
    if not city:
        return dated
    return _PLACED.get(language, "{city}, {date}").replace("{date}", dated).replace("{city}", city)


def long_date(day: date, language: str, country: str) -> str:
    """The day in words of that language, with the month first only where the post's country writes so."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_locale(language, country))


def in_words(text: str, language: str, country: str) -> str:
    """A date that the officer wrote, with or without a time, in words of that language; "" if it is no date."""
    from babel import Locale
    from babel.dates import format_date, format_time, get_datetime_format

    day, at = _read(text, country)
    if day is None:
        return ""
    locale = Locale.parse(_locale(language, country))
    words = format_date(day, "full", locale=locale)
    if at is None:
        return words
    pattern = str(get_datetime_format("full", locale)).replace("'", "")
    clock = format_time(datetime.combine(day, at), "short", locale=locale)
    return pattern.replace("{1}", words).replace("{0}", clock)


def _read(text: str, country: str) -> tuple[date | None, time | None]:
    """The day and the time that `text` says; days come before months but where the post's country writes otherwise."""
    plain = text.strip()
    if (first := _FIRST_WORD.fullmatch(plain)) and first[1].casefold() in _weekdays():
        plain = first[2]
    found = _TIME.fullmatch(plain)
    order = "mdy" if country == "US" else "dmy"
    try:
        day = date.fromisoformat(dates.parse(plain if found is None else found["date"], order))
        return day, None if found is None else _clock(found)
    except (Invalid, ValueError):
        return None, None


def _clock(found: re.Match[str]) -> time:
    """The time of a match of `_TIME`; raises `ValueError` for one that no clock shows."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or 0)
    half = (found["half"] or found["whole"] or "").casefold()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    return time(hour % 12 + 12 * (half == "p") if half else hour, minute)


@cache
def _weekdays() -> frozenset[str]:
    """The days of the week in the program's languages."""
    from babel.dates import get_day_names

    return frozenset(name.casefold() for code in LANGUAGES for name in get_day_names("wide", locale=code).values())


def _locale(language: str, country: str) -> str:
    """What CLDR calls the language as it is written in that country; British English where it knows no better."""
    from babel import Locale, UnknownLocaleError

    if language == "en":
        return "en_US" if country == "US" else "en_GB"
    try:
        return str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return "en_GB"

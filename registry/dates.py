"""Partial dates: a year, a month or a day, perhaps estimated (ISO 8601, EDTF level 1)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from registry import formats
from registry.errors import Invalid
from registry.i18n import N_, _, current_language, ngettext
from registry.search.folding import fold

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\s](\d{1,2})(?:[./\s](\d{1,2}))?\.?")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{4})\.?")
_COMPACT = re.compile(r"(1[5-9]\d\d|20\d\d)(\d\d)(\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th|º)?\.?[\s-]+(?:de\s+)?)?([^\W\d]{3,})\.?,?[\s-]+(?:de\s+)?(\d{4})")
_WORDS_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
#: 1985. február 12.
_WORDS_YEAR_FIRST = re.compile(r"(\d{4})\.?\s+([^\W\d]{3,})\.?\s+(\d{1,2})\.?")
#: 1985年2月12日; ngày 12 tháng 2 năm 1985.
_EAST_ASIAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号號])?")
_VIETNAMESE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
#: What Slavic languages write behind a year.
_YEAR_WORD = re.compile(r"(?<=\d{4})\.?\s*(?:г|год|года|године|р|року|r|roku|god|godine)?\.?$", re.IGNORECASE)
_ESTIMATED = re.compile(r"^(?:c\.|ca\.?|circa|vers|env\.?|environ|about|~)\s*|\s*(?:\(?\?\)?|~)$", re.IGNORECASE)
#: The time that programs write behind a day that has none: 1985-03-12 00:00:00.
_MIDNIGHT = re.compile(r"(?<=\d)(?:\s+|T)0?0:00(?::00(?:\.0+)?)?Z?$")
#: Languages of which names of months are read; where they speak of two months, the first ones go before the others.
_LANGUAGES = (
    *("en", "fr", "es", "pt", "de", "ru", "ar"),
    *("it", "ro", "tr", "sr", "sr_Latn", "hr", "sq", "hu", "pl", "uk", "sk", "cs", "fa", "ar_DZ", "ar_MA", "ar_SY"),
)
_FIRST = 7
#: Letters of a name's beginning by which it is written too.
_BEGINNING = 3
#: Characters of YYYY-MM-DD.
_DAY = 10

IMPOSSIBLE = N_("“{text}” is not a date. Write it as 1985, 1985-03 or 1985-03-12.")
AMBIGUOUS = N_("“{text}” can be read in two ways. Write it as 1985-03-12, or say which comes first, day or month.")


def parse(text: str, order: str = "") -> str:
    """`text` as YYYY, YYYY-MM or YYYY-MM-DD, with `~` behind it when estimated.

    Args:
        text: what was written.
        order: "dmy" or "mdy" for dates like 03/04/1985 whose order a whole column has decided; "" = not known.

    Raises:
        Invalid: no date, an impossible one, or one that can be read in two ways.
    """
    if _is_iso(text):
        return text
    plain, estimated = _ESTIMATED.subn("", _MIDNIGHT.sub("", text.strip()))
    found = _parts(plain.strip(), order) or _parts(_YEAR_WORD.sub("", plain.strip()), order)
    if found is None:
        raise Invalid(IMPOSSIBLE, text=text[:40])
    year, month, day = found
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise Invalid(IMPOSSIBLE, text=text[:40]) from None
    iso = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    return iso + ("~" if estimated else "")


def usual(texts: Sequence[str]) -> Sequence[str | None]:
    """Those of many texts that are days of the calendar already, as `parse` has them; None for others."""
    days = [text for text in texts if len(text) == _DAY]
    try:
        whole = list(map(date.isoformat, map(date.fromisoformat, days))) == days
    except ValueError:  # one of them is something else
        whole = False
    known = set(days if whole else filter(_is_iso, days))
    return [text if text in known else None for text in texts]


def _is_iso(text: str) -> bool:
    """Whether a text is a day of the calendar already, as most of a list are."""
    try:
        return len(text) == _DAY and text[4] == text[7] == "-" and bool(date.fromisoformat(text))
    except ValueError:
        return False


def numeric_order(text: str) -> str:
    """What a date like 25/12/1985 proves of its column's order: "dmy", "mdy", "either" or "" (nothing)."""
    plain = _MIDNIGHT.sub("", text.strip())
    match = _YEAR_LAST.fullmatch(plain) or _YEAR_LAST.fullmatch(_YEAR_WORD.sub("", plain))
    if not match:
        return ""
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return "dmy"
    if second > 12 >= first:
        return "mdy"
    return "either" if first <= 12 and second <= 12 and first != second else ""


def earliest(value: str) -> date:
    """The first day that a stored partial date can mean."""
    year, month, day = _numbers(value)
    return date(year, month or 1, day or 1)


def latest(value: str) -> date:
    """The last day that a stored partial date can mean."""
    year, month, day = _numbers(value)
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def years_later(day: date, years: int) -> date:
    """The same day so many years later, or earlier; the 29th of February becomes the 28th."""
    year = min(max(day.year + years, 1), 9999)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _numbers(value: str) -> tuple[int, int, int]:
    parts = [int(part) for part in value.rstrip("~").split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    return year, month, day


def show(value: str) -> str:
    """A stored partial date in words: 1985, Mar 1985, 12 Mar 1985, about 1985."""
    exact = value.rstrip("~")
    parts = [int(p) for p in exact.split("-")]
    if len(parts) == 3:
        text = formats.day(date(*parts))
    elif len(parts) == 2:
        text = f"{formats.month_names(current_language())[parts[1] - 1]} {parts[0]}"
    else:
        text = str(parts[0])
    return _("about {date}", date=text) if value.endswith("~") else text


def age(born: str, on: date) -> str:
    """Years completed since a stored partial date, in words; about so many where the day is not known."""
    exact = born.rstrip("~")
    year, *rest = (int(p) for p in exact.split("-"))
    years = on.year - year - ((on.month, on.day)[: len(rest)] < tuple(rest))
    text = ngettext("{count} year old", "{count} years old", years)
    return _("about {age}", age=text) if born.endswith("~") or len(rest) < 2 else text


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT, _EAST_ASIAN):
        if match := pattern.fullmatch(text):
            return int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match := _YEAR_LAST.fullmatch(text):
        return _ordered(int(match[1]), int(match[2]), int(match[3]), order, text)
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), 0
    return _worded(text)


def _ordered(first: int, second: int, year: int, order: str, text: str) -> tuple[int, int, int]:
    proven = numeric_order(text)
    if proven == "either":
        if order:
            proven = order
        elif _DOTTED.fullmatch(text):
            proven = "dmy"  # nobody who parts a date by full stops puts the month first (CLDR)
        else:
            raise Invalid(AMBIGUOUS, text=text[:40])
    return (year, first, second) if proven == "mdy" else (year, second, first)


def _worded(text: str) -> tuple[int, int, int] | None:
    if match := _WORDS.fullmatch(text):
        day, word, year = match[1], match[2], match[3]
    elif match := _WORDS_MONTH_FIRST.fullmatch(text):
        word, day, year = match[1], match[2], match[3]
    elif match := _WORDS_YEAR_FIRST.fullmatch(text):
        year, word, day = match[1], match[2], match[3]
    elif match := _VIETNAMESE.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    else:
        return None
    month = month_of(word)
    return (int(year), month, int(day or 0)) if month else None


@lru_cache(maxsize=10_000)
def month_of(word: str) -> int:
    """The number of the month that a word names in any of `_LANGUAGES`; 0 = none, or another in another language.

    What the first languages say goes before what all others do.
    """
    folded = fold(word)
    for languages in (*((first,) for first in _LANGUAGES[:_FIRST]), _LANGUAGES[_FIRST:]):
        found = {month for language in languages for month in _months(language).get(folded, ())}
        if len(found) == 1:  # "jui" is June or July, "listopad" October or November
            return found.pop()
    return 0


@cache
def _months(language: str) -> dict[str, set[int]]:
    """Folded name of a month, or its beginning -> its number."""
    from babel.dates import get_month_names

    found: dict[str, set[int]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, context, language).items():
                for word in (name, name[:_BEGINNING] if width == "wide" else name):
                    found.setdefault(fold(word), set()).add(month)
    return found

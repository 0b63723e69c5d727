"""The kinds of value a field can hold: how each is read, kept and shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from registry import dates, gazetteer, phones, vocabularies
from registry.errors import Invalid
from registry.i18n import N_

NOT_IN_LIST = N_("“{text}” is not in the list of this field. Choose one of its values.")
NOT_A_NUMBER = N_("“{text}” is not a whole number.")
NOT_AN_EMAIL = N_("“{text}” is not an e-mail address. Write it as name@example.org.")
NOT_TYPED = N_("Coordinates are found by the city and the country. Write those.")
TOO_LONG = N_("This text is longer than {limit} characters. Shorten it.")

_LONGEST_TEXT = 500
_LONGEST_NAME = 300
_LONGEST_LINES = 20_000
_LONGEST_EMAIL = 254  # RFC 5321
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s.,;<>()\"]{2,}")
#: Characters that direct or hide text without being text (Unicode: bidi controls, zero width, C0 and C1 controls),
#: and halves of characters, which no store takes.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Situation:
    """What a value's reading depends on besides its text.

    Attributes:
        country: alpha-3 code of the country whose habits apply: the address's, else the post's.
        date_order: "dmy", "mdy" or "" when nobody has decided.
    """

    country: str = ""
    date_order: str = ""


#: What texts of a column mean, in their order; None for one that has to be read for itself.
Usual = Callable[[Sequence[str]], Sequence[str | None]]


def _each(texts: Sequence[str]) -> list[None]:
    return [None] * len(texts)


@dataclass(frozen=True)
class Kind:
    """One kind of value.

    Attributes:
        name: for the window's choice of editor.
        read: text and situation to the value that is kept; raises `Invalid`.
        show: the kept value to the reader's words.
        ordered: whether `<` and `>` mean something.
        usual: texts of a column, clean unless there may be lines in them, read together where that is faster.
    """

    name: str
    read: Callable[[str, Situation, str], str]
    show: Callable[[str, str], str]
    ordered: bool = False
    usual: Usual = _each


def clean(text: str, *, lines: bool = False) -> str:
    """`text` in NFC, without control characters, with single spaces; line breaks stay only where `lines` says so."""
    # What is printable has no controls and no other spaces than the plain one.
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        plain = plain.replace("\n", " ").replace("\t", " ")
    return "\n".join(_SPACES.sub(" ", _CONTROLS.sub("", line)).strip() for line in plain.split("\n")).strip()


def clean_all(texts: Sequence[str], *, lines: bool = False) -> list[str]:
    """`clean` of each text; nearly all texts of a list are clean, which is seen of many at once."""
    joined = "|".join(texts)
    clear = joined.isprintable() and joined.strip() == joined and not any(s in joined for s in ("  ", " |", "| "))
    # No character composes with the sign between.
    if clear and (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        return list(texts)
    return [clean(text, lines=lines) for text in texts]


def _text(limit: int, *, lines: bool = False) -> Callable[[str, Situation, str], str]:
    def read(text: str, _situation: Situation, _vocabulary: str) -> str:
        plain = clean(text, lines=lines)
        if len(plain) > limit:
            raise Invalid(TOO_LONG, limit=limit)
        return plain

    return read


def _usual_text(limit: int, *, lines: bool = False) -> Usual:
    def usual(texts: Sequence[str]) -> Sequence[str | None]:
        plain = clean_all(texts, lines=True) if lines else texts
        if max(map(len, plain), default=0) <= limit:
            return plain
        return [text if len(text) <= limit else None for text in plain]

    return usual


def _code(text: str, _situation: Situation, vocabulary: str) -> str:
    code = vocabularies.get(vocabulary).find(clean(text))
    if code is None:
        raise Invalid(NOT_IN_LIST, text=clean(text)[:40])
    return code


def _open_code(text: str, _situation: Situation, vocabulary: str) -> str:
    plain = clean(text)
    code = vocabularies.code_or_text(vocabulary, plain)
    if code is None and len(plain) > _LONGEST_TEXT:
        raise Invalid(TOO_LONG, limit=_LONGEST_TEXT)
    return code or plain


def _email(text: str, _situation: Situation, _vocabulary: str) -> str:
    plain = clean(text).removeprefix("mailto:").strip("<>")
    if not _EMAIL.fullmatch(plain) or len(plain) > _LONGEST_EMAIL:
        raise Invalid(NOT_AN_EMAIL, text=plain[:40])
    return plain


def _usual_emails(texts: Sequence[str]) -> Sequence[str | None]:
    return [
        text if found and len(text) <= _LONGEST_EMAIL and not text.startswith("mailto:") else None
        for text, found in zip(texts, map(_EMAIL.fullmatch, texts), strict=True)
    ]


def _integer(text: str, _situation: Situation, _vocabulary: str) -> str:
    plain = "".join(clean(text).split())
    if not re.fullmatch(r"\d{1,12}", plain):
        raise Invalid(NOT_A_NUMBER, text=plain[:40])
    return str(int(plain))


def _phone(text: str, situation: Situation, _vocabulary: str) -> str:
    plain, region = clean(text), vocabularies.alpha2(situation.country)
    number = phones.read(plain, region)
    if number is None:
        country = vocabularies.get("country").label(situation.country) if situation.country else region
        raise Invalid(phones.NOT_A_PHONE, text=plain[:40], country=country)
    return number


def _date(text: str, situation: Situation, _vocabulary: str) -> str:
    return dates.parse(clean(text), situation.date_order)


def _day(value: str, _vocabulary: str) -> str:
    """A date in words; a text that could not be read as one, as it was written."""
    try:
        return dates.show(value) if dates.parse(value) == value else value
    except Invalid:
        return value


def _not_typed(_text: str, _situation: Situation, _vocabulary: str) -> str:
    raise Invalid(NOT_TYPED)


def _degrees(value: str, _vocabulary: str) -> str:
    """Latitude and longitude of a city of the gazetteer; "" for one that a later edition has no more."""
    city = gazetteer.by_id(int(value))
    return f"{city.latitude:.4f}, {city.longitude:.4f}" if city is not None else ""


def _same(value: str, _vocabulary: str) -> str:
    return value


def _label(value: str, vocabulary: str) -> str:
    return vocabularies.get(vocabulary).label(value)


TEXT = Kind("text", _text(_LONGEST_TEXT), _same, usual=_usual_text(_LONGEST_TEXT))
NAME = Kind("name", _text(_LONGEST_NAME), _same, usual=_usual_text(_LONGEST_NAME))
LONG_TEXT = Kind("long_text", _text(_LONGEST_LINES, lines=True), _same, usual=_usual_text(_LONGEST_LINES, lines=True))
CODE = Kind("code", _code, _label)
#: A code where the vocabulary knows the text, else the text itself, to be coded later.
OPEN_CODE = Kind("open_code", _open_code, _label)
COUNTRY = Kind("country", _code, _label)
LANGUAGE = Kind("language", _code, _label)
PARTIAL_DATE = Kind("partial_date", _date, _day, ordered=True, usual=dates.usual)
INTEGER = Kind("integer", _integer, _same, ordered=True)
PHONE = Kind("phone", _phone, lambda value, _: phones.show(value))
EMAIL = Kind("email", _email, _same, usual=_usual_emails)
#: Kept as the gazetteer's number of the city; shown as degrees (WGS 84), latitude first.
COORDINATES = Kind("coordinates", _not_typed, _degrees)

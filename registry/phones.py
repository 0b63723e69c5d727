"""Telephone numbers in E.164 (ITU-T), read by the rules of the country they were written in."""

from __future__ import annotations

import re
from functools import lru_cache

from registry.errors import Invalid
from registry.i18n import N_

NOT_A_PHONE = N_("“{text}” is not a telephone number in {country}. Write it with + and the country code.")
#: The number itself among words that say whose or what it is.
_AMONG_WORDS = re.compile(r"[^\d+(]*([+(]?\d[\d\s().\-/]*\d)\b")
_LONG = 10  # digits
_EXTENSION = re.compile(r"(?:ext\.?|x|poste|int\.?)\s*\d+\s*$", re.IGNORECASE)


def parse(text: str, region: str, country: str = "") -> str:
    """`text` as E.164.

    Args:
        text: as written.
        region: ISO 3166-1 alpha-2 code of the country whose habits it follows when it has no `+`.

        country: its name, for the sentence.

    Raises:
        Invalid: not a possible number there.
    """
    number = _parsed(text, region)
    if number is None:
        raise Invalid(NOT_A_PHONE, text=text[:40], country=country or region)
    return number


def show(e164: str) -> str:
    """The number in the international form of its country: +33 1 99 00 12 34."""
    return _shown(e164)


@lru_cache(maxsize=65536)
def _parsed(text: str, region: str) -> str | None:
    import phonenumbers

    plain = _EXTENSION.sub("", text.strip())
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    if sum(c.isdigit() for c in plain) < 4:
        return None
    among = _AMONG_WORDS.match(plain)
    attempts = [plain, "+" + plain, *([among[1], "+" + among[1]] if among and among[1] != plain else [])]
    for attempt in attempts:
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


@lru_cache(maxsize=65536)
def _shown(e164: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

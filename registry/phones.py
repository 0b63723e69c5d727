"""Telephone numbers in E.164 (ITU-T), read by the rules of the country they were written in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from registry.i18n import N_

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberDesc

NOT_A_PHONE = N_("“{text}” is not a telephone number in {country}. Write it with + and the country code.")
#: The number itself among words that say whose or what it is.
_AMONG_WORDS = re.compile(r"[^\d+(]*([+(]?\d[\d\s().\-/]*\d)\b")
_EXTENSION = re.compile(r"(?:ext\.?|x|poste|int\.?)\s*\d+\s*$", re.IGNORECASE)
#: Digits and what stands between them, nothing that could be an extension or a second number.
_PLAIN = re.compile(r"\+?[0-9(][0-9 ().-]*")
_SIGNS = b"+ ().-"
_SHORTEST = 4  # digits


def read(text: str, region: str) -> str | None:
    """`text` as E.164; None for what is no possible number there.

    Args:
        text: as written.
        region: ISO 3166-1 alpha-2 code of the country whose habits it follows when it has no `+`.
    """
    plain = with_plus(text.strip())
    if found := usual(plain, region):
        return found
    number = with_plus(_EXTENSION.sub("", text.strip()))
    return (usual(number, region) if number != plain else None) or searched(number, region)


def with_plus(plain: str) -> str:
    """A number with + in place of the zeros that are dialled before a country's code in most countries."""
    return "+" + plain[2:] if plain.startswith("00") else plain


def show(e164: str) -> str:
    """The number in the international form of its country: +33 1 99 00 12 34."""
    return _shown(e164)


class _Numbering(NamedTuple):
    """How numbers are written in a country.

    Attributes:
        calling: the calling code.
        prefix: what is dialled before numbers inside the country.
        rewritten: whether what is dialled there says more than that, or changes the number.
        general: the numbers there without the prefix, of any kind.
        abroad: what is dialled before a calling code.
    """

    calling: str
    prefix: re.Pattern[str] | None
    rewritten: bool
    general: re.Pattern[str]
    abroad: re.Pattern[str] | None


def usual(plain: str, region: str) -> str | None:
    """A number that is written as most are, as `phonenumbers` reads it, for a fifth of the time.

    None where the library has to look: other ways to write, and numbers that may be wrong.
    """
    if _PLAIN.fullmatch(plain) is None:
        return None
    number = plain.encode().translate(None, _SIGNS).decode()
    if plain[0] == "+":
        numbering = _of_beginning(number[:3])
        rest = number[len(numbering.calling) :] if numbering is not None else ""
    else:
        numbering, rest = _of_country(region), number
        if numbering is not None and (
            number.startswith(numbering.calling) or (numbering.abroad is not None and numbering.abroad.match(number))
        ):
            return None
    if numbering is None or len(number) < _SHORTEST:
        return None
    dialled = numbering.prefix.match(rest) if numbering.prefix is not None else None
    # A prefix all of whose parts may be missing is found everywhere.
    if dialled is not None and (dialled.end() or dialled.lastindex):
        rest = rest[dialled.end() :]
        if numbering.rewritten or not numbering.general.fullmatch(rest):
            return None
    return f"+{numbering.calling}{rest}" if _valid(numbering.calling).fullmatch(rest) else None


@cache
def _of_beginning(digits: str) -> _Numbering | None:
    """That of the first country with the calling code that three digits begin with; None if there is none."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    codes = (int(digits[:end]) for end in range(1, len(digits) + 1) if digits[0] != "0")
    regions = (COUNTRY_CODE_TO_REGION_CODE.get(code) for code in codes)
    numberings = (_of_country(found[0]) for found in regions if found)
    return next(filter(None, numberings), None)


@cache
def _of_country(region: str) -> _Numbering | None:
    """From the library's own metadata; None for what is no country."""
    from phonenumbers import PhoneMetadata

    known = PhoneMetadata.metadata_for_region(region, None)
    if known is None or not (general := _shape(known.general_desc)):
        return None
    prefix = re.compile(known.national_prefix_for_parsing) if known.national_prefix_for_parsing else None
    rewritten = known.national_prefix_transform_rule is not None or (prefix is not None and prefix.groups > 0)
    abroad = re.compile(known.international_prefix) if known.international_prefix else None
    return _Numbering(str(known.country_code), prefix, rewritten, re.compile(general), abroad)


@cache
def _valid(calling: str) -> re.Pattern[str]:
    """Numbers of telephones behind a calling code: of the first of its countries that claims them."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    claimed, choices = "", []
    regions = (PhoneMetadata.metadata_for_region(region, None) for region in COUNTRY_CODE_TO_REGION_CODE[int(calling)])
    for known in filter(None, regions):
        kinds = "|".join(filter(None, map(_shape, (known.mobile, known.fixed_line))))
        own = f"(?={known.leading_digits})" if known.leading_digits else ""
        if kinds:
            choices.append(f"{claimed}{own}(?={_shape(known.general_desc)}$)(?:{kinds})")
        if known.leading_digits:
            claimed += f"(?!{known.leading_digits})"
    return re.compile("|".join(choices) or "(?!)")


def _shape(described: PhoneNumberDesc | None) -> str:
    """The pattern of a kind of numbers, of one of the lengths that they have; "" where there are none."""
    if described is None or not described.national_number_pattern:
        return ""
    lengths = "|".join(f"[0-9]{{{length}}}" for length in described.possible_length)
    return (f"(?=(?:{lengths})$)" if lengths else "") + f"(?:{described.national_number_pattern})"


def searched(plain: str, region: str) -> str | None:
    """The first number that the library finds valid, written so, without its +, or among words."""
    import phonenumbers

    if sum(c.isdigit() for c in plain) < _SHORTEST:
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

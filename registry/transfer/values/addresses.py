"""Whole addresses in one cell: postcode, city and country taken out, by the rules of the country."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from registry import fields, gazetteer, postal, vocabularies
from registry.i18n import ngettext
from registry.kinds import clean
from registry.postal import CITY, COUNTRY, POSTAL_CODE, REGION, STREET

#: A postcode of so few digits may as well be a house number: a city has to stand beside it.
_SHORT = 5
_LONGEST_CITY = 4  # words
_CEDEX = re.compile(r"\s+cedex(?:\s+\d+)?$", re.IGNORECASE)
_LEAST_STREET = 3  # characters
#: What stands between street and postcode: a comma, a dash, F- or D- for the country.
_COUNTRY_MARK = re.compile(r"[\s,(–-]+(?:[A-Z]{1,2}-)?$")
_BOX = re.compile(
    r"(?:box|\bb\.?p|postfach|casilla|apartado|apdo|caixa postal|fi[óo]k|п/я|ص\.?ب)[\s.:°nº#]*$", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[,;\n]\s*")
#: Stands between all parts of an address where a program wrote it without commas.
_GAP = re.compile(r" {2,}")
#: Letters of a country's code.
_CODE = 3


@dataclass
class AddressParts:
    """Takes an address apart, as a step of `Columns`.

    Attributes:
        street: place of the whole address among the texts.
        places: part -> its place there.
        home: alpha-3 code of the list's country.
        header: of the column.
        count: how many addresses were taken apart.
    """

    street: int
    places: Mapping[str, int]
    home: str
    header: str
    count: int = 0

    def __call__(self, _row: Sequence[str], texts: list[str]) -> None:
        if not texts[self.street]:
            return
        country = _known(texts[self.places[COUNTRY]])
        home = country or self.home
        found = apart(texts[self.street], home)
        told = {CITY: found.city, REGION: found.region, POSTAL_CODE: found.postcode, COUNTRY: found.country}
        told = {part: text for part, text in told.items() if text}
        # What contradicts a column of its own stays where it is.
        if not told or not all(_agree(part, text, texts[self.places[part]], home) for part, text in told.items()):
            return
        for part, text in told.items():
            texts[self.places[part]] = texts[self.places[part]] or text
        texts[self.street] = found.street
        self.count += 1

    def summary(self) -> str:
        """What was done; "" = nothing."""
        if not self.count:
            return ""
        return ngettext(
            "“{column}”: postcode, city or country were taken out of {count} address.",
            "“{column}”: postcode, city or country were taken out of {count} addresses.",
            self.count,
            column=self.header,
        )


@dataclass(frozen=True)
class Parts:
    """What one cell says of an address; "" for what it doesn't."""

    street: str
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


def needed(targets: Collection[str], street: str) -> tuple[str, ...]:
    """The names of the parts beside a street, if postcode or city have no column; () = it need not be taken apart."""
    head, place = fields.split(street)
    names = tuple(fields.numbered(part, place) for part in (CITY, REGION, POSTAL_CODE, COUNTRY))
    return names if head == STREET and not {names[0], names[2]} <= set(targets) else ()


def apart(whole: str, home: str) -> Parts:
    """The parts of an address; all of it is the street where its end is no postcode or city beyond doubt.

    Args:
        home: alpha-3 code of the country whose rules it follows if it names none.
    """
    parts = _parts(whole)
    country = named_at_end(whole)
    if country and (country == home or len(parts) > 2):
        parts, home = parts[:-1], country
    else:
        country = ""
    found = _by_postcode(parts, home) if home else None
    if found is None and len(parts) > 1 and home and gazetteer.find(parts[-1], home):
        found = Parts(", ".join(parts[:-1]), parts[-1])
    return replace(found, country=country) if found else Parts(clean(whole))


def named_at_end(whole: str) -> str:
    """Alpha-3 code of the country with which a whole address ends; "" = it names none."""
    parts = _parts(whole)
    return _known(parts[-1]) if len(parts) > 1 else ""


def _parts(whole: str) -> list[str]:
    if len(_GAP.findall(whole.strip())) > 1 and not any(sign in whole for sign in ",;\n"):
        whole = _GAP.sub(", ", whole.strip())
    return [part for part in _PARTS.split(clean(whole, lines=True)) if part]


def _by_postcode(parts: Sequence[str], home: str) -> Parts | None:
    pattern = postal.postcode_in_text(home)
    text = ", ".join(parts)
    codes = [m for m in pattern.finditer(text) if _is_postcode(m)] if pattern else []
    if not codes or codes[-1].start() < _LEAST_STREET:
        return None
    before, code, after = text[: codes[-1].start()], codes[-1][0], text[codes[-1].end() :].strip(" ,.-")
    before = _COUNTRY_MARK.sub("", before)
    order = postal.rules(home).order
    if after:
        first = order.index(POSTAL_CODE) < order.index(CITY)
        return Parts(before, after, "", code) if first and _is_city(after, home) else None
    street, city, region = _last_city(before, home)
    return Parts(street, city, region, code) if city or len(code) >= _SHORT else None


def _is_postcode(found: re.Match[str]) -> bool:
    """Whether it has a digit and is not the number of a box."""
    return any(c.isdigit() for c in found[0]) and _BOX.search(found.string, 0, found.start()) is None


def _is_city(text: str, home: str) -> bool:
    """Whether what follows a postcode is the name of a place."""
    name = _CEDEX.sub("", text)
    if gazetteer.find(name, home):
        return True
    if len(name) <= _CODE and _known(name):
        return False
    return not any(c.isdigit() for c in name) and "," not in name and 0 < len(name.split()) <= _LONGEST_CITY


def _last_city(text: str, home: str) -> tuple[str, str, str]:
    """A street, the known city behind its last comma, and a region's code behind that."""
    street, comma, last = text.rpartition(", ")
    if comma and gazetteer.find(last, home):
        return street, last, ""
    rules = postal.rules(home)
    if comma and last.casefold() in rules.region_codes and REGION in rules.order:
        further, comma, city = street.rpartition(", ")
        if comma and gazetteer.find(city, home):
            return further, city, last
    return text, "", ""


def _agree(part: str, found: str, present: str, home: str) -> bool:
    """Whether what an address says of a part is what a column of its own says, if it says anything."""
    if not present or _plain(found) == _plain(present):
        return True
    if part == COUNTRY:
        return _known(present) == found
    here = gazetteer.find(found, home) if part == CITY else None
    return here is not None and here == gazetteer.find(present, home)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _known(text: str) -> str:
    return vocabularies.get("country").find(clean(text)) or "" if text else ""

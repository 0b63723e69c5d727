"""Regions and provinces by any name and by code (ISO 3166-2), whichever of them was written down."""

from __future__ import annotations

from functools import cache

from registry import vocabularies
from registry.vocabularies import Vocabulary
from registry.vocabularies.suggesting import key

#: Fields that hold a region as it was written, without a code beside.
REGIONS = frozenset({"origin_region", "address.region"})


def same(text: str, country: str) -> frozenset[str]:
    """All ways, as `key` writes them, to say the regions that `text` names; none if it names none.

    Args:
        text: a name in any language, or a code, with or without the country before it.
        country: alpha-3 code of the country that a code without one belongs to; "" = not known.
    """
    named = _names()
    codes = named.get(key(text), set()) | named.get(key(f"{vocabularies.alpha2(country)}-{text}"), set())
    known = _subdivisions()
    below = [*codes]
    for code in below:  # grows while it is walked
        below.extend(known.children(code))
    ways = (word for code in below for word in (code, *known.labels[code].values(), *known.aliases.get(code, ())))
    return frozenset(key(word) for word in ways)


def code_of(text: str, country: str) -> str:
    """The ISO 3166-2 code of a region of a country (alpha-3) by any of its names, the highest of several; "" = none."""
    prefix = vocabularies.alpha2(country) + "-"
    known, named = _subdivisions(), _names()
    codes = named.get(key(text), set()) | named.get(key(prefix + text), set())
    there = [code for code in codes if code.startswith(prefix)]
    return min(there, key=lambda code: (known.level(code), code), default="")


@cache
def _names() -> dict[str, set[str]]:
    """Every name and code -> the codes that it can mean: Córdoba is in three countries."""
    known = _subdivisions()
    found: dict[str, set[str]] = {}
    for code, labels in known.labels.items():
        for word in (code, *labels.values(), *known.aliases.get(code, ())):
            found.setdefault(key(word), set()).add(code)
    return found


def _subdivisions() -> Vocabulary:
    return vocabularies.shipped("subdivision")

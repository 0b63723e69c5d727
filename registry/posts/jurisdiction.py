"""Whom a post serves: countries, regions and cities, read from words; and the query that finds its people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from registry import gazetteer, vocabularies
from registry.coverage.comparing import in_city, living_in
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import clean
from registry.search.tree import Node, Not, Term, all_of, any_of
from registry.vocabularies.loading import alpha2_codes

if TYPE_CHECKING:
    from registry.posts.keeping import Post

UNKNOWN = N_("“{text}” is no country, and no region or city of {country}. Write its name or its code.")

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_SEPARATORS = re.compile(r"[;\n\u061b]")


def read(text: str, country: str) -> tuple[str, ...]:
    """The codes of what is listed with semicolons between, each once; raises `Invalid`.

    Args:
        country: alpha-3 of the country in which regions and cities are looked for first.
    """
    return tuple(dict.fromkeys(_code(clean(part), country) for part in _SEPARATORS.split(text) if part.strip()))


def written(areas: Iterable[str]) -> str:
    """The same in the reader's words, so that it can be read again."""
    return "; ".join(label(area) for area in areas)


def label(area: str) -> str:
    """A country, region or city in the reader's words."""
    if area.isdecimal():
        city = gazetteer.by_id(int(area))
        return city.name if city is not None else area
    return vocabularies.get("subdivision" if _REGION.fullmatch(area) else "country").label(area)


def finds(post: Post, posts: Sequence[Post]) -> Node | None:
    """The query of the people in a post's jurisdiction; None = it has none.

    Where another post has a region of its country, or a city of its region, that part is the other's.
    """
    if not post.areas:
        return None
    others = {area for other in posts if other.id != post.id and other.active for area in other.areas}
    return any_of(_node(area, others.difference(post.areas)) for area in post.areas)


def _node(area: str, others: Iterable[str]) -> Node:
    within = [_plain(other) for other in sorted(others) if other != area and _lies_in(other, area)]
    return all_of((_plain(area), Not(any_of(within)))) if within else _plain(area)


def _plain(area: str) -> Node:
    if area.isdecimal():
        return in_city(int(area))
    if not _REGION.fullmatch(area):
        return living_in(area)
    return all_of((living_in(_country(area)), Term("address.region", ":", area)))


def _lies_in(area: str, other: str) -> bool:
    """Whether a region or city is part of a country or region."""
    if area.isdecimal():
        city = gazetteer.by_id(int(area))
        if city is None:
            return False
        if not _REGION.fullmatch(other):
            return city.country == other
        return _country(other) == city.country and vocabularies.shipped("subdivision").find(city.region) == other
    return bool(_REGION.fullmatch(area)) and _country(area) == other


def _country(region: str) -> str:
    """Alpha-3 of the country that a region's code begins with."""
    return next((code for code, short in alpha2_codes().items() if short == region[:2]), "")


def _code(text: str, country: str) -> str:
    regions = vocabularies.shipped("subdivision")
    if code := vocabularies.get("country").find(text):
        return code
    short = vocabularies.alpha2(country)
    for word in (f"{short}-{text}", text):
        if (found := regions.find(word)) is not None and (found.startswith(f"{short}-") or found == text.upper()):
            return found
    city = gazetteer.by_id(int(text)) if text.isdecimal() else gazetteer.find(text, country)
    if city is not None:
        return str(city.id)
    if (found := regions.find(text)) is not None:
        return found
    raise Invalid(UNKNOWN, field="jurisdiction", text=text[:40], country=vocabularies.get("country").label(country))

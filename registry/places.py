"""Where an address lies: the city of the gazetteer that its words mean, or none; never a guess in another country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from registry import gazetteer, vocabularies
from registry.gazetteer import City
from registry.vocabularies.suggesting import key

#: Texts of cities that a list has, with country and region; most stand in many rows.
_REMEMBERED = 50_000
#: Columns of an address that say where it lies.
_SAYING = ("city", "country", "region")


def city_id(address: Mapping[str, object]) -> int | None:
    """GeoNames' number of the city in a row of `address`; None where the gazetteer has none there of that name."""
    city, country, region = (str(address.get(column) or "") for column in _SAYING)
    return _number(city, country, region) if city else None


def city_ids(addresses: Mapping[str, Sequence[object]], count: int) -> list[int | None]:
    """The same of `count` rows of `address`, by column."""
    nothing = [None] * count
    said = list(zip(*(addresses.get(column, nothing) for column in _SAYING), strict=True))
    known = {words: city_id(dict(zip(_SAYING, words, strict=True))) for words in set(said)}
    return [*map(known.__getitem__, said)]


@lru_cache(_REMEMBERED)
def _number(city: str, country: str, region: str) -> int | None:
    """Of several in the country the one in that region, else the largest; without a country only if all are in one."""
    found = gazetteer.named(city, country)
    if not country and len({one.country for one in found}) > 1:
        return None
    there = [one for one in found if _lies_in(one, region)] if region and len(found) > 1 else []
    return next((one.id for one in (*there, *found)), None)


def _lies_in(city: City, region: str) -> bool:
    """Whether `region`, by name or by ISO 3166-2 code, is the first-level division of the city."""
    if key(region) == key(city.region):
        return True
    known = vocabularies.shipped("subdivision")
    country = vocabularies.alpha2(city.country)
    code = known.find(f"{country}-{region}") or known.find(region)
    return code is not None and code.startswith(f"{country}-") and code == known.find(city.region)

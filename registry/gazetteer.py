"""Cities of the world by any of their names, from GeoNames (CC BY 4.0)."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest

import resources
from registry.vocabularies.suggesting import key

#: The number of the city at the end of a name's line.
_NUMBER = re.compile(rb"\t(\d+)\n")
_FEWEST_BYTES = 2
#: So many of the largest cities are looked at for each that is suggested.
_RIVALS = 6
#: Cities that were asked for by number; those of a list are few.
_REMEMBERED = 2_000


@dataclass(frozen=True)
class City:
    """A city or town.

    Attributes:
        id: GeoNames' number.
        name: as GeoNames writes it, in Latin letters.
        country: ISO 3166-1 alpha-3.
        region: name of the first-level division, "" if there is none.
        latitude: degrees, north positive (WGS 84).
        longitude: degrees, east positive (WGS 84).
        population: inhabitants, 0 if unknown.
        time_zone: of the IANA database.
    """

    id: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


def find(text: str, country: str = "") -> City | None:
    """The largest city of that name in any script, in `country` (alpha-3) or anywhere; None if there is none."""
    return next(iter(_named(_key(text) + b"\t", country, 1)), None)


def named(text: str, country: str = "") -> list[City]:
    """Every city of that name in any script, in `country` (alpha-3) or anywhere, the largest first."""
    return _named(_key(text) + b"\t", country, None)


def suggest(text: str, country: str = "", limit: int = 8) -> list[City]:
    """At most `limit` cities with a name that begins like this: those so called here first, then the largest.

    One Latin letter is the beginning of too many.
    """
    beginning = _key(text)
    if len(beginning) < _FEWEST_BYTES:
        return []
    cities = _named(beginning, country, _RIVALS * limit)
    return sorted(cities, key=lambda city: not _key(city.name).startswith(beginning))[:limit]


@lru_cache(_REMEMBERED)
def by_id(number: int) -> City | None:
    """The city with that GeoNames number."""
    found = _numbers().get(number)
    return None if found is None else _world().city(found)


def cities_in(country: str) -> list[City]:
    """Every city of a country (alpha-3), the largest first."""
    code = b"\t%s\t" % country.encode()
    world = _world()
    return [world.city(number) for number, line in enumerate(world.cities) if code in line]


@dataclass(frozen=True)
class _World:
    """Everything, as it lies in the file: a line a city, the largest first; a line a name, in the order of bytes."""

    cities: list[bytes]
    names: bytes

    def city(self, number: int) -> City:
        """The city in that line."""
        told = self.cities[number].decode("utf-8").split("\t")
        place = (float(told[4]), float(told[5]), int(told[6]))
        return City(int(told[0]), told[1], told[2], told[3], *place, told[7])


@cache
def _world() -> _World:
    cities, _, names = gzip.decompress(resources.path("gazetteer", "cities.gz").read_bytes()).partition(b"\f")
    return _World(cities.split(b"\n"), names)


@cache
def _numbers() -> dict[int, int]:
    """The city's line by GeoNames' number."""
    return {int(line[: line.index(b"\t")]): number for number, line in enumerate(_world().cities)}


def _key(text: str) -> bytes:
    return key(text).encode() if text.strip() else b""


def _named(beginning: bytes, country: str, limit: int | None) -> list[City]:
    """The largest cities with a name that begins with these bytes; `limit` None = all."""
    world = _world()
    lines = world.names[_first(world.names, beginning) : _first(world.names, beginning + b"\xff")]
    numbers = {int(number) for number in _NUMBER.findall(lines)}
    if country:
        code = b"\t%s\t" % country.encode()
        numbers = {number for number in numbers if code in world.cities[number]}
    some = sorted(numbers) if limit is None else nsmallest(limit, numbers)
    return [world.city(number) for number in some]


def _first(names: bytes, beginning: bytes) -> int:
    """Where the first line that is not before `beginning` starts."""
    low, high = 0, len(names)
    while low < high:
        start = names.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = names.find(b"\n", start) + 1 or len(names)
        if names[start:end] < beginning:
            low = end
        else:
            high = start
    return low

"""Places near others: so many kilometres from a city, by the coordinates of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import Connection, select

from db.models import address
from registry import gazetteer, vocabularies
from registry.errors import Invalid
from registry.gazetteer import City
from registry.i18n import N_
from registry.search.tree import Term
from registry.search.values import BY_CODE

NOT_A_CITY = N_("“{value}” at position {position} is not a city. Did you mean “{suggestion}”?")
NO_CITY = N_("“{value}” at position {position} is not a city that is known here. Write a larger one nearby.")
NOT_A_DISTANCE = N_("“{value}” at position {position} is not a distance. Write it as {word}:Lyon<100km.")

#: Kilometres within which a city lies near another when nobody says how far.
_USUAL = 50.0
#: Kilometres: mean radius of the Earth (IUGG), and an international mile.
EARTH, _MILE = 6371.0, 1.609344
_ASKED = re.compile(r"(?P<city>[^<>:]+?)(?:\s*(?P<operator><=|>=|<|>|:)\s*(?P<distance>.*))?")
_COORDINATES = re.compile(r"=(?P<latitude>-?\d{1,2}(?:\.\d+)?),\s*(?P<longitude>-?\d{1,3}(?:\.\d+)?)")
_DISTANCE = re.compile(r"(?P<number>\d{1,5}(?:[.,]\d{1,3})?)\s*(?P<unit>km|mi)?", re.IGNORECASE)


def in_register(connection: Connection) -> Iterable[int]:
    """GeoNames' numbers of the distinct cities in the register: few, however many live there."""
    return connection.execute(select(address.c.city_id).where(address.c.city_id.is_not(None)).distinct()).scalars()


def cities(numbers: Iterable[int], term: Term) -> list[int]:
    """Those of these cities, by GeoNames' numbers, that lie so far from one; raises `Invalid`.

    `Lyon<100km`, `Lyon<60mi`, `"Lyon, FR>100km"`; `Lyon` alone means 50 kilometres; `=2996944` is one by its number,
    `=45.76,4.84` a place by its latitude and longitude.
    """
    asked = _ASKED.fullmatch(term.value.strip())
    if asked is None:
        raise Invalid(NOT_A_DISTANCE, value=term.value, position=term.position, word=term.field)
    centre = _place(asked["city"], term)
    limit = _USUAL if asked["distance"] is None else _kilometres(asked["distance"], term)
    beyond = (asked["operator"] or "").startswith(">")
    known = (gazetteer.by_id(number) for number in numbers)
    return [city.id for city in known if city is not None and (distance(centre, city) > limit) is beyond]


def distance(one: City, other: City) -> float:
    """Kilometres between two cities along the great circle (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    slant = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, slant)))


def _place(text: str, term: Term) -> City:
    """A city by its number or a place by its latitude and longitude, both behind `=`; else a city by its name."""
    if not text.startswith(BY_CODE):
        return _city(text, term)
    if there := _COORDINATES.fullmatch(text):
        return City(0, text, "", "", float(there["latitude"]), float(there["longitude"]), 0, "")
    number = text.removeprefix(BY_CODE)
    known = gazetteer.by_id(int(number)) if number.isdecimal() else None
    if known is None:
        raise Invalid(NO_CITY, value=text, position=term.position)
    return known


def _city(text: str, term: Term) -> City:
    """The largest city of that name, behind a comma its country."""
    name, _comma, country = (part.strip() for part in text.rpartition(",")) if "," in text else (text, "", "")
    code = vocabularies.get("country").find(country) if country else ""
    found = gazetteer.find(name, code or "") if code is not None else None
    if found is not None:
        return found
    from rapidfuzz import process

    # Whoever mistypes mostly gets the beginning right.
    beginnings = (gazetteer.suggest(name[:length], code or "") for length in range(len(name), 1, -1))
    names = [city.name for city in next((some for some in beginnings if some), [])]
    nearest = process.extractOne(name, names)
    if nearest is None:
        raise Invalid(NO_CITY, value=text, position=term.position)
    raise Invalid(NOT_A_CITY, value=text, position=term.position, suggestion=nearest[0])


def _kilometres(text: str, term: Term) -> float:
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        raise Invalid(NOT_A_DISTANCE, value=text, position=term.position, word=term.field)
    number = float(match["number"].replace(",", "."))
    return number * _MILE if (match["unit"] or "").lower() == "mi" else number

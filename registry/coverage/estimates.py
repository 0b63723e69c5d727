"""Official estimates, a row a country or city, year, source and sex: written down, changed, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.models import estimate
from registry import gazetteer, vocabularies
from registry.commands import RemoveEstimates, SaveEstimate
from registry.context import Context, View
from registry.errors import Invalid
from registry.gazetteer import City
from registry.i18n import N_
from registry.kinds import clean
from registry.queries import ListEstimates

UNKNOWN_COUNTRY = N_("“{text}” is not a country. Choose one of the list.")
NO_CITY = N_("“{text}” is not a city of {country} that is known here. Write a larger one nearby, or none.")
NO_YEAR = N_("“{text}” is not a year. Write it with four digits, not later than this year.")
NO_NUMBER = N_("“{text}” is not a number of people. Write a whole number.")
NO_SEX = N_("“{text}” is not in the list of sexes. Leave it empty for both.")
NEEDS_SOURCE = N_("Say who estimates so: an office, a census, a publication.")
THERE_ALREADY = N_("There is an estimate of this place, year, source and sex already. Change that one.")
GONE = N_("This estimate is not there any more.")

#: People: more than will ever live on Earth are a slip.
_MOST = 10**10
#: Years before anybody counted who lives abroad.
_FIRST_YEAR = 1800
_LONGEST = 300
#: Signs between thousands: spaces of any kind, and what languages put there before three digits.
_BETWEEN_THOUSANDS = re.compile(r"[\s'’]|[.,](?=\d{3}(?:\D|$))")

#: What tells estimates apart: country, city, year, source, sex.
Key = tuple[str, int, int, str, str]


@dataclass(frozen=True)
class Estimate:
    """How many people a source says there are.

    Attributes:
        id: 0 while it is not kept.
        country: alpha-3 code.
        city_id: GeoNames' number; 0 = the whole country.
        sex: code of the vocabulary; "" = both.
        note: "" = none.
    """

    id: int
    country: str
    city_id: int
    year: int
    source: str
    sex: str
    population: int
    note: str

    @property
    def key(self) -> Key:
        """What no other has."""
        return self.country, self.city_id, self.year, self.source, self.sex

    @property
    def city(self) -> str:
        """The city's name; "" = the whole country."""
        found = gazetteer.by_id(self.city_id) if self.city_id else None
        return found.name if found is not None else ""

    @property
    def columns(self) -> dict[str, object]:
        """What is kept of it, without the id."""
        names = ("country", "city_id", "year", "source", "sex", "population")
        return {name: getattr(self, name) for name in names} | {"note": self.note or None}


def kept(view: View) -> tuple[Estimate, ...]:
    """Every estimate of the registry."""
    order = (estimate.c.country, estimate.c.city_id, estimate.c.year.desc(), estimate.c.id.desc())
    rows = view.connection.execute(select(estimate).order_by(*order)).mappings()
    return tuple(Estimate(**{**row, "note": row["note"] or ""}) for row in rows)


def list_estimates(view: View, _query: ListEstimates) -> tuple[Estimate, ...]:
    """Every estimate, by country, city, and year, the newest first."""
    return kept(view)


def save_estimate(context: Context, command: SaveEstimate) -> int:
    """Write one down, or change one. Raises `Invalid` at the field that is wrong."""
    wanted = _read(command)
    before = {one.id: one for one in kept(context)}
    if command.id is not None and command.id not in before:
        raise Invalid(GONE)
    if any(one.key == wanted.key and one.id != command.id for one in before.values()):
        raise Invalid(THERE_ALREADY, field="source")
    if command.id is None:
        return context.transaction.insert(estimate, [wanted.columns])[0]
    context.transaction.update(estimate, command.id, wanted.columns)
    return command.id


def remove_estimates(context: Context, command: RemoveEstimates) -> int:
    """Take them out; those that are gone already are left alone."""
    found = select(estimate.c.id).where(estimate.c.id.in_(command.ids))
    ids = context.connection.execute(found).scalars().all()
    context.transaction.delete(estimate, ids)
    return len(ids)


def _read(command: SaveEstimate) -> Estimate:
    country = country_of(command.country)
    city = city_of(command.city, country).id if command.city.strip() else 0
    year, people, sex = year_of(command.year), number_of(command.population), sex_of(command.sex)
    source = clean(command.source)[:_LONGEST]
    if not source:
        raise Invalid(NEEDS_SOURCE, field="source")
    return Estimate(command.id or 0, country, city, year, source, sex, people, clean(command.note)[:_LONGEST])


def country_of(text: str) -> str:
    """The code of a country; raises `Invalid`."""
    code = vocabularies.get("country").find(clean(text)) if text.strip() else None
    if code is None:
        raise Invalid(UNKNOWN_COUNTRY, field="country", text=clean(text)[:40])
    return code


def city_of(text: str, country: str) -> City:
    """A city of the gazetteer in that country, by its number or any of its names; raises `Invalid`."""
    plain = clean(text)
    found = gazetteer.by_id(int(plain)) if plain.isdecimal() else gazetteer.find(plain, country)
    if found is None or found.country != country:
        label = vocabularies.get("country").label(country)
        raise Invalid(NO_CITY, field="city", text=plain[:40], country=label)
    return found


def year_of(text: str) -> int:
    """A year that is not to come; raises `Invalid`."""
    plain = clean(text)
    if not plain.isdecimal() or not _FIRST_YEAR <= int(plain) <= date.today().year:
        raise Invalid(NO_YEAR, field="year", text=plain[:20])
    return int(plain)


def number_of(text: str) -> int:
    """A number of people, with or without signs between thousands; raises `Invalid`."""
    plain = _BETWEEN_THOUSANDS.sub("", clean(text))
    if not plain.isdecimal() or int(plain) > _MOST:
        raise Invalid(NO_NUMBER, field="population", text=clean(text)[:20])
    return int(plain)


def sex_of(text: str) -> str:
    """The code of a sex, "" for both; raises `Invalid`."""
    plain = clean(text)
    code = vocabularies.get("sex").find(plain) if plain else ""
    if code is None:
        raise Invalid(NO_SEX, field="sex", text=plain[:20])
    return code


def by_key(estimates: tuple[Estimate, ...]) -> Mapping[Key, Estimate]:
    """Estimates by what tells them apart."""
    return {one.key: one for one in estimates}

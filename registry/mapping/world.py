"""Records counted by the country and the city they are in, and what a map of the world is shaded by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry import belonging, fields, gazetteer
from registry.context import View
from registry.coverage.comparing import in_city, living_in, newest
from registry.coverage.estimates import Estimate, kept
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.gazetteer import City
from registry.i18n import N_, _, ngettext
from registry.packed import dimensions
from registry.packed.columns import Mask, many
from registry.packed.counting import People, counts
from registry.packed.dimensions import NOT_KNOWN
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries.mapping import WorldMap
from registry.search.names import NEAR, Names
from registry.search.parser import parse
from registry.search.telling import tell
from registry.search.tree import EVERYBODY, Node, all_of, terms
from registry.search.writer import write
from registry.statistics.counting import NOT_PUBLISHED, RESTRICTED
from registry.statistics.suppression import is_small, withheld, withheld_pairs

COUNTRY, REGISTERED = "address.country", "registered_on"
#: What a map can be shaded by.
COUNT, SHARE, GROWTH, PART, COVERAGE = "count", "share", "growth", "part", "coverage"
#: Shadings that only people have.
OF_PEOPLE = frozenset({GROWTH, COVERAGE})

NO_SHADING = N_("“{name}” is nothing that a map can be shaded by. Choose one of: {known}.")
NO_PART = N_("Say whose share is shown, such as willing:yes.")
ONLY_PEOPLE = N_("Growth and coverage are of people. Shade a map of associations by something else.")
NO_YEARS = N_("Growth is shown over 1 to 50 years.")
_MOST_YEARS = 50
#: The two parts that a country's count is split into.
_IN, _OUT = "in", "out"


@dataclass(frozen=True)
class CountryCount:
    """A country with somebody in it.

    Attributes:
        code: alpha-3.
        label: in the reader's words.
        node: finds its records.
        count: None = withheld.
        value: what it is shaded by: a count, or a share (1.0 = all; growth may be more, `inf` where all are new);
            None = withheld, or not known for want of an estimate.
        estimate: what coverage compares with.
    """

    code: str
    label: str
    node: Node
    count: int | None
    value: float | None
    estimate: Estimate | None = None


@dataclass(frozen=True)
class World:
    """What a map of the world shows.

    Attributes:
        asked: the question.
        title: what is shaded, in one sentence.
        countries: the largest value first, what is withheld last.
        cities: each city that the gazetteer knows, with how many are there.
        total: everybody counted, each once; None = withheld.
        unknown: how many have no country; None = withheld.
        outside: how many the query finds who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
        base: finds everybody counted.
    """

    asked: WorldMap
    title: str
    countries: tuple[CountryCount, ...]
    cities: tuple[tuple[City, int], ...]
    total: int | None
    unknown: int | None
    outside: int
    belonging: str
    base: Node

    def query_of(self, code: str) -> str:
        """The query that finds exactly those counted in a country; "" = those without any."""
        return write(all_of((self.base, living_in(code or "none"))))

    def query_of_city(self, city: City) -> str:
        """The query that finds exactly those counted in a city."""
        return write(all_of((self.base, in_city(city.id))))


def world_map(view: View, query: WorldMap) -> World:
    """Count. Raises `Invalid` for a query that can't be read and for what a map cannot be shaded by."""
    return _Counting(view, query).world()


@dataclass(frozen=True)
class _Numbers:
    """What values are made of: everybody counted, and by country how many, how many in the part, and the estimate."""

    total: int
    held: Mapping[str, int]
    parts: Mapping[str, int]
    estimates: Mapping[str, Estimate]

    def value(self, by: str, code: str) -> float | None:
        """What a country is shaded by."""
        count, part = self.held.get(code, 0), self.parts.get(code, 0)
        match by:
            case "share":
                return count / self.total
            case "growth":
                return part / (count - part) if count > part else math.inf
            case "part":
                return part / count
            case "coverage":
                return count / self.estimates[code].population if code in self.estimates else None
            case _:
                return float(count)


class _Counting:
    """One answer."""

    def __init__(self, view: View, query: WorldMap) -> None:
        self._view, self._query = view, query
        self._names = Names(query.kind, view.session)
        self._country = dimensions.facet(query.kind, view.session, COUNTRY)
        self._check()
        people = query.kind == PEOPLE
        self._counting = belonging.definition(view, everybody=query.everybody) if people else EVERYBODY_COUNTS
        self._columns = Columns(view)
        self._finding = Finding(self._columns, query.kind)

    def world(self) -> World:
        """The counts."""
        query, counting = self._query, self._counting
        tree = parse(query.query, self._names)
        among = self._finding.of(counting.within(tree))
        people = People(self._columns, among)
        held = people.counts(self._country)
        parts = self._parts(among)
        hidden, hidden_values = self._hidden(held, parts)
        numbers = _Numbers(len(people), held, parts, self._estimates())
        countries = [
            CountryCount(
                code,
                self._country.label_of(code),
                self._country.node(code, self._columns.day.isoformat()),
                None if code in hidden else held.get(code, 0),
                None if code in hidden | hidden_values else numbers.value(query.by, code),
                numbers.estimates.get(code),
            )
            for code in dict.fromkeys((*held, *numbers.estimates))
            if code != NOT_KNOWN
        ]
        countries.sort(key=lambda c: (c.value is None, -(c.value or 0), -(c.count or 0), c.label))
        return World(
            query,
            self._title(),
            tuple(countries),
            () if query.public else self._cities(among),
            None if query.public and is_small(len(people)) else len(people),
            None if NOT_KNOWN in hidden else held.get(NOT_KNOWN, 0),
            many(self._finding.of(tree)) - many(among) if counting.narrows else 0,
            counting.words,
            counting.within(tree),
        )

    def _check(self) -> None:
        query = self._query
        if query.by not in SHADINGS:
            raise Invalid(NO_SHADING, name=query.by[:40], known=", ".join(SHADINGS))
        if query.by == PART and not query.part.strip():
            raise Invalid(NO_PART)
        if query.by in OF_PEOPLE and query.kind != PEOPLE:
            raise Invalid(ONLY_PEOPLE)
        if not 1 <= query.years <= _MOST_YEARS:
            raise Invalid(NO_YEARS)
        if query.public:
            asked = (field for term in terms(self._part) for field in self._names.find(term.field))
            for field in asked:
                if field.sensitivity >= RESTRICTED:
                    raise Invalid(NOT_PUBLISHED, name=field.title)

    @property
    def _part(self) -> Node:
        return parse(self._query.part, self._names) if self._query.by == PART else EVERYBODY

    def _parts(self, among: Mask) -> Mapping[str, int]:
        """By country, how many are new or in the part that is asked for; nothing for other shadings."""
        if self._query.by == PART:
            chosen = self._finding.of(self._part)
        elif self._query.by == GROWTH:
            chosen = self._registered_since(_before(self._columns.day, self._query.years).isoformat())
        else:
            return {}
        return People(self._columns, among & chosen).counts(self._country)

    def _registered_since(self, day: str) -> Mask:
        column = self._columns.of(fields.by_name(PEOPLE)[REGISTERED])
        return column.having([number for number, value in enumerate(column.values) if value > day])

    def _estimates(self) -> Mapping[str, Estimate]:
        """The newest official estimate of each country, where coverage is shown."""
        if self._query.by != COVERAGE:
            return {}
        of_countries = newest(one for one in kept(self._view) if not one.city_id)
        return {country: one for (country, _city), one in of_countries.items() if one.population}

    def _hidden(self, held: Mapping[str, int], parts: Mapping[str, int]) -> tuple[set[str], set[str]]:
        """Countries whose count is withheld, and those of which only the value is."""
        if not self._query.public:
            return set(), set()
        cells = {(code, _IN): parts.get(code, 0) for code in held if parts}
        cells |= {(code, _OUT): held[code] - count for (code, _in), count in cells.items()}
        both = {_IN: sum(parts.values()), _OUT: sum(held.values()) - sum(parts.values())}
        pairs = withheld_pairs(cells, held, both) if cells else set()
        return withheld(held), {code for code, _part in pairs}

    def _cities(self, among: Mask) -> tuple[tuple[City, int], ...]:
        (field,) = self._names.find(NEAR)
        held = counts(self._columns.of(field), among)
        known = ((gazetteer.by_id(int(number)), count) for number, count in held.items() if number)
        found = [(city, count) for city, count in known if city is not None]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].id)))

    def _title(self) -> str:
        people = self._query.kind == PEOPLE
        match self._query.by:
            case "share":
                return _("Share of all people by country") if people else _("Share of all associations by country")
            case "growth":
                return ngettext(
                    "Registered in the last year, against those before",
                    "Registered in the last {count} years, against those before",
                    self._query.years,
                )
            case "part":
                return _("Share by country of: {query}", query=tell(self._part, self._names))
            case "coverage":
                return _("Registered of those officially estimated, by country")
            case _:
                return _("People by country") if people else _("Associations by country")


SHADINGS = {
    COUNT: N_("Count"),
    SHARE: N_("Share of all"),
    GROWTH: N_("Growth"),
    PART: N_("Share of those with a value"),
    COVERAGE: N_("Coverage"),
}
#: Who counts among associations: the ministry's definition is about people.
EVERYBODY_COUNTS = belonging.Definition(EVERYBODY, "")


def _before(day: date, years: int) -> date:
    """The same day so many years before; a 29th of February is the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

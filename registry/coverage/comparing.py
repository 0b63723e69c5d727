"""Registered people beside official estimates, place by place: what is missing, and by which source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registry import belonging, fields, gazetteer, vocabularies
from registry.context import View
from registry.coverage.estimates import Estimate, kept, sex_of
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.packed.columns import many
from registry.packed.counting import counts
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import Coverage
from registry.search.names import NEAR, Names
from registry.search.parser import parse
from registry.search.tree import Node, Term, all_of
from registry.search.values import BY_CODE
from registry.search.writer import write

#: How a place stands: fewer registered than estimated; as many or more; an estimate and nobody; people and no estimate.
GAP, COVERED, NOBODY, NO_ESTIMATE = "gap", "covered", "nobody", "no_estimate"
STANDING_LABELS = {
    GAP: N_("Fewer than estimated"),
    COVERED: N_("As many as estimated, or more"),
    NOBODY: N_("Nobody registered"),
    NO_ESTIMATE: N_("No estimate"),
}
BOTH_SEXES = ("female", "male")

#: Alpha-3 code of a country and a city's number in the gazetteer; 0 = the whole country.
Place = tuple[str, int]
UNKNOWN: Place = ("", 0)


@dataclass(frozen=True)
class CoverageRow:
    """One country or city.

    Attributes:
        city_id: GeoNames' number; 0 = the whole country.
        label: in the reader's words.
        registered: people who live there, by the register.
        estimate: what is compared with; None = there is none.
        node: finds the people.
    """

    country: str
    city_id: int
    label: str
    registered: int
    estimate: Estimate | None
    node: Node

    @property
    def missing(self) -> int | None:
        """How many people more are estimated than registered; below 0 = fewer. None without an estimate."""
        return None if self.estimate is None else self.estimate.population - self.registered

    @property
    def share(self) -> float | None:
        """Registered of estimated, 1 = all; None without an estimate, or where nobody is estimated."""
        return self.registered / self.estimate.population if self.estimate and self.estimate.population else None

    @property
    def standing(self) -> str:
        """GAP, COVERED, NOBODY or NO_ESTIMATE."""
        if self.estimate is None:
            return NO_ESTIMATE
        if not self.registered and self.estimate.population:
            return NOBODY
        return GAP if self.registered < self.estimate.population else COVERED

    @property
    def query(self) -> str:
        """Finds exactly the people who are counted there."""
        return write(self.node)


@dataclass(frozen=True)
class CoverageTable:
    """Places with people or an estimate, the largest gap first, those without an estimate last.

    Attributes:
        registered: people counted, each once.
        estimated: sum of the estimates.
        matched: of the people counted those in places with an estimate; who lives in two counts at both.
        placeless: people counted of whom the place is not known.
        at_home: people counted who live in the state that the registry serves, which is no row.
        outside: people whom the query finds and who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
        years, sources: of all estimates, the newest year first.
    """

    rows: tuple[CoverageRow, ...]
    registered: int
    estimated: int
    matched: int
    placeless: int
    at_home: int
    outside: int
    belonging: str
    years: tuple[int, ...]
    sources: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Registered of estimated where there is an estimate, 1 = all; None without any."""
        return self.matched / self.estimated if self.estimated else None


def coverage(view: View, query: Coverage) -> CoverageTable:
    """Compare. Raises `Invalid` for a query that can't be read and for a sex that there is not."""
    tree = parse(query.query, Names(PEOPLE, view.session))
    sex = sex_of(query.sex)
    tree = all_of((tree, Term("sex", ":", sex))) if sex else tree
    counting = belonging.definition(view, everybody=query.everybody)
    packed = Columns(view)
    finding = Finding(packed, PEOPLE)
    counted = finding.of(counting.within(tree))
    held = fields.by_name(PEOPLE)["address.coordinates" if query.cities else "address.country"]
    registered = {_place(value): count for value, count in counts(packed.of(held), counted).items()}
    everything = kept(view)
    chosen = newest((one for one in everything if _is_asked(one, query)), sex)
    home = view.settings.get("home", "")
    places = dict.fromkeys((*chosen, *registered))
    rows = [
        _row(place, registered.get(place, 0), chosen.get(place), counting.within(tree))
        for place in places
        if place != UNKNOWN and place[0] != home
    ]
    compared = [(row.registered, row.estimate.population) for row in rows if row.estimate is not None]
    return CoverageTable(
        tuple(sorted(rows, key=_rank)),
        many(counted),
        sum(estimated for _people, estimated in compared),
        sum(people for people, _estimated in compared),
        registered.get(UNKNOWN, 0),
        sum(count for place, count in registered.items() if place != UNKNOWN and place[0] == home),
        many(finding.of(tree)) - many(counted) if counting.narrows else 0,
        counting.words,
        tuple(sorted({one.year for one in everything}, reverse=True)),
        tuple(sorted({one.source for one in everything})),
    )


def newest(estimates: Iterable[Estimate], sex: str = "") -> dict[Place, Estimate]:
    """The newest estimate of each place for a sex, of several of one year that which was written down last.

    One of both sexes ("") is made of the women's and the men's of the same year and source where none is given.
    """
    by_time: dict[Place, dict[tuple[int, str], dict[str, Estimate]]] = {}
    found: dict[Place, Estimate] = {}
    for one in estimates:
        by_time.setdefault((one.country, one.city_id), {}).setdefault((one.year, one.source), {})[one.sex] = one
    for place, of_place in by_time.items():
        whole = [given for by_sex in of_place.values() if (given := _whole(by_sex, sex)) is not None]
        if whole:
            found[place] = max(whole, key=lambda one: (one.year, one.id))
    return found


def _whole(by_sex: Mapping[str, Estimate], sex: str) -> Estimate | None:
    """What is compared of the estimates of one place, year and source."""
    if sex in by_sex or sex:
        return by_sex.get(sex)
    both = [by_sex[each] for each in BOTH_SEXES if each in by_sex]
    if len(both) < len(BOTH_SEXES):
        return None
    return replace(both[-1], sex="", population=sum(one.population for one in both))


def _is_asked(one: Estimate, query: Coverage) -> bool:
    return bool(one.city_id) == query.cities and query.year in (0, one.year) and query.source in ("", one.source)


def _place(value: str) -> Place:
    """The place that a packed column tells: a country's code, or a city's number."""
    if not value.isdecimal():
        return value, 0
    city = gazetteer.by_id(int(value))
    return (city.country, city.id) if city is not None else UNKNOWN


def _row(place: Place, registered: int, estimate: Estimate | None, among: Node) -> CoverageRow:
    country, number = place
    label = vocabularies.get("country").label(country)
    if not number:
        return CoverageRow(country, 0, label, registered, estimate, all_of((among, living_in(country))))
    city = gazetteer.by_id(number)
    named = f"{city.name}, {label}" if city is not None else f"{number}, {label}"
    return CoverageRow(country, number, named, registered, estimate, all_of((among, in_city(number))))


def living_in(country: str) -> Node:
    """Finds people with an address in a country."""
    return Term("address.country", ":", country)


def in_city(number: int) -> Node:
    """Finds people with an address in a city of the gazetteer."""
    return Term(NEAR, ":", f"{BY_CODE}{number}<0km")


def _rank(row: CoverageRow) -> tuple[bool, int, str]:
    """Largest gap first; places without an estimate behind all others, the most people first."""
    return row.missing is None, -(row.registered if row.missing is None else row.missing), row.label

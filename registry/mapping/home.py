"""The home side of the map: people by the region that they come from, and where that is so far as it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from registry import belonging, gazetteer, vocabularies
from registry.context import View
from registry.fields import PEOPLE
from registry.i18n import _
from registry.mapping.outlines import on_map
from registry.packed.columns import many
from registry.packed.counting import counts
from registry.packed.dimensions import NOT_KNOWN
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries.mapping import HomeMap
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.regions import code_of
from registry.search.tree import Node, Term, all_of
from registry.search.writer import write
from registry.statistics.suppression import is_small, withheld
from registry.vocabularies.suggesting import key

REGION = "origin_region"
#: So many regions are told apart; no state has more of the first level.
_MOST = 1000


@dataclass(frozen=True)
class District:
    """A region that somebody comes from.

    Attributes:
        text: as it stands in the register.
        label: in the reader's words.
        count: None = withheld.
        place: longitude and latitude; None = not known.
    """

    text: str
    label: str
    count: int | None
    place: tuple[float, float] | None


@dataclass(frozen=True)
class Home:
    """What a map of the home state shows.

    Attributes:
        asked: the question.
        country: alpha-3 of the home state; "" = the registry does not say which it serves.
        title: what is shown, in one sentence.
        districts: the largest first.
        total: everybody counted; None = withheld.
        unknown: of how many no region is known; None = withheld.
        outside, belonging, base: as of `World`.
    """

    asked: HomeMap
    country: str
    title: str
    districts: tuple[District, ...]
    total: int | None
    unknown: int | None
    outside: int
    belonging: str
    base: Node

    def query_of(self, text: str) -> str:
        """The query that finds exactly those from a region; "" = those of whom none is known."""
        return write(all_of((self.base, Term(REGION, ":", text or "none"))))


def home_map(view: View, query: HomeMap) -> Home:
    """Count. Raises `Invalid` for a query that can't be read."""
    counting = belonging.definition(view, everybody=query.everybody)
    tree = parse(query.query, Names(PEOPLE, view.session))
    base = counting.within(tree)
    columns = Columns(view)
    finding = Finding(columns, PEOPLE)
    (field,) = Names(PEOPLE, view.session).find(REGION)
    among = finding.of(base)
    held = counts(columns.of(field), among)
    country = view.settings.get("home", "")
    found = {NOT_KNOWN: held.pop(NOT_KNOWN, 0)}
    # Each is counted as the list finds it: under any of its names, and with what lies in it.
    found |= {text: many(among & finding.of(Term(REGION, ":", text))) for text in _each_once(held, country)}
    hidden = withheld(found) if query.public else set()
    shown = {text: None if text in hidden else count for text, count in found.items()}
    districts = [
        District(text, _label(text, country), count, _place(text, country))
        for text, count in shown.items()
        if text != NOT_KNOWN
    ]
    districts.sort(key=lambda district: (district.count is None, -(district.count or 0), district.label))
    label = vocabularies.get("country").label(country) if country else ""
    return Home(
        query,
        country,
        _("People by region of origin in {country}", country=label) if label else _("People by region of origin"),
        tuple(districts),
        None if query.public and is_small(many(among)) else many(among),
        shown.get(NOT_KNOWN, 0),
        many(finding.of(tree)) - many(among) if counting.narrows else 0,
        counting.words,
        base,
    )


def _each_once(held: Mapping[str, int], country: str) -> Iterator[str]:
    """Each region once, as most write it: its code and its names are the same to whoever looks for it."""
    seen = set()
    for text in sorted(held, key=lambda text: (-held[text], text))[:_MOST]:
        region = code_of(text, country) if country else ""
        if (same := region or key(text)) not in seen:
            seen.add(same)
            yield text


def _label(text: str, country: str) -> str:
    """The name of the region in the reader's words, as it was written where it is none of the home state's."""
    code = code_of(text, country) if country else ""
    return vocabularies.shipped("subdivision").label(code) if code else text


def _place(text: str, country: str) -> tuple[float, float] | None:
    """The middle of its cities, by their inhabitants; of a text that names a town, the town."""
    if not country:
        return None
    code = code_of(text, country)
    places = _places(country)
    found = places.get(code) if code else None
    if found is None:
        found = places.get(key(text))
    if found is None and (city := gazetteer.find(text, country)) is not None:
        found = (on_map(city.longitude), city.latitude)
    return found


@cache
def _places(country: str) -> dict[str, tuple[float, float]]:
    """Regions of the first level by code and by name -> the middle of their cities."""
    sums: dict[str, list[float]] = {}
    for city in gazetteer.cities_in(country):
        weight = max(city.population, 1)
        for name in {code_of(city.region, country), key(city.region)} if city.region else ():
            of_region = sums.setdefault(name, [0.0, 0.0, 0.0])
            for at, part in enumerate((on_map(city.longitude) * weight, city.latitude * weight, weight)):
                of_region[at] += part
    return {name: (x / weight, y / weight) for name, (x, y, weight) in sums.items() if name}

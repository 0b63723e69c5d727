"""Where visits of a mobile consulate reach the most people who live far from every post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from registry import gazetteer
from registry.context import View
from registry.coverage.comparing import CoverageRow, coverage
from registry.errors import Invalid
from registry.gazetteer import City
from registry.i18n import N_
from registry.packed.columns import Column, Mask
from registry.posts.covering import Covering, Numbers, choose
from registry.posts.distances import (
    Measures,
    further_than,
    great_circle,
    kilometres,
    living,
    located,
    nearest,
    required,
)
from registry.posts.keeping import kept
from registry.queries import Coverage, LargePlaces, PlanVisits
from registry.search.names import NEAR
from registry.search.tree import Node, Not, Term, all_of, any_of
from registry.search.values import BY_CODE
from registry.search.writer import write

NOT_SO_MANY = N_("Write a number of visits from 1 to {most}.")
NOT_A_REACH = N_("Write from how far people come to a visit: 0 to {most} kilometres.")
NOT_A_THRESHOLD = N_("Write from how many people on a place is large: 1 or more.")

MOST_VISITS = 100
#: Kilometres that people travel to a visit at most.
MOST_REACH = 1000
#: Cities measured against all others in one step: memory stays small.
_TOGETHER = 256


@dataclass(frozen=True)
class Visit:
    """One visit.

    Attributes:
        people: whom it reaches and none of the visits before it does.
        kilometres: from the nearest post.
        query: finds exactly these people.
    """

    city: City
    people: int
    kilometres: int
    query: str


@dataclass(frozen=True)
class VisitPlan:
    """Visits, the one that reaches most first.

    Attributes:
        beyond, reach: kilometres: who lives further than that from every post; how far people come to a visit.
        far: people who live beyond.
        reached: those of them whom the visits reach, each once.
        bound: no plan of as many visits reaches more of them.
        unplaced: people of whom no city is known; whether they live far nobody can tell.
        query: finds everybody reached, "" if nobody is.
        outside: people whom the query finds and who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
    """

    visits: tuple[Visit, ...]
    beyond: int
    reach: int
    far: int
    reached: int
    bound: int
    unplaced: int
    query: str
    outside: int
    belonging: str


def plan_visits(view: View, query: PlanVisits) -> VisitPlan:
    """Find the visits. Raises `Invalid` for a query that can't be read, numbers that are none, and without a post."""
    beyond = kilometres(query.beyond)
    if not 1 <= query.count <= MOST_VISITS:
        raise Invalid(NOT_SO_MANY, field="count", most=MOST_VISITS)
    if not 0 <= query.reach <= MOST_REACH:
        raise Invalid(NOT_A_REACH, field="reach", most=MOST_REACH)
    posts = required(kept(view))
    people = living(view, query.query, everybody=query.everybody)
    to_post = great_circle(people.places, located(posts)).min(axis=1)
    near = nearest(people.column, to_post, people.among)
    far = np.zeros(len(people.among), np.bool_)
    far[np.flatnonzero(people.among)] = np.isfinite(near) & (near > beyond)
    towns, covering = _covering(people.column, people.places, far, query.reach)
    found = choose(covering, query.count)
    base = all_of((people.base, further_than(beyond, posts)))
    visits: list[Visit] = []
    for place, count in _in_order(covering, found.places):
        city = gazetteer.by_id(int(people.column.values[towns[place]]))
        if city is not None:
            only = _only_by(city, [visit.city for visit in visits], query.reach)
            away = round(float(to_post[towns[place]]))
            visits.append(Visit(city, count, away, write(all_of((base, only)))))
    reached = any_of(_around(visit.city, query.reach) for visit in visits)
    return VisitPlan(
        tuple(visits),
        beyond,
        query.reach,
        int(np.count_nonzero(far)),
        found.reached,
        found.bound,
        int(np.count_nonzero(~np.isfinite(near))),
        write(all_of((base, reached))) if visits else "",
        people.outside,
        people.belonging,
    )


def large_places(view: View, query: LargePlaces) -> tuple[CoverageRow, ...]:
    """Cities where so many live by the register or by an estimate, the largest first; for a resource centre.

    Raises `Invalid` as `coverage` and for a number that is none.
    """
    if query.at_least < 1:
        raise Invalid(NOT_A_THRESHOLD, field="at_least")
    table = coverage(view, Coverage(query.query, cities=True, everybody=query.everybody))
    large = [(max(row.registered, row.estimate.population if row.estimate else 0), row) for row in table.rows]
    found = [(size, row) for size, row in large if size >= query.at_least]
    return tuple(row for _size, row in sorted(found, key=lambda each: (-each[0], each[1].label)))


def _covering(column: Column, places: Measures, far: Mask, reach: int) -> tuple[Numbers, Covering]:
    """The numbers of the values of the cities where these people live, and which of them a visit to each reaches."""
    owners = np.flatnonzero(far)
    several = far[column.owners]
    firsts, further = column.first[owners], (column.owners[several], column.numbers[several])
    towns = np.unique(np.concatenate((firsts[firsts > 0], further[1]))).astype(np.int64)
    towns = towns[~np.isnan(places[towns, 0])]
    if not len(towns):
        return towns, Covering(np.zeros(0, np.int64), 0, np.zeros(0, np.int64), np.zeros(0, np.int64))
    # In the order of their numbers in the gazetteer: of equal places always the same is taken, whoever came first.
    towns = towns[np.argsort([int(column.values[town]) for town in towns.tolist()])]
    spot = np.full(len(column.values), -1, np.int64)
    spot[towns] = np.arange(len(towns))
    demands = _demands(spot[firsts.astype(np.int64)], owners, further[0], spot[further[1].astype(np.int64)])
    pairs = _within(places[towns], reach)
    wide = [members for members in demands if len(members) > 1]
    weights = np.zeros(len(towns) + len(wide), np.int64)
    for members, count in demands.items():
        if len(members) == 1:
            weights[members[0]] = count
    weights[len(towns) :] = [demands[members] for members in wide]
    both = np.unique(np.concatenate((pairs, _reaching(pairs, wide, len(towns)))), axis=0)
    return towns, Covering(weights, len(towns), both[:, 0], both[:, 1])


def _reaching(pairs: Numbers, wide: Sequence[tuple[int, ...]], towns: int) -> Numbers:
    """Pairs of whoever lives in several cities, numbered behind the towns, and the places that reach one of these."""
    members = np.array([city for some in wide for city in some], np.int64)
    demand = np.repeat(np.arange(towns, towns + len(wide)), [len(some) for some in wide])
    by_city = pairs[np.argsort(pairs[:, 1], kind="stable")]
    begin, end = (np.searchsorted(by_city[:, 1], members, side) for side in ("left", "right"))
    times = end - begin
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.stack((by_city[np.repeat(begin, times) + within, 0], np.repeat(demand, times)), axis=1)


def _demands(firsts: Numbers, owners: Numbers, others: Numbers, places: Numbers) -> dict[tuple[int, ...], int]:
    """How many live in the same city, or in the same several ones; a city that is not known is none.

    Args:
        firsts: the first city of each of `owners`.
        others, places: who lives in a further one, and in which.
    """
    alone = ~np.isin(owners, others)
    counts = np.bincount(firsts[alone & (firsts >= 0)])
    found: dict[tuple[int, ...], int] = {(int(city),): int(counts[city]) for city in np.flatnonzero(counts)}
    cities: dict[int, set[int]] = {}
    first_of = zip(owners[~alone].tolist(), firsts[~alone].tolist(), strict=True)
    for owner, city in (*first_of, *zip(others.tolist(), places.tolist(), strict=True)):
        if city >= 0:
            cities.setdefault(owner, set()).add(city)
    for some in cities.values():
        members = tuple(sorted(some))
        found[members] = found.get(members, 0) + 1
    return found


def _within(places: Measures, reach: int) -> Numbers:
    """Pairs of places that lie so near each other, every place with itself among them."""
    found = []
    for start in range(0, len(places), _TOGETHER):
        near = np.argwhere(great_circle(places[start : start + _TOGETHER], places) <= reach)
        near[:, 0] += start
        found.append(near)
    pairs = np.concatenate(found)
    missing = np.setdiff1d(np.arange(len(places)), pairs[pairs[:, 0] == pairs[:, 1], 0])
    return np.concatenate((pairs, np.stack((missing, missing), axis=1))).astype(np.int64)


def _in_order(covering: Covering, chosen: Sequence[int]) -> list[tuple[int, int]]:
    """These places with the people whom each reaches beside those before it, the most first; none that adds nobody."""
    found: list[tuple[int, int]] = []
    waiting = list(chosen)
    left = covering.weights.astype(np.float64)
    while waiting:
        gains = covering.gains(left)
        best = max(waiting, key=lambda place: (gains[place], -place))
        if gains[best] <= 0:
            break
        waiting.remove(best)
        found.append((best, int(gains[best])))
        left[covering.demand[covering.place == best]] = 0
    return found


def _only_by(city: City, before: Iterable[City], reach: int) -> Node:
    """Finds who lives near a city and near none of those before."""
    others = [_around(each, reach) for each in before]
    return all_of((_around(city, reach), Not(any_of(others)))) if others else _around(city, reach)


def _around(city: City, reach: int) -> Node:
    return Term(NEAR, ":", f"{BY_CODE}{city.id}<{reach}km")

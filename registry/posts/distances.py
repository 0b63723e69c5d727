"""How far people live from the posts: along the great circle, from the city of the address to where the post stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from registry import belonging, fields, gazetteer
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.packed.columns import Column, Mask, many
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.posts import jurisdiction
from registry.posts.keeping import Post, in_service, kept
from registry.queries import Distances
from registry.search.names import NEAR, Names
from registry.search.nearby import EARTH
from registry.search.parser import parse
from registry.search.tree import Node, Not, Term, all_of, any_of
from registry.search.values import BY_CODE
from registry.search.writer import write

NO_POSTS = N_("No post is in service. Write down in the administration where the posts stand.")
NOT_BETWEEN = N_("Write a distance from 1 to {most} kilometres.")

#: Kilometres at which each band of distances begins; the last has no end.
BANDS = (0, 50, 100, 250, 500, 1000)
#: Kilometres: nobody on Earth lives further from a place.
MOST_KILOMETRES = 20_100

#: Kilometres, or degrees.
Measures = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """People whose nearest post is so far away.

    Attributes:
        above, up_to: kilometres; None = without end.
        query: finds exactly them.
    """

    above: int
    up_to: int | None
    people: int
    query: str


@dataclass(frozen=True)
class PostDistances:
    """The people of one post.

    Attributes:
        nearest: of those who have no other post as near, how many are in each band.
        served: people in its jurisdiction; None = it has none.
        query: finds those in its jurisdiction, "" without one.
    """

    post: Post
    nearest: tuple[int, ...]
    served: int | None
    query: str


@dataclass(frozen=True)
class DistanceTable:
    """Distances of people from the posts in service.

    Attributes:
        posts: the most people first.
        beyond: kilometres asked for.
        further: people who live further than that from every post.
        unplaced: people of whom no city is known.
        counted: everybody counted, each once.
        outside: people whom the query finds and who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
    """

    bands: tuple[Band, ...]
    posts: tuple[PostDistances, ...]
    beyond: int
    further: int
    further_query: str
    unplaced: int
    unplaced_query: str
    counted: int
    outside: int
    belonging: str


@dataclass(frozen=True)
class Living:
    """Who is counted and in which cities they live.

    Attributes:
        among: those counted.
        base: finds them.
        column: the cities of each, as numbers of the gazetteer.
        places: latitude and longitude of each value of the column; not a number where none is known.
        outside, belonging: as of `DistanceTable`.
    """

    among: Mask
    base: Node
    column: Column
    places: Measures
    outside: int
    belonging: str


def living(view: View, query: str, *, everybody: bool) -> Living:
    """Who is counted, and where; raises `Invalid` for a query that can't be read."""
    tree = parse(query, Names(PEOPLE, view.session))
    counting = belonging.definition(view, everybody=everybody)
    packed = Columns(view)
    column = packed.of(fields.by_name(PEOPLE)["address.coordinates"])
    finding = Finding(packed, PEOPLE)
    among = finding.of(counting.within(tree))
    outside = many(finding.of(tree)) - many(among) if counting.narrows else 0
    cities = [gazetteer.by_id(int(value)) if value else None for value in column.values]
    places = np.array([(c.latitude, c.longitude) if c is not None else (np.nan, np.nan) for c in cities], np.float64)
    return Living(among, counting.within(tree), column, places.reshape(-1, 2), outside, counting.words)


def distances(view: View, query: Distances) -> DistanceTable:
    """Measure. Raises `Invalid` for a query that can't be read, a distance that is none, and without any post."""
    beyond = kilometres(query.beyond)
    everything = kept(view)
    posts = required(everything)
    people = living(view, query.query, everybody=query.everybody)
    to_posts = great_circle(people.places, located(posts))
    near = nearest(people.column, to_posts.min(axis=1), people.among)
    placed = np.isfinite(near)
    finding = Finding(Columns(view), PEOPLE)
    return DistanceTable(
        tuple(
            _band(above, up_to, near[placed], posts, people.base)
            for above, up_to in zip(BANDS, (*BANDS[1:], None), strict=True)
        ),
        _by_post(people, everything, posts, to_posts, finding),
        beyond,
        int(np.count_nonzero(near[placed] > beyond)),
        write(all_of((people.base, further_than(beyond, posts)))),
        int(np.count_nonzero(~placed)),
        write(all_of((people.base, Not(_placed(posts))))),
        len(near),
        people.outside,
        people.belonging,
    )


def kilometres(asked: int) -> int:
    """A distance that was asked for; raises `Invalid`."""
    if not 1 <= asked <= MOST_KILOMETRES:
        raise Invalid(NOT_BETWEEN, field="beyond", most=MOST_KILOMETRES)
    return asked


def required(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Those in service; raises `Invalid` if none is."""
    serving = in_service(posts)
    if not serving:
        raise Invalid(NO_POSTS)
    return serving


def located(posts: Sequence[Post]) -> Measures:
    """Latitude and longitude of each."""
    return np.array([(one.latitude, one.longitude) for one in posts], np.float64)


def great_circle(places: Measures, others: Measures) -> Measures:
    """Kilometres between each place and each of the others, a row a place (haversine, as `nearby.distance`)."""
    one, other = np.radians(places)[:, None, :], np.radians(others)[None, :, :]
    half = np.sin((other - one) / 2) ** 2
    slant = half[..., 0] + np.cos(one[..., 0]) * np.cos(other[..., 0]) * half[..., 1]
    kilometres: Measures = 2 * EARTH * np.arcsin(np.sqrt(np.minimum(1.0, slant)))
    return kilometres


def nearest(column: Column, by_value: Measures, among: Mask) -> Measures:
    """Of each of these people the least that is told of the cities where they live; infinite where none is known.

    Args:
        by_value: what is told of each value of the column; not a number = nothing.
    """
    told = np.where(np.isnan(by_value), np.inf, by_value)
    found = told[column.first]
    np.minimum.at(found, column.owners, told[column.numbers])
    chosen: Measures = found[among]
    return chosen


def further_than(limit: int, posts: Sequence[Post]) -> Node:
    """Finds people of whom a city is known, and who live further than so many kilometres from every post."""
    return all_of((_placed(posts), Not(any_of(_around(one, limit) for one in posts))))


def _placed(posts: Sequence[Post]) -> Node:
    """Finds people of whom a city is known."""
    return _around(posts[0], MOST_KILOMETRES)


def _around(post: Post, limit: int) -> Node:
    return Term(NEAR, ":", f"{BY_CODE}{post.latitude},{post.longitude}<{limit}km")


def _band(above: int, up_to: int | None, near: Measures, posts: Sequence[Post], base: Node) -> Band:
    # Who lives in the post's own city has no distance at all.
    inside = (near > above) | (near == 0) if above == 0 else near > above
    parts = [base, further_than(above, posts) if above else _placed(posts)]
    if up_to is not None:
        inside &= near <= up_to
        parts.append(any_of(_around(one, up_to) for one in posts))
    return Band(above, up_to, int(np.count_nonzero(inside)), write(all_of(parts)))


def _by_post(
    people: Living, everything: Sequence[Post], posts: Sequence[Post], to_posts: Measures, finding: Finding
) -> tuple[PostDistances, ...]:
    """The posts with those to whom each is the nearest, of several equally near the first."""
    best = nearest(people.column, to_posts.min(axis=1), people.among)
    taken = ~np.isfinite(best)
    found = []
    for place, one in enumerate(posts):
        own = nearest(people.column, to_posts[:, place], people.among)
        here = ~taken & (own == best)
        taken |= here
        bands = np.searchsorted(np.array(BANDS[1:], np.float64), own[here], "left")
        node = jurisdiction.finds(one, everything)
        query = all_of((people.base, node)) if node is not None else None
        served = many(finding.of(query)) if query is not None else None
        counts = tuple(np.bincount(bands, minlength=len(BANDS)).tolist())
        found.append(PostDistances(one, counts, served, write(query) if query is not None else ""))
    return tuple(sorted(found, key=lambda each: (-sum(each.nearest), each.post.code)))

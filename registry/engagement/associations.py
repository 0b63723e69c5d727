"""Associations as a whole: of which sorts, where, under which umbrella, and whom they reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select

from db.models import association, record
from registry import belonging
from registry.context import View
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.packed import dimensions
from registry.packed.columns import Column, Mask, Numbers, crossed, many, numbers_in
from registry.packed.dimensions import NOT_KNOWN, Dimension
from registry.packed.finding import Finding
from registry.packed.spelling import spellings
from registry.packed.store import Columns
from registry.queries import MapAssociations
from registry.search.folding import fold
from registry.search.tree import EVERYBODY, Node, Not, Term, all_of
from registry.search.values import BY_CODE
from registry.search.writer import write

#: By what they are counted.
SORTS = ("type", "level", "sector", "address.country")
#: Institutions deal with the diaspora and gather none of it.
GATHERING = Not(Term("type", ":", "institution"))
MEMBER = Term("association", ":", "any")
#: Cities with the most people, of which it is seen whether they have an association.
_MOST_CITIES = 200


@dataclass(frozen=True)
class Sort:
    """Associations of one type, level, sector or country.

    Attributes:
        code: of the group; "" = not known.
        label: in the reader's words.
        count: how many associations.
        members: how many members they say they have, together.
        query: finds them.
    """

    code: str
    label: str
    count: int
    members: int
    query: str


@dataclass(frozen=True)
class Place:
    """A country, or a city in one.

    Attributes:
        country: ISO 3166-1 alpha-3.
        city: "" = the whole country.
        label: in the reader's words.
        people: who live there and count.
        organised: how many of them are members of an association, wherever that is.
        associations: how many associations have an address there, institutions aside.
        query, organised_query, associations_query: find them.
    """

    country: str
    city: str
    label: str
    people: int
    organised: int
    associations: int
    query: str
    organised_query: str
    associations_query: str

    @property
    def reach(self) -> float:
        """The share of its people who are members, 0..1."""
        return self.organised / self.people if self.people else 0.0


@dataclass(frozen=True)
class Branch:
    """An association in the tree of umbrellas.

    Attributes:
        depth: steps below the top.
        below: how many stand under it, near and far.
        members: as it says; None = it does not.
    """

    id: int
    number: str
    name: str
    depth: int
    below: int
    members: int | None


@dataclass(frozen=True)
class Associations:
    """What there is of them.

    Attributes:
        total: all, institutions among them; query finds them.
        sorts: name of the field -> its groups, and how the field is called.
        reach: everybody who counts, as a place without a name.
        countries, cities: the most people first; cities are those with the most.
        tree: umbrellas and what stands under them, each below its own.
        belonging: who counts, in words; "" = no definition was made.
        outside: people who do not count by it.
    """

    total: int
    sorts: Mapping[str, tuple[Sort, ...]]
    titles: Mapping[str, str]
    reach: Place
    countries: tuple[Place, ...]
    cities: tuple[Place, ...]
    tree: tuple[Branch, ...]
    belonging: str
    outside: int

    @property
    def without(self) -> tuple[Place, ...]:
        """Countries with people and no association, the most people first, then such cities."""
        return tuple(place for place in (*self.countries, *self.cities) if not place.associations)


def map_associations(view: View, query: MapAssociations) -> Associations:
    """Count. Raises `Invalid` if the definition of who counts cannot be read."""
    counting = belonging.definition(view, everybody=query.everybody)
    columns = Columns(view)
    bodies, people = Finding(columns, ASSOCIATIONS), Finding(columns, PEOPLE)
    members = _members(view, columns.size)
    wanted = {name: dimensions.facet(ASSOCIATIONS, view.session, name) for name in SORTS}
    columns.fill(dimension.described for dimension in wanted.values())
    places = _Places(people, bodies, counting.within(EVERYBODY))
    return Associations(
        many(bodies.everybody),
        {name: tuple(_sorts(bodies, dimension, members)) for name, dimension in wanted.items()},
        {name: dimension.title for name, dimension in wanted.items()},
        places.place("", "", ()),
        places.countries(),
        places.cities(),
        tuple(_tree(view)),
        counting.words,
        many(people.everybody) - many(places.among) if counting.narrows else 0,
    )


def _members(view: View, size: int) -> Numbers:
    """By record id, how many members an association says it has; 0 where it does not."""
    said = association.c.members.is_not(None)
    columns = (func.aggregate_strings(c, ",") for c in (association.c.id, association.c.members))
    ids, counts = (numbers_in(text) for text in view.connection.execute(select(*columns).where(said)).one())
    members = np.zeros(size, np.int64)
    members[ids[ids < size]] = counts[ids < size]
    return members


def _sorts(finding: Finding, dimension: Dimension, members: Numbers) -> Iterator[Sort]:
    """The groups that associations are in; one with several sectors stands at each."""
    column = finding.columns.grouped(dimension)
    counts = {g: n for g, n in zip(column.values, column.counts(finding.everybody).tolist(), strict=True) if n}
    for group in dimension.in_order(counts):
        here = column.having([column.values.index(group)]) & finding.everybody
        query = write(_alone(dimension, group))
        yield Sort(group, dimension.label_of(group), counts[group], int(members[here].sum()), query)


def _alone(dimension: Dimension, group: str) -> Node:
    """The query of a group, without the codes below its own."""
    node = dimension.node(group, "")
    if isinstance(node, Term) and node.value == group and group in dimension.vocabulary.labels:
        return Term(node.field, ":", BY_CODE * 2 + group)
    return node


class _Places:
    """Countries and cities, with people and associations."""

    def __init__(self, people: Finding, bodies: Finding, who: Node) -> None:
        self._people, self._bodies, self._who = people, bodies, who
        self.among = people.of(who)
        self._member = people.of(MEMBER) & self.among
        self._gathering = bodies.of(GATHERING)
        self._country, self._city = (
            dimensions.facet(PEOPLE, people.columns.view.session, name) for name in ("address.country", "address.city")
        )

    def place(self, country: str, city: str, nodes: Sequence[Node]) -> Place:
        """One, with exactly as many as its queries find."""
        here = self._people.of(all_of((self._who, *nodes))) if nodes else self.among
        theirs = self._bodies.of(all_of((GATHERING, *nodes))) if nodes else self._gathering
        label = self._country.label_of(country) if country else ""
        return Place(
            country,
            city,
            f"{city}, {label}" if city else label,
            many(here),
            many(here & self._member),
            many(theirs),
            write(all_of((self._who, *nodes))),
            write(all_of((self._who, *nodes, MEMBER))),
            write(all_of((GATHERING, *nodes))),
        )

    def countries(self) -> tuple[Place, ...]:
        """All where somebody who counts lives."""
        column = self._people.columns.grouped(self._country)
        held = _held(column, self.among)
        found = (self.place(country, "", (self._country.node(country, ""),)) for country in held if country)
        return _in_order(found)

    def cities(self) -> tuple[Place, ...]:
        """Those with the most people."""
        country = self._people.columns.grouped(self._country)
        city = self._people.columns.grouped(self._city)
        pairs = crossed(self.among, country, city)
        known = [(count, pair) for pair, count in pairs.items() if NOT_KNOWN not in pair]
        best = sorted(known, key=lambda each: (-each[0], each[1]))[:_MOST_CITIES]
        spelled = spellings(self._people.columns, self._city, [folded for _count, (_code, folded) in best])
        found = []
        for _count, (code, folded) in best:
            name = spelled.get(folded, folded)
            nodes = (self._country.node(code, ""), self._city.node(name, ""))
            found.append(self.place(code, name, nodes))
        return _in_order(found)


def _held(column: Column, among: Mask) -> list[str]:
    return [value for value, count in zip(column.values, column.counts(among).tolist(), strict=True) if count]


def _in_order(places: Iterator[Place] | Sequence[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (-place.people, place.label)))


def _tree(view: View) -> Iterator[Branch]:
    """Umbrellas by name, what stands under each behind it; who stands alone is left out."""
    named = select(
        association.c.id, record.c.number, association.c.name, association.c.members, association.c.parent_id
    )
    rows = {row.id: row for row in view.connection.execute(named.join(record, record.c.id == association.c.id))}
    below: dict[int, list[int]] = defaultdict(list)
    for row in sorted(rows.values(), key=lambda row: fold(row.name)):
        if row.parent_id in rows:
            below[row.parent_id].append(row.id)
    tops = [i for i in below if rows[i].parent_id not in rows]
    waiting = [(i, 0) for i in sorted(tops, key=lambda i: fold(rows[i].name), reverse=True)]
    while waiting:
        here, depth = waiting.pop()
        row = rows[here]
        yield Branch(here, row.number, row.name, depth, _all_below(below, here), row.members)
        waiting.extend((child, depth + 1) for child in reversed(below.get(here, [])))


def _all_below(below: Mapping[int, Sequence[int]], top: int) -> int:
    """How many stand under one; umbrellas stand in no circle (`links.py`)."""
    count, waiting = 0, list(below.get(top, ()))
    while waiting:
        count += 1
        waiting.extend(below.get(waiting.pop(), ()))
    return count

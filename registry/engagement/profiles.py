"""What distinguishes a group of people from everybody else, value by value.

For each value the share within the group stands beside the share outside it, among those of whom the field is known,
so that a group about which more is known does not look different for that. Differences are ranked by how large they
are, once it is plain that they are not chance: the logarithm of the odds ratio, each count raised by one half so that
none is zero, must be three or more of its standard errors from nought (J. B. S. Haldane, "The estimation and
significance of the logarithm of a ratio of frequencies", Annals of Human Genetics 20, 1956; F. J. Anscombe, "On
estimating binomial response relations", Biometrika 43, 1956).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from sqlalchemy import func, or_, select

from db.models import association, membership
from registry import belonging
from registry.context import View
from registry.engagement.groups import People, asked_about, groups
from registry.errors import Invalid
from registry.fields import PEOPLE, by_name
from registry.packed import dimensions
from registry.packed.columns import Mask, many, numbers_in
from registry.packed.dimensions import DIMENSIONS, NOT_KNOWN, OUTSIDE, UNCODED, Dimension
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import ProfileSegments
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Node, Term, all_of
from registry.search.writer import write
from registry.statistics.suppression import LEAST

#: By what groups are described: facets and dimensions by code, other fields by name.
DESCRIBED_BY = (
    *("sex", "age", "generation", "address.country", "connection", "civil_status"),
    *("occupation.1", "education", "skill.group", "language", "sector"),
    *("migration_reason", "residence_type", "return_intention"),
    *("willing", "availability", "engagement_form", "obstacle", "remittance", "trust"),
)
#: Standard errors from which on a difference is no chance; some 300 values are looked at for each group.
_PLAIN = 3.0
#: A smaller difference than this says little, however sure it is.
_WORTH_TELLING = 0.05
_MOST_VALUES = 12
_MOST_BODIES = 5


@dataclass(frozen=True)
class Distinguishing:
    """A value that a group has more often, or less, than everybody else.

    Attributes:
        field: title of what it is a value of; label: the value in the reader's words.
        count: people of the group who have it; known: of whom the field is known.
        inside, outside: shares of those known, 0..1.
        sureness: standard errors of the logarithm of the odds ratio; below nought where the group has it less often.
        query: finds those of the group.
    """

    field: str
    label: str
    count: int
    known: int
    inside: float
    outside: float
    sureness: float
    query: str

    @property
    def difference(self) -> float:
        """Between the shares, -1..1."""
        return self.inside - self.outside


@dataclass(frozen=True)
class Body:
    """An association with members in a group."""

    id: int
    name: str
    count: int
    query: str


@dataclass(frozen=True)
class Profile:
    """A group of people.

    Attributes:
        name: of the segment; "" = of a query that has none.
        query: finds its people, those who count.
        total: how many they are; others: everybody else who counts.
        values: what distinguishes them, the largest difference first.
        bodies: associations of which most of them are members.
        problem: why it cannot be described; "" = it can.
    """

    name: str
    query: str
    total: int = 0
    others: int = 0
    values: tuple[Distinguishing, ...] = ()
    bodies: tuple[Body, ...] = ()
    problem: str = ""


def profile_segments(view: View, query: ProfileSegments) -> tuple[Profile, ...]:
    """Describe them. Raises `Invalid` for a query that can't be read."""
    counting = belonging.definition(view, everybody=query.everybody)
    everybody = counting.within(all_of(()))
    asked = [People("", parse(query.query, Names(PEOPLE, view.session)))] if query.query else list(groups(view))
    describing = _Describing(view, everybody)
    found = []
    for place, each in enumerate(asked):
        view.progress.step(place, len(asked), "")
        try:
            found.append(describing.profile(each))
        except Invalid as problem:
            if query.query:
                raise
            found.append(Profile(each.name, write(each.node), problem=str(problem)))
    return tuple(found)


class _Describing:
    """Compares groups with everybody else who counts."""

    def __init__(self, view: View, everybody: Node) -> None:
        self._view, self._everybody = view, everybody
        self._finding = Finding(Columns(view), PEOPLE)
        self._among = self._finding.of(everybody)
        self._dimensions = tuple(_dimensions(view))
        self._finding.columns.fill(dimension.described for dimension in self._dimensions)

    def profile(self, people: People) -> Profile:
        """One group."""
        node = all_of((self._everybody, people.node))
        inside = self._finding.of(node)
        outside = self._among & ~inside
        fixed = asked_about(self._view, people.node)
        values = [
            value
            for dimension in self._dimensions
            if dimension.field not in fixed
            for value in self._distinguishing(dimension, node, inside, outside)
        ]
        values.sort(key=lambda value: (-abs(value.difference), -abs(value.sureness), value.label))
        bodies = tuple(self._bodies(node, inside))
        return Profile(people.name, write(node), many(inside), many(outside), tuple(values[:_MOST_VALUES]), bodies)

    def _distinguishing(
        self, dimension: Dimension, node: Node, inside: Mask, outside: Mask
    ) -> Iterator[Distinguishing]:
        column = self._finding.columns.grouped(dimension)
        counts, others = (column.counts(mask).tolist() for mask in (inside, outside))
        numbers = {value: place for place, value in enumerate(column.values)}
        unknown = [numbers[g] for g in (NOT_KNOWN, OUTSIDE, UNCODED) if g in numbers]
        known = [many(mask & ~column.having(unknown)) for mask in (inside, outside)]
        for group, count, other in zip(column.values, counts, others, strict=True):
            if group in (NOT_KNOWN, OUTSIDE, UNCODED) or not all(known):
                continue
            sureness = standard_errors(count, known[0], other, known[1])
            share, beside = count / known[0], other / known[1]
            if abs(sureness) < _PLAIN or abs(share - beside) < _WORTH_TELLING or max(count, other) < LEAST:
                continue
            whose = all_of((node, dimension.node(group, self._finding.columns.day.isoformat())))
            yield Distinguishing(
                dimension.title,
                dimension.label_of(group),
                count,
                known[0],
                share,
                beside,
                sureness,
                write(whose),
            )

    def _bodies(self, node: Node, inside: Mask) -> Iterator[Body]:
        """Associations of the register with most members of the group, by their names."""
        day = self._finding.columns.day.isoformat()
        standing = or_(membership.c.until.is_(None), membership.c.until >= day)
        chosen = membership.c.association_id.is_not(None), standing
        columns = (func.aggregate_strings(c, ",") for c in (membership.c.record_id, membership.c.association_id))
        owners, bodies = map(numbers_in, self._view.connection.execute(select(*columns).where(*chosen)).one())
        here = inside[np.minimum(owners, len(inside) - 1)]
        ids, counts = np.unique(bodies[here], return_counts=True)
        best = [int(ids[place]) for place in np.argsort(-counts, kind="stable")[:_MOST_BODIES]]
        named = select(association.c.id, association.c.name).where(association.c.id.in_(best))
        names: dict[int, str] = {row.id: row.name for row in self._view.connection.execute(named)}
        for body in best:
            whose = all_of((node, Term("association", ":", names[body])))
            yield Body(body, names[body], many(self._finding.of(whose)), write(whose))


def standard_errors(count: int, known: int, other: int, others: int) -> float:
    """How many standard errors the logarithm of the odds ratio is from nought.

    Args:
        count, known: people inside with the value, and of whom anything is known.
        other, others: the same outside.
    """
    has, has_not, other_has, other_not = (n + 0.5 for n in (count, known - count, other, others - other))
    return log(has * other_not / (has_not * other_has)) / sqrt(1 / has + 1 / has_not + 1 / other_has + 1 / other_not)


def _dimensions(view: View) -> Iterator[Dimension]:
    """Those whose field this user sees."""
    known = {dimension.code: dimension for dimension in DIMENSIONS}
    for code in DESCRIBED_BY:
        if code in known:
            if view.session.sees(known[code].described):
                yield known[code]
        elif code == "age" or view.session.sees(by_name(PEOPLE)[code]):
            yield dimensions.facet(PEOPLE, view.session, code)

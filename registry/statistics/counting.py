"""Records counted by one field or by two at once, as they are or ready to be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from registry.context import View
from registry.errors import Invalid
from registry.i18n import N_
from registry.packed import dimensions
from registry.packed.counting import People
from registry.packed.dimensions import NOT_KNOWN, OUTSIDE, Dimension
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import CountBy
from registry.search.names import Names
from registry.search.parser import parse
from registry.statistics.suppression import is_small, withheld, withheld_pairs

ONE_OR_TWO = N_("Count by one field, or by two with a comma between them, such as country,sex.")
TWICE = N_("“{name}” stands there twice. Count by another field beside it.")
NOT_PUBLISHED = N_("“{name}” is protected: what is published is not counted by it.")
#: Fields of this sensitivity are left out of what is published (DOMAIN.md, section 2).
RESTRICTED = 2


@dataclass(frozen=True)
class Cell:
    """How many records have one value of each field that is counted.

    Attributes:
        by: name of the field as it was asked for -> code; "" = nothing is known.
        label: the values in the reader's words.
        count: None = withheld.
    """

    by: Mapping[str, str]
    label: str
    count: int | None

    @property
    def suppressed(self) -> bool:
        """Whether the count is withheld."""
        return self.count is None


@dataclass(frozen=True)
class Statistics:
    """A table of counts.

    Attributes:
        fields: titles of the fields, in the order asked for.
        cells: in the order of the first field's groups, then of the second's.
        groups: by field, its groups and how they are called, in order.
        total: records counted; None = withheld.
        several: whether a record can be counted in several cells.
    """

    fields: tuple[str, ...]
    cells: tuple[Cell, ...]
    groups: tuple[Mapping[str, str], ...]
    total: int | None
    several: bool


def count_by(view: View, query: CountBy) -> Statistics:
    """Count. Raises `Invalid` for a query that can't be read and for what nobody can be counted by."""
    wanted = _wanted(view, query)
    finding = Finding(Columns(view), query.kind)
    finding.columns.fill(dimension.described for dimension in wanted)
    people = People(finding.columns, finding.of(parse(query.query, Names(query.kind, view.session))))
    counts = [_inside(people.counts(dimension)) for dimension in wanted]
    groups = tuple({g: d.label_of(g) for g in d.in_order(counted)} for d, counted in zip(wanted, counts, strict=True))
    pairs = _pairs(people, wanted, counts[0])
    hidden = _hidden(counts, pairs) if query.public else set()
    total = None if query.public and is_small(len(people)) else len(people)
    cells = [
        Cell(dict(zip(query.by, key, strict=True)), _label(groups, key), None if key in hidden else pairs.get(key, 0))
        for key in _in_order(groups)
        if key in pairs or key in hidden
    ]
    several = any(dimension.several for dimension in wanted)
    return Statistics(tuple(dimension.title for dimension in wanted), tuple(cells), groups, total, several)


def _wanted(view: View, query: CountBy) -> list[Dimension]:
    if len(query.by) not in (1, 2):
        raise Invalid(ONE_OR_TWO)
    wanted = [dimensions.facet(query.kind, view.session, code) for code in query.by]
    for one, other in pairwise(wanted):
        if one == other:
            raise Invalid(TWICE, name=one.title)
    for dimension in wanted:
        if query.public and dimension.described.sensitivity >= RESTRICTED:
            raise Invalid(NOT_PUBLISHED, name=dimension.title)
    return wanted


def _inside(counts: Mapping[str, int]) -> dict[str, int]:
    """A date of birth that lies ahead says no age."""
    inside = Counter[str]()
    for group, count in counts.items():
        inside[NOT_KNOWN if group == OUTSIDE else group] += count
    return dict(inside)


def _pairs(people: People, wanted: Sequence[Dimension], counts: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """The counts by the groups of all fields at once; `counts` = those of the first."""
    if len(wanted) == 1:
        return {(group,): count for group, count in counts.items()}
    crossed = Counter[tuple[str, ...]]()
    for key, count in people.crossed(wanted[0], wanted[1]).items():
        crossed[tuple(NOT_KNOWN if group == OUTSIDE else group for group in key)] += count
    return dict(crossed)


def _hidden(counts: Sequence[Mapping[str, int]], pairs: Mapping[tuple[str, ...], int]) -> set[tuple[str, ...]]:
    """The keys of the counts that are withheld."""
    if len(counts) == 1:
        return {(group,) for group in withheld(counts[0])}
    down, across = counts
    return {*withheld_pairs({(row, column): count for (row, column), count in pairs.items()}, down, across)}


def _in_order(groups: Sequence[Mapping[str, str]]) -> list[tuple[str, ...]]:
    if len(groups) == 1:
        return [(group,) for group in groups[0]]
    return [(row, column) for row in groups[0] for column in groups[1]]


def _label(groups: Sequence[Mapping[str, str]], key: Sequence[str]) -> str:
    return " · ".join(named[group] for named, group in zip(groups, key, strict=True))

"""Records counted by one field or by two at once, as they are or ready to be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from registry import belonging
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.packed.columns import many
from registry.packed.counting import People
from registry.packed.dimensions import NOT_KNOWN, OUTSIDE, Dimension
from registry.packed.finding import Finding
from registry.packed.headings import CrossCounts, Heading, headings
from registry.packed.store import Columns
from registry.queries import CountBy
from registry.search.names import Names
from registry.search.parser import parse
from registry.statistics import countable
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
class Statistics(CrossCounts):
    """A table of counts.

    Attributes:
        dimensions: what is counted by, in the order asked for.
        cells: in the order of the first field's groups, then of the second's; pairs of nobody are left out.
        belonging: the ministry's definition of who counts, in words; "" = none was made.
        outside: records that the query finds and that do not count by it.
    """

    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]
    belonging: str = ""
    outside: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """Titles of the fields, in the current language."""
        return tuple(dimension.title for dimension in self.dimensions)

    @property
    def groups(self) -> tuple[Mapping[str, str], ...]:
        """By field, its groups and how they are called, in order."""
        return tuple({h.code: h.label for h in heads} for heads in (self.rows, self.columns)[: len(self.dimensions)])


def count_by(view: View, query: CountBy) -> Statistics:
    """Count. Raises `Invalid` for a query that can't be read and for what nobody can be counted by."""
    wanted = _wanted(view, query)
    tree = parse(query.query, Names(query.kind, view.session))
    counting = belonging.definition(view, everybody=query.everybody or query.kind != PEOPLE)
    columns = Columns(view)
    columns.fill(dimension.described for dimension in wanted)
    finding = Finding(columns, query.kind)
    people = People(columns, finding.of(counting.within(tree)))
    counts = [_inside(people.counts(dimension)) for dimension in wanted]
    heads = [headings(columns, d, counted) for d, counted in zip(wanted, counts, strict=True)]
    table = _Counted(counts, heads, _pairs(people, wanted, counts[0]), len(people))
    if query.public:
        table = _published(table)
    across = table.heads[1] if len(wanted) > 1 else ()
    return Statistics(
        table.heads[0],
        across,
        tuple(tuple(table.cells.get((row.code, column.code), 0) for column in across) for row in table.heads[0]),
        table.total,
        base=counting.within(tree),
        several=any(dimension.several for dimension in wanted),
        dimensions=tuple(wanted),
        cells=tuple(_cells(query, table)),
        belonging=counting.words if query.kind == PEOPLE else "",
        outside=many(finding.of(tree)) - len(people) if counting.narrows and query.kind == PEOPLE else 0,
    )


@dataclass(frozen=True)
class _Counted:
    """Counts by field, their groups, and the counts of the cells; None = withheld."""

    counts: Sequence[Mapping[str, int]]
    heads: Sequence[tuple[Heading, ...]]
    cells: Mapping[tuple[str, ...], int | None]
    total: int | None


def _published(table: _Counted) -> _Counted:
    """The same without what would tell of somebody."""
    hidden = _hidden(table.counts, {key: count for key, count in table.cells.items() if count})
    cells: dict[tuple[str, ...], int | None] = {**table.cells, **dict.fromkeys(hidden)}
    heads = []
    for counted, some in zip(table.counts, table.heads, strict=True):
        unknown = withheld(counted)
        heads.append(
            tuple(Heading(head.code, head.label, head.node, None) if head.code in unknown else head for head in some)
        )
    return _Counted(table.counts, heads, cells, None if is_small(table.total or 0) else table.total)


def _withheld(head: Heading) -> Heading:
    return Heading(head.code, head.label, head.node, None)


def _cells(query: CountBy, table: _Counted) -> Iterator[Cell]:
    labels = [{head.code: head.label for head in some} for some in table.heads]
    for key in product(*labels):
        if key in table.cells:
            by = dict(zip(query.by, key, strict=True))
            label = " · ".join(named[group] for named, group in zip(labels, key, strict=True))
            yield Cell(by, label, table.cells[key])


def _wanted(view: View, query: CountBy) -> list[Dimension]:
    if len(query.by) not in (1, 2):
        raise Invalid(ONE_OR_TWO)
    wanted = [countable.find(query.kind, view.session, code) for code in query.by]
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

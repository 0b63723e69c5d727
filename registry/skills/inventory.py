"""The cross table of the skills inventory, with the query behind each of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import METADATA
from registry import belonging
from registry.context import View
from registry.fields import PEOPLE
from registry.packed import dimensions
from registry.packed.columns import many
from registry.packed.counting import People
from registry.packed.dimensions import Dimension
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import SkillsInventory
from registry.search.tree import Node, Term, all_of, any_of
from registry.search.writer import write
from registry.skills.presets import REFUSED, asked, taking_part

#: Fields whose texts wait for a code.
TO_BE_CODED = any_of(Term(name, ":", dimensions.UNCODED) for name in ("occupation", "trained_occupation", "skill"))


@dataclass(frozen=True)
class Heading:
    """One group of a dimension, as a row or column of the table.

    Attributes:
        code: the group's code; "" = not known, "uncoded" = still text.
        label: in the reader's words.
        node: finds its people.
        count: how many these are.
    """

    code: str
    label: str
    node: Node
    count: int


@dataclass(frozen=True)
class Inventory:
    """People counted in two directions; somebody with several occupations stands in several rows.

    Attributes:
        rows, columns: the groups that somebody is in.
        counts: row by row, column by column.
        total: everybody counted, each once.
        left_out: people whom the query finds, who count and who refused the inventory.
        outside: people whom the query finds and who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
        uncoded: people of whom an occupation or a skill is still text.
        described: whether anybody in the registry has an occupation or a skill at all.
        several: whether one person can stand in several rows or columns.
        base: finds everybody counted.
    """

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    counts: tuple[tuple[int, ...], ...]
    total: int
    left_out: int
    outside: int
    belonging: str
    uncoded: int
    described: bool
    several: bool
    base: Node

    def query_of(self, row: int | None, column: int | None) -> str:
        """The query that finds exactly the people of a cell; None = of the whole row or column."""
        parts = [self.base]
        parts += [] if row is None else [self.rows[row].node]
        parts += [] if column is None else [self.columns[column].node]
        return write(all_of(parts))

    def query_of_uncoded(self) -> str:
        """The query that finds those of whom something is still text."""
        return write(all_of((self.base, TO_BE_CODED)))


def skills_inventory(view: View, query: SkillsInventory) -> Inventory:
    """Count. Raises `Invalid` for a query that can't be read and for what nobody can be counted by."""
    rows, columns = (dimensions.find(view.session, code) for code in (query.rows, query.columns))
    if query.least:
        dimensions.levels_from(query.least)
    tree = asked(view.session, query.query)
    counting = belonging.definition(view, everybody=query.everybody)
    packed = Columns(view)
    packed.fill((rows.described, columns.described))
    finding = Finding(packed, PEOPLE)
    counted = finding.of(counting.within(tree))
    refused = counted & finding.of(REFUSED)
    people = People(packed, counted & ~refused)
    day, least = dimensions.today(), query.least
    heads_down, heads_across = (_headings(people, dimension, day, least) for dimension in (rows, columns))
    cells = people.crossed(rows, columns, least)
    return Inventory(
        heads_down,
        heads_across,
        tuple(tuple(cells.get((row.code, column.code), 0) for column in heads_across) for row in heads_down),
        len(people),
        many(refused),
        many(finding.of(tree)) - many(counted) if counting.narrows else 0,
        counting.words,
        many(people.among & finding.of(TO_BE_CODED)),
        _described(view),
        rows.several or columns.several,
        taking_part(counting.within(tree)),
    )


def _headings(people: People, dimension: Dimension, day: str, least: str) -> tuple[Heading, ...]:
    counts = people.counts(dimension, least)
    least = least if dimension.leveled else ""
    return tuple(
        Heading(group, dimension.label_of(group), dimension.node(group, day, least), counts[group])
        for group in dimension.in_order(counts)
    )


def _described(view: View) -> bool:
    """Whether there is anything to count."""
    for table, column in (("job", "occupation"), ("skill", "skill"), ("person", "trained_occupation")):
        held = METADATA.tables[table].c[column]
        if view.connection.execute(select(held).where(held.is_not(None)).limit(1)).first() is not None:
            return True
    return False

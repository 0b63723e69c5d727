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
from registry.packed.finding import Finding
from registry.packed.headings import Counted, CrossCounts, headings
from registry.packed.store import Columns
from registry.queries import SkillsInventory
from registry.search.tree import Term, all_of, any_of
from registry.search.writer import write
from registry.skills.presets import REFUSED, asked, taking_part

#: Fields whose texts wait for a code.
TO_BE_CODED = any_of(Term(name, ":", dimensions.UNCODED) for name in ("occupation", "trained_occupation", "skill"))


@dataclass(frozen=True)
class Inventory(CrossCounts):
    """People counted in two directions, nothing withheld; somebody with several occupations stands in several rows.

    Attributes:
        left_out: people whom the query finds, who count and who refused the inventory.
        outside: people whom the query finds and who do not count by the ministry's definition.
        belonging: that definition in words; "" = none was made.
        uncoded: people of whom an occupation or a skill is still text.
        described: whether anybody in the registry has an occupation or a skill at all.
    """

    rows: tuple[Counted, ...]
    columns: tuple[Counted, ...]
    counts: tuple[tuple[int, ...], ...]
    total: int
    left_out: int
    outside: int
    belonging: str
    uncoded: int
    described: bool

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
    least = query.least
    heads_down, heads_across = (headings(packed, d, people.counts(d, least), least) for d in (rows, columns))
    cells = people.crossed(rows, columns, least)
    return Inventory(
        heads_down,
        heads_across,
        tuple(tuple(cells.get((row.code, column.code), 0) for column in heads_across) for row in heads_down),
        total=len(people),
        base=taking_part(counting.within(tree)),
        several=rows.several or columns.several,
        left_out=many(refused),
        outside=many(finding.of(tree)) - many(counted) if counting.narrows else 0,
        belonging=counting.words,
        uncoded=many(people.among & finding.of(TO_BE_CODED)),
        described=_described(view),
    )


def _described(view: View) -> bool:
    """Whether there is anything to count."""
    for table, column in (("job", "occupation"), ("skill", "skill"), ("person", "trained_occupation")):
        held = METADATA.tables[table].c[column]
        if view.connection.execute(select(held).where(held.is_not(None)).limit(1)).first() is not None:
            return True
    return False

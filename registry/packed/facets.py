"""Facets: how many of the records that a query finds have each value, of one field after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from registry import vocabularies
from registry.context import View
from registry.packed import dimensions
from registry.packed.choosing import Choice, choice, parts
from registry.packed.columns import Column, Mask, many
from registry.packed.counting import counts
from registry.packed.dimensions import NOT_KNOWN, OUTSIDE, UNCODED, Dimension
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.queries import Facets
from registry.search.folding import fold
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Node, Term, all_of

#: Behind all others, whatever their counts are.
_LAST = {UNCODED: 1, NOT_KNOWN: 2}


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet.

    Attributes:
        code: of the group, for `choosing.turned`; "" = nothing is known.
        label: in the reader's words.
        count: records that the rest of the query finds which have it.
        chosen: whether the query chooses it.
    """

    code: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """What the records found have in one field.

    Attributes:
        code: as `Facets` names it.
        title: in the current language.
        values: the commonest first, or in the order of their list; what is chosen among them; "not known" last.
        more: how many further values there are.
    """

    code: str
    title: str
    values: tuple[FacetValue, ...]
    more: int = 0


def facets(view: View, query: Facets) -> tuple[Facet, ...]:
    """Count. Raises `Invalid` for a query that can't be read, and for fields that this user does not see."""
    session, kind = view.session, query.kind
    names = Names(kind, session)
    wanted = [dimensions.facet(kind, session, code) for code in query.columns] or dimensions.facets(kind, session)
    items = parts(parse(query.query, names))
    choices = {dimension.code: choice(items, dimension, names) for dimension in wanted}
    columns = Columns(view)
    columns.fill(dimension.described for dimension in wanted)
    finding = Finding(columns, kind)
    narrowing = [item for item in items if not any(item in chosen.items for chosen in choices.values())]
    base = finding.of(all_of(narrowing))
    masks = {code: finding.of(all_of(chosen.items)) for code, chosen in choices.items() if chosen.items}
    answer = []
    for dimension in wanted:
        among = base
        for code, mask in masks.items():
            among = among & mask if code != dimension.code else among
        answer.append(_Counting(finding, dimension, among, query.most).facet(choices[dimension.code]))
    return tuple(answer)


@dataclass(frozen=True)
class _Counting:
    """One facet.

    Attributes:
        among: the records that the rest of the query finds.
        most: so many values at most, and those chosen.
    """

    finding: Finding
    dimension: Dimension
    among: Mask
    most: int

    def facet(self, chosen: Choice) -> Facet:
        """Its values with their counts."""
        column = self.finding.columns.grouped(self.dimension)
        held = {group: count for group, count in counts(column, self.among).items() if group != OUTSIDE}
        asked = {fold(group) or group: group for group in chosen.groups} if self.dimension.texts else {}
        groups = asked or dict.fromkeys(chosen.groups)
        held |= {group: 0 for group in groups if group not in held}
        order = self._in_order(held)
        known = [group for group in order if group not in _LAST]
        shown = [*known[: self.most], *(group for group in known[self.most :] if group in groups)]
        more = len(known) - len(shown)
        shown += [group for group in _LAST if group in held]
        spelled = self._spellings(shown) | asked
        values = [
            FacetValue(spelled.get(group, group), self._label(spelled.get(group, group)), count, group in groups)
            for group, count in self._found(shown, held, spelled)
        ]
        if not self._in_rank:
            values.sort(key=lambda value: (_LAST.get(value.code, 0), -value.count, fold(value.label)))
        return Facet(self.dimension.code, self.dimension.title, tuple(values), more)

    @property
    def _in_rank(self) -> bool:
        """Whether the values stand in an order of their own, whatever their counts are."""
        ranked = self.dimension.described.vocabulary in ("generation", "isced_level")
        return self.dimension.banded or self.dimension.dated or ranked

    def _in_order(self, held: dict[str, int]) -> list[str]:
        if self._in_rank:
            return self.dimension.in_order(held)
        return sorted(held, key=lambda group: (_LAST.get(group, 0), -held[group], group))

    def _label(self, group: str) -> str:
        return self.dimension.label_of(group)

    def _found(self, groups: Iterable[str], held: dict[str, int], spelled: dict[str, str]) -> Iterable[tuple[str, int]]:
        """Each group with what its query finds: a code finds those below it too, a text those that begin like it."""
        field = self.dimension.described
        below = bool(field.vocabulary) and bool(vocabularies.get(field.vocabulary).parents) and not self.dimension.depth
        widening = self.dimension.texts or (below and not self.dimension.rolls_up and not self.dimension.highest)
        column = self.finding.columns.of(field)
        for group in groups:
            node = self.dimension.node(spelled.get(group, group), self.finding.columns.day.isoformat())
            if widening and group != NOT_KNOWN:
                yield group, self._wider(column, node, group, held[group])
            else:
                yield group, held[group]

    def _wider(self, column: Column, node: Node, group: str, held: int) -> int:
        """What the query of a group finds, if that is more than the group itself."""
        if not isinstance(node, Term):
            return held
        numbers = self.finding.numbers(self.dimension.described, column, node)
        own = column.spellings.get(group, []) if self.dimension.texts else numbers[:1]
        if len(numbers) <= len(own):
            return held
        return many(self.among & column.having(numbers))

    def _spellings(self, groups: Iterable[str]) -> dict[str, str]:
        """Of each group of texts the commonest spelling."""
        return self.finding.columns.of(self.dimension.described).spelled(groups) if self.dimension.texts else {}

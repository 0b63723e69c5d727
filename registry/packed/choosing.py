"""Which groups of a dimension a query chooses, and the query that chooses others instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from registry import vocabularies
from registry.errors import Invalid
from registry.packed.dimensions import NOT_KNOWN, Dimension, today
from registry.search.conditions import NOTHING
from registry.search.folding import fold
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import And, Node, Not, Or, Term, all_of, any_of, terms
from registry.search.writer import write


@dataclass(frozen=True)
class Choice:
    """What a query chooses of a dimension: records in any of these groups.

    Attributes:
        groups: codes of the groups; none = it chooses nothing there.
        items: the parts of the query that say so.
        every: whether it was written so that a record must be in all of them; who chooses on means any.
    """

    groups: tuple[str, ...] = ()
    items: tuple[Node, ...] = ()
    every: bool = False


def parts(tree: Node) -> tuple[Node, ...]:
    """The parts of a query that must all hold."""
    return tree.items if isinstance(tree, And) else (tree,)


def choice(items: Iterable[Node], dimension: Dimension, names: Names) -> Choice:
    """The choice that stands in a query; conditions that choose no whole groups narrow the list, and are none."""
    about = [item for item in items if _is_about(item, dimension, names)]
    chosen = [(item, groups) for item in about if (groups := _groups(item, dimension, names))]
    if not chosen and len(about) > 1:
        together = _groups(all_of(about), dimension, names)
        return Choice(together, tuple(about)) if together else Choice()
    every = dict.fromkeys(group for _item, some in chosen for group in some)
    return Choice(tuple(every), tuple(item for item, _groups in chosen), len(chosen) > 1)


def asking(query: str, dimension: Dimension, groups: Collection[str], names: Names) -> str:
    """The query with just these groups chosen; one that cannot be read is left behind."""
    try:
        items = parts(parse(query, names))
    except Invalid:
        items = ()
    before = choice(items, dimension, names).items
    place = items.index(before[0]) if before else len(items)
    rest = [item for item in items if item not in before]
    chosen = [any_of(_written(dimension, group, names) for group in groups)] if groups else []
    return write(all_of([*rest[:place], *chosen, *rest[place:]]))


def turned(query: str, dimension: Dimension, group: str, names: Names) -> str:
    """The query with a group chosen beside the others, or not any more."""
    try:
        groups = choice(parts(parse(query, names)), dimension, names).groups
    except Invalid:
        groups = ()
    key = _key(dimension, group)
    others = [each for each in groups if _key(dimension, each) != key]
    return asking(query, dimension, others if len(others) < len(groups) else [*groups, group], names)


def _is_about(item: Node, dimension: Dimension, names: Names) -> bool:
    asked = list(terms(item))
    return bool(asked) and all(names.find(term.field) == (dimension.described,) for term in asked)


def _groups(item: Node, dimension: Dimension, names: Names) -> tuple[str, ...]:
    """The groups that a part of a query names, one or any of several; () where it says anything else."""
    alternatives = item.items if isinstance(item, Or) else (item,)
    found = [_group(each, dimension, names) for each in alternatives]
    return tuple(dict.fromkeys(group for group in found if group is not None)) if None not in found else ()


def _group(item: Node, dimension: Dimension, names: Names) -> str | None:
    """The group whose query this is."""
    if not _is_about(item, dimension, names):
        return None
    plain = _plain(item, dimension)
    first = next(terms(plain))
    if dimension.banded or dimension.dated:
        candidates = [NOT_KNOWN, *dimension.bands()] if dimension.banded else [NOT_KNOWN]
    else:
        candidates = [NOT_KNOWN if first.value == "none" else first.value.lstrip("=")]
        if dimension.closed:
            candidates = [code for code in candidates if code == NOT_KNOWN or code in dimension.vocabulary.labels]
    day = today()
    return next((group for group in candidates if plain == _plain(dimension.node(group, day), dimension)), None)


def _plain(item: Node, dimension: Dimension) -> Node:
    """A part of a query with the field's own name, and codes instead of labels, so that two can be compared."""
    match item:
        case Term(_field, operator, value):
            return Term(dimension.field, operator, _plain_value(value, dimension))
        case Not(inner):
            return Not(_plain(inner, dimension))
        case And(items):
            return And(tuple(_plain(each, dimension) for each in items))
    return item


def _plain_value(value: str, dimension: Dimension) -> str:
    if fold(value) in NOTHING and not value.startswith("="):
        return "none"
    if not dimension.described.vocabulary:
        return value
    code = value.lstrip("=")
    return value[: len(value) - len(code)] + (vocabularies.get(dimension.described.vocabulary).find(code) or code)


def _written(dimension: Dimension, group: str, names: Names) -> Node:
    """The query of a group with the shortest word for its field."""
    word = names.shortest(dimension.described)

    def shortened(item: Node) -> Node:
        match item:
            case Term():
                return replace(item, field=word)
            case Not(inner):
                return Not(shortened(inner))
            case And(items):
                return And(tuple(shortened(each) for each in items))
        return item

    return shortened(dimension.node(group, today()))


def _key(dimension: Dimension, group: str) -> str:
    """What tells groups apart: of texts every spelling is one."""
    return fold(group) or group if dimension.texts else group

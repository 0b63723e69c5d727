"""A query as a tree: what the parser makes, the writer writes and the conditions read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Word:
    """A word that the record must have; its last letters may be missing."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side."""

    text: str


@dataclass(frozen=True)
class Term:
    """A field compared with a value.

    Attributes:
        field: the field's word as written, in any language.
        operator: one of `:`, `<`, `<=`, `>`, `>=`.
        value: what it is compared with.
        position: where it stands in the text, counted from 1; not part of what it means.
    """

    field: str
    operator: str
    value: str
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """Everybody but those whom `item` finds."""

    item: Node


@dataclass(frozen=True)
class And:
    """Those whom all `items` find; without items everybody."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Those whom any of `items` finds."""

    items: tuple[Node, ...]


Node: TypeAlias = Word | Phrase | Term | Not | And | Or

EVERYBODY = And(())


def all_of(items: Iterable[Node]) -> Node:
    """All of `items`, without an `And` in an `And` and without one of a single item."""
    flat = [part for item in items for part in (item.items if isinstance(item, And) else (item,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(items: Iterable[Node]) -> Node:
    """Any of `items`, without an `Or` in an `Or` and without one of a single item."""
    flat = [part for item in items for part in (item.items if isinstance(item, Or) else (item,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def opposite(item: Node) -> Node:
    """Everybody but those whom `item` finds; the opposite of an opposite is the item itself."""
    return item.item if isinstance(item, Not) else Not(item)


def terms(node: Node) -> Iterator[Term]:
    """Every comparison in a query."""
    match node:
        case Term():
            yield node
        case Not(item):
            yield from terms(item)
        case And(items) | Or(items):
            for item in items:
                yield from terms(item)

"""A query as rows to edit, and back: conditions, groups of which one must hold, and words as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from registry.search.parser import FieldWords, parse
from registry.search.tree import EVERYBODY, And, Node, Not, Or, Term, all_of, any_of, opposite
from registry.search.writer import write


@dataclass(frozen=True)
class Condition:
    """A field compared with a value.

    Attributes:
        word: the field's word as it is written.
        operator: one of `:`, `<`, `<=`, `>`, `>=`.
        negated: whether it must not hold.
    """

    word: str
    operator: str
    value: str
    negated: bool = False


@dataclass(frozen=True)
class Written:
    """Words, and whatever else rows cannot show, as query text."""

    text: str


@dataclass(frozen=True)
class Choice:
    """One of these must hold at least."""

    parts: tuple[Condition | Written, ...]


Part: TypeAlias = Condition | Written | Choice


def take_apart(tree: Node) -> tuple[Part, ...]:
    """The rows of a query; all of them must hold."""
    items = tree.items if isinstance(tree, And) else (tree,)
    parts: list[Part] = []
    for item in items:
        part = _row(item)
        before = parts[-1] if parts else None
        if isinstance(part, Written) and isinstance(before, Written):
            parts[-1] = Written(f"{before.text} {part.text}")
        else:
            parts.append(part)
    return tuple(parts)


def put_together(parts: Iterable[Part], names: FieldWords) -> Node:
    """The query of these rows, of which those without content say nothing; raises `Invalid` for text that is none."""
    nodes = (_node(part, names) for part in parts)
    return all_of(node for node in nodes if node != EVERYBODY)


def _row(item: Node) -> Part:
    if isinstance(item, Or):
        return Choice(tuple(_row_of_choice(one) for one in item.items))
    return _row_of_choice(item)


def _row_of_choice(item: Node) -> Condition | Written:
    term = item.item if isinstance(item, Not) else item
    if isinstance(term, Term):
        return Condition(term.field, term.operator, term.value, isinstance(item, Not))
    return Written(write(item))


def _node(part: Part, names: FieldWords) -> Node:
    match part:
        case Condition(word, operator, value, negated):
            if not word or not value.strip():
                return EVERYBODY
            term = Term(word, operator, value)
            return opposite(term) if negated else term
        case Written(text):
            return parse(text, names)
        case Choice(parts):
            found = [node for node in (_node(one, names) for one in parts) if node != EVERYBODY]
            return any_of(found) if found else EVERYBODY

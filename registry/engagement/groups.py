"""The groups of people that are described: saved segments, and those that ship as long as nobody saved any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Node, Term, terms
from registry.segments import kept
from registry.segments.ready import ready_segments


@dataclass(frozen=True)
class People:
    """A group of people.

    Attributes:
        name: what it is called; "" = a query without a name.
        node: finds them.
    """

    name: str
    node: Node


def groups(view: View) -> Iterator[People]:
    """Segments of people that this user may use, by name; the ready-made ones if there are none."""
    mine = [each for each in kept.usable(view.connection, view.session.user_id) if each.kind == PEOPLE]
    for each in mine:
        yield People(each.name, Term("in", ":", each.name))
    for ready in ready_segments(PEOPLE, view.session) if not mine else ():
        yield People(ready.title, parse(ready.query, Names(PEOPLE, view.session)))


def asked_about(view: View, node: Node, within: frozenset[int] = frozenset()) -> set[str]:
    """Names of the fields that a query asks for, those of segments inside it too."""
    names, found = Names(PEOPLE, view.session), set[str]()
    for term in terms(node):
        if not kept.is_segment(term.field):
            found |= {field.name for field in names.find(term.field)}
            continue
        segment = kept.named(view.connection, view.session.user_id, term.value)
        if segment is not None and segment.id not in within and segment.query:
            found |= asked_about(view, _tree(segment.query), within | {segment.id})
    return found


def _tree(query: str) -> Node:
    try:
        return kept.tree_of(query)
    except Invalid:
        return Term("in", ":", "")

"""Filters of a list as parts of its query: read them, add one, take one out."""

from __future__ import annotations

from dataclasses import dataclass

from registry import fields
from registry.access import Session
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import N_
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.telling import condition
from registry.search.tree import And, Node, Not, Term, all_of
from registry.search.writer import write

#: Fields that lists offer as filters.
OFFERED = {
    fields.PEOPLE: ("address.country", "state", "sex", "language", "preferred_language"),
    fields.ASSOCIATIONS: ("address.country", "type", "level", "located", "sector"),
}
#: Values that are asked for so often that they stand as chips of their own: field, code, words.
SHORT_WAYS = {fields.PEOPLE: (), fields.ASSOCIATIONS: (("type", "institution", N_("Institutions")),)}


@dataclass(frozen=True)
class Filter:
    """One condition on a field that stands in the query.

    Attributes:
        label: in the reader's words: "Sex: Female".
        without: the query without it.
    """

    field: str
    label: str
    without: str


def offered(kind: str, session: Session) -> tuple[Field, ...]:
    """The fields offered as filters that this user sees."""
    known = fields.by_name(kind)
    return tuple(known[name] for name in OFFERED[kind] if session.sees(known[name]))


def asked(kind: str, session: Session) -> tuple[Field, ...]:
    """The questions of profile templates that can be filters: those answered from a list."""
    return tuple(f for f in fields.of(kind) if f.asked and not f.former and f.vocabulary and session.sees(f))


def active(query: str, kind: str, session: Session) -> tuple[Filter, ...]:
    """The conditions of a query that can be taken out one by one; none of a query that cannot be read."""
    names = Names(kind, session)
    try:
        items = _items(parse(query, names))
    except Invalid:
        return ()
    found = []
    for item in items:
        term = item.item if isinstance(item, Not) else item
        if isinstance(term, Term):
            without = write(all_of(other for other in items if other is not item))
            known = names.find(term.field)
            name = known[0].name if len(known) == 1 else ""
            found.append(Filter(name, ("− " if term is not item else "") + condition(term, names), without))
    return tuple(found)


def with_value(query: str, field: Field, code: str, kind: str, session: Session) -> str:
    """The query with `field` having the value `code`, instead of another value asked for before."""
    names = Names(kind, session)
    try:
        items = _items(parse(query, names))
    except Invalid:
        items = ()
    kept = [i for i in items if not (isinstance(i, Term) and names.find(i.field) == (field,))]
    return write(all_of([*kept, Term(names.shortest(field), ":", code)]))


def _items(tree: Node) -> tuple[Node, ...]:
    return tree.items if isinstance(tree, And) else (tree,)

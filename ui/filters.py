"""Filters of a list as parts of its query: read them, add one, take one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from registry import fields
from registry.access import Session
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import N_, _
from registry.packed import dimensions
from registry.packed.choosing import asking, choice, parts
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.telling import tell
from registry.search.tree import Node, Not, Phrase, Word, all_of, terms
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
        items = parts(parse(query, names))
    except Invalid:
        return ()
    told = _choices(items, kind, session, names)
    found: list[Filter | None] = []
    for item in items:
        asked = {names.find(term.field) for term in terms(item)}
        if item in told:
            found.append(told[item])
        elif len(asked) == 1 and not isinstance(item, Word | Phrase):
            (known,) = asked
            words = f"− {tell(item.item, names)}" if isinstance(item, Not) else tell(item, names)
            name = known[0].name if len(known) == 1 else ""
            found.append(Filter(name, words, write(all_of(other for other in items if other is not item))))
    return tuple(each for each in found if each is not None)


def _choices(items: Sequence[Node], kind: str, session: Session, names: Names) -> dict[Node, Filter | None]:
    """Parts of a query that choose values of a facet; of several that say it together the first tells it."""
    told: dict[Node, Filter | None] = {}
    for dimension in dimensions.facets(kind, session):
        chosen = choice(items, dimension, names)
        if chosen.items and not chosen.every:
            without = write(all_of(item for item in items if item not in chosen.items))
            between = _("or")
            labels = f" {between} ".join(map(dimension.label_of, chosen.groups))
            words = _("{field}: {value}", field=dimension.title, value=labels)
            told |= dict.fromkeys(chosen.items)
            told[chosen.items[0]] = Filter(dimension.field, words, without)
    return told


def with_value(query: str, field: Field, code: str, kind: str, session: Session) -> str:
    """The query with `field` having the value `code`, instead of others asked for before."""
    return asking(query, dimensions.facet(kind, session, field.name), [code], Names(kind, session))

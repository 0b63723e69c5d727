"""`in:"Name"`: the records of a segment, as part of a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from db.models import segment_member
from registry.errors import Invalid
from registry.i18n import N_
from registry.search.parser import parse
from registry.search.tree import Term
from registry.segments import kept

if TYPE_CHECKING:
    from registry.search.conditions import Conditions
    from registry.segments.kept import Kept

UNKNOWN = N_("“{name}” at position {position} is not a segment. Did you mean “{suggestion}”?")
NONE_YET = N_("“{name}” at position {position} is not a segment. No search has been saved as one yet.")
CIRCLE = N_("The segment “{name}” would contain itself. Take it out of the query.")
TOO_MANY = N_("This query opens more than {limit} segments, one inside the other. Simplify the segments.")
UNUSABLE = N_("The segment “{name}” at position {position} cannot be used any more. {reason}")
NOT_FOR_ROLE = N_("The segment “{name}” at position {position} asks for what your role does not see.")

#: So many queries of segments are opened for one query: more is a mistake, and would be too much for one statement.
MOST_OPENED = 30


def condition(conditions: Conditions, term: Term) -> ColumnElement[bool]:
    """Which records are in the segment that `term` names; raises `Invalid` with its position."""
    found = _find(conditions, term)
    if found.id in conditions.within:
        raise Invalid(CIRCLE, name=found.name)
    if found.fixed:
        members = select(segment_member.c.record_id).where(segment_member.c.segment_id == found.id)
        return conditions.owner.in_(members)
    conditions.opened.append(found.id)
    if len(conditions.opened) > MOST_OPENED:
        raise Invalid(TOO_MANY, limit=MOST_OPENED)
    inner = replace(conditions, within=(*conditions.within, found.id))
    try:
        return inner.of(parse(found.query, conditions.names))
    except Invalid as problem:
        if problem.message in (CIRCLE, TOO_MANY):
            raise
        if found.owner == conditions.view.session.user_id:
            reason = str(problem)
            raise Invalid(UNUSABLE, name=found.name, position=term.position, reason=reason) from None
        # What it asks for may be nothing that this user should hear of.
        raise Invalid(NOT_FOR_ROLE, name=found.name, position=term.position) from None


def _find(conditions: Conditions, term: Term) -> Kept:
    view, kind = conditions.view, conditions.names.kind
    found = kept.named(view.connection, view.session.user_id, term.value)
    if found is not None and found.kind == kind:
        return found
    names = [s.name for s in kept.usable(view.connection, view.session.user_id) if s.kind == kind]
    near = kept.nearest(term.value, names)
    raise Invalid(UNKNOWN if near else NONE_YET, name=term.value, position=term.position, suggestion=near)

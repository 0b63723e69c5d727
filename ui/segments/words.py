"""A segment in words, and as a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry import dates
from registry.access import Session
from registry.errors import Invalid
from registry.formats import number
from registry.i18n import _
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import Term
from registry.search.writer import write
from registry.segments.kept import is_segment

if TYPE_CHECKING:
    from registry.segments.looking import SegmentView


def query_of(name: str) -> str:
    """The query that finds a segment: `in:"Name"`."""
    return write(Term("in", ":", name))


def name_in(query: str, kind: str, session: Session) -> str:
    """The segment that a query names, if it is nothing but one; else ""."""
    try:
        tree = parse(query, Names(kind, session))
    except Invalid:
        return ""
    return tree.value if isinstance(tree, Term) and is_segment(tree.field) else ""


def kind_words(each: SegmentView) -> str:
    """Whether it is a saved search or a fixed list."""
    if each.fixed_on:
        return _("Fixed list of {date}", date=dates.show(each.fixed_on))
    return _("Saved search")


def whose(each: SegmentView) -> str:
    """Who may use it, and who made it."""
    if not each.shared:
        return _("Yours alone")
    return _("Shared by you") if each.mine else _("Shared by {owner}", owner=each.owner)


def changes(came: int, went: int, since: str) -> str:
    """What came and went since a day."""
    if not came and not went:
        return _("Nothing changed since {date}", date=dates.show(since))
    return _("Since {date}: {came} came, {went} went", date=dates.show(since), came=number(came), went=number(went))

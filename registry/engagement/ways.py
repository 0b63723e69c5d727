"""Segments by the forms of engagement that their people are ready for, and by which channels they may be told."""

from __future__ import annotations

from dataclasses import dataclass

from registry import belonging, vocabularies
from registry.context import View
from registry.engagement.groups import groups
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.packed import dimensions
from registry.packed.columns import many
from registry.packed.dimensions import NOT_KNOWN
from registry.packed.finding import Finding
from registry.packed.headings import CrossCounts, Heading
from registry.packed.store import Columns
from registry.queries import WaysToEngage
from registry.search.tree import EVERYBODY, Node, Not, Term, all_of

#: Nobody is asked to engage who did not agree to hear of it.
PURPOSE = "outreach_news"
CHANNELS = ("letter", "email", "sms", "phone", "event")
NO_CHANNEL = N_("“{name}” is no channel. Choose one of: {known}.")


@dataclass(frozen=True)
class Ways:
    """Who is ready for what.

    Attributes:
        table: segments down, forms of engagement across; with the query behind each cell.
        reached: by channel, how many of each row agreed to hear of it that way, in the order of the rows.
        everybody: the same of all who are counted.
        problems: segments that cannot be used, with the reason.
        belonging: who counts, in words; "" = no definition was made; outside: how many do not.
    """

    table: CrossCounts
    reached: dict[str, tuple[int, ...]]
    everybody: dict[str, int]
    problems: tuple[tuple[str, str], ...]
    belonging: str
    outside: int

    def query_of_reached(self, row: int | None, channel: str) -> Node:
        """Finds those of a row who agreed by a channel."""
        parts = [self.table.base] + ([] if row is None else [self.table.rows[row].node])
        return all_of((*parts, consented(channel)))


def consented(channel: str) -> Term:
    """The condition that somebody agreed to hear of the diaspora's affairs by a channel."""
    return Term("consent", ":", f"{PURPOSE}/{channel}")


def ways_to_engage(view: View, query: WaysToEngage) -> Ways:
    """Count. Raises `Invalid` for a channel that there is not."""
    if query.channel and query.channel not in CHANNELS:
        raise Invalid(NO_CHANNEL, name=query.channel[:40], known=", ".join(CHANNELS))
    counting = belonging.definition(view, everybody=query.everybody)
    by = dimensions.facet(PEOPLE, view.session, "engagement_form")
    finding = Finding(Columns(view), PEOPLE)
    narrowed = consented(query.channel) if query.channel else EVERYBODY
    base = counting.within(all_of((Not(Term("engagement_form", ":", "none")), narrowed)))
    among = finding.of(base)
    rows, masks, problems = [], [], []
    for each in groups(view):
        try:
            mask = finding.of(each.node) & among
        except Invalid as problem:
            problems.append((each.name, str(problem)))
            continue
        masks.append(mask)
        rows.append(Heading(each.name, each.name, each.node, many(mask)))
    column = finding.columns.grouped(by)
    forms = [code for code in vocabularies.get("engagement_form").codes if code in column.values]
    having = {form: column.having([column.values.index(form)]) for form in forms if form != NOT_KNOWN}
    across = tuple(
        Heading(form, by.label_of(form), by.node(form, ""), count)
        for form, mask in having.items()
        if (count := many(mask & among))
    )
    counts = tuple(tuple(many(mask & having[heading.code]) for heading in across) for mask in masks)
    outside = many(finding.everybody) - many(finding.of(counting.within(EVERYBODY)))
    table = CrossCounts(tuple(rows), across, counts, total=many(among), base=base, several=True)
    agreed = {channel: finding.of(consented(channel)) for channel in CHANNELS}
    reached = {channel: tuple(many(mask & who) for mask in masks) for channel, who in agreed.items()}
    return Ways(
        table, reached, {c: many(among & who) for c, who in agreed.items()}, tuple(problems), counting.words, outside
    )

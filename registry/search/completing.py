"""What may come next in a query that is being typed: words for fields, then the field's values, the commonest first."""

from __future__ import annotations

from dataclasses import dataclass

from registry.context import View
from registry.fields import CONSENT
from registry.i18n import _
from registry.queries import CompleteQuery
from registry.search.names import Names
from registry.search.offering import Offering
from registry.search.parser import HALF_SIGN
from registry.search.tree import Term
from registry.search.unfinished import Unfinished, unfinished
from registry.search.writer import write

#: Letters from which words for fields are offered: one begins too many.
_LEAST = 2


@dataclass(frozen=True)
class Offer:
    """One way to go on.

    Attributes:
        text: what then stands in place of the item that is being typed; a field's word ends with ":".
        label: in the reader's words.
        count: how many records it finds by itself, None of a field's word and of a segment.
    """

    text: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class Completion:
    """What may come next.

    Attributes:
        start, end: the place in the text that an offer takes.
    """

    start: int
    end: int
    offers: tuple[Offer, ...] = ()


def complete_query(view: View, query: CompleteQuery) -> Completion:
    """Words for fields while a word is typed, behind an operator the values; nothing of fields that are not seen."""
    item = unfinished(HALF_SIGN.sub("\ufffd", query.text), query.cursor)
    if item is None:
        return Completion(query.cursor, query.cursor)
    names = Names(query.kind, view.session)
    offers = _values(view, names, item, query.limit) if item.operator else _words(names, item.word, query.limit)
    typed = query.text[item.start : item.end]
    return Completion(item.start, item.end, tuple(offer for offer in offers if offer.text != typed)[: query.limit])


def _words(names: Names, typed: str, limit: int) -> list[Offer]:
    if len(typed) < _LEAST:
        return []
    found = names.beginning(typed)[:limit]
    return [
        Offer(f"{word}:", _("Consent") if field.table == CONSENT and field.key else field.title)
        for word, field in found
    ]


def _values(view: View, names: Names, item: Unfinished, limit: int) -> list[Offer]:
    known = names.find(item.word)
    if not known:
        return []
    values = Offering(view, names, known, item, limit).values()
    written = (Term(item.word, item.operator, value.text) for value in values)
    return [Offer(write(term), value.label, value.count) for term, value in zip(written, values, strict=True)]

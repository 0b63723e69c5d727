"""Columns of names that are something else beside each other: “Name” beside “Surname”, a second surname."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from registry.fields import PEOPLE
from registry.search.folding import fold
from registry.transfer.columns.content import Column
from registry.transfer.columns.offers import Offer, best_by_column
from registry.transfer.headings import headers, wordings

FULL, FAMILY, GIVEN, FORMER = "full_name", "family_name", "given_name", "former_name"
#: Confidence of a further surname or given name.
_FURTHER = 0.95
#: Share of names in which the other part stands too, from which on they are full ones.
_WHOLE = 0.5


def parted(kind: str, found: Sequence[Offer], columns: Sequence[Column]) -> list[Offer]:
    """The offers; a column of names, or of other names, is the part that the list lacks beside the column of one part.

    Second surnames and given names go behind the first ones.
    """
    if kind != PEOPLE:
        return list(found)
    best = best_by_column(found)
    further = {
        place: Offer(_FURTHER, place, (part,), further=True)
        for part, key in ((FAMILY, "second_surname"), (GIVEN, "second_given"))
        for place, column in enumerate(columns)
        if headers.key(column.header) in wordings.folded(key) and _has(best, part, but=place)
    }
    kept = [offer for offer in found if offer.column not in further]
    lacking = _lacking({place: offer for place, offer in best.items() if place not in further})
    return [*(_as_part(offer, lacking, best, columns) for offer in kept), *further.values()]


def _has(best: Mapping[int, Offer], part: str, *, but: int) -> bool:
    return any(offer.fields == (part,) for place, offer in best.items() if place != but)


def _lacking(best: Mapping[int, Offer]) -> str:
    """The part of names that a list with one of both lacks; "" = it has both or none."""
    has = {offer.fields[0] for offer in best.values()} & {FAMILY, GIVEN}
    return "" if len(has) != 1 else GIVEN if FAMILY in has else FAMILY


def _as_part(offer: Offer, lacking: str, best: Mapping[int, Offer], columns: Sequence[Column]) -> Offer:
    said = headers.key(columns[offer.column].header)
    if not lacking or best[offer.column] is not offer:
        return offer
    if offer.fields == (FORMER,) and lacking == GIVEN and said in wordings.folded("other_names"):
        return replace(offer, fields=(GIVEN,))
    other = next(each for each in best.values() if each.fields[0] in (FAMILY, GIVEN))
    bare = offer.fields == (FULL,) and said in wordings.folded("bare_name")
    return (
        replace(offer, fields=(lacking,))
        if bare and not _holds(columns[offer.column], columns[other.column])
        else offer
    )


def _holds(names: Column, part: Column) -> bool:
    """Whether names hold the part that another column has, and so are full ones."""
    words = {word for text in part.cells for word in fold(text).split()}
    whole = sum(not words.isdisjoint(fold(text).split()) for text in names.cells)
    return whole >= _WHOLE * len(names.cells)

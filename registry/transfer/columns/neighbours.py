"""Columns that are something else beside their neighbours than by themselves: "Valid until" behind a passport."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.fields import PEOPLE
from registry.postal import AT_HOME, STREET
from registry.transfer.columns.content import Column
from registry.transfer.columns.offers import ADDRESS, Offer, best_by_column
from registry.transfer.headings import headers, wordings
from registry.transfer.values.countries import is_permanent


@dataclass(frozen=True)
class _Beside:
    """What a column is beside the columns of a table.

    Attributes:
        table: of the columns beside it.
        field: what it is then.
        itself: key of the words in a heading by which it stays what it is.
        whole: columns of which the list has one where it keeps whole documents, or addresses and not towns alone.
        near: columns to the left and to the right that are looked at.
    """

    table: str
    field: str
    itself: str
    whole: frozenset[str]
    near: tuple[int, ...]


#: Parts of an address of which a list has one that keeps addresses, and not towns alone.
_STREETS = frozenset({STREET, "address.postal_code"})
#: What says which paper a day beside it is of.
_PAPER = "document.number"
#: What "Address 2" usually is: the second line of one address.
_LINE = "address.district"
_BESIDE = {
    "valid_until": _Beside(
        "document",
        "document.expires",
        "registration",
        frozenset({"document.number", "document.issued"}),
        (-1, -2, -3),
    ),
    "origin_region": _Beside("address", "address.region", "origin", _STREETS, (-1, 1)),
}
#: What parts of an address at home are in a list that has no street there.
_PLACES = {"address.city": "hometown", "address.district": "origin_region", "address.region": "origin_region"}


def settled(found: Sequence[Offer], columns: Sequence[Column]) -> list[Offer]:
    """The offers, those that stand beside the columns of another table being of it, if it lacks just them."""
    best = best_by_column(found)
    found = [_second(offer, best, columns) for offer in found]
    named = {name for offer in best.values() for name in offer.claims}
    permanent = [is_permanent(column.header) for column in columns]
    at_home = (offer for offer in best.values() if offer.apart == AT_HOME and not permanent[offer.column])
    whole = any(not _STREETS.isdisjoint(offer.fields) for offer in at_home)
    as_address = [whole or each for each in permanent]
    placed = (offer if as_address[offer.column] else _as_origin(offer) for offer in found)
    return [offer for each in placed if (offer := _settled(each, best, named, columns)) is not None]


def _second(offer: Offer, best: Mapping[int, Offer], columns: Sequence[Column]) -> Offer:
    """A second address where its town has that number too; "Address 2" alone is a line of the first."""
    if offer.fields != (_LINE,):
        return offer
    of_address = (other for other in best.values() if other.fields[0].startswith(ADDRESS) and other.fields != (_LINE,))
    words, number = headers.without_number(headers.label_of(columns[offer.column].header))
    whole = STREET in headers.words(PEOPLE).get(headers.key(words), {})
    if not whole or all(other.number != number for other in of_address):
        return offer
    return replace(offer, fields=(STREET,), number=number)


def _as_origin(offer: Offer) -> Offer:
    """A town or region at home, which is where somebody comes from and no address."""
    places = tuple(_PLACES.get(name, "") for name in offer.fields)
    return replace(offer, fields=places, apart="") if offer.apart == AT_HOME and all(places) else offer


def _settled(
    offer: Offer, best: Mapping[int, Offer], named: Collection[str], columns: Sequence[Column]
) -> Offer | None:
    """What an offer is beside its neighbours; None = the day of a paper that is not kept, as the passport is."""
    beside = _BESIDE.get(offer.fields[0])
    if beside is None or beside.field in named or beside.whole.isdisjoint(named) or columns[offer.column].at_home:
        return offer
    itself = wordings.pattern(beside.itself)

    def is_itself(place: int) -> bool:
        return itself.search(headers.key(columns[place].header)) is not None

    def is_of_table(place: int) -> bool:
        there = best.get(place)
        return there is not None and not there.apart and there.fields[0].partition(".")[0] == beside.table

    near = [offer.column + step for step in beside.near]
    near = [place for place in near if is_of_table(place) and not is_itself(place)]
    if is_itself(offer.column) or not near:
        return offer
    passport = [headers.is_of_passport(column.header) for column in columns]
    papers = [place for place in near if best[place].fields == (_PAPER,)]
    if any(passport) and not passport[offer.column] and papers and not passport[papers[0]]:
        return None
    return replace(offer, fields=(beside.field,))

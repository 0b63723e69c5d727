"""Columns that are something else beside their neighbours than by themselves: "Valid until" behind a passport."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from registry.transfer.columns.content import Column
from registry.transfer.columns.offers import Offer
from registry.transfer.headings import headers, wordings

#: Field -> the table whose columns stand beside it, what it is then, and words of the heading by which it is itself.
_BESIDE = {
    "valid_until": ("document", "document.expires", "registration"),
    "origin_region": ("address", "address.region", "origin"),
}
#: Columns of which the list has one where it keeps whole documents, or addresses and not towns alone.
_WHOLE = {
    "document": frozenset({"document.number", "document.issued"}),
    "address": frozenset({"address.street", "address.postal_code"}),
}
#: What parts of an address at home are in a list that has no street there.
_PLACES = {"address.city": "hometown", "address.district": "origin_region", "address.region": "origin_region"}
#: Columns to the left and to the right that are looked at.
_NEAR = {"valid_until": (-1, -2, -3), "origin_region": (-1, 1)}


def settled(found: Sequence[Offer], columns: Sequence[Column]) -> list[Offer]:
    """The offers, those that stand beside the columns of another table being of it, if it lacks just them."""
    best: dict[int, Offer] = {}
    for offer in sorted(found, key=lambda o: o.score):
        best[offer.column] = offer
    named = {name for offer in best.values() for name in offer.claims}
    whole = any(offer.at_home and not _WHOLE["address"].isdisjoint(offer.fields) for offer in best.values())
    return [_beside(offer if whole else _as_origin(offer), best, named, columns) for offer in found]


def _as_origin(offer: Offer) -> Offer:
    """A town or region at home, which is where somebody comes from and no address."""
    places = tuple(_PLACES.get(name, "") for name in offer.fields)
    return replace(offer, fields=places, at_home=False) if offer.at_home and all(places) else offer


def _beside(offer: Offer, best: Mapping[int, Offer], named: Collection[str], columns: Sequence[Column]) -> Offer:
    field, header = offer.fields[0], columns[offer.column].header
    table, instead, words = _BESIDE.get(field, ("", "", ""))
    if (
        not table
        or columns[offer.column].at_home
        or instead in named
        or _WHOLE[table].isdisjoint(named)
        or wordings.pattern(words).search(headers.key(header))
    ):
        return offer
    near = any(
        _is_of(table, best.get(place)) and not wordings.pattern(words).search(headers.key(columns[place].header))
        for place in (offer.column + step for step in _NEAR[field])
    )
    return replace(offer, fields=(instead,)) if near else offer


def _is_of(table: str, offer: Offer | None) -> bool:
    return offer is not None and not offer.at_home and offer.fields[0].partition(".")[0] == table

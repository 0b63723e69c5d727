"""Several columns of one field get their numbers in an order that is the same every time."""

from __future__ import annotations

from registry.fields import PEOPLE
from registry.transfer.columns.numbering import numbered
from registry.transfer.columns.offers import Offer


def test_addresses_at_work_and_for_letters_stand_in_one_order() -> None:
    offers = [
        *(Offer(1.0, place, ("address.street",), apart=kind) for place, kind in enumerate(("work", "home_country"))),
        Offer(1.0, 2, ("address.street",), apart="postal"),
        Offer(1.0, 3, ("address.street",)),
    ]
    places = numbered(PEOPLE, offers, {})
    assert [places[column] for column in (3, 2, 0, 1)] == [
        *(("address.street",), ("address.street.2",), ("address.street.3",), ("address.street.4",)),
    ]

"""Somebody who is written to: the fields, the language and the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.documents.addresses import Address
from registry.fields import numbered
from registry.records import Record
from registry.whereabouts import ASKED, number_lived_at

#: Fields of the card that every letter asks for.
NEEDED = (
    *("number", "full_name", "native_name", "family_name", "given_name", "title", "sex", "state", "name_order"),
    *("preferred_language", "language", "language.level", "association", "address.house_number", "address.street"),
    *("address.district", "address.city", "address.region", "address.postal_code", "address.country", *ASKED),
)


@dataclass(frozen=True)
class Recipient:
    """One person who gets a letter.

    Attributes:
        language: in which.
        record: the fields a letter can use.
        address: where to.
    """

    record: Record
    language: str
    address: Address


def current_address(values: Mapping[str, str]) -> Address:
    """The first address at which somebody lives; an empty one if there is none."""
    place = number_lived_at(values)
    if place is None:
        return Address()
    return Address(**{part: _at(values, f"address.{part}", place + 1) for part in _PARTS})


def language_of(values: Mapping[str, str], language: str, languages: Sequence[str]) -> str:
    """The language somebody is written to in: preferred, else the best spoken, of those the template has.

    Args:
        language: "auto" = each person's own, else one for all.
        languages: those there is a text in, the fallback first.
    """
    if language != "auto":
        return language if language in languages else languages[0]
    wanted, place = [values.get("preferred_language", "")], 1
    spoken: list[tuple[str, str]] = []
    while said := _at(values, "language", place):
        spoken.append((_at(values, "language.level", place), said))
        place += 1
    wanted += [code for _level, code in sorted(spoken, key=lambda s: s[0], reverse=True)]  # A1 … C2, then "native"
    return next((code for code in wanted if code in languages), languages[0])


_PARTS = ("street", "house_number", "district", "city", "region", "postal_code", "country")


def _at(values: Mapping[str, str], name: str, place: int) -> str:
    return values.get(numbered(name, place - 1), "")

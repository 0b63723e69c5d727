"""What a letter's fields say of one recipient: in words of the letter's language, and as codes for its conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from registry import fields, kinds
from registry.documents.days import long_date
from registry.documents.templates import RECIPIENT_FIELDS, person_fields
from registry.documents.tree import coded
from registry.fields import PEOPLE, Field
from registry.outreach.salutations import salutation
from registry.vocabularies import get as vocabulary
from registry.whereabouts import number_lived_at

#: What a letter knows of a recipient without asking the card for more.
_ALWAYS = frozenset(RECIPIENT_FIELDS)
#: A whole date: parts of one are said as they are.
_WHOLE_DATE = len("2027-06-12")


def asked_of(used: Iterable[str]) -> tuple[str, ...]:
    """The fields of the card that a template with these fields needs besides those of every letter."""
    asked = frozenset(used) - _ALWAYS
    return tuple(name for name in person_fields() if name in asked)


def letter_values(
    values: Mapping[str, str],
    *,
    number: str,
    city: str,
    address_lines: Iterable[str],
    used: Iterable[str],
    language: str,
    country: str,
    day: date,
) -> dict[str, str]:
    """The text of every field that a template uses, "" where the person has no such value.

    Args:
        values: the person's fields by canonical name, as they are kept.
        used: the fields of the template.
        language: of the letter.
        country: ISO 3166-1 alpha-2 of the posting country.
        day: of the letter; conditions on dates compare with it.
    """
    said = {name: values.get(name, "") for name in RECIPIENT_FIELDS}
    said |= {"salutation": salutation(values, language), "city": city, "number": number}
    said |= {"address_block": "\n".join(address_lines), coded("date"): day.isoformat()}
    for name in frozenset(asked_of(used)).intersection(used):
        kept = tuple(_all_of(values, name))
        field = fields.by_name(PEOPLE)[name]
        said[name] = ", ".join(_in_words(field, value, language, country) for value in kept)
        said[coded(name)] = "\n".join(kept)
    return said


def _all_of(values: Mapping[str, str], name: str) -> Iterator[str]:
    """The values of a field in their order; of an address only what belongs to the one lived at."""
    if name.startswith("address."):
        here = number_lived_at(values)
        value = values.get(fields.numbered(name, here)) if here is not None else None
        yield from [value] if value is not None else []
        return
    place = 0
    while (value := values.get(fields.numbered(name, place))) is not None:
        yield value
        place += 1


def _in_words(field: Field, value: str, language: str, country: str) -> str:
    """A kept value as a letter in that language says it."""
    if field.vocabulary:
        return vocabulary(field.vocabulary).label(value, language) or value
    if field.kind is kinds.PARTIAL_DATE and len(value) == _WHOLE_DATE:
        return long_date(date.fromisoformat(value), language, country)
    return field.show(value)

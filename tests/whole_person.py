"""A person of whom everything is written down: the longest card that there is."""

from __future__ import annotations

from registry import fields, vocabularies
from registry.fields import CONSENT, PEOPLE, Field

_TEXTS = {
    "text": "Of Brálov {place}",
    "name": "Halina Vondrová {place}",
    "long_text": "Came to the counter in spring.\nAsks to be called in the evening {place}.",
    "partial_date": "201{place}-05-12",
    "integer": "4{place}",
    "phone": "+33 1 99 00 12 3{place}",
    "email": "halina{place}@vondra.example",
}
_OWN = {
    "full_name": "Halina Vondrová",
    "external_id": "VLD-100200",
    "birth_date": "1985-12-03",
    "died_on": "",
    "address.country": "FRA",
    "address.postal_code": "6900{place}",
    "address.city": "Lyon",
    "state": "active",
    "registered_on": "2019-06-01",
    "valid_until": "2031-06-01",
}
#: Where people have several values, so many are filled: as many as anybody of the demonstration has, or more.
_SEVERAL = {"phone": 2, "email": 2, "address": 2, "citizenship": 2, "document": 2, "relation": 2, "engagement_form": 3}
_SEVERAL |= {"skill": 3, "spoken_language": 3, "membership": 2, "activity": 3}


def texts() -> dict[str, str]:
    """Canonical name, numbered -> text; every field that an officer may write, those of groups several times."""
    found: dict[str, str] = {}
    for field in fields.of(PEOPLE):
        for place in range(_SEVERAL.get(field.table, 1)):
            if field.editable and (text := _text(field, place)):
                found[fields.numbered(field.name, place)] = text
    return found


def _text(field: Field, place: int) -> str:
    if field.name in _OWN:
        return _OWN[field.name].format(place=place + 1)
    if field.table == CONSENT:
        return "given" if field.name.endswith(("letter", "email")) else "refused"
    if field.vocabulary:
        codes = [code for code in vocabularies.get(field.vocabulary).codes if code]
        return codes[(len(codes) // 2 + place) % len(codes)]
    return _TEXTS[field.kind.name].format(place=place + 1)

"""The public lists of people who are entered several times, as lists that the registry imports."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

#: Columns of the lists, and the fields that they are; a column that is not named is not taken in.
_COLUMNS: Mapping[str, str] = {
    "rec_id": "external_id",
    "full_name": "full_name",
    "given_name": "given_name",
    "first_name": "given_name",
    "surname": "family_name",
    "birth_date": "birth_date",
    "dob": "birth_date",
    "date_of_birth": "birth_date",
    "sex": "sex",
    "gender": "sex",
    "birth_place": "birth_place",
    "passport_no": "document.number",
    "soc_sec_id": "document.number",
    "phone": "phone",
    "email": "email",
    "street_number": "address.house_number",
    "address": "address.street",
    "address_1": "address.street",
    "address_2": "address.district",
    "suburb": "address.city",
    "city": "address.city",
    "state": "address.region",
    "postcode": "address.postal_code",
    "postcode_fake": "address.postal_code",
    "occupation": "occupation",
}


def convert(source: Path, target: Path) -> int:
    """Write a list under our names of fields; returns how many rows it has."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    taken = [column for column in rows[0] if column in _COLUMNS]
    named = next(column for column in taken if _COLUMNS[column] == "family_name")
    for row in rows:
        if not any(row.get(column) for column in ("full_name", "given_name", "first_name", named)):
            row[named] = "unknown"  # a record needs a name
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_COLUMNS[column] for column in taken])
        writer.writerows([_day(column, row[column]) for column in taken] for row in rows)
    return len(rows)


def _day(column: str, text: str) -> str:
    """Days of eight digits with strokes between them."""
    if column == "date_of_birth" and len(text) == 8 and text.isdecimal():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text

"""Whether the cells of a column can be what its header says, and what they say without one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from registry import vocabularies
from registry.fields import PEOPLE, Field
from registry.numbers import is_valid
from registry.transfer.columns.content import Column
from registry.transfer.headings import headers
from registry.transfer.values import births
from registry.transfer.values.several import splitter
from registry.vocabularies.suggesting import key

#: How much of a header's confidence is left when the cells contradict it.
_REFUTED, _DOUBTED, _WEAKENED = 0.2, 0.45, 0.8
#: Share of bare numbers that have to be codes of the field's own list.
_CODES = 0.8
#: Different texts of a column of sexes.
_SEXES = 3
#: Dates that all are before it are of another calendar, such as the Hijri one.
_LEAST_YEAR = 1500
#: Fields of free text that names of places and trades fill, never bare numbers or web addresses.
_WORDED = frozenset({
    "address.city", "address.region", "address.district", "hometown", "origin_region", "occupation",
    "association", "association.role", "employer", "skill", "contact_role", "parent", "sector",
})  # fmt: skip


def fit(field: Field, column: Column, score: float) -> float:
    """The confidence `score` of a header, after a look at the cells."""
    if not column.cells:
        return score
    if column.is_flag and field.kind.name not in ("code", "integer") and field.name != "external_id":
        return score * _REFUTED
    check = _BY_NAME.get(field.name) or _BY_KIND.get(field.kind.name)
    if check is None and field.name in _WORDED:
        check = _worded
    return score * (check(field, column) if check else 1.0)


def holds_birth(column: Column) -> bool:
    """Whether a column holds date and place of birth together."""
    return births.are_in(column.header, column.cells)


def by_content(kind: str, column: Column) -> Iterator[tuple[str, float]]:
    """(canonical name, confidence) that the cells alone suggest."""
    if not column.cells or headers.is_about_another(kind, column.header):
        return
    if column.emails >= 0.7:
        yield "email", 0.75
    elif column.urls >= 0.8:
        yield "website", 0.6
    elif column.phone_marks >= 0.7:
        yield "phone", 0.76
    elif column.length > 3 and len(set(column.cells)) > 1 and column.is_of_vocabulary("country", 0.8):
        yield "address.country", 0.55
    if kind == PEOPLE and len(column.cells) > 2:
        if not column.is_flag and _are_sexes(set(column.cells)):
            yield "sex", 0.65
        elif column.full_dates >= 0.8 and _are_births(column) and not _is_another_day(column.header):
            yield "birth_date", 0.5
    if _last_word(column.header) in ("id", "code", "ref") and _identifies(column):
        yield "external_id", 0.75


def _last_word(header: str) -> str:
    said = headers.key(header).split()
    return said[-1] if said else ""


def _identifies(column: Column) -> bool:
    return column.distinct > 0.98 and column.filled >= 0.9 * column.rows and column.length < 40


def _is_another_day(header: str) -> bool:
    return headers.is_of_another_calendar(header) or headers.is_of_another_day(header)


def _are_sexes(texts: Collection[str]) -> bool:
    """Whether texts name the sexes without a heading that says so: by words, or by the letters that all know."""
    known = vocabularies.get("sex")
    plain = all(known.knows(key(text)) and not text.isdigit() for text in texts if len(text) == 1)
    named = set(map(known.find, texts)) if plain and 1 < len(texts) <= _SEXES else set()
    return {"male", "female"} <= named and None not in named


def _are_births(column: Column) -> bool:
    years = column.years
    return bool(years) and max(years) < 2020 and max(years) - min(years) > 20


def _email(_field: Field, column: Column) -> float:
    return 1.0 if column.emails >= 0.3 else _REFUTED


def _phone(_field: Field, column: Column) -> float:
    return 1.0 if column.phones + column.numbers >= 0.3 else _REFUTED


def _date(_field: Field, column: Column) -> float:
    if headers.is_of_another_calendar(column.header) or (column.years and max(column.years) < _LEAST_YEAR):
        return _REFUTED
    return 1.0 if column.dates >= 0.3 else _REFUTED


def _coded(field: Field, column: Column) -> float:
    parts = splitter(field)
    share = column.in_vocabulary(field.vocabulary, parts) if parts else column.in_vocabulary(field.vocabulary)
    return 1.0 if share >= 0.3 else _DOUBTED


def _country(field: Field, column: Column) -> float:
    share = column.in_vocabulary(field.vocabulary)
    if share >= 0.3:
        return _WEAKENED + (1 - _WEAKENED) * share
    return _DOUBTED if column.numbers > 0.5 else _WEAKENED * 0.9


def _integer(_field: Field, column: Column) -> float:
    return 1.0 if column.numbers >= 0.3 else _REFUTED


def _identifier(_field: Field, column: Column) -> float:
    if column.distinct < 0.95 or column.length > 60:
        return _REFUTED
    return _DOUBTED if column.filled < 0.3 * column.rows else 1.0


def _number(_field: Field, column: Column) -> float:
    return 1.0 if all(is_valid(text) for text in column.cells) else 0.0


def _person_name(_field: Field, column: Column) -> float:
    return 1.0 if column.names >= 0.5 else _WEAKENED


def _contact_person(_field: Field, column: Column) -> float:
    if column.names < 0.5 or column.urls > 0.3:
        return _DOUBTED
    # Few different values are not people: Yes, Civil Servant, unpaid.
    return 1.0 if len(set(column.cells)) > 2 or column.filled <= 3 else _DOUBTED


def _title(_field: Field, column: Column) -> float:
    if column.with_digits > 0.5:
        return _REFUTED
    return 1.0 if column.length <= 30 else _DOUBTED


def _website(_field: Field, column: Column) -> float:
    return 1.0 if column.urls >= 0.3 else _REFUTED


def _postcode(_field: Field, column: Column) -> float:
    return 1.0 if column.with_digits >= 0.5 and column.length < 20 else _REFUTED


def _type(field: Field, column: Column) -> float:
    if column.in_vocabulary(field.vocabulary) >= 0.3:
        return 1.0
    return _WEAKENED if column.length < 25 else _DOUBTED


def _description(_field: Field, column: Column) -> float:
    return 1.0 if column.length >= 25 else _WEAKENED


def _birth_place(field: Field, column: Column) -> float:
    # With the date in the same cell it is no place.
    return _REFUTED if births.are_in(column.header, column.cells) else _worded(field, column)


def _worded(field: Field, column: Column) -> float:
    if field.kind.name == "open_code" and column.in_vocabulary(field.vocabulary) >= _CODES:
        return 1.0
    none = (column.emails, column.phones, column.urls, column.full_dates)
    return _REFUTED if column.numbers > 0.8 or max(none) > 0.5 else 1.0


_Check = Callable[[Field, Column], float]

_BY_KIND: dict[str, _Check] = {
    "email": _email,
    "phone": _phone,
    "partial_date": _date,
    "code": _coded,
    "country": _country,
    "language": _country,
    "integer": _integer,
}
_BY_NAME: dict[str, _Check] = {
    "external_id": _identifier,
    "number": _number,
    "full_name": _person_name,
    "family_name": _person_name,
    "given_name": _person_name,
    "contact_person": _contact_person,
    "officer": _contact_person,
    "title": _title,
    "website": _website,
    "birth_place": _birth_place,
    "address.postal_code": _postcode,
    "type": _type,
    "description": _description,
}

"""Dates that cannot be: still to come, or before the birth of the person of whom they tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from registry import dates
from registry.drafts import Draft
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import clean

STILL_TO_COME = N_("{date} is still to come. Write the day on which it happened.")
BEFORE_BIRTH = N_("{date} is before the date of birth, {born}. Correct one of them.")
NO_DATE = N_("Write the date.")

#: Columns of a person's own row that tell what has happened, with the names of their fields.
_HAPPENED = {"birth_date": "birth_date", "died_on": "died_on", "registered_on": "registered_on"}


def day(text: str, field: str, born: object = None) -> str:
    """A date as typed, which has come and is not before `born`; raises `Invalid` at `field`."""
    if not text.strip():
        raise Invalid(NO_DATE, field=field)
    try:
        value = dates.parse(clean(text))
    except Invalid as problem:
        raise Invalid(problem.message, field=field, **problem.values) from None
    require_happened(value, field)
    require_after_birth(value, born, field)
    return value


def require_happened(value: str, field: str) -> None:
    """Raise `Invalid` for a date that is still to come; an estimated one may be."""
    if not value.endswith("~") and dates.earliest(value) > date.today():
        raise Invalid(STILL_TO_COME, field=field, date=dates.show(value))


def require_after_birth(value: str, born: object, field: str) -> None:
    """Raise `Invalid` for a date before the birth; where either is estimated there is no telling."""
    if isinstance(born, str) and not (value + born).count("~") and dates.latest(value) < dates.earliest(born):
        raise Invalid(BEFORE_BIRTH, field=field, date=dates.show(value), born=dates.show(born))


def require_possible(draft: Draft, own: Mapping[str, object]) -> None:
    """Raise `Invalid` at the first date of a person's draft that cannot be.

    Args:
        own: the person's own row as it is; empty for a new one.
    """
    written = draft.rows.get(("person", 0), {})
    born = {**own, **written}.get("birth_date")
    for column, name in _HAPPENED.items():
        value = written.get(column)
        if isinstance(value, str):
            require_happened(value, name)
            if column != "birth_date":
                require_after_birth(value, born, name)
    died = own.get("died_on")
    if "birth_date" in written and isinstance(died, str) and "died_on" not in written:
        require_after_birth(died, born, "birth_date")

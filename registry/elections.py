"""Who may vote: derived from the record, never written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry import dates, fields
from registry.i18n import N_

#: States of a registration that count for elections.
_REGISTERED = frozenset({"active", "expiring"})
#: Years by which an estimated date of birth may be wrong.
_ESTIMATED = 2

#: Why somebody may not vote, or why it cannot be told: code -> catalogue message.
REASONS = {
    "not_registered": N_("the registration is not active"),
    "not_citizen": N_("no citizenship of the home state"),
    "under_age": N_("not of age"),
    "age_unknown": N_("age not certain"),
    "home_unknown": N_("the registry's home state is not set"),
}


@dataclass(frozen=True)
class Eligibility:
    """Whether somebody may vote.

    Attributes:
        missing: codes of `REASONS`; none = eligible.
    """

    missing: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def voter_eligibility(values: Mapping[str, str], home: str | None, of_age: int, today: date) -> Eligibility:
    """Whether a person may vote: a citizen of the home state, of age, registered.

    Args:
        values: the person's fields by canonical name, numbered.
        home: alpha-3 code of the home state; None = not set.
        of_age: years from which somebody may vote.
    """
    missing = []
    if values.get("state") not in _REGISTERED:
        missing.append("not_registered")
    if home is None:
        missing.append("home_unknown")
    elif not _is_citizen(values, home, today):
        missing.append("not_citizen")
    if (age := _age_problem(values.get("birth_date"), of_age, today)) is not None:
        missing.append(age)
    return Eligibility(tuple(missing))


def _is_citizen(values: Mapping[str, str], home: str, today: date) -> bool:
    """Whether one of the citizenships is of the home state and has not ended."""
    place = 0
    while country := values.get(fields.numbered("citizenship", place)):
        until = values.get(fields.numbered("citizenship.to", place))
        if country == home and (until is None or dates.latest(until) >= today):
            return True
        place += 1
    return False


def _age_problem(born: str | None, of_age: int, today: date) -> str | None:
    if born is None:
        return "age_unknown"
    margin = _ESTIMATED if born.endswith("~") else 0
    if dates.years_later(dates.latest(born), of_age + margin) <= today:
        return None
    return "under_age" if dates.years_later(dates.earliest(born), of_age - margin) > today else "age_unknown"

"""Who may vote: derived from citizenship, age and registration."""

from __future__ import annotations

from datetime import date

import pytest

from registry.elections import voter_eligibility

TODAY = date(2026, 11, 26)
VOTER = {"state": "active", "citizenship": "XDR", "birth_date": "1980-05-01"}


def missing(home: str | None = "XDR", of_age: int = 18, **texts: str) -> tuple[str, ...]:
    values = {**VOTER, **{name.replace("__", "."): text for name, text in texts.items()}}
    return voter_eligibility({n: t for n, t in values.items() if t}, home, of_age, TODAY).missing


def test_a_registered_citizen_of_age_may_vote() -> None:
    assert missing() == ()
    assert missing(state="expiring") == ()
    assert voter_eligibility(VOTER, "XDR", 18, TODAY).eligible


@pytest.mark.parametrize("state", ["provisional", "lapsed", "transferred", "returned", "deceased", "untraceable", ""])
def test_only_active_registrations_count(state: str) -> None:
    assert missing(state=state) == ("not_registered",)


def test_one_citizenship_of_the_home_state_is_enough_while_it_lasts() -> None:
    assert missing(citizenship="FRA") == ("not_citizen",)
    assert missing(citizenship="") == ("not_citizen",)
    assert missing(citizenship="FRA", citizenship__2="XDR") == ()
    assert missing(citizenship__to="2020") == ("not_citizen",)
    assert missing(citizenship__to="2026") == ()
    assert missing(home=None) == ("home_unknown",)


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008-11-26", ()),
        ("2008-11-27", ("under_age",)),
        ("2008-02-29", ()),
        ("2007", ()),
        ("2008", ("age_unknown",)),
        ("2008-11", ("age_unknown",)),
        ("2008-12", ("under_age",)),
        ("2009", ("under_age",)),
        ("2007~", ("age_unknown",)),
        ("1990~", ()),
        ("2015~", ("under_age",)),
        ("", ("age_unknown",)),
    ],
)
def test_of_age_on_the_day_as_far_as_the_date_is_known(born: str, expected: tuple[str, ...]) -> None:
    assert missing(birth_date=born) == expected


def test_the_age_is_the_registrys_setting() -> None:
    assert missing(of_age=21, birth_date="2006-01-01") == ("under_age",)


def test_everything_that_is_missing_is_named() -> None:
    assert missing(state="lapsed", citizenship="FRA", birth_date="2020") == (
        "not_registered",
        "not_citizen",
        "under_age",
    )

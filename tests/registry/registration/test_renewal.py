"""Confirmation, notices, lapse: with the registry's own periods, and a reason for everybody who is left."""

from __future__ import annotations

from datetime import date

import pytest

from registry import dates
from registry.app import Registry
from registry.commands import (
    ChangeSetting,
    ConfirmRegistration,
    EditRecord,
    LapseRegistrations,
    LoadDemonstration,
    RecordNotice,
    Undo,
)
from registry.errors import Invalid
from registry.queries import ListIds, VerifyHistory
from registry.registration.outcomes import Treated
from tests.days import day
from tests.registry.registration.conftest import add, ago, states, values


def noticed(registry: Registry, first: str = "", second: str = "", **texts: str) -> int:
    """Somebody whose notices were given before; only lists bring them, so they are loaded as one."""
    row = {"full_name": "Ana Exemple", "notice.first": first, "notice.second": second, **texts}
    registry.execute(LoadDemonstration("people", ({name: text for name, text in row.items() if text},)))
    return max(registry.read(ListIds("people")))


def reasons(treated: Treated) -> list[str]:
    return [left.reason for left in treated.left]


def test_confirming_renews_and_clears_notices(registry: Registry) -> None:
    person = noticed(registry, ago(90), ago(20), state="expiring", valid_until=ago(100), registered_on="2015")
    assert registry.execute(ConfirmRegistration((person,))).value == Treated(1, ())
    now = values(registry, person)
    assert (now["state"], now["last_confirmed"]) == ("active", day())
    assert now["valid_until"] == dates.years_later(date.today(), 5).isoformat()
    assert "notice.first" not in now
    assert "notice.second" not in now
    assert states(registry, person) == [("expiring", "2015"), ("active", day())]
    registry.execute(Undo())
    assert values(registry, person)["notice.second"] == ago(20)
    assert states(registry, person) == [("expiring", "2015")]
    assert registry.read(VerifyHistory()).ok


def test_validity_is_the_registrys_setting_or_the_day_that_was_written(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    registry.execute(ChangeSetting("validity_years", "2"))
    registry.execute(ConfirmRegistration((person,)))
    assert values(registry, person)["valid_until"] == dates.years_later(date.today(), 2).isoformat()
    registry.execute(ConfirmRegistration((person,), "31 December 2044"))
    assert values(registry, person)["valid_until"] == "2044-12-31"
    for wrong in ("31 February 2044", ago(1), "yesterday"):
        with pytest.raises(Invalid) as refused:
            registry.execute(ConfirmRegistration((person,), wrong))
        assert refused.value.field == "valid_until"
    assert values(registry, person)["valid_until"] == "2044-12-31"


def test_a_person_registered_today_is_valid_by_the_setting(registry: Registry) -> None:
    five_years = dates.years_later(date.today(), 5).isoformat()
    assert values(registry, add(registry, "Ana Exemple"))["valid_until"] == five_years
    assert "valid_until" not in values(registry, add(registry, "Bo Sample", registered_on="2010"))
    assert "valid_until" not in values(registry, add(registry, "Cy Pattern", state="provisional"))


@pytest.mark.parametrize("state", ["deceased", "transferred", "returned"])
def test_who_left_is_not_confirmed(registry: Registry, state: str) -> None:
    person = add(registry, "Ana Exemple", state=state)
    treated = registry.execute(ConfirmRegistration((person,))).value
    assert treated.done == 0
    assert "set the state to active first" in reasons(treated)[0]
    assert values(registry, person)["state"] == state


def test_the_first_notice_and_after_the_period_the_second(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", valid_until=ago(3), registered_on="2010")
    assert registry.execute(RecordNotice((person,))).value.done == 1
    assert (values(registry, person)["state"], values(registry, person)["notice.first"]) == ("expiring", day())
    early = registry.execute(RecordNotice((person,))).value
    assert (early.done, "the second is due from" in reasons(early)[0]) == (0, True)
    again = noticed(registry, ago(60), state="expiring", valid_until=ago(70))
    assert registry.execute(RecordNotice((again,))).value.done == 1
    assert values(registry, again)["notice.second"] == day()
    assert reasons(registry.execute(RecordNotice((again,))).value)[0].startswith("Both notices were given")


def test_no_notice_where_none_is_due(registry: Registry) -> None:
    valid = add(registry, "Ana Exemple", valid_until=ago(-400))
    undated = add(registry, "Bo Sample", registered_on="2010")
    gone = add(registry, "Cy Pattern", state="untraceable", valid_until=ago(3))
    left = reasons(registry.execute(RecordNotice((valid, undated, gone))).value)
    assert [words.split(" ")[0:3] for words in left] == [
        ["It", "is", "valid"],
        ["No", "day", "is"],
        ["Its", "state", "is"],
    ]
    assert "notice.first" not in values(registry, valid)


def test_only_what_had_both_notices_long_enough_ago_lapses(registry: Registry) -> None:
    due = noticed(registry, ago(200), ago(61), state="expiring", valid_until=ago(210))
    fresh = noticed(registry, ago(200), ago(59), state="expiring", valid_until=ago(210))
    once = noticed(registry, ago(200), state="expiring", valid_until=ago(210))
    never = noticed(registry, state="expiring", valid_until=ago(210))
    valid = noticed(registry, ago(200), ago(61), state="expiring", valid_until=ago(0))
    treated = registry.execute(LapseRegistrations((due, fresh, once, never, valid))).value
    assert treated.done == 1
    assert [words[:14] for words in reasons(treated)] == [
        "Second notice ",
        "One notice was",
        "No notice was ",
        "It is valid un",
    ]
    assert values(registry, due)["state"] == "lapsed"
    assert states(registry, due)[-1] == ("lapsed", day())
    registry.execute(ChangeSetting("notice_days", "30"))
    assert registry.execute(LapseRegistrations((fresh,))).value.done == 1
    assert registry.execute(ConfirmRegistration((due,))).value.done == 1


def test_a_number_that_is_no_setting_is_refused_at_its_field(registry: Registry) -> None:
    for name, wrong in (
        ("validity_years", "0"),
        ("notice_days", "-3"),
        ("age_of_majority", "ten"),
        ("notice_days", "1e3"),
    ):
        with pytest.raises(Invalid, match="whole number from") as refused:
            registry.execute(ChangeSetting(name, wrong))
        assert refused.value.field == name


def test_a_second_edit_does_not_reset_the_state(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    registry.execute(EditRecord("people", person, {"state": "lapsed"}))
    registry.execute(ConfirmRegistration((person,)))
    registry.execute(ConfirmRegistration((person,)))
    assert [state for state, _since in states(registry, person)] == ["active", "lapsed", "active"]

"""Seven days, four weeks, twelve months of backups stay, over simulated years."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rotation import DAYS, MONTHS, WEEKS, kept

BEGAN = datetime(2024, 1, 31, 9, 5)


def simulated(days: int, closed: float = 0.0) -> list[datetime]:
    """What lies in the folder after so many days on which the window is opened, or stays closed by chance."""
    chance, there = random.Random(days), set[datetime]()
    for number in range(days):
        if chance.random() >= closed:
            there = kept({*there, BEGAN + timedelta(days=number, minutes=chance.randrange(500))})
    return sorted(there)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_after_years_of_daily_work_every_age_is_covered(years: int) -> None:
    there = simulated(365 * years)
    last = there[-1]
    ages = [(last.date() - moment.date()).days for moment in there]
    assert set(range(DAYS)) <= set(ages)
    assert len(there) <= DAYS + WEEKS + MONTHS
    weeks = {moment.isocalendar()[:2] for moment in there}
    assert {(last - timedelta(weeks=week)).isocalendar()[:2] for week in range(WEEKS)} <= weeks
    months = {(moment.year, moment.month) for moment in there}
    assert len(months) == MONTHS
    assert 320 < max(ages) <= 366


def test_each_month_keeps_its_last_backup() -> None:
    there = simulated(800)
    for moment in there[:-DAYS]:
        following = moment.date() + timedelta(days=1)
        assert following.month != moment.month or moment.isoweekday() == 7, moment


def test_a_closed_office_thins_nothing_out() -> None:
    there = simulated(365, closed=0.6)
    assert len({moment.date() for moment in there}) == len(there)
    assert len(there) >= DAYS + MONTHS - 2
    much_later = BEGAN + timedelta(days=1500)
    assert len(kept([*there, much_later])) >= DAYS + 1


def test_of_one_day_the_newest_stays() -> None:
    morning, evening = BEGAN, BEGAN + timedelta(hours=8)
    assert kept([morning, evening]) == {evening}


def test_a_clock_that_was_wrong_once_costs_one_place() -> None:
    wrong = BEGAN + timedelta(days=4000)
    there = {wrong}
    for number in range(60):
        there = kept({*there, BEGAN + timedelta(days=number)})
    assert wrong in there
    assert BEGAN + timedelta(days=59) in there
    assert len(there) >= DAYS + 2


@given(st.sets(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), max_size=60))
def test_the_newest_stays_and_nothing_kept_is_kept_out_again(moments: set[datetime]) -> None:
    found = kept(moments)
    assert found <= moments
    assert not moments or max(moments) in found
    assert kept(found) == found

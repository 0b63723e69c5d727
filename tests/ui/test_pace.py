"""Rate and time left of long work."""

from __future__ import annotations

from ui.widgets.pace import Pace


def test_rate_and_time_left_are_told_once_they_are_known() -> None:
    pace = Pace()
    assert pace.words("Reading", 0, 0, 10.0) == ""
    assert pace.words("Reading", 0, 10_000, 10.0) == "0 of 10,000"
    assert pace.words("Reading", 500, 10_000, 10.5) == "500 of 10,000"
    assert pace.words("Reading", 2_000, 10_000, 12.0) == "2,000 of 10,000 · 1,000 a second · about 8 seconds left"
    assert pace.words("Reading", 2_000, 10_000, 30.0) == "2,000 of 10,000 · 100 a second · about 80 seconds left"


def test_minutes_are_told_where_seconds_would_be_many() -> None:
    pace = Pace()
    pace.words("Writing", 0, 100_000, 0.0)
    assert pace.words("Writing", 1_000, 100_000, 10.0).endswith("100 a second · about 16 minutes left")
    assert pace.words("Writing", 1, 3, 300.0) == "1 of 3"


def test_each_part_has_its_own_pace_and_the_end_none() -> None:
    pace = Pace()
    pace.words("Reading", 0, 100, 0.0)
    assert pace.words("Writing", 50, 100, 50.0) == "50 of 100"
    assert pace.words("Writing", 60, 100, 60.0) == "60 of 100 · 1 a second · about 40 seconds left"
    assert pace.words("Writing", 100, 100, 70.0) == "100 of 100"

"""What distinguishes a group is what differs, not chance, and every number is whom its query finds."""

from __future__ import annotations

from math import log, sqrt

import pytest

from registry.app import Registry
from registry.commands import DeleteSegment, SaveSegment
from registry.engagement.profiles import standard_errors
from registry.errors import Invalid
from registry.queries import ListIds, ProfileSegments, WaysToEngage
from registry.search.writer import write
from registry.segments.ready import ready_segments
from registry.statistics.suppression import LEAST


def found(registry: Registry, query: str) -> int:
    return len(registry.read(ListIds("people", query)))


def test_the_measure_is_the_logarithm_of_the_odds_ratio_by_its_error() -> None:
    odds = (30.5 * 90.5) / (70.5 * 10.5)
    error = sqrt(1 / 30.5 + 1 / 70.5 + 1 / 10.5 + 1 / 90.5)
    assert standard_errors(30, 100, 10, 100) == pytest.approx(log(odds) / error)
    assert standard_errors(30, 100, 10, 100) == pytest.approx(-standard_errors(10, 100, 30, 100))
    assert abs(standard_errors(3, 10, 30, 100)) < 1
    assert standard_errors(0, 50, 0, 50) == 0


def test_values_of_a_group_are_whom_their_queries_find(registry: Registry) -> None:
    (profile,) = registry.read(ProfileSegments("generation:2 OR generation:1.5"))
    assert profile.total == found(registry, profile.query) > 0
    assert profile.total + profile.others == found(registry, "")
    assert profile.values
    for value in profile.values:
        assert value.count == found(registry, value.query), value.query
        assert value.inside == pytest.approx(value.count / value.known)
        assert abs(value.sureness) >= 3
        assert (value.difference > 0) == (value.sureness > 0)
        assert value.count >= LEAST or value.difference < 0
    sizes = [abs(value.difference) for value in profile.values]
    assert sizes == sorted(sizes, reverse=True)


def test_what_the_group_is_asked_for_by_does_not_describe_it(registry: Registry) -> None:
    (profile,) = registry.read(ProfileSegments("sex:female"))
    assert profile.total
    assert not {"Sex"} & {value.field for value in profile.values}
    registry.execute(SaveSegment("Women", "sex:female", "people"))
    try:
        (inside,) = registry.read(ProfileSegments('in:"Women"'))
        assert not {"Sex"} & {value.field for value in inside.values}
        assert inside.total == profile.total
    finally:
        registry.execute(DeleteSegment("Women"))


def test_a_group_that_is_drawn_by_lot_is_not_distinguished(registry: Registry) -> None:
    (profile,) = registry.read(ProfileSegments("birth_date:1980 OR birth_date:1981"))
    assert all(value.field in ("Age", "Generation") or value.sureness for value in profile.values)
    assert len(profile.values) < 12


def test_segments_are_described_and_those_that_ship_as_long_as_there_are_none(registry: Registry) -> None:
    shipped = registry.read(ProfileSegments())
    assert [p.name for p in shipped] == [r.title for r in ready_segments("people", registry.session)]
    registry.execute(SaveSegment("In Portugal", "country:PRT", "people"))
    try:
        (profile,) = registry.read(ProfileSegments())
        assert (profile.name, profile.total) == ("In Portugal", found(registry, "country:PRT"))
        for body in profile.bodies:
            assert body.count == found(registry, body.query) > 0
    finally:
        registry.execute(DeleteSegment("In Portugal"))


def test_a_query_that_cannot_be_read_is_refused(registry: Registry) -> None:
    with pytest.raises(Invalid):
        registry.read(ProfileSegments("nonsense:1"))


@pytest.mark.parametrize("channel", ["", "letter", "email"])
def test_every_cell_of_the_ways_counts_whom_its_query_finds(registry: Registry, channel: str) -> None:
    ways = registry.read(WaysToEngage(channel))
    table = ways.table
    assert table.total == found(registry, table.query_of(None, None)) > 0
    assert table.rows
    assert table.columns
    for place, row in enumerate(table.rows):
        assert row.count == found(registry, table.query_of(place, None))
        for column, count in enumerate(table.counts[place]):
            assert count == found(registry, table.query_of(place, column))
    for column, heading in enumerate(table.columns):
        assert heading.count == found(registry, table.query_of(None, column)) > 0
    for code, counts in ways.reached.items():
        assert ways.everybody[code] == found(registry, write(ways.query_of_reached(None, code)))
        assert counts[0] == found(registry, write(ways.query_of_reached(0, code)))


def test_only_channels_that_there_are_can_be_asked_for(registry: Registry) -> None:
    with pytest.raises(Invalid, match="letter, email"):
        registry.read(WaysToEngage("pigeon"))

"""Concerns are counted once at their theme, listed by the oldest, and those that wait are told."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord, LogActivity
from registry.engagement.concerns import Concerns
from registry.queries import ListConcerns, ListIds


@pytest.fixture(scope="module")
def asked(registry: Registry) -> Concerns:
    """Two more concerns of one person, one of them answered."""
    given = {"full_name": "Ada Sample", "address.country": "AND"}
    ada = registry.execute(AddRecord("people", given)).value.id
    concern = {"activity": "concern", "activity.theme": "voting", "activity.date": "2001-02-03"}
    registry.execute(LogActivity("people", (ada,), concern | {"activity.place": "Ordino"}))
    registry.execute(LogActivity("people", (ada,), concern | {"activity.answered_on": "2001-03-04"}))
    return registry.read(ListConcerns())


def test_each_concern_is_counted_at_its_theme(registry: Registry, asked: Concerns) -> None:
    assert asked.total == sum(count for _label, count, _wait in asked.themes.values()) > 2
    assert asked.waiting == sum(wait for _label, _count, wait in asked.themes.values()) > 0
    assert asked.cells["voting", "AND"] == (2, 1)
    assert asked.countries["AND"] == ("Andorra", 2, 1)
    for theme in asked.themes:
        here = sum(count for (code, _country), (count, _wait) in asked.cells.items() if code == theme)
        assert here >= asked.themes[theme][1]


def test_those_that_wait_are_listed_the_oldest_first(registry: Registry, asked: Concerns) -> None:
    waiting = registry.read(ListConcerns("no"))
    assert waiting.count == len(waiting.listed) == asked.waiting
    dates = [concern.date for concern in waiting.listed]
    assert dates == sorted(dates)
    assert not any(concern.answered_on for concern in waiting.listed)
    assert {c.record for c in waiting.listed} == set(registry.read(ListIds("people", "activity.answered_on:none")))


def test_a_cell_lists_as_many_as_it_counts(registry: Registry, asked: Concerns) -> None:
    for (theme, country), (count, wait) in asked.cells.items():
        if theme and country:
            assert registry.read(ListConcerns("", theme, country)).count == count
            assert registry.read(ListConcerns("no", theme, country)).count == wait
    (only,) = registry.read(ListConcerns("no", "voting", "AND")).listed
    assert (only.name, only.place, only.date, only.theme) == ("Ada Sample", "Ordino", "2001-02-03", "Elections")

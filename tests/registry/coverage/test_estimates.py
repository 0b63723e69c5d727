"""Official estimates: written down, changed, removed, taken back, and refused at the field that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from registry import commands as c
from registry import queries as q
from registry.errors import Invalid, NotAllowed
from tests.registry.post import Post

LYON = 2996944


def test_an_estimate_is_written_down_changed_removed_and_brought_back(post: Post) -> None:
    manager = post.open("mara")
    made = manager.execute(c.SaveEstimate("France", "2019", "12 500", "INSEE, census", "Lyon", note="by birth"))
    (one,) = manager.read(q.ListEstimates())
    assert (one.id, one.country, one.city_id, one.city) == (made.value, "FRA", LYON, "Lyon")
    assert (one.year, one.population, one.source, one.sex, one.note) == (2019, 12500, "INSEE, census", "", "by birth")
    assert made.changes.touch("estimates")
    manager.execute(c.SaveEstimate("FRA", "2019", "13,000", "INSEE, census", str(LYON), id=one.id))
    assert [each.population for each in manager.read(q.ListEstimates())] == [13000]
    removed = manager.execute(c.RemoveEstimates((one.id, 99)))
    assert (removed.value, manager.read(q.ListEstimates())) == (1, ())
    manager.execute(c.Undo(removed.batch))
    assert [each.population for each in manager.read(q.ListEstimates())] == [13000]
    assert manager.read(q.VerifyHistory()).ok


@pytest.mark.parametrize(
    ("command", "field", "words"),
    [
        (c.SaveEstimate("Nowhere", "2019", "1", "x"), "country", "is not a country"),
        (c.SaveEstimate("", "2019", "1", "x"), "country", "is not a country"),
        (c.SaveEstimate("FRA", "19", "1", "x"), "year", "is not a year"),
        (c.SaveEstimate("FRA", str(date.today().year + 1), "1", "x"), "year", "not later than this year"),
        (c.SaveEstimate("FRA", "2019", "many", "x"), "population", "is not a number of people"),
        (c.SaveEstimate("FRA", "2019", "-4", "x"), "population", "is not a number of people"),
        (c.SaveEstimate("FRA", "2019", "1.5", "x"), "population", "is not a number of people"),
        (c.SaveEstimate("FRA", "2019", "1", " "), "source", "who estimates"),
        (c.SaveEstimate("FRA", "2019", "1", "x", "Berlin"), "city", "is not a city of France"),
        (c.SaveEstimate("FRA", "2019", "1", "x", sex="perhaps"), "sex", "list of sexes"),
        (c.SaveEstimate("FRA", "2019", "1", "x", id=7), None, "not there any more"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(
    post: Post, command: c.SaveEstimate, field: str | None, words: str
) -> None:
    manager = post.open("mara")
    with pytest.raises(Invalid, match=words) as caught:
        manager.execute(command)
    assert caught.value.field == field
    assert manager.read(q.ListEstimates()) == ()


def test_one_place_year_source_and_sex_has_one_estimate(post: Post) -> None:
    manager = post.open("mara")
    manager.execute(c.SaveEstimate("FRA", "2019", "10", "a census"))
    other = manager.execute(c.SaveEstimate("FRA", "2019", "6", "a census", sex="female")).value
    with pytest.raises(Invalid, match="already"):
        manager.execute(c.SaveEstimate("FRA", "2019", "11", "a census"))
    with pytest.raises(Invalid, match="already"):
        manager.execute(c.SaveEstimate("FRA", "2019", "6", "a census", id=other))
    assert [one.population for one in manager.read(q.ListEstimates())] == [6, 10]


def test_only_managers_and_administrators_write_estimates(post: Post) -> None:
    for name in ("clara", "otto", "aude"):
        with pytest.raises(NotAllowed):
            post.open(name).execute(c.SaveEstimate("FRA", "2019", "10", "a census"))

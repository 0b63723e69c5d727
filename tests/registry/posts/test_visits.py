"""Visits: whom each reaches is what its query finds, each person once; large places for a resource centre."""

from __future__ import annotations

import pytest

from registry import commands as c
from registry import queries as q
from registry.app import Registry
from registry.errors import Invalid
from tests.registry.post import Post

#: Far from Lyon, with how many live there; the first three within an hour of each other.
TOWNS = (
    *(("Berlin", "DEU", 4), ("Potsdam", "DEU", 2), ("Oranienburg", "DEU", 1), ("Hamburg", "DEU", 3)),
    *(("Sydney", "AUS", 2), ("Parramatta", "AUS", 1), ("Villeurbanne", "FRA", 2), ("Xanadu", "AUS", 1)),
)


def peopled(post: Post) -> Registry:
    admin = post.open("amel")
    admin.execute(c.SavePost("TST", "Consulate in Lyon", "FRA", "Lyon"))
    for town, country, people in TOWNS:
        for number in range(people):
            texts = {"full_name": f"{town} {number} Example", "address.city": town, "address.country": country}
            admin.execute(c.AddRecord("people", texts))
    return admin


def test_each_visit_reaches_whom_its_query_finds_and_nobody_twice(post: Post) -> None:
    admin = peopled(post)
    plan = admin.read(q.PlanVisits(3, beyond=200, reach=50))
    assert [(visit.city.name, visit.people) for visit in plan.visits] == [("Potsdam", 7), ("Sydney", 3), ("Hamburg", 3)]
    assert (plan.far, plan.reached, plan.bound, plan.unplaced) == (13, 13, 13, 2)
    met: set[str] = set()
    for visit in plan.visits:
        found = {hit.name for hit in admin.read(q.Search(visit.query, limit=100)).results}
        assert len(found) == visit.people
        assert not met & found
        met |= found
    assert {hit.name for hit in admin.read(q.Search(plan.query, limit=100)).results} == met
    assert len(met) == plan.reached


def test_fewer_visits_and_a_shorter_reach_reach_fewer(post: Post) -> None:
    admin = peopled(post)
    assert admin.read(q.PlanVisits(1, beyond=200)).reached == 7
    alone = admin.read(q.PlanVisits(3, beyond=200, reach=0))
    assert [(visit.city.name, visit.people) for visit in alone.visits] == [("Berlin", 4), ("Hamburg", 3), ("Sydney", 2)]
    assert alone.reached == 9 == alone.bound
    assert admin.read(q.PlanVisits(9, beyond=200)).reached == 13
    assert admin.read(q.PlanVisits(2, beyond=20_000)).visits == ()
    assert admin.read(q.PlanVisits(2, beyond=20_000)).query == ""


def test_who_lives_in_two_places_is_reached_at_either_and_far_only_if_both_are(post: Post) -> None:
    admin = peopled(post)
    for number, (town, country) in enumerate((("Hamburg", "DEU"), ("Lyon", "FRA"))):
        texts = {"full_name": f"Both {number}", "address.city": "Berlin", "address.country": "DEU"}
        admin.execute(c.AddRecord("people", texts | {"address.city.2": town, "address.country.2": country}))
    plan = admin.read(q.PlanVisits(3, beyond=200))
    assert (plan.far, plan.reached) == (14, 14)
    for visit in plan.visits:
        assert admin.read(q.Search(visit.query)).total == visit.people


def test_who_counts_is_the_ministrys_definition(post: Post) -> None:
    admin = peopled(post)
    admin.execute(c.ChangeSetting("belonging", "-country:AUS"))
    plan = admin.read(q.PlanVisits(5, beyond=200))
    assert (plan.far, plan.outside) == (10, 4)
    assert admin.read(q.PlanVisits(5, beyond=200, everybody=True)).far == 13


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (q.PlanVisits(0), "count"),
        (q.PlanVisits(101), "count"),
        (q.PlanVisits(3, beyond=0), "beyond"),
        (q.PlanVisits(3, reach=-1), "reach"),
        (q.PlanVisits(3, reach=5000), "reach"),
        (q.LargePlaces(0), "at_least"),
    ],
)
def test_numbers_that_are_none_are_said(post: Post, asked: q.Query[object], field: str) -> None:
    admin = post.open("amel")
    admin.execute(c.SavePost("TST", "Consulate in Lyon", "FRA", "Lyon"))
    with pytest.raises(Invalid) as caught:
        admin.read(asked)
    assert caught.value.field == field


def test_large_places_are_so_by_the_register_or_by_an_estimate(post: Post) -> None:
    admin = peopled(post)
    admin.execute(c.SaveEstimate("ITA", "2020", "25000", "a census", "Milan"))
    assert [(row.label, row.registered) for row in admin.read(q.LargePlaces(3))] == [
        ("Milan, Italy", 0),
        ("Berlin, Germany", 4),
        ("Hamburg, Germany", 3),
    ]
    assert [row.label for row in admin.read(q.LargePlaces())] == ["Milan, Italy"]

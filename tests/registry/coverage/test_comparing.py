"""Registered people beside estimates: counts are those of the list, gaps are ranked, and nothing is guessed."""

from __future__ import annotations

from registry import commands as c
from registry import queries as q
from registry.app import Registry
from registry.coverage.comparing import COVERED, GAP, NO_ESTIMATE, NOBODY
from tests.registry.post import Post


def filled(post: Post) -> Registry:
    admin = post.open("amel")
    people = (("Dee Example", "Berlin", "DEU"), ("Eli Example", "Geneva", "CHE"), ("Fay Example", "Xanadu", "CHE"))
    for name, city, country in people:
        texts = {"full_name": name, "address.city": city, "address.country": country, "sex": "female"}
        admin.execute(c.AddRecord("people", texts))
    admin.execute(c.AddRecord("people", {"full_name": "Gus Example", "address.country": "XDR"}))
    for country, year, people_there, source in (
        ("FRA", "2015", "900", "an older census"),
        ("FRA", "2019", "50", "a census"),
        ("CHE", "2018", "1", "a register"),
        ("ITA", "2019", "700", "a census"),
    ):
        admin.execute(c.SaveEstimate(country, year, people_there, source))
    return admin


def test_gaps_are_ranked_and_counts_are_those_of_the_list(post: Post) -> None:
    admin = filled(post)
    table = admin.read(q.Coverage())
    shown = [(r.country, r.registered, r.estimate and r.estimate.population, r.missing, r.standing) for r in table.rows]
    assert shown == [
        ("ITA", 0, 700, 700, NOBODY),
        ("FRA", 2, 50, 48, GAP),
        ("CHE", 2, 1, -1, COVERED),
        ("DEU", 1, None, None, NO_ESTIMATE),
    ]
    for row in table.rows:
        assert admin.read(q.Search(row.query)).total == row.registered
    assert (table.registered, table.estimated, table.matched, table.at_home, table.placeless) == (7, 751, 4, 1, 1)
    assert round(table.share or 0, 4) == round(4 / 751, 4)
    assert table.years == (2019, 2018, 2015)
    assert (table.rows[1].share, table.rows[3].share) == (0.04, None)


def test_a_year_or_source_may_be_chosen(post: Post) -> None:
    admin = filled(post)
    older = {r.country: r.estimate.population for r in admin.read(q.Coverage(year=2015)).rows if r.estimate}
    assert older == {"FRA": 900}
    chosen = {r.country: r.estimate.year for r in admin.read(q.Coverage(source="a census")).rows if r.estimate}
    assert chosen == {"FRA": 2019, "ITA": 2019}


def test_cities_are_compared_with_estimates_of_cities_and_found_exactly(post: Post) -> None:
    admin = filled(post)
    admin.execute(c.SaveEstimate("FRA", "2019", "30", "a census", "Lyon"))
    admin.execute(c.SaveEstimate("FRA", "2019", "20", "a census", "Paris"))
    table = admin.read(q.Coverage(cities=True))
    assert [(row.label, row.registered, row.missing) for row in table.rows] == [
        ("Lyon, France", 2, 28),
        ("Paris, France", 0, 20),
        ("Berlin, Germany", 1, None),
        ("Geneva, Switzerland", 1, None),
    ]
    for row in table.rows:
        assert admin.read(q.Search(row.query)).total == row.registered
    assert table.placeless == 3  # one without an address, and two whose city is not known


def test_who_does_not_count_is_left_out_unless_everybody_is_asked_for(post: Post) -> None:
    admin = filled(post)
    admin.execute(c.ChangeSetting("belonging", "-country:FRA"))
    table = admin.read(q.Coverage())
    assert (table.registered, table.outside) == (5, 2)
    assert {r.country: r.registered for r in table.rows}["FRA"] == 0
    assert "France" in table.belonging
    everybody = admin.read(q.Coverage(everybody=True))
    assert (everybody.registered, everybody.outside) == (7, 0)
    some = admin.read(q.Coverage("country:CHE"))
    assert {r.country: r.registered for r in some.rows if r.registered} == {"CHE": 2}


def test_sexes_are_compared_apart_and_added_where_only_they_are_told(post: Post) -> None:
    admin = filled(post)
    for sex, people in (("female", "40"), ("male", "50")):
        admin.execute(c.SaveEstimate("DEU", "2020", people, "a census", sex=sex))
    admin.execute(c.SaveEstimate("DEU", "2021", "45", "a census", sex="female"))
    whole = {r.country: r.estimate for r in admin.read(q.Coverage()).rows}["DEU"]
    assert whole is not None
    assert (whole.population, whole.year, whole.sex) == (90, 2020, "")
    women = {r.country: r for r in admin.read(q.Coverage(sex="female")).rows}
    assert women["DEU"].estimate is not None
    assert (women["DEU"].registered, women["DEU"].estimate.population) == (1, 45)
    assert women["CHE"].estimate is None
    assert "FRA" not in women

"""Filters as parts of the query language."""

from __future__ import annotations

from registry import fields
from registry.access import Role, Session
from ui import filters

CLERK = Session(1, "clerk", Role.CLERK)


def labels(query: str) -> list[str]:
    return [found.label for found in filters.active(query, fields.PEOPLE, CLERK)]


def test_terms_become_chips_in_the_readers_words() -> None:
    assert labels('rossi country:FRA -state:deceased "New York" birth_date>=1980') == [
        "Country: France",
        "− Registration state: Deceased",
        "Date of birth ≥ 1980",
    ]


def test_taking_one_out_leaves_the_rest() -> None:
    query = 'rossi country:FRA "New York" sex:male'
    country, sex = filters.active(query, fields.PEOPLE, CLERK)
    assert country.without == 'rossi "New York" sex:male'
    assert sex.without == 'rossi country:FRA "New York"'


def test_choosing_a_value_replaces_the_one_of_the_same_field() -> None:
    described = fields.by_name(fields.PEOPLE)
    query = filters.with_value("rossi", described["address.country"], "FRA", fields.PEOPLE, CLERK)
    assert query == "rossi country:FRA"
    assert filters.with_value(query, described["address.country"], "ESP", fields.PEOPLE, CLERK) == "rossi country:ESP"
    assert filters.with_value(query, described["sex"], "male", fields.PEOPLE, CLERK) == "rossi country:FRA sex:male"


def test_what_is_chosen_of_a_facet_is_one_chip() -> None:
    query = "(country:FRA OR country:DEU) born>=30y born<45y rossi education.level:6 -education.level>6"
    assert labels(query) == [
        "Country: France or Germany",
        "Age: 30–44",
        "Highest level of education: Bachelor’s or equivalent",
    ]
    country, age, _education = filters.active(query, fields.PEOPLE, CLERK)
    assert age.without == "(country:FRA OR country:DEU) rossi education.level:6 -education.level>6"
    described = fields.by_name(fields.PEOPLE)["address.country"]
    assert filters.with_value(country.without, described, "ESP", fields.PEOPLE, CLERK).endswith("country:ESP")
    assert labels("country:FRA country:DEU") == ["Country: France", "Country: Germany"]


def test_a_query_that_cannot_be_read_has_no_chips() -> None:
    assert labels('sex:male "open') == []


def test_only_fields_that_the_user_sees_are_offered() -> None:
    assert [f.name for f in filters.offered(fields.PEOPLE, CLERK)] == list(filters.OFFERED[fields.PEOPLE])
    assert filters.offered(fields.PEOPLE, Session(3, "auditor", Role.AUDITOR)) == ()

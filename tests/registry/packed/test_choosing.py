"""Choosing values: the query that results, as it stands in the search box."""

from __future__ import annotations

import pytest

from registry.access import Role, Session
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.packed.choosing import asking, choice, parts, turned
from registry.packed.dimensions import FACETS, facet
from registry.search.names import Names
from registry.search.parser import parse

CLERK = Session(1, "clerk", Role.CLERK)
NAMES = Names(PEOPLE, CLERK)


@pytest.mark.parametrize(
    ("query", "code", "value", "then"),
    [
        ("", "sex", "female", "sex:female"),
        ("maria", "address.country", "FRA", "maria country:FRA"),
        ("country:France maria", "address.country", "DEU", "(country:FRA OR country:DEU) maria"),
        ("(country:FRA OR country:DEU) maria", "address.country", "FRA", "country:DEU maria"),
        ("country:fr", "address.country", "FRA", ""),
        ("country:none", "address.country", "FRA", "country:none OR country:FRA"),
        ("sex:female", "sex", "", "sex:female OR sex:none"),
        ("-country:FRA", "address.country", "DEU", "-country:FRA country:DEU"),
        ("country:FRA country:DEU", "address.country", "FRA", "country:DEU"),
        ("", "age", "0", "birth_date<18y"),
        ("birth_date>=30y birth_date<45y", "age", "30", ""),
        (
            "birth_date>=30y birth_date<45y x",
            "age",
            "75",
            "(birth_date>=30y birth_date<45y OR birth_date>=75y) x",
        ),
        ("", "education", "6", "education.level:6 -education.level>6"),
        ("", "occupation", "2221", "occupation:=2221"),
        ("occupation:nurse", "occupation", "2221", "occupation:nurse occupation:=2221"),
        ("city:lyon", "address.city", "LYON", ""),
        ("city:lyon", "address.city", "New York", 'city:lyon OR city:"New York"'),
        ("language:fr>=B2", "language", "de", "language:fr>=B2 language:de"),
        ('sex:male "open', "sex", "female", "sex:female"),
    ],
)
def test_a_value_is_added_or_taken_out(query: str, code: str, value: str, then: str) -> None:
    assert turned(query, facet(PEOPLE, CLERK, code), value, NAMES) == then


def test_every_value_that_is_written_is_read_again() -> None:
    for kind in (PEOPLE, ASSOCIATIONS):
        names = Names(kind, CLERK)
        for dimension in FACETS[kind]:
            groups = dimension.bands() if dimension.banded else ("Lyon", "New York")
            if dimension.described.vocabulary:
                groups = dimension.vocabulary.codes[:3]
            for chosen in ((), groups[:1], groups[:2], ("", groups[0])):
                query = asking("maria -lyon", dimension, chosen, names)
                assert choice(parts(parse(query, names)), dimension, names).groups == tuple(chosen), query
                assert asking(query, dimension, (), names) == "maria -lyon"

"""A query taken apart into rows and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from registry.errors import Invalid
from registry.search.building import Choice, Condition, Part, Written, put_together, take_apart
from registry.search.parser import parse
from registry.search.tree import EVERYBODY, Node
from registry.search.writer import write
from tests.registry.search.test_parser import TREES, Fields

FRANCE = Condition("country", ":", "FR")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("maria lyon", (Written("maria lyon"),)),
        ('maria country:FR "a b"', (Written("maria"), Condition("country", ":", "FR"), Written('"a b"'))),
        ("-country:FR born>=1990", (Condition("country", ":", "FR", negated=True), Condition("born", ">=", "1990"))),
        ("country:FR OR -born<1990", (Choice((FRANCE, Condition("born", "<", "1990", True))),)),
        ("skill:x (country:FR OR a b)", (Condition("skill", ":", "x"), Choice((FRANCE, Written("a b"))))),
        ("-(a OR country:FR) skill:x", (Written("-(a OR country:FR)"), Condition("skill", ":", "x"))),
        ("country:FR OR (skill:x (a OR b))", (Choice((FRANCE, Written("skill:x (a OR b)"))),)),
    ],
)  # fmt: skip
def test_rows_of_a_query(text: str, parts: tuple[Part, ...]) -> None:
    tree = parse(text, Fields())
    assert take_apart(tree) == parts
    assert put_together(take_apart(tree), Fields()) == tree


@settings(deadline=None)
@given(TREES)
def test_taken_apart_and_put_together_it_is_the_same_query(tree: Node) -> None:
    assert put_together(take_apart(tree), Fields()) == tree
    assert parse(write(put_together(take_apart(tree), Fields())), Fields()) == tree


def test_rows_without_content_say_nothing() -> None:
    empty = (Condition("country", ":", " "), Condition("", ":", "FR"), Written(" "), Choice(()), Choice((Written(""),)))
    assert put_together(empty, Fields()) == EVERYBODY
    rows = (*empty, Choice((Condition("country", ":", "FR"), Written(""))))
    assert write(put_together(rows, Fields())) == "country:FR"


def test_text_that_is_no_query_is_told() -> None:
    with pytest.raises(Invalid, match="not closed"):
        put_together((Written("(a"),), Fields())

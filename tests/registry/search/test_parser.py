"""Query text to tree and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import Invalid
from registry.search.parser import parse, plain_words
from registry.search.tree import EVERYBODY, And, Node, Not, Or, Phrase, Term, Word, all_of, any_of
from registry.search.writer import write

FIELDS = ("country", "born", "language", "skill", "état")


class Fields:
    """Five field words."""

    def knows(self, word: str) -> bool:
        return word in FIELDS

    def nearest(self, word: str) -> str:
        return "country"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", EVERYBODY),
        ("  ", EVERYBODY),
        ('""', EVERYBODY),
        ("nurse", Word("nurse")),
        ("nurse  lyon", And((Word("nurse"), Word("lyon")))),
        ('"a  phrase"', Phrase("a  phrase")),
        ('"say ""so"""', Phrase('say "so"')),
        ("country:FR", Term("country", ":", "FR")),
        ('country:"United Kingdom"', Term("country", ":", "United Kingdom")),
        ("born>=1990", Term("born", ">=", "1990")),
        ("born<=1990", Term("born", "<=", "1990")),
        ("born<1990", Term("born", "<", "1990")),
        ("language:fr>=B2", Term("language", ":", "fr>=B2")),
        ("-nurse", Not(Word("nurse"))),
        ("--nurse", Word("nurse")),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("a or b", And((Word("a"), Word("or"), Word("b")))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("(a (b c))", And((Word("a"), Word("b"), Word("c")))),
        ("10:30", Word("10:30")),
        ("+33:1", Word("+33:1")),
        ("Dupont - Martin", And((Word("Dupont"), Word("Martin")))),
        ("Saint-Denis", Word("Saint-Denis")),
        ("état:x", Term("état", ":", "x")),
    ],
)
def test_text_to_tree(text: str, tree: Node) -> None:
    assert parse(text, Fields()) == tree
    assert parse(write(tree), Fields()) == tree


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("x contry:FR", 3, "Did you mean “country”?"),
        ("a (b", 3, "not closed"),
        ("a)", 2, "closes nothing"),
        ('a "b', 3, "not closed"),
        ("country:", 9, "a value is missing"),
        ("country: FR", 9, "a value is missing"),
        ('country:""', 11, "a value is missing"),
        ("OR a", 1, "before and after"),
        ("a OR", 3, "before and after"),
        ("a OR OR b", 3, "before and after"),
        ("(a OR ) b", 4, "before and after"),
        ("a ()", 3, "nothing in the bracket"),
        ("(" * 30 + "a" + ")" * 30, 21, "too deep"),
    ],
)
def test_mistakes_are_named_with_their_position(text: str, position: int, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text, Fields())
    assert caught.value.values["position"] == position
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["a " * 101, "a OR " * 101 + "a"])
def test_a_query_of_many_parts_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="more than 100 parts"):
        parse(text, Fields())


def test_plain_words_are_never_query_language() -> None:
    assert plain_words('country:FR OR -x "(') == And((Word("country:FR"), Word("OR"), Word("-x"), Word('"(')))
    with pytest.raises(Invalid, match="more than 100 parts"):
        plain_words("a " * 101)


LETTERS = st.characters(categories=("L", "N"))
WORDS = st.text(LETTERS, min_size=1, max_size=6).filter(lambda text: text != "OR").map(Word)
VALUES = st.text(min_size=1, max_size=8).filter(lambda text: text.strip())
TERMS = st.builds(Term, st.sampled_from(FIELDS), st.sampled_from((":", "<", "<=", ">", ">=")), VALUES)
LEAVES = WORDS | TERMS | VALUES.map(Phrase)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=4).map(all_of)
        | st.lists(inner, min_size=2, max_size=4).map(any_of)
        | inner.map(lambda item: item.item if isinstance(item, Not) else Not(item))
    ),
    max_leaves=12,
)


@given(TREES)
def test_tree_to_text_to_tree_is_the_identity(tree: Node) -> None:
    assert parse(write(tree), Fields()) == tree


@given(st.text(alphabet='ab :<>"()-OR=ñ1', max_size=40))
def test_any_text_gives_a_tree_that_can_be_written_or_a_sentence(text: str) -> None:
    tree, sentence = _tree_or_sentence(text)
    if tree is None:
        assert "{" not in sentence
    else:
        assert parse(write(tree), Fields()) == tree


def _tree_or_sentence(text: str) -> tuple[Node | None, str]:
    try:
        return parse(text, Fields()), ""
    except Invalid as mistake:
        return None, str(mistake)

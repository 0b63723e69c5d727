"""Whatever is typed: a tree that can be written and read again, and a list or a sentence, never a breakdown."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import vocabularies
from registry.app import Registry
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.i18n import LANGUAGES, translate
from registry.queries import ListIds
from registry.search.names import Names, asked
from registry.search.parser import parse
from registry.search.tree import Node, Not, Phrase, Term, Word, all_of, any_of
from registry.search.writer import write

OPERATORS = (":", "<", "<=", ">", ">=")
ANY_TEXT = st.text(min_size=1, max_size=10).filter(lambda text: text.strip())
DISTANCES = st.builds("{}{}{}".format, st.sampled_from(("", "+")), st.integers(0, 99999), st.sampled_from("ymwdajsx"))
PLACES = st.sampled_from(("Lyon", "Lyon<100km", "Paris, FR>5mi", "Genève<=1,5", "Atlantis", "<5", "Lyon<", "a,b,c"))
DATES = st.dates().map(str) | st.sampled_from(("1985", "1985-06", "06/1985", "c. 1985", "3/4/1985", "0000", "9999-12"))
SPECIAL = st.sampled_from(
    ("none", "any", "aucun", "uncoded", "=22", "==22", "==", "news/letter", "/", "fr>=B2", "a:b:c")
)


@st.composite
def terms(draw: st.DrawFn, kind: str) -> Term:
    """A term about any field by any of its words, with a value that may fit it or not."""
    field = draw(st.sampled_from(asked(kind)))
    words = [field.name, *(translate(field.label, language) for language in LANGUAGES), *field.aliases]
    # A word is written without spaces and without signs that end it.
    written = [word.replace(" ", "_") for word in words if field.key is None and not set(word) & set('<>:()"')]
    listed = vocabularies.get(field.vocabulary).codes[:40] if field.vocabulary else ("1",)
    labels = [vocabularies.get(field.vocabulary).label(code) for code in listed] if field.vocabulary else ["1"]
    value = draw(ANY_TEXT | DISTANCES | PLACES | DATES | SPECIAL | st.sampled_from(listed) | st.sampled_from(labels))
    word = draw(st.sampled_from([w for w in written if w[:1].isalpha()] or [field.name]))
    return Term(word, draw(st.sampled_from(OPERATORS)), value)


def trees(kind: str) -> st.SearchStrategy[Node]:
    leaves = terms(kind) | ANY_TEXT.map(Phrase) | st.sampled_from(("maria", "FR", "王", "+33")).map(Word)
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(all_of)
            | st.lists(inner, min_size=2, max_size=3).map(any_of)
            | inner.map(lambda item: item.item if isinstance(item, Not) else Not(item))
        ),
        max_leaves=6,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_tree_to_text_to_tree_is_the_identity_for_every_field(registry: Registry, kind: str) -> None:
    names = Names(kind, registry.session)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(trees(kind))
    def check(tree: Node) -> None:
        assert parse(write(tree), names) == tree

    check()


def answer(registry: Registry, query: str, kind: str) -> str:
    """What a reader sees: how many are found, or the sentence."""
    try:
        return str(len(registry.read(ListIds(kind, query))))
    except Invalid as mistake:
        return str(mistake)


@pytest.mark.parametrize("kind", KINDS)
def test_every_tree_finds_somebody_or_gives_a_sentence(registry: Registry, kind: str) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(trees(kind))
    def check(tree: Node) -> None:
        said = answer(registry, write(tree), kind)
        assert said.isdigit() or (said.endswith((".", "?")) and "{word}" not in said and "{value}" not in said)

    check()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ('"', "(", ")", "-", "OR", " ", ":", "<", ">=", "=", "/", "born", "near:", "consent:", "skill", "phone",
             "2y", "country", "FR", "news", "none", "\x00", "\ud800", "'", "*", "王", "é", "%", "99999999999999999999")
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_any_text_finds_somebody_or_gives_a_sentence(registry: Registry, text: str) -> None:
    for kind in (PEOPLE, ASSOCIATIONS):
        said = answer(registry, text, kind)
        assert said.isdigit() or said.endswith((".", "?"))

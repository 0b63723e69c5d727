"""`in:"Name"`: a segment as part of a query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.access import Role, Session
from registry.app import Registry
from registry.commands import AddToSegment, SaveSegment
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import CompleteQuery, Facets, ListIds, Search
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.telling import tell
from registry.search.tree import And, Not, Or, Term, Word
from registry.search.writer import write

MARIA, ANA, IVAN, WANG, LYON, ZOE = range(1, 7)
NAMES = Names(PEOPLE, Session(1, "clerk", Role.CLERK))


@pytest.fixture(scope="module")
def kept(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """The registry of these tests with some segments."""
    place = tmp_path_factory.mktemp("inside") / "registry"
    copytree(folder, place)
    with Registry.open(place, "demo", "demo") as registry:
        registry.execute(SaveSegment("Women", "sex:female"))
        registry.execute(SaveSegment('The "others"', "-in:Women"))
        registry.execute(SaveSegment("Élèves d’été", "in:Women OR language:de>=C2"))
        registry.execute(AddToSegment(PEOPLE, "合唱团", (WANG, ZOE)))
        registry.execute(SaveSegment("Young", "type:youth", ASSOCIATIONS))
        yield registry


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("in:women", {MARIA, ANA}),
        ("segment:Women lyon", {MARIA}),
        ('in:"the others"', {IVAN, WANG, LYON, ZOE}),
        ('in:"The ""others"""', {IVAN, WANG, LYON, ZOE}),
        ('in:"eleves dete"', {MARIA, ANA, IVAN}),
        ("dans:合唱团", {WANG, ZOE}),
        ("-in:合唱团 -in:women", {IVAN, LYON}),
        ("(in:women OR in:合唱团) -berlin", {MARIA, ANA, WANG}),
        ("maria in:women born<=1985 born>=1985", {MARIA, ANA}),
    ],
)
def test_what_a_segment_finds_among_other_conditions(kept: Registry, query: str, found: set[int]) -> None:
    assert set(kept.read(ListIds(PEOPLE, query))) == found


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("in:wo", ["Women"]),
        ("in:", ["Élèves d’été", 'The "others"', "Women", "合唱团"]),
        ("dans:eleves", ["Élèves d’été"]),
        ("in:young", []),
    ],
)
def test_names_of_segments_are_offered_while_typing(kept: Registry, typed: str, offered: list[str]) -> None:
    found = kept.read(CompleteQuery(PEOPLE, typed, len(typed)))
    assert sorted(offer.label for offer in found.offers) == sorted(offered)


def test_it_ranks_counts_and_sorts_like_any_condition(kept: Registry) -> None:
    answer = kept.read(Search("maria in:women"))
    assert [hit.id for hit in answer.results] == [MARIA, ANA]
    (facet,) = kept.read(Facets(PEOPLE, "in:women", ("address.country",)))
    assert [(v.code, v.label, v.count) for v in facet.values if v.code] == [("FRA", "France", 2)]
    assert set(kept.read(ListIds(PEOPLE, "in:women", "address.city"))) == {MARIA, ANA}


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        ("in:wimen", 1, "Did you mean “Women”?"),
        ("lyon -(x OR in:elev)", 13, "Did you mean “Élèves d’été”?"),
        ("in:young", 1, "is not a segment"),
        ("in<women", 1, "has no order"),
        ("x in:", 6, "a value is missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(kept: Registry, query: str, position: int, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        kept.read(ListIds(PEOPLE, query))
    assert caught.value.values["position"] == position
    assert says in str(caught.value)


@given(name=st.text(min_size=1, max_size=30).filter(str.strip), word=st.sampled_from(["in", "dans", "segment", "في"]))
def test_tree_to_text_to_tree_is_the_identity(name: str, word: str) -> None:
    term = Term(word, ":", name)
    for tree in (term, Not(term), And((Word("x"), term)), Or((Not(And((term, Word("y")))), term))):
        assert parse(write(tree), NAMES) == tree


def test_it_is_told_in_words() -> None:
    assert tell(parse('sex:female -in:"The choir"', NAMES), NAMES) == "Sex: Female and not Segment: The choir"

"""Associations: one that is written in several ways, and others that merely look like it."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord, FindDuplicates
from registry.fields import ASSOCIATIONS
from registry.matching import bodies
from registry.queries import ListDuplicates, SimilarRecords
from registry.search.readings import Token
from tests.conftest import TEST_DATA
from tests.registry.post import Post
from tests.registry.transfer.importing import plan

#: Invented, as a consulate's list has them: many of one kind, in few towns.
_PEOPLES = ("Sample", "Malvonian", "Ostrian", "Quellish", "Tarvian")
_KINDS = (
    "Women's Association of {} Origin",
    "Amicale des Étudiants {}s",
    "{} Football Club",
    "Verein {}er Frauen e.V.",
    "Federation of {} Engineers",
    "{} Parents and Teachers",
    "Casa {} de Cultura",
    "Chorale {}",
)
_TOWNS = ("Lyon", "Nantes", "Hamburg", "Ghent", "Porto")
OTHERS = [
    {
        "name": kind.format(people),
        "address.city": _TOWNS[(n + m) % 5],
        "phone": f"+33199{(n * 8 + m) * 7919 % 1_000_000:06}",
        "email": f"{kind[:3].strip(' {').lower()}.{people.lower()}@{_TOWNS[m % 5].lower()}.example.org",
    }
    for n, people in enumerate(_PEOPLES)
    for m, kind in enumerate(_KINDS)
]
FRIENDS = {"name": "Association des Amis du Haut-Vallon de Lyon", "acronym": "AAHV", "address.city": "Lyon"}
WEAVERS = {"name": "Union of Ardovan Weavers", "address.city": "Lyon", "website": "https://weavers.example.org"}


@pytest.fixture
def clerk(post: Post) -> Registry:
    registry = post.open("clara")
    for texts in OTHERS:
        registry.execute(AddRecord(ASSOCIATIONS, texts))
    return registry


ONE = [
    (FRIENDS, {"name": "AMIS DU HAUT VALLON (LYON)", "address.city": "Lyon"}),
    (FRIENDS, {"name": "Amis du Haut-Vallon (A.A.H.V.)", "address.city": "LYON"}),
    (FRIENDS, {"name": "Friends of the Upper Vale (AAHV)", "address.city": "Lyon", "address.postal_code": "69003"}),
    (FRIENDS, {"name": "Freunde des Haut-Vallon e.V.", "acronym": "aahv", "address.city": "Lyon"}),
    (
        FRIENDS | {"acronym": "", "phone": "+33199005566"},
        {"name": "Asociación de Amigos de Haut Vallon", "address.city": "Lyon", "phone": "+33199005566"},
    ),
    (WEAVERS, {"name": "Ardovan Weavers' Union, asbl", "address.city": "Lyon"}),
    (WEAVERS, {"name": "Union der Ardovaner Weber", "website": "weavers.example.org/", "address.city": "Lyon"}),
    (WEAVERS | {"email": "office@weavers.example.org"}, {"name": "The Weavers", "email": "Office@weavers.example.org"}),
    (WEAVERS | {"registration_number": "W691 234"}, {"name": "Ardovan Weaver", "registration_number": "W691234"}),
    (
        {"name": "Союз ткачей Ардована", "address.city": "Lyon"},
        {"name": "Soyuz tkachey Ardovana", "address.city": "Lyon"},
    ),
]
TWO = [
    (FRIENDS, FRIENDS | {"name": "Association des Amis du Haut-Vallon de Nantes", "address.city": "Nantes"}),
    (WEAVERS, WEAVERS | {"address.city": "Hamburg"}),
    (WEAVERS, {"name": "Union of Ardovan Students", "address.city": "Lyon"}),
    (WEAVERS, {"name": "Ardovan Chamber of Commerce", "address.city": "Lyon"}),
    (FRIENDS, {"name": "Atelier d'Aide aux Hommes Vaillants", "acronym": "AAHV", "address.city": "Hamburg"}),
    (
        {"name": "Ardovan Choir", "address.street": "3 quai Inventé", "address.city": "Lyon", "phone": "+33199005566"},
        {
            "name": "Quellish Bakers",
            "address.street": "3 quai Inventé",
            "address.city": "Lyon",
            "phone": "+33199005566",
        },
    ),
]


def _texts(texts: dict[str, str]) -> str:
    return texts["name"]


@pytest.mark.parametrize(("first", "second"), ONE, ids=_texts)
def test_one_is_found_however_it_is_written(clerk: Registry, first: dict[str, str], second: dict[str, str]) -> None:
    known = clerk.execute(AddRecord(ASSOCIATIONS, first)).value.id
    found = clerk.read(SimilarRecords(ASSOCIATIONS, second))
    assert [one.id for one in found if one.likelihood >= 0.5] == [known]
    added = clerk.execute(AddRecord(ASSOCIATIONS, second)).value.id
    clerk.execute(FindDuplicates(ASSOCIATIONS))
    assert [(pair.one.id, pair.other.id) for pair in clerk.read(ListDuplicates(ASSOCIATIONS))] == [(known, added)]


@pytest.mark.parametrize(("first", "second"), TWO, ids=_texts)
def test_another_is_not_taken_for_it(clerk: Registry, first: dict[str, str], second: dict[str, str]) -> None:
    clerk.execute(AddRecord(ASSOCIATIONS, first))
    assert [one.name for one in clerk.read(SimilarRecords(ASSOCIATIONS, second)) if one.likelihood >= 0.5] == []
    clerk.execute(AddRecord(ASSOCIATIONS, second))
    clerk.execute(FindDuplicates(ASSOCIATIONS))
    assert clerk.read(ListDuplicates(ASSOCIATIONS)) == ()


def test_strangers_of_one_kind_are_no_doubles(clerk: Registry) -> None:
    clerk.execute(FindDuplicates(ASSOCIATIONS))
    assert clerk.read(ListDuplicates(ASSOCIATIONS)) == ()


def texts_of(words: tuple[Token, ...]) -> list[str]:
    return [word.text for word in words]


def test_legal_forms_and_short_names_are_told_from_names() -> None:
    assert texts_of(bodies.words("Verein der Freunde e. V. (VdF)")) == ["freunde"]
    assert texts_of(bodies.words("Association")) == ["association"]
    assert bodies.acronyms({"name": "Verein der Freunde e. V. (V.d.F.)"}) == ["VDF"]
    assert bodies.acronyms({"name": "Friends", "acronym": "f.o.v."}) == ["FOV"]
    assert bodies.acronyms({"name": "ASSOCIATION DES AMIS"}) == []
    assert bodies.acronyms({"name": "AMIS DU LAC (LYON)"}) == []
    assert bodies.acronyms({"name": "AMIS DU LAC (ADL)"}) == ["ADL"]
    assert texts_of(bodies.words("AMIS DU LAC (LYON)", ["Lyon"])) == ["amis", "lac"]
    assert bodies.acronyms({"name": "Chorale (fondée en 1980)"}) == []


if (TEST_DATA / "real" / "lists").is_dir():

    def test_names_that_a_real_list_has_twice_are_flagged(clerk: Registry) -> None:
        found = plan(clerk, TEST_DATA / "real" / "lists" / "en_ngos_nigeria.xlsx")
        names: dict[str, list[bool]] = {}
        for entry in found.entries:
            names.setdefault(entry.name.strip().casefold(), []).append(entry.review)
        twice = {name: marked for name, marked in names.items() if len(marked) > 1}
        assert len(twice) == 9
        assert all(any(marked) for marked in twice.values())

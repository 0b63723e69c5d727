"""Likely duplicates while a card is filled in."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import AddRecord
from registry.errors import NotAllowed
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import SimilarRecords
from tests.registry.post import ANA, RESTRICTED, Post

EVE = {
    "full_name": "Ève Näve",
    "birth_date": "1985-03-12",
    "phone": "01 99 00 77 88",
    "email": "Eve@example.org",
    "document.number": "AB 12-34",
}
SOCIETY = {
    "name": "Society of the Sámple Valley",
    "acronym": "SSV",
    "address.city": "Saint-Étienne",
    "website": "https://www.valley.example.org/",
    "email": "hello@valley.example.org",
    "phone": "01 99 00 55 66",
}


@pytest.fixture
def clerk(post: Post) -> Registry:
    registry = post.open("clara")
    registry.execute(AddRecord(PEOPLE, EVE))
    registry.execute(AddRecord(ASSOCIATIONS, SOCIETY))
    return registry


def found(registry: Registry, kind: str, texts: dict[str, str]) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(s.name, s.shared, s.likely) for s in registry.read(SimilarRecords(kind, texts))]


@pytest.mark.parametrize(
    ("texts", "shared", "likely"),
    [
        ({"full_name": "NAVE eve"}, ("name",), False),
        ({"family_name": "Nave", "given_name": "Eve", "birth_date": "12.3.1985"}, ("name_birth",), True),
        ({"full_name": "Eve Nave", "birth_date": "1985"}, ("name_birth",), True),
        ({"full_name": "Eve Nave", "phone": "+33 1 99 00 77 88"}, ("name", "phone"), True),
        ({"full_name": "Somebody", "phone": "0199007788"}, ("phone",), False),
        ({"phone": "0199007788", "email": "eve@EXAMPLE.org"}, ("email", "phone"), False),
        ({"document.number": "AB 12-34"}, ("document",), True),
    ],
)
def test_people_share_what_they_share(
    clerk: Registry, texts: dict[str, str], shared: tuple[str, ...], likely: bool
) -> None:
    assert found(clerk, PEOPLE, texts) == [("Ève Näve", shared, likely)]


@pytest.mark.parametrize(
    "texts",
    [{}, {"full_name": "  "}, {"full_name": "Eve Nave", "birth_date": "1986"}, {"phone": "12"}, {"no such field": "x"}],
)
def test_others_are_not_taken_for_them(clerk: Registry, texts: dict[str, str]) -> None:
    assert found(clerk, PEOPLE, texts) == []


@pytest.mark.parametrize(
    ("texts", "shared", "likely"),
    [
        ({"name": "the SAMPLE valley, society of"}, ("name",), True),
        ({"acronym": "ssv", "address.city": "saint etienne"}, ("acronym_city",), True),
        ({"website": "valley.example.org"}, ("website",), True),
        ({"email": "HELLO@valley.example.org"}, ("email",), False),
        ({"phone": "01 99 00 55 66", "email": "hello@valley.example.org"}, ("email", "phone"), True),
    ],
)
def test_associations_share_what_they_share(
    clerk: Registry, texts: dict[str, str], shared: tuple[str, ...], likely: bool
) -> None:
    assert found(clerk, ASSOCIATIONS, texts) == [(SOCIETY["name"], shared, likely)]


def test_an_acronym_elsewhere_is_another(clerk: Registry) -> None:
    assert found(clerk, ASSOCIATIONS, {"acronym": "SSV", "address.city": "Lyon"}) == []


def test_the_surest_stands_first_and_kinds_are_kept_apart(clerk: Registry) -> None:
    clerk.execute(AddRecord(PEOPLE, {"full_name": "Zoe Other", "phone": SOCIETY["phone"]}))
    texts = {"full_name": "Zoe Other", "phone": SOCIETY["phone"], "phone.2": EVE["phone"]}
    assert [name for name, _, _ in found(clerk, PEOPLE, texts)] == ["Zoe Other", "Ève Näve"]


def test_a_field_that_is_not_seen_is_not_compared(post: Post) -> None:
    texts = {"document.number": RESTRICTED["document.number"]}
    assert [s.id for s in post.open("clara").read(SimilarRecords(PEOPLE, texts))] == [ANA]
    for name in ("mara", "otto", "aude"):
        with pytest.raises(NotAllowed):
            post.open(name).read(SimilarRecords(PEOPLE, texts))

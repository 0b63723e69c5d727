"""Likely duplicates while a card is filled in."""

from __future__ import annotations

import pytest

from registry import formats, i18n
from registry.app import Registry
from registry.commands import AddRecord, FindDuplicates
from registry.errors import NotAllowed
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import SimilarRecords
from registry.similar import Similar
from tests.registry.post import ANA, RESTRICTED, Post

EVE = {
    "given_name": "Ève",
    "family_name": "Näve",
    "birth_date": "1985-03-12",
    "phone": "01 99 00 77 88",
    "email": "Eve@example.org",
    "document.number": "AB 12-34",
    "address.city": "Lyon",
}
SOCIETY = {
    "name": "Society of the Sámple Valley",
    "acronym": "SSV",
    "address.city": "Saint-Étienne",
    "website": "https://www.valley.example.org/",
    "email": "hello@valley.example.org",
    "phone": "01 99 00 55 66",
    "registration_number": "W691 234 567",
}


@pytest.fixture
def clerk(post: Post) -> Registry:
    registry = post.open("clara")
    registry.execute(AddRecord(PEOPLE, EVE))
    registry.execute(AddRecord(ASSOCIATIONS, SOCIETY))
    return registry


def found(registry: Registry, kind: str, texts: dict[str, str]) -> list[Similar]:
    return list(registry.read(SimilarRecords(kind, texts)))


@pytest.mark.parametrize(
    "texts",
    [
        {"full_name": "NAVE eve", "birth_date": "12.3.1985"},
        {"family_name": "Eve", "given_name": "Naeve", "birth_date": "1985-03-12"},
        {"full_name": "Ева Нэве", "birth_date": "1985-03-12"},
        {"given_name": "Eve", "family_name": "Nave", "birth_date": "1985-12-03"},
        {"full_name": "Eve Nave", "birth_date": "1985", "address.city": "Lyon"},
        {"full_name": "Eve Nave", "phone": "+33 1 99 00 77 88"},
        {"full_name": "Eve Nave", "email": "eve@EXAMPLE.org"},
        {"full_name": "Eve Other", "document.number": "AB1234", "birth_date": "1985-03-12"},
        {"full_name": "Eve Nave", "document.number": "AB 12-34"},
    ],
)
def test_somebody_is_found_however_written(clerk: Registry, texts: dict[str, str]) -> None:
    [one] = found(clerk, PEOPLE, texts)
    assert one.name == "Ève Näve"
    assert one.likely
    assert one.shared


def test_a_name_alone_may_be_the_same(clerk: Registry) -> None:
    [one] = found(clerk, PEOPLE, {"full_name": "Eve Nave"})
    assert 0.1 <= one.likelihood < 0.99


def test_evidence_is_told_in_words(clerk: Registry) -> None:
    texts = {"given_name": "Ева", "family_name": "Näve", "birth_date": "1985-03-12", "document.number": "ZZ9876543"}
    [one] = found(clerk, PEOPLE, texts)
    words = [said.words for said in one.evidence]
    assert "same birth date" in words
    assert "same family name" in words
    assert "Ева / Ève are one name" in words
    assert "other document number" in words
    assert "other document number" not in one.shared


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"full_name": "  "},
        {"full_name": "Otto Nave", "birth_date": "1961-06-30"},
        {"full_name": "Somebody Else", "phone": "0199007788"},
        {"phone": "12"},
        {"no such field": "x"},
    ],
)
def test_others_are_not_taken_for_them(clerk: Registry, texts: dict[str, str]) -> None:
    assert [one for one in found(clerk, PEOPLE, texts) if one.likely] == []


@pytest.mark.parametrize(
    "texts",
    [
        {"name": "the SAMPLE valley, society of", "address.city": "saint etienne"},
        {"name": "Valley Society", "acronym": "ssv", "address.city": "saint etienne"},
        {"name": "Sample Valley", "website": "valley.example.org"},
        {"name": "Verein Mustertal", "website": "valley.example.org", "address.city": "Saint Etienne"},
        {"name": "Sample Valley", "phone": "01 99 00 55 66", "email": "HELLO@valley.example.org"},
        {"name": "Sample Valley", "registration_number": "w691234567"},
    ],
)
def test_an_association_is_found_however_written(clerk: Registry, texts: dict[str, str]) -> None:
    [one] = found(clerk, ASSOCIATIONS, texts)
    assert one.name == SOCIETY["name"]
    assert one.likely


def test_an_acronym_elsewhere_is_another(clerk: Registry) -> None:
    assert found(clerk, ASSOCIATIONS, {"acronym": "SSV", "address.city": "Lyon"}) == []


def test_the_surest_stands_first_and_kinds_are_kept_apart(clerk: Registry) -> None:
    clerk.execute(
        AddRecord(PEOPLE, EVE | {"birth_date": "1985-03-13", "phone": "", "email": "", "document.number": "ZX76543"})
    )
    clerk.execute(AddRecord(PEOPLE, {"full_name": "Society of the Sample Valley", "phone": SOCIETY["phone"]}))
    listed = found(clerk, PEOPLE, EVE)
    assert [one.name for one in listed] == ["Ève Näve", "Ève Näve"]
    assert listed[0].likelihood >= listed[1].likelihood
    assert "same birth date" in listed[0].shared
    assert "same birth date" not in listed[1].shared
    assert [one.name for one in found(clerk, ASSOCIATIONS, SOCIETY)] == [SOCIETY["name"]]


def test_the_same_is_found_after_a_run_over_everybody(clerk: Registry) -> None:
    clerk.execute(FindDuplicates())
    [one] = found(clerk, PEOPLE, EVE)
    assert one.likely


def test_a_field_that_is_not_seen_is_not_compared(post: Post) -> None:
    texts = {"full_name": "Somebody Else", "document.number": RESTRICTED["document.number"]}
    seen = post.open("clara").read(SimilarRecords(PEOPLE, texts | {"full_name": "Ana Exemple"}))
    assert [s.id for s in seen] == [ANA]
    assert "same document number" in seen[0].shared
    for name in ("mara", "otto", "aude"):
        with pytest.raises(NotAllowed):
            post.open(name).read(SimilarRecords(PEOPLE, texts))


def test_weights_are_written_as_the_language_writes_them() -> None:
    assert formats.tenths(54) == "5.4"
    with i18n.in_language("fr"):
        assert formats.tenths(54) == "5,4"

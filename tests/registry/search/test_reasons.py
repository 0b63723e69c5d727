"""Why a record was found, where what the list shows does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, AddUser
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import ListIds, MatchReasons, Search

CLERK = "vellum-harbour-42"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with a person who can be found in many ways."""
    place = tmp_path_factory.mktemp("reasons") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    texts = {
        "full_name": "Anna Nowak",
        "family_name": "Nowak",
        "given_name": "Anna",
        "birth_name": "Zielinska",
        "former_name": "Anna Brzozowska",
        "native_name": "Анна Новак",
        "phone": "+33 1 99 00 12 34",
        "phone.2": "+33 1 99 00 77 88",
        "email": "a.nowak@example.org",
        "address.city": "Lyon",
        "address.country": "FRA",
        "document.type": "passport",
        "document.number": "XQ7788123",
        "employer": "Invented Mills",
        "occupation": "Krankenschwester nurse",
        "external_id": "R-17",
    }
    with Registry.open(place, "demo", "demo") as registry:
        registry.execute(AddRecord(PEOPLE, texts))
        registry.execute(AddRecord(PEOPLE, {"full_name": "Мария Петрова"}))
        registry.execute(AddRecord(ASSOCIATIONS, {"name": "Élan des jeunes", "acronym": "EDJ"}))
        registry.execute(AddUser("mara", "manager", CLERK))
    return place


@pytest.fixture(scope="module")
def registry(folder: Path) -> Iterator[Registry]:
    """The registry, opened by somebody who sees everything."""
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened


def reason(registry: Registry, query: str, kind: str = PEOPLE, shown: tuple[str, ...] = ()) -> str:
    hits = registry.read(Search(query, kind)).results
    assert len(hits) == 1
    return registry.read(MatchReasons(kind, query, (hits[0].id,), shown)).get(hits[0].id, "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("nowak", ""),
        ("NOWAK anna", ""),
        ("now", ""),
        ("zielinska", "Name at birth: Zielinska"),
        ("name:zielinska", "Name at birth: Zielinska"),
        ("full_name:nowak", ""),
        ("brzozowska", "Former name: Anna Brzozowska"),
        ("anna brzozowska", "Former name: Anna Brzozowska"),
        ("новак", "Name in own script: Анна Новак"),
        ("Nowack", "Another spelling of the name"),
        ("Brzozovska", "Former name: Anna Brzozowska"),
        ("maria petrova", "The name in another script"),
        ("01 99 00 77 88", "Telephone: +33 1 99 00 77 88"),
        ("99007788", "Telephone: +33 1 99 00 77 88"),
        ("a.nowak@example.org", "E-mail: a.nowak@example.org"),
        ("lyon", "City: Lyon"),
        ("mills lyon", "Employer: Invented Mills · City: Lyon"),
        ("R-17", "Reference in the source list: R-17"),
        ("document.number:XQ7788123", "Document number: XQ7788123"),
        ("country:FR", ""),
        ("(lyon OR paris) -mills2", "City: Lyon"),
        ("(nowack OR paris OR lyon)", "City: Lyon"),
        ("krankenschwester", "Occupation: Krankenschwester nurse"),
    ],
)
def test_the_reason_is_told_where_it_is_not_obvious(registry: Registry, query: str, said: str) -> None:
    assert reason(registry, query) == said


def test_what_the_list_shows_needs_no_note(registry: Registry) -> None:
    assert reason(registry, "lyon", shown=("address.city",)) == ""
    assert reason(registry, "document.number:XQ7788123", shown=("document.number",)) == ""


def test_acronyms_of_associations(registry: Registry) -> None:
    assert reason(registry, "edj", ASSOCIATIONS) == "Acronym: EDJ"
    assert reason(registry, "jeunes", ASSOCIATIONS) == ""


def test_an_empty_query_asks_nothing(registry: Registry) -> None:
    everybody = tuple(registry.read(ListIds(PEOPLE)))
    assert registry.read(MatchReasons(PEOPLE, "", everybody)) == {}
    assert registry.read(MatchReasons(PEOPLE, "nowak", ())) == {}


def test_a_field_that_is_not_seen_gives_no_reason(folder: Path) -> None:
    with Registry.open(folder, "mara", CLERK) as manager:
        found = tuple(manager.read(ListIds(PEOPLE)))
        assert not any("XQ77" in said for said in manager.read(MatchReasons(PEOPLE, "XQ7788123", found)).values())

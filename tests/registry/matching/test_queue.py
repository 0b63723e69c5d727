"""The queue of pairs: found, told in words, answered, and found again when there is something new."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from registry import i18n
from registry.app import Registry
from registry.commands import (
    AddRecord,
    DeleteRecords,
    EditRecord,
    ExportDuplicates,
    FindDuplicates,
    KeepApart,
    SetProtected,
    Undo,
)
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.matching.reading import is_compared
from registry.matching.review import HEADER, NO_PAIR, DuplicatePair
from registry.queries import ListDuplicates, VerifyHistory
from tests.registry.post import ANA, BO, Post

EVE = {
    "given_name": "Mohamed",
    "family_name": "Benali",
    "birth_date": "1985-03-12",
    "document.number": "AB1234567",
    "phone": "01 99 00 77 88",
    "external_id": "first",
}
AGAIN = EVE | {"given_name": "محمد", "family_name": "بن علي", "document.number": "ZX7654321", "external_id": "second"}


@pytest.fixture
def clerk(post: Post) -> Registry:
    registry = post.open("clara")
    for texts in (EVE, AGAIN):
        registry.execute(AddRecord(PEOPLE, texts))
    return registry


def waiting(registry: Registry) -> tuple[DuplicatePair, ...]:
    registry.execute(FindDuplicates())
    return registry.read(ListDuplicates())


def test_a_pair_is_told_in_words(clerk: Registry) -> None:
    [pair] = waiting(clerk)
    assert {pair.one.external_id, pair.other.external_id} == {"first", "second"}
    words = [one.words for one in pair.evidence]
    assert "same birth date" in words
    assert "same telephone" in words
    assert "Mohamed / محمد are one name" in words
    assert "other document number" in words
    assert [one.weight < 0 for one in pair.evidence if one.field == "document"] == [True]
    with i18n.in_language("fr"):
        assert len(clerk.read(ListDuplicates())[0].evidence) == len(words)
    assert clerk.execute(FindDuplicates()).value.pairs == 1


def test_not_the_same_is_remembered_until_there_is_new_evidence(clerk: Registry) -> None:
    [pair] = waiting(clerk)
    assert clerk.execute(KeepApart((pair.other.id, pair.one.id))).value
    assert not clerk.execute(KeepApart((pair.one.id, pair.other.id))).value
    assert clerk.read(ListDuplicates()) == waiting(clerk) == ()
    clerk.execute(EditRecord(PEOPLE, pair.other.id, {"document.number": EVE["document.number"]}))
    assert len(waiting(clerk)) == 1
    assert clerk.read(VerifyHistory()).ok


def test_an_answer_is_taken_back(clerk: Registry) -> None:
    [pair] = waiting(clerk)
    clerk.execute(KeepApart((pair.one.id, pair.other.id)))
    clerk.execute(Undo())
    assert len(waiting(clerk)) == 1


def test_whoever_is_gone_is_in_no_pair(clerk: Registry) -> None:
    [pair] = waiting(clerk)
    clerk.execute(KeepApart((pair.one.id, pair.other.id)))
    clerk.execute(DeleteRecords(PEOPLE, (pair.other.id,)))
    assert clerk.read(ListDuplicates(threshold=0)) == ()
    clerk.execute(Undo())
    assert waiting(clerk) == ()


def test_only_pairs_that_were_found_are_answered(clerk: Registry) -> None:
    with pytest.raises(Invalid, match=NO_PAIR[:20]):
        clerk.execute(KeepApart((ANA, BO)))


def test_the_list_keeps_to_what_its_writer_may_see(clerk: Registry, post: Post, tmp_path: Path) -> None:
    waiting(clerk)
    for name, sees in (("clara", True), ("mara", False)):
        path = tmp_path / f"{name}.csv"
        assert post.open(name).execute(ExportDuplicates(path, "a reason")).value == 1
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        assert tuple(rows[0]) == HEADER
        assert {rows[1][2], rows[1][3]} == {"first", "second"}
        assert float(rows[1][4]) > 0.8
        assert ("document" in rows[1][6]) is sees
    with pytest.raises(Invalid):
        clerk.execute(ExportDuplicates(tmp_path / "pairs.xlsx", "a reason"))


def test_associations_are_found_too(clerk: Registry) -> None:
    for name in ("Society of the Sample Valley", "the SAMPLE valley, society of"):
        clerk.execute(AddRecord(ASSOCIATIONS, {"name": name, "phone": "01 99 00 55 66", "address.city": "Lyon"}))
    clerk.execute(FindDuplicates(ASSOCIATIONS))
    [pair] = clerk.read(ListDuplicates(ASSOCIATIONS))
    assert "same telephone" in [one.words for one in pair.evidence]


def test_what_is_protected_is_never_evidence(post: Post) -> None:
    petra = post.open("petra")
    ids = [petra.execute(AddRecord(PEOPLE, {"full_name": name})).value.id for name in ("Eve Nave", "Tom Fabricated")]
    for record_id in ids:
        petra.execute(SetProtected(record_id, "safe_contact", "the very same words"))
    petra.execute(FindDuplicates())
    assert petra.read(ListDuplicates(PEOPLE, 0.0)) == ()
    assert not is_compared("sealed")
    assert is_compared("person", "birth_date")
    assert not is_compared("person", "last_confirmed")

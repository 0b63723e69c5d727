"""The quiet look: which records it compares, in what order and how many, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import (
    AddRecord,
    CompareChanged,
    DeleteRecords,
    EditRecord,
    FindDuplicates,
    LogActivity,
    MergeRecords,
    Undo,
    UnmergeRecord,
)
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.matching import changed, following, joining, running
from registry.matching.following import Followed
from registry.progress import Progress
from registry.queries import ListDuplicates
from tests.registry.post import ANA, BO, CY, Post
from tests.registry.transfer.importing import take_in_rows

EVE = {"full_name": "Eve Nave", "birth_date": "1985-03-12", "phone": "01 99 00 77 88"}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The records of each part, as they are compared."""
    parts: list[list[int]] = []
    whole = changed.compare

    def compare(connection: object, kind: str, ids: list[int], progress: Progress) -> None:
        parts.append(ids)
        whole(connection, kind, ids, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(changed, "compare", compare)
    return parts


@pytest.fixture
def clerk(post: Post) -> Registry:
    """Somebody has looked for duplicates among all."""
    registry = post.open("clara")
    registry.execute(FindDuplicates())
    registry.execute(FindDuplicates(ASSOCIATIONS))
    return registry


def pairs(registry: Registry) -> list[tuple[int, int]]:
    return [(pair.one.id, pair.other.id) for pair in registry.read(ListDuplicates())]


def test_only_whoever_says_something_new_is_compared(clerk: Registry, compared: list[list[int]]) -> None:
    clerk.execute(LogActivity(PEOPLE, (ANA, CY), {"activity": "call"}))
    clerk.execute(EditRecord(PEOPLE, ANA, {"notes": "came by", "last_confirmed": "2026-01-05"}))
    assert clerk.execute(CompareChanged()).value == Followed(0, False)
    clerk.execute(EditRecord(PEOPLE, BO, {"phone": "01 99 00 11 22"}))
    clerk.execute(EditRecord(PEOPLE, CY, {"birth_date": "1971"}))
    assert clerk.execute(CompareChanged(ASSOCIATIONS)).value.records == 0
    assert clerk.execute(CompareChanged()).value == Followed(2, False)
    assert clerk.execute(CompareChanged()).value == Followed(0, False)
    clerk.execute(EditRecord(PEOPLE, BO, {"phone": ""}))
    assert clerk.execute(CompareChanged()).value.records == 1
    assert compared == [[BO, CY], [BO]]


def test_what_is_announced_is_that_the_queue_is_another(clerk: Registry) -> None:
    clerk.execute(EditRecord(PEOPLE, BO, {"phone": "01 99 00 11 22"}))
    assert not clerk.execute(CompareChanged()).changes.touch("duplicates")
    for _time in range(2):
        clerk.execute(AddRecord(PEOPLE, EVE))
    found = clerk.execute(CompareChanged())
    assert found.changes.touch("duplicates")
    assert not found.changes.touch(PEOPLE)
    assert found.batch == 0
    assert len(pairs(clerk)) == 1


def test_imports_undoing_and_merging_are_followed(clerk: Registry) -> None:
    first = clerk.execute(AddRecord(PEOPLE, EVE)).value.id
    rows = [[*EVE, "city"], [*EVE.values(), "Lyon"]]
    assert take_in_rows(clerk, rows, duplicates="create").created == 1
    assert pairs(clerk) == [], "nothing was put up for review"
    clerk.execute(CompareChanged())
    ((one, other),) = pairs(clerk)
    assert one == first
    batch = clerk.execute(DeleteRecords(PEOPLE, (other,))).batch
    assert clerk.execute(CompareChanged()).value.records == 0
    clerk.execute(Undo(batch))
    assert pairs(clerk) == []
    assert clerk.execute(CompareChanged()).value.records == 1
    assert pairs(clerk) == [(one, other)]
    clerk.execute(MergeRecords(one, (other,)))
    clerk.execute(CompareChanged())
    assert pairs(clerk) == []
    clerk.execute(UnmergeRecord(str(one)))
    clerk.execute(CompareChanged())
    assert pairs(clerk) == [(one, other)]


def test_whom_a_merge_took_away_joins_no_others(clerk: Registry) -> None:
    one, other, third = (clerk.execute(AddRecord(PEOPLE, EVE)).value.id for _time in range(3))
    clerk.execute(CompareChanged())
    clerk.execute(MergeRecords(one, (other,)))
    clerk.execute(CompareChanged())
    fourth = clerk.execute(AddRecord(PEOPLE, EVE)).value.id
    clerk.execute(CompareChanged())
    assert set(pairs(clerk)) == {(one, third), (one, fourth), (third, fourth)}
    with clerk._engine.connect() as connection:
        together = joining._together(connection, [one])
    assert {i for row in together for i in (row.record_id, row.other_id)} == {one, third, fourth}
    clerk.execute(UnmergeRecord(str(one)))
    clerk.execute(CompareChanged())
    assert len(pairs(clerk)) == 6


def test_parts_follow_the_history_and_miss_nobody(
    clerk: Registry, compared: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST", 2)
    monkeypatch.setattr(following, "_ENTRIES", 7)
    ids = [clerk.execute(AddRecord(PEOPLE, EVE | {"full_name": f"Eve Nave{c}"})).value.id for c in "abcde"]
    clerk.execute(LogActivity(PEOPLE, tuple(ids), {"activity": "call"}))
    while clerk.execute(CompareChanged()).value.more:
        pass
    assert sorted(i for part in compared for i in part) == ids
    assert max(map(len, compared)) == 2
    clerk.execute(FindDuplicates(everything=True))
    whole = pairs(clerk)
    assert len(whole) == 10


def test_many_wait_until_somebody_has_looked_and_few_do_not(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = post.open("clara")
    monkeypatch.setattr(running, "FEW", 2)
    assert clerk.execute(CompareChanged()).value == Followed(0, False)
    monkeypatch.setattr(running, "FEW", 5_000)
    assert clerk.execute(CompareChanged()).value.records == 3


def test_an_empty_register_has_nothing_to_compare(tmp_path: Path) -> None:
    from tests.bench.registers import PASSWORD, new_registry

    with Registry.open(new_registry(tmp_path / "registry"), "demo", PASSWORD) as registry:
        for kind in (PEOPLE, ASSOCIATIONS):
            assert registry.execute(CompareChanged(kind)).value == Followed(0, False)

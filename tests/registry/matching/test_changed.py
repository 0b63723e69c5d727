"""After a first look only what changed is compared, and the same is found as by a look over everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import AddRecord, EditRecord, FindDuplicates
from registry.fields import PEOPLE
from registry.matching import running
from registry.queries import ListDuplicates
from tests.bench.families import fill
from tests.bench.registers import PASSWORD, new_registry

#: Like one more in twenty of so many may change before everybody is compared anew.
_COUNT = 500


@pytest.fixture
def families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Families of which some are entered twice, enough to learn from."""
    monkeypatch.setattr(running, "FEW", _COUNT)
    folder = new_registry(tmp_path / "registry")
    fill(folder, _COUNT, 12)
    return Registry.open(folder, "demo", PASSWORD)


def pairs(registry: Registry, likelihood: float = 0.5) -> set[frozenset[int]]:
    """Pairs that are likely one."""
    listed = registry.read(ListDuplicates(PEOPLE, 0.5, 1_000))
    return {frozenset((pair.one.id, pair.other.id)) for pair in listed if pair.likelihood >= likelihood}


def test_changes_alone_find_what_a_look_over_everybody_finds(families: Registry) -> None:
    with families as registry:
        first = registry.execute(FindDuplicates()).value
        assert first.records > _COUNT
        before = pairs(registry)
        known = sorted(before, key=min)
        for one, other in (sorted(pair) for pair in known[:8]):
            registry.execute(EditRecord(PEOPLE, other, {"birth_date": f"19{one % 50 + 40}-01-0{one % 8 + 1}"}))
        again = [
            registry.execute(
                AddRecord(PEOPLE, {"given_name": f"Zeno{letter}", "family_name": "Quint", "birth_date": "1971-04-05"})
            ).value
            for letter in "aabb"
        ]
        touched = {i for pair in known[:8] for i in pair} | {record.id for record in again}
        found = registry.execute(FindDuplicates()).value
        assert found.records == 12
        alone, surely_alone = pairs(registry), pairs(registry, 0.9)
        assert registry.execute(FindDuplicates(everything=True)).value.records == first.records + 4
        whole, surely = pairs(registry), pairs(registry, 0.9)
    # What is as likely one as not may fall to either side, since a look over everybody learns anew.
    assert {pair for pair in surely if pair & touched} <= alone
    assert {pair for pair in surely_alone if pair & touched} <= whole
    assert {frozenset((again[0].id, again[1].id)), frozenset((again[2].id, again[3].id))} <= set(alone)


def test_nothing_changed_finds_nothing_new(families: Registry) -> None:
    with families as registry:
        registry.execute(FindDuplicates())
        before = pairs(registry)
        assert registry.execute(FindDuplicates()).value.records == 0
        assert pairs(registry) == before


def test_few_records_are_always_compared_whole(families: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "FEW", 10 * _COUNT)
    with families as registry:
        first = registry.execute(FindDuplicates()).value
        assert registry.execute(FindDuplicates()).value.records == first.records

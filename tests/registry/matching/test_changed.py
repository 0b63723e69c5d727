"""After a first look only what changed is compared, and the same is found as by a look over everybody."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.models import duplicate_pair
from registry.app import Registry
from registry.commands import AddRecord, EditRecord, FindDuplicates
from registry.fields import PEOPLE
from registry.matching import compare, finding, queue, running
from registry.progress import SILENT
from registry.queries import GetRecord, ListDuplicates
from tests.bench.families import again, entries, fill
from tests.bench.registers import PASSWORD, new_registry
from tests.registry.post import cheap_keys

#: Like one more in twenty of so many may change before everybody is compared anew.
_COUNT = 500
#: What is told again of somebody who comes a second time.
_SAID = ("full_name", "given_name", "family_name", "native_name", "sex", "birth_date", "phone", "email", "address")


@pytest.fixture
def families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Families of which some are entered twice, enough to learn from."""
    monkeypatch.setattr(running, "FEW", _COUNT)
    with cheap_keys():
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


def kept(registry: Registry) -> dict[tuple[int, int], dict[str, Any]]:
    """Every pair as it is kept, with the level of each field and what it says."""
    with registry._engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(duplicate_pair)).mappings()]
    return {(row["record_id"], row["other_id"]): row | {"evidence": evidence(row["evidence"])} for row in rows}


def anew(registry: Registry) -> dict[tuple[int, int], dict[str, Any]]:
    """The same as a look over everybody would find it that takes for granted what the last one learned."""
    with registry._engine.connect() as connection, pytest.MonkeyPatch.context() as patched:
        learned = running.learned(connection, PEOPLE)
        patched.setattr(finding, "_learned", lambda *_: learned)
        found = finding.find(connection, PEOPLE, {}, SILENT)
    rows: list[dict[str, Any]] = [
        dict(zip(queue.COLUMNS, row, strict=True)) for row in running.rows_of(found, PEOPLE, 0, len(found.first))
    ]
    return {(row["record_id"], row["other_id"]): row | {"evidence": evidence(row["evidence"])} for row in rows}


def evidence(codes: Any) -> dict[str, tuple[int, int]]:
    return {field: (level, says) for field, level, says in json.loads(codes)}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000), count=st.integers(1, 12))
def test_of_what_changed_the_same_is_said_as_by_a_look_over_everybody(
    families: Registry, seed: int, count: int
) -> None:
    """Field by field; only how rare an equal value other than a name is, is known to a look over everybody alone."""
    random = Random(seed)
    with Registry.open(families.folder, "demo", PASSWORD) as registry:
        registry.execute(FindDuplicates(everything=True))
        changed = {change(registry, random) for _change in range(count)}
        before = kept(registry)
        assert registry.execute(FindDuplicates()).value.records <= count
        alone, whole = kept(registry), anew(registry)
    for pair, row in before.items():
        if not changed.intersection(pair):
            assert alone[pair]["likelihood"] == row["likelihood"]
    told = {pair: row for pair, row in whole.items() if changed.intersection(pair)}
    likely = {pair for pair, row in told.items() if row["likelihood"] >= 9_000}
    assert likely <= alone.keys()
    for pair in told.keys() & alone.keys():
        assert alone[pair]["basis"] == told[pair]["basis"]
        here, there = alone[pair]["evidence"], told[pair]["evidence"]
        assert {field: level for field, (level, _says) in here.items()} == {
            field: level for field, (level, _says) in there.items()
        }
        for field, (level, says) in here.items():
            assert says == there[field][1] or level == compare.SAME


def change(registry: Registry, random: Random) -> int:
    """Somebody is entered again or changed; returns who."""
    what, record_id = random.randrange(5), random.randrange(1, _COUNT)
    values = registry.read(GetRecord(PEOPLE, record_id)).values
    if what == 0:
        person = next(islice(entries(60, 0), random.randrange(60), None))[1]
        twice = {name: text for name, text in again(person, random).items() if name.split(".")[0] in _SAID}
        return int(registry.execute(AddRecord(PEOPLE, twice)).value.id)
    if what == 1:
        texts = {name: values[name] for name in ("full_name", "birth_date", "email") if values.get(name)}
        return int(registry.execute(AddRecord(PEOPLE, texts)).value.id)
    day = f"19{random.randrange(40, 99)}-0{random.randrange(1, 9)}-11"
    changes = ({"birth_date": day}, {"given_name": "Zeno", "email": "zeno@example.org"}, {"address.city": "Elsewhere"})
    registry.execute(EditRecord(PEOPLE, record_id, random.choice(changes)))
    return record_id

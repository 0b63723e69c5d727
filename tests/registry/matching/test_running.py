"""A look over everybody: the same each time, in any order, and stopped without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.models import duplicate_pair, matching_run
from registry.app import Registry
from registry.commands import FindDuplicates, LoadDemonstration
from registry.errors import Cancelled
from registry.fields import PEOPLE
from registry.progress import Recorded
from registry.queries import FindByNumber
from tests.bench.families import entries
from tests.bench.registers import PASSWORD, new_registry
from tests.registry.post import cheap_keys

_COUNT = 150
#: A person, and how many are entered again.
PEOPLE_TWICE = [person for _who, person in entries(_COUNT, 6)]


def filled(folder: Path, people: list[dict[str, str]]) -> Registry:
    """A registry of these people, in their order."""
    with cheap_keys():
        new_registry(folder)
    registry = Registry.open(folder, "demo", PASSWORD)
    registry.execute(LoadDemonstration(PEOPLE, tuple(people)))
    return registry


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return filled(tmp_path / "registry", PEOPLE_TWICE)


def kept(registry: Registry) -> list[tuple[Any, ...]]:
    """The pairs as they are kept, and what was learned."""
    with registry._engine.connect() as connection:
        pairs = select(duplicate_pair).order_by(duplicate_pair.c.record_id, duplicate_pair.c.other_id)
        runs = select(matching_run.c.kind, matching_run.c.records, matching_run.c.model)
        return [tuple(row) for rows in (pairs, runs) for row in connection.execute(rows)]


class Stopped(Recorded):
    """Stops at a report, and notes how long it took from one to the next."""

    def __init__(self, at: int = -1) -> None:
        super().__init__()
        self.at, self.reports = at, 0
        self.longest, self._last = 0.0, time.process_time()

    def step(self, done: int, total: int, message: str) -> None:
        self.longest = max(self.longest, time.process_time() - self._last)
        self._last = time.process_time()
        assert message
        assert total == 0 or 0 <= done <= total
        self.reports += 1
        if self.reports == self.at:
            self.cancel()
        super().step(done, total, message)


def test_stopped_anywhere_nothing_is_half_done_and_it_stops_soon(registry: Registry) -> None:
    with registry:
        registry.execute(FindDuplicates())
        registry.execute(LoadDemonstration(PEOPLE, tuple(person for _who, person in entries(40, 2))))
        before, watched = kept(registry), Stopped()
        registry.execute(FindDuplicates(everything=True), watched)
        after = kept(registry)
        assert after != before
        assert watched.reports > 30
        assert watched.longest < 2
        assert not watched.cancellable
        registry.execute(LoadDemonstration(PEOPLE, tuple(person for _who, person in entries(40, 2))))
        for at in range(1, watched.reports + 1, watched.reports // 12):
            with pytest.raises(Cancelled):
                registry.execute(FindDuplicates(everything=True), Stopped(at))
            assert kept(registry) == after


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000))
def test_the_order_in_which_people_came_changes_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    found = []
    for people in (PEOPLE_TWICE, Random(seed).sample(PEOPLE_TWICE, len(PEOPLE_TWICE))):
        with filled(tmp_path_factory.mktemp("post") / "registry", people) as registry:
            registry.execute(FindDuplicates())
            ids = {registry.read(FindByNumber(person["external_id"]))[1]: person["external_id"] for person in people}
            pairs = [row for row in kept(registry) if row[2] == PEOPLE and len(row) == len(duplicate_pair.c)]
        groups: dict[object, set[str]] = {}
        for one, other, _kind, _likelihood, cluster, *_evidence in pairs:
            if cluster is not None:
                groups.setdefault(cluster, set()).update((ids[one], ids[other]))
        said = {(frozenset((ids[one], ids[other])), *rest) for one, other, _kind, *rest in _without_group(pairs)}
        found.append((said, {frozenset(some) for some in groups.values()}))
    assert found[0] == found[1]
    assert len(found[0][1]) > _COUNT // 8


def _without_group(pairs: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(*row[:4], *row[5:]) for row in pairs]


def test_every_process_finds_the_same(registry: Registry, tmp_path: Path) -> None:
    registry.close()
    (tmp_path / "password").write_text(PASSWORD)
    listed = []
    for seed in ("1", "2"):
        path = tmp_path / f"pairs{seed}.csv"
        options = ["--registry", str(registry.folder), "--user", "demo", "--password-file", str(tmp_path / "password")]
        command = [sys.executable, "-m", "ui.main", *options, "duplicates", "--all", "-o", str(path)]
        done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        listed.append(path.read_text(encoding="utf-8"))
    assert listed[0] == listed[1]
    assert listed[0].count("\n") > _COUNT // 8

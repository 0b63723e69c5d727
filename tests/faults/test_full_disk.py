"""The disk is full in the middle of each operation: a sentence, nothing half done, reading goes on."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.commands import EditRecord
from tests.faults import fullness
from tests.faults.examining import faults
from tests.faults.processes import Process
from tests.registry import post as posts
from tests.registry.post import BO

#: Windows has no limit on the size of a file.
OPERATIONS = () if sys.platform == "win32" else fullness.OPERATIONS


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return posts.make(tmp_path_factory.mktemp("template") / "registry")


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Process]]:
    """A process that has begun to start while the one before is at work."""
    processes = [Process(tmp_path_factory.mktemp("full"))]
    yield processes
    processes[0].kill()


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_full_disk_in_the_middle_of(
    template: Path, waiting: list[Process], tmp_path: Path, long_run: bool, name: str
) -> None:
    folder = Path(shutil.copytree(template, tmp_path / "registry"))
    process = waiting.pop()
    process.begin(do="full", name=name, copy=str(folder), steps=4 if long_run else 1)
    waiting.append(Process(tmp_path.parent))
    assert process.finish() == 0, process.told[-1:]
    *refused, done = process.told
    assert done.get("done") is True
    assert [one for one in refused if one["problems"]] == []
    assert len(refused) >= 3, "too few faults were injected"
    assert all("disk" in one["refused"] or "could not be written" in one["refused"] for one in refused)
    assert faults(folder, [done]) == []
    left = [f.name for f in tmp_path.rglob("*") if f.name.endswith(".new") or f.name.startswith(".")]
    assert left == []


@pytest.mark.parametrize("edited", OPERATIONS[:1])
def test_without_the_rollback_halves_would_be_seen(template: Path, tmp_path: Path, edited: str) -> None:
    """What a try must leave as it was is compared: one that leaves something is told."""
    full = fullness.Full(Path(shutil.copytree(template, tmp_path / "registry")))
    before = full._state()
    assert fullness._differing(before, full._state()) == []
    full.registry.execute(EditRecord("people", BO, {"title": edited}))
    (full.papers / "half.pdf").write_bytes(b"%PDF")
    assert fullness._differing(before, full._state()) == ["history", "people", "papers"]
    full.registry.close()

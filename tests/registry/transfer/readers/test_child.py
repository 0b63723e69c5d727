"""Whatever happens in a guarded child, the parent goes on and says one sentence."""

from __future__ import annotations

import os
import sys
import time
from itertools import islice

import pytest

from db import platform
from registry.errors import BadFile, Cancelled
from registry.transfer.readers import child
from tests.registry.transfer.readers import misbehaving


@pytest.fixture(autouse=True)
def _misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    executable, isolated, without_site, program, _source, *paths = child._command()
    command = [executable, isolated, without_site, program, misbehaving.PROGRAM, *paths]
    monkeypatch.setattr(child, "_command", lambda: command)


def test_batches_arrive_in_order() -> None:
    batches = list(child.run_guarded("count", [25_000, 2_000]))
    assert [len(batch) for batch in batches] == [2_000] * 12 + [1_000]
    assert [item for batch in batches for item in batch] == list(range(25_000))


def test_one_child_answers_several_requests() -> None:
    with child.GuardedChild() as guarded:
        first = list(guarded.run("count", [3, 2]))
        second = list(guarded.run("count", [2, 2]))
        assert guarded.alive
    assert (first, second) == ([[0, 1], [2]], [[0, 1]])
    assert not guarded.alive


@pytest.mark.parametrize("task", ["abort", "leave", "panic", "hog"])
def test_a_dying_child_is_one_sentence(task: str) -> None:
    with pytest.raises(BadFile, match="damaged"):
        list(child.run_guarded(task, []))


@pytest.mark.parametrize(("task", "patience"), [("hang", 1), ("toil", 1_000)])
def test_a_child_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch, task: str, patience: int) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.3)
    monkeypatch.setattr(child, "PATIENCE", patience)
    started = time.monotonic()
    with child.GuardedChild() as guarded, pytest.raises(BadFile, match="too long"):
        list(guarded.run(task, []))
    assert time.monotonic() - started < 10
    assert not guarded.alive


def test_a_child_that_gets_no_processor_has_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.5)
    started = time.monotonic()
    assert list(child.run_guarded("doze", [1.2])) == [[1]]
    assert time.monotonic() - started > 2 * child.SECONDS


def test_each_task_has_time_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with child.GuardedChild() as guarded:
        assert len(list(guarded.run("count", [4_000_000, 2_000]))) == 2_000
        used = platform.processor_time(guarded.pid)
        assert used is not None
        monkeypatch.setattr(child, "SECONDS", used / 2)
        assert list(guarded.run("doze", [used])) == [[1]]


def test_a_child_over_the_memory_limit_is_ended_by_the_parent_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MEMORY_LIMIT", 1 << 20)  # the parent's view only: the child has its own
    with pytest.raises(BadFile, match="memory"):
        list(child.run_guarded("hang", []))


def test_a_slow_parent_does_not_use_up_the_childs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 1.0)
    seen = 0
    for batch in child.run_guarded("count", [5, 1]):
        time.sleep(0.4)
        seen += len(batch)
    assert seen == 5


def test_a_refusal_keeps_its_sentence() -> None:
    with pytest.raises(BadFile) as refusal:
        list(child.run_guarded("refuse", []))
    assert str(refusal.value) == "At most 3 rows."


def test_what_a_library_prints_does_no_harm() -> None:
    assert list(child.run_guarded("chatter", [])) == [[1, 2]]


def test_a_large_batch_crosses_in_pieces() -> None:
    batches = list(child.run_guarded("large", [2_000, 32_767]))
    assert len(batches) > 1
    assert batches[0][0][0] == "a"
    assert sum(len(text) for batch in batches for text in batch) == 2_000 * 32_767


def test_cancel_ends_the_child() -> None:
    started = time.monotonic()

    def report(_items: int) -> None:
        if time.monotonic() - started > 0.2:
            raise Cancelled

    with child.GuardedChild() as guarded, pytest.raises(Cancelled):
        list(guarded.run("hang", [], report))
    assert not guarded.alive
    assert platform.resident_memory(guarded.pid) is None
    assert time.monotonic() - started < 2


def test_an_unread_child_ends_with_its_iterator() -> None:
    with child.GuardedChild() as guarded:
        batches = guarded.run("count", [1_000_000, 10])
        assert next(iter(batches)) == list(range(10))
        batches.close()  # type: ignore[attr-defined]
        assert not guarded.alive


def test_the_program_s_own_variables_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIASPORA_REGISTRY_PASSWORD_FILE", "/nowhere")
    monkeypatch.setenv("AN_ORDINARY_VARIABLE", "1")
    names = [name for batch in child.run_guarded("variables", []) for name in batch]
    assert "AN_ORDINARY_VARIABLE" in names
    assert not [name for name in names if name.startswith("DIASPORA_REGISTRY")]


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(BadFile):
        list(child.run_guarded("os:system", ["true"]))


def test_reports_come_while_the_child_is_silent() -> None:
    reports: list[int] = []

    def report(items: int) -> None:
        reports.append(items)
        if len(reports) > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(islice(child.run_guarded("hang", [], report), 1))
    assert reports == [0] * 6


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child._command() == [sys.executable, "--guarded-child"]
    served: list[bool] = []
    monkeypatch.setattr(child, "serve_and_exit", lambda: served.append(True))
    child.run_if_child(["program", "--guarded-child"])
    assert served == [True]
    child.run_if_child(["program", "import", "--guarded-child"])
    assert served == [True]


def test_no_file_handles_are_left() -> None:
    folder = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
    before = len(os.listdir(folder)) if os.path.isdir(folder) else 0
    for _round in range(3):
        list(child.run_guarded("count", [10, 5]))
        with pytest.raises(BadFile):
            list(child.run_guarded("abort", []))
    after = len(os.listdir(folder)) if os.path.isdir(folder) else 0
    assert after <= before

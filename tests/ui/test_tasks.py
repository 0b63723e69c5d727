"""Work off the window's thread."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from registry.errors import Invalid, RegistryError
from registry.i18n import N_
from registry.progress import Progress
from ui.tasks import Workers

WRONG = N_("There is nothing to undo.")


@pytest.fixture
def workers(qtbot: QtBot) -> Workers:
    return Workers(lambda error: pytest.fail(str(error)))


def test_results_come_on_the_windows_thread(qtbot: QtBot, workers: Workers) -> None:
    heard: list[tuple[int, int]] = []
    workers.call(lambda _progress: threading.get_ident(), lambda worker: heard.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    worker, here = heard[0]
    assert here == threading.get_ident() != worker
    workers.close()


def test_expected_failures_go_to_their_own_answer(qtbot: QtBot, workers: Workers) -> None:
    heard: list[RegistryError] = []

    def fail(_progress: Progress) -> None:
        raise Invalid(WRONG)

    workers.call(fail, lambda _nothing: pytest.fail("done"), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0]) == WRONG
    workers.close()


def test_only_the_last_question_of_a_key_is_answered(qtbot: QtBot, workers: Workers) -> None:
    heard: list[int] = []
    gate = threading.Event()

    def slow(_progress: Progress) -> int:
        gate.wait(5)
        return 1

    workers.call(slow, heard.append, key="list")
    workers.call(lambda _progress: 2, heard.append, key="list")
    gate.set()
    qtbot.waitUntil(lambda: not workers.tasks)
    assert heard == [2]
    workers.close()


def test_cancel_reaches_the_work(qtbot: QtBot, workers: Workers) -> None:
    heard: list[str] = []
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            started.set()
            progress.step(1, 2, "half")

    task = workers.call(work, lambda _nothing: heard.append("done"), on_cancelled=lambda: heard.append("cancelled"))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["cancelled"]
    workers.close()


def test_closing_cancels_and_waits(workers: Workers) -> None:
    started, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        try:
            while True:
                started.set()
                progress.step(0, 0, "")
        finally:
            ended.set()

    workers.call(work, lambda _nothing: pytest.fail("done"))
    assert started.wait(5)
    workers.close()
    assert ended.is_set()

"""The collector of the window's thread: garbage goes, but not while bulk work would have to wait for it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from registry.collecting import collector_paused
from ui.collecting import Collector


class Knot:
    """Something that only the collector frees."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector(qapp)
    yield made
    made.stop()


def test_garbage_is_collected_once_no_bulk_work_runs(collector: Collector) -> None:
    gc.collect()
    with collector_paused():
        forgotten = weakref.ref(Knot())
        made: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 1)]
        collector.collect()
        assert forgotten() is not None
    collector.collect()
    assert forgotten() is None
    assert made

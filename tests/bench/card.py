"""The card of a person in a registry of 100,000 people: opening it, and saving an edit."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

from registry.access import Role, Session
from registry.app import Registry
from registry.commands import EditRecord, LoadDemonstration
from registry.demo.people import people
from registry.queries import FieldOrigins, GetRecord, ListIds
from tests import whole_person
from tests.bench.registers import PASSWORD, new_registry
from tests.bench.rows import Row, row

#: People whose cards are opened and saved.
_CARDS = 100


def main(small: bool = False) -> list[Row]:
    """Medians of wall time, which other work on the machine lengthens, and of the time this process computed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")  # laying out costs more in the program's own style
    count, cards = (300, 10) if small else (100_000, _CARDS)
    with tempfile.TemporaryDirectory() as name:
        folder = filled_registry(Path(name) / "registry", count)
        with Registry.open(folder, "demo", PASSWORD) as registry:
            lines = measure_in(registry, count, cards, application.processEvents)
    return lines


def filled_registry(folder: Path, count: int) -> Path:
    """A registry of invented people with every group of fields, and one of whom everything is written down."""
    new_registry(folder)
    stream = people(count - 1, 7)
    with Registry.open(folder, "demo", PASSWORD) as registry:
        while some := tuple(islice(stream, 10_000)):
            registry.execute(LoadDemonstration("people", some))
        registry.execute(LoadDemonstration("people", (whole_person.texts(),)))
    return folder


def measure_in(registry: Registry, count: int, cards: int, settle: Callable[[], object]) -> list[Row]:
    """The rows, measured in an open registry whose newest person is the whole one."""
    from ui.card.reading import ReadingView

    ids = list(registry.read(ListIds("people")))
    chosen = Random(3).sample(ids, cards)
    view = ReadingView("people", Session(1, "demo", Role.ADMINISTRATOR))
    view.resize(440, 500)
    view.show()

    def open_card(record_id: int) -> None:
        view.take(registry.read(GetRecord("people", record_id)), {})
        view.show_part(0)
        settle()

    def save(record_id: int) -> None:
        registry.execute(EditRecord("people", record_id, {"title": f"Dr {record_id}", "phone": "+33 1 99 00 12 35"}))

    lines: list[Row] = []
    for words, work, some, bar in (
        ("opening a card", open_card, chosen, "<= 100"),
        ("opening the card of a whole person", open_card, [max(ids)] * cards, "<= 100"),
        ("where its values come from", lambda i: registry.read(FieldOrigins(i)), chosen, "<= 20"),
        ("saving an edit", save, chosen, "<= 100"),
    ):
        work(some[0])  # what is made once, such as statements and fonts
        wall, computed = _medians(work, some)
        lines.append(row(f"{words}, {count:,} people, median ms", wall, 0, bar))
        lines.append(row(f"{words}, {count:,} people, median ms of CPU", computed, 0, bar))
    return lines


def _medians(work: Callable[[int], object], some: list[int]) -> tuple[float, float]:
    """Milliseconds of a call: by the clock, and computed by this process."""
    walls, computed = [], []
    for record_id in some:
        started, before = time.perf_counter(), time.process_time()
        work(record_id)
        walls.append((time.perf_counter() - started) * 1000)
        computed.append((time.process_time() - before) * 1000)
    return median(walls), median(computed)

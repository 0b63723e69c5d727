"""Facets and tables over packed columns: filled once, counted for several queries, kept current after a change."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from registry.app import Registry
from registry.commands import EditRecord
from registry.fields import PEOPLE
from registry.packed.columns import Column
from registry.packed.store import _stores
from registry.queries import Facets, ListIds, SkillsInventory
from tests.bench.registers import CROWD, PASSWORD, skilled_registry
from tests.bench.rows import Row, row

_QUERIES = ("", "sex:female", "(country:FRA OR country:DEU) language:fr", "birth_date>=30y birth_date<45y", "city:lyon")
_TABLES = (("occupation.1", "country"), ("occupation.4", "skill"), ("language", "education"))
#: What each facet takes at least: so many records picked out of a column of two bytes each, and counted.
_FACETS = 12
_MILLION = 1_000_000


def main(small: bool = False) -> list[Row]:
    """Each question three times; the middle one counts, in seconds of the processor that this program used."""
    kept = "" if small else os.environ.get(CROWD, "")
    if kept:
        return _measured(Path(kept))
    with tempfile.TemporaryDirectory() as name:
        return _measured(skilled_registry(Path(name) / "registry", 200 if small else 100_000))


def _measured(folder: Path) -> list[Row]:
    with Registry.open(folder, "demo", PASSWORD) as registry:
        ids = registry.read(ListIds(PEOPLE))
        lines = [
            row(f"columns of {len(ids):,} people, filled, s", once(partial(registry.read, Facets(PEOPLE))), 0, "-")
        ]
        peer = middle(partial(_counted, len(ids)))
        for query in _QUERIES:
            taken = middle(partial(registry.read, Facets(PEOPLE, query)))
            lines.append(row(f"facets of “{query}”, ms (peer: numpy alone)", taken * 1000, peer * 1000, "<= 300"))
        registry.execute(EditRecord(PEOPLE, ids[0], {"sex": "other", "address.city": "Elsewhere"}))
        lines.append(row("facets after a change, ms", once(partial(registry.read, Facets(PEOPLE))) * 1000, 0, "<= 300"))
        for down, across in _TABLES:
            asked = SkillsInventory("", down, across)
            lines.append(row(f"table {down} x {across}, first, s", once(partial(registry.read, asked)), 0, "-"))
            lines.append(row(f"table {down} x {across}, s", middle(partial(registry.read, asked)), 0, "<= 1"))
        if len(ids) < _MILLION:
            lines += _many_times(registry, -(-_MILLION // len(ids)) if len(ids) > 1000 else 3)
    return lines


def grown(registry: Registry, times: int) -> int:
    """Have the same people so many times over, in the packed columns alone; how many they are then."""
    kept = _stores[registry._engine].kept
    for held, one in kept.items():
        column, many = one.column, one.column.size - 1
        owners = [column.owners + many * time for time in range(times)]
        first = np.concatenate((column.first[:1], np.tile(column.first[1:], times)))
        larger = Column(column.values, first, np.concatenate(owners), np.tile(column.numbers, times))
        kept[held] = replace(one, column=larger, derived={})
    return times * many


def _many_times(registry: Registry, times: int) -> list[Row]:
    """What counting takes, without the store."""
    people = grown(registry, times)
    said = f"of {people:,} people"
    lines = []
    for query in _QUERIES:
        registry.read(Facets(PEOPLE, query))
        taken, peer = middle(partial(registry.read, Facets(PEOPLE, query))), middle(partial(_counted, people))
        lines.append(row(f"facets {said}, “{query}”, ms", taken * 1000, peer * 1000, "<= 300"))
    for down, across in _TABLES:
        taken = middle(partial(registry.read, SkillsInventory("", down, across)))
        lines.append(row(f"table {said}, {down} x {across}, s", taken, 0, "<= 1, <= 3 of skills, languages"))
    columns = [one.column for one in _stores[registry._engine].kept.values()]
    size = sum(c.first.nbytes + c.owners.nbytes + c.numbers.nbytes for c in columns)
    return [*lines, row(f"columns {said}, MB", size / 1e6, 0, "-")]


def _counted(many: int) -> None:
    numbers, among = np.arange(many, dtype=np.uint16) % 200, np.ones(many, np.bool_)
    for _facet in range(_FACETS):
        np.bincount(numbers[among])


def once(ask: Callable[[], object]) -> float:
    started = time.process_time()
    ask()
    return time.process_time() - started


def middle(ask: Callable[[], object]) -> float:
    return sorted(once(ask) for _round in range(3))[1]

"""Statistics by two fields at once, and the map: first, when columns are filled, and after; SQL grouping beside it."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

from sqlalchemy import text

from registry.app import Registry
from registry.fields import PEOPLE
from registry.queries import CountBy, ListIds, WorldMap
from tests.bench.facets import grown, middle, once
from tests.bench.registers import CROWD, PASSWORD, skilled_registry
from tests.bench.rows import Row, row

#: Two fields; the bar; and the same in SQL, of those that a single statement can group.
_TABLES = (
    ("address.country", "sex", "<= 1", "address"),
    ("age", "sex", "<= 1", ""),
    ("generation", "state", "<= 1", "SELECT generation, state, count(*) FROM person GROUP BY 1, 2"),
    ("departure_period", "generation", "<= 1", ""),
    ("occupation.1", "education", "<= 1", ""),
    ("membership", "age", "<= 1", ""),
    ("host.dual_citizenship", "generation", "<= 1", ""),
    ("language", "education", "<= 3", "language"),
    ("skill", "address.country", "<= 3", "skill"),
)
_SQL = {
    "address": "SELECT a.country, p.sex, count(DISTINCT p.id) FROM person p LEFT JOIN address a ON a.record_id = p.id "
    "AND (a.valid_to IS NULL OR a.valid_to >= date('now')) GROUP BY 1, 2",
    "language": "SELECT l.language, e.level, count(DISTINCT p.id) FROM person p LEFT JOIN spoken_language l "
    "ON l.record_id = p.id LEFT JOIN education e ON e.record_id = p.id GROUP BY 1, 2",
    "skill": "SELECT s.skill, a.country, count(DISTINCT p.id) FROM person p LEFT JOIN skill s ON s.record_id = p.id "
    "LEFT JOIN address a ON a.record_id = p.id GROUP BY 1, 2",
}
#: As they may be published: many small counts to be hidden.
_PUBLISHED = (("address.country", "sex"), ("address.country", "occupation"), ("address.city", "occupation"))
_MILLION = 1_000_000


def main(small: bool = False) -> list[Row]:
    """Each table once to fill its columns, then three times; seconds of the processor that this program used."""
    kept = "" if small else os.environ.get(CROWD, "")
    if kept:
        return _measured(Path(kept))
    with tempfile.TemporaryDirectory() as name:
        return _measured(skilled_registry(Path(name) / "registry", 200 if small else 100_000))


def _measured(folder: Path) -> list[Row]:
    lines: list[Row] = []
    with Registry.open(folder, "demo", PASSWORD) as registry:
        people = len(registry.read(ListIds(PEOPLE)))
        for down, across, bar, sql in _TABLES:
            ask = partial(registry.read, CountBy((down, across)))
            filled = once(ask)
            peer = once(partial(_grouped, registry, _SQL.get(sql, sql))) if sql else 0
            lines.append(row(f"{down} x {across} of {people:,}, first, s (peer: GROUP BY)", filled, peer, "-"))
            lines.append(row(f"{down} x {across}, after that, s", middle(ask), peer, bar))
        ask_map = partial(registry.read, WorldMap())
        lines.append(row(f"map of {people:,}, first, s", once(ask_map), 0, "-"))
        lines.append(row(f"map of {people:,}, after that, s", middle(ask_map), 0, "<= 1"))
        if people < _MILLION:
            lines += _of_a_million(registry, people)
        for down, across in _PUBLISHED:
            ask = partial(registry.read, CountBy((down, across), public=True))
            lines.append(row(f"{down} x {across}, as published, s", once(ask), 0, "-"))
    return lines


def _of_a_million(registry: Registry, people: int) -> list[Row]:
    """The same people so many times over, in the packed columns alone."""
    many = grown(registry, -(-_MILLION // people) if people > 1000 else 3)
    lines = []
    for down, across, bar, _sql in _TABLES:
        ask = partial(registry.read, CountBy((down, across)))
        ask()
        lines.append(row(f"{down} x {across} of {many:,}, s", middle(ask), 0, bar))
    return lines


def _grouped(registry: Registry, sql: str) -> None:
    with registry._engine.connect() as connection:
        connection.execute(text(sql)).all()

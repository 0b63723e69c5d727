"""Search over 25,000 people, encrypted: the time of one question in an open registry."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from registry.app import Registry
from registry.queries import CompleteQuery, ListIds, Search
from registry.transfer.options import ImportOptions
from tests.bench.registers import PASSWORD, new_registry, rows, workbook
from tests.bench.rows import Row, row

QUESTIONS = 300
#: Queries as they are typed, letter by letter.
TYPED = (
    "country:france", "city:ly", "sex:female", "state:active", "language:fr>=b2", "born:198", "born>=18y", "phone:none",
    "occupation:nurse", "skill:nursing", "near:lyon<100km", "consent:news/letter", "family_name:mar",
)  # fmt: skip


def main(small: bool = False) -> list[Row]:
    """Whole names, prefixes, words and fields, in a fixed random order."""
    count = 300 if small else 25_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        registry_folder = new_registry(folder / "registry")
        with Registry.open(registry_folder, "demo", PASSWORD) as registry:
            _fill(registry, workbook(folder / "people.xlsx", count))
            times = sorted(_seconds(registry, question) for question in _questions(count))
            started = time.perf_counter()
            registry.read(ListIds("people"))
            everybody = time.perf_counter() - started
            typed = sorted(_completing(registry))
    return [
        row(f"search over {count:,}, p95 ms", times[int(len(times) * 0.95)] * 1000, 0, "<= 30"),
        row(f"search over {count:,}, median ms", times[len(times) // 2] * 1000, 0, "-"),
        row(f"all {count:,} ids by name, ms", everybody * 1000, 0, "-"),
        row(f"offers while typing over {count:,}, p95 ms", typed[int(len(typed) * 0.95)] * 1000, 0, "<= 50"),
        row(f"offers while typing over {count:,}, median ms", typed[len(typed) // 2] * 1000, 0, "-"),
    ]


def _fill(registry: Registry, book: Path) -> None:
    from registry.commands import ImportRecords
    from registry.queries import PlanImport

    plan = registry.read(PlanImport(book, ImportOptions(duplicates="create")))
    registry.execute(ImportRecords(plan))


def _questions(count: int) -> list[str]:
    chance = random.Random(11)
    names = [texts[1] for texts in rows(count) if texts[1]]
    questions = []
    for _ in range(QUESTIONS if count > 1000 else 20):
        name = chance.choice(names)
        word = chance.choice(name.split())
        questions.append(
            chance.choice([name, word, word[:3], word[:2], f"sex:female {word[:4]}", f'"{name}"', name.lower()])
        )
    return questions


def _completing(registry: Registry) -> list[float]:
    """The time of the offers after each letter of some queries; the first ones of a field count its values."""
    times = []
    for query in TYPED:
        for length in range(2, len(query) + 1):
            started = time.perf_counter()
            registry.read(CompleteQuery("people", query[:length], length))
            times.append(time.perf_counter() - started)
    return times


def _seconds(registry: Registry, question: str) -> float:
    started = time.perf_counter()
    registry.read(Search(question, limit=50))
    return time.perf_counter() - started

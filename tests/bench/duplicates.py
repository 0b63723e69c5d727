"""Duplicates in the public lists, through the real commands: import, `duplicates`, and the score of the groups.

`DIASPORA_TEST_DATA` names the folder of the public data sets; without it only the time of invented people is measured.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench.public_people import convert
from tests.bench.registers import new_registry, workbook
from tests.bench.rows import Measured, Row, measure, row
from tests.conftest import TEST_DATA

#: The lists, and the least F1 of their groups.
LISTS = {"febrl1": 0.999, "febrl3": 0.999, "fake1000_a": 0.93, "historical_a": 0.925, "diaspora_synth_a": 0.965}


def main(small: bool = False) -> list[Row]:
    """F1, precision and recall of the groups by list, then seconds and memory."""
    folder = TEST_DATA / "matching"
    lists = [name for name in LISTS if (folder / f"{name}.csv").exists()]
    lines: list[Row] = []
    for name in lists[:1] if small else lists:
        lines += _scored(folder, name)
    count = 300 if small else 100_000
    with tempfile.TemporaryDirectory() as place:
        registry = new_registry(Path(place) / "registry")
        run(registry, "import", str(workbook(Path(place) / "people.xlsx", count)), "--duplicates", "create")
        measured = run(registry, "duplicates")
    lines.append(row(f"duplicates over {count:,}, s", measured.seconds, 0, "<= 25"))
    lines.append(row(f"duplicates over {count:,}, MB", measured.memory / 1e6, 0, "<= 400"))
    return lines


def run(registry: Path, *arguments: str) -> Measured:
    """One command of the program; 1 as its status says that there is something to look at."""
    options = ["--registry", str(registry), "--user", "demo", "--password-file", str(registry.parent / "password")]
    return measure(["-m", "ui.main", *options, "--json", *arguments], attention=True)


def groups(path: Path) -> dict[str, str]:
    """External id -> group, from the list of duplicates."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [line for line in csv.DictReader(stream) if line["cluster"]]
    return {line[side]: line["cluster"] for line in rows for side in ("external_a", "external_b")}


def score(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """F1, precision and recall over pairs of one group."""
    known = {one: found.get(one, f"alone {one}") for one in gold}
    right = _pairs(Counter((known[one], gold[one]) for one in gold))
    told, wanted = _pairs(Counter(known.values())), _pairs(Counter(gold.values()))
    precision, recall = right / max(told, 1), right / max(wanted, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def _scored(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}_gold.csv").open(encoding="utf-8", newline="") as stream:
        gold = {line["rec_id"]: line["cluster"] for line in csv.DictReader(stream)}
    with tempfile.TemporaryDirectory() as place:
        registry, source, listed = (
            new_registry(Path(place) / "registry"),
            Path(place, "list.csv"),
            Path(place, "pairs.csv"),
        )
        convert(folder / f"{name}.csv", source)
        run(registry, "import", str(source), "--duplicates", "create")
        measured = run(registry, "duplicates", "-o", str(listed))
        answer = json.loads(measured.output[measured.output.index("{") :])
        f1, precision, recall = score(gold, groups(listed))
    return [
        row(f"{name}: F1 of groups", f1, 0, f">= {LISTS[name]}"),
        row(f"{name}: precision", precision, 0, ">= 0.985"),
        row(f"{name}: recall", recall, 0, ""),
        row(f"{name}: seconds of the run", answer["seconds"], 0, ""),
        row(f"{name}: largest memory, MB", measured.memory / 1e6, 0, ""),
    ]


def _pairs(sizes: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())

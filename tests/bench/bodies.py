"""Associations that public lists call differently, of which it is known which are one.

`DIASPORA_BODIES` names a table of two columns, the name that a list uses and whose it is, such as `maps/name.tsv` of
https://github.com/openregister/government-organisation-data (names of British public bodies in nineteen lists, Open
Government Licence 3.0). How words of a name count was chosen on it, between five ways. Without it a few invented names
stand for them.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.duplicates import groups, run, score
from tests.bench.registers import new_registry
from tests.bench.rows import Row, row

BODIES = "DIASPORA_BODIES"
_INVENTED = (
    *(("Union of Ardovan Weavers", "W"), ("Ardovan Weavers' Union (UAW)", "W"), ("Ardovan Students", "S")),
    *(("Casa de Quelle", "C"), ("CASA DE QUELLE e.V.", "C"), ("Parents and Teachers of Ostria", "P")),
)


def main(small: bool = False) -> list[Row]:
    """F1, precision and recall of the groups, by names alone."""
    named = _INVENTED if small or BODIES not in os.environ else tuple(_named(Path(os.environ[BODIES])))
    with tempfile.TemporaryDirectory() as place:
        registry, source, listed = new_registry(Path(place) / "registry"), Path(place, "list.csv"), Path(place, "p.csv")
        with source.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["external_id", "name"])
            writer.writerows((f"B{number}", name) for number, (name, _whose) in enumerate(named))
        run(registry, "import", str(source), "--kind", "associations", "--duplicates", "create")
        run(registry, "duplicates", "--kind", "associations", "-o", str(listed))
        gold = {f"B{number}": whose for number, (_name, whose) in enumerate(named)}
        f1, precision, recall = score(gold, groups(listed))
    said = f"{len(named):,} names of public bodies"
    return [
        row(f"{said}: F1 of groups", f1, 0, ""),
        row(f"{said}: precision", precision, 0, ""),
        row(f"{said}: recall", recall, 0, ""),
    ]


def _named(table: Path) -> Iterable[tuple[str, str]]:
    """Names of which it is known whose they are."""
    with table.open(encoding="utf-8", newline="") as stream:
        for line in csv.reader(stream, delimiter="\t"):
            if len(line) > 1 and line[1] and line[1] != "government-organisation":
                yield line[0], line[1]

"""A registry as large as a country's: what its list, its search and an import cost (BENCHMARKS rows 1b, 3, 5 and 9).

`python -m tests.bench scale --people N` chooses how many people; a registry that `DIASPORA_CROWD` names is measured as
it is, for making a million takes half an hour. The people of the list that is imported are invented by another seed
than the registry's, and their references begin differently: all of them are new. Times are of the processor, as
machines are shared.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

from tests.bench.crowd import crowd, crowded_registry
from tests.bench.importing import imported, read_by_openpyxl
from tests.bench.registers import CROWD, PASSWORD, WHOLE, workbook
from tests.bench.rows import Row, measure, row

PEOPLE, SMALL = 1_000_000, 300
#: People of the list that is imported, in a small run too, and the seed by which they are not those of the crowd.
_LISTED, _FEW, _OTHERS = 100_000, 200, 13
_QUESTIONS = 200

#: Asks in a process of its own, whose memory is nobody else's: milliseconds of each question, by kind, in one line.
_ASK = """
import json, os, sys, time
from pathlib import Path
from registry.app import Registry
from registry.queries import ListIds, ReadNames, Search

asked, times = json.loads(os.environ["DIASPORA_ASKED"]), {}

def cost(query):
    started = time.process_time()
    registry.read(query)
    return (time.process_time() - started) * 1000

with Registry.open(Path(sys.argv[1]), "demo", sys.argv[2]) as registry:
    # As in the window: the list stands when somebody begins to type.
    times["all by name"] = [cost(ListIds("people"))]
    times["names read"] = [cost(ReadNames())]
    times["the first question"] = [cost(Search("Adaeze Marquardt", plain=True))]
    for kind, texts in asked.items():
        times[kind] = [cost(Search(text, limit=50, plain=kind == "any spelling")) for text in texts]
    times["keystroke"] = [cost(ListIds("people", text[:4])) for text in asked["exact and prefix"]]
print(json.dumps(times))
"""

#: The window's list: rows painted after a jump to any place, and the memory that the list adds to an empty window.
_LIST = """
import json, os, sys, time
from pathlib import Path
from random import Random
from PySide6.QtWidgets import QApplication
from db.platform import resident_memory
application = QApplication([])
from registry.app import Registry
from registry.queries import ListIds
from ui.desk import Desk
from ui.pages.list_words import WORDS
from ui.settings import Settings
from ui.widgets.record_table import RecordTable

folder, password, settings = sys.argv[1:]
empty = resident_memory(os.getpid()) or 0
desk = Desk(Registry.open(Path(folder), "demo", password), Settings(Path(settings)))
table = RecordTable(desk, "people", WORDS["people"].columns)
table.resize(1200, 900)
table.show()
table.show_ids(desk.registry.read(ListIds("people", first=200)))
application.processEvents()
table.show_ids(desk.registry.read(ListIds("people")))
chance, times = Random(3), {"jump": [], "scroll": []}

def waiting():
    return any("\\u2026" == table.records.data(table.records.index(table.rowAt(y), 0)) for y in (10, 600))

def painted(kind, row):
    started = time.process_time()
    table.scrollTo(table.records.index(row, 0), table.ScrollHint.PositionAtTop)
    table.viewport().repaint()
    if waiting():
        while waiting():
            application.processEvents()
            time.sleep(0.002)  # the workers' time counts, not that of waiting for them
        table.viewport().repaint()
    times[kind].append((time.process_time() - started) * 1000)

count = len(table.records.ids)
painted("jump", count - 1)
for _each in range(60):
    row = chance.randrange(count)
    painted("jump", row)
    painted("scroll", min(row + 3, count - 1))
times["memory"] = [((resident_memory(os.getpid()) or 0) - empty) / 1e6]
desk.runner.close()
desk.registry.close()
print(json.dumps(times))
"""

#: From the click on People, Today being shown and nothing else asked for yet, to the first rows painted.
_PLACE = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from registry.app import Registry
from ui import theme
from ui.desk import Desk
from ui.settings import Settings
from ui.window import MainWindow

sys.setswitchinterval(0.0005)
theme.use_fonts(application)
theme.apply(application, "light")
folder, password, settings = sys.argv[1:]
desk = Desk(Registry.open(Path(folder), "demo", password), Settings(Path(settings)))
window = MainWindow(desk, "today")
window.show()
rested = time.monotonic() + 1
while time.monotonic() < rested or desk.runner.tasks:
    application.processEvents()
    time.sleep(0.01)
started = time.process_time()
window.show_place("people")
table = window.page.table
while not len(table.records.ids):
    application.processEvents()
    time.sleep(0.002)  # the workers' time counts, not that of waiting for them
print((time.process_time() - started) * 1000)  # the page paints what it was given before it goes on
desk.runner.close()
desk.registry.close()
"""


def main(small: bool = False) -> list[Row]:
    """Make the registry unless there is one, ask it, show its list."""
    count = SMALL if small else _chosen()
    with tempfile.TemporaryDirectory() as name:
        kept = "" if small else os.environ.get(CROWD, "")
        registry = Path(kept) if kept else crowded_registry(Path(name, "registry"), count)
        asked = _questions(count)
        offscreen = {"QT_QPA_PLATFORM": "offscreen", "DIASPORA_ASKED": json.dumps(asked)}
        found = _figures(measure(["-c", _ASK, str(registry), PASSWORD], offscreen).output)
        shown = _figures(measure(["-c", _LIST, str(registry), PASSWORD, str(Path(name, "settings"))], offscreen).output)
        opened = [_place_chosen(registry, Path(name, "settings")) for _run in range(1 if small else 3)]
        size = sum(file.stat().st_size for file in registry.iterdir()) / count
        grown = _imports(registry, Path(name), count, _FEW if small else _LISTED)
    exact, spelled = _alike(count)
    of = f"of {count:,}"
    return [
        row(f"exact and prefix {of}, p95 ms (peer: LIKE)", _p95(found["exact and prefix"]), exact, "<= 5"),
        row(f"any spelling {of}, p95 ms (peer: LIKE)", _p95(found["any spelling"]), spelled, "<= 80"),
        row(f"the list after a keystroke {of}, p95 ms", _p95(found["keystroke"]), spelled, "<= 120"),
        row(f"the first question {of}, ms", found["the first question"][0], 0, "-"),
        row(f"People chosen to first rows painted {of}, ms", sorted(opened)[len(opened) // 2], 0, "<= 60"),
        row(f"all by name {of}, ms", _p95(found["all by name"]), spelled, "-"),
        row(f"jump to any row {of}, p95 ms", _p95(shown["jump"]), 0, "<= 33"),
        row(f"scroll by three rows {of}, p95 ms", _p95(shown["scroll"]), 0, "-"),
        row(f"the list {of}, MB over an empty window", shown["memory"][0], 0, "<= 130"),
        row(f"a registry {of}, KB a person", size / 1000, 0, "<= 1.8"),
        *grown,
    ]


def _imports(registry: Path, folder: Path, count: int, listed: int) -> list[Row]:
    """A list taken into a copy of the registry, against openpyxl merely reading it: seconds, megabytes."""
    grown = shutil.copytree(registry, folder / "grown")
    (folder / "password").write_text(PASSWORD)
    book = workbook(folder / "others.xlsx", listed, WHOLE, _OTHERS)
    measured = imported(grown, book, "create", listed)
    into = f"{listed:,} x 30 into {count:,}"
    return [
        # 1.3 times bar 1, which is 0.9 times the peer.
        row(f"import {into}, s (peer: openpyxl reads)", measured.processor, read_by_openpyxl(book), "<= 1.17 x"),
        row(f"largest process of an import {into}, MB", measured.memory / 1e6, 0, "<= 450"),
    ]


def _place_chosen(registry: Path, settings: Path) -> float:
    """Milliseconds in a program that has just been started: its second time would be quicker."""
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    return float(measure(["-c", _PLACE, str(registry), PASSWORD, str(settings)], offscreen).output.splitlines()[-1])


def _chosen() -> int:
    """How many people the command line asks for."""
    return int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else PEOPLE


def _questions(count: int) -> dict[str, list[str]]:
    """Names and beginnings of names as they are, and with a letter lost."""
    chance = Random(5)
    names = [person["full_name"] for person in islice(crowd(count), min(count, 20_000))]
    chosen = chance.sample(names, min(_QUESTIONS, len(names) // 3))
    whole = [name if place % 2 else name.split()[0][:4] for place, name in enumerate(chosen)]
    return {"exact and prefix": whole, "any spelling": [_misspelt(name, chance) for name in chosen]}


def _misspelt(name: str, chance: Random) -> str:
    place = chance.randrange(len(name))
    return name[:place] + name[place + 1 :]


def _alike(count: int) -> tuple[float, float]:
    """Milliseconds of LIKE '%x%' over as many names in plain SQLite, as they stand and sorted."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
        some = [(person["full_name"],) for person in islice(crowd(count), min(count, 20_000))]
        for start in range(0, count, len(some)):
            base.executemany("INSERT INTO person (name) VALUES (?)", some[: count - start])
        taken = []
        for order in ("", " ORDER BY name LIMIT 50"):
            started = time.process_time()
            base.execute(f"SELECT id, name FROM person WHERE name LIKE '%zzqx%'{order}").fetchall()
            taken.append((time.process_time() - started) * 1000)
    return taken[0], taken[1]


def _figures(output: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = json.loads(output.splitlines()[-1])
    return found


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]

"""What history and rights add to an import, and what encryption does (BENCHMARKS row 8); of the processor."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.bench.registers import PASSWORD, WHOLE, workbook
from tests.bench.rows import Row, measure, row

#: "--plain": the same store without a key. "--watched": where the program stands is asked a thousand times a second.
_IMPORT = """
import json, sys, threading, time
from pathlib import Path
from sqlalchemy import URL
from db import engine
from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from tests.bench.registers import new_registry

KEPT = ("db/history.py", "db/trail.py", "registry/access.py")
counted, working, main = {"all": 0, "history": 0}, True, threading.get_ident()

class Plain:
    @staticmethod
    def create(_dialect, password, database):
        return URL.create("sqlite", database=database)

def keeps_history(frame):
    while frame is not None:
        path, name = frame.f_code.co_filename.replace(chr(92), "/"), frame.f_code.co_name
        if path.endswith(KEPT) or (path.endswith("db/store.py") and name in ("finish", "_trail")):
            return True
        frame = frame.f_back
    return False

def watch():
    while working:
        counted["all"] += 1
        counted["history"] += keeps_history(sys._current_frames()[main])
        time.sleep(0.001)

folder, book, password, *how = sys.argv[1:]
if "--plain" in how:
    engine.URL, engine._set_key, engine._require_encrypted_file = Plain, lambda *_: None, lambda *_: None
with Registry.open(new_registry(Path(folder)), "demo", password) as registry:
    plan = registry.read(PlanImport(Path(book), ImportOptions(duplicates="create")))
    if "--watched" in how:
        threading.Thread(target=watch, daemon=True).start()
    started = time.process_time()
    registry.execute(ImportRecords(plan))
    seconds, working = time.process_time() - started, False
print(json.dumps({"seconds": seconds, **counted}))
"""


def main(small: bool = False) -> list[Row]:
    """The same import three times: as it is, watched, and without a key."""
    count = 200 if small else 100_000
    with tempfile.TemporaryDirectory() as name:
        book = workbook(Path(name, "people.xlsx"), count, WHOLE)
        usual, watched, plain = (_imported(Path(name, how), book, how) for how in ("--usual", "--watched", "--plain"))
    kept, others = watched["history"] + 1, watched["all"] - watched["history"] + 1
    return [
        row(
            f"carrying out {count:,} rows, s (peer: without encryption)", usual["seconds"], plain["seconds"], "<= 1.2 x"
        ),
        row("with history and rights, looks (peer: outside of them)", kept + others, others, "<= 1.25 x"),
    ]


def _imported(registry: Path, book: Path, how: str) -> dict[str, float]:
    output = measure(["-c", _IMPORT, str(registry), str(book), PASSWORD, how]).output
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found

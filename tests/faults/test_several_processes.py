"""Four programs write to one registry at once: every count is exact and no change overwrites another."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest

from registry.app import Registry
from registry.commands import AddRecord, EditRecord, ExportRecords
from registry.queries import GetRecord, ListIds
from tests.faults.examining import faults
from tests.faults.processes import Process
from tests.faults.worker import MARKER
from tests.registry import post as posts
from tests.registry.post import BO, PASSWORD

PROCESSES = 4


@pytest.mark.timeout(300)
def test_four_processes_on_one_registry(tmp_path: Path, long_run: bool) -> None:
    folder = posts.make(tmp_path / "registry")
    with Registry.open(folder, "amel", PASSWORD) as registry:
        registry.execute(EditRecord("people", BO, {"title": "0"}))
    processes = [Process(tmp_path) for _ in range(PROCESSES)]
    for process in processes:
        process.begin(do="count", copy="registry", seconds=60 if long_run else 5)
    for process in processes:
        process.wait_until_ready()
    for process in processes:
        process.say("go")
    assert [process.finish() for process in processes] == [0] * PROCESSES
    told = [one for process in processes for one in process.told]
    with Registry.open(folder, "amel", PASSWORD) as registry:
        total = int(registry.read(GetRecord("people", BO)).values["title"])
        people = len(registry.read(ListIds("people")))
    assert total == sum(one.get("increased", 0) for one in told)
    assert people == 3 + sum(one.get("added", 0) for one in told)
    assert faults(folder, told) == []
    assert all(any("increased" in one for one in process.told) for process in processes)


def test_without_the_version_updates_would_be_lost(tmp_path: Path) -> None:
    """The control switched off: two officers save what they read, and do not say which version it was."""
    folder = posts.make(tmp_path / "registry")
    with Registry.open(folder, "clara", PASSWORD) as one, Registry.open(folder, "petra", PASSWORD) as other:
        for registry in (one, other):
            registry.execute(EditRecord("people", BO, {"title": "0"}))
        read = [int(r.read(GetRecord("people", BO)).values["title"]) for r in (one, other)]
        for registry, number in zip((one, other), read, strict=True):
            registry.execute(EditRecord("people", BO, {"title": str(number + 1)}))
        assert int(one.read(GetRecord("people", BO)).values["title"]) < 2


def readable(path: Path) -> bool:
    """Whether a file holds the marker, as text in any usual form."""
    content = path.read_bytes()
    encoded = base64.b64encode(MARKER.encode()).rstrip(b"=")[:-1]
    forms = [MARKER.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(form in content for form in (*forms, MARKER.lower().encode(), encoded))


@pytest.mark.parametrize("ending", ["killed", "closed"])
def test_no_file_holds_plain_text(tmp_path: Path, isolated: Path, ending: str) -> None:
    folder = posts.make(tmp_path / "registry")
    for name in ("import", "save", "erase"):
        process = Process(tmp_path)
        process.begin(do="work", name=name, copy="registry")
        process.wait_until_ready()
        while len(process.told) < 6:
            process.hear()
        assert process.kill()
    with Registry.open(folder, "amel", PASSWORD) as registry:
        registry.execute(EditRecord("people", BO, {"notes": MARKER * 1500}))
        registry.execute(AddRecord("people", {"full_name": MARKER, "document.number": MARKER, "phone": "+33199001234"}))
        (tmp_path / "list.csv").unlink()
        exported = tmp_path / "out.csv"
        registry.execute(ExportRecords("people", MARKER, exported, MARKER, ids=(BO,)))
        assert readable(exported)
        exported.unlink()
        if ending == "killed":
            open_copy = Path(shutil.copytree(folder, tmp_path / "while open"))
            assert (open_copy / "registry.db-wal").stat().st_size > 0
    places = [tmp_path, isolated]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert {"registry.db", "keys.json"} <= {file.name for file in files}
    assert [file for file in files if readable(file)] == []
    assert [file for file in files if file.read_bytes()[:15] == b"SQLite format 3"] == []
    assert {file.name for file in folder.iterdir()} == {"registry.db", "keys.json"}


def test_the_search_finds_plain_text(tmp_path: Path) -> None:
    for number, text in enumerate((MARKER.encode(), MARKER.encode("utf-16-le"), base64.b64encode(MARKER.encode()))):
        file = tmp_path / str(number)
        file.write_bytes(b"\0" * 100 + text + b"\0")
        assert readable(file)

"""The process is killed at a random moment of its work: what it said is done is there, and nothing by half."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from db.engine import writing
from db.models import history_content, membership, person
from registry.app import Registry
from registry.commands import MakeBackup
from registry.queries import ListIds
from registry.transfer.options import ImportOptions
from tests.faults.examining import backup_faults, faults, key_faults
from tests.faults.processes import Process
from tests.faults.worker import BACKUP, MARKER, RESTORED, one_step_more, people_list
from tests.registry import post as posts
from tests.registry.post import BO, PASSWORD

#: How often each work is killed in a short run; a long one has twelve times as many.
KILLS = {
    "import": 12,
    "save": 9,
    "undo": 7,
    "keys": 6,
    "erase": 3,
    "letters": 3,
    "backup": 3,
    "restore": 2,
    "upgrade": 2,
}
LONGER = 12.5
#: A kill falls at most so long after the work has begun, in seconds: time enough for several changes.
WITHIN = 0.35


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return posts.make(tmp_path_factory.mktemp("template") / "registry")


class Killer:
    """Kills workers one after the other; the next one starts while the last one's registry is examined."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.template, self.folder = template, folder
        self._waiting = Process(folder)
        self._copies = 0

    def kill(self, name: str, moment: float) -> tuple[Path, Process] | None:
        """Kill one worker `moment` seconds into its work; None if it ended before."""
        self._copies += 1
        copy = Path(shutil.copytree(self.template, self.folder / f"{name}{self._copies}"))
        process, self._waiting = self._waiting, Process(self.folder)
        process.begin(do="work", name=name, copy=copy.name)
        process.wait_until_ready()
        time.sleep(moment)
        return (copy, process) if process.kill() else None

    def close(self) -> None:
        self._waiting.kill()


@pytest.fixture
def killer(template: Path, tmp_path: Path) -> Iterator[Killer]:
    made = Killer(template, tmp_path)
    yield made
    made.close()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", KILLS)
def test_killed_at_a_random_moment(killer: Killer, long_run: bool, name: str) -> None:
    seed = int(os.environ.get("DIASPORA_FAULT_SEED") or time.time_ns() % 1_000_000)
    chance = random.Random(seed)
    wanted, injected, acknowledged = int(KILLS[name] * (LONGER if long_run else 1)), 0, 0
    while injected < wanted or (not acknowledged and injected < 4 * wanted):
        slower = 1 + 4 * (injected // wanted)  # a busy machine has acknowledged nothing yet: kill later, and more often
        moment = chance.uniform(0, WITHIN * slower)
        killed = killer.kill(name, moment)
        assert killed is not None, "the worker ended by itself: no fault was injected"
        copy, process = killed
        told = process.told
        with posts.cheap_keys(), one_step_more() if name == "upgrade" else nullcontext():
            found = faults(copy, told)
            found += key_faults(copy, told) if name == "keys" else []
            found += [f"backup: {problem}" for problem in backup_faults(copy, told)]
        found += [f"paper: {problem}" for problem in half_papers(copy.parent)]
        assert found == [], f"seed {seed}, kill {injected}, after {moment:.3f} s: {told[-2:]}"
        for left in (copy, *copy.parent.glob(f"{RESTORED}*")):
            shutil.rmtree(left)
        (copy.parent / BACKUP).unlink(missing_ok=True)
        injected, acknowledged = injected + 1, acknowledged + len(told) - 1
    assert acknowledged > 0, "no kill came after a change: no acknowledged change was at stake"


def half_papers(folder: Path) -> list[str]:
    """Papers at their place are whole; what was cut off has another name."""
    from pypdf import PdfReader

    letters, people = folder / "letters.pdf", folder / "people.csv"
    found = []
    if letters.exists() and len(PdfReader(letters).pages) != 1:
        found.append("letters")
    if people.exists() and people.read_text(encoding="utf-8-sig").count("\n") < 4:
        found.append("export")
    return found


# --- the examination itself: each thing it looks at is spoilt once ------------------------------------------


def _lose_an_edit(registry: Registry) -> None:
    """As if the last transactions had not reached the disk."""
    with writing(registry._engine) as connection:
        for table in ("history_content", "history_entry"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE sequence > 3")


def _forge_a_row(registry: Registry) -> None:
    with writing(registry._engine) as connection:
        connection.execute(update(person).where(person.c.id == BO).values(notes="forged"))


def _drop_content(registry: Registry) -> None:
    with writing(registry._engine) as connection:
        connection.execute(delete(history_content).where(history_content.c.sequence == 2))


def _point_nowhere(registry: Registry) -> None:
    with registry._engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.execute(update(membership).values(association_id=4242))
        connection.commit()


def _drop_from_the_index(registry: Registry) -> None:
    with writing(registry._engine) as connection:
        connection.exec_driver_sql("DELETE FROM record_text WHERE rowid = 2")


def _keep_half_an_import(registry: Registry) -> None:
    from db.store import Transaction
    from registry import writing as rows
    from registry.commands import ImportRecords
    from registry.queries import PlanImport

    plan = registry.read(PlanImport(people_list(registry.folder.parent), ImportOptions(duplicates="create")))
    registry.execute(ImportRecords(plan))
    imported = [i for i in registry.read(ListIds("people")) if i > 4]
    with writing(registry._engine) as connection:
        transaction = Transaction(connection)
        rows.remove(transaction, imported[:100])
        rows.reindex(connection, transaction.touched)
        transaction.finish(user_id=1, operation="delete_records", note={})


SPOILT: dict[str, tuple[Callable[[Registry], None], str]] = {
    "an acknowledged change is lost": (_lose_an_edit, "lost"),
    "a row is not what its history implies": (_forge_a_row, "history: rows"),
    "content of the history is gone": (_drop_content, "history: content"),
    "a reference leads nowhere": (_point_nowhere, "storage: foreign_key"),
    "the index has gaps": (_drop_from_the_index, "check: index"),
    "an import is there by half": (_keep_half_an_import, "half an import"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_examination_sees(template: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(template, tmp_path / "copy"))
    spoil, words = SPOILT[name]
    told = [{"batch": 1}, {"batch": 4}]
    assert faults(copy, told) == []
    with Registry.open(copy, "amel", PASSWORD) as registry:
        spoil(registry)
    assert any(problem.startswith(words) for problem in faults(copy, told))


def test_the_examination_sees_a_damaged_page_and_a_missing_key_file(template: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(template, tmp_path / "copy"))
    database = copy / "registry.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    assert faults(copy, [])
    (copy / "keys.json").unlink()
    assert faults(copy, []) != []


def test_the_examination_sees_accounts_that_do_not_open(template: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(template, tmp_path / "copy"))
    with posts.cheap_keys():
        told = [{"account": "nobody", "opens": True}, {"account": "leo", "opens": True}]
        assert key_faults(copy, told) == ["nobody opens: False"]


def test_the_examination_sees_half_backups_and_what_was_left(template: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(template, tmp_path / "copy"))
    with Registry.open(copy, "amel", PASSWORD) as registry:
        registry.execute(MakeBackup(tmp_path / BACKUP))
    assert backup_faults(copy, []) == []
    assert backup_faults(copy, [{"restored": 1}]) == [f"not restored: {RESTORED}1"]
    (copy / "backups").mkdir()
    (copy / "backups" / "half.drbackup").write_bytes((tmp_path / BACKUP).read_bytes()[:-9])
    (copy / ".0a1b2c3d4e5f.new").mkdir()
    (tmp_path / f"{RESTORED}2").mkdir()
    assert [problem.partition(":")[0] for problem in backup_faults(copy, [])] == [
        "half.drbackup",
        f"{RESTORED}2",
        "left",
    ]


def test_the_marker_is_what_imports_hold(tmp_path: Path) -> None:
    assert people_list(tmp_path).read_text(encoding="utf-8").count(MARKER) == 300

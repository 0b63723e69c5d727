"""A process that works on a real registry and tells, line by line, what it was told is done; it may be killed.

Started as `python -m tests.faults.worker FOLDER`; then it reads what to do from its standard input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

# All that the works need, before the clock runs.
import registry.backups
import registry.documents.letters
import registry.outreach.printing
import registry.transfer.export.records
import registry.transfer.planning.apply
import registry.transfer.planning.making  # noqa: F401
from db import migrate
from registry import commands as c
from registry import queries as q
from registry import restoring
from registry.app import Registry
from registry.errors import Conflict, RegistryError
from registry.transfer.options import ImportOptions
from tests.registry.post import BO, OTHER_PASSWORD, PASSWORD, cheap_keys

IMPORTED = 300
#: What every imported, added and edited value holds, so that plain text can be looked for.
MARKER = "Zwyntharobel"
#: Where backups go, beside the registry, and what is restored from them.
BACKUP, RESTORED = "all.drbackup", "restored"


def tell(**words: object) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


class Worker:
    """One signed-in user's endless work, acknowledged change by change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = Registry.open(folder, "amel", PASSWORD)

    def do(self, command: c.Command[Any], **words: object) -> c.Command[Any]:
        """Carry one command out and say so once it is committed."""
        outcome = self.registry.execute(command)
        tell(batch=outcome.batch, **words)
        return c.Undo(outcome.batch)

    def save(self) -> Iterator[None]:
        """Edit one record and add others."""
        for number in count(1):
            self.do(c.EditRecord("people", BO, {"title": str(number), "notes": MARKER * 50}))
            self.do(c.AddRecord("people", {"full_name": f"{MARKER} {number}"}))
            yield

    def take_in(self) -> Iterator[None]:
        """Import a list, undo it, import it again."""
        plan = self.registry.read(q.PlanImport(people_list(self.folder.parent), ImportOptions(duplicates="create")))
        yield
        while True:
            undo = self.do(c.ImportRecords(plan))
            self.do(undo)
            yield

    def undo(self) -> Iterator[None]:
        """Change, undo, redo."""
        for number in count(1):
            undo = self.do(c.EditRecord("people", BO, {"title": str(number), "phone": f"+33 1 99 00 {number:04d}"}))
            self.do(self.do(self.do(undo)))
            removal = self.do(c.DeleteRecords("people", (BO,)))
            self.do(removal)
            yield

    def keys(self) -> Iterator[None]:
        """Add an account, change passwords and grants, close the account, open anew with another key."""
        for number in count(1):
            name = f"user{number}"
            self.do(c.AddUser(name, "clerk", PASSWORD, protected=True), account=name, opens=True)
            self.do(c.SetPassword("leo", OTHER_PASSWORD if number % 2 else PASSWORD))
            self.do(c.ChangeUser("petra", protected=number % 2 == 0))
            self.do(c.RenewRecoveryKeys())
            self.do(c.DisableUser(name), account=name, opens=False)
            self.registry.close()
            self.registry = Registry.open(self.folder, "amel", PASSWORD)
            yield

    def erase(self) -> Iterator[None]:
        """Add somebody, change him, erase him."""
        for number in count(1):
            added = self.registry.execute(c.AddRecord("people", {"full_name": f"{MARKER} {number}"}))
            tell(batch=added.batch)
            self.do(c.EditRecord("people", added.value.id, {"notes": MARKER}))
            self.do(c.EraseRecord(added.value.id, "asked for it"), erased=added.value.id)
            yield

    def letters(self) -> Iterator[None]:
        """Write letters and exports over the same files again and again."""
        for _ in count():
            self.do(c.WriteLetters("", "annual-forum", self.folder.parent / "letters.pdf", "test"))
            self.do(c.ExportRecords("people", "", self.folder.parent / "people.csv", "test"))
            yield

    def back_up(self) -> Iterator[None]:
        """Change something and write it to the same backup again and again; the day's own too, as if days passed."""
        for number in count(1):
            self.do(c.EditRecord("people", BO, {"title": str(number)}))
            self.do(c.MakeBackup(self.folder.parent / BACKUP))
            self.registry.execute(c.KeepBackup())
            for daily in (self.folder / "backups").glob("*-daily.drbackup"):
                daily.rename(daily.with_name(f"{number}.drbackup"))
            yield

    def restore(self) -> Iterator[None]:
        """Make the registry again, in one folder after the other."""
        backup = self.folder.parent / BACKUP
        self.do(c.MakeBackup(backup))
        self.registry.close()
        yield
        for number in count(1):
            restoring.restore(backup, self.folder.parent / f"{RESTORED}{number}", "amel", PASSWORD)
            tell(restored=number)
            yield

    def upgrade(self) -> Iterator[None]:
        """Open the registry with a program that knows one migration more, then work in it."""
        self.do(c.EditRecord("people", BO, {"title": "before"}))
        self.registry.close()
        yield
        with one_step_more():
            self.registry = Registry.open(self.folder, "amel", PASSWORD)
        yield from self.save()

    def increase(self, number: int) -> None:
        """Add one to a number that others add to as well, as an officer would: read, change, save, again if told."""
        while True:
            record = self.registry.read(q.GetRecord("people", BO))
            following = str(int(record.values.get("title", "0")) + 1)
            try:
                self.registry.execute(c.EditRecord("people", BO, {"title": following}, record.version))
            except Conflict:
                continue
            tell(increased=1)
            break
        if number % 10 == 0:
            self.do(c.AddRecord("people", {"full_name": f"Number {number}"}), added=1)


@contextmanager
def one_step_more() -> Iterator[None]:
    """A later version of the program, which has a migration more."""
    with patch.object(migrate, "STEPS", (*migrate.STEPS, "tests.db.later_step")):
        yield


def people_list(folder: Path) -> Path:
    """A list of invented people to import."""
    path = folder / "list.csv"
    if not path.exists():
        rows = [f"{n},{MARKER} {n},{1950 + n % 50}-01-02,Lyon,note {n}" for n in range(IMPORTED)]
        path.write_text("\n".join(["Id,Full name,Date of birth,City,Notes", *rows]), encoding="utf-8")
    return path


WORKS: dict[str, Callable[[Worker], Iterator[None]]] = {
    "import": Worker.take_in,
    "save": Worker.save,
    "undo": Worker.undo,
    "keys": Worker.keys,
    "erase": Worker.erase,
    "letters": Worker.letters,
    "backup": Worker.back_up,
    "restore": Worker.restore,
    "upgrade": Worker.upgrade,
}


def work_for_ever(folder: Path, name: str) -> None:
    """Work until somebody ends this process."""
    work = WORKS[name](Worker(folder))
    next(work)
    tell(ready=True)
    for _ in work:
        continue


def count_up(folder: Path, seconds: float) -> None:
    """Work beside others for so long."""
    import time

    worker = Worker(folder)
    tell(ready=True)
    sys.stdin.readline()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        worker.increase(number)
    worker.registry.close()


def fill_the_disk(folder: Path, name: str, steps: int) -> None:
    """Do one thing with less and less room, then with enough; see `tests.faults.fullness`."""
    from tests.faults.fullness import Full

    Full(folder).try_all(name, steps, tell)


def main() -> None:
    """Read what to do and do it."""
    folder, order = Path(sys.argv[1]), json.loads(sys.stdin.readline())
    with cheap_keys():
        match order["do"]:
            case "work":
                work_for_ever(folder / order["copy"], order["name"])
            case "count":
                count_up(folder / order["copy"], order["seconds"])
            case "full":
                fill_the_disk(folder / order["copy"], order["name"], order["steps"])


if __name__ == "__main__":
    try:
        main()
    except RegistryError as trouble:
        tell(trouble=f"{type(trouble).__name__}: {trouble}")
        raise

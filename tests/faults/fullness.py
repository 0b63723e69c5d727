"""One operation on a disk that is full at first and has a little more room at each try (POSIX: a file size limit)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from db import engine as store
from registry import commands as c
from registry import queries as q
from registry import restoring, setup
from registry.app import Registry
from registry.errors import RegistryError, StorageTrouble
from registry.transfer.options import ImportOptions
from tests.faults.worker import people_list
from tests.registry.post import ANA, BO, CY, OTHER_PASSWORD, PASSWORD

#: Room at the first tries, in bytes; doubled until the operation succeeds.
FIRST_LIMIT = 150
#: What is tried, and whether it makes a file beside the registry.
OPERATIONS = (
    *("add", "edit", "import", "undo", "erase", "export", "letters", "backup", "daily", "account", "close"),
    *("recovery", "init", "restore"),
)


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes: what lies beyond cannot be written either."""
    if sys.platform == "win32":
        raise AssertionError("Windows has no file size limit")
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class Full:
    """A registry whose disk fills up.

    Attributes:
        folder: where the registry stands; papers are made beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.papers = folder.parent / "papers"
        self.papers.mkdir()
        self.registry = Registry.open(folder, "amel", PASSWORD)

    def try_all(self, name: str, steps: int, tell: Callable[..., None]) -> None:
        """Try with more and more room; one line a try: what was wrong with it, and whether it was done.

        Args:
            steps: tries until the room has doubled.
        """
        work, limit, done = self._work(name), FIRST_LIMIT, False
        while not done:
            before = self._state()
            try:
                with room(limit):
                    batch = work()
                    self._look()
            except RegistryError as refused:
                problems = [] if isinstance(refused, StorageTrouble) else [f"{type(refused)}: {refused}"]
                with room(limit):
                    problems += self._look()
                problems += [f"left: {what}" for what in _differing(before, self._state())]
                tell(limit=limit, refused=str(refused), problems=problems)
            else:
                done = True
                tell(limit=limit, done=True, **({"batch": batch} if batch else {}))
            store.checkpoint(self.registry._engine)
            limit = int(limit * 2 ** (1 / steps)) + 1
        self.registry.close()

    def _look(self) -> list[str]:
        """Reading goes on when nothing can be written."""
        found = self.registry.read(q.GetRecords("people", (ANA, BO)))
        return [] if len(found) == 2 else ["cannot be read"]

    def _work(self, name: str) -> Callable[[], int]:
        papers = self.papers
        commands: dict[str, Callable[[], c.Command[Any]]] = {
            "add": lambda: c.AddRecord("people", {"full_name": "Flo Full", "notes": "x" * 9000}),
            "edit": lambda: c.EditRecord("people", BO, {"title": "Dr", "notes": "x" * 9000}),
            "erase": lambda: c.EraseRecord(CY, "asked for it"),
            "backup": lambda: c.MakeBackup(papers / "all.drbackup"),
            "daily": c.KeepBackup,
            "export": lambda: c.ExportRecords("people", "", papers / "people.xlsx", "test"),
            "letters": lambda: c.WriteLetters("", "annual-forum", papers / "letters.pdf", "test"),
            "account": lambda: c.AddUser("nora", "clerk", OTHER_PASSWORD, protected=True),
            "close": lambda: c.DisableUser("petra"),
            "recovery": lambda: c.RenewRecoveryKeys(),
        }
        if name == "import":
            plan = self.registry.read(q.PlanImport(people_list(papers), ImportOptions(duplicates="create")))
            return lambda: self.registry.execute(c.ImportRecords(plan)).batch
        if name == "undo":
            batch = self.registry.execute(c.DeleteRecords("people", (BO, CY))).batch
            self.registry.execute(c.AddRecord("people", {"full_name": "Bo Second"}))
            undo = c.Undo(batch)
            self._look = list  # type: ignore[method-assign] # there is nobody to look at until it is undone
            return lambda: self.registry.execute(undo).batch
        if name == "daily":
            # That the last one failed is meant to be remembered: from the second time on nothing changes.
            with room(FIRST_LIMIT), suppress(StorageTrouble):
                self.registry.execute(c.KeepBackup())
        if name == "restore":
            self.registry.execute(commands["backup"]())
            return self._restore
        if name == "init":
            return self._init
        return lambda: self.registry.execute(commands[name]()).batch

    def _init(self) -> int:
        setup.create(self.papers / "new", post="NEW", country="FRA", home=None, admin="new", password=OTHER_PASSWORD)
        Registry.open(self.papers / "new", "new", OTHER_PASSWORD).close()
        return 0

    def _restore(self) -> int:
        restoring.restore(self.papers / "all.drbackup", self.papers / "again", "amel", PASSWORD)
        Registry.open(self.papers / "again", "amel", PASSWORD).close()
        return 0

    def _state(self) -> dict[str, object]:
        """All that a failed operation must leave as it was."""
        verified = self.registry.read(q.VerifyHistory())
        lines = self.registry.read(q.Check()).lines
        return {
            "history": verified.head,
            "problems": verified.problems,
            "check": [(line.code, line.ok, line.count) for line in lines],
            "people": dict(self.registry.read(q.GetRecords("people", tuple(self.registry.read(q.ListIds("people")))))),
            "accounts": self.registry.read(q.ListUsers()),
            "keys": (self.folder / "keys.json").read_bytes(),
            "papers": {f.name: f.read_bytes() for f in self.papers.rglob("*") if f.is_file()},
            "files": sorted(f.name for f in self.folder.iterdir()),
        }


def _differing(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [name for name in before if before[name] != after[name]]

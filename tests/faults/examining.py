"""What is looked at after every fault: a registry is whole, and holds all that somebody was told is done."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.engine import integrity, reading
from db.models import history_entry
from registry import queries as q
from registry import restoring
from registry.app import Registry
from registry.commands import AddUser, ChangeUser, Command, DisableUser, RenewRecoveryKeys, SetPassword
from registry.errors import RegistryError
from tests.faults.worker import BACKUP, IMPORTED, MARKER, RESTORED
from tests.registry.post import OTHER_PASSWORD, PASSWORD

#: One acknowledgement of the worker.
Told = Mapping[str, object]


def faults(folder: Path, told: Sequence[Told]) -> list[str]:
    """What is wrong with a registry after a fault; nothing if all is well."""
    try:
        registry = Registry.open(folder, "amel", PASSWORD)
    except RegistryError as refused:
        return [f"does not open: {refused.message}"]
    try:
        return [*_storage(registry), *_history(registry), *_acknowledged(registry, told), *_halves(registry)]
    except RegistryError as refused:
        return [f"cannot be read: {refused.message}"]
    finally:
        registry.close()


def _storage(registry: Registry) -> list[str]:
    found = [f"storage: {line}" for line in integrity(registry._engine)]
    lines = registry.read(q.Check()).lines
    return found + [f"check: {line.code} {line.count}" for line in lines if not line.ok]


def _history(registry: Registry) -> list[str]:
    return [f"history: {code} {number}" for code, number in registry.read(q.VerifyHistory()).problems]


def _acknowledged(registry: Registry, told: Sequence[Told]) -> list[str]:
    """Every change that was said to be done is in the history, which implies the rows."""
    with reading(registry._engine) as connection:
        kept = set(connection.execute(select(history_entry.c.batch)).scalars())
    found = [f"lost: {one['batch']}" for one in told if "batch" in one and one["batch"] not in kept]
    for one in told:
        if "erased" in one and registry.read(q.GetRecords("people", (int(str(one["erased"])),))):
            found.append(f"not erased: {one['erased']}")
    return found


def _halves(registry: Registry) -> list[str]:
    """An import is there whole or not at all."""
    imported = [
        record
        for record in registry.read(q.GetRecords("people", tuple(registry.read(q.ListIds("people"))))).values()
        if record.source.startswith("list.csv")
    ]
    half = len(imported) not in (0, IMPORTED)
    incomplete = sum("birth_date" not in r.values or MARKER not in r.name for r in imported)
    return [f"half an import: {len(imported)}"] * half + [f"incomplete: {incomplete}"] * bool(incomplete)


def backup_faults(folder: Path, told: Sequence[Told]) -> list[str]:
    """Backups and restored registries are whole or not there, and nothing unfinished is left beside them."""
    found: list[str] = []
    outside = folder.parent / BACKUP
    for backup in (outside, *(folder / "backups").glob("*.drbackup")):
        if backup.exists():
            found += [f"{backup.name}: {problem}" for problem in _restored(backup, folder.parent / "tried")]
    wanted = [f"{RESTORED}{one['restored']}" for one in told if "restored" in one]
    found += [f"not restored: {name}" for name in wanted if not (folder.parent / name).exists()]
    for again in folder.parent.glob(f"{RESTORED}*"):
        found += [f"{again.name}: {problem}" for problem in faults(again, [])]
    places = (folder.parent, folder, folder / "backups")
    return found + [f"left: {f.name}" for place in places for f in place.glob(".*.new")]


def _restored(backup: Path, folder: Path) -> list[str]:
    try:
        done = restoring.restore(backup, folder, "amel", PASSWORD)
    except RegistryError as refused:
        return [f"does not restore: {refused.message}"]
    found = faults(folder, [])
    shutil.rmtree(folder)
    return found if done.sound else [*found, "altered"]


def key_faults(folder: Path, told: Sequence[Told]) -> list[str]:
    """Accounts open as acknowledged, and an administrator can carry on from whatever was cut off."""
    found: list[str] = []
    last = {str(one["account"]): bool(one["opens"]) for one in told if "account" in one}
    newest = list(last)[-1] if last else ""
    for name, expected in last.items():
        # The last one's closing may be done and not yet acknowledged.
        if _opens(folder, name, PASSWORD) != expected and name != newest:
            found.append(f"{name} opens: {not expected}")
    if not (_opens(folder, "leo", PASSWORD) or _opens(folder, "leo", OTHER_PASSWORD)):
        found.append("leo has no password")
    try:
        with Registry.open(folder, "amel", PASSWORD) as admin:
            _repeat(admin, newest)
            admin.execute(AddUser("afterwards", "clerk", PASSWORD))
    except RegistryError as refused:
        found.append(f"cannot go on: {refused.message}")
    return found if _opens(folder, "afterwards", PASSWORD) else [*found, "the new account does not open"]


def _repeat(admin: Registry, newest: str) -> None:
    """One of these was cut off; an administrator who repeats it need not know how far it came."""
    steps: list[Command[Any]] = [SetPassword("leo", PASSWORD), RenewRecoveryKeys(), ChangeUser("petra", protected=True)]
    if newest in {u.name for u in admin.read(q.ListUsers()) if not u.disabled}:
        steps.append(DisableUser(newest))
    for step in [*steps, *steps]:
        with suppress(RegistryError):
            admin.execute(step)


def _opens(folder: Path, name: str, password: str) -> bool:
    try:
        Registry.open(folder, name, password).close()
    except RegistryError:
        return False
    return True

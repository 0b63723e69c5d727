"""Backups: made by an administrator to a file, and once a day by whoever is at work; listed, checked, thinned out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from db import backup, errors, migrate, rotation, verify
from db import engine as store
from db.history import note_of
from db.keys import KeyFile
from db.models import history_entry
from db.opening import DATABASE, open_database
from db.platform import make_private_folder, write_atomically
from db.slots import Unlocked
from db.upgrading import BACKUPS, automatic
from registry.commands import CheckBackup, KeepBackup, MakeBackup
from registry.context import Context, View
from registry.errors import BadFile, Invalid, NotAllowed, RegistryError
from registry.i18n import N_, _, ngettext
from registry.progress import Progress
from registry.queries import GetBackupAge, ListBackups
from registry.trouble import as_registry_error
from registry.whole_file import require_outside

#: Days after which the newest backup is too old.
TOO_OLD = 7
#: What a backup is in a list; the last is only known from the history.
VERIFIED, DAMAGED, NEWER, ELSEWHERE = "verified", "damaged", "newer", "elsewhere"

INSIDE = N_("A backup inside the registry's own folder is lost with it. Choose another folder.")
OTHER_FILE = N_("“{name}” is something else. Choose another name for the backup.")
OTHER_REGISTRY = N_("This is a backup of another registry. Restore it to a new folder to look at it.")
NO_ACCOUNT = N_("You had no account yet when this backup was made. Restore it with a password of that day.")

_STAGES = {
    "copy": N_("Copying the registry"),
    "write": N_("Writing the backup"),
    "verify": N_("Verifying the backup"),
    "read": N_("Reading the backup"),
}
_MADE = ("make_backup", "restore_backup")
_FAILED = "failed.json"
#: What a failed automatic backup is remembered as, the first that fits.
_FAILURES = (errors.DiskFull, errors.NotWritten, errors.DiskTrouble, errors.ReadOnly, errors.NotVerified)
_LISTED = 50  # backups made by hand


@dataclass(frozen=True)
class BackupView:
    """One backup as a list shows it.

    Attributes:
        created: when, with its zone.
        kind: "manual", "daily" or "upgrade" (before the program changed the registry's form).
        size: in bytes.
        state: "verified", "damaged", "newer" (than this program) or "elsewhere" (made by hand to another place).
        path: the file; None for one elsewhere.
    """

    created: datetime
    kind: str
    size: int
    people: int
    state: str
    path: Path | None


@dataclass(frozen=True)
class BackupAge:
    """How far back work would be lost.

    Attributes:
        newest: when the newest backup was made, or restored from; None = never.
        since: the same, else when the registry was made.
        failure: why the last automatic backup failed; None if it didn't.
    """

    newest: datetime | None
    since: datetime
    failure: RegistryError | None

    @property
    def days(self) -> int:
        """Whole days since then."""
        return max((datetime.now(UTC) - self.since).days, 0)

    @property
    def ok(self) -> bool:
        """Whether nothing needs attention."""
        return self.failure is None and self.days <= TOO_OLD


@dataclass(frozen=True)
class BackupMade:
    """A backup that was made: its people, size in bytes and SHA-256."""

    people: int
    size: int
    sha256: str


@dataclass(frozen=True)
class BackupChecked:
    """A backup that opens and is whole.

    Attributes:
        sound: whether the history in it holds and the records say what it implies.
    """

    created: datetime
    people: int
    sound: bool


def make_backup(context: Context, command: MakeBackup) -> BackupMade:
    """Write a backup where the administrator says; an older backup there is replaced, nothing else."""
    target, folder = command.path.absolute(), context.keys.path.parent
    if target.resolve().is_relative_to(folder.resolve()):
        raise Invalid(INSIDE)
    require_outside(target)
    fresh = not target.exists()
    if not fresh:
        _require_backup(target)
    made = _make(context, target, backup.MANUAL)
    if fresh:
        context.on_failure.append(partial(target.unlink, missing_ok=True))
    people = made.manifest.facts.people
    context.note.update(file=target.name, people=people, size=made.size, sha256=made.sha256)
    return BackupMade(people, made.size, made.sha256)


def keep_backup(context: Context, _command: KeepBackup) -> bool:
    """Make the day's backup in the registry's folder, and remove those whose time is over."""
    folder = context.keys.path.parent / BACKUPS
    today = datetime.now(UTC).astimezone().date()
    if any(view.created.astimezone().date() == today for view in _dailies(folder)):
        return False
    try:
        with store.translated():
            target = automatic(make_private_folder(folder), backup.DAILY)
        _make(context, target, backup.DAILY)
    except errors.Busy:
        return False  # somebody is writing: the next look makes it
    except errors.StoreError as failure:
        _remember(folder, failure)
        raise
    (folder / _FAILED).unlink(missing_ok=True)
    _thin_out(folder)
    return True


def check_backup(context: Context, command: CheckBackup) -> BackupChecked:
    """Open a backup of this registry as its owner would after a disaster, and look at everything in it."""
    manifest = backup.read_manifest(command.path)
    key_file = key_file_of(command.path, manifest)
    if key_file.registry_id != context.keys.registry_id:
        raise BadFile(OTHER_REGISTRY)
    try:
        unlocked = key_file.reopen(context.unlocked)
    except errors.WrongPassword:
        raise NotAllowed(NO_ACCOUNT) from None
    beside, report = context.keys.path.parent / "copy", reporting(context.progress)
    with (
        backup.unpacked(command.path, manifest, beside, report) as folder,
        opened(folder, unlocked, manifest, context.progress) as (engine, _unlocked),
    ):
        sound = history_holds(engine)
    context.note.update(file=command.path.name, people=manifest.facts.people, sound=sound)
    return BackupChecked(manifest.created, manifest.facts.people, sound)


def key_file_of(file: Path, manifest: backup.Manifest) -> KeyFile:
    """The keys in a backup; `DamagedBackup`, `NewerBackup`."""
    try:
        return KeyFile.parse(file.parent, backup.read_keys(file, manifest))
    except errors.NewerSchema:
        raise errors.NewerBackup(file.suffix) from None
    except errors.Damaged:
        raise errors.DamagedBackup(file.suffix) from None


@contextmanager
def opened(
    folder: Path, unlocked: Unlocked, manifest: backup.Manifest, progress: Progress
) -> Iterator[tuple[Engine, Unlocked]]:
    """An unpacked copy that is sound and what its manifest says, on today's schema; `DamagedBackup`, `NewerBackup`."""
    if manifest.facts.schema > len(migrate.STEPS):
        raise errors.NewerBackup(str(manifest.facts.schema))
    reporting(progress)("verify", 0, 0)
    try:
        engine, now = open_database(folder, KeyFile.load(folder), unlocked)
    except errors.WrongKey:
        raise errors.DamagedBackup(DATABASE) from None
    try:
        backup.require_as_said(engine, manifest)
        migrate.upgrade(engine)
        yield engine, now
    finally:
        store.close_engine(engine)


def history_holds(engine: Engine) -> bool:
    """Whether the history verifies and the records say what it implies."""
    with store.reading(engine) as connection:
        return not any(True for _problem in verify.problems(connection))


def list_backups(view: View, _query: ListBackups) -> tuple[BackupView, ...]:
    """What lies in the registry's folder, and what was made by hand and taken elsewhere."""
    found = [*_in_folder(backup.folder_of(view.connection.engine) / BACKUPS), *_by_hand(view.connection)]
    return tuple(sorted(found, key=lambda one: one.created, reverse=True))


def backup_age(view: View, _query: GetBackupAge) -> BackupAge:
    """How old the newest backup is."""
    return age(view.connection)


def age(connection: Connection) -> BackupAge:
    """How old the newest backup of an open registry is; one from the future was dated by a wrong clock."""
    folder, latest = backup.folder_of(connection.engine) / BACKUPS, datetime.now(UTC) + timedelta(days=1)
    moments = [one.created for one in _in_folder(folder) if one.state == VERIFIED]
    own = history_entry.c.sequence == history_entry.c.batch
    last = connection.execute(select(func.max(history_entry.c.time)).where(own, history_entry.c.operation.in_(_MADE)))
    moments += [_moment(time) for time in last.scalars() if time is not None]
    newest = max((moment for moment in moments if moment <= latest), default=None)
    began = connection.execute(select(history_entry.c.time).where(history_entry.c.sequence == 1)).scalar_one()
    return BackupAge(newest, newest or _moment(began), _failure(folder))


def age_words(age: BackupAge) -> str:
    """How old the last backup is, in words."""
    if age.newest is None:
        words = _("No backup yet")
    else:
        days = (datetime.now().astimezone().date() - age.newest.astimezone().date()).days
        if days <= 0:
            words = _("Last backup today")
        elif days == 1:
            words = _("Last backup yesterday")
        else:
            words = ngettext("Last backup {count} day ago", "Last backup {count} days ago", days)
    return _("Backup failed") + " · " + words if age.failure is not None else words


def reporting(progress: Progress) -> backup.Report:
    """Tell a progress what the store reports."""
    return lambda stage, done, total: progress.step(done, total, _(_STAGES[stage]))


# --- parts --------------------------------------------------------------------------------------------------


def _make(context: Context, target: Path, kind: str) -> backup.Made:
    with backup.steady(context.connection.engine) as (connection, key_file):
        return backup.make(connection, key_file, target, kind, reporting(context.progress))


def _require_backup(path: Path) -> None:
    """Only an older backup is replaced, be it damaged."""
    try:
        with suppress(errors.DamagedBackup, errors.NewerBackup):
            backup.read_manifest(path)
    except errors.NotABackup:
        raise Invalid(OTHER_FILE, name=path.name) from None


def _in_folder(folder: Path) -> Iterator[BackupView]:
    """The backups in the registry's own folder."""
    for path in folder.glob(f"*{backup.SUFFIX}"):
        try:
            size, changed = path.stat().st_size, path.stat().st_mtime
        except OSError:
            continue  # removed just now by another window
        try:
            manifest = backup.read_manifest(path)
        except errors.NewerBackup:
            yield BackupView(_moment(int(changed * 1e6)), "", size, 0, NEWER, path)
        except errors.StoreError:
            yield BackupView(_moment(int(changed * 1e6)), "", size, 0, DAMAGED, path)
        else:
            yield BackupView(manifest.created, manifest.kind, size, manifest.facts.people, VERIFIED, path)


def _dailies(folder: Path) -> list[BackupView]:
    return [one for one in _in_folder(folder) if one.kind == backup.DAILY]


def _by_hand(connection: Connection) -> Iterator[BackupView]:
    own = history_entry.c.sequence == history_entry.c.batch
    mine = select(history_entry.c.batch, history_entry.c.time).where(own, history_entry.c.operation == _MADE[0])
    for row in connection.execute(mine.order_by(history_entry.c.batch.desc()).limit(_LISTED)):
        note = note_of(connection, row.batch)
        size, people = (int(str(note.get(name, 0))) for name in ("size", "people"))
        yield BackupView(_moment(row.time), backup.MANUAL, size, people, ELSEWHERE, None)


def _thin_out(folder: Path) -> None:
    """Remove the daily backups that the rotation does not keep; damaged ones stay to be seen."""
    dailies = _dailies(folder)
    kept = rotation.kept(one.created.astimezone() for one in dailies)
    for one in dailies:
        if one.created not in kept and one.path is not None:
            with suppress(OSError):
                one.path.unlink()


def _remember(folder: Path, failure: errors.StoreError) -> None:
    """Keep why the last automatic backup failed, as far as the disk lets us."""
    name = next((kind.__name__ for kind in _FAILURES if isinstance(failure, kind)), errors.DiskTrouble.__name__)
    with suppress(OSError):
        write_atomically(folder / _FAILED, json.dumps({"failure": name}).encode())


def _failure(folder: Path) -> RegistryError | None:
    try:
        name = json.loads((folder / _FAILED).read_bytes())["failure"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    known: Iterable[type[errors.StoreError]] = (kind for kind in _FAILURES if kind.__name__ == name)
    return next((as_registry_error(kind(name)) for kind in known), None)


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1e6, UTC)

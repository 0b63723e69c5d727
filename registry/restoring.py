"""A registry made again from a backup, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from db import backup
from db import engine as store
from db.errors import MistypedRecoveryKey, StoreError, WrongPassword
from db.keys import KeyFile
from db.platform import sweep_temporary_folder, sync_folder
from db.slots import Unlocked
from db.store import Transaction
from registry.access import Session
from registry.app import session_of
from registry.backups import VERIFIED, BackupView, history_holds, key_file_of, opened, reporting
from registry.errors import NotAllowed
from registry.i18n import N_
from registry.progress import SILENT, Progress
from registry.setup import make_folders, require_empty
from registry.trouble import as_registry_error

#: What the name of a backup ends with, unless somebody chose another.
SUFFIX = backup.SUFFIX
WRONG_IN_BACKUP = N_("The name or the password is wrong. A backup opens with those of the day on which it was made.")


@dataclass(frozen=True)
class Restored:
    """A registry that was made again.

    Attributes:
        backup: what it was made from.
        sha256: of the backup's file, in hexadecimal.
        user: sign-in name of whoever opened the backup; "" = with a recovery key.
        sound: whether the history holds and the records say what it implies.
    """

    backup: BackupView
    sha256: str
    user: str
    sound: bool


def describe(file: Path) -> BackupView:
    """What a backup says of itself, before anybody opens it; `BadFile` if it is none, damaged or newer."""
    try:
        return _view(file, backup.read_manifest(file))
    except StoreError as error:
        raise as_registry_error(error) from None


def anchor(file: Path) -> Mapping[str, object]:
    """What a backup says of the history's head, as an anchor says it; `BadFile`."""
    try:
        said = backup.read_manifest(file).facts
    except StoreError as error:
        raise as_registry_error(error) from None
    return {"registry": said.registry, "sequence": said.sequence, "head": said.head}


def restore(file: Path, folder: Path, user: str, password: str, progress: Progress = SILENT) -> Restored:
    """Make the registry again in a new or empty folder, with a password that was valid when the backup was made.

    Everything is looked at before it takes its place; whatever fails leaves nothing behind. The history says so.

    Raises:
        BadFile: the file is no backup, damaged, incomplete, or made by a newer version.
        NotAllowed: the password opens nothing in it.
        Invalid: something stands in the folder already.
        StorageTrouble: the folder cannot be used.
    """
    return _restore(file, folder, lambda keys: keys.unlock(user, password), progress)


def recover(file: Path, folder: Path, recovery_key: str, progress: Progress = SILENT) -> Restored:
    """As `restore`, with a recovery key that was printed before the backup was made."""
    return _restore(file, folder, lambda keys: keys.unlock_recovery(recovery_key), progress)


def _restore(file: Path, folder: Path, unlock: Callable[[KeyFile], Unlocked], progress: Progress) -> Restored:
    with suppress(OSError):
        sweep_temporary_folder()
    folder = folder.absolute()
    try:
        manifest = backup.read_manifest(file)
        require_empty(folder)
        store.require_good_place(folder)
        unlocked = unlock(key_file_of(file, manifest))
        # Nothing has been written so far.
        return _put_together(file, manifest, folder, unlocked, progress)
    except (WrongPassword, MistypedRecoveryKey) as refused:
        wrong = isinstance(refused, WrongPassword)
        raise NotAllowed(WRONG_IN_BACKUP) if wrong else as_registry_error(refused) from None
    except StoreError as error:
        raise as_registry_error(error) from None


def _put_together(
    file: Path, manifest: backup.Manifest, folder: Path, unlocked: Unlocked, progress: Progress
) -> Restored:
    make_folders(folder.parent)
    digest = backup.digest_of(file)
    with backup.unpacked(file, manifest, folder, reporting(progress)) as copy:
        with opened(copy, unlocked, manifest, progress) as (engine, now):
            sound = history_holds(engine)
            with store.writing(engine) as connection:
                session = session_of(connection, KeyFile.load(copy), now.slot_id)
                _note(connection, session, manifest)
        progress.committing()
        if folder.exists():
            folder.rmdir()  # empty; where the system would not rename over it
        copy.rename(folder)
        sync_folder(folder.parent)
    return Restored(_view(file, manifest), digest, session.name, sound)


def _note(connection: Connection, session: Session, manifest: backup.Manifest) -> None:
    note: dict[str, object] = {"backup_of": f"{manifest.created:%Y-%m-%d %H:%M} UTC", "people": manifest.facts.people}
    if session.recovering:
        note["signed_in_with"] = "recovery key"
    Transaction(connection).finish(user_id=session.user_id, operation="restore_backup", note=note)


def _view(file: Path, manifest: backup.Manifest) -> BackupView:
    size = file.stat().st_size
    return BackupView(manifest.created, manifest.kind, size, manifest.facts.people, VERIFIED, file)

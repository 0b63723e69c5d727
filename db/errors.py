"""What the store can fail with. No sentences for users: `registry.app` translates each of them."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The store could not do what was asked; the text is for developers and names no person."""


class WrongKey(StoreError):
    """The data key does not open this database file, or its first page is damaged."""


class WrongPassword(StoreError):
    """No slot opens with this name and password, or with this recovery key."""


class MistypedRecoveryKey(StoreError):
    """What was typed cannot be a recovery key: a character is wrong, missing or too many."""


class NotARegistry(StoreError):
    """There is no registry at this place."""


class AlreadyExists(StoreError):
    """A registry stands at this place already."""


class NewerSchema(StoreError):
    """A newer version of the program wrote this file."""


class Busy(StoreError):
    """Another process or window holds the registry."""


class Unsettled(Busy):
    """The database has yet to be encrypted anew, which happens at the next opening by one process alone."""


class NeedsAlone(Busy):
    """This is done only while nobody else has the registry open."""


class DiskTrouble(StoreError):
    """Reading or writing failed: a full disk, a limit, a medium that was taken out."""


class DiskFull(DiskTrouble):
    """There is no space left, or a quota is used up."""


class NoRoom(DiskFull):
    """Less is free than what is about to be written needs.

    Attributes:
        needed, free: bytes.
    """

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(f"{needed} bytes needed, {free} free")
        self.needed, self.free = needed, free


class NotWritten(DiskTrouble):
    """A file could not be written at the place that was chosen."""


class Damaged(StoreError):
    """The content of a file is not what was once written."""


class NotABackup(StoreError):
    """There is no file at this place, or it is no backup."""


class DamagedBackup(Damaged):
    """A backup of which something is missing or altered."""


class NewerBackup(NewerSchema):
    """A newer version of the program made this backup."""


class NotVerified(StoreError):
    """A backup was just written and does not read back as it should; it is removed."""


class ReadOnly(StoreError):
    """The file or its folder cannot be written by this user."""


class OnNetworkShare(StoreError):
    """SQLite's locks do not work on a network share: a registry is refused there."""


class InSyncFolder(OnNetworkShare):
    """A synchronising program copies files of this folder one by one: a registry is refused there."""


class NotEncrypted(StoreError):
    """The file, or the library that would open it, is not encrypted: never go on in plain text."""


class KeysDiffer(StoreError):
    """Public keys in keys.json and in the database differ, so nothing is sealed.

    Attributes:
        slots: ids of the slots that differ.
    """

    def __init__(self, slots: frozenset[str]) -> None:
        super().__init__(f"{len(slots)} key slots differ")
        self.slots = slots


class NoCompartmentKey(StoreError):
    """This needs the key of the protected compartment, which the signed-in user does not hold."""


class NameTaken(StoreError):
    """A key slot of this sign-in name exists."""


class LastSlot(StoreError):
    """This is the last user's slot: without it nobody could sign in."""


class StaleRow(StoreError):
    """Somebody else changed it since it was read."""


_BY_SQLITE_CODE: tuple[tuple[str, type[StoreError]], ...] = (
    ("SQLITE_BUSY", Busy),
    ("SQLITE_LOCKED", Busy),
    ("SQLITE_FULL", DiskFull),
    # An exceeded file size limit (EFBIG) and a medium that was pulled out look alike here.
    ("SQLITE_IOERR", DiskTrouble),
    ("SQLITE_NOTADB", WrongKey),
    ("SQLITE_CORRUPT", Damaged),
    ("SQLITE_READONLY", ReadOnly),
    ("SQLITE_PERM", ReadOnly),
    ("SQLITE_CANTOPEN", NotARegistry),
)
#: The driver's online backup names no code, only what `sqlite3_errstr` says of it.
_CODES_IN_WORDS = {
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
}
_BY_SYSTEM_CODE: dict[int, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EIO: DiskTrouble,
    errno.ENXIO: DiskTrouble,
    errno.ENODEV: DiskTrouble,
    errno.EROFS: ReadOnly,
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.ENOENT: NotARegistry,
    errno.ENOTDIR: NotARegistry,
}


def as_store_error(error: BaseException) -> StoreError | None:
    """The store's name for an error of SQLAlchemy, of the SQLite driver or of the system; None for a bug."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        kind = _BY_SYSTEM_CODE.get(error.errno or 0)
        return kind(errno.errorcode.get(error.errno or 0, "")) if kind else None
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlite_errorname", "")) or _CODES_IN_WORDS.get(str(cause), "")
    for prefix, kind in _BY_SQLITE_CODE:
        if code.startswith(prefix):
            return kind(code)
    return None

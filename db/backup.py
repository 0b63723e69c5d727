"""A backup: one file of the encrypted database, its keys and a manifest; made from a registry in use, and verified."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Self
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import Connection, Engine, func, select

from db import history, keys, migrate
from db.engine import (
    close_engine,
    copy_database,
    integrity,
    is_live,
    key_of,
    open_engine,
    reading,
    size_of,
    structure,
    translated,
    writing,
)
from db.errors import (
    Damaged,
    DamagedBackup,
    DiskTrouble,
    NewerBackup,
    NewerSchema,
    NoRoom,
    NotABackup,
    NotVerified,
    NotWritten,
    ReadOnly,
    WrongKey,
    as_store_error,
)
from db.models import person, setting
from db.opening import DATABASE
from db.platform import (
    begin_unfinished,
    end_unfinished,
    forget_cached,
    open_private,
    replace_file,
    sync_folder,
    unfinished_folder,
)

SUFFIX = ".drbackup"
FORMAT = 1
#: Why a backup was made: somebody asked for it, a day passed, the schema was about to change.
MANUAL, DAILY, UPGRADE = "manual", "daily", "upgrade"

#: Hears a stage ("copy", "write", "verify", "read"), how much of how much is done; may raise to stop the work.
Report = Callable[[str, int, int], None]

_MANIFEST = "manifest.json"
_PARTS = (DATABASE, keys.FILE_NAME)
#: A local file header (PKWARE APPNOTE 4.3.7) and the name of the first part, which no other zip begins with.
_BEGINS = b"PK\x03\x04", slice(30, 30 + len(_MANIFEST))
_LARGEST_MANIFEST = 1 << 16  # bytes
_CHUNK = 1 << 20
_SPARE = 1 << 20  # bytes that must be free beyond what is written
_UNREADABLE = (BadZipFile, EOFError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, struct.error)


@dataclass(frozen=True)
class Facts:
    """What a backup says of its database, and must find in it.

    Attributes:
        registry, post: the registry's id and the code of its post.
        schema: number of the last migration.
        sequence, head: the history's last entry and its chain value: an anchor.
    """

    registry: str
    post: str
    schema: int
    people: int
    sequence: int
    head: str


@dataclass(frozen=True)
class Part:
    """Size in bytes and SHA-256 of one part, hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What stands in a backup for everybody to read, beside the encrypted parts."""

    kind: str
    created: datetime
    facts: Facts
    parts: Mapping[str, Part]

    def as_bytes(self) -> bytes:
        """What is written."""
        head = {"format": FORMAT, "kind": self.kind, "created": self.created.isoformat()}
        parts = {name: asdict(part) for name, part in self.parts.items()}
        return json.dumps(head | asdict(self.facts) | {"parts": parts}, indent=1).encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read what `as_bytes` wrote; `NewerBackup`, or `KeyError`, `TypeError`, `ValueError` for anything else."""
        read = json.loads(content)
        if int(read.pop("format")) > FORMAT:
            raise NewerBackup
        kind, created = str(read.pop("kind")), datetime.fromisoformat(read.pop("created"))
        parts = {name: Part(int(part["size"]), str(part["sha256"])) for name, part in read.pop("parts").items()}
        said = Facts(**read)
        numbers = said.schema, said.people, said.sequence
        if tuple(parts) != _PARTS or created.tzinfo is None or not all(isinstance(n, int) for n in numbers):
            raise ValueError("not these parts")
        return cls(kind, created, said, parts)


@dataclass(frozen=True)
class Made:
    """A finished backup: what it says, its size in bytes and its own SHA-256."""

    manifest: Manifest
    size: int
    sha256: str


def folder_of(engine: Engine) -> Path:
    """The registry's folder."""
    return Path(str(engine.url.database)).parent


@contextmanager
def steady(engine: Engine) -> Iterator[tuple[Connection, bytes]]:
    """One unchanging view and the key file that belongs to it; others go on writing. `Busy` if one keeps the lock."""
    with reading(engine) as connection:
        # Key slots change inside a writing transaction: none is half done while this one holds the lock.
        with writing(engine), translated():
            content = (folder_of(engine) / keys.FILE_NAME).read_bytes()
            migrate.version(connection)  # a view begins with its first question
        yield connection, content


def make(connection: Connection, key_file: bytes, target: Path, kind: str, report: Report) -> Made:
    """Write what `connection` sees and its key file to `target`, mode 0600, whole and verified or not at all.

    Raises `NoRoom`, `DiskTrouble`, `NotWritten`, `NotVerified`.
    """
    engine = connection.engine
    size = size_of(connection) + len(key_file) + _SPARE
    _require_room((folder_of(engine), size), (target.parent, size))
    said = facts(connection)
    # In the registry's own folder, which is local and private: the target may be a stick or a share.
    with translated(), unfinished_folder(folder_of(engine) / "copy") as folder:
        database = folder / DATABASE
        copy_database(connection, database, partial(report, "copy"))
        parts = {DATABASE: Part(database.stat().st_size, _verified(database, key_of(engine), said, report))}
        parts[keys.FILE_NAME] = Part(len(key_file), hashlib.sha256(key_file).hexdigest())
        manifest = Manifest(kind, datetime.now(UTC).replace(microsecond=0), said, parts)
        return _write(target, manifest, database, key_file, report)


def facts(connection: Connection) -> Facts:
    """What can be said of a database; `NewerSchema`."""
    settings = {name: value for name, value in connection.execute(select(setting.c.name, setting.c.value))}
    people = connection.execute(select(func.count()).select_from(person)).scalar_one()
    sequence, head = history.head(connection)
    registry, post = str(settings.get("registry_id")), str(settings.get("post"))
    return Facts(registry, post, migrate.version(connection), people, sequence, head.hex())


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself; `NotABackup`, `DamagedBackup`, `NewerBackup`."""
    with _archive(file) as (_, manifest):
        return manifest


def read_keys(file: Path, manifest: Manifest) -> bytes:
    """The key file in a backup, as the manifest has it."""
    part = manifest.parts[keys.FILE_NAME]
    with _archive(file) as (archive, _):
        content = archive.read(keys.FILE_NAME)
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise DamagedBackup(keys.FILE_NAME)
    return content


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal; `NotABackup` if it cannot be read."""
    try:
        with file.open("rb") as whole:
            return hashlib.file_digest(whole, "sha256").hexdigest()
    except OSError:
        raise NotABackup(file.suffix) from None


@contextmanager
def unpacked(file: Path, manifest: Manifest, beside: Path, report: Report) -> Iterator[Path]:
    """The parts of a backup in a private folder beside a path, each as the manifest has it; removed at the end.

    Raises `NoRoom`, `DiskTrouble`, `NotWritten`, `DamagedBackup`.
    """
    _require_room((beside.parent, sum(part.size for part in manifest.parts.values()) + _SPARE))
    with _written(), unfinished_folder(beside) as folder:
        for name, part in manifest.parts.items():
            with (
                _archive(file) as (archive, _),
                archive.open(name) as source,
                open_private(folder / name, "xb") as target,
            ):
                digest = _passed(source, target, part.size, partial(report, "read"))
                _sync(target)
            if digest != part.sha256:
                raise DamagedBackup(name)
        yield folder


def require_as_said(engine: Engine, manifest: Manifest) -> None:
    """Raise `DamagedBackup` unless the database is sound and what the manifest says of it."""
    if not _is_as_said(engine, manifest.facts) or integrity(engine):
        raise DamagedBackup(DATABASE)


def _is_as_said(engine: Engine, said: Facts) -> bool:
    with reading(engine) as connection:
        found = facts(connection)
    return found == said


# --- writing ------------------------------------------------------------------------------------------------


def _verified(database: Path, key: bytes, said: Facts, report: Report) -> str:
    """The SHA-256 of a copy that opens, is sound and says what the original says; else `NotVerified`."""
    try:
        engine = open_engine(database, key)
        try:
            good = _is_as_said(engine, said) and not structure(engine, partial(report, "verify"))
        finally:
            close_engine(engine)
    except (Damaged, WrongKey, NewerSchema):
        good = False
    if not good:
        raise NotVerified(DATABASE)
    return digest_of(database)


def _write(target: Path, manifest: Manifest, database: Path, key_file: bytes, report: Report) -> Made:
    with _written():
        unfinished = begin_unfinished(target)
        try:
            with open_private(unfinished, "xb") as file:
                with ZipFile(file, "w", ZIP_STORED) as archive:
                    archive.writestr(_entry(_MANIFEST), manifest.as_bytes())
                    with database.open("rb") as source, archive.open(_entry(DATABASE), "w", force_zip64=True) as part:
                        _passed(source, part, manifest.parts[DATABASE].size, partial(report, "write"))
                    archive.writestr(_entry(keys.FILE_NAME), key_file)
                _sync(file)
                forget_cached(file)
            made = Made(manifest, unfinished.stat().st_size, _read_back(unfinished, manifest, report))
            replace_file(unfinished, target)
        finally:
            end_unfinished(unfinished)
    with suppress(OSError):  # a share may know no such thing
        sync_folder(target.parent)
    return made


def _read_back(file: Path, manifest: Manifest, report: Report) -> str:
    """The SHA-256 of a backup whose parts read as they were written; else `NotVerified`."""
    try:
        with _archive(file) as (archive, found):
            good = found == manifest
            for name, part in manifest.parts.items():
                with archive.open(name) as source:
                    good &= _passed(source, None, part.size, partial(report, "verify")) == part.sha256
    except (DamagedBackup, NotABackup):
        good = False
    if not good:
        raise NotVerified(file.name)
    return digest_of(file)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry


def _passed(source: IO[bytes], target: IO[bytes] | None, size: int, report: Callable[[int, int], None]) -> str:
    """Read to the end, writing to `target` if there is one; the SHA-256 of what passed."""
    digest, done = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
        done += len(chunk)
        report(done, size)
    return digest.hexdigest()


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _require_room(*needs: tuple[Path, int]) -> None:
    """Raise `NoRoom` unless every disk has what the needs, folder and bytes, take there together."""
    with _written():
        disks: dict[int, list[tuple[Path, int]]] = {}
        for folder, size in needs:
            disks.setdefault(folder.stat().st_dev, []).append((folder, size))
        for some in disks.values():
            needed, free = sum(size for _, size in some), shutil.disk_usage(some[0][0]).free
            if free < needed:
                raise NoRoom(needed, free)


@contextmanager
def _written() -> Iterator[None]:
    """What goes wrong with a place that somebody chose is told as such."""
    try:
        yield
    except OSError as error:
        known = as_store_error(error)
        raise (known if isinstance(known, DiskTrouble | ReadOnly) else NotWritten(type(error).__name__)) from None


# --- reading ------------------------------------------------------------------------------------------------


@contextmanager
def _archive(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """A backup opened to be read; whatever is wrong with it leaves as `NotABackup` or `DamagedBackup`."""
    if not path.is_file() or is_live(path):
        raise NotABackup(path.suffix)
    try:
        file = path.open("rb")
    except OSError:
        raise NotABackup(path.suffix) from None
    with file:
        begins = file.read(_BEGINS[1].stop)
        if not begins.startswith(_BEGINS[0]) or begins[_BEGINS[1]] != _MANIFEST.encode():
            raise NotABackup(path.suffix)
        try:
            with ZipFile(file) as archive:
                yield archive, _manifest(archive)
        except _UNREADABLE:
            raise DamagedBackup(path.suffix) from None
        except OSError as error:
            raise (as_store_error(error) or DamagedBackup(path.suffix)) from None


def _manifest(archive: ZipFile) -> Manifest:
    """The manifest of an archive that holds exactly our parts, in our order, as they are."""
    first, *rest = archive.infolist()
    if first.filename != _MANIFEST or first.file_size > _LARGEST_MANIFEST or not _is_plain(first):
        raise BadZipFile
    manifest = Manifest.parse(archive.read(_MANIFEST))
    if [(e.filename, e.file_size) for e in rest] != [(name, part.size) for name, part in manifest.parts.items()]:
        raise BadZipFile
    if not all(map(_is_plain, rest)):
        raise BadZipFile
    return manifest


def _is_plain(entry: ZipInfo) -> bool:
    return entry.compress_type == ZIP_STORED and not entry.flag_bits & 1 and entry.file_size == entry.compress_size

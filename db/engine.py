"""Opens a registry's encrypted database: SQLCipher behind SQLAlchemy, checked, keyed and set up alike."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]
from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from db import platform
from db.errors import (
    AlreadyExists,
    Busy,
    Damaged,
    InSyncFolder,
    NotARegistry,
    NotEncrypted,
    OnNetworkShare,
    ReadOnly,
    WrongKey,
    as_store_error,
)

#: The first release without the bug that could corrupt a database when its WAL was reset.
OLDEST_SQLITE = (3, 51, 3)
#: How long a write waits for another process, in milliseconds (SECURITY.md, T10).
WAIT = 10_000
_PLAIN_HEADER = b"SQLite format 3\0"
_KEY_LENGTH = 32
#: Milliseconds that whoever needs a database alone waits for others to close it.
WAIT_ALONE = 1_000
_PAGES = 2_000  # copied between two reports
#: Kibibytes of pages in memory, in general and while something is written: an import that touches every index else
#: writes and enciphers the same pages again and again.
_CACHE, _CACHE_WRITING = 2_000, 32_000
_DATABASE_ERRORS: tuple[type[Exception], ...] = (DBAPIError, sqlcipher.Error)
_ALL_ERRORS = (*_DATABASE_ERRORS, OSError)


def _as_it_is(value: object) -> object:
    """What the driver binds without a search."""
    return value


# Whatever is neither number nor text, the driver asks for a way to bind it by an exception that it makes and drops: a
# third of the time of an import, for there are many bytes and empty values. Registered types are looked up.
for _kind in (bytes, type(None)):
    sqlcipher.register_adapter(_kind, _as_it_is)

# Closing any handle of a file drops all POSIX locks that this process holds on it, SQLite's own among them
# (https://sqlite.org/howtocorrupt.html, section 2.2). So how many connections this process has to a file is
# counted here, and the file is read by other means only while there is none.
_guard = threading.Lock()
_live: Counter[Path] = Counter()


def open_engine(path: Path, key: bytes, *, create: bool = False, alone: bool = False, wait: int = WAIT) -> Engine:
    """The engine of the database at `path`, keyed with 32 raw bytes; `wait` in milliseconds.

    With `create` a new, empty database is made first. With `alone` the engine has one connection, beside which
    nobody else has any: `Busy` unless it is so. Raises `WrongKey`, `NotARegistry`, `NotEncrypted`,
    `OnNetworkShare`, `InSyncFolder`, `AlreadyExists`, `Damaged`, `ReadOnly`. End with `close_engine`.
    """
    path = path.resolve()
    require_good_place(path)
    _require_raw_key(key)
    if create:
        _create(path, key)
    _require_encrypted_file(path)
    engine = _make_engine(path, key, wait, alone)
    try:
        with translated(), engine.connect():
            return engine
    except NotARegistry:
        engine.dispose()
        # The file is there, it was just read: what cannot be made is the WAL beside it.
        raise ReadOnly("no place for the WAL") from None
    except BaseException:
        engine.dispose()
        raise


def open_with_any(path: Path, keys: Sequence[bytes], *, wait: int = WAIT) -> tuple[Engine, bytes]:
    """The engine and that one of `keys` that opens the file: re-keying, if interrupted, leaves either."""
    for key in keys[:-1]:
        try:
            return open_engine(path, key, wait=wait), key
        except WrongKey:
            continue
    return open_engine(path, keys[-1], wait=wait), keys[-1]


def close_engine(engine: Engine) -> None:
    """Write the WAL back, empty it and close all connections; another process's open registry is no error."""
    try:
        checkpoint(engine)
    finally:
        engine.dispose()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the write lock from its first moment; commits at the end, or leaves nothing.

    Raises `Busy` if another process keeps the lock longer than the engine waits.
    """
    with (
        translated(_DATABASE_ERRORS),
        engine.connect().execution_options(writing=True) as connection,
        _roomy(connection),
        connection.begin(),
    ):
        yield connection


@contextmanager
def _roomy(connection: Connection) -> Iterator[None]:
    """Room for many changed pages while a transaction writes; given back behind it."""
    # On the driver: SQLAlchemy would begin a transaction.
    driver = _driver(connection)
    driver.execute(f"PRAGMA cache_size=-{_CACHE_WRITING}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA cache_size=-{_CACHE}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One unchanging view of the database, whatever is written meanwhile."""
    with (
        translated(_DATABASE_ERRORS),
        engine.connect() as connection,
        connection.begin() as transaction,
    ):
        yield connection
        transaction.rollback()


@contextmanager
def translated(kinds: tuple[type[Exception], ...] = _ALL_ERRORS) -> Iterator[None]:
    """Errors of `kinds`, by default of database and disk, leave as those of `db.errors`; bugs as they are."""
    try:
        yield
    except kinds as error:
        known = as_store_error(error)
        if known is None:
            raise
        # Without the cause: a driver's text can name values.
        raise known from None


def checkpoint(engine: Engine) -> bool:
    """Write the WAL back and empty it: no deleted row stays there. False while another reader prevents it."""
    with translated(), closing(engine.raw_connection()) as connection:
        busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def data_version(connection: Connection) -> int:
    """A number that changes when anybody else changes the database; compare one connection's answers."""
    # On the driver: SQLAlchemy would begin a transaction, inside which the number stands still.
    return int(_driver(connection).execute("PRAGMA data_version").fetchone()[0])


def integrity(engine: Engine) -> list[str]:
    """What the page checks, SQLite's structure check and the foreign keys complain of; empty if sound."""
    found: list[str] = []
    # On a connection of its own: one that has read a full-text index keeps its structure in memory, and the
    # check then compares that with what another connection has written since, and complains without cause.
    pool = engine.pool.recreate()
    try:
        with translated(), closing(pool.connect()) as connection:
            for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
                found += [f"{pragma}: {line}" for line in _complaints(connection.cursor(), pragma)]
    finally:
        pool.dispose()
    return found


def structure(engine: Engine, report: Callable[[int, int], None]) -> list[str]:
    """What is wrong with the pages of the tables, each read and authenticated once; empty if sound.

    The cheap part of `integrity`: a copy page by page has the indexes and the search index that the original has.
    `report` hears how many tables of how many are done, and may raise to stop it.
    """
    found: list[str] = []
    with translated(), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
        names = [name for (name,) in cursor.execute(tables).fetchall()]
        for done, name in enumerate(names):
            report(done, len(names))
            found += [f"{name}: {line}" for line in _complaints(cursor, "quick_check", name)]
    return found


def _complaints(cursor: Any, pragma: str, table: str = "") -> list[str]:
    try:
        rows = cursor.execute(f'PRAGMA {pragma}("{table}")' if table else f"PRAGMA {pragma}").fetchall()
    except sqlcipher.DatabaseError as error:
        if not isinstance(as_store_error(error), Damaged | WrongKey):
            raise
        return [str(error.sqlite_errorname)]
    return [" ".join(map(str, row)) for row in rows if tuple(row) != ("ok",)]


def copy_database(connection: Connection, target: Path, report: Callable[[int, int], None]) -> None:
    """Copy what `connection` sees, one unchanging view, to a new file under the same key; others go on writing.

    `report` hears how many pages of how many are copied, and may raise to stop it. Not synced.
    """
    source = _driver(connection)
    # A view begins with the first query.
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    platform.make_private_file(target)
    with translated(), closing(_connect(target)) as copy:
        copy.execute(f'PRAGMA key="{connection.engine.url.password}"')
        for setting in ("journal_mode=OFF", "synchronous=OFF"):
            copy.execute(f"PRAGMA {setting}")
        # Page by page between two keyed connections: SQLite refuses a copy to one without the key.
        source.backup(copy, pages=_PAGES, progress=lambda _status, left, total: report(total - left, total))


def key_of(engine: Engine) -> bytes:
    """The data key with which an engine was opened."""
    return bytes.fromhex(str(engine.url.password)[2:-1])


def size_of(connection: Connection) -> int:
    """Bytes of the database that `connection` sees."""
    pages, size = (_driver(connection).execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def is_live(path: Path) -> bool:
    """Whether this process has that file open as a database, whatever it is called; then nothing else may open it."""
    with _guard:
        databases = [database for database, count in _live.items() if count]
    files = [Path(f"{database}{ending}") for database in databases for ending in ("", "-wal", "-shm")]
    return path.exists() and any(file.exists() and path.samefile(file) for file in files)


def rekey(path: Path, old: bytes, new: bytes, *, wait: int = WAIT) -> None:
    """Encrypt the whole database anew; `Busy` unless nobody, this process included, has it open.

    After an interruption the file opens with the old or the new key, whole: open it by `open_with_any`.
    """
    path = path.resolve()
    _require_raw_key(new)
    with _guard:
        if _live[path]:
            raise Busy("open in this process")
    close_engine(open_engine(path, old, wait=wait))
    with translated(), closing(_connect(path, wait)) as connection:
        _set_key(connection, old)
        _keep_others_out(connection)
        connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
    # On a read-only file PRAGMA rekey reports success and changes nothing, so success is what opens.
    close_engine(open_engine(path, new, wait=wait))


def _make_engine(path: Path, key: bytes, wait: int, alone: bool) -> Engine:
    # The dialect itself issues PRAGMA key with the URL's password, after `_open` has checked the library.
    url = URL.create("sqlite+pysqlcipher", password=f"x'{key.hex()}'", database=str(path))
    size, overflow = (1, 0) if alone else (6, 10)
    engine = create_engine(url, poolclass=QueuePool, pool_size=size, max_overflow=overflow, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def _open(*_arguments: object) -> Any:
        connection = _connect(path, wait)
        with _guard:
            _live[path] += 1
        return connection

    @event.listens_for(engine, "close")
    def _closed(*_arguments: object) -> None:
        with _guard:
            _live[path] -= 1

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        try:
            _prepare(connection, alone)
        except BaseException:
            connection.close()
            _closed()
            raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver would begin by itself, but only before INSERT, UPDATE and DELETE: CREATE TABLE would then
        # stand outside the transaction. And a deferred writer can fail in the middle; this one waits first.
        writing_now = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")

    return engine


def _prepare(connection: Any, alone: bool) -> None:
    """Set every connection up alike; the first query shows a wrong key. temp_store stays at memory."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if alone:
        _keep_others_out(connection)
    else:
        connection.execute("PRAGMA journal_mode=WAL")
    for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _keep_others_out(connection: Any) -> None:
    """Leaving WAL succeeds only without other connections; the exclusive lock then keeps them out."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _connect(path: Path, wait: int = WAIT) -> Any:
    """A driver connection that is not keyed yet, to an existing file."""
    connection = sqlcipher.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False, timeout=wait / 1000)
    try:
        _require_cipher(connection)
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA busy_timeout={wait}")
        connection.isolation_level = None
    except BaseException:
        connection.close()
        raise
    return connection


def _require_cipher(connection: Any) -> None:
    """The plain sqlite3 library ignores PRAGMA key without a word and writes plain text: ask first."""
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise NotEncrypted("this SQLite has no cipher")
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise NotEncrypted(f"SQLite {sqlcipher.sqlite_version} is too old")


def _set_key(connection: Any, key: bytes) -> None:
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")


def _create(path: Path, key: bytes) -> None:
    """Make an empty encrypted database; the caller checks its header once this connection is closed."""
    with translated():
        try:
            platform.make_private_file(path)
        except FileExistsError:
            raise AlreadyExists("database") from None
        try:
            with closing(_connect(path)) as connection:
                _set_key(connection, key)
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA user_version=0")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except BaseException:
            path.unlink()
            raise


def _require_encrypted_file(path: Path) -> None:
    """Refuse a missing, an empty and a plain-text file; SQLite would take the second for a new database."""
    with _guard, translated():
        if _live[path]:
            return
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    if header == _PLAIN_HEADER:
        raise NotEncrypted("the file is plain text")
    if not header:
        raise Damaged("the database is empty")


def require_good_place(path: Path) -> None:
    """Raise `OnNetworkShare` or `InSyncFolder` if no registry may stand there."""
    if platform.is_network_share(path):
        raise OnNetworkShare("network share")
    if platform.is_sync_folder(path):
        raise InSyncFolder("synchronised folder")


def _require_raw_key(key: bytes) -> None:
    if len(key) != _KEY_LENGTH:
        raise ValueError("a data key has 32 bytes")


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection

"""The two doors: `Registry.execute` for every change, `Registry.read` for every question."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, bindparam, select

from db import engine as store
from db.errors import DiskTrouble, KeysDiffer, StoreError
from db.keys import KeyFile
from db.models import key_slot, user_account
from db.platform import sweep_temporary_folder
from db.slots import RECOVERY, Unlocked
from db.store import Transaction
from db.upgrading import open_upgraded
from registry import additions, writing
from registry.access import NO_RIGHT, Right, Role, Session
from registry.actions import ACTIONS, ANSWERS
from registry.additions import Additions
from registry.changes import KIND_OF_TABLE, Changes, Outcome
from registry.collecting import collector_paused
from registry.commands import Command
from registry.context import Context, View
from registry.errors import NotAllowed
from registry.i18n import N_
from registry.operation import Action
from registry.packed import announced
from registry.profiles.loading import Templates
from registry.progress import SILENT, Progress
from registry.queries import Query
from registry.trouble import as_registry_error

Result = TypeVar("Result")
Listener = Callable[[Changes], None]
#: Whoever holds a recovery key is nobody in particular; the history says that it was used.
RECOVERING = Session(0, "", Role.AUDITOR, recovering=True)

REPLACED = N_("The password of this account was set anew. Sign in with the new one.")
DISABLED = N_("This account is disabled. Ask an administrator.")


class Registry:
    """An open registry with one user signed in.

    Attributes:
        folder: where it stands.
        session: who is signed in.
    """

    def __init__(self, folder: Path, engine: Engine, unlocked: Unlocked, session: Session) -> None:
        self.folder = folder
        self.session = session
        self._engine = engine
        self._unlocked = unlocked
        self._confirmed = False
        self._watching: Connection | None = None
        self._writing = threading.Lock()
        self._listeners: list[Listener] = []
        self._templates = Templates()

    @classmethod
    def open(cls, folder: Path, user: str, password: str) -> Self:
        """Sign in; raises `NotAllowed` (wrong password, disabled account) or `StorageTrouble`."""
        return cls._open(folder, lambda keys: keys.unlock(user, password))

    @classmethod
    def recover(cls, folder: Path, recovery_key: str) -> Self:
        """Open with a printed recovery key, only to manage accounts: the way back when no password is known."""
        return cls._open(folder, lambda keys: keys.unlock_recovery(recovery_key))

    @classmethod
    def _open(cls, folder: Path, unlock: Callable[[KeyFile], Unlocked]) -> Self:
        with suppress(OSError):
            sweep_temporary_folder()
        with _storage():
            keys = KeyFile.load(folder)
            engine, unlocked = open_upgraded(folder, keys, unlock(keys))
            try:
                with store.reading(engine) as connection:
                    session = session_of(connection, keys, unlocked.slot_id)
            except BaseException:
                store.close_engine(engine)
                raise
        return cls(folder, engine, unlocked, session)

    def close(self) -> None:
        """Sign out: write everything back, close the files, forget the keys."""
        with _storage():
            if self._watching is not None:
                self._watching.close()
                self._watching = None
            # What was acknowledged stands in the WAL: no room to write it back now is no failure of the work.
            with suppress(DiskTrouble):
                store.close_engine(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def confirm(self, password: str) -> None:
        """Let the next command take much data out, if the password is right; else raises `NotAllowed`."""
        with _storage():
            if KeyFile.load(self.folder).unlock(self.session.name, password).slot_id != self._unlocked.slot_id:
                raise NotAllowed(NO_RIGHT)
        self._confirmed = True

    def execute(self, command: Command[Result], progress: Progress = SILENT) -> Outcome[Result]:
        """Check the right, carry the command out in one transaction with its history, then announce what changed."""
        action = ACTIONS[type(command)]
        confirmed, self._confirmed = self._confirmed, False
        if not action.writes:
            return self._execute_reading(action, command, confirmed, progress)
        with self._writing, collector_paused(), _storage(), _taken_back_on_failure() as on_failure:
            with store.writing(self._engine) as connection, self._described(connection):
                transaction = Transaction(connection, self.session.name)
                context = self._context(action, transaction, confirmed, progress, on_failure)
                value: Result = action.run(context, command)
                transaction.names.write()
                writing.reindex(connection, transaction.stale)
                progress.committing()
                undoes = getattr(value, "undoes", None)
                # What changed nothing is no step to take back; an undo that left everything is one that was tried.
                steps = transaction.changed or undoes is not None or not action.undoable
                batch = self._finish(context, action, undoes) if steps and action.traced else 0
                if context.key_change:
                    # Last, so that only the commit can fail after it.
                    context.keys.save()
                    on_failure.append(context.keys.take_back)
            on_failure.clear()
            if context.key_change:
                self._unlocked = context.key_change[-1]
                # What it replaced goes now; what is cut off here, or finds no room, the next change drops.
                with suppress(StoreError), store.writing(self._engine):
                    context.keys.complete()
        if transaction.erased:
            # What was erased stands in the WAL until it is emptied: now, or when the registry is closed.
            with suppress(StoreError):
                store.checkpoint(self._engine)
        if batch:
            announced.note(self._engine, batch, transaction.touched)
        changes = _changes(transaction)
        for listener in tuple(self._listeners):
            listener(changes)
        return Outcome(value, batch, changes)

    def _execute_reading(
        self, action: Action, command: Command[Result], confirmed: bool, progress: Progress
    ) -> Outcome[Result]:
        """Work that only leaves a trace: others can write meanwhile; the trace is written when it is done."""
        with collector_paused(), _storage(), _taken_back_on_failure() as on_failure:
            with store.reading(self._engine) as connection, self._described(connection):
                context = self._context(action, Transaction(connection), confirmed, progress, on_failure)
                value: Result = action.run(context, command)
            batch = 0
            if action.traced:
                with self._writing, store.writing(self._engine) as connection:
                    batch = self._finish(replace(context, transaction=Transaction(connection)), action)
        return Outcome(value, batch, Changes())

    def _context(
        self,
        action: Action,
        transaction: Transaction,
        confirmed: bool,
        progress: Progress,
        on_failure: list[Callable[[], object]],
    ) -> Context:
        connection = transaction.connection
        session, keys = self._allowed(connection, action.right), KeyFile.load(self.folder)
        return Context(
            connection, session, progress, transaction, keys, self._unlocked, confirmed, on_failure=on_failure
        )

    @staticmethod
    def _finish(context: Context, action: Action, undoes: int | None = None) -> int:
        if context.session.recovering:
            context.note["signed_in_with"] = "recovery key"
        return context.transaction.finish(
            user_id=context.session.user_id, operation=action.code, note=context.note, undoes=undoes
        )

    def _allowed(self, connection: Connection, right: Right) -> Session:
        """The user as the register has it now, role changes by others included, if it may do this."""
        if not self.session.recovering:
            self.session = _session(connection, self._unlocked.slot_id)
        if not self.session.may(right):
            raise NotAllowed(NO_RIGHT)
        return self.session

    def read(self, query: Query[Result], progress: Progress = SILENT) -> Result:
        """Answer a question from one unchanging view, without what this user may not see."""
        answer = ANSWERS[type(query)]
        with _storage(), store.reading(self._engine) as connection, self._described(connection):
            session = self._allowed(connection, answer.right)
            value: Result = answer.run(View(connection, session, progress), query)
            return value

    def _described(self, connection: Connection) -> AbstractContextManager[None]:
        """Let this thread know the fields of the profile templates, as the view has them, until the work is done."""
        return additions.in_use(self._templates.read(connection))

    def additions(self) -> Additions:
        """What this registry adds to fields and vocabularies now: for what is shown outside the two doors."""
        with _storage(), store.reading(self._engine) as connection:
            return self._templates.read(connection)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change made here, on the thread that made it; returns the function that ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def data_version(self) -> int:
        """A number that rises with every change, made here or by another process; polled by the window."""
        with _storage():
            if self._watching is None:
                # Answers can be compared on one connection only, on which nothing else runs.
                self._watching = self._engine.connect()
            return store.data_version(self._watching)


def session_of(connection: Connection, keys: KeyFile, slot: str) -> Session:
    """Who opened the registry with this slot; raises `NotAllowed` or `KeysDiffer`."""
    _require_same_key(connection, keys, slot)
    return RECOVERING if slot in keys.slot_ids(RECOVERY) else _session(connection, slot)


_ACCOUNT = select(user_account).where(user_account.c.slot == bindparam("slot"))


def _session(connection: Connection, slot: str) -> Session:
    """Who signs in with this slot, as the register has it."""
    account = connection.execute(_ACCOUNT, {"slot": slot}).mappings().first()
    if account is None:
        raise NotAllowed(REPLACED)
    if account["disabled"]:
        raise NotAllowed(DISABLED)
    return Session(account["id"], account["name"], Role(account["role"]), account["protected"])


def _require_same_key(connection: Connection, keys: KeyFile, slot: str) -> None:
    """An older keys.json put back would let a password in that was reset since."""
    known = connection.execute(select(key_slot.c.public_key).where(key_slot.c.slot == slot)).scalar()
    if known != keys.public_keys()[slot]:
        raise KeysDiffer(frozenset([slot]))


@contextmanager
def _taken_back_on_failure() -> Iterator[list[Callable[[], object]]]:
    """Work outside the register, key file and papers, goes back if the transaction comes to nothing."""
    steps: list[Callable[[], object]] = []
    try:
        yield steps
    except BaseException:
        for step in steps:
            # What cannot be taken back, on a full disk, is settled by the next change of accounts.
            with suppress(StoreError, OSError):
                step()
        raise


@contextmanager
def _storage() -> Iterator[None]:
    """Let the store's failures leave as sentences."""
    try:
        yield
    except StoreError as error:
        raise as_registry_error(error) from None


def _changes(transaction: Transaction) -> Changes:
    ids: dict[str, set[int]] = {}
    for record_id, kind in transaction.touched.items():
        ids.setdefault(kind, set()).add(record_id)
    for table in transaction.touched_tables:
        ids.setdefault(KIND_OF_TABLE[table], set()).add(0)
    return Changes({kind: frozenset(some) for kind, some in ids.items()})

"""Taking operations back, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from db.history import FIRST_RECORD_SUBJECT
from db.models import history_content, history_entry, record
from db.records import slices
from db.revert import revert
from registry import links
from registry.access import NO_RIGHT, Right
from registry.actions import ACTIONS
from registry.commands import Undo
from registry.context import Context, View
from registry.errors import Conflict, Invalid, NotAllowed
from registry.fields import ASSOCIATIONS
from registry.i18n import N_, _
from registry.outreach.following import without_campaign
from registry.queries import LastUndoable

NOTHING = N_("There is nothing to undo.")
NOT_UNDOABLE = N_("This operation cannot be undone.")
ALREADY = N_("This operation has been undone already.")
CHANGED_AGAIN = N_("This was changed again since. Undo the later change first.")
SENT = N_("Letters or messages of this campaign went out already: that it was prepared cannot be undone.")
NOT_YOURS = N_("Somebody else did this. Ask an administrator to undo it.")

_LARGEST = 2**63 - 1  # the store's largest number
_UNDOABLE = tuple(a.code for a in ACTIONS.values() if a.undoable)


@dataclass(frozen=True)
class Undone:
    """What was taken back.

    Attributes:
        undoes: the batch.
        operation: code of what it was.
        records: how many records are as before.
        left: registration numbers of records changed since, which were not touched; the id of one that is gone.
        erased: how many people had been erased meanwhile.
    """

    undoes: int
    operation: str
    records: int
    left: tuple[str, ...]
    erased: int


def undo(context: Context, command: Undo) -> Undone:
    """Take back one operation; undoing an undo is redo."""
    batch = command.batch
    if batch is None:
        batch = _last(context.connection, context.session.user_id, parts=command.force)
    if batch is None or batch > _LARGEST:
        raise Invalid(NOTHING)
    entry = context.connection.execute(_heads().where(history_entry.c.batch == batch)).first()
    if entry is None:
        raise Invalid(NOTHING)
    if entry.operation not in _UNDOABLE:
        raise Invalid(NOT_UNDOABLE)
    if entry.user_id != context.session.user_id and not context.session.may(Right.UNDO_OTHERS):
        raise NotAllowed(NOT_YOURS)
    if not context.session.may(_right_of(context.connection, batch)):
        raise NotAllowed(NO_RIGHT)
    done = _undone(context.connection, batch)
    message = _("Undoing")
    result = revert(
        context.transaction,
        batch,
        force=command.force,
        done=done,
        step=lambda taken, total: context.progress.step(taken, total, message),
    )
    # What follows, mostly taking words out of the index, takes about as long again and tells no numbers.
    context.progress.step(0, 0, message)
    if done and not (result.records or result.left):
        raise Invalid(ALREADY)
    again = [i for i, kind in context.transaction.touched.items() if kind == ASSOCIATIONS]
    if 0 in result.left or links.stands_in_circle(context.connection, again):
        raise Conflict(CHANGED_AGAIN)
    if "campaign" in context.transaction.touched_tables and without_campaign(context.connection):
        raise Conflict(SENT)
    links.link_waiting(context.transaction, again, strict=False)
    return Undone(batch, entry.operation, result.records, _numbers(context.connection, result.left), result.erased)


def last_undoable(view: View, _query: LastUndoable) -> tuple[int, str] | None:
    """This user's last operation that is still in force and can be undone; undos are taken back by their number."""
    batch = _last(view.connection, view.session.user_id)
    if batch is None:
        return None
    entry = view.connection.execute(_heads().where(history_entry.c.batch == batch)).one()
    return batch, entry.operation


def _right_of(connection: Connection, batch: int) -> Right:
    """What the operation needed that `batch` did, takes back or brings back."""
    first = batch
    while undone := connection.scalar(select(history_entry.c.undoes).where(history_entry.c.sequence == first)):
        first = undone
    code = connection.execute(_heads().where(history_entry.c.batch == first)).one().operation
    return next(action.right for action in ACTIONS.values() if action.code == code)


def _numbers(connection: Connection, ids: Sequence[int]) -> tuple[str, ...]:
    """Registration numbers; of records that are gone, what is left of their names: the id."""
    known: dict[int, str] = {}
    for some in slices(ids):
        rows = connection.execute(select(record.c.id, record.c.number).where(record.c.id.in_(some)))
        known.update((row.id, row.number) for row in rows)
    return tuple(known.get(i, str(i)) for i in ids)


def _heads() -> Select[tuple[int, int, str]]:
    """The entry that stands for each operation."""
    own = history_entry.c.sequence == history_entry.c.batch
    return select(history_entry.c.batch, history_entry.c.user_id, history_entry.c.operation).where(own)


def _undone(connection: Connection, batch: int) -> set[bytes]:
    """Subjects of an operation that were taken back: those of its undos, but for what was brought back again."""
    undos = select(history_entry.c.batch).where(
        history_entry.c.undoes == batch, history_entry.c.sequence == history_entry.c.batch
    )
    subjects: set[bytes] = set()
    for undo_batch in connection.execute(undos).scalars().all():
        touched = select(history_entry.c.subject).where(history_entry.c.batch == undo_batch)
        subjects |= set(connection.execute(touched).scalars()) - _undone(connection, undo_batch)
    return subjects


def _is_undone(connection: Connection, batch: int) -> bool:
    """Whether an undo of `batch` is in force: an undo that was itself undone no longer counts."""
    undos = select(history_entry.c.batch).where(
        history_entry.c.undoes == batch, history_entry.c.sequence == history_entry.c.batch
    )
    return any(not _is_undone(connection, other) for other in connection.execute(undos).scalars().all())


def _last(connection: Connection, user_id: int, *, parts: bool = False) -> int | None:
    """The newest undoable operation of a user that is no undo and is not undone.

    Args:
        parts: whether an operation counts of which an undo left records.
    """
    mine = _heads().where(
        history_entry.c.user_id == user_id,
        history_entry.c.operation.in_(_UNDOABLE),
        history_entry.c.operation != "undo",
    )
    for entry in connection.execute(mine.order_by(history_entry.c.batch.desc())):
        if not _is_undone(connection, entry.batch) or (parts and _left(connection, entry.batch)):
            batch: int = entry.batch
            return batch
    return None


def _left(connection: Connection, batch: int) -> bool:
    """Whether records of an operation were left when it was taken back, and are not erased."""
    mine = select(history_entry.c.subject).join(history_content, history_content.c.sequence == history_entry.c.sequence)
    subjects = set(connection.execute(mine.where(history_entry.c.batch == batch)).scalars())
    return any(s >= FIRST_RECORD_SUBJECT for s in subjects - _undone(connection, batch))

"""The pairs that may be one, as they are kept for review."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select

from db.models import duplicate_pair, duplicate_verdict, record
from db.records import slices
from db.store import Transaction

COLUMNS = ("record_id", "other_id", "kind", "likelihood", "cluster", "evidence", "basis")
#: A verdict.
NOT_THE_SAME = "not_same"


def both_there() -> ColumnElement[bool]:
    """The condition that both records of a pair are there: the pairs of a merged one wait for it to come back."""
    pair = duplicate_pair.c
    return and_(*(exists().where(record.c.id == column) for column in (pair.record_id, pair.other_id)))


def remove_all(connection: Connection, kind: str) -> None:
    """Take out all pairs of a kind."""
    connection.execute(delete(duplicate_pair).where(duplicate_pair.c.kind == kind))


def forget(transaction: Transaction, ids: Sequence[int]) -> None:
    """Take out the pairs of records that are going, and what was said of them."""
    for some in slices(ids):
        one, other = duplicate_pair.c.record_id.in_(some), duplicate_pair.c.other_id.in_(some)
        transaction.connection.execute(delete(duplicate_pair).where(or_(one, other)))
    forget_verdicts(transaction, ids)


def forget_verdicts(transaction: Transaction, ids: Sequence[int]) -> None:
    """Take out what was said of these records."""
    for some in slices(ids):
        mine, others = duplicate_verdict.c.record_id.in_(some), duplicate_verdict.c.other_id.in_(some)
        said = select(duplicate_verdict.c.id).where(or_(mine, others))
        transaction.delete(duplicate_verdict, transaction.connection.execute(said).scalars().all())

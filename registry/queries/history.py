"""Questions about what happened: the history of the register and of one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.history import HistoryPage, Verification  # noqa: F401
    from registry.origins import Origin  # noqa: F401


@dataclass(frozen=True)
class FindByNumber(Query["tuple[str, int]"]):
    """(kind, id) of the record with a registration number, an id or an external id."""

    number: str


@dataclass(frozen=True)
class GetHistory(Query["HistoryPage"]):
    """What happened, newest first: everything, or to one record.

    Attributes:
        before: only operations with a smaller batch number; 0 = from the newest.
    """

    record_id: int | None = None
    before: int = 0
    limit: int = 100


@dataclass(frozen=True)
class FieldOrigins(Query["Mapping[str, Origin]"]):
    """Where each value of a record comes from and who changed it last, by canonical name, numbered."""

    id: int


@dataclass(frozen=True)
class VerifyHistory(Query["Verification"]):
    """Whether the chain holds and the register says what its history implies.

    Attributes:
        anchor: {"sequence": n, "head": hex} kept outside; without it a cut tail cannot be told.
    """

    anchor: Mapping[str, object] | None = None


@dataclass(frozen=True)
class LastUndoable(Query["tuple[int, str] | None"]):
    """(batch, operation code) of what Undo would take back for this user."""

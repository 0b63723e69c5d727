"""What a handler is given: the transaction it writes in, or the view it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, select

from db.keys import KeyFile
from db.models import setting
from db.slots import Unlocked
from db.store import Transaction
from registry.access import CONFIRM_ABOVE, Session
from registry.errors import Invalid, NotAllowed
from registry.i18n import N_
from registry.progress import Progress

CONFIRM = N_("This takes data of more than {limit} people out. Type your password again to confirm.")
REASON = N_("Say why this data leaves the registry.")


class ConfirmationNeeded(NotAllowed):
    """The password must be typed again before this is done."""


@dataclass(frozen=True)
class View:
    """What a query is answered from: one unchanging view of the register, for one user."""

    connection: Connection
    session: Session
    progress: Progress

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The registry's settings by name."""
        rows = self.connection.execute(select(setting.c.name, setting.c.value))
        return {name: value for name, value in rows if value is not None}


@dataclass(frozen=True)
class Context(View):
    """What a command is carried out with. Handlers never commit.

    Attributes:
        transaction: where rows are written.
        keys, unlocked: key slots and what this user's password opened.
        confirmed: whether the password was typed again for this command.
        note: words for the history about the operation as a whole (query, reason, counts); content, never header.
        key_change: set by a handler that changed key slots: saved with the transaction, kept after it.
        on_failure: what takes back work outside the register, such as a file, if the transaction comes to nothing:
            data that leaves without a trace in the history has not left.
    """

    transaction: Transaction
    keys: KeyFile
    unlocked: Unlocked
    confirmed: bool
    note: dict[str, object] = field(default_factory=dict)
    key_change: list[Unlocked] = field(default_factory=list)
    on_failure: list[Callable[[], object]] = field(default_factory=list)

    def require_confirmation(self, people: int, reason: str) -> None:
        """Ask for password and reason before data of many people leaves (SECURITY.md, "Rights")."""
        self.note["reason"] = reason
        if people > CONFIRM_ABOVE:
            if not self.confirmed:
                raise ConfirmationNeeded(CONFIRM, limit=CONFIRM_ABOVE)
            if not reason.strip():
                raise Invalid(REASON)

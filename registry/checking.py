"""Is everything as it should be: storage, history, search index, and values that no field could hold."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from db import index, names, verify
from db.engine import integrity
from db.models import raw_value, record
from registry import backups
from registry.context import View
from registry.i18n import N_
from registry.queries import Check

DAYS = N_("Days since the last backup: {count}")
NEVER = N_("No backup yet; days since the registry was made: {count}")
FAILED = N_("The last automatic backup failed; days since the one before: {count}")


@dataclass(frozen=True)
class CheckLine:
    """One thing that was looked at.

    Attributes:
        code: "storage", "history", "index", "backup", "raw".
        ok: False if it needs attention.
        label: what it is, a catalogue message.
        detail: what was found, a catalogue message with `{count}`.
        count: the number in it.
    """

    code: str
    ok: bool
    label: str
    detail: str
    count: int


@dataclass(frozen=True)
class CheckResult:
    """All lines; raw values to be put right do not make the check fail, damage does."""

    lines: tuple[CheckLine, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing needs attention."""
        return all(line.ok for line in self.lines)

    @property
    def damaged(self) -> bool:
        """Whether something is not as it should be; an old backup is no damage."""
        return not all(line.ok for line in self.lines if line.code != "backup")


def check(view: View, _query: Check) -> CheckResult:
    """Look at everything once."""
    storage = integrity(view.connection.engine)
    history = list(verify.problems(view.connection))
    records = view.connection.execute(select(func.count()).select_from(record)).scalar_one()
    missing = max(abs(records - held.count(view.connection)) for held in (index, names))
    raw = view.connection.execute(select(func.count()).select_from(raw_value)).scalar_one()
    backup = backups.age(view.connection)
    said = FAILED if backup.failure is not None else NEVER if backup.newest is None else DAYS
    return CheckResult(
        (
            CheckLine("storage", not storage, N_("Storage"), N_("{count} faults in the files"), len(storage)),
            CheckLine("history", not history, N_("History"), N_("{count} entries that do not fit"), len(history)),
            CheckLine("index", not missing, N_("Search index"), N_("{count} records missing"), missing),
            CheckLine("backup", backup.ok, N_("Backup"), said, backup.days),
            CheckLine("raw", True, N_("Values to put right"), N_("{count} values kept as they were written"), raw),
        )
    )

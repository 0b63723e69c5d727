"""What brings data in or takes it out: lists, letters, workbooks, backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.backups import BackupChecked, BackupMade  # noqa: F401
    from registry.skills.workbook import SkillsWorkbook  # noqa: F401
    from registry.statistics.counting import Statistics  # noqa: F401
    from registry.transfer.planning.apply import ImportResult  # noqa: F401
    from registry.transfer.planning.plan import Plan


@dataclass(frozen=True)
class SaveAttachment(Command[int]):
    """Write a copy of a file outside the register; leaves a trace. The result is its size in bytes."""

    attachment_id: int
    path: Path


@dataclass(frozen=True)
class ImportRecords(Command["ImportResult"]):
    """Carry out a plan, exactly."""

    plan: Plan


@dataclass(frozen=True)
class ExportRecords(Command[int]):
    """Write records to a file; the result is their number.

    Attributes:
        query: query language; "" = all.
        ids: only these, when not None.
        columns: canonical names in order; () = all that have a value.
        reason: why the data leaves the registry.
    """

    kind: str
    query: str
    path: Path
    reason: str
    ids: tuple[int, ...] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class WriteSkillsWorkbook(Command["SkillsWorkbook"]):
    """Write the skills inventory to a workbook, without those who refused it.

    Attributes:
        query: query language; "" = everybody, or everybody of the preset.
        reason: why the data leaves the registry.
        preset: code of a selection that ships; "" = none.
        everybody: also those who do not count by the ministry's definition.
    """

    query: str
    path: Path
    reason: str
    preset: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class WriteStatistics(Command["Statistics"]):
    """Write counts by one or two fields to a workbook, a text file or a PDF.

    Attributes:
        by, query, kind, public, everybody: as of `CountBy`.
        reason: why the data leaves the registry.
        chart: as of `SaveStatistics`, for a PDF.
    """

    by: tuple[str, ...]
    query: str
    path: Path
    reason: str
    kind: str = "people"
    public: bool = False
    everybody: bool = True
    chart: str = ""


@dataclass(frozen=True)
class WriteForm(Command[int]):
    """Write a form to fill in outside the program; the result is the number of its questions. It holds no data.

    Attributes:
        form: "xlsx", "xlsform", "pdf" or "paper".
        template: name of a profile template in use; "" = the registration form, "associations" = that of associations.
        language: of its words, "" = the one in use; an XLSForm has all, this one first.
    """

    form: str
    path: Path
    template: str = ""
    language: str = ""


@dataclass(frozen=True)
class MakeBackup(Command["BackupMade"]):
    """Write one encrypted file from which the registry can be restored, and verify it."""

    path: Path


@dataclass(frozen=True)
class KeepBackup(Command[bool]):
    """Make the day's automatic backup; False if there is one already, or somebody else is writing."""


@dataclass(frozen=True)
class CheckBackup(Command["BackupChecked"]):
    """Unpack and open a backup of this registry with one's own key, look at everything, and throw the copy away."""

    path: Path

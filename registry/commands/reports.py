"""Writing the mapping report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

if TYPE_CHECKING:
    from registry.report.making import ReportMade  # noqa: F401


@dataclass(frozen=True)
class WriteReport(Command["ReportMade"]):
    """Write what the register knows of the diaspora to a PDF file.

    Attributes:
        reason: why the data leaves the registry.
        data: also the numbers behind each figure, as a workbook; None = not.
        language: code of one of `i18n.PAPER_LANGUAGES`; "" = the one in use.
        public: as it may be published: small counts withheld, protected and restricted fields left out.
        everybody: count also people who do not count by the ministry's definition.
    """

    path: Path
    reason: str
    data: Path | None = None
    language: str = ""
    public: bool = True
    everybody: bool = False

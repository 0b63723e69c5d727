"""Questions about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.report.making import ReportSeen  # noqa: F401


@dataclass(frozen=True)
class PreviewReport(Query["ReportSeen"]):
    """The mapping report as its file would be; `language`, `public` and `everybody` as of `WriteReport`."""

    language: str = ""
    public: bool = True
    everybody: bool = False

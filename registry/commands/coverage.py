"""Official estimates of how many people live where, and the files that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command
from registry.queries import Coverage

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.coverage.comparing import CoverageTable  # noqa: F401
    from registry.coverage.planning import EstimatePlan


@dataclass(frozen=True)
class SaveEstimate(Command[int]):
    """Write down how many people a source says there are; the result is the estimate's id.

    Attributes:
        country: code or name.
        year, population: as they were typed.
        city: a city of the gazetteer, by name or number; "" = the whole country.
        sex: code or label; "" = both.
        id: of the estimate that is changed; None = a new one.
    """

    country: str
    year: str
    population: str
    source: str
    city: str = ""
    sex: str = ""
    note: str = ""
    id: int | None = None


@dataclass(frozen=True)
class RemoveEstimates(Command[int]):
    """Take estimates out; the result is how many there were."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class ImportEstimates(Command["EstimatePlan"]):
    """Take in what a plan holds; the result is what was done, compared anew with what the registry has."""

    plan: EstimatePlan


@dataclass(frozen=True)
class WriteCoverage(Command["CoverageTable"]):
    """Write registered people beside the estimates to a workbook or a text file.

    Attributes:
        asked: what is compared.
        reason: why the data leaves the registry.
    """

    asked: Coverage
    path: Path
    reason: str

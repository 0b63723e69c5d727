"""Questions about how much of the diaspora the registry knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.coverage.comparing import CoverageTable  # noqa: F401
    from registry.coverage.estimates import Estimate  # noqa: F401
    from registry.coverage.planning import EstimatePlan  # noqa: F401


@dataclass(frozen=True)
class ListEstimates(Query["tuple[Estimate, ...]"]):
    """Every estimate, by country, city, and year, the newest first."""


@dataclass(frozen=True)
class PlanEstimates(Query["EstimatePlan"]):
    """What taking in a file of estimates would do; nothing is written.

    Attributes:
        origin: of a table by origin, whose people are counted: code or name; "" = the state the registry serves.
        source: of estimates of which the file names none.
    """

    path: Path
    origin: str = ""
    source: str = ""


@dataclass(frozen=True)
class Coverage(Query["CoverageTable"]):
    """Registered people beside the estimates, the largest gap first.

    Attributes:
        query: query language; "" = everybody.
        cities: by city instead of by country.
        year: only estimates of this year; 0 = the newest of each place.
        source: only estimates of this source; "" = any.
        sex: code or label, of people and estimates; "" = both.
        everybody: count also those who do not count by the ministry's definition.
    """

    query: str = ""
    cities: bool = False
    year: int = 0
    source: str = ""
    sex: str = ""
    everybody: bool = False

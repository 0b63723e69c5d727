"""Questions about how good the records are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.quality.overview import Overview  # noqa: F401
    from registry.quality.record import RecordScore  # noqa: F401


@dataclass(frozen=True)
class DataQuality(Query["Overview"]):
    """What is missing, old, wrong or double, and the score that follows from it.

    Attributes:
        kind: "people" or "associations".
        by: name of a field by whose values it is counted too: a country, a consular district; "" = none.
        everybody: count also those who do not count by the ministry's definition.
    """

    kind: str = "people"
    by: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class RecordQuality(Query["RecordScore"]):
    """The score of one record, and what it lost points by."""

    kind: str
    id: int

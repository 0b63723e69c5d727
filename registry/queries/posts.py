"""Questions about posts, and how far from them people live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.coverage.comparing import CoverageRow  # noqa: F401
    from registry.posts.distances import DistanceTable  # noqa: F401
    from registry.posts.keeping import Post  # noqa: F401
    from registry.posts.planning import PostPlan  # noqa: F401
    from registry.posts.visits import VisitPlan  # noqa: F401


@dataclass(frozen=True)
class ListPosts(Query["tuple[Post, ...]"]):
    """Every post, the registry's own first, then by country and name."""


@dataclass(frozen=True)
class PlanPosts(Query["PostPlan"]):
    """What taking in a list of posts would do; nothing is written."""

    path: Path


@dataclass(frozen=True)
class Distances(Query["DistanceTable"]):
    """How far people live from the nearest post in service, and how many live in each jurisdiction.

    Attributes:
        query: query language; "" = everybody.
        beyond: kilometres; who lives further away is counted apart.
        everybody: count also those who do not count by the ministry's definition.
    """

    query: str = ""
    beyond: int = 100
    everybody: bool = False


@dataclass(frozen=True)
class PlanVisits(Query["VisitPlan"]):
    """Where visits reach the most people who live far from every post in service.

    Attributes:
        count: visits.
        beyond: kilometres: who lives further than that from every post is far.
        reach: kilometres that people come to a visit.
        query: query language; "" = everybody.
        everybody: count also those who do not count by the ministry's definition.
    """

    count: int
    beyond: int = 100
    reach: int = 50
    query: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class LargePlaces(Query["tuple[CoverageRow, ...]"]):
    """Cities where many live by the register or by an estimate: where a resource centre may stand.

    Attributes:
        at_least: people from whom on a place is large.
        query, everybody: as of `PlanVisits`.
    """

    at_least: int = 20_000
    query: str = ""
    everybody: bool = False

"""Questions about posts, and how far from them people live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.posts.distances import DistanceTable  # noqa: F401
    from registry.posts.keeping import Post  # noqa: F401
    from registry.posts.planning import PostPlan  # noqa: F401


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

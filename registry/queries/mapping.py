"""Questions about where the diaspora lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.mapping.home import Home  # noqa: F401
    from registry.mapping.world import World  # noqa: F401


@dataclass(frozen=True)
class WorldMap(Query["World"]):
    """People or associations by the country they are in, with what each country is shaded by.

    Attributes:
        query: query language; "" = everybody.
        by: "count"; "share" of all counted; "growth" since some years ago; "part" = the share of those in the country
            whom another query finds.
        part: that query.
        years: how many, for growth.
        everybody: count also those who do not count by the ministry's definition.
        public: as it may be published: no protected fields, small counts withheld, no cities.
    """

    query: str = ""
    kind: str = "people"
    by: str = "count"
    part: str = ""
    years: int = 1
    everybody: bool = False
    public: bool = False


@dataclass(frozen=True)
class HomeMap(Query["Home"]):
    """People by the region of the home state that they come from.

    Attributes:
        query, everybody, public: as of `WorldMap`.
    """

    query: str = ""
    everybody: bool = False
    public: bool = False

"""Questions about associations as a whole, about segments, and about concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

if TYPE_CHECKING:
    from registry.engagement.associations import Associations  # noqa: F401
    from registry.engagement.concerns import Concerns  # noqa: F401
    from registry.engagement.profiles import Profile  # noqa: F401
    from registry.engagement.ways import Ways  # noqa: F401


@dataclass(frozen=True)
class MapAssociations(Query["Associations"]):
    """Associations by type, level, sector and place, whom they reach, and the places with people but none of them.

    Attributes:
        everybody: count also people who do not count by the ministry's definition.
    """

    everybody: bool = False


@dataclass(frozen=True)
class ProfileSegments(Query["tuple[Profile, ...]"]):
    """Segments described by the values that distinguish their people from everybody else.

    Attributes:
        query: query language: one group of people; "" = every segment of people that this user may use.
        everybody: as of `MapAssociations`.
    """

    query: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class WaysToEngage(Query["Ways"]):
    """Segments by the forms of engagement that their people are ready for.

    Attributes:
        channel: code of a channel by which they agreed to hear of it; "" = all who are ready.
        everybody: as of `MapAssociations`.
    """

    channel: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class ListConcerns(Query["Concerns"]):
    """What members are concerned about, by theme and by the country where they live.

    Attributes:
        answered: "yes", "no" or "" = both.
        theme, country: only those; "" = all.
        everybody: as of `MapAssociations`.
    """

    answered: str = ""
    theme: str = ""
    country: str = ""
    everybody: bool = False

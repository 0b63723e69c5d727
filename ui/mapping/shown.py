"""What the map of the world shows, as the view needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from registry.gazetteer import City
from registry.mapping.clusters import Cluster


@dataclass(frozen=True)
class Shown:
    """What the map shows.

    Attributes:
        colours: alpha-3 -> "#rrggbb" of the countries with somebody in them.
        tip: what a country says under the pointer.
        cities: with how many are there, the largest first.
        city_tip: what a cluster of cities says.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    tip: Callable[[str], str] = str
    cities: tuple[tuple[City, int], ...] = ()
    city_tip: Callable[[Cluster], str] = str

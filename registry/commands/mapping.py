"""What takes maps out of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command
from registry.queries.mapping import HomeMap, WorldMap

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.mapping.home import Home  # noqa: F401
    from registry.mapping.world import World  # noqa: F401


@dataclass(frozen=True)
class WriteMap(Command["World"]):
    """Write a map of the world to a PDF, SVG or PNG file; the result is what is on it.

    Attributes:
        asked: what the map shows.
        country: alpha-3 of one that is drawn alone, with its cities; "" = the world.
        reason: why the data leaves the registry.
    """

    asked: WorldMap
    path: Path
    reason: str
    country: str = ""


@dataclass(frozen=True)
class WriteHomeMap(Command["Home"]):
    """Write a map of the home state to a PDF, SVG or PNG file; the result is what is on it.

    Attributes:
        asked, reason: as of `WriteMap`.
    """

    asked: HomeMap
    path: Path
    reason: str

"""What can be asked of profile templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.queries.query import Query

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.profiles.definition import Template  # noqa: F401
    from registry.profiles.keeping import ProfileView  # noqa: F401


@dataclass(frozen=True)
class ListProfiles(Query["tuple[ProfileView, ...]"]):
    """The profile templates, each in its newest version."""


@dataclass(frozen=True)
class GetProfile(Query["Template"]):
    """One version of a profile template; 0 = the newest. Raises `Invalid` if it does not exist."""

    name: str
    version: int = 0

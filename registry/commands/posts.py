"""Embassies and consulates, the registry's own among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command
from registry.queries import PlanVisits

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.posts.planning import PostPlan
    from registry.posts.visits import VisitPlan  # noqa: F401


@dataclass(frozen=True)
class SavePost(Command[int]):
    """Write down a post, or change one; the result is its id.

    Attributes:
        country: code or name.
        city: a city of the gazetteer, by name or number; "" = `coordinates` tell where it stands.
        coordinates: latitude and longitude in degrees, with a comma between; "" = those of the city.
        jurisdiction: countries, regions and cities with semicolons between, by name or code.
        id: of the post that is changed; None = a new one.
    """

    code: str
    name: str
    country: str
    city: str = ""
    coordinates: str = ""
    jurisdiction: str = ""
    honorary: bool = False
    active: bool = True
    id: int | None = None


@dataclass(frozen=True)
class RemovePosts(Command[int]):
    """Take posts out; the result is how many there were."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class ImportPosts(Command["PostPlan"]):
    """Take in what a plan holds; the result is what was done, compared anew with what the registry has."""

    plan: PostPlan


@dataclass(frozen=True)
class WriteVisits(Command["VisitPlan"]):
    """Write a plan of visits to a workbook: the visits, and how far people live from the posts.

    Attributes:
        asked: what is planned.
        reason: why the data leaves the registry.
    """

    asked: PlanVisits
    path: Path
    reason: str

"""Where the demonstration's posts stand, and how many people an invented source estimates there are."""

from __future__ import annotations

from datetime import date

from registry import gazetteer
from registry.app import Registry
from registry.commands import ImportEstimates, ImportPosts, SavePost
from registry.coverage.estimates import Estimate
from registry.coverage.planning import NEW, EstimatePlan, PlannedEstimate
from registry.demo.draws import data
from registry.posts.keeping import read
from registry.posts.planning import PlannedPost, PostPlan

#: Years before this one of the two invented counts; in the older one a tenth fewer were estimated.
_COUNTS = ((2, 1.0), (7, 0.9))


def fill(registry: Registry, people: int) -> None:
    """Write posts and estimates into a demonstration registry of so many people."""
    told = data("mapping")
    posts = [
        read(SavePost(code, name, country, city, jurisdiction=areas, honorary=honorary, active=active))
        for code, name, country, city, areas, honorary, active in told["posts"]
    ]
    registry.execute(ImportPosts(PostPlan("", tuple(PlannedPost(0, one, NEW) for one in posts), ())))
    lines = []
    for country, city, times in told["estimates"]:
        there = gazetteer.find(city, country) if city else None
        for ago, part in _COUNTS:
            count = _round(times * part * people / (200 if city else 60))
            number = there.id if there is not None else 0
            one = Estimate(0, country, number, date.today().year - ago, told["source"], "", count, "")
            lines.append(PlannedEstimate(0, one, NEW, None))
    registry.execute(ImportEstimates(EstimatePlan("", tuple(lines), ())))


def _round(count: float) -> int:
    """Estimates are round numbers."""
    return max(10, round(count / 10) * 10)

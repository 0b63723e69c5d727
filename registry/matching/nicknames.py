"""Names that are commonly said for others: Bill for William."""

from __future__ import annotations

from functools import cache

import resources


def formal(name: str) -> frozenset[str]:
    """The names for which `name` may stand, itself among them; none if nothing is known of it."""
    return _known().get(name, frozenset())


def share_a_name(one: str, other: str) -> bool:
    """Whether one of two names may be said for the other, or both for a third."""
    return not formal(one).isdisjoint(formal(other))


@cache
def _known() -> dict[str, frozenset[str]]:
    """By name, from `resources/matching/nicknames.txt`: a name and those that are said for it, line by line."""
    found: dict[str, set[str]] = {}
    for line in resources.path("matching", "nicknames.txt").read_text(encoding="utf-8").splitlines():
        first, *others = line.split()
        for name in (first, *others):
            found.setdefault(name, set()).add(first)
    return {name: frozenset(firsts) for name, firsts in found.items()}

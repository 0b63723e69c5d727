"""The templates that ship with the program, for a ministry to take as they are or to adapt."""

from __future__ import annotations

from functools import cache

import resources
from registry.profiles.definition import Template
from registry.profiles.exchanging import load


@cache
def shipped() -> tuple[Template, ...]:
    """All of them, by name."""
    return tuple(load(path) for path in sorted(resources.path("profiles").glob("*.json")))

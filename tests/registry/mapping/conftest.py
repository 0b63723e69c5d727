"""A registry of invented people and associations, of which more live in some countries than in others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry import setup
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo.associations import associations
from registry.demo.people import people
from registry.fields import ASSOCIATIONS, PEOPLE


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry that tests of one module share."""
    place = tmp_path_factory.mktemp("mapping") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as opened:
        opened.execute(LoadDemonstration(ASSOCIATIONS, tuple(associations(1))))
        opened.execute(LoadDemonstration(PEOPLE, tuple(people(400, 7))))
        yield opened

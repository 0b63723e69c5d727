"""A second registry, to import into what the first exports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from tests.registry.post import cheap_keys


@pytest.fixture(scope="session")
def other_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty registry of another ministry as it was made; never changed."""
    folder = tmp_path_factory.mktemp("other") / "registry"
    with cheap_keys():
        setup.create(folder, post="LYS", country="FRA", home=None, admin="demo", password="demo", demonstration=True)
    return folder


@pytest.fixture
def other(other_template: Path, tmp_path: Path) -> Iterator[Registry]:
    """The other registry, to import into."""
    with Registry.open(shutil.copytree(other_template, tmp_path / "other"), "demo", "demo") as opened:
        yield opened

"""An empty registry to import into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """An empty demonstration registry of a post in France, opened."""
    folder = tmp_path / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened

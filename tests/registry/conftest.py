"""The small post and an empty registry, for every test of what a consulate does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from tests.registry import post as posts
from tests.registry.post import Post


@pytest.fixture(scope="session")
def post_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The post as it was made; never changed."""
    return posts.make(tmp_path_factory.mktemp("post") / "registry")


@pytest.fixture
def post(post_template: Path, tmp_path: Path) -> Iterator[Post]:
    """A copy of the post."""
    made = Post(post_template, tmp_path / "post")
    with posts.cheap_keys():
        yield made
        made.close()


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty demonstration registry of a post in France as it was made; never changed."""
    folder = tmp_path_factory.mktemp("empty") / "registry"
    with posts.cheap_keys():
        setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    return folder


@pytest.fixture
def registry(empty_template: Path, tmp_path: Path) -> Iterator[Registry]:
    """A copy of the empty registry, its administrator signed in."""
    folder = shutil.copytree(empty_template, tmp_path / "registry")
    with posts.cheap_keys(), Registry.open(folder, "demo", "demo") as opened:
        yield opened

"""The small post, for every test of what a consulate does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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

"""A post whose ministry asks its own questions."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import ActivateProfile, EditRecord, SaveProfile
from tests.registry.post import ANA, Post
from tests.registry.profiles.templates import ANSWERS, GUILD


@pytest.fixture
def admin(post: Post) -> Registry:
    """An administrator of a post that uses the guild's questionnaire."""
    registry = post.open("amel")
    assert registry.execute(SaveProfile(GUILD)).value == 1
    assert registry.execute(ActivateProfile("guild")).value
    return registry


@pytest.fixture
def answered(admin: Registry) -> Registry:
    """Ana has answered everything."""
    admin.execute(EditRecord("people", ANA, ANSWERS))
    return admin

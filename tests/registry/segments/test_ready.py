"""Segments that ship: readable, translated, offered to whoever sees their fields, kept only once taken over."""

from __future__ import annotations

import pytest

from registry.commands import AddRecord, EditRecord, SaveSegment
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE
from registry.i18n import in_language
from registry.queries import ListIds, ListSegments
from registry.segments.ready import ready_segment, ready_segments
from registry.skills.presets import presets
from tests.registry.post import Post


def test_they_are_offered_and_can_be_read_and_none_is_there_before(post: Post) -> None:
    clara = post.open("clara")
    offered = [ready for kind in KINDS for ready in ready_segments(kind, clara.session)]
    assert {"passports", "unconfirmed", "newsletter", *(p.code for p in presets())} <= {r.code for r in offered}
    assert {r.code for r in offered if r.kind == ASSOCIATIONS} == {"media", "focal_points"}
    assert clara.read(ListSegments()) == ()
    for ready in offered:
        clara.read(ListIds(ready.kind, ready.query))
        clara.execute(SaveSegment(ready.title, ready.query, ready.kind))
    assert {s.name for s in clara.read(ListSegments())} == {r.title for r in offered}
    assert all(not s.problem for s in clara.read(ListSegments()))


def test_the_media_focal_points_and_who_is_to_be_met_are_found(post: Post) -> None:
    clara = post.open("clara")
    paper = clara.execute(AddRecord(ASSOCIATIONS, {"name": "Gazette Exemple", "type": "media_outlet"})).value
    choir = {"name": "Choeur Exemple", "officer": "Zoé Exemple", "officer.role": "focal_point"}
    held = clara.execute(AddRecord(ASSOCIATIONS, choir)).value
    clara.execute(EditRecord(PEOPLE, 2, {"preferred_channel": "event"}))
    found = {"media": {paper.id}, "focal_points": {held.id}, "in_person": {2}}
    for code, ids in found.items():
        ready = ready_segment(code, clara.session)
        assert set(clara.read(ListIds(ready.kind, ready.query))) == ids


def test_they_find_whom_they_name(post: Post) -> None:
    clara = post.open("clara")
    with in_language("en"):
        newsletter = ready_segment("newsletter", clara.session)
    assert newsletter.title == "Consents to the newsletter by letter"
    assert set(clara.read(ListIds(PEOPLE, newsletter.query))) == {1, 2}
    assert set(clara.read(ListIds(PEOPLE, ready_segment("unconfirmed", clara.session).query))) == {1, 2, 3}
    with pytest.raises(Invalid, match="no ready-made segment"):
        ready_segment("nonsense", clara.session)


def test_what_a_role_does_not_see_is_not_offered(post: Post) -> None:
    codes = {r.code for r in ready_segments(PEOPLE, post.open("mara").session)}
    assert "passports" not in codes
    assert "newsletter" in codes

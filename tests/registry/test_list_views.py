"""Columns and order of a list under a name: each user's own, taken back like any change."""

from __future__ import annotations

import pytest

from registry.commands import DeleteListView, SaveListView, Undo
from registry.errors import Invalid, NotAllowed
from registry.list_views import ListView, named
from registry.queries import ListViews
from tests.registry.post import Post

LAPSING = ("full_name", "document.number", "document.expires", "phone")


def test_a_view_is_kept_for_its_maker_alone(post: Post) -> None:
    clara, otto = post.open("clara"), post.open("otto")
    assert clara.execute(SaveListView("people", " Passports that lapse ", LAPSING, "document.expires")).value
    view = ListView("Passports that lapse", LAPSING, "document.expires")
    assert clara.read(ListViews("people")) == (view,)
    assert named(clara.read(ListViews("people")), "passports THAT lapse") == view
    assert clara.read(ListViews("associations")) == otto.read(ListViews("people")) == ()


def test_the_same_name_writes_over_and_undo_brings_back(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(SaveListView("people", "Short", ("full_name", "phone")))
    assert clara.execute(SaveListView("people", "short", ("full_name",), "full_name", descending=True)).value
    assert clara.read(ListViews("people")) == (ListView("short", ("full_name",), "full_name", descending=True),)
    assert not clara.execute(SaveListView("people", "short", ("full_name",), "full_name", descending=True)).value
    clara.execute(Undo())
    assert clara.read(ListViews("people")) == (ListView("Short", ("full_name", "phone")),)
    clara.execute(DeleteListView("people", "SHORT"))
    assert clara.read(ListViews("people")) == ()
    clara.execute(Undo())
    assert [view.name for view in clara.read(ListViews("people"))] == ["Short"]


def test_what_cannot_be_kept_is_told(post: Post) -> None:
    clara, otto = post.open("clara"), post.open("otto")
    for name, columns, sort, sentence in (
        ("…", LAPSING, "", "needs a name"),
        ("x" * 81, LAPSING, "", "more than 80"),
        ("Empty", (), "", "at least one column"),
        ("Odd", ("nonsense",), "", "nonsense"),
        ("Odd", LAPSING, "nonsense", "nonsense"),
    ):
        with pytest.raises(Invalid, match=sentence):
            clara.execute(SaveListView("people", name, columns, sort))
    with pytest.raises(Invalid, match="no view “None”"):
        clara.execute(DeleteListView("people", "None"))
    with pytest.raises(Invalid):  # a field that outreach does not see is no field
        otto.execute(SaveListView("people", "Papers", LAPSING))
    with pytest.raises(NotAllowed):
        post.open("aude").execute(SaveListView("people", "Mine", ("full_name",)))

"""Segments are kept, used wherever a query is, looked at, frozen and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db import engine as store
from db.models import segment_look, segment_member
from registry.app import Registry
from registry.commands import (
    AddRecord,
    AddToSegment,
    DeleteRecords,
    DeleteSegment,
    EditRecord,
    EraseRecord,
    FreezeSegment,
    LookAtSegment,
    RemoveFromSegment,
    RenameSegment,
    SaveSegment,
    ShareSegment,
    Undo,
)
from registry.errors import Invalid, NotAllowed
from registry.queries import ListIds, ListSegments, VerifyHistory
from registry.segments import keeping, kept
from registry.segments.looking import SegmentView
from tests.registry.post import ANA, BO, CLUB, CY, Post


@pytest.fixture
def clara(post: Post) -> Registry:
    return post.open("clara")


def ids(registry: Registry, query: str, kind: str = "people") -> set[int]:
    return set(registry.read(ListIds(kind, query)))


def view(registry: Registry, name: str) -> SegmentView:
    return next(s for s in registry.read(ListSegments()) if s.name == name)


def refused(registry: Registry, command: object) -> str:
    with pytest.raises((Invalid, NotAllowed)) as caught:
        registry.execute(command)  # type: ignore[arg-type]
    assert str(caught.value).endswith((".", "?"))
    return caught.value.message


def test_a_saved_query_is_asked_anew_each_time(clara: Registry) -> None:
    assert clara.execute(SaveSegment("In Lyon", "city:Lyon")).value
    assert ids(clara, 'in:"In Lyon"') == {ANA, BO}
    assert ids(clara, 'in:"in lyon" -ana') == {BO}
    assert ids(clara, '-in:"IN LYON"') == {CY}
    assert ids(clara, 'dans:"In Lyon" OR cy') == {ANA, BO, CY}
    clara.execute(EditRecord("people", CY, {"address.city": "Lyon", "address.country": "FRA"}))
    assert ids(clara, 'in:"In Lyon"') == {ANA, BO, CY}
    assert view(clara, "In Lyon").count == 3


def test_saved_again_it_finds_something_else_and_undo_brings_the_old_query_back(clara: Registry) -> None:
    clara.execute(SaveSegment("Some", "ana"))
    assert clara.execute(SaveSegment("some", "bo")).value
    assert not clara.execute(SaveSegment("Some", " bo ")).value
    assert ids(clara, "in:some") == {BO}
    clara.execute(Undo())
    assert ids(clara, "in:some") == {ANA}
    clara.execute(Undo())
    assert clara.read(ListSegments()) == ()
    assert clara.read(VerifyHistory()).ok


def test_a_name_needs_something_to_be_found_by(clara: Registry) -> None:
    assert refused(clara, SaveSegment(" !? ", "ana")) == keeping.NO_NAME
    assert refused(clara, SaveSegment("x" * 81, "ana")) == keeping.LONG_NAME
    assert refused(clara, SaveSegment("X", "contry:FR")).startswith("“{word}”")
    assert refused(clara, SaveSegment("X", "ana", "places")) == keeping.NO_KIND
    clara.execute(SaveSegment("王小明", "ana"))
    assert ids(clara, "in:王小明") == {ANA}


def test_a_segment_of_associations_is_none_of_people(clara: Registry) -> None:
    clara.execute(SaveSegment("Clubs", "club", "associations"))
    assert ids(clara, "in:clubs", "associations") == {CLUB}
    with pytest.raises(Invalid):
        ids(clara, "in:clubs")
    assert refused(clara, SaveSegment("Clubs", "ana")) == keeping.OTHER_KIND
    assert refused(clara, AddToSegment("people", "Clubs", (ANA,))) == keeping.OTHER_KIND


# --- fixed lists ------------------------------------------------------------------------------------------------


def test_frozen_it_stays_as_it_is_until_undone(clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    assert clara.execute(FreezeSegment("in lyon")).value == 2
    clara.execute(EditRecord("people", BO, {"address.city": "Nantes"}))
    assert ids(clara, 'in:"In Lyon"') == {ANA, BO}
    shown = view(clara, "In Lyon")
    assert shown.fixed_on
    assert (shown.query, shown.count) == ("city:Lyon", 2)
    assert refused(clara, FreezeSegment("In Lyon")) == keeping.FIXED_ALREADY
    assert refused(clara, SaveSegment("In Lyon", "cy")) == keeping.IS_FIXED
    clara.execute(Undo())
    clara.execute(Undo())
    assert not view(clara, "In Lyon").fixed_on
    assert clara.read(VerifyHistory()).ok


def test_records_come_and_go_on_a_list_in_one_step_each(clara: Registry) -> None:
    assert clara.execute(AddToSegment("people", "Choir", (ANA, BO, ANA, CLUB, 999))).value == 2
    assert clara.execute(AddToSegment("people", "choir", (BO, CY))).value == 1
    assert ids(clara, "in:choir") == {ANA, BO, CY}
    assert clara.execute(RemoveFromSegment("people", "Choir", (ANA, 999))).value == 1
    assert ids(clara, "in:choir") == {BO, CY}
    for left in ({ANA, BO, CY}, {ANA, BO}):
        clara.execute(Undo())
        assert ids(clara, "in:choir") == left
    clara.execute(Undo())
    assert clara.read(ListSegments()) == ()
    assert clara.read(VerifyHistory()).ok


def test_only_what_is_fixed_takes_records(clara: Registry) -> None:
    from registry.segments.listing import NOT_FIXED

    clara.execute(SaveSegment("Some", "ana"))
    assert refused(clara, AddToSegment("people", "Some", (BO,))) == NOT_FIXED
    assert refused(clara, RemoveFromSegment("people", "Some", (ANA,))) == NOT_FIXED


def test_a_place_on_a_list_is_no_change_of_the_card(clara: Registry) -> None:
    from registry.queries import GetRecord

    version = clara.read(GetRecord("people", ANA)).version
    clara.execute(AddToSegment("people", "Choir", (ANA,)))
    assert clara.execute(EditRecord("people", ANA, {"hometown": "Examplia"}, version)).value
    assert ids(clara, "examplia in:choir") == {ANA}


def test_a_deleted_person_leaves_the_list_and_comes_back_to_it(clara: Registry) -> None:
    clara.execute(AddToSegment("people", "Choir", (ANA, CY)))
    clara.execute(DeleteRecords("people", (CY,)))
    assert view(clara, "Choir").count == 1
    clara.execute(Undo())
    assert ids(clara, "in:choir") == {ANA, CY}


def test_a_deleted_segment_comes_back_with_whom_it_had(clara: Registry) -> None:
    clara.execute(AddToSegment("people", "Choir", (ANA, CY)))
    clara.execute(DeleteSegment("Choir"))
    with pytest.raises(Invalid):
        ids(clara, "in:choir")
    clara.execute(Undo())
    assert ids(clara, "in:choir") == {ANA, CY}
    assert clara.read(VerifyHistory()).ok


# --- a segment in a segment -------------------------------------------------------------------------------------


def test_a_segment_in_a_segment_follows_it(clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    clara.execute(SaveSegment("Not Ana", 'in:"In Lyon" -ana'))
    assert ids(clara, 'in:"Not Ana"') == {BO}
    clara.execute(SaveSegment("In Lyon", "ana OR cy"))
    assert ids(clara, 'in:"Not Ana"') == {CY}


def test_none_contains_itself(clara: Registry) -> None:
    from registry.search.inside import CIRCLE

    clara.execute(SaveSegment("One", "ana"))
    clara.execute(SaveSegment("Two", "in:One"))
    clara.execute(SaveSegment("Three", "bo OR in:Two"))
    assert refused(clara, SaveSegment("One", "in:Three")) == CIRCLE
    assert refused(clara, SaveSegment("One", "in:one")) == CIRCLE
    assert ids(clara, "in:Three") == {ANA, BO}


def test_too_many_one_inside_the_other_are_refused(clara: Registry) -> None:
    from registry.search.inside import TOO_MANY

    clara.execute(SaveSegment("S0", "ana"))
    for step in range(1, 5):
        clara.execute(SaveSegment(f"S{step}", f"in:S{step - 1} in:S{step - 1}"))
    assert refused(clara, SaveSegment("S5", "in:S4 OR in:S4")) == TOO_MANY


def test_renamed_it_is_found_inside_others_as_before(clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    clara.execute(SaveSegment("Rest", '-(in:"in lyon" OR cy) OR bo'))
    assert clara.execute(RenameSegment("In Lyon", "By the river")).value
    assert view(clara, "Rest").query == '-(in:"By the river" OR cy) OR bo'
    assert ids(clara, "in:Rest") == {BO}
    clara.execute(Undo())
    assert ids(clara, "in:Rest") == {BO}
    assert refused(clara, RenameSegment("In Lyon", "REST")) == keeping.TAKEN


def test_what_is_used_by_another_is_not_deleted(clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    clara.execute(SaveSegment("Rest", '-in:"In Lyon"'))
    assert refused(clara, DeleteSegment("In Lyon")) == keeping.USED_IN
    clara.execute(DeleteSegment("Rest"))
    assert clara.execute(DeleteSegment("In Lyon")).value


# --- whose it is ------------------------------------------------------------------------------------------------


def test_what_is_not_shared_is_its_makers_alone(post: Post, clara: Registry) -> None:
    otto = post.open("otto")
    clara.execute(SaveSegment("Mine", "ana"))
    assert otto.read(ListSegments()) == ()
    with pytest.raises(Invalid):
        ids(otto, "in:Mine")
    assert refused(otto, DeleteSegment("Mine")) == kept.NO_SEGMENT
    otto.execute(SaveSegment("Mine", "bo"))
    assert (ids(otto, "in:Mine"), ids(clara, "in:Mine")) == ({BO}, {ANA})


def test_what_is_shared_is_used_by_all_and_changed_by_its_maker(post: Post, clara: Registry) -> None:
    otto, amel = post.open("otto"), post.open("amel")
    clara.execute(SaveSegment("Ours", "ana"))
    assert clara.execute(ShareSegment("Ours")).value
    shown = view(otto, "Ours")
    assert (shown.owner, shown.mine, shown.shared) == ("clara", False, True)
    assert ids(otto, "in:Ours") == {ANA}
    for command in (
        SaveSegment("Ours", "bo"), RenameSegment("Ours", "X"), ShareSegment("Ours", False),
        FreezeSegment("Ours"), DeleteSegment("Ours"),
    ):  # fmt: skip
        assert refused(otto, command) == keeping.NOT_YOURS
    assert amel.execute(RenameSegment("Ours", "Everybody's")).value
    assert ids(clara, 'in:"everybodys"') == {ANA}


def test_everybody_keeps_a_shared_list(post: Post, clara: Registry) -> None:
    otto = post.open("otto")
    clara.execute(AddToSegment("people", "Choir", (ANA,)))
    clara.execute(ShareSegment("Choir"))
    assert otto.execute(AddToSegment("people", "Choir", (BO,))).value == 1
    assert ids(clara, "in:Choir") == {ANA, BO}


def test_a_shared_segment_has_nothing_inside_that_is_not(post: Post, clara: Registry) -> None:
    otto = post.open("otto")
    clara.execute(SaveSegment("Inner", "ana"))
    clara.execute(SaveSegment("Outer", "in:Inner"))
    assert refused(clara, ShareSegment("Outer")) == keeping.PRIVATE_INSIDE
    clara.execute(ShareSegment("Inner"))
    clara.execute(ShareSegment("Outer"))
    assert ids(otto, "in:Outer") == {ANA}
    assert refused(clara, ShareSegment("Inner", False)) == keeping.USED_IN
    otto.execute(SaveSegment("Ottos", "in:Outer"))
    assert refused(clara, ShareSegment("Outer", False)) == keeping.USED_ELSEWHERE


def test_a_query_about_what_somebody_does_not_see_is_not_shown_to_them(post: Post, clara: Registry) -> None:
    otto = post.open("otto")
    clara.execute(SaveSegment("Papers", "document.number:XQ7788123", shared=True))
    assert ids(clara, "in:Papers") == {ANA}
    shown = view(otto, "Papers")
    assert (shown.query, shown.count) == ("", None)
    with pytest.raises(Invalid) as caught:
        ids(otto, "in:Papers")
    assert "document" not in shown.problem + str(caught.value)


# --- what changed -----------------------------------------------------------------------------------------------


def test_a_look_tells_who_came_and_who_went_since_the_last(post: Post, clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon", shared=True))
    first = clara.execute(LookAtSegment("In Lyon")).value
    assert (first.since, first.came, first.went, first.segment.count) == ("", (), (), 2)
    clara.execute(EditRecord("people", BO, {"address.city": "Nantes"}))
    new = clara.execute(AddRecord("people", {"full_name": "Di New", "address.city": "Lyon"})).value.id
    shown = view(clara, "In Lyon")
    assert (shown.count, shown.came, shown.went) == (2, 1, 1)
    second = clara.execute(LookAtSegment("In Lyon")).value
    assert (second.came, second.went) == ((new,), (BO,))
    assert second.since
    third = clara.execute(LookAtSegment("In Lyon")).value
    assert (third.came, third.went) == ((), ())
    assert post.open("otto").execute(LookAtSegment("In Lyon")).value.since == ""


def test_a_look_leaves_no_trace_and_needs_no_undo(clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    before = clara.read(VerifyHistory()).entries
    outcome = clara.execute(LookAtSegment("In Lyon"))
    assert (outcome.batch, outcome.changes.ids) == (0, {})
    assert clara.read(VerifyHistory()).entries == before


def test_an_erased_person_is_on_no_list_and_in_no_look(post: Post, clara: Registry) -> None:
    clara.execute(SaveSegment("In Lyon", "city:Lyon"))
    clara.execute(LookAtSegment("In Lyon"))
    clara.execute(AddToSegment("people", "Choir", (ANA, BO)))
    clara.execute(LookAtSegment("Choir"))
    amel = post.open("amel")
    amel.execute(EraseRecord(BO, "asked for it"))
    with store.reading(amel._engine) as connection:
        from registry.segments.looking import _unpacked

        looks = [_unpacked(row.ids).tolist() for row in connection.execute(select(segment_look))]
        on_list = connection.execute(select(segment_member.c.record_id)).scalars().all()
    assert looks == [[ANA], [ANA]]
    assert on_list == [ANA]
    look = clara.execute(LookAtSegment("In Lyon")).value
    assert (look.came, look.went) == ((), ())
    clara.execute(Undo())
    assert clara.read(VerifyHistory()).ok


def test_nobody_is_indexed_anew_for_a_place_on_a_list(clara: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    clara.execute(AddToSegment("people", "Choir", (ANA, BO)))
    anew: list[int] = []
    monkeypatch.setattr("registry.writing.reindex", lambda _connection, touched: anew.extend(touched))
    clara.execute(RemoveFromSegment("people", "Choir", (ANA,)))
    clara.execute(Undo())
    assert anew == []
    assert ids(clara, "ana in:choir") == {ANA}

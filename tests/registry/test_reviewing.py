"""The queue as it is reviewed: groups and pairs, verdicts that last until there is something new, and merging."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from db.models import duplicate_verdict
from registry import commands as c
from registry.app import Registry
from registry.errors import Invalid
from registry.matching.groups import DuplicatesToReview
from registry.queries import DuplicatesOf, GetToday, ListMerged, MergeProposal, ReviewDuplicates
from registry.records import NO_RECORD
from tests.registry.post import BO, Post
from tests.registry.test_merging import add, everything

#: Three times one person, twice another, and people who are nobody else.
MIRA = {"full_name": "Mira Contrived", "birth_date": "1985-03-04", "phone": "01 99 00 55 66", "sex": "female"}
MIRAS = (MIRA, MIRA | {"email": "mira@example.org"}, MIRA | {"birth_place": "Nowhere"})
TOM = {"full_name": "Tom Fabricated", "birth_date": "1971-11-23", "email": "tom@example.org", "sex": "male"}
TOMS = (TOM, TOM | {"full_name": "Thom Fabricated"})
OTHERS = tuple(
    {"full_name": f"{given} {family}", "birth_date": f"19{50 + n}-0{1 + n % 9}-1{n % 9}", "sex": sex}
    for n, (given, family, sex) in enumerate(
        zip(
            ("Ada", "Bruno", "Celia", "Dario", "Elsa", "Felix", "Greta", "Hugo", "Irma", "Jonas"),
            ("Amber", "Birch", "Clover", "Daisy", "Elder", "Fern", "Grass", "Heath", "Iris", "Juniper"),
            ("female", "male") * 5,
            strict=True,
        )
    )
)


def filled(registry: Registry) -> tuple[list[int], list[int]]:
    """Ids of the three and of the two, after the run that finds them."""
    three = [add(registry, texts).id for texts in MIRAS]
    two = [add(registry, texts).id for texts in TOMS]
    for texts in OTHERS:
        add(registry, texts)
    registry.execute(c.FindDuplicates())
    return three, two


def queue(registry: Registry) -> list[tuple[int, ...]]:
    return [group.ids for group in waiting(registry).groups]


def waiting(registry: Registry) -> DuplicatesToReview:
    return registry.read(ReviewDuplicates())


def test_a_group_is_reviewed_at_once_and_the_queue_tells_its_age(post: Post) -> None:
    clerk = post.open("clara")
    assert waiting(clerk) == DuplicatesToReview((), 0, 0, 0)
    three, two = filled(clerk)
    found = waiting(clerk)
    assert {group.ids for group in found.groups} >= {tuple(three), tuple(two)}
    assert found.count == len(found.groups)
    assert found.looked_at > 0
    assert found.compared > len(OTHERS)
    group = next(group for group in found.groups if group.ids == tuple(three))
    assert len(group.pairs) == 3
    assert group.likelihood == max(pair.likelihood for pair in group.pairs)
    assert [len(waiting.groups) for waiting in (clerk.read(ReviewDuplicates(limit=1)),)] == [1]
    assert [found.ids for found in clerk.read(DuplicatesOf("people", three[1]))] == [tuple(three)]
    assert clerk.read(DuplicatesOf("people", BO)) == ()


def test_what_is_not_the_same_waits_again_only_when_there_is_something_new(post: Post) -> None:
    clerk = post.open("clara")
    three, two = filled(clerk)
    assert clerk.execute(c.KeepApart(tuple(three))).value
    assert not clerk.execute(c.KeepApart(tuple(three))).value
    assert tuple(three) not in queue(clerk)
    assert tuple(two) in queue(clerk)
    clerk.execute(c.FindDuplicates())
    assert not {*three} & {i for ids in queue(clerk) for i in ids}
    clerk.execute(c.EditRecord("people", three[0], {"email": "mira@example.org"}))
    clerk.execute(c.FindDuplicates())
    assert any({three[0], three[1]} <= {*ids} for ids in queue(clerk))


def test_saying_that_they_are_not_the_same_is_one_operation_and_taken_back(post: Post) -> None:
    clerk = post.open("clara")
    three, _two = filled(clerk)
    before = everything(clerk)
    clerk.execute(c.KeepApart(tuple(three)))
    clerk.execute(c.Undo())
    assert everything(clerk) == before
    assert tuple(three) in queue(clerk)


def test_a_merged_record_leaves_the_queue_and_comes_back_with_what_was_said_of_it(post: Post) -> None:
    clerk = post.open("clara")
    three, two = filled(clerk)
    first, second, third = three
    clerk.execute(c.KeepApart((first, third)))
    clerk.execute(c.KeepApart(tuple(two)))
    before, said = everything(clerk), queue(clerk)
    clerk.execute(c.MergeRecords(second, (third, first)))
    assert not {*three} & {i for ids in queue(clerk) for i in ids}
    assert [pair for pair in verdicts(clerk) if pair != tuple(two)] == []
    for _other in (first, third):
        clerk.execute(c.UnmergeRecord(str(second)))
    assert everything(clerk) == before
    assert queue(clerk) == said
    clerk.execute(c.MergeRecords(first, (second,)))
    clerk.execute(c.Undo())
    assert everything(clerk) == before


def test_what_was_said_of_two_is_not_said_of_the_record_that_stays(post: Post) -> None:
    clerk = post.open("clara")
    three, _two = filled(clerk)
    first, second, third = three
    clerk.execute(c.KeepApart((first, third)))
    clerk.execute(c.MergeRecords(second, (first,)))
    assert verdicts(clerk) == []
    clerk.execute(c.FindDuplicates())
    assert (second, third) in queue(clerk)


def verdicts(registry: Registry) -> list[tuple[int, int]]:
    with registry._engine.connect() as connection:
        rows = connection.execute(select(duplicate_verdict.c.record_id, duplicate_verdict.c.other_id))
        return [(one, other) for one, other in rows]


def test_what_became_part_of_a_record_is_listed_the_last_first(post: Post) -> None:
    clerk = post.open("clara")
    ids = [add(clerk, texts) for texts in MIRAS]
    assert clerk.read(ListMerged(ids[0].id)) == ()
    clerk.execute(c.MergeRecords(ids[0].id, (ids[1].id, ids[2].id)))
    merged = clerk.read(ListMerged(ids[0].id))
    assert [part.number for part in merged] == [ids[2].number, ids[1].number]
    assert {(part.name, part.merged_on, part.officer) for part in merged} == {
        ("Mira Contrived", date.today().isoformat(), "clara")
    }


def test_the_proposal_tells_when_each_was_changed(post: Post) -> None:
    clerk = post.open("clara")
    ids = [add(clerk, texts).id for texts in TOMS]
    changed = clerk.read(MergeProposal(tuple(ids))).changed
    assert 0 < changed[ids[0]] <= changed[ids[1]]


@pytest.mark.parametrize("user", ["clara", "otto"])
def test_today_tells_how_many_wait_to_those_who_may_review_them(post: Post, user: str) -> None:
    clerk = post.open("clara")
    three, _two = filled(clerk)
    count = waiting(clerk).count
    sections = {section.code: section for section in post.open(user).read(GetToday(date.today()))}
    if user == "otto":
        assert "duplicates" not in sections
        return
    assert (sections["duplicates"].count, sections["duplicates"].place) == (count, "quality")
    assert three[0] in [row.id for row in sections["duplicates"].rows]
    assert all(row.words.endswith("%") for row in sections["duplicates"].rows)


def test_an_answer_that_comes_too_late_is_refused_in_words(post: Post) -> None:
    clerk, petra = post.open("clara"), post.open("petra")
    ids = [
        clerk.execute(c.AddRecord("people", {"full_name": "Eve Nave", "birth_date": "1985-03-12"})).value.id
        for _n in "ab"
    ]
    clerk.execute(c.FindDuplicates())
    petra.execute(c.MergeRecords(ids[0], (ids[1],)))
    for command in (c.KeepApart(tuple(ids)), c.MergeRecords(ids[0], (ids[1],))):
        with pytest.raises(Invalid, match=NO_RECORD[:20]):
            clerk.execute(command)

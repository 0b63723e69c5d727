"""Merging and taking apart: nothing is lost, numbers go on leading there, and everything can be as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import METADATA, history_tables
from registry import commands as c
from registry.app import Registry
from registry.errors import Invalid, NotAllowed
from registry.merging.merging import KINDS_DIFFER, NO_CHOICE, ONE, RELATED
from registry.merging.unmerging import ADDED_SINCE, NOT_MERGED
from registry.queries import (
    FieldOrigins,
    FindByNumber,
    GetRecord,
    ListIds,
    MergeProposal,
    Search,
    UnmergePlan,
    VerifyHistory,
)
from registry.records import NO_RECORD, Record
from tests.registry.post import ANA, BO, CLUB, CY, SEALED, Post

LIA = {
    "full_name": "Lia Invented",
    "family_name": "Invented",
    "given_name": "Lia",
    "birth_date": "1985",
    "phone": "01 99 00 55 66",
    "email": "lia@example.org",
    "skill": "nursing",
    "consent.elections.letter": "given",
    "notes": "met at the fair",
}
LIYA = {
    "full_name": "Liya Invented",
    "native_name": "Лия Инвентед",
    "birth_date": "1985-03-04",
    "sex": "female",
    "phone": "01 99 00 55 66",
    "phone.2": "01 99 00 77 88",
    "email": "LIA@example.org",
    "email.state": "works",
    "skill": "nursing",
    "skill.level": "3",
    "address.city": "Lyon",
    "address.country": "FRA",
    "consent.elections.letter": "refused",
    "consent.outreach_news.letter": "given",
    "external_id": "OLD-7",
    "relative": "Mo Invented",
    "relative.kind": "sibling",
}


def everything(registry: Registry) -> dict[str, list[dict[str, object]]]:
    """Every followed row, without versions, which always rise."""
    with registry._engine.connect() as connection:
        return {
            table.name: [
                {k: v for k, v in row.items() if (table.name, k) != ("record", "version")}
                for row in connection.execute(select(table).order_by(table.c.id)).mappings()
            ]
            for table in history_tables()
        }


def add(registry: Registry, texts: dict[str, str], kind: str = "people") -> c.RecordAdded:
    return registry.execute(c.AddRecord(kind, texts)).value


def shown(registry: Registry, record_id: int, kind: str = "people") -> Record:
    return registry.read(GetRecord(kind, record_id))


def test_every_fact_goes_to_the_record_that_stays(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    merged = clerk.execute(c.MergeRecords(lia.id, (liya.id,), {"birth_date": liya.id}))
    assert (merged.value.id, merged.value.number, merged.value.count) == (lia.id, lia.number, 1)
    values = shown(clerk, lia.id).values
    assert values["full_name"] == "Lia Invented"
    assert (values["birth_date"], values["sex"]) == ("1985-03-04", "female")
    assert values["native_name"] == "Лия Инвентед"
    assert values["former_name"] == "Liya Invented"
    assert (values["phone"], values["phone.2"]) == ("+33199005566", "+33199007788")
    assert "phone.3" not in values
    assert (values["email"], values["email.state"]) == ("lia@example.org", "works")
    assert "email.2" not in values
    assert (values["skill"], values["skill.level"]) == ("nursing_care", "3")
    assert "skill.2" not in values
    assert values["consent.elections.letter"] == "refused"
    assert values["consent.outreach_news.letter"] == "given"
    assert (values["address.city"], values["relative"]) == ("Lyon", "Mo Invented")
    assert values["notes"] == "met at the fair"
    assert clerk.read(VerifyHistory()).ok
    assert liya.id not in clerk.read(ListIds("people"))


def test_every_number_of_the_merged_record_finds_it(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    clerk.execute(c.MergeRecords(lia.id, (liya.id,)))
    for text in (lia.number, liya.number, "OLD-7"):
        assert clerk.read(FindByNumber(text)) == ("people", lia.id)
        assert [hit.id for hit in clerk.read(Search(text)).results] == [lia.id]
    relation = {"relative": f"Lia Invented ({liya.number})", "relative.kind": "sibling"}
    clerk.execute(c.EditRecord("people", BO, relation))
    assert lia.number in shown(clerk, BO).values["relative"]


def test_merging_and_taking_apart_changes_nothing(post: Post) -> None:
    clerk, petra = post.open("clara"), post.open("petra")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    petra.execute(c.SetProtected(liya.id, "safe_contact", "never by telephone"))
    clerk.execute(c.Relate(liya.id, BO, "sibling"))
    clerk.execute(c.Relate(lia.id, CY, "sibling"))
    clerk.execute(c.AddToSegment("people", "Choir", (lia.id, liya.id)))
    clerk.execute(c.LogActivity("people", (liya.id,), {"activity": "call"}))
    clerk.execute(c.MarkUntraceable(liya.id, "a letter came back"))
    before = everything(clerk)
    clerk.execute(c.MergeRecords(lia.id, (liya.id,), {"full_name": liya.id, "state": liya.id}))
    assert everything(clerk) != before
    taken = clerk.execute(c.UnmergeRecord(liya.number)).value
    assert (taken.id, taken.from_id, taken.kept) == (liya.id, lia.id, ())
    assert everything(clerk) == before
    assert clerk.read(VerifyHistory()).ok
    assert [hit.id for hit in clerk.read(Search(liya.number)).results] == [liya.id]


def test_a_merge_can_be_undone_and_done_again(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    before = everything(clerk)
    clerk.execute(c.MergeRecords(lia.id, (liya.id,)))
    merged = everything(clerk)
    undone = clerk.execute(c.Undo())
    assert everything(clerk) == before
    clerk.execute(c.Undo(undone.batch))
    assert everything(clerk) == merged
    clerk.execute(c.UnmergeRecord(lia.number))
    assert everything(clerk) == before
    clerk.execute(c.Undo())
    assert everything(clerk) == merged
    assert clerk.read(VerifyHistory()).ok


def test_several_become_one_and_each_comes_out_alone(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    third = add(clerk, {"full_name": "L. Invented", "phone": "01 99 00 99 11", "birth_place": "Nowhere"})
    before = everything(clerk)
    clerk.execute(c.MergeRecords(lia.id, (liya.id, third.id)))
    clerk.execute(c.UnmergeRecord(liya.number))
    assert shown(clerk, lia.id).values["birth_place"] == "Nowhere"
    assert "sex" not in shown(clerk, lia.id).values
    assert shown(clerk, liya.id).values["phone.2"] == "+33199007788"
    clerk.execute(c.UnmergeRecord(lia.number))
    assert everything(clerk) == before


def test_a_record_merged_on_is_taken_out_of_the_last_one(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    clerk.execute(c.MergeRecords(liya.id, (lia.id,)))
    clerk.execute(c.MergeRecords(BO, (liya.id,)))
    assert clerk.read(FindByNumber(lia.number)) == ("people", BO)
    clerk.execute(c.UnmergeRecord(lia.number))
    values = shown(clerk, lia.id).values
    assert (values["phone"], values["notes"]) == ("+33199005566", "met at the fair")
    assert clerk.read(FindByNumber(liya.number)) == ("people", BO)
    assert clerk.read(VerifyHistory()).ok


def test_what_came_since_stays_or_goes_as_one_says(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    clerk.execute(c.MergeRecords(lia.id, (liya.id,)))
    clerk.execute(
        c.EditRecord("people", lia.id, {"email.2": "since@example.org", "sex": "other", "phone.kind.2": "work"})
    )
    plan = clerk.read(UnmergePlan(liya.number))
    assert (plan.number, plan.from_id, plan.kept) == (liya.number, lia.id, ("sex",))
    assert [(one.field, one.text) for one in plan.added] == [("email", "since@example.org")]
    with pytest.raises(Invalid) as caught:
        clerk.execute(c.UnmergeRecord(liya.number, (("email", 1),)))
    assert caught.value.message == ADDED_SINCE
    moving = tuple((one.table, one.row_id) for one in plan.added)
    taken = clerk.execute(c.UnmergeRecord(liya.number, moving)).value
    assert taken.kept == ("sex",)
    assert shown(clerk, lia.id).values["sex"] == "other"
    assert "email.2" not in shown(clerk, lia.id).values
    back = shown(clerk, liya.id).values
    assert back["email.2"] == "since@example.org"
    assert (back["phone.2"], back["phone.kind.2"]) == ("+33199007788", "work")
    assert clerk.read(VerifyHistory()).ok


def test_links_of_others_lead_to_the_record_that_stays(post: Post) -> None:
    clerk = post.open("clara")
    other = add(clerk, {"name": "Club of Exemples", "acronym": "CEX"}, "associations").id
    clerk.execute(c.EditRecord("people", BO, {"association": "Club of Exemples"}))
    before = everything(clerk)
    clerk.execute(c.MergeRecords(CLUB, (other,)))
    values = shown(clerk, CLUB, "associations").values
    assert values["acronym"] == "CEX"
    with clerk._engine.connect() as connection:
        membership = METADATA.tables["membership"]
        linked = connection.execute(select(membership.c.association_id).where(membership.c.record_id == BO))
        assert linked.scalars().all() == [CLUB]
    clerk.execute(c.UnmergeRecord(str(CLUB)))
    assert everything(clerk) == before


def test_sealed_values_move_unopened_and_both_are_read(post: Post) -> None:
    clerk, petra = post.open("clara"), post.open("petra")
    petra.execute(c.SetProtected(BO, "safe_contact", "by letter only"))
    clerk.execute(c.MergeRecords(BO, (ANA,)))
    petra.confirm("crimson otter paints nine lanterns")
    opened = petra.execute(c.OpenProtected(BO, "asked for it")).value
    assert set(opened["safe_contact"].split("\n\n")) == {SEALED, "by letter only"}


def test_facts_keep_their_source(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    before = clerk.read(FieldOrigins(liya.id))
    clerk.execute(c.MergeRecords(lia.id, (liya.id,)))
    after = clerk.read(FieldOrigins(lia.id))
    assert after["phone.2"] == before["phone.2"]
    assert after["sex"] == before["sex"]
    assert after["former_name"].operation == "merge"


def test_erasing_takes_what_was_merged_along(post: Post) -> None:
    clerk, amel = post.open("clara"), post.open("amel")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    clerk.execute(c.MergeRecords(lia.id, (liya.id,)))
    amel.execute(c.EraseRecord(lia.id, "asked for it"))
    assert amel.read(VerifyHistory()).ok
    with pytest.raises(Invalid, match="no such record"):
        amel.execute(c.UnmergeRecord(liya.number))
    post.close()
    assert b"LIA@example.org" not in b"".join(p.read_bytes() for p in post.folder.iterdir() if p.is_file())


def test_what_cannot_be_merged_is_refused(post: Post) -> None:
    clerk = post.open("clara")
    clerk.execute(c.Relate(ANA, BO, "sibling"))
    for command, message in (
        (c.MergeRecords(ANA, ()), ONE),
        (c.MergeRecords(ANA, (ANA,)), ONE),
        (c.MergeRecords(ANA, (999,)), NO_RECORD),
        (c.MergeRecords(CY, (CLUB,)), KINDS_DIFFER),
        (c.MergeRecords(ANA, (BO,)), RELATED),
        (c.MergeRecords(ANA, (CY,), {"phone": CY}), NO_CHOICE),
        (c.UnmergeRecord(str(ANA)), NOT_MERGED),
    ):
        before = everything(clerk)
        with pytest.raises(Invalid) as caught:
            clerk.execute(command)
        assert caught.value.message == message
        assert everything(clerk) == before
    with pytest.raises(NotAllowed):
        post.open("otto").execute(c.MergeRecords(ANA, (CY,)))


def test_the_proposal_takes_the_fuller_and_the_newer(post: Post) -> None:
    clerk = post.open("clara")
    lia, liya = add(clerk, LIA), add(clerk, LIYA)
    proposal = clerk.read(MergeProposal((lia.id, liya.id)))
    assert proposal.stays == liya.id
    sides = {side.field: side for side in proposal.sides}
    assert sides["birth_date"].taken == liya.id
    assert sides["notes"].taken == lia.id
    assert sides["phone"].taken == 0
    assert sides["state"].equal
    clerk.execute(c.MergeRecords(proposal.stays, (lia.id,), proposal.taken))
    assert shown(clerk, liya.id).values["birth_date"] == "1985-03-04"
    assert shown(clerk, liya.id).values["notes"] == "met at the fair"


def test_an_undone_unmerge_asks_again_for_all_that_came_since(post: Post) -> None:
    clerk = post.open("clara")
    texts = {"full_name": "Eve Nave", "phone": "01 99 00 11 22"}
    first = clerk.execute(c.AddRecord("people", texts)).value
    other = clerk.execute(c.AddRecord("people", texts | {"email": "eve@example.org"})).value
    clerk.execute(c.MergeRecords(first.id, (other.id,)))
    clerk.execute(c.EditRecord("people", first.id, {"phone.2": "01 99 00 33 44"}))
    asked = clerk.read(UnmergePlan(other.number)).added
    assert [one.field for one in asked] == ["phone"]
    moving = tuple((one.table, one.row_id) for one in asked)
    for _time in range(2):
        batch = clerk.execute(c.UnmergeRecord(other.number, moving)).batch
        clerk.execute(c.Undo(batch))
        assert clerk.read(UnmergePlan(other.number)).added == asked
    clerk.execute(c.UnmergeRecord(other.number))
    clerk.execute(c.MergeRecords(first.id, (other.id,)))
    assert clerk.read(UnmergePlan(other.number)).added == (), "what came before it was merged again is its own"

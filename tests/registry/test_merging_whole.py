"""Merging with everything that a record can have: files, letters, memberships, answers; and what is asked later."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import commands as c
from registry.app import Registry
from registry.queries import (
    FindByNumber,
    GetHistory,
    GetRecord,
    ListActivities,
    ListAttachments,
    UnmergePlan,
    VerifyHistory,
)
from tests import whole_person
from tests.registry.post import CLUB, Post
from tests.registry.test_merging import add, everything, shown
from tests.registry.transfer.importing import take_in_rows

FORUM = "annual-forum"
#: Where a letter can go.
_HOME = {
    "address.street": "1 rue Inventée",
    "address.city": "Lyon",
    "address.postal_code": "69002",
    "address.country": "FRA",
}


def texts() -> dict[str, str]:
    """A whole person who may be written to."""
    return whole_person.texts() | {"association": "Club of Examples"}


def filed(registry: Registry, folder: Path, record_id: int, title: str) -> None:
    path = folder / f"{title}.pdf"
    path.write_bytes(b"%PDF-1.4 " + title.encode())
    registry.execute(c.AddAttachment(record_id, "document", path, title))


def test_all_that_a_record_can_have_goes_along_and_comes_back(post: Post, tmp_path: Path) -> None:
    amel, petra = post.open("amel"), post.open("petra")
    small = add(amel, {"full_name": "Halina V.", "consent.outreach_news.letter": "given", **_HOME})
    whole = add(amel, {"full_name": "Halina Vondrová", "consent.outreach_news.letter": "given", **_HOME})
    for record, title in ((small, "small paper"), (whole, "whole paper")):
        filed(amel, tmp_path, record.id, title)
        amel.execute(c.WriteLetters("", FORUM, tmp_path / f"{title} letters.pdf", "test", ids=(record.id,)))
        amel.execute(c.AddToSegment("people", f"List of the {title}", (record.id,)))
    amel.execute(c.EditRecord("people", whole.id, texts()))
    petra.execute(c.SetProtected(whole.id, "safe_contact", "never by telephone"))
    values = shown(amel, whole.id).values
    before = everything(amel)
    amel.execute(c.MergeRecords(small.id, (whole.id,), {"full_name": whole.id, "state": whole.id}))
    merged = shown(amel, small.id).values
    kept = {text for name, text in values.items() if name != "number" and not name.startswith("consent")}
    assert sorted(kept - set(merged.values())) == [], "no fact is lost"
    after = everything(amel)
    for table in ("attachment", "campaign_recipient", "segment_member", "sealed", "membership", "activity", "document"):
        mine = [row for row in before[table] if row["record_id"] in (small.id, whole.id)]
        assert len([row for row in after[table] if row["record_id"] == small.id]) == len(mine) > 0, table
    assert not any(row.get("record_id") == whole.id for rows in after.values() for row in rows)
    assert {file.title for file in amel.read(ListAttachments(small.id))} == {"small paper", "whole paper"}
    assert len(amel.read(ListActivities("people", small.id))) == 3
    codes = {operation.code for operation in amel.read(GetHistory(small.id)).operations}
    assert {"add_record", "add_attachment", "merge"} <= codes
    amel.execute(c.UnmergeRecord(whole.number))
    assert everything(amel) == before
    assert amel.read(VerifyHistory()).ok


def test_files_and_letters_of_later_go_where_one_says(post: Post, tmp_path: Path) -> None:
    amel = post.open("amel")
    one = add(amel, {"full_name": "Halina V.", "consent.outreach_news.letter": "given", **_HOME})
    other = add(amel, {"full_name": "Halina Vondrová", "consent.outreach_news.letter": "given", **_HOME})
    amel.execute(c.MergeRecords(one.id, (other.id,)))
    filed(amel, tmp_path, one.id, "later paper")
    amel.execute(c.LogActivity("people", (one.id,), {"activity": "call", "activity.subject": "Later call"}))
    amel.execute(c.WriteLetters("", FORUM, tmp_path / "later.pdf", "test", ids=(one.id,)))
    plan = amel.read(UnmergePlan(other.number))
    assert {added.table for added in plan.added} == {"attachment", "activity", "campaign_recipient"}
    assert all(added.text for added in plan.added)
    moving = tuple((added.table, added.row_id) for added in plan.added if added.table != "campaign_recipient")
    amel.execute(c.UnmergeRecord(other.number, moving))
    assert [file.title for file in amel.read(ListAttachments(other.id))] == ["later paper"]
    assert amel.read(ListAttachments(one.id)) == ()
    assert len(amel.read(ListActivities("people", other.id))) == 1
    letters = [row["record_id"] for row in everything(amel)["campaign_recipient"]]
    assert letters == [one.id]


GIVEN, REFUSED, WITHDRAWN = ("given", "2024-05-01", ""), ("refused", "2019-01-01", ""), ("withdrawn", "2018-01-01", "")
RAN_OUT, ENDS, LATER = ("given", "2015-01-01", "2020"), ("given", "2019-01-01", "2099"), ("given", "2025-05-01", "")


def answer(registry: Registry, record_id: int, said: tuple[str, str, str]) -> None:
    status, on, expires = said
    given = "given" if status == "withdrawn" else status
    registry.execute(c.RecordConsent(record_id, "elections", ("letter",), given, on=on, expires=expires))
    if status == "withdrawn":
        registry.execute(c.WithdrawConsent(record_id, "elections", on="2020-01-01"))


@pytest.mark.parametrize("turned", [False, True], ids=["survivor first", "other first"])
@pytest.mark.parametrize(
    ("strict", "lenient"),
    [(REFUSED, GIVEN), (WITHDRAWN, GIVEN), (RAN_OUT, GIVEN), (ENDS, GIVEN), (REFUSED, RAN_OUT), (RAN_OUT, ENDS)],
)
def test_the_stricter_consent_wins_whatever_is_newer(
    post: Post, strict: tuple[str, str, str], lenient: tuple[str, str, str], turned: bool
) -> None:
    clerk = post.open("clara")
    one, other = add(clerk, {"full_name": "Eve Nave"}), add(clerk, {"full_name": "Eva Nave"})
    for record, said in zip((one, other), (lenient, strict) if turned else (strict, lenient), strict=True):
        answer(clerk, record.id, said)
    before = everything(clerk)
    clerk.execute(c.MergeRecords(one.id, (other.id,)))
    (kept,) = clerk.read(GetRecord("people", one.id)).consents
    assert (kept.decided_on, kept.expires) == (strict[1], strict[2])
    clerk.execute(c.UnmergeRecord(other.number))
    assert everything(clerk) == before


def test_a_list_that_names_the_merged_record_finds_the_one_that_stays(post: Post) -> None:
    clerk = post.open("clara")
    one = add(clerk, {"full_name": "Eve Nave", "external_id": "E-1"})
    other = add(clerk, {"full_name": "Eva Nave", "external_id": "E-2"})
    clerk.execute(c.MergeRecords(one.id, (other.id,)))
    result = take_in_rows(clerk, [["external_id", "full_name", "hometown"], ["E-2", "Eva Nave", "Nowhere"]])
    assert (result.created, result.updated) == (0, 1)
    result = take_in_rows(clerk, [["number", "full_name", "birth_place"], [other.number, "Eva Nave", "Elsewhere"]])
    assert (result.created, result.updated) == (0, 1)
    values = shown(clerk, one.id).values
    assert (values["hometown"], values["birth_place"]) == ("Nowhere", "Elsewhere")
    assert clerk.read(FindByNumber(other.number)) == ("people", one.id)


def test_what_became_part_of_an_association_goes_and_comes_back(post: Post, tmp_path: Path) -> None:
    amel = post.open("amel")
    other = add(amel, {"name": "Club of the Examples", "acronym": "CEX", "email": "club@example.org"}, "associations")
    filed(amel, tmp_path, other.id, "statutes")
    amel.execute(c.LogActivity("associations", (other.id,), {"activity": "visit"}))
    before = everything(amel)
    amel.execute(c.MergeRecords(CLUB, (other.id,)))
    assert [file.title for file in amel.read(ListAttachments(CLUB))] == ["statutes"]
    assert shown(amel, CLUB, "associations").values["email"] == "club@example.org"
    amel.execute(c.UnmergeRecord(other.number))
    assert everything(amel) == before

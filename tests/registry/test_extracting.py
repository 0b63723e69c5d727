"""The extract of personal data: all that is kept of one person, and nothing that its writer may not see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from registry import commands as c
from registry.errors import Invalid, NotAllowed
from registry.queries import GetHistory
from tests.registry.documents.pages import pdfium_text
from tests.registry.post import ANA, BO, CY, PASSWORD, RESTRICTED, SEALED, Post


def facts_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    return {section["title"]: section["facts"] for section in json.loads(path.read_text("utf-8"))["sections"]}


def test_everything_that_is_kept_is_in_it_with_its_origin(post: Post, tmp_path: Path) -> None:
    amel = post.open("amel")
    file = tmp_path / "paper.txt"
    file.write_text("a paper", encoding="utf-8")
    amel.execute(c.Relate(ANA, BO, "sibling"))
    amel.execute(c.RecordConsent(ANA, "elections", ("letter",), "given"))
    amel.execute(c.WithdrawConsent(ANA, "elections"))
    amel.execute(c.AddAttachment(ANA, "document", file, "a certificate of hers"))
    amel.execute(c.AddToSegment("people", "Choir", (ANA,)))
    amel.execute(c.WriteCertificate(ANA, tmp_path / "certificate.pdf"))
    letters = amel.execute(c.WriteLetters("", "annual-forum", tmp_path / "letters.pdf", "test")).value
    path = tmp_path / "extract.json"
    count = amel.execute(c.WriteExtract(ANA, path, "asked for it")).value
    sections = facts_of(path)
    assert count == sum(len(facts) for facts in sections.values()) > 30
    values = {fact["value"] for facts in sections.values() for fact in facts}
    fields = {fact["field"]: fact for facts in sections.values() for fact in facts if fact["field"]}
    assert fields["full_name"]["value"] == "Ana Exemple"
    assert fields["document.number"]["value"] == RESTRICTED["document.number"]
    assert fields["notes"]["value"] == RESTRICTED["notes"] + " again"
    assert "clara" in fields["notes"]["source"]
    assert "Edit a record" in fields["notes"]["source"]
    assert any("Bo Sample" in value for value in values), "whom she is related to"
    assert any("withdrawn on" in value for value in values)
    assert any("a certificate of hers" in value for value in values)
    assert "Choir" in values
    (sent,) = sections["What was sent"]
    assert letters.campaign in sent["label"]
    assert "left out · To be contacted individually" in sent["value"]
    assert sections["Certificates"][0]["label"].startswith("TST-R")
    assert sections["States of the registration"]
    history = sections["What happened to the record"]
    assert {fact["value"] for fact in history} >= {"Add a record", "Edit a record", "Withdraw consent"}
    assert any(RESTRICTED["notes"] in fact["source"] for fact in history), "also what stood there before"


def test_the_paper_says_the_same_and_leaves_a_trace(post: Post, tmp_path: Path) -> None:
    clara, path = post.open("clara"), tmp_path / "extract.pdf"
    count = clara.execute(c.WriteExtract(ANA, path, "asked for it")).value
    text = pdfium_text(path.read_bytes())
    for said in (
        "Extract of personal data",
        "Ana Exemple",
        RESTRICTED["document.number"],
        "What happened to the record",
    ):
        assert said in text, said
    assert count > 30
    done = next(op for op in clara.read(GetHistory(limit=9)).operations if op.code == "extract")
    assert done.code == "extract"
    assert done.note is not None
    assert done.note["reason"] == "asked for it"


def test_sealed_values_are_for_those_with_the_grant_and_their_password(post: Post, tmp_path: Path) -> None:
    """To others the extract says the same of somebody with sealed values as of anybody."""
    path, petra = tmp_path / "extract.json", post.open("petra")
    notes = []
    for person in (ANA, BO):
        post.open("clara").execute(c.WriteExtract(person, path, "asked for it"))
        assert SEALED not in path.read_text("utf-8")
        assert "Protected values" not in facts_of(path)
        notes.append(json.loads(path.read_text("utf-8"))["notes"])
    assert notes[0] == notes[1]
    petra.execute(c.WriteExtract(ANA, path, "asked for it"))
    assert SEALED not in path.read_text("utf-8"), "not without the password"
    petra.confirm(PASSWORD)
    petra.execute(c.WriteExtract(ANA, path, "asked for it"))
    assert facts_of(path)["Protected values"][0]["value"] == SEALED


def test_who_sees_too_little_of_a_person_writes_no_extract(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "extract.pdf"
    for name in ("otto", "mara", "aude"):
        with pytest.raises(NotAllowed):
            post.open(name).execute(c.WriteExtract(ANA, path, "asked for it"))
    amel = post.open("amel")
    with pytest.raises(Invalid, match="ending"):
        amel.execute(c.WriteExtract(CY, tmp_path / "extract.docx", "asked for it"))
    with pytest.raises(Invalid, match="There is no such record"):
        amel.execute(c.WriteExtract(999, path, "asked for it"))
    assert not path.exists()

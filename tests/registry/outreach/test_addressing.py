"""Labels, envelopes and lists: who is on them, in which order, and what they never say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from registry import vocabularies
from registry.app import Registry
from registry.commands import (
    AddRecord,
    ChangeSetting,
    Command,
    EditRecord,
    SetProtected,
    WithdrawConsent,
    WriteAttendance,
    WriteEnvelopes,
    WriteLabels,
    WriteLetters,
    WriteRegisteredMail,
)
from registry.context import ConfirmationNeeded
from registry.documents.letters import Printing
from registry.errors import Invalid
from registry.queries import GetHistory, Search, VerifyHistory
from tests.registry.documents.pages import pdfium_text
from tests.registry.post import ANA, BO, Post

FORUM = "annual-forum"
Writes = Callable[..., Command[Any]]


def labels(path: Path, **more: Any) -> Command[Any]:
    return WriteLabels(more.pop("query", ""), path, "L7160", "test", **more)


def envelopes(path: Path, **more: Any) -> Command[Any]:
    return WriteEnvelopes(more.pop("query", ""), path, "C5", "test", **more)


def registered(path: Path, **more: Any) -> Command[Any]:
    return WriteRegisteredMail(more.pop("query", ""), path, "test", **more)


def attendance(path: Path, **more: Any) -> Command[Any]:
    more.pop("by_post", None)
    return WriteAttendance(more.pop("query", ""), path, "test", **more)


EVERY = [labels, envelopes, registered, attendance]


def text_of(path: Path) -> str:
    return pdfium_text(path.read_bytes())


@pytest.mark.parametrize("write", EVERY)
def test_consent_and_reasons_are_those_of_letters(registry: Registry, tmp_path: Path, write: Writes) -> None:
    path = tmp_path / "out.pdf"
    if write is attendance:
        for name in ("Ana Guest", "Bo Guest"):
            registry.execute(AddRecord("people", {"full_name": name, "consent.outreach_news.event": "given"}))
        made = registry.execute(write(path)).value
        assert made.count == 2
        assert made.excluded == {"no_consent": 8, "deceased": 1, "gone": 1}
        return
    made = registry.execute(write(path)).value
    assert (made.selected, made.count, made.cut, made.missing) == (10, 4, 0, "")
    assert made.excluded == {"refused": 1, "no_consent": 2, "deceased": 1, "gone": 1, "no_address": 1}
    text = text_of(path)
    assert all(name in text for name in ("Ana Exemple", "Bo Sample", "Cy Pattern", "Jo Moved"))
    assert not any(name in text for name in ("Refuser", "Silent", "Electron", "Late", "Elsewhere", "Nowhere"))


@pytest.mark.parametrize("write", EVERY)
def test_nobody_with_a_rule_for_contact_is_on_paper_with_others(post: Post, tmp_path: Path, write: Writes) -> None:
    """Ana has one: she agreed to everything, and is on no sheet and no list; the control, without the rule, is."""
    petra, amel = post.open("petra"), post.open("amel")
    for person in (ANA, BO):
        amel.execute(_agree(person))
    path = tmp_path / "out.pdf"
    made = amel.execute(write(path)).value
    assert "Bo Sample" in text_of(path)
    assert "Exemple" not in text_of(path)
    assert made.excluded["individually"] == 1
    assert amel.execute(write(path, ids=(ANA, BO))).value.count == 1
    assert "Exemple" not in text_of(path)
    with pytest.raises(Invalid, match="Nobody"):
        amel.execute(write(path, ids=(ANA,)))
    petra.execute(SetProtected(ANA, "safe_contact", ""))
    amel.execute(write(path))
    assert "Exemple" in text_of(path), "it was the rule that kept her off"


@pytest.mark.parametrize("write", [labels, envelopes, registered])
def test_associations_are_addressed_by_the_rules_of_the_destination(post: Post, tmp_path: Path, write: Writes) -> None:
    amel, path = post.open("amel"), tmp_path / "out.pdf"
    seat = {"address.street": "Rue d’Essai 4", "address.postal_code": "1003", "address.city": "Lausanne"}
    amel.execute(AddRecord("associations", {"name": "Chorale Exemple", "address.country": "CHE", **seat}))
    amel.execute(AddRecord("associations", {"name": "Club Nulle Part"}))
    made = amel.execute(write(path, kind="associations", query="name:Chorale OR name:Nulle")).value
    assert (made.selected, made.count, made.excluded) == (2, 1, {"no_address": 1})
    text = text_of(path)
    assert "Chorale Exemple" in text
    assert ("1003 Lausanne" in text) or ("1003 LAUSANNE" in text)
    assert "Nulle Part" not in text


def _agree(person: int) -> Command[Any]:
    answers = {f"consent.outreach_news.{channel}": "given" for channel in ("letter", "event")}
    return EditRecord("people", person, answers)


@pytest.mark.parametrize("write", EVERY)
def test_no_list_says_what_anybody_is(post: Post, tmp_path: Path, write: Writes) -> None:
    amel = post.open("amel")
    amel.execute(_agree(BO))
    path = tmp_path / "out.pdf"
    amel.execute(write(path))
    text = text_of(path).casefold()
    for vocabulary in ("state", "residence_type", "connection", "migration_reason"):
        for code in vocabularies.get(vocabulary).codes:
            assert vocabularies.get(vocabulary).label(code).casefold() not in text.split(), code
    assert "tst-26" not in text, "no registration number either"
    metadata = PdfReader(path).metadata
    assert metadata is not None
    # What goes to the counter of a post office is in the language of its country.
    assert metadata.title in ("Labels", "Envelopes", "Envois recommandés", "Attendance list")


def test_an_attendance_list_has_seats_names_and_nothing_else(post: Post, tmp_path: Path) -> None:
    amel = post.open("amel")
    amel.execute(_agree(BO))
    path = tmp_path / "out.pdf"
    amel.execute(AddRecord("people", {"full_name": "Abel First", "consent.outreach_news.event": "given"}))
    amel.execute(WriteAttendance("", path, "test", "Annual forum"))
    text = text_of(path)
    assert text.startswith("Attendance list Annual forum Consulate TST Seat Name Signature 1 Abel First 2 Bo Sample")
    assert "Lyon" not in text
    assert "bo@example.org" not in text


def test_labels_of_a_campaign_are_those_of_its_letters_in_their_order(registry: Registry, tmp_path: Path) -> None:
    letters, path = tmp_path / "letters.pdf", tmp_path / "labels.pdf"
    code = registry.execute(WriteLetters("", FORUM, letters, "test")).value.campaign
    made = registry.execute(WriteLabels("", path, "L7160", "test", start=3, campaign=code)).value
    assert made.count == 4
    names = ("Ana Exemple", "Bo Sample", "Cy Pattern", "Jo Moved")
    pages = [page.extract_text() for page in PdfReader(letters).pages]
    order = [next(name for name in names if name in page) for page in pages]
    assert order[0] == "Jo Moved", "69001 comes before 69002"
    text = text_of(path)
    assert sorted(names, key=text.index) == order
    with pytest.raises(Invalid, match="no campaign"):
        registry.execute(WriteLabels("", path, "L7160", "test", campaign="C99-0001"))


def test_a_consent_that_was_withdrawn_takes_the_label_away(registry: Registry, tmp_path: Path) -> None:
    code = registry.execute(WriteLetters("", FORUM, tmp_path / "letters.pdf", "test")).value.campaign
    person = registry.read(Search("Exemple")).results[0].id
    registry.execute(WithdrawConsent(person, "outreach_news"))
    made = registry.execute(WriteLabels("", tmp_path / "labels.pdf", "L7160", "test", campaign=code)).value
    assert (made.selected, made.count) == (4, 3)


def test_the_registered_list_is_numbered_and_says_where_to(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    abroad = {"address.street": "Main Street 1", "address.city": "Springfield", "address.postal_code": "12345"}
    abroad |= {"address.region": "NY", "address.country": "USA", "consent.outreach_news.letter": "given"}
    registry.execute(AddRecord("people", {"full_name": "Kim Abroad", **abroad}))
    registry.execute(WriteRegisteredMail("", path, "test", by_post=True))
    text = text_of(path)
    assert "1 Jo Moved 69001 Lyon" in text
    assert "5 Kim Abroad 12345 Springfield, ÉTATS-UNIS" in text
    assert "Main Street" not in text


def test_the_posts_own_labels_and_window_are_settings(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    with pytest.raises(Invalid, match="no sheet of labels"):
        registry.execute(WriteLabels("", path, "", "test"))
    for name, wrong in (("label_sheet", "nonsense"), ("window", "round")):
        with pytest.raises(Invalid):
            registry.execute(ChangeSetting(name, wrong))
    registry.execute(ChangeSetting("label_sheet", "2x3 90x80 10+10 5x5"))
    assert registry.execute(WriteLabels("", path, "", "test", start=6)).value.count == 4
    assert len(PdfReader(path).pages) == 2
    tops = []
    for setting, asked in ((None, None), ("c4", None), ("c4", Printing("din-5008-a"))):
        registry.execute(ChangeSetting("window", setting))
        registry.execute(WriteLetters("Sample", FORUM, path, "test", printing=asked))
        tops.append(_top_of(path, "Bo Sample"))
    assert len(set(tops)) == 3


def _top_of(path: Path, word: str) -> float:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(path)
    try:
        text = document[0].get_textpage()
        found = text.search(word).get_next()
        assert found is not None
        return float(round(text.get_charbox(found[0])[3]))
    finally:
        document.close()


@pytest.mark.parametrize("write", EVERY)
def test_much_taken_out_asks_for_password_and_reason_and_leaves_a_trace(
    registry: Registry, tmp_path: Path, write: Writes
) -> None:
    known = {"address.street": "1 rue", "address.city": "Lyon", "address.postal_code": "69002"}
    known |= {"address.country": "FRA", "consent.outreach_news.letter": "given", "consent.outreach_news.event": "given"}
    for number in range(51):
        registry.execute(AddRecord("people", {"full_name": f"Guest {number}", **known}))
    path = tmp_path / "out.pdf"
    with pytest.raises(ConfirmationNeeded):
        registry.execute(write(path, query="Guest"))
    assert not path.exists()
    registry.confirm("demo")
    registry.execute(write(path, query="Guest"))
    assert len(PdfReader(path).pages) >= 2
    (done, *_older) = registry.read(GetHistory(limit=1)).operations
    assert done.note is not None
    assert (done.note["query"], done.note["people"], done.note["reason"]) == ("Guest", 51, "test")
    assert registry.read(VerifyHistory()).ok


@pytest.mark.parametrize("write", EVERY)
def test_another_ending_or_purpose_is_refused(registry: Registry, tmp_path: Path, write: Writes) -> None:
    with pytest.raises(Invalid, match=r"\.pdf"):
        registry.execute(write(tmp_path / "out.docx"))
    with pytest.raises(Invalid, match="purpose"):
        registry.execute(write(tmp_path / "out.pdf", purpose="gossip"))
    assert list(tmp_path.glob("out*")) == []


def test_no_letter_goes_to_an_address_in_the_home_country(post: Post, tmp_path: Path) -> None:
    amel, path = post.open("amel"), tmp_path / "out.pdf"
    there = {"address.street": "7 Oak Road", "address.city": "Casablanca", "address.country": "MAR"}
    seat = {"address.street.2": "Rue d’Essai 4", "address.postal_code.2": "1003", "address.city.2": "Lausanne"}
    kind = {"address.kind": "home_country"}
    amel.execute(
        AddRecord("associations", {"name": "Chorale Exemple", **there, **kind, "address.country.2": "CHE", **seat})
    )
    amel.execute(AddRecord("associations", {"name": "Cercle Oranger", **there, **kind, "address.postal_code": "20000"}))
    made = amel.execute(labels(path, kind="associations", query="name:Chorale OR name:Oranger")).value
    assert (made.selected, made.count, made.excluded) == (2, 1, {"no_address": 1})
    assert "Oak Road" not in text_of(path)

"""Letters: who gets one, who does not and why, what they say, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from registry.app import Registry
from registry.commands import AddUser, ChangeSetting, EditRecord, SetProtected, WriteLetters
from registry.errors import Invalid, NotAllowed
from registry.outreach.salutations import salutation
from registry.queries import (
    GetRecord,
    ListCampaigns,
    PrepareLetters,
    PreviewLetter,
    Search,
    VerifyHistory,
)

FORUM = "annual-forum"


def test_everybody_selected_is_included_or_excluded_with_a_reason(registry: Registry) -> None:
    prepared = registry.read(PrepareLetters("", FORUM))
    assert prepared.selected == 10
    assert {p.name for p in prepared.included} == {"Ana Exemple", "Bo Sample", "Cy Pattern", "Jo Moved"}
    assert {p.name: p.reason for p in prepared.excluded} == {
        "Di Refuser": "refused",
        "Ed Silent": "no_consent",
        "Flo Electron": "no_consent",
        "Gus Late": "deceased",
        "Hal Elsewhere": "gone",
        "Ivy Nowhere": "no_address",
    }


def test_language_is_the_persons_own_unless_one_is_asked_for(registry: Registry) -> None:
    languages = {p.name: p.language for p in registry.read(PrepareLetters("", FORUM)).included}
    assert languages["Ana Exemple"] == "fr"
    assert languages["Bo Sample"] == "en"
    french = registry.read(PrepareLetters("", FORUM, language="fr")).included
    assert {p.language for p in french} == {"fr"}


def test_without_a_usable_preference_the_best_spoken_language_counts_in_preview_and_print(registry: Registry) -> None:
    spoken = {"preferred_language": "am", "language": "am", "language.level": "native"}
    spoken |= {"language.2": "en", "language.level.2": "A2", "language.3": "fr", "language.level.3": "C1"}
    person = registry.read(Search("Exemple")).results[0].id
    registry.execute(EditRecord("people", person, spoken))
    assert registry.read(PrepareLetters("Exemple", FORUM)).included[0].language == "fr"
    assert registry.read(PreviewLetter(person, FORUM)).language == "fr"
    registry.execute(EditRecord("people", person, {"language.level.3": "A1"}))
    assert registry.read(PrepareLetters("Exemple", FORUM)).included[0].language == "en"
    assert registry.read(PreviewLetter(person, FORUM)).language == "en"


def test_the_pdf_has_one_page_a_recipient_with_address_and_greeting(registry: Registry, tmp_path: Path) -> None:
    target = tmp_path / "letters.pdf"
    result = registry.execute(WriteLetters("", FORUM, target, "test")).value
    pages = [page.extract_text() for page in PdfReader(target).pages]
    assert result.letters == len(pages) == 4
    assert result.selected == 10
    assert result.excluded == {"refused": 1, "no_consent": 2, "deceased": 1, "gone": 1, "no_address": 1}
    by_name = {name: page for page in pages for name in ("Ana Exemple", "Bo Sample", "Jo Moved") if name in page}
    assert "Madame" in by_name["Ana Exemple"]
    assert "Dear Mr Sample" in by_name["Bo Sample"]
    assert "69002 LYON" in by_name["Bo Sample"]
    assert "2 rue Neuve" in by_name["Jo Moved"]
    assert "Old Street" not in by_name["Jo Moved"]


def test_the_campaign_remembers_everybody(registry: Registry, tmp_path: Path) -> None:
    code = registry.execute(WriteLetters("", FORUM, tmp_path / "a.pdf", "test")).value.campaign
    (campaign,) = registry.read(ListCampaigns())
    assert campaign.code == code
    assert campaign.purpose == "outreach_news"
    assert campaign.states == {"printed": 4, "excluded": 6}
    assert sum(campaign.reasons.values()) == 6
    assert registry.read(VerifyHistory()).ok


def test_a_letter_sent_does_not_change_the_cards_version(registry: Registry, tmp_path: Path) -> None:
    hit = registry.read(Search("Sample")).results[0]
    before = registry.read(GetRecord("people", hit.id)).version
    registry.execute(WriteLetters("", FORUM, tmp_path / "a.pdf", "test"))
    assert registry.read(GetRecord("people", hit.id)).version == before


def test_somebody_with_safe_contact_instructions_is_in_no_batch(registry: Registry) -> None:
    from registry.commands import AddUser
    from registry.setup import require_strong

    strong = "crimson otter paints nine lanterns"
    require_strong(strong, "guardian")
    registry.execute(AddUser("guardian", "clerk", strong, protected=True))
    registry.execute(ChangeSetting("protected", "on"))
    person = registry.read(Search("Sample")).results[0].id
    with Registry.open(registry.folder, "guardian", strong) as guardian:
        guardian.execute(SetProtected(person, "safe_contact", "only through the invented parish"))
    excluded = {p.name: p.reason for p in registry.read(PrepareLetters("", FORUM)).excluded}
    assert excluded["Bo Sample"] == "individually"


def test_nobody_left_is_a_sentence_and_no_file(registry: Registry, tmp_path: Path) -> None:
    target = tmp_path / "none.pdf"
    with pytest.raises(Invalid, match="Nobody in this selection"):
        registry.execute(WriteLetters("Refuser", FORUM, target, "test"))
    assert not target.exists()
    assert registry.read(ListCampaigns()) == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (PrepareLetters("", "no-such-template"), "no letter template"),
        (PrepareLetters("", FORUM, purpose="world_peace"), "is not a purpose of consent"),
        (PrepareLetters("", FORUM, language="ja"), "no text in"),
    ],
)
def test_what_is_not_known_is_said(registry: Registry, query: PrepareLetters, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        registry.read(query)


def test_another_purpose_needs_its_own_consent(registry: Registry) -> None:
    assert registry.read(PrepareLetters("", FORUM, purpose="elections")).included == ()


def test_preview_is_the_letter_of_that_person(registry: Registry, tmp_path: Path) -> None:
    import io

    person = registry.read(Search("Exemple")).results[0].id
    preview = registry.read(PreviewLetter(person, FORUM))
    assert preview.language == "fr"
    text = PdfReader(io.BytesIO(preview.pdf)).pages[0].extract_text()
    registry.execute(WriteLetters("Exemple", FORUM, tmp_path / "one.pdf", "test"))
    assert PdfReader(tmp_path / "one.pdf").pages[0].extract_text() == text


def test_a_clerk_may_not_write_letters(registry: Registry, tmp_path: Path) -> None:
    from registry.commands import AddUser

    strong = "crimson otter paints nine lanterns"
    registry.execute(AddUser("clerk", "clerk", strong))
    with (
        Registry.open(registry.folder, "clerk", strong) as clerk,
        pytest.raises(NotAllowed, match="role does not allow"),
    ):
        clerk.execute(WriteLetters("", FORUM, tmp_path / "a.pdf", "test"))
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("values", "language", "greeting"),
    [
        ({"full_name": "A B", "family_name": "B", "sex": "female"}, "en", "Dear Ms B"),
        ({"full_name": "A B", "family_name": "B", "sex": "male", "title": "Dr"}, "en", "Dear Dr B"),
        ({"full_name": "A B", "sex": "male"}, "en", "Dear A B"),
        ({"full_name": "A B", "family_name": "{title}", "sex": "male"}, "en", "Dear Mr {title}"),
        ({"full_name": "A B", "sex": "female", "title": "Dr", "family_name": "B"}, "fr", "Madame"),
        ({"full_name": "A B", "sex": "other"}, "fr", "Madame, Monsieur"),
        ({}, "en", "Dear Sir or Madam"),
        ({"full_name": "A B", "family_name": "B", "sex": "female"}, "qq", "Dear Ms B"),
    ],
)
def test_greetings(values: dict[str, str], language: str, greeting: str) -> None:
    assert salutation(values, language) == greeting


def test_letters_are_written_as_pdf_only(registry: Registry, tmp_path: Path) -> None:
    keys = tmp_path / "registry" / "keys.json"
    before = keys.read_bytes()
    with pytest.raises(Invalid, match=r"\.pdf"):
        registry.execute(WriteLetters("", FORUM, keys, "test"))
    assert keys.read_bytes() == before


def test_a_query_on_restricted_fields_is_not_shown_to_who_may_not_see_them(registry: Registry, tmp_path: Path) -> None:
    for place, query in enumerate(("-notes:quartz", "Exemple")):
        registry.execute(WriteLetters(query, FORUM, tmp_path / f"{place}.pdf", "test"))
    assert [c.query for c in registry.read(ListCampaigns())] == ["Exemple", "-notes:quartz"]
    registry.execute(AddUser("olga", "outreach", "Korrekt-Pferd-77-batterie"))
    with Registry.open(tmp_path / "registry", "olga", "Korrekt-Pferd-77-batterie") as outreach:
        assert [c.query for c in outreach.read(ListCampaigns())] == ["Exemple", ""]

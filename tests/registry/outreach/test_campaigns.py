"""Letters: who gets one, who does not and why, what they say, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from registry import setup
from registry.app import Registry
from registry.commands import AddRecord, AddUser, ChangeSetting, EditRecord, SetProtected, WriteLetters
from registry.errors import Invalid, NotAllowed
from registry.i18n import in_language
from registry.outreach.codes import letter_code
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
HOME = {"address.street": "1 rue", "address.city": "Lyon", "address.country": "FRA"}
HOME |= {"address.postal_code": "69002", "consent.outreach_news.letter": "given"}


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


def pages_of(registry: Registry, target: Path, variables: dict[str, str] | None = None) -> dict[str, str]:
    """The letters in French and in English, by name."""
    registry.execute(WriteLetters("Exemple OR Sample", FORUM, target, "test", variables=variables or {}))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]
    return {name: page for page in pages for name in ("Ana Exemple", "Bo Sample") if name in page}


@pytest.mark.parametrize("program", ["en", "fr"])
def test_the_letterhead_is_in_the_letters_language_whatever_the_program_speaks(
    registry: Registry, tmp_path: Path, program: str
) -> None:
    with in_language(program):
        pages = pages_of(registry, tmp_path / "unnamed.pdf")
        assert ("Consulat LYS" in pages["Ana Exemple"], "Consulate LYS" in pages["Bo Sample"]) == (True, True)
        registry.execute(ChangeSetting("home_name", "Republic of Valdoria"))
        registry.execute(ChangeSetting("home_name.fr", "République de Valdorie"))
        registry.execute(ChangeSetting("post_name", "Consulate General"))
        registry.execute(ChangeSetting("post_name.fr", "Consulat général"))
        pages = pages_of(registry, tmp_path / "named.pdf")
    assert "République de Valdorie" in pages["Ana Exemple"]
    assert "Consulat général" in pages["Ana Exemple"]
    assert "Republic of Valdoria" in pages["Bo Sample"]
    assert "Consulate General" in pages["Bo Sample"]


def test_the_state_that_nobody_named_is_named_in_the_letters_language(tmp_path: Path) -> None:
    folder = tmp_path / "post"
    setup.create(folder, post="LYS", country="FRA", home="DEU", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as registry, in_language("en"):
        for name, language in (("Ana Exemple", "fr"), ("Bo Sample", "en")):
            registry.execute(AddRecord("people", {**HOME, "full_name": name, "preferred_language": language}))
        pages = pages_of(registry, tmp_path / "letters.pdf")
    assert ("Allemagne" in pages["Ana Exemple"], "Germany" in pages["Ana Exemple"]) == (True, False)
    assert "Germany" in pages["Bo Sample"]


@pytest.mark.parametrize("written", ["2027-06-12 10:30", "12/06/2027 10h30", "Saturday 12 June 2027 at 10:30 a.m."])
def test_a_day_written_once_is_said_in_each_letters_language(registry: Registry, tmp_path: Path, written: str) -> None:
    pages = pages_of(registry, tmp_path / "a.pdf", {"forum.date": written, "forum.reply_by": "2027-05-15"})
    english, french = pages["Bo Sample"], pages["Ana Exemple"]
    assert "Saturday, 12 June 2027, 10:30" in english
    assert "Saturday, 15 May 2027" in english
    assert "samedi 12 juin 2027, 10:30" in french
    assert "samedi 15 mai 2027" in french


def test_words_can_be_given_for_each_language_and_what_is_no_day_stays_as_written(
    registry: Registry, tmp_path: Path
) -> None:
    said = {"forum.date": "every first Sunday", "forum.place.en": "Lighthouse Hall", "forum.place.fr": "salle du Phare"}
    pages = pages_of(registry, tmp_path / "a.pdf", said)
    assert all("every first Sunday" in page for page in pages.values())
    assert ("Lighthouse Hall" in pages["Bo Sample"], "salle du Phare" in pages["Ana Exemple"]) == (True, True)
    assert "salle du Phare" not in pages["Bo Sample"]


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
    printed = PdfReader(tmp_path / "one.pdf").pages[0].extract_text()
    assert printed == text.replace(letter_code(0, "LYS"), letter_code(1, "LYS"))


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

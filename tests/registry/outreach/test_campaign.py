"""A campaign from its preparation to what came back: frozen, looked at anew, printed, posted, returned, answered."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from registry.app import Registry
from registry.commands import (
    AddRecord,
    ChangeSetting,
    EditRecord,
    EraseRecord,
    MarkPosted,
    PrepareCampaign,
    PrintCampaign,
    Question,
    ReadAnswers,
    RecordAnswers,
    RecordReturned,
    Relate,
    SetHousehold,
    Undo,
    WithdrawConsent,
    WriteLetters,
)
from registry.errors import BadFile, Conflict, Invalid
from registry.outreach import frozen, reasons, sorting
from registry.outreach.campaigns import CampaignPerson, CampaignView
from registry.outreach.codes import letter_code
from registry.queries import (
    CampaignPeople,
    GetRecord,
    GetToday,
    ListCampaigns,
    PrepareLetters,
    PreviewLetter,
    Search,
    VerifyHistory,
)

FORUM = "annual-forum"
#: What a preview has where a letter has its code.
NO_CODE = letter_code(0, "LYS")
HOME = {
    "address.street": "12 rue Inventée",
    "address.city": "Lyon",
    "address.postal_code": "69002",
    "address.country": "FRA",
    "consent.outreach_news.letter": "given",
}


def prepared(registry: Registry, query: str = "", **more: object) -> str:
    return registry.execute(PrepareCampaign(query, template=FORUM, **more)).value.campaign  # type: ignore[arg-type]


def view(registry: Registry, code: str) -> CampaignView:
    (found,) = registry.read(ListCampaigns(code))
    return found


def people(registry: Registry, code: str, state: str = "") -> dict[str, CampaignPerson]:
    return {one.name: one for one in registry.read(CampaignPeople(code, state)).people}


def shown(registry: Registry, record_id: int, per: str) -> str:
    """What the preview of a letter says."""
    pdf = registry.read(PreviewLetter(record_id, FORUM, per=per)).pdf
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def person(registry: Registry, name: str) -> int:
    return registry.read(Search(name)).results[0].id


def test_a_prepared_campaign_knows_everybody_and_nothing_has_left(registry: Registry) -> None:
    made = registry.execute(PrepareCampaign("", template=FORUM, title="Forum of the year")).value
    assert (made.selected, made.recipients) == (10, 4)
    shown = view(registry, made.campaign)
    assert shown.states == {"prepared": 4, "excluded": 6}
    assert (shown.title, shown.basis, shown.purpose) == ("Forum of the year", "consent", "outreach_news")
    assert set(people(registry, made.campaign, "prepared")) == {"Ana Exemple", "Bo Sample", "Cy Pattern", "Jo Moved"}
    assert people(registry, made.campaign, "excluded")["Di Refuser"].reason == "refused"
    assert registry.read(VerifyHistory()).ok


def test_who_withdrew_after_the_preparation_gets_nothing(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry)
    registry.execute(WithdrawConsent(person(registry, "Sample")))
    result = registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test")).value
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert result.letters == 3
    assert "Sample" not in text
    assert people(registry, code, "excluded")["Bo Sample"].reason == "refused"
    assert view(registry, code).states == {"printed": 3, "excluded": 7}


def test_who_moved_after_the_preparation_is_written_to_at_the_new_address(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry)
    moved = {"address.to": "2024", "address.street.2": "5 quai Nouveau", "address.city.2": "Brest"}
    moved |= {"address.postal_code.2": "29200", "address.country.2": "FRA"}
    registry.execute(EditRecord("people", person(registry, "Sample"), moved))
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    (letter,) = [page for page in pages if "Sample" in page]
    assert "29200 BREST" in letter


def test_printing_in_parts_prints_nobody_twice(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry)
    first = registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test", most=3)).value
    second = registry.execute(PrintCampaign(code, tmp_path / "b.pdf", "test")).value
    assert (first.letters, second.letters) == (3, 1)
    with pytest.raises(Invalid, match="printed already"):
        registry.execute(PrintCampaign(code, tmp_path / "c.pdf", "test"))
    assert not (tmp_path / "c.pdf").exists()


def test_preparing_can_be_undone_until_something_was_printed(registry: Registry, tmp_path: Path) -> None:
    outcome = registry.execute(PrepareCampaign("", template=FORUM))
    undone = registry.execute(Undo(outcome.batch))
    assert registry.read(ListCampaigns()) == ()
    registry.execute(Undo(undone.batch))
    code = outcome.value.campaign
    assert view(registry, code).states == {"prepared": 4, "excluded": 6}
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    with pytest.raises(Conflict):
        registry.execute(Undo(outcome.batch))
    assert view(registry, code).states["printed"] == 4


def test_what_came_back_closes_the_address_for_all_who_live_there(registry: Registry, tmp_path: Path) -> None:
    bo, cy = person(registry, "Sample"), person(registry, "Pattern")
    registry.execute(SetHousehold((bo, cy), "Sample and Pattern"))
    code = prepared(registry)
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    assert registry.execute(MarkPosted(code)).value == 4
    letter = people(registry, code, "posted")["Bo Sample"].letter
    came = registry.execute(RecordReturned((f" {letter.lower()} ", "0000-1", letter), "moved")).value
    assert [one.result for one in came.codes] == ["returned", "unknown", "already"]
    assert (came.changed, came.codes[0].name, came.codes[0].household) == (1, "Bo Sample", 1)
    shown = view(registry, code)
    assert (shown.states["returned"], shown.returned) == (1, {"moved": 1})
    for who in (bo, cy):
        assert registry.read(GetRecord("people", who)).values["address.state"] == "returned"
    waiting = {section.code: section for section in registry.read(GetToday(date.today()))}["returned_addresses"]
    assert waiting.count == 2
    # The next campaign leaves both out, until there is another address.
    excluded = people(registry, prepared(registry), "excluded")
    assert {excluded[name].reason for name in ("Bo Sample", "Cy Pattern")} == {"mail_returned"}
    new = {"address.to": "2024", "address.street.2": "5 quai", "address.city.2": "Brest"}
    registry.execute(EditRecord("people", bo, new | {"address.postal_code.2": "29200", "address.country.2": "FRA"}))
    assert "Bo Sample" in people(registry, prepared(registry), "prepared")
    assert registry.read(VerifyHistory()).ok


def test_a_letter_that_was_refused_leaves_the_address_as_it_is(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry, "Sample")
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    letter = people(registry, code)["Bo Sample"].letter
    outcome = registry.execute(RecordReturned((letter,), "refused"))
    values = registry.read(GetRecord("people", person(registry, "Sample"))).values
    assert "address.state" not in values
    assert values["activity"] == "returned_mail"
    registry.execute(Undo(outcome.batch))
    assert people(registry, code)["Bo Sample"].state == "printed"


def test_answers_are_counted_by_what_they_mean(registry: Registry, tmp_path: Path) -> None:
    question = Question("Will you come?", {"1": "Yes", "2": "No"})
    code = prepared(registry, question=question)
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    letters = {name: one.letter for name, one in people(registry, code, "printed").items()}
    table = tmp_path / "answers.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = [("Code", "Answer"), (letters["Ana Exemple"], "yes"), (letters["Bo Sample"], "2")]
        csv.writer(file).writerows([*rows, (letters["Cy Pattern"], "perhaps"), ("9999-9", "1")])
    read = registry.execute(ReadAnswers(table)).value
    assert (read.changed, read.unlisted, read.unknown) == (3, 1, ((5, "9999-9"),))
    shown = view(registry, code)
    assert shown.answers == {"1": 1, "2": 1, "perhaps": 1}
    assert shown.meanings == {"1": "Yes", "2": "No"}
    registry.execute(RecordAnswers(((letters["Jo Moved"], "1"),)))
    assert view(registry, code).answers["1"] == 2


def test_a_table_without_codes_is_refused(registry: Registry, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("Name,Answer\nAna,yes\n", encoding="utf-8")
    with pytest.raises(BadFile, match="No column"):
        registry.execute(ReadAnswers(table))


def test_a_campaign_that_follows_another_asks_those_who_did_not_answer(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry)
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    registry.execute(MarkPosted(code))
    letters = {name: one.letter for name, one in people(registry, code).items()}
    registry.execute(RecordAnswers(((letters["Ana Exemple"], ""),)))
    registry.execute(RecordReturned((letters["Bo Sample"],)))
    again = registry.execute(PrepareCampaign(template=FORUM, follows=code)).value
    assert set(people(registry, again.campaign, "prepared")) == {"Cy Pattern", "Jo Moved"}
    assert view(registry, again.campaign).follows == code


def test_one_letter_for_a_household_names_those_who_agreed(registry: Registry, tmp_path: Path) -> None:
    names = ("Exemple", "Sample", "Refuser")
    registry.execute(SetHousehold(tuple(person(registry, name) for name in names), "Three"))
    code = prepared(registry, per="household")
    left_out = people(registry, code, "excluded")
    assert (left_out["Bo Sample"].reason, left_out["Di Refuser"].reason) == ("household", "refused")
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    (letter,) = [page for page in pages if "Ana Exemple" in page]
    assert "Bo Sample" in letter
    assert "Refuser" not in letter
    asked = PrepareLetters("", FORUM, per="household")
    (ana,) = [one for one in registry.read(asked).included if one.name == "Ana Exemple"]
    assert ana.household == (person(registry, "Sample"),)
    pdf = registry.read(PreviewLetter(ana.id, FORUM, per="household", household=ana.household)).pdf
    (page,) = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert page.split() == letter.replace(people(registry, code)["Ana Exemple"].letter, NO_CODE).split()


def test_another_of_the_household_stands_in_for_who_withdrew_since(registry: Registry, tmp_path: Path) -> None:
    registry.execute(SetHousehold(tuple(person(registry, name) for name in ("Exemple", "Sample", "Pattern")), "Three"))
    code = prepared(registry, per="household")
    assert view(registry, code).reasons["household"] == 2
    registry.execute(EditRecord("people", person(registry, "Exemple"), {"consent.outreach_news.letter": "refused"}))
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    (letter,) = [page for page in pages if "Bo Sample" in page]
    assert letter.count("Bo Sample") == letter.count("Cy Pattern")
    assert not any("Ana Exemple" in page for page in pages)
    after = view(registry, code)
    assert after.states == {"printed": len(pages), "excluded": after.selected - len(pages)}
    assert sum(after.reasons.values()) == after.states["excluded"]
    assert (after.reasons["household"], people(registry, code, "excluded")["Ana Exemple"].reason) == (1, "refused")


def test_who_withdrew_since_is_not_named_beside_the_household(registry: Registry, tmp_path: Path) -> None:
    registry.execute(SetHousehold(tuple(person(registry, name) for name in ("Exemple", "Sample")), "Two"))
    code = prepared(registry, per="household")
    registry.execute(EditRecord("people", person(registry, "Sample"), {"consent.outreach_news.letter": "refused"}))
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    (letter,) = [page for page in pages if "Ana Exemple" in page]
    assert "Bo Sample" not in letter


def test_minors_are_written_to_through_a_guardian_only(registry: Registry, tmp_path: Path) -> None:
    child = {"full_name": "Kim Young", "birth_date": "2020-02-02", **HOME}
    kim = registry.execute(AddRecord("people", child)).value.id
    assert people(registry, prepared(registry), "excluded")["Kim Young"].reason == "minor"
    registry.execute(Relate(kim, person(registry, "Sample"), "guardian"))
    code = prepared(registry, "Young")
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    (letter,) = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    assert letter.index("Bo Sample") < letter.index("Kim Young")
    assert shown(registry, kim, "person") == letter.replace(people(registry, code)["Kim Young"].letter, NO_CODE)


def test_what_it_rests_on_decides_whether_consent_is_asked_for(registry: Registry) -> None:
    assert registry.execute(PrepareCampaign("", template=FORUM, basis="task")).value.recipients == 6
    task = people(registry, registry.read(ListCampaigns())[0].code, "excluded")
    assert task["Di Refuser"].reason == "do_not_contact"
    vital = registry.execute(PrepareCampaign("", template=FORUM, basis="vital")).value
    assert vital.recipients == 7
    assert "refused" not in vital.reasons


def test_who_refused_everything_is_contacted_in_a_crisis_only(registry: Registry) -> None:
    home = {name: text for name, text in HOME.items() if name.startswith("address")}
    said = {"consent.statistics.email": "refused", "consent.registration_service.email": "given"}
    registry.execute(AddRecord("people", {**home, "full_name": "Una No", "consent.statistics.email": "refused"}))
    registry.execute(AddRecord("people", {**home, "full_name": "Ugo Some", **said}))
    asked = PrepareCampaign("full_name:una OR full_name:ugo", template="address-check", basis="task")
    task = registry.execute(asked).value
    assert (task.recipients, dict(task.reasons)) == (1, {"do_not_contact": 1})
    assert registry.execute(replace(asked, basis="vital")).value.recipients == 2


def test_letters_are_written_at_once_on_another_basis_but_only_by_post(registry: Registry, tmp_path: Path) -> None:
    asked = WriteLetters("", FORUM, tmp_path / "a.pdf", "test", channel="event", basis="task")
    written = registry.execute(asked).value
    assert len(PdfReader(asked.path).pages) == written.letters
    assert (view(registry, written.campaign).channel, view(registry, written.campaign).basis) == ("event", "task")
    with pytest.raises(Invalid, match="does not go by post"):
        registry.execute(replace(asked, path=tmp_path / "b.pdf", channel="sms"))


def test_a_campaign_to_associations_goes_to_who_acts_for_them(registry: Registry, tmp_path: Path) -> None:
    club = {"name": "Club of Examples", "officer": "Olga Chair", "officer.role": "president"}
    club |= {name: text for name, text in HOME.items() if name.startswith("address")}
    record_id = registry.execute(AddRecord("associations", club)).value.id
    code = prepared(registry, "", kind="associations", per="officer")
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    (letter,) = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    assert letter.index("Club of Examples") < letter.index("Olga Chair")
    (kept,) = people(registry, code).values()
    assert kept.name == "Club of Examples"
    assert shown(registry, record_id, "officer") == letter.replace(kept.letter, NO_CODE)
    assert "Olga Chair" not in shown(registry, record_id, "association")


def test_rates_say_what_it_will_cost(registry: Registry) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        registry.execute(ChangeSetting("outreach_rates", "home: 1.39\nMars: 3"))
    registry.execute(ChangeSetting("outreach_rates", "home: 1.39\nabroad: 1,96"))
    assert registry.execute(PrepareCampaign("", template=FORUM)).value.cost == "5.56"


def test_who_is_erased_is_in_no_campaign_any_more(registry: Registry, tmp_path: Path) -> None:
    code = prepared(registry)
    other = prepared(registry)
    registry.execute(PrintCampaign(code, tmp_path / "a.pdf", "test"))
    bo = person(registry, "Sample")
    registry.execute(EraseRecord(bo, "asked for it"))
    for each in (code, other):
        assert bo not in {one.id for one in registry.read(CampaignPeople(each)).people}
    assert registry.execute(PrintCampaign(other, tmp_path / "b.pdf", "test")).value.letters == 3
    assert registry.read(VerifyHistory()).ok


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (PrepareCampaign("", channel="pigeon", template=FORUM), "is no channel"),
        (PrepareCampaign("", template=FORUM, basis="whim"), "can rest on"),
        (PrepareCampaign("", template=FORUM, per="officer"), "does not fit"),
        (PrepareCampaign(""), "Choose a letter"),
        (PrepareCampaign("", channel="sms"), "write the text"),
        (PrepareCampaign("Refuser", template=FORUM), "Nobody in this selection"),
        (PrepareCampaign(template=FORUM, follows="C99-0001"), "no campaign"),
        (PrintCampaign("C99-0001", Path("a.pdf"), "test"), "no campaign"),
        (MarkPosted("C99-0001"), "no campaign"),
        (RecordReturned(("0001-1",), "eaten"), "no reason why"),
    ],
)
def test_what_cannot_be_is_said(registry: Registry, command: PrepareCampaign, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        registry.execute(command)


def test_a_reason_that_a_later_version_adds_changes_no_selection_frozen_before(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = prepared(registry)
    before = {name: one.reason for name, one in people(registry, code, "excluded").items()}
    assert {"refused", "no_address"} <= set(before.values())
    later = ("deceased", "added_later", *reasons.CODES[1:])
    numbers = {code: place + 1 for place, code in enumerate(later)}
    for module in (reasons, frozen, sorting):
        monkeypatch.setattr(module, "NUMBER_OF", numbers)
        monkeypatch.setattr(module, "CODES", later)
    assert {name: one.reason for name, one in people(registry, code, "excluded").items()} == before

"""Rows of a list whose consent says no are held back."""

from __future__ import annotations

from time import process_time

import pytest

from registry.app import Registry
from registry.transfer.columns.mapping import Given
from registry.transfer.headings.consent import REFUSED, is_no
from tests.registry.transfer.importing import counts, plan, records, take_in_rows, write_csv


def listed(heading: str, no: str) -> list[list[str]]:
    """A list of three people, of whom the second said no."""
    return [["Name", "City", heading], ["Ana Exemple", "Lyon", "x"], ["Bo Exemple", "Nice", no], ["Cy Exemple", "", ""]]


@pytest.mark.parametrize(
    ("heading", "no"),
    [
        ("Consent", "No"),
        ("Data consent (yes/no)", " NO "),
        ("Consentement RGPD", "non"),
        ("Consentimiento", "no"),
        ("Consentimento", "não"),
        ("موافقة", "لا"),
        ("Einwilligung", "nein"),
        ("Do you consent to our storing your data?", "No, I don't agree"),
        ("Consentement", "Je n’accepte pas"),
        ("Consent", "No - please delete me"),
    ],
)
def test_who_said_no_is_held_back_and_told(registry: Registry, heading: str, no: str) -> None:
    found = plan(registry, write_csv(registry.folder.parent / "list.csv", listed(heading, no)))
    assert [(entry.row, entry.reason) for entry in found.rows("skipped")] == [(3, REFUSED)]
    assert any("1 person answered that these data may not be kept" in said for said in found.warnings)


def test_who_said_no_comes_in_when_asked_for(registry: Registry) -> None:
    result = take_in_rows(registry, listed("Consent", "no"), refused=True)
    assert counts(result) == (3, 0, 0, 0, 0)
    assert not any("may not be kept" in said for said in result.warnings)


@pytest.mark.parametrize(
    "answer",
    ["Yes, I agree", "No answer", "Not asked", "Norway", "Yes, but not by telephone", "Yes, but I do not want letters"],
)
def test_other_answers_are_no_refusals(registry: Registry, answer: str) -> None:
    assert counts(take_in_rows(registry, listed("Consent", answer))) == (3, 0, 0, 0, 0)


@pytest.mark.parametrize("heading", ["Consent to newsletter", "Consent e-mail", "Accepted", "Autorisation de séjour"])
def test_another_consent_or_word_holds_nobody_back(registry: Registry, heading: str) -> None:
    assert counts(take_in_rows(registry, listed(heading, "no"))) == (3, 0, 0, 0, 0)


def test_a_column_taken_in_as_a_field_holds_nobody_back(registry: Registry) -> None:
    result = take_in_rows(registry, listed("Consent", "no"), Given({"Consent": "notes"}))
    assert counts(result) == (3, 0, 0, 0, 0)
    assert [r.values.get("notes") for r in records(registry)] == ["Consent: x", "Consent: no", None]


def test_any_column_of_consent_to_be_kept_holds_back(registry: Registry) -> None:
    listed = [
        ["Name", "Consent", "Consent", "Einwilligung"],
        ["Ana Exemple", "yes", "yes", "ja"],
        ["Bo Exemple", "yes", "no", "ja"],
        ["Cy Exemple", "yes", "yes", "nein"],
    ]
    result = take_in_rows(registry, listed)
    assert counts(result) == (1, 0, 0, 2, 0)
    assert any("2 people answered that these data may not be kept" in said for said in result.warnings)


def test_a_no_to_one_use_refuses_just_that(registry: Registry) -> None:
    listed = [
        [
            "Name",
            "Consent",
            "Consent letters",
            "Autorise le partage",
            "Consent newsletter by e-mail",
            "Consent WhatsApp",
        ],
        ["Ana Exemple", "yes", "no", "oui", "yes", "no"],
        ["Bo Exemple", "yes", "yes", "non", "no", "yes"],
    ]
    result = take_in_rows(registry, listed)
    assert counts(result) == (2, 0, 0, 0, 0)
    ana, bo = ({n: v for n, v in r.values.items() if n.startswith("consent.")} for r in records(registry))
    assert {name for name, said in ana.items() if said == "given"} == {"consent.outreach_news.email"}
    assert {name.rpartition(".")[2] for name, said in ana.items() if said == "refused"} == {"letter"}
    assert "consent.statistics.letter" in ana
    assert {name: said for name, said in bo.items() if said == "given"} == {}
    assert {name.split(".")[1] for name in bo} == {"disclosure", "outreach_news"}
    assert bo["consent.outreach_news.email"] == "refused"
    assert "consent.outreach_news.letter" not in bo
    assert any("“Consent letters”: 1 person refused this use" in said for said in result.warnings)
    assert [said for said in result.warnings if "not taken in" in said] == [
        "2 columns are not taken in: Consent, Consent WhatsApp."
    ]


def test_a_no_counts_whatever_becomes_of_the_column(registry: Registry) -> None:
    listed = [
        ["Name", "Consent", "Consent newsletter by e-mail"],
        ["Ana Exemple", "no", "yes"],
        ["Bo Exemple", "yes", "no"],
        ["Cy Exemple", "yes", "yes"],
    ]
    result = take_in_rows(registry, listed, Given(dict.fromkeys(listed[0][1:])))
    assert counts(result) == (2, 0, 0, 1, 0)
    assert [r.values.get("consent.outreach_news.email") for r in records(registry)] == ["refused", None]
    assert any("is not taken in, but 1 person refused this use there" in said for said in result.warnings)


@pytest.mark.parametrize(
    ("heading", "refused"),
    [
        ("Consent newsletter by e-mail and SMS", {"consent.outreach_news.email", "consent.outreach_news.sms"}),
        ("Consent elections", {f"consent.elections.{channel}" for channel in ("letter", "email", "sms", "phone")}),
    ],
)
def test_of_several_consents_a_no_refuses_each_and_a_yes_gives_none(
    registry: Registry, heading: str, refused: set[str]
) -> None:
    take_in_rows(registry, [["Name", "Phone", heading], ["Ana", "+33199001234", "yes"], ["Bo", "+33199001235", "no"]])
    ana, bo = ({n: v for n, v in r.values.items() if n != "phone" and "." in n} for r in records(registry))
    assert ana == {}
    assert bo.keys() >= refused
    assert {name.split(".")[1] for name in bo} == {name.split(".")[1] for name in refused}
    assert set(bo.values()) == {"refused"}


def test_a_no_to_one_use_counts_in_whichever_row_of_a_person(registry: Registry) -> None:
    listed = [
        ["ID", "Name", "Skill", "Consent elections"],
        ["a1", "Ana Exemple", "welding", "yes"],
        ["a1", "Ana Exemple", "nursing", "no"],
        ["a2", "Bo Exemple", "nursing", "yes"],
    ]
    result = take_in_rows(registry, listed)
    ana, bo = (record.values for record in records(registry))
    assert (ana["skill.2"], ana["consent.elections.letter"]) == ("nursing_care", "refused")
    assert not any(name.startswith("consent.") for name in bo)
    assert any("1 person refused this use" in said for said in result.warnings)


def test_a_nought_in_a_column_of_consent_is_a_no(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "Consent"], ["Ana Exemple", "1"], ["Bo Exemple", "0"], ["Cy", ""]])
    assert counts(result) == (2, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("heading", "yes", "no", "refused"),
    [
        ("Do Not Email", "1", "0", {"consent.elections.email", "consent.outreach_news.email"}),
        ("HasOptedOutOfEmail", "true", "false", {"consent.elections.email", "consent.outreach_news.email"}),
        ("No Bulk Emails (User Opt Out)", "Yes", "", {"consent.outreach_news.email"}),
        ("UNSUB_TIME", "2024-01-02 08:00:00", "", {"consent.outreach_news.email"}),
        ("Désinscrit de la newsletter", "oui", "non", {"consent.outreach_news.letter", "consent.outreach_news.email"}),
        ("Ne pas appeler", "x", "", {"consent.outreach_news.phone"}),
    ],
)
def test_who_opted_out_refuses(registry: Registry, heading: str, yes: str, no: str, refused: set[str]) -> None:
    result = take_in_rows(registry, [["Name", "City", heading], ["Ana", "Lyon", yes], ["Bo", "Lyon", no]])
    ana, bo = (
        {n for n, said in r.values.items() if n.startswith("consent.") and said == "refused"} for r in records(registry)
    )
    assert ana >= refused
    assert not bo
    assert any("1 person refused this use there" in said for said in result.warnings)


def test_an_answer_of_many_spaces_takes_no_time() -> None:
    started = process_time()
    assert not is_no("a" + " " * 30_000 + "b")
    assert process_time() - started < 1


@pytest.mark.parametrize("heading", ["Email opt-out", "Unsubscribed"])
def test_what_stands_below_says_who_opted_out(registry: Registry, heading: str) -> None:
    out = ["Opted out", "Unsubscribed", "Yes", "2024-01-02", "bounced"]
    still = [
        "Opted in",
        "Subscribed",
        "No",
        "Non",
        "0",
        "-",
        "n/a",
        "NULL",
        "0000-00-00 00:00:00",
        "https://a.example/u",
    ]
    rows = [[f"Ana Exemple {place}", answer] for place, answer in enumerate([*out, *still])]
    take_in_rows(registry, [["Name", heading], *rows])
    said = [record.values.get("consent.outreach_news.email") for record in records(registry)]
    assert said == ["refused"] * len(out) + [None] * len(still)


@pytest.mark.parametrize(
    "heading", ["Phone No.", "Contact No", "Notes (do not call before nine)", "Phone - do not call before 9"]
)
def test_a_number_or_a_note_is_no_refusal(registry: Registry, heading: str) -> None:
    take_in_rows(registry, [["Name", heading], ["Ana", "+33199001234"], ["Bo", "+33199001235"]])
    assert not any(name.startswith("consent.") for r in records(registry) for name in r.values)


def test_a_further_row_of_a_person_that_opts_out_counts(registry: Registry) -> None:
    header = ["Ref", "Name", "Skill", "Do not email"]
    take_in_rows(registry, [header, ["7", "Ana Exemple", "Welding", "no"], ["7", "Ana Exemple", "Singing", "yes"]])
    assert records(registry)[0].values["consent.outreach_news.email"] == "refused"


def test_questions_ask_for_consent_too(registry: Registry) -> None:
    keep, news = "Do you agree that we keep these data?", "May we send you our newsletter by e-mail?"
    header = ["What is your full name?", keep, news]
    result = take_in_rows(registry, [header, ["Ana Exemple", "Yes", "Yes"], ["Bo", "Yes", "No"], ["Cy", "No", "Yes"]])
    assert counts(result) == (2, 0, 0, 1, 0)
    assert [r.values["consent.outreach_news.email"] for r in records(registry)] == ["given", "refused"]


@pytest.mark.parametrize("heading", ["Status", "Email marketing status"])
@pytest.mark.parametrize("status", ["Unsubscribed", "Blacklisted", "Abgemeldet"])
def test_a_status_of_who_unsubscribed_counts(registry: Registry, heading: str, status: str) -> None:
    take_in_rows(registry, [["Name", "City", heading], ["Ana", "Lyon", status], ["Bo", "Lyon", "Subscribed"]])
    assert [r.values.get("consent.outreach_news.email") for r in records(registry)] == ["refused", None]

"""Consent with its proof: recorded, withdrawn, running out; only what counts today counts anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.models import consent
from registry import commands as c
from registry import consenting, possible
from registry.app import Registry
from registry.consents import Consent
from registry.errors import Invalid, NotAllowed, RegistryError
from registry.fields import PEOPLE
from registry.kinds import NOT_IN_LIST
from registry.queries import GetRecord, ListIds, PlanImport, PrepareLetters, VerifyHistory
from registry.records import NO_RECORD
from registry.transfer.options import ImportOptions
from tests.days import day
from tests.registry.post import ANA, BO, CLUB, CY, Post

NEWS = "consent.outreach_news.letter"


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


def record(registry: Registry, person: int = BO, channels: tuple[str, ...] = ("letter",), **more: str) -> bool:
    return registry.execute(
        c.RecordConsent(person, "outreach_news", channels, more.pop("status", "given"), **more)
    ).value


def answers(registry: Registry, person: int = BO) -> dict[str, Consent]:
    found = registry.read(GetRecord(PEOPLE, person)).consents
    return {f"{answer.purpose}.{answer.channel}": answer for answer in found}


def agree(registry: Registry) -> list[int]:
    """Who is found by consent for news by letter, in each way to ask, and gets a letter."""
    ways = [registry.read(ListIds(PEOPLE, q)).tolist() for q in ("consent:news/letter", f"{NEWS}:given")]
    ways.append([i for i in registry.read(ListIds(PEOPLE)).tolist()
                 if registry.read(GetRecord(PEOPLE, i)).values.get(NEWS) == "given"])  # fmt: skip
    assert ways[0] == ways[1] == ways[2]
    letters = registry.read(PrepareLetters("", "annual-forum"))
    assert {p.id for p in letters.included} == {*ways[0]} - {ANA}, "Ana is contacted individually"
    return ways[0]


def test_an_answer_is_kept_with_its_proof(clerk: Registry) -> None:
    proof = {
        "how": "oral",
        "on": "3 March 2025",
        "text_version": "2025-1",
        "language": "fr",
        "taken_by": "Ana Witness",
        "expires": "2030",
    }
    command = c.RecordConsent(BO, "outreach_news", ("letter", "email", "letter"), "given", **proof)
    assert clerk.execute(command).value
    kept = {**proof, "decided_on": "2025-03-03"}
    del kept["on"]
    assert answers(clerk) == {
        f"outreach_news.{channel}": Consent("outreach_news", channel, "given", **kept)
        for channel in ("letter", "email")
    }
    assert not clerk.execute(command).value
    record(clerk, channels=("letter",), how="signed")
    clerk.execute(c.Undo())
    assert answers(clerk)["outreach_news.letter"].how == "oral"
    assert clerk.read(VerifyHistory()).ok


def test_who_took_it_is_oneself_unless_told(clerk: Registry) -> None:
    record(clerk)
    assert answers(clerk)["outreach_news.letter"].taken_by == "clara"
    assert answers(clerk)["outreach_news.letter"].decided_on == ""


def test_one_that_ran_out_counts_nowhere(post: Post) -> None:
    admin = post.open("amel")
    assert agree(admin) == [ANA, BO]
    record(admin, on="2019-01-01", expires=day(-1))
    assert agree(admin) == [ANA]
    assert NEWS not in admin.read(GetRecord(PEOPLE, BO)).values
    assert answers(admin)["outreach_news.letter"].ran_out
    assert admin.read(ListIds(PEOPLE, f"{NEWS}:none")).tolist() == [CY, BO]
    reasons = {p.id: p.reason for p in admin.read(PrepareLetters("", "annual-forum")).excluded}
    assert reasons == {ANA: "individually", BO: "no_consent", CY: "no_consent"}


def test_it_counts_until_the_end_of_its_last_day(post: Post) -> None:
    admin = post.open("amel")
    for expires, counts in ((day(), True), (day()[:4], True), (day(1), True), ("2020", False)):
        record(admin, expires=expires)
        assert (BO in agree(admin)) is counts, expires


def test_a_refusal_does_not_run_out(post: Post) -> None:
    admin = post.open("amel")
    record(admin, status="refused", on="2018", expires="2019")
    assert admin.read(GetRecord(PEOPLE, BO)).values[NEWS] == "refused"
    assert admin.read(ListIds(PEOPLE, f"{NEWS}:refused")).tolist() == [BO]


def test_one_that_was_withdrawn_counts_nowhere_and_still_says_when_it_was_given(post: Post) -> None:
    admin = post.open("amel")
    record(admin, channels=("letter", "email"), on="2025-03-03", how="signed")
    admin.execute(c.RecordConsent(BO, "elections", ("letter",), "given"))
    assert admin.execute(c.WithdrawConsent(BO, "outreach_news", day(-1))).value == 2
    assert agree(admin) == [ANA]
    gone = answers(admin)["outreach_news.letter"]
    assert (gone.status, gone.decided_on, gone.how, gone.withdrawn_on) == ("refused", "2025-03-03", "signed", day(-1))
    assert answers(admin)["elections.letter"].status == "given"
    assert admin.execute(c.WithdrawConsent(BO)).value == 1
    assert answers(admin)["elections.letter"].withdrawn_on == day()
    assert admin.execute(c.WithdrawConsent(BO)).value == 0
    record(admin, on=day())
    assert agree(admin) == [ANA, BO]
    assert answers(admin)["outreach_news.letter"].withdrawn_on == ""


def test_an_answer_typed_into_the_card_was_given_today(clerk: Registry) -> None:
    record(clerk, on="2019-01-01", how="signed", expires="2031")
    clerk.execute(c.EditRecord(PEOPLE, BO, {NEWS: "given", "title": "Dr"}))
    assert answers(clerk)["outreach_news.letter"].how == "signed", "it was given already"
    clerk.execute(c.EditRecord(PEOPLE, BO, {NEWS: "refused"}))
    assert answers(clerk)["outreach_news.letter"] == Consent("outreach_news", "letter", "refused", day())
    clerk.execute(c.EditRecord(PEOPLE, BO, {NEWS: ""}))
    assert answers(clerk) == {}
    added = clerk.execute(c.AddRecord(PEOPLE, {"full_name": "Di New", NEWS: "given"})).value.id
    assert answers(clerk, added)["outreach_news.letter"].decided_on == day()
    assert clerk.read(VerifyHistory()).ok


def test_one_that_ran_out_can_be_given_anew_on_the_card(clerk: Registry) -> None:
    record(clerk, on="2019-01-01", how="signed", expires="2020")
    clerk.execute(c.EditRecord(PEOPLE, BO, {NEWS: "given"}))
    assert answers(clerk)["outreach_news.letter"] == Consent("outreach_news", "letter", "given", day())


def test_a_list_tells_no_day_and_revives_nothing(clerk: Registry, tmp_path: Path) -> None:
    record(clerk, on="2019-01-01", how="signed", expires="2020")
    number = clerk.read(GetRecord(PEOPLE, BO)).number
    path = tmp_path / "list.csv"

    def take_in(status: str) -> Consent:
        path.write_text(f"number,Full name,{NEWS}\n{number},Bo Sample,{status}\n", encoding="utf-8")
        clerk.execute(c.ImportRecords(clerk.read(PlanImport(path, ImportOptions()))))
        return answers(clerk)["outreach_news.letter"]

    assert take_in("given").ran_out
    assert take_in("refused") == Consent("outreach_news", "letter", "refused")


@pytest.mark.parametrize(
    ("command", "field", "message"),
    [
        (c.RecordConsent(BO, "gossip", ("letter",), "given"), "purpose", NOT_IN_LIST),
        (c.RecordConsent(BO, "elections", (), "given"), "channels", consenting.NO_CHANNEL),
        (c.RecordConsent(BO, "elections", ("smoke",), "given"), "channels", NOT_IN_LIST),
        (c.RecordConsent(BO, "elections", ("letter",), "perhaps"), "status", NOT_IN_LIST),
        (c.RecordConsent(BO, "elections", ("letter",), "given", how="sung"), "how", NOT_IN_LIST),
        (c.RecordConsent(BO, "elections", ("letter",), "given", language="Klingon-on-Sea"), "language", NOT_IN_LIST),
        (c.RecordConsent(BO, "elections", ("letter",), "given", expires="soon"), "expires", None),
        (
            c.RecordConsent(BO, "elections", ("letter",), "given", on="2024-05-02", expires="2024-05-01"),
            "expires",
            consenting.BEFORE_ANSWER,
        ),
        (c.WithdrawConsent(BO, "gossip"), "purpose", NOT_IN_LIST),
        (c.RecordConsent(CLUB, "elections", ("letter",), "given"), None, NO_RECORD),
        (c.WithdrawConsent(999), None, NO_RECORD),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    clerk: Registry, command: c.Command[object], field: str | None, message: str | None
) -> None:
    before = answers(clerk)
    with pytest.raises(Invalid) as caught:
        clerk.execute(command)
    assert caught.value.field == field
    assert message in (None, caught.value.message)
    assert answers(clerk) == before


def test_nobody_answers_or_withdraws_tomorrow(clerk: Registry) -> None:
    record(clerk)
    before = answers(clerk)
    given, withdrawn = (
        c.RecordConsent(BO, "elections", ("letter",), "given", on=day(1)),
        c.WithdrawConsent(BO, "", day(1)),
    )
    for command in (given, withdrawn):
        with pytest.raises(Invalid) as caught:
            clerk.execute(command)
        assert (caught.value.field, caught.value.message) == ("on", possible.STILL_TO_COME)
    assert answers(clerk) == before


def test_it_is_not_withdrawn_before_it_was_given(clerk: Registry) -> None:
    record(clerk, on="2024-05-02")
    with pytest.raises(Invalid) as caught:
        clerk.execute(c.WithdrawConsent(BO, "", "2024-05-01"))
    assert (caught.value.field, caught.value.message) == ("on", consenting.BEFORE_ANSWER)


def test_an_outreach_officer_takes_consents_and_a_manager_does_not(post: Post) -> None:
    officer, manager = post.open("otto"), post.open("mara")
    assert record(officer, how="online")
    for command in (c.RecordConsent(BO, "elections", ("letter",), "given"), c.WithdrawConsent(BO)):
        with pytest.raises(NotAllowed):
            manager.execute(command)
    assert answers(manager)["outreach_news.letter"].how == "online"


def test_every_column_of_an_answer_is_read(clerk: Registry) -> None:
    known = {column.name for column in consent.columns} - {"id", "record_id"}
    assert {field for field in Consent.__dataclass_fields__} == known
    with pytest.raises(RegistryError):
        clerk.read(GetRecord(PEOPLE, 999))

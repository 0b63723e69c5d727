"""Dealings: logged for one or many, followed up, answered; what cannot be is refused at its field."""

from __future__ import annotations

import pytest

from registry import activities, possible
from registry import commands as c
from registry.activities import Activity
from registry.app import Registry
from registry.drafts import UNKNOWN_FIELD
from registry.errors import Invalid, RegistryError
from registry.fields import PEOPLE
from registry.queries import GetHistory, GetRecord, ListActivities, ListIds, VerifyHistory
from registry.records import NO_RECORD
from tests.days import day
from tests.registry.post import ANA, BO, CLUB, CY, Post


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


def log(registry: Registry, *ids: int, kind: str = PEOPLE, **texts: str) -> int:
    named = {"activity" if n == "kind_" else f"activity.{n}": t for n, t in texts.items()}
    return registry.execute(c.LogActivity(kind, ids, {"activity": "call", **named})).value


def of(registry: Registry, record_id: int = BO, kind: str = PEOPLE) -> tuple[Activity, ...]:
    return registry.read(ListActivities(kind, record_id))


def test_what_is_not_said_is_today_and_oneself(clerk: Registry) -> None:
    assert log(clerk, BO, subject="  a lost   passport ") == 1
    (one,) = of(clerk)
    assert one.values == {
        "activity": "call",
        "activity.date": day(),
        "activity.subject": "a lost passport",
        "activity.officer": "clara",
    }
    assert not one.open


def test_one_command_for_many_is_undone_as_one(clerk: Registry) -> None:
    assert log(clerk, ANA, BO, CY, BO, kind_="event", officer="Amel", place="Town hall") == 3
    assert [len(of(clerk, i)) for i in (ANA, BO, CY)] == [2, 1, 1]
    assert clerk.read(GetHistory(limit=1)).operations[0].records == 3
    assert clerk.read(ListIds(PEOPLE, "activity:event")).tolist() == [ANA, CY, BO]
    clerk.execute(c.Undo())
    assert [len(of(clerk, i)) for i in (ANA, BO, CY)] == [1, 0, 0]
    assert clerk.read(VerifyHistory()).ok


def test_associations_have_activities_too(clerk: Registry) -> None:
    assert log(clerk, CLUB, kind="associations", kind_="visit") == 1
    assert of(clerk, CLUB, "associations")[0].kind == "visit"


def test_open_ones_come_first_by_their_day_then_the_newest(clerk: Registry) -> None:
    log(clerk, BO, subject="old", date="2019-03-01")
    log(clerk, BO, subject="new", date="2024-03-01")
    log(clerk, BO, subject="due late", date="2020", follow_up="2031-01-01")
    log(clerk, BO, subject="due early", date="2021", follow_up="2030-06")
    log(clerk, BO, subject="concern", kind_="concern", date="2022", theme="labour")
    found = of(clerk)
    assert [a.values["activity.subject"] for a in found] == ["concern", "due early", "due late", "new", "old"]
    assert [a.open for a in found] == [True, True, True, False, False]
    assert [a.place for a in found] == [4, 3, 2, 1, 0]
    assert [a.due for a in found] == ["", "2030-06", "2031-01-01", "", ""]


def test_a_follow_up_is_completed_once(clerk: Registry) -> None:
    log(clerk, BO, date="2024-01-10", follow_up="2024-02-01")
    number = of(clerk)[0].id
    with pytest.raises(Invalid) as early:
        clerk.execute(c.CompleteFollowUp(number, "2024-01-09"))
    assert (early.value.message, early.value.field) == (possible.BEFORE_ACTIVITY, "activity.followed_up")
    assert clerk.execute(c.CompleteFollowUp(number, "5 Feb 2024")).value
    assert of(clerk)[0].values["activity.followed_up"] == "2024-02-05"
    clerk.execute(c.Undo())
    assert of(clerk)[0].due == "2024-02-01"
    assert clerk.execute(c.CompleteFollowUp(number, "2024-02-06")).value
    assert not clerk.execute(c.CompleteFollowUp(number)).value
    assert of(clerk)[0].values["activity.followed_up"] == "2024-02-06"


def test_a_concern_is_answered_today_by_oneself_or_as_told(clerk: Registry) -> None:
    log(clerk, BO, kind_="concern", theme="tax")
    log(clerk, BO, kind_="concern", date="2020-05", theme="health")
    older, newer = of(clerk)
    assert older.waits
    assert clerk.execute(c.AnswerConcern(newer.id)).value
    assert clerk.execute(c.AnswerConcern(older.id, "June 2020", "The consul")).value
    answered = {a.id: (a.values["activity.answered_on"], a.values["activity.answered_by"]) for a in of(clerk)}
    assert answered == {newer.id: (day(), "clara"), older.id: ("2020-06", "The consul")}
    assert not any(a.open for a in of(clerk))


@pytest.mark.parametrize(
    ("texts", "field", "message"),
    [
        ({"date": "31 February 2020"}, "activity.date", "{reason}"),
        ({"date": "2020-05-02", "follow_up": "2020-05-01"}, "activity.follow_up", possible.BEFORE_ACTIVITY),
        ({"date": "2020-05-02", "follow_up": "2019"}, "activity.follow_up", possible.BEFORE_ACTIVITY),
        (
            {"kind_": "concern", "date": "2020-05-02", "answered_on": "2020-04"},
            "activity.answered_on",
            possible.BEFORE_ACTIVITY,
        ),
        ({"kind_": "juggling"}, "activity", "{reason}"),
        ({"kind_": ""}, "activity", activities.NO_KIND),
        ({"theme": "juggling"}, "activity.theme", "{reason}"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    clerk: Registry, texts: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(Invalid) as caught:
        log(clerk, BO, **texts)
    assert (caught.value.field, caught.value.message) == (field, message)
    assert of(clerk) == ()


def test_no_day_is_still_to_come(clerk: Registry) -> None:
    refused = [
        ({"date": day(1)}, "activity.date"),
        ({"follow_up": day(), "followed_up": day(1)}, "activity.followed_up"),
    ]
    for texts, field in refused:
        with pytest.raises(Invalid) as caught:
            log(clerk, BO, **texts)
        assert (caught.value.field, caught.value.message) == (field, possible.STILL_TO_COME)
    assert of(clerk) == ()


def test_what_can_be_is_taken(clerk: Registry) -> None:
    taken = ({"date": "2020-05-02", "follow_up": "2020-05"}, {"date": "2030~"}, {"follow_up": day()})
    assert [log(clerk, BO, **texts) for texts in taken] == [1, 1, 1]


def test_days_are_checked_on_the_card_and_the_command_line_too(clerk: Registry) -> None:
    log(clerk, BO, date="2024-01-10", follow_up="2024-02-01")
    refused = [({"activity.date": "2024-03"}, "activity.follow_up"), ({"activity.date": day(1)}, "activity.date")]
    for texts, field in refused:
        with pytest.raises(Invalid) as caught:
            clerk.execute(c.EditRecord(PEOPLE, BO, texts))
        assert caught.value.field == field
    with pytest.raises(Invalid):
        clerk.execute(c.AddRecord(PEOPLE, {"full_name": "Di", "activity": "call", "activity.date": day(1)}))
    clerk.execute(c.EditRecord(PEOPLE, BO, {"activity.date": "2024-03", "activity.follow_up": "2024-04"}))
    assert of(clerk)[0].due == "2024-04"


def test_wrong_rows_and_fields_are_told(clerk: Registry) -> None:
    log(clerk, BO)
    call = of(clerk)[0].id
    refusals: list[tuple[c.Command[object], str]] = [
        (c.CompleteFollowUp(call), activities.NO_FOLLOW_UP),
        (c.AnswerConcern(call), activities.NO_CONCERN),
        (c.CompleteFollowUp(999), activities.NO_ACTIVITY),
        (c.LogActivity(PEOPLE, (999, CLUB), {"activity": "call"}), NO_RECORD),
        (c.LogActivity(PEOPLE, (BO,), {"activity": "call", "full_name": "X"}), activities.NOT_AN_ACTIVITY),
        (c.LogActivity(PEOPLE, (BO,), {"activity": "call", "activity.2": "call"}), activities.NOT_AN_ACTIVITY),
    ]
    for command, message in refusals:
        with pytest.raises(RegistryError) as caught:
            clerk.execute(command)
        assert caught.value.message == message


def test_an_outreach_officer_logs_but_writes_no_notes(post: Post) -> None:
    officer = post.open("otto")
    assert log(officer, BO, kind_="event", follow_up=day(1)) == 1
    assert officer.execute(c.CompleteFollowUp(of(officer)[0].id)).value
    with pytest.raises(Invalid) as caught:
        log(officer, BO, notes="x")
    assert caught.value.message == UNKNOWN_FIELD
    assert "activity.notes" not in of(officer, ANA)[0].values
    assert "activity.notes" in of(post.open("clara"), ANA)[0].values


def test_a_record_logged_to_is_still_found_by_its_words(clerk: Registry) -> None:
    log(clerk, BO)
    assert clerk.read(ListIds(PEOPLE, "Sample")).tolist() == [BO]
    assert clerk.read(GetRecord(PEOPLE, BO)).name == "Bo Sample"

"""What a record is linked to, from either side, and how people are put together."""

from __future__ import annotations

from datetime import date

import pytest

from registry import commands as c
from registry import dates
from registry.app import Registry
from registry.commands import AddRecord, DeleteRecords, EditRecord, Relate, SetHousehold, Undo
from registry.errors import Invalid, NotAllowed
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import GetRecord, GetRelated, ListIds, SuggestHousehold, VerifyHistory
from registry.related import TITLES, Group, Related
from tests.registry.post import ANA, BO, CLUB, CY, Post


@pytest.fixture
def clerk(post: Post) -> Registry:
    return post.open("clara")


def groups(registry: Registry, record_id: int, kind: str = PEOPLE) -> dict[str, Group]:
    return {group.code: group for group in registry.read(GetRelated(kind, record_id))}


def rows(registry: Registry, code: str, record_id: int, kind: str = PEOPLE) -> tuple[Related, ...]:
    return groups(registry, record_id, kind)[code].rows


def number(registry: Registry, record_id: int, kind: str = PEOPLE) -> str:
    return registry.read(GetRecord(kind, record_id)).number


def test_a_relation_is_kept_once_and_seen_from_both_sides(clerk: Registry) -> None:
    assert clerk.execute(Relate(ANA, BO, "child")).value
    (mine,) = rows(clerk, "relatives", ANA)
    (theirs,) = rows(clerk, "relatives", BO)
    assert (mine.id, mine.name, mine.number, mine.role) == (BO, "Bo Sample", number(clerk, BO), "Child")
    assert (theirs.id, theirs.role) == (ANA, "Parent")
    assert clerk.read(GetRecord(PEOPLE, ANA)).values["relative"] == f"Bo Sample ({number(clerk, BO)})"
    assert "relative" not in clerk.read(GetRecord(PEOPLE, BO)).values
    clerk.execute(Undo())
    assert rows(clerk, "relatives", ANA) == rows(clerk, "relatives", BO) == ()
    assert clerk.read(VerifyHistory()).ok


def test_what_either_side_says_already_is_not_written_again(clerk: Registry) -> None:
    assert clerk.execute(Relate(ANA, BO, "father")).value
    assert not clerk.execute(Relate(ANA, BO, "parent")).value
    assert not clerk.execute(Relate(BO, ANA, "child")).value
    assert clerk.execute(Relate(BO, ANA, "emergency_contact")).value
    assert [r.role for r in rows(clerk, "relatives", ANA)] == ["Parent", "Emergency contact for"]


def test_relations_written_on_both_cards_are_shown_once(clerk: Registry) -> None:
    for one, other in ((ANA, BO), (BO, ANA)):
        clerk.execute(EditRecord(PEOPLE, one, {"relative": number(clerk, other), "relative.kind": "spouse"}))
    assert len(rows(clerk, "relatives", ANA)) == len(rows(clerk, "relatives", BO)) == 1


@pytest.mark.parametrize(
    ("command", "field", "sentence"),
    [
        (Relate(ANA, ANA, "spouse"), "relative", "relation to itself"),
        (Relate(ANA, BO, "godmother of sorts"), "relative.kind", "not in the list"),
        (Relate(ANA, CLUB, "spouse"), None, "no such record"),
        (Relate(ANA, 999, "spouse"), None, "no such record"),
        (SetHousehold((ANA, CLUB), "Exemple"), None, "no such record"),
        (SetHousehold((ANA,), "x" * 501), None, "Shorten it"),
    ],
)
def test_what_cannot_be_related_is_said(
    clerk: Registry, command: c.Command[object], field: str | None, sentence: str
) -> None:
    before = clerk.read(VerifyHistory()).head
    with pytest.raises(Invalid, match=sentence) as caught:
        clerk.execute(command)
    assert caught.value.field == field
    assert clerk.read(VerifyHistory()).head == before


def test_a_dependant_who_is_no_national_is_pointed_out(clerk: Registry) -> None:
    said = {"relative.kind": "child", "relative.dependant": "yes"}
    for person, country in ((ANA, "XDR"), (BO, "FRA"), (CY, "")):
        texts = {"relative": "Little One", **said, "relative.citizenship": country}
        clerk.execute(EditRecord(PEOPLE, person, texts))
    told = [(r.remark, r.warning) for person in (ANA, BO, CY) for r in rows(clerk, "relatives", person)]
    assert told == [("Dependant", ""), ("", "Dependant who is not a national"), ("Dependant", "")]


def test_a_household_is_everybody_with_the_same_name_of_it(clerk: Registry) -> None:
    clerk.execute(EditRecord(PEOPLE, BO, {"birth_date": "2010-05-01"}))
    assert clerk.execute(SetHousehold((ANA, BO, ANA), "Exemple")).value == 2
    assert clerk.execute(SetHousehold((ANA, BO), "Exemple")).value == 0
    clerk.execute(Relate(ANA, BO, "child"))
    (bo,) = rows(clerk, "household", ANA)
    assert (bo.id, bo.role, bo.age) == (BO, "Child", dates.age("2010-05-01", date.today()))
    (ana,) = rows(clerk, "household", BO)
    assert (ana.id, ana.role, ana.age) == (ANA, "Parent", "")
    assert clerk.read(ListIds(PEOPLE, groups(clerk, ANA)["household"].query)).tolist() == [ANA, BO]
    assert clerk.execute(SetHousehold((BO,), "")).value == 1
    assert groups(clerk, ANA)["household"] == Group("household", (), 0, "household:Exemple")
    assert groups(clerk, BO)["household"] == Group("household", (), 0)
    clerk.execute(Undo())
    assert [r.id for r in rows(clerk, "household", ANA)] == [BO]


def test_a_name_for_a_household_is_suggested(clerk: Registry) -> None:
    assert clerk.read(SuggestHousehold((BO, CY))) == "Sample"
    clerk.execute(SetHousehold((ANA,), "Sample"))
    assert clerk.read(SuggestHousehold((BO, CY))) == "Sample 2"
    assert clerk.read(SuggestHousehold((ANA, BO))) == "Sample"


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("1990-06-15", "35 years old"),
        ("1990-06-16", "34 years old"),
        ("1990-06", "about 35 years old"),
        ("1990", "about 35 years old"),
        ("1990-06-15~", "about 35 years old"),
        ("2024-06-01", "1 year old"),
    ],
)
def test_an_age_is_told_as_far_as_it_is_known(born: str, words: str) -> None:
    assert dates.age(born, date(2025, 6, 15)) == words


def test_a_person_sees_associations_from_both_sides(clerk: Registry) -> None:
    office = {"officer": number(clerk, CY), "officer.role": "president", "officer.from": "2020"}
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, office))
    clerk.execute(EditRecord(PEOPLE, CY, {"association.2": "A Choir", "association.role.2": "tenor"}))
    found = rows(clerk, "associations", CY)
    assert [(r.kind, r.id, r.name, r.role, r.since) for r in found] == [
        (ASSOCIATIONS, CLUB, "Club of Examples", "Member", ""),
        (ASSOCIATIONS, 0, "A Choir", "tenor", ""),
        (ASSOCIATIONS, CLUB, "Club of Examples", "President or chair", "2020"),
    ]


def test_an_association_sees_its_officers_now_and_past(clerk: Registry) -> None:
    texts = {
        "officer": number(clerk, ANA),
        "officer.role": "president",
        "officer.signs": "yes",
        "officer.from": "2021",
        "officer.2": "Dee Elsewhere",
        "officer.role.2": "keeper of the lanterns",
        "officer.to.2": "2019-05",
        "officer.3": "Gil",
        "officer.to.3": f"{date.today().year}",
    }
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, texts))
    now, past = (rows(clerk, code, CLUB, ASSOCIATIONS) for code in ("officers", "past_officers"))
    assert [(r.id, r.name, r.role, r.remark) for r in now] == [
        (ANA, "Ana Exemple", "President or chair", "Signs for it"),
        (0, "Gil", "Officer", ""),
    ]
    assert [(r.id, r.name, r.role, r.until) for r in past] == [
        (0, "Dee Elsewhere", "keeper of the lanterns", "May 2019")
    ]


def test_members_are_counted_and_found_by_their_query(clerk: Registry) -> None:
    for person in (ANA, BO):
        clerk.execute(EditRecord(PEOPLE, person, {"association": "club of examples", "association.role": "singer"}))
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"name": "Circle of Samples"}))
    members = groups(clerk, CLUB, ASSOCIATIONS)["members"]
    assert (members.total, [(r.id, r.role) for r in members.rows]) == (3, [(ANA, "singer"), (CY, ""), (BO, "singer")])
    assert members.query == 'association:"Circle of Samples"'
    assert sorted(clerk.read(ListIds(PEOPLE, members.query))) == [ANA, BO, CY]


def test_umbrellas_above_and_organisations_below(clerk: Registry) -> None:
    def made(name: str, **texts: str) -> int:
        return clerk.execute(AddRecord(ASSOCIATIONS, {"name": name, **texts})).value.id

    north = made("North", parent="Club of Examples")
    town = made("Town", parent="North")
    made("Village", parent="Town")
    made("East", parent="Club of Examples", partner="Town")
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"parent": "A Ministry", "partner": "North", "partner.2": "A Bank"}))
    assert [(r.name, r.id) for r in rows(clerk, "above", town, ASSOCIATIONS)] == [
        ("North", north),
        ("Club of Examples", CLUB),
        ("A Ministry", 0),
    ]
    assert [(r.name, r.depth) for r in rows(clerk, "below", CLUB, ASSOCIATIONS)] == [
        ("East", 0),
        ("North", 0),
        ("Town", 1),
        ("Village", 2),
    ]
    assert [r.name for r in rows(clerk, "partners", CLUB, ASSOCIATIONS)] == ["North", "A Bank"]
    assert [r.name for r in rows(clerk, "partners", town, ASSOCIATIONS)] == ["East"]


def test_records_that_go_leave_both_sides_and_come_back(clerk: Registry, post: Post) -> None:
    clerk.execute(Relate(ANA, BO, "spouse"))
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer": number(clerk, BO)}))
    clerk.execute(DeleteRecords(PEOPLE, (BO,)))
    (gone,) = rows(clerk, "relatives", ANA)
    assert (gone.id, gone.role) == (0, "Spouse")
    clerk.execute(Undo())
    assert [r.id for r in rows(clerk, "relatives", ANA)] == [BO]
    assert [r.id for r in rows(clerk, "associations", BO)] == [CLUB]
    post.open("amel").execute(c.EraseRecord(ANA, "asked for it"))
    assert rows(clerk, "relatives", BO) == ()
    with pytest.raises(Invalid, match="no such record"):
        clerk.read(GetRelated(PEOPLE, ANA))
    with pytest.raises(Invalid, match="no such record"):
        clerk.read(GetRelated(ASSOCIATIONS, BO))


def test_every_group_has_its_place_and_an_auditor_sees_none(clerk: Registry, post: Post) -> None:
    found = (*groups(clerk, ANA), *groups(clerk, CLUB, ASSOCIATIONS))
    assert found == tuple(TITLES)
    with pytest.raises(NotAllowed):
        post.open("aude").read(GetRelated(PEOPLE, ANA))


def test_linked_people_and_associations_are_found_by_their_names(clerk: Registry) -> None:
    clerk.execute(Relate(ANA, BO, "spouse"))
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"officer": number(clerk, BO)}))
    for query, found in (
        ("relative:sample", [ANA]),
        ("relative:ana", [BO]),
        ("relative:any", [ANA, BO]),
        ("relative:none", [CY]),
    ):
        assert clerk.read(ListIds(PEOPLE, query)).tolist() == found
    assert clerk.read(ListIds(PEOPLE, "", "relative")).tolist() == [ANA, CY, BO]
    clerk.execute(EditRecord(PEOPLE, BO, {"relative": "Anybody"}))
    assert clerk.read(ListIds(PEOPLE, "", "relative")).tolist() == [BO, ANA, CY]
    for query, found in (('officer:"Bo Sample"', [CLUB]), ("officer:any", [CLUB]), ("officer:none", [])):
        assert clerk.read(ListIds(ASSOCIATIONS, query)).tolist() == found


def test_institutions_are_told_apart_by_their_type(clerk: Registry) -> None:
    bank = clerk.execute(AddRecord(ASSOCIATIONS, {"name": "A Bank", "type": "bank"})).value.id
    clerk.execute(EditRecord(ASSOCIATIONS, CLUB, {"type": "cultural"}))
    assert clerk.read(ListIds(ASSOCIATIONS, "type:institution")).tolist() == [bank]
    assert clerk.read(ListIds(ASSOCIATIONS, "-type:institution")).tolist() == [CLUB]

"""Moves, return, transfer, untraceable, death: what they write, what they leave, what they refuse."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.commands import (
    AddRecord,
    Command,
    EditRecord,
    LoadDemonstration,
    MarkUntraceable,
    MovePerson,
    RecordDeath,
    ReturnPerson,
    TransferPerson,
    Undo,
)
from registry.errors import Invalid
from registry.queries import GetRecord, GetRegistration, ListIds, PrepareLetters, VerifyHistory
from registry.registration.outcomes import Followed
from tests.days import day
from tests.registry.registration.conftest import HOME, add, ago, states, values

NEW = {"address.street": "3 quai Neuf", "address.city": "Nantes", "address.country": "France"}
NEWS = {"consent.outreach_news.letter": "given"}


def refused(registry: Registry, command: Command[Followed]) -> str | None:
    """The field at which a command is refused."""
    with pytest.raises(Invalid) as problem:
        registry.execute(command)
    assert str(problem.value)
    return problem.value.field


# --- moves --------------------------------------------------------------------------------------------------------


def test_the_new_address_comes_first_and_the_old_one_ends(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", address__state="verified", address__from="2015")
    moved = registry.execute(MovePerson(person, NEW, "2024-05-01")).value
    assert (moved.people, moved.closed, moved.to_look_at) == (1, 1, ())
    now = values(registry, person)
    assert {name: now[name] for name in now if name.startswith("address.")} == {
        "address.street": "3 quai Neuf",
        "address.city": "Nantes",
        "address.country": "FRA",
        "address.coordinates": "2990969",
        "address.from": "2024-05-01",
        "address.state": "declared",
        "address.street.2": HOME["address.street"],
        "address.city.2": "Lyon",
        "address.coordinates.2": "2996944",
        "address.postal_code.2": "69002",
        "address.country.2": "FRA",
        "address.from.2": "2015",
        "address.to.2": "2024-05-01",
        "address.state.2": "verified",
    }
    registry.execute(Undo())
    assert values(registry, person)["address.city"] == "Lyon"
    assert "address.city.2" not in values(registry, person)
    assert registry.read(VerifyHistory()).ok


def test_somebody_without_an_address_gets_one(registry: Registry) -> None:
    person = registry.execute(AddRecord("people", {"full_name": "Bo Sample"})).value.id
    assert registry.execute(MovePerson(person, NEW, day())).value.closed == 0
    assert values(registry, person)["address.city"] == "Nantes"


def test_an_address_for_post_stays(registry: Registry) -> None:
    postal = {"address.street.2": "BP 12", "address.city.2": "Paris", "address.kind.2": "postal"}
    person = registry.execute(AddRecord("people", {"full_name": "Bo Sample", **HOME, **postal})).value.id
    registry.execute(MovePerson(person, NEW, day()))
    now = values(registry, person)
    assert (now["address.city"], now["address.city.2"], now["address.city.3"]) == ("Nantes", "Paris", "Lyon")
    assert "address.to.2" not in now


def test_the_household_comes_along_if_asked_and_at_the_same_address(registry: Registry) -> None:
    ana = add(registry, "Ana Exemple", household="H1")
    with_her = add(registry, "Bo Exemple", household="H1")
    elsewhere = add(registry, "Cy Exemple", household="H1", address__street="9 rue Ailleurs")
    dead = add(registry, "Di Exemple", household="H1", state="deceased")
    stranger = add(registry, "Ed Sample", household="H2")
    assert [name[:10] for name in registry.read(GetRegistration(ana)).household] == ["Bo Exemple"]
    assert registry.execute(MovePerson(ana, NEW, day(), household=True)).value.people == 2
    assert values(registry, with_her)["address.city"] == "Nantes"
    assert {values(registry, i)["address.city"] for i in (elsewhere, dead, stranger)} == {"Lyon"}
    registry.execute(Undo())
    assert {values(registry, i)["address.city"] for i in (ana, with_her)} == {"Lyon"}


def test_alone_leaves_the_household_where_it_is(registry: Registry) -> None:
    ana, with_her = (add(registry, name, household="H1") for name in ("Ana Exemple", "Bo Exemple"))
    registry.execute(MovePerson(ana, NEW, day()))
    assert values(registry, with_her)["address.city"] == "Lyon"


def test_another_country_or_district_says_what_follows(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", consular_district="Rhône")
    abroad = registry.execute(MovePerson(person, {"address.city": "Genève", "address.country": "CHE"}, day())).value
    assert "Switzerland is not the country of this post" in abroad.to_look_at[0]
    assert "“Rhône” was written down for the old address" in abroad.to_look_at[1]
    home = {"address.city": "Brálov", "address.country": "XDR", "consular_district": "Home"}
    followed = registry.execute(MovePerson(person, home, day())).value
    assert followed.to_look_at == ("The new address is in the home state. If that is for good, record the return.",)
    assert values(registry, person)["consular_district"] == "Home"


def test_a_move_of_somebody_who_had_left_says_that_the_state_is_still_that(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    registry.execute(ReturnPerson(person, day()))
    followed = registry.execute(MovePerson(person, NEW, day())).value
    assert len(followed.to_look_at) == 1
    assert "“Returned home”" in followed.to_look_at[0]
    assert states(registry, person)[-1][0] == "returned"


def test_a_text_that_the_old_address_could_not_hold_goes_with_it(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    row = {"full_name": "Bo Raw", "address.city": "Lyon", "address.country": "Wherevia"}
    registry.execute(LoadDemonstration("people", (row,)))
    raw = max(i for i in registry.read(ListIds("people")) if i != person)
    registry.execute(MovePerson(raw, NEW, day()))
    record = registry.read(GetRecord("people", raw))
    assert record.raw == {"address.country.2": "Wherevia"}
    assert record.values["address.country"] == "FRA"


def test_a_move_that_cannot_be_is_refused_at_its_field(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", birth_date="1980-05-01", address__from="2010-01-01")
    before = values(registry, person)
    assert refused(registry, MovePerson(person, {}, day())) == "address.street"
    assert refused(registry, MovePerson(person, {"address.city": "  "}, day())) == "address.street"
    assert refused(registry, MovePerson(person, HOME, day())) == "address.street"
    assert refused(registry, MovePerson(person, NEW, ago(-2))) == "since"
    assert refused(registry, MovePerson(person, NEW, "1979")) == "since"
    assert refused(registry, MovePerson(person, NEW, "2009-12-31")) == "since"
    assert refused(registry, MovePerson(person, NEW, "")) == "since"
    assert refused(registry, MovePerson(person, NEW, "the other day")) == "since"
    assert refused(registry, MovePerson(person, {**NEW, "address.country": "Atlantis"}, day())) == "address.country"
    assert refused(registry, MovePerson(person, {**NEW, "title": "Dr"}, day())) == "title"
    assert refused(registry, MovePerson(person, {**NEW, "address.city.2": "x"}, day())) == "address.city.2"
    assert values(registry, person) == before


# --- return, transfer, untraceable ----------------------------------------------------------------------------------


def test_a_return_ends_addresses_abroad_and_keeps_in_touch(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", **{k.replace(".", "__"): v for k, v in NEWS.items()})
    at_home = {"address.street": "1 Placa", "address.city": "Brálov"}
    returned = registry.execute(ReturnPerson(person, "2024-02-29", texts=at_home)).value
    assert returned.closed == 1
    now = values(registry, person)
    assert (now["state"], now["address.city"], now["address.country"]) == ("returned", "Brálov", "XDR")
    assert (now["address.city.2"], now["address.to.2"]) == ("Lyon", "2024-02-29")
    assert states(registry, person)[-1] == ("returned", "2024-02-29")
    assert now["consent.outreach_news.letter"] == "given"
    assert "returned" not in {p.reason for p in registry.read(PrepareLetters("", "annual-forum")).excluded}


def test_a_return_without_staying_in_touch_withdraws_consents(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", **{k.replace(".", "__"): v for k, v in NEWS.items()})
    registry.execute(ReturnPerson(person, day(), reachable=False))
    assert values(registry, person)["consent.outreach_news.letter"] == "refused"
    (excluded,) = registry.read(PrepareLetters("", "annual-forum")).excluded
    assert excluded.reason == "returned"
    registry.execute(Undo())
    assert values(registry, person)["consent.outreach_news.letter"] == "given"


def test_an_address_at_home_is_not_abroad(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    abroad = {"address.city": "Genève", "address.country": "CHE"}
    assert refused(registry, ReturnPerson(person, day(), texts=abroad)) == "address.country"


def test_a_transfer_names_the_post_and_what_is_open(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", activity="call", activity__follow_up=ago(3))
    transferred = registry.execute(TransferPerson(person, "Consulate in Geneva", "2025-01-02")).value
    assert transferred.to_look_at == ("1 follow-up is still open.",)
    newest = registry.read(GetRegistration(person)).states[0]
    assert (newest.state, newest.since, newest.reason) == ("transferred", "2025-01-02", "Consulate in Geneva")
    assert refused(registry, TransferPerson(person, "again", day())) is None
    other = add(registry, "Bo Sample")
    assert refused(registry, TransferPerson(other, " ", day())) == "post"
    assert refused(registry, TransferPerson(other, "Geneva", ago(-1))) == "since"


def test_untraceable_marks_the_address_and_says_why(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", **{k.replace(".", "__"): v for k, v in NEWS.items()})
    assert refused(registry, MarkUntraceable(person, "")) == "reason"
    registry.execute(MarkUntraceable(person, "Letter of 3 May came back"))
    now = values(registry, person)
    assert (now["state"], now["address.state"]) == ("untraceable", "returned")
    assert registry.read(GetRegistration(person)).states[0].reason == "Letter of 3 May came back"
    (excluded,) = registry.read(PrepareLetters("", "annual-forum")).excluded
    assert excluded.reason == "untraceable"
    found = registry.execute(MovePerson(person, NEW, day())).value
    assert "Confirm the registration" in found.to_look_at[-1]


# --- death -----------------------------------------------------------------------------------------------------------


def test_a_death_closes_what_was_going_on_and_nothing_else(registry: Registry) -> None:
    ana = add(
        registry,
        "Ana Exemple",
        valid_until=ago(-100),
        occupation="Nurse",
        employer="Clinic of Examples",
        association="Club of Examples",
        activity="call",
        civil_status="married",
        activity__follow_up=ago(2),
        occupation__from="2010",
        employer__2="Old Mill",
        occupation__to__2="2001",
        **{k.replace(".", "__"): v for k, v in NEWS.items()},
    )
    number = registry.read(GetRegistration(ana))
    assert (number.jobs, number.memberships, number.follow_ups, number.consents) == (1, 1, 1, 1)
    bo = add(registry, "Bo Exemple", civil_status="married")
    relation = {"relative": registry.read(GetRecord("people", ana)).number, "relative.kind": "spouse"}
    registry.execute(EditRecord("people", bo, relation))
    club = add(registry, "Society of Samples", "associations", officer=relation["relative"], officer__role="chair")
    died = registry.execute(RecordDeath(ana, "2025-06-02", "death certificate")).value
    assert died.closed == 4
    assert died.to_look_at == (f"Civil status of Bo Exemple ({registry.read(GetRecord('people', bo)).number})",)
    now = values(registry, ana)
    assert (now["state"], now["died_on"]) == ("deceased", "2025-06-02")
    assert "valid_until" not in now
    assert (now["occupation.to"], now["occupation.to.2"], now["association.to"]) == ("2025-06-02", "2001", "2025-06-02")
    assert now["activity.followed_up"] == "2025-06-02"
    assert now["consent.outreach_news.letter"] == "refused"
    assert values(registry, club, "associations")["officer.to"] == "2025-06-02"
    widowed = values(registry, bo)
    assert (widowed["civil_status"], widowed["relative.kind"]) == ("married", "spouse")
    newest = registry.read(GetRegistration(ana)).states[0]
    assert (newest.state, newest.since, newest.reason) == ("deceased", "2025-06-02", "death certificate")
    assert registry.read(VerifyHistory()).ok


def test_no_letter_goes_to_the_dead_and_undo_brings_all_back(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", **{k.replace(".", "__"): v for k, v in NEWS.items()})
    before = values(registry, person)
    registry.execute(RecordDeath(person, "2025-06"))
    (excluded,) = registry.read(PrepareLetters("", "annual-forum")).excluded
    assert excluded.reason == "deceased"
    registry.execute(Undo())
    assert values(registry, person) == before
    assert [p.name for p in registry.read(PrepareLetters("", "annual-forum")).included] == ["Ana Exemple"]


def test_a_death_that_cannot_be_is_refused_at_its_field(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", birth_date="1980-05-01")
    for wrong in (ago(-1), "1980-04", "1979", "", "last year", "2021-02-30"):
        assert refused(registry, RecordDeath(person, wrong)) == "died_on"
    assert values(registry, person)["state"] == "active"
    registry.execute(RecordDeath(person, "1980-05"))
    for command in (
        RecordDeath(person, day()),
        MovePerson(person, NEW, day()),
        ReturnPerson(person, day()),
        TransferPerson(person, "Geneva", day()),
        MarkUntraceable(person, "a reason"),
    ):
        assert refused(registry, command) is None


def test_impossible_dates_are_refused_on_the_card_too(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", birth_date="1980-05-01")
    for texts in (
        {"died_on": ago(-1)},
        {"died_on": "1979"},
        {"birth_date": ago(-1)},
        {"registered_on": "1975"},
    ):
        with pytest.raises(Invalid) as problem:
            registry.execute(EditRecord("people", person, texts))
        assert problem.value.field == next(iter(texts))
    registry.execute(EditRecord("people", person, {"died_on": "2000"}))
    with pytest.raises(Invalid) as problem:
        registry.execute(EditRecord("people", person, {"birth_date": "2001"}))
    assert problem.value.field == "birth_date"
    registry.execute(EditRecord("people", person, {"birth_date": "2001~"}))
    with pytest.raises(Invalid):
        registry.execute(AddRecord("people", {"full_name": "Bo Sample", "birth_date": "2000", "died_on": "1999"}))


def test_nobody_is_moved_who_is_not_there(registry: Registry) -> None:
    club = add(registry, "Club of Examples", "associations")
    for nobody in (club, 999):
        assert refused(registry, MovePerson(nobody, NEW, day())) is None
        with pytest.raises(Invalid):
            registry.read(GetRegistration(nobody))

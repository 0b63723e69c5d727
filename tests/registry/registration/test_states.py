"""Every change of a registration's state leaves a dated row, whoever makes it, and undo takes it back."""

from __future__ import annotations

from pathlib import Path

from registry.app import Registry
from registry.commands import DeleteRecords, EditRecord, EraseRecord, ImportRecords, LoadDemonstration, Undo
from registry.queries import GetRegistration, ListIds, PlanImport, VerifyHistory
from registry.transfer.options import ImportOptions
from tests.days import day
from tests.registry.registration.conftest import add, states


def test_a_new_person_begins_in_a_state_since_the_registration(registry: Registry) -> None:
    assert states(registry, add(registry, "Ana Exemple")) == [("active", day())]
    assert states(registry, add(registry, "Bo Sample", registered_on="2019-03")) == [("active", "2019-03")]
    died = add(registry, "Cy Late", state="deceased", died_on="2020-05-01", registered_on="2010")
    assert states(registry, died) == [("deceased", "2020-05-01")]
    assert states(registry, add(registry, "Di Away", state="lapsed", registered_on="2010")) == [("lapsed", day())]


def test_the_card_says_who_changed_the_state(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    registry.execute(EditRecord("people", person, {"state": "lapsed", "title": "Dr"}))
    newest = registry.read(GetRegistration(person)).states[0]
    assert (newest.state, newest.since, newest.officer) == ("lapsed", day(), "demo")
    registry.execute(EditRecord("people", person, {"title": "Prof"}))
    assert len(states(registry, person)) == 2


def test_a_death_by_hand_counts_from_the_day_of_death(registry: Registry) -> None:
    person = add(registry, "Ana Exemple", registered_on="2011")
    registry.execute(EditRecord("people", person, {"state": "deceased", "died_on": "2021-04-03"}))
    assert states(registry, person)[-1] == ("deceased", "2021-04-03")


def test_an_import_writes_states_of_the_new_and_of_the_changed(registry: Registry, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("id,Full name,Registration state\nX1,Ana Exemple,active\nX2,Bo Sample,lapsed\n", "utf-8")
    second.write_text("id,Full name,Registration state\nX1,Ana Exemple,untraceable\nX2,Bo Sample,lapsed\n", "utf-8")
    for file in (first, second):
        registry.execute(ImportRecords(registry.read(PlanImport(file, ImportOptions()))))
    ana, bo = registry.read(ListIds("people"))
    assert [state for state, _since in states(registry, ana)] == ["active", "untraceable"]
    assert [state for state, _since in states(registry, bo)] == ["lapsed"]
    registry.execute(Undo())
    assert [state for state, _since in states(registry, ana)] == ["active"]
    assert registry.read(VerifyHistory()).ok


def test_invented_people_have_states_too(registry: Registry) -> None:
    rows = ({"full_name": "Flo Loaded", "state": "active"}, {"full_name": "Gus Loaded"})
    registry.execute(LoadDemonstration("people", rows))
    assert [len(states(registry, i)) for i in registry.read(ListIds("people"))] == [1, 1]


def test_undo_of_a_change_and_of_a_deletion(registry: Registry) -> None:
    person = add(registry, "Ana Exemple")
    registry.execute(EditRecord("people", person, {"state": "lapsed"}))
    registry.execute(Undo())
    assert states(registry, person) == [("active", day())]
    registry.execute(DeleteRecords("people", (person,)))
    registry.execute(Undo())
    assert states(registry, person) == [("active", day())]
    registry.execute(EraseRecord(person, "a request"))
    assert registry.read(VerifyHistory()).ok

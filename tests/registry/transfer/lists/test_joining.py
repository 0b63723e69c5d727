"""Several rows of one person make one record with several values; what contradicts is told."""

from __future__ import annotations

from pathlib import Path

from registry.app import Registry
from registry.commands import AddRecord, ImportRecords
from registry.fields import PEOPLE
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from tests.registry.transfer.importing import counts, plan, records, take_in, take_in_rows, write_workbook

HEAD = ["ID", "Name", "Born", "City", "Skill", "Skill level", "Phone"]
ANA = ["A1", "Ana Exemple", "1980-01-02", "Lyon", "Cooking", "expert", "+33 1 99 00 12 34"]
BO = ["A2", "Bo Modèle", "1990-05-05", "Paris", "Nursing", "", ""]


def test_rows_with_one_reference_that_differ_in_skills_make_one_person(registry: Registry, tmp_path: Path) -> None:
    more = ["A1", "Ana Exemple", "1980-01-02", "Lyon", "Welding", "", "+33 1 99 00 12 34"]
    last = ["A1", "Exemple Ana", "", "", "Teaching", "", "+33 1 99 00 12 99"]
    path = write_workbook(tmp_path / "list.xlsx", List=[HEAD, ANA, BO, more, last, more])
    found = plan(registry, path)
    assert [row.outcome for row in found.rows()] == ["created", "created", "updated", "updated", "unchanged"]
    assert found.row(found.entries[2]).reason == "Row 2 is the same person; what this row says is taken in with it."
    assert any("1 record from 4 rows" in warning for warning in found.warnings)
    assert counts(registry.execute(ImportRecords(found)).value) == (2, 2, 1, 0, 0)
    values = records(registry)[0].values
    skills = [values[name] for name in ("skill", "skill.2", "skill.3")]
    assert len(set(skills)) == 3
    assert "skill.4" not in values
    assert (values["skill.level"], values["phone"], values["phone.2"]) == ("4", "+33199001234", "+33199001299")
    assert "phone.3" not in values
    assert counts(take_in(registry, path).value) == (0, 0, 5, 0, 0)


def test_name_and_date_of_birth_are_enough_where_nothing_else_differs(registry: Registry) -> None:
    rows = [row[1:] for row in (HEAD, ANA, BO, [*ANA[:4], "Welding", "", ""], [*BO[:3], "Nice", "Nursing", "", ""])]
    result = take_in_rows(registry, rows)
    # Bo's second row has another town: two addresses are no proof of one person.
    assert counts(result) == (3, 1, 0, 0, 0)
    ana = next(r for r in records(registry) if r.name == "Ana Exemple")
    assert "skill.2" in ana.values


def test_namesakes_without_date_of_birth_stay_apart(registry: Registry) -> None:
    rows = [["Name", "City", "Skill"], ["Ana Exemple", "Lyon", "Cooking"], ["Ana Exemple", "Lyon", "Welding"]]
    assert counts(take_in_rows(registry, [*rows, ["Bo Modèle", "Nice", ""], ["Di Invented", "Nice", ""]]))[0] == 4


def test_what_rows_of_one_person_contradict_is_told_and_the_first_counts(registry: Registry) -> None:
    other = ["A1", "Ana Exemple", "1981-01-02", "Nice", "Welding", "", ""]
    result = take_in_rows(registry, [HEAD, ANA, other, BO])
    assert counts(result) == (2, 1, 0, 0, 0)
    values = records(registry)[0].values
    assert (values["birth_date"], values["address.city"]) == ("1980-01-02", "Lyon")
    assert [(p.row, p.column) for p in result.problems] == [(3, "Born"), (3, "City")]
    assert result.problems[0].reason == "Row 2 is the same person and says “1980-01-02” here; that counts."


def test_a_further_row_fills_what_the_first_leaves_empty(registry: Registry) -> None:
    first = ["A1", "Ana Exemple", "", "Lyon", "Cooking", "", ""]
    take_in_rows(registry, [HEAD, first, [*ANA[:4], "Welding", "", ""], BO])
    assert records(registry)[0].values["birth_date"] == "1980-01-02"


def test_one_reference_with_quite_another_name_is_not_joined(registry: Registry) -> None:
    stranger = ["A1", "Zoe Inventée", "1970-01-01", "Nice", "Welding", "", ""]
    result = take_in_rows(registry, [HEAD, ANA, stranger, BO])
    assert not any("make one record" in warning for warning in result.warnings)


def test_a_value_that_cannot_be_read_is_told_at_its_own_row(registry: Registry) -> None:
    result = take_in_rows(registry, [HEAD, ANA, [*ANA[:6], "+33 1"], BO])
    assert [(p.row, p.column) for p in result.problems] == [(3, "Phone")]


def test_rows_join_a_record_that_is_there(registry: Registry) -> None:
    registry.execute(AddRecord(PEOPLE, {"full_name": "Ana Exemple", "external_id": "A1"}))
    result = take_in_rows(registry, [HEAD, ANA, [*ANA[:4], "Welding", "", ""]])
    assert counts(result) == (0, 2, 0, 0, 0)
    assert "skill.2" in records(registry)[0].values


def test_rows_that_were_decided_on_stand_for_themselves(registry: Registry, tmp_path: Path) -> None:
    more = [[*ANA[:4], skill, "", ""] for skill in ("Welding", "Teaching")]
    path = write_workbook(tmp_path / "list.xlsx", List=[HEAD, ANA, *more, BO])
    assert plan(registry, path, rows={3: LEAVE_OUT}).counts == {
        "created": 2,
        "updated": 1,
        "unchanged": 0,
        "skipped": 1,
        "rejected": 0,
    }
    result = take_in(registry, path, rows={3: LEAVE_OUT, 4: SOMEBODY_NEW}).value
    assert "skill.2" not in records(registry)[0].values
    assert sum(counts(result)) == 4


def test_who_was_changed_meanwhile_is_left_with_all_rows(registry: Registry, tmp_path: Path) -> None:
    registry.execute(AddRecord(PEOPLE, {"full_name": "Ana Exemple", "external_id": "A1"}))
    path = write_workbook(tmp_path / "list.xlsx", List=[HEAD, ANA, [*ANA[:4], "Welding", "", ""], BO])
    found = plan(registry, path)
    take_in_rows(registry, [["ID", "Name", "Born"], ["A1", "Ana Exemple", "1980-01-02"]])
    assert counts(registry.execute(ImportRecords(found)).value) == (1, 0, 0, 2, 0)

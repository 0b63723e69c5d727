"""Further sheets of a workbook are joined to the list by a key, where there is no doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registry.app import Registry
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS
from registry.queries import ReadList
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import counts, plan, records, take_in, write_workbook

PEOPLE: list[list[object]] = [
    ["ID", "Name", "Born", "City"],
    ["P-1", "Ana Exemple", date(1980, 1, 2), "Lyon"],
    ["P-2", "Bo Modèle", date(1990, 5, 5), "Paris"],
    ["P-3", "Di Invented", date(1970, 7, 7), "Nice"],
]
SKILLS: list[list[object]] = [
    ["ID", "Skill", "Level"],
    ["P-1", "Cooking", "expert"],
    ["P-3", "Nursing", ""],
    ["P-1", "Welding", "beginner"],
]
MEMBERS = [["ID", "Association", "Role", "From"], ["P-2", "Amicale Exemple", "President", date(2019, 3, 1)]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Skills=SKILLS, Memberships=MEMBERS)


def test_sheets_with_the_key_of_the_list_are_joined(registry: Registry, path: Path) -> None:
    result = take_in(registry, path).value
    assert counts(result) == (3, 0, 0, 0, 0)
    assert result.problems == []
    ana, bo, di = (record.values for record in records(registry))
    assert (ana["skill.level"], ana["skill.level.2"]) == ("4", "1")
    assert len({ana["skill"], ana["skill.2"], di["skill"]}) == 3
    assert "skill.2" not in di
    assert (bo["association"], bo["association.role"]) == ("Amicale Exemple", "President")
    assert bo["association.from"] == "2019-03-01"
    assert any("3 rows of the sheet “Skills” are taken in" in said for said in result.warnings)
    assert any("1 row of the sheet “Memberships” is taken in" in said for said in result.warnings)
    assert not any("Only the sheet" in said for said in result.warnings)
    assert counts(take_in(registry, path).value) == (0, 0, 3, 0, 0)


def test_rows_about_nobody_are_told(registry: Registry, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Skills=[*SKILLS, ["P-9", "Sewing", ""]])
    found = plan(registry, path)
    assert "1 row of the sheet “Skills” is about nobody in the list and is not taken in: 5." in found.warnings


def test_a_sheet_that_only_counts_its_rows_is_offered_and_not_joined(registry: Registry, tmp_path: Path) -> None:
    people: list[list[object]] = [PEOPLE[0], *([number, *row[1:]] for number, row in enumerate(PEOPLE[1:], 1))]
    skills = [["ID", "Skill"], [1, "Cooking"], [2, "Welding"], [3, "Sewing"]]
    path = write_workbook(tmp_path / "book.xlsx", People=people, Skills=skills)
    found = plan(registry, path)
    said = "The sheet “Skills” may belong to the list, but was not read: its “ID” only counts its own rows."
    assert said in found.warnings
    assert "skill" not in found.names
    assert "skill" in plan(registry, path, Given(sheets={"Skills": "ID"})).names


def test_another_list_numbered_alike_is_no_further_sheet(registry: Registry, tmp_path: Path) -> None:
    others = [["ID", "Name", "Skill"], ["P-1", "Zoe Inventée", "Cooking"], ["P-2", "Eve Autre", "Welding"]]
    path = write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Paris=others)
    source = registry.read(ReadList(path, ImportOptions()))
    assert (source.further, source.other_sheets) == ((), ("Paris",))


def test_a_sheet_with_the_names_again_is_joined(registry: Registry, tmp_path: Path) -> None:
    again = [["ID", "Name", "Skill"], ["P-1", "Exemple Ana", "Cooking"], ["P-1", "Ana Exemple", "Welding"]]
    path = write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Skills=again)
    take_in(registry, path)
    first = records(registry)[0]
    assert first.name == "Ana Exemple"
    assert "skill.2" in first.values


def test_a_key_that_several_rows_of_the_list_have_joins_nothing(registry: Registry, tmp_path: Path) -> None:
    twice: list[list[object]] = [*PEOPLE, ["P-1", "Flo Autre", "", "Nice"]]
    path = write_workbook(tmp_path / "book.xlsx", People=twice, Skills=SKILLS)
    for given in (Given(), Given(sheets={"Skills": "ID"})):
        found = plan(registry, path, given)
        assert "skill" not in found.names
        assert any("several rows of the list have the same “ID”" in said for said in found.warnings)


def test_a_mapping_leaves_a_sheet_out_or_names_its_key(registry: Registry, path: Path) -> None:
    assert "skill" not in plan(registry, path, Given(sheets={"Skills": None})).names
    with pytest.raises(Invalid, match="no column “Skill” in common"):
        plan(registry, path, Given(sheets={"Skills": "Skill"}))


def test_one_row_a_person_fills_what_one_has_once(registry: Registry, tmp_path: Path) -> None:
    details = [
        ["ID", "Sex", "Civil status", "Name"],
        ["P-2", "male", "married", "Bo Modèle"],
        ["P-1", "female", "single", ""],
    ]
    path = write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Details=details)
    take_in(registry, path)
    ana, bo, _di = (record.values for record in records(registry))
    assert (ana["sex"], bo["sex"]) == ("female", "male")


def test_a_sheet_with_more_rows_and_names_is_not_taken_for_the_list(registry: Registry, tmp_path: Path) -> None:
    names = {row[0]: row[1] for row in PEOPLE[1:]}
    members: list[list[object]] = [["ID", "Name", "Association", "Role", "From", "Phone"]]
    for year in range(2001, 2021):
        person = f"P-{year % 2 + 1}"
        members.append([person, names[person], f"Amicale {year}", "Member", date(year, 3, 1), "+33 1 99 00 12 34"])
    path = write_workbook(tmp_path / "book.xlsx", Memberships=members, People=PEOPLE)
    result = take_in(registry, path).value
    assert counts(result) == (3, 0, 0, 0, 0)
    assert any("20 rows of the sheet “Memberships” are taken in" in said for said in result.warnings)
    joined = [sum(name.startswith("association") for name in record.values) > 5 for record in records(registry)]
    assert joined == [True, True, False]


def test_two_lists_of_others_numbered_alike_stay_two(registry: Registry, tmp_path: Path) -> None:
    others: list[list[object]] = [["ID", "Name", "Born", "City", "Phone"]]
    for number in (1, 1, 2, 3, 3):
        others.append([f"P-{number}", f"Invented Other{number}", date(1950, 1, 2), "Rome", "+33 1 99 00 12 34"])
    path = write_workbook(tmp_path / "book.xlsx", Others=others, People=PEOPLE[:3])
    assert plan(registry, path).sheet == "Others"


def test_hidden_sheets_are_never_joined(registry: Registry, path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Skills"].sheet_state = "hidden"
    book.save(path)
    found = plan(registry, path)
    assert "skill" not in found.names
    assert "Hidden sheets were not read: Skills." in found.warnings


def test_what_was_said_of_joined_columns_is_remembered(registry: Registry, tmp_path: Path) -> None:
    skills = [["ID", "Known for"], ["P-1", "Cooking"], ["P-1", "Welding"], ["P-2", "Sewing"]]
    path = write_workbook(tmp_path / "book.xlsx", People=PEOPLE, Skills=skills)
    take_in(registry, path, Given({"Skills: Known for": "skill"}))
    assert "skill.2" in records(registry)[0].values
    more = write_workbook(
        tmp_path / "more.xlsx",
        People=[*PEOPLE, ["P-4", "Gil Neu", "", ""]],
        Skills=[*skills, ["P-4", "Singing"]],
    )
    assert counts(take_in(registry, more).value) == (1, 0, 3, 0, 0)
    assert "skill" in records(registry)[3].values


def test_associations_have_further_sheets_too(registry: Registry, tmp_path: Path) -> None:
    bodies = [
        ["Registration number", "Name of association", "City"],
        ["W1", "Amicale A", "Lyon"],
        ["W2", "Amicale B", "Nice"],
    ]
    officers = [
        ["Registration number", "Officer", "Role"],
        ["W1", "Ana Exemple", "President"],
        ["W1", "Bo Modèle", "Treasurer"],
    ]
    path = write_workbook(tmp_path / "book.xlsx", Bodies=bodies, Officers=officers)
    take_in(registry, path, kind=ASSOCIATIONS)
    first = records(registry, ASSOCIATIONS)[0].values
    assert (first["officer"], first["officer.2"]) == ("Ana Exemple", "Bo Modèle")

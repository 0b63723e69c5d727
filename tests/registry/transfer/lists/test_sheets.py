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

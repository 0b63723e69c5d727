"""A form as people really fill it in: answers that no question asked for, numbers that are mistyped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from registry.app import Registry
from registry.commands import ImportRecords, WriteForm
from registry.i18n import _
from registry.numbers import MISTYPED
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from registry.transfer.planning.numbering import CALLED_OTHERWISE, NO_NUMBER, NOBODY_HAS_IT
from registry.transfer.planning.plan import Plan
from tests.registry.forms.test_pages import fill
from tests.registry.forms.test_workbook import filled
from tests.registry.transfer.importing import counts, records, take_in_rows

#: What cannot be an answer, and is kept as it is written.
ODD = {"phone": "see my CV", "skill.years": "a few", "language": "what they speak there"}
#: What the plan calls these questions, of a form whose columns bear no words.
TITLES = {"Telephone", "Years of practice", "Spoken language"}


def plan_of(registry: Registry, path: Path, *people: dict[str, str], template: str = "") -> Plan:
    registry.execute(WriteForm("xlsx", path, template, "en"))
    return registry.read(PlanImport(filled(path, *people), ImportOptions()))


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_an_odd_answer_is_kept_and_told_even_if_nobody_gave_another(
    registry: Registry, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"form.{kind}"
    registry.execute(WriteForm(kind, path, language="en"))
    (filled if kind == "xlsx" else fill)(path, {"full_name": "Ana Exemple", **ODD})
    plan = registry.read(PlanImport(path, ImportOptions()))
    assert plan.unmapped == []
    assert {problem.column for problem in plan.problems} == (TITLES if kind == "pdf" else set(ODD))
    registry.execute(ImportRecords(plan))
    (ana,) = records(registry)
    assert dict(ana.raw) == ODD


def test_a_form_in_which_everybody_has_a_number_is_no_export(registry: Registry, tmp_path: Path) -> None:
    take_in_rows(registry, [["full_name"], ["Ana Exemple"]])
    number = records(registry)[0].values["number"]
    told = {"number": number, "full_name": "Ana Exemple", "sex": "Female", "citizenship": "France, Portugal"}
    registry.execute(ImportRecords(plan_of(registry, tmp_path / "form.xlsx", told | {"birth_date": "13/03/1985"})))
    (ana,) = records(registry)
    expected = {"sex": "female", "citizenship": "FRA", "citizenship.2": "PRT", "birth_date": "1985-03-13"}
    assert {name: ana.values.get(name) for name in expected} == expected


def test_columns_that_somebody_added_are_what_stands_above_them(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    registry.execute(WriteForm("xlsx", path, language="en"))
    book = openpyxl.load_workbook(filled(path, {"full_name": "Ana Exemple"}))
    sheet = book.worksheets[0]
    added = [("Remarks", "paid"), ("Phone of the mother", "+33 1 99 00 12 34"), ("", "+33 1 99 00 12 35")]
    for column, (heading, text) in enumerate(added, sheet.max_column + 1):
        sheet.cell(1, column, heading)
        sheet.cell(3, column, text)
    book.save(path)
    plan = registry.read(PlanImport(path, ImportOptions()))
    registry.execute(ImportRecords(plan))
    (ana,) = records(registry)
    assert (ana.values["notes"], ana.values.get("phone")) == ("paid", None)
    assert len(plan.unmapped) == 2
    assert plan.unmapped[0] == "Phone of the mother"


@pytest.mark.parametrize("typed", [str.lower, lambda number: number.replace("-", " "), lambda number: f" {number}"])
def test_a_number_finds_its_record_however_it_is_typed(
    registry: Registry, tmp_path: Path, typed: Callable[[str], str]
) -> None:
    take_in_rows(registry, [["full_name"], ["Ana Exemple"]])
    number = typed(records(registry)[0].values["number"])
    plan = plan_of(registry, tmp_path / "form.xlsx", {"number": number, "full_name": "Ana Exemple", "sex": "Female"})
    assert counts(registry.execute(ImportRecords(plan)).value) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("number", "name", "reason"),
    [
        ("LYS-26-000001-Q", "Ana Exemple", MISTYPED),
        ("not yet", "Ana Exemple", NO_NUMBER),
        ("LYS-19-000009-0", "Ana Exemple", NOBODY_HAS_IT),
        ("", "Bo Specimen", CALLED_OTHERWISE),
    ],
)
def test_a_number_that_finds_nobody_is_told(
    registry: Registry, tmp_path: Path, number: str, name: str, reason: str
) -> None:
    take_in_rows(registry, [["full_name"], ["Ana Exemple"]])
    typed = number or records(registry)[0].values["number"]
    plan = plan_of(registry, tmp_path / "form.xlsx", {"number": typed, "full_name": name, "sex": "Female"})
    assert [(problem.column, problem.reason) for problem in plan.problems] == [("number", _(reason, number=typed))]

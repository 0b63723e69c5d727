"""A form as a workbook: filled in, it comes in without a mapping; LibreOffice shows its lists and keeps it whole."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from registry import fields, vocabularies
from registry.app import Registry
from registry.commands import ImportRecords, WriteForm
from registry.queries import PlanImport
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import counts, records

#: As somebody fills it in, in the words of the French form.
ANA = {
    "full_name": "Ana Exemple",
    "sex": "Féminin",
    "birth_date": "1985-03",
    "birth_country": "Portugal",
    "citizenship": "Portugal",
    "citizenship.2": "France",
    "phone": "+33 1 99 00 12 34",
    "email": "ana@example.org",
    "preferred_language": "portugais",
    "address.postal_code": "01000",
    "address.city": "Bourg-en-Bresse",
    "address.country": "France",
    "consent.elections.letter": "Donné",
    "consent.elections.sms": "Refusé",
    "occupation": "keeper of lanterns",
    "employer": "=Invented Lights",
    "skill": "Chirurgie",
    "language": "portugais",
    "language.2": "français",
    "engagement_form": "Enseignement",
}
KEPT = ANA | {
    "sex": "female",
    "birth_country": "PRT",
    "citizenship": "PRT",
    "citizenship.2": "FRA",
    "phone": "+33199001234",
    "preferred_language": "pt",
    "address.country": "FRA",
    "consent.elections.letter": "given",
    "consent.elections.sms": "refused",
    "skill": "surgery",
    "language": "pt",
    "language.2": "fr",
    "engagement_form": "teaching",
}


def filled(path: Path, *people: dict[str, str]) -> Path:
    """The workbook with these people below its headings."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = {cell.value: place for place, cell in enumerate(sheet[2], 1)}
    for row, person in enumerate(people, 3):
        for name, text in person.items():
            cell = sheet.cell(row, names[name], text)
            cell.data_type = "s"
    book.save(path)
    return path


def resaved(path: Path, folder: Path, program: str) -> Path:
    """The workbook as LibreOffice saves it."""
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    target = folder / "saved"
    command = [program, home, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=170)
    return target / path.name


def check_import(registry: Registry, path: Path) -> None:
    plan = registry.read(PlanImport(path, ImportOptions()))
    assert [m.header for m in plan.matches if m.targets != (m.header,)] == []
    assert counts(registry.execute(ImportRecords(plan)).value) == (2, 0, 0, 0, 0)
    ana, bo = records(registry)
    assert {name: ana.values.get(name) for name in KEPT} == KEPT
    assert bo.values["full_name"] == "Bo Specimen"


@pytest.fixture
def form(registry: Registry, tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    assert registry.execute(WriteForm("xlsx", path, language="fr")).value > 80
    return path


def test_what_was_filled_in_comes_in_without_a_mapping(registry: Registry, form: Path) -> None:
    check_import(registry, filled(form, ANA, {"full_name": "Bo Specimen"}))


@pytest.mark.parametrize("program", [*filter(None, [shutil.which("soffice")])])
def test_libreoffice_keeps_answers_and_lists(registry: Registry, form: Path, tmp_path: Path, program: str) -> None:
    saved = resaved(filled(form, ANA, {"full_name": "Bo Specimen"}), tmp_path, program)
    assert offered(saved, "sex") == offered(form, "sex")
    assert "Portugal" in offered(saved, "address.country")
    book = openpyxl.load_workbook(saved)
    assert book.worksheets[0].row_dimensions[2].hidden
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden", "visible", "visible"]
    checks = {one.formula1 for one in book.worksheets[0].data_validations.dataValidation if one.type == "custom"}
    assert any('FIND("@",' in str(check) for check in checks)
    check_import(registry, saved)


def offered(path: Path, name: str) -> list[Any]:
    """What the list of a column offers in its first row."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == name)
    cell = sheet.cell(3, column).coordinate
    (choice,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    assert choice.type == "list"
    title, _sign, cells = str(choice.formula1).replace("$", "").rpartition("!")
    return [row[0].value for row in book[title.strip("'")][cells]]


def test_every_choice_leads_back_to_its_code(form: Path) -> None:
    wrong = []
    names = [str(cell.value) for cell in openpyxl.load_workbook(form).worksheets[0][2]]
    asked = {
        field.vocabulary: name
        for name in names
        for field, _place in [fields.find("people", name) or (None, 0)]
        if field
    }
    for vocabulary, name in asked.items():
        if vocabulary:
            known = vocabularies.get(vocabulary)
            wrong += [text for text in offered(form, name) if known.find(text) not in known.codes]
    assert wrong == []

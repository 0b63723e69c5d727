"""What each kind of file says of the records beside what imports again: types, words, a dictionary, address books."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from registry.app import Registry
from registry.commands import ExportRecords, LoadDemonstration
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.transfer.export.columns import TOO_MANY_COLUMNS
from tests.registry.transfer.importing import counts, records, take_in

PLAIN = {
    "full_name": "Ana Exemple",
    "birth_date": "1985-03-12",
    "citizenship": "FRA",
    "phone": "+33199001234",
    "address.postal_code": "01000",
    "weeks_a_year": "4",
}


def test_cells_of_a_workbook_are_typed(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    registry.execute(LoadDemonstration(PEOPLE, (PLAIN, {"full_name": "Bo", "birth_date": "1850-01-02"})))
    registry.execute(ExportRecords(PEOPLE, "citizenship:FRA OR bo", path, "test"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    said = {sheet.cell(1, c).value: sheet.cell(3, c) for c in range(1, sheet.max_column + 1)}
    assert said["birth_date"].value == datetime(1985, 3, 12)
    assert (said["weeks_a_year"].data_type, said["weeks_a_year"].value) == ("n", 4)
    assert (said["address.postal_code"].value, said["phone"].value) == ("01000", "+33199001234")
    assert (said["citizenship"].value, said["citizenship (label)"].value) == ("FRA", "France")
    assert (sheet.freeze_panes, sheet.row_dimensions[1].hidden) == ("A3", True)
    assert sheet.auto_filter.ref == f"A2:{get_column_letter(sheet.max_column)}4"
    columns = {row[1]: row for row in book["Data dictionary"].iter_rows(values_only=True)}
    assert columns["citizenship"][3] == "a code of a list"
    assert ("Citizenship", "FRA", "France", None) in set(book["Codes"].iter_rows(values_only=True))
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert (about["Query"], about["Count"]) == ("citizenship:FRA OR bo", 2)
    assert counts(take_in(registry, path).value) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("edits", "citizenship", "problems"),
    [
        ({"citizenship (label)": "Spain"}, "ESP", 0),
        ({"citizenship (label)": "Espagne"}, "ESP", 0),
        ({"citizenship": "ESP"}, "ESP", 0),
        ({"citizenship (label)": ""}, "FRA", 0),
        ({"citizenship": "ESP", "citizenship (label)": "Italy"}, "ESP", 1),
    ],
)
def test_a_code_or_its_words_are_edited(
    registry: Registry, tmp_path: Path, edits: Mapping[str, str], citizenship: str, problems: int
) -> None:
    path = tmp_path / "out.xlsx"
    registry.execute(LoadDemonstration(PEOPLE, (PLAIN,)))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for column in range(1, sheet.max_column + 1):
        if (name := sheet.cell(1, column).value) in edits:
            sheet.cell(3, column).value = edits[str(name)]
    book.save(path)
    result = take_in(registry, path).value
    assert counts(result) == ((0, 0, 1, 0, 0) if citizenship == "FRA" else (0, 1, 0, 0, 0))
    assert records(registry)[0].values["citizenship"] == citizenship
    assert len(result.problems) == problems


def test_contact_cards_say_what_address_books_read(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.vcf"
    registry.execute(LoadDemonstration(PEOPLE, (PLAIN | {"notes": "long " * 40 + "; and, so"},)))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    text = path.read_text("utf-8")
    assert all(len(line.encode()) <= 75 for line in text.splitlines())
    lines = text.replace("\n ", "").splitlines()
    assert {"FN:Ana Exemple", "BDAY:19850312", "TEL;TYPE=voice:+33199001234", "ADR:;;;;;01000;"} <= set(lines)


def test_json_holds_records_by_name(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    registry.execute(LoadDemonstration(PEOPLE, (PLAIN,)))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    found = json.loads(path.read_text("utf-8"))
    assert (found["kind"], found["records"][0]["birth_date"]) == ("people", "1985-03-12")
    assert found["records"][0]["weeks_a_year"] == 4


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_words_stand_beside_codes_only_as_long_as_the_file_can_be_read_again(
    registry: Registry, tmp_path: Path, ending: str
) -> None:
    def wide(skills: int) -> dict[str, str]:
        ends = ("", *(f".{number}" for number in range(2, skills + 1)))
        return (
            {"full_name": "Ana Exemple"}
            | {f"skill{end}": f"art{end}" for end in ends}
            | {f"skill.level{end}": "3" for end in ends}
        )

    path = tmp_path / f"out.{ending}"
    registry.execute(LoadDemonstration(PEOPLE, (wide(200),)))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    assert counts(take_in(registry, path).value) == (0, 0, 1, 0, 0)
    before = path.read_bytes()
    registry.execute(LoadDemonstration(PEOPLE, (wide(400),)))
    with pytest.raises(Invalid) as caught:
        registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    assert (caught.value.message, path.read_bytes()) == (TOO_MANY_COLUMNS, before)

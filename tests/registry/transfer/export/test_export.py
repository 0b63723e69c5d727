"""What is exported imports again without loss, and no program computes it."""

from __future__ import annotations

import csv
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from registry import i18n
from registry.app import Registry
from registry.commands import AddRecord, AddUser, EditRecord, ExportRecords, LoadDemonstration
from registry.context import ConfirmationNeeded
from registry.errors import Cancelled, Invalid, StorageTrouble
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import translate
from registry.links import OTHER_PERSON
from registry.progress import Recorded
from registry.queries import GetHistory
from registry.transfer.export import records as exporting
from registry.transfer.export.ods import OdsBook
from registry.transfer.export.workbook import Column
from registry.transfer.readers.safe_text import guarded, unguarded
from tests.registry.transfer.importing import contents, counts, records, take_in, take_in_rows

MESSY: tuple[dict[str, str], ...] = (
    {
        "full_name": "Ana Exemple",
        "native_name": "Анна\u00a0Пример",
        "external_id": "000123",
        "birth_date": "1985-03~",
        "state": "gone away",
        "departure_year": "1999",
        "phone": "+33 1 99 00 12 34",
        "phone.2": "call the neighbour",
        "email": "ana@example.org",
        "email.2": "not an address",
        "address.postal_code": "01000",
        "address.city": "Bourg",
        "address.country": "FRA",
        "address.city.2": "Lima",
        "address.country.2": "Atlantis",
        "citizenship": "FRA",
        "citizenship.2": "PER",
        "language": "fr",
        "language.level": "C1",
        "language.2": "es",
        "skill": "=cmd|' /C calc'!A0",
        "association": "@Choir",
        "association.role": "-chair",
        "association.from": "31/02/2001",
        "consent.outreach_news.letter": "given",
        "consent.crisis_contact.sms": "refused",
        "notes": 'first line\n=1+1\n\u200flast; “line”, "quoted"',
        "sex": "?!",
    },
    {"full_name": "'=1+1", "occupation": "''+33", "family_name": "Null", "hometown": "+1"},
    {"full_name": "Bo Modèle", "notes": '=HYPERLINK("https://example.org")'},
)


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """A registry of awkward people and an association."""
    registry.execute(LoadDemonstration(PEOPLE, MESSY))
    registry.execute(LoadDemonstration(ASSOCIATIONS, ({"name": "Choir", "members": "12", "founded": "1999~"},)))
    return registry


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "json", "vcf"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", [PEOPLE, ASSOCIATIONS])
def test_what_is_exported_imports_again_without_loss(
    filled: Registry, other: Registry, tmp_path: Path, ending: str, language: str, kind: str
) -> None:
    path = tmp_path / f"out.{ending}"
    with i18n.in_language(language):
        number = filled.execute(ExportRecords(kind, "", path, "test")).value
    before = contents(filled, kind)
    assert number == len(before)
    assert counts(take_in(filled, path).value) == (0, 0, number, 0, 0)
    assert counts(take_in(other, path).value) == (number, 0, 0, 0, 0)
    assert contents(other, kind) == before


@pytest.mark.parametrize("text", ["one\ntwo", "one\n\ntwo", "  one\ntwo  three", "\none", "one\n"])
def test_lines_of_a_cell_are_paragraphs_that_programs_keep(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.ods"
    with path.open("wb") as file:
        book = OdsBook(file)
        book.sheet("List", [Column("Notes")])
        book.row([text])
        book.close()
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() == [["Notes"], [text]]
    with zipfile.ZipFile(path) as package:
        attribute = b"string-value" in package.read("content.xml")
    assert attribute == ("  " in text)


def test_a_round_of_corrections_changes_just_the_edits(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    row = next(i for i in (3, 4, 5) if sheet.cell(i, names.index("full_name") + 1).value == "Bo Modèle")
    sheet.cell(row, names.index("full_name") + 1).value = "Bo Modèle-Exemple"
    book.save(path)
    assert counts(take_in(filled, path).value) == (0, 1, 2, 0, 0)
    assert records(filled)[2].name == "Bo Modèle-Exemple"


def test_another_registrys_number_does_not_overwrite_our_record(
    filled: Registry, other: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    other.execute(LoadDemonstration(PEOPLE, ({"full_name": "Cy Patron"},)))
    assert counts(take_in(other, path).value)[0] == 3
    assert records(other)[0].name == "Cy Patron"


#: Relatives in an order other than that of their names: in the next registry their numbers change hands.
RELATIVES: tuple[dict[str, str], ...] = (
    {"full_name": "Zoe bint Ilan Sample", "external_id": "B-2", "birth_date": "1950-04-01", "occupation": "Cook"},
    {"full_name": "Ana bint Ilan Sample", "external_id": "B-1", "birth_date": "1991", "occupation": "Nurse"},
    {"full_name": "Mia Sample", "birth_date": "2001-02-03", "occupation": "Driver", "email": "mia@example.org"},
    {"full_name": "Leo Sample", "birth_date": "2005-06-07", "occupation": "Baker"},
    {"full_name": "Abe Sample", "occupation": "Miner"},
    {"full_name": "Kit Sample", "occupation": "Tailor"},
    {"full_name": "Uri Sample", "external_id": "B-3", "birth_date": "1931-01-05", "occupation": "Judge"},
    {"full_name": "Uri Sample", "external_id": "B-4", "birth_date": "1975-11-02", "occupation": "Clerk"},
)


def test_a_list_of_another_registry_with_our_numbers_is_known_again(
    registry: Registry, other: Registry, tmp_path: Path
) -> None:
    registry.execute(LoadDemonstration(PEOPLE, RELATIVES))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    other.execute(LoadDemonstration(PEOPLE, ({"full_name": "Cy Patron"},)))
    assert counts(take_in(other, path).value) == (8, 0, 0, 0, 0)
    assert {r.name: r.number for r in records(other)[1:]} != {r.name: r.number for r in records(registry)}
    assert counts(take_in(other, path).value) == (0, 0, 8, 0, 0)
    ours = [content for content in contents(other) if content[0]["full_name"] != "Cy Patron"]
    assert ours == contents(registry)


#: Two who name each other, and a third.
LINKED: tuple[dict[str, str], ...] = (
    {"full_name": "Zoe Sample", "birth_date": "1950"},
    {"full_name": "Ana Patron", "birth_date": "1991"},
    {"full_name": "Abe Exemple", "birth_date": "1992"},
)


def _linked(registry: Registry, path: Path) -> None:
    registry.execute(LoadDemonstration(PEOPLE, LINKED))
    zoe, ana, _abe = records(registry)
    parent = {"relative": f"{zoe.name} ({zoe.number})", "relative.kind": "parent"}
    registry.execute(EditRecord(PEOPLE, ana.id, parent))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))


def test_a_registry_made_anew_from_its_export_keeps_numbers_and_links(
    registry: Registry, other: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    _linked(registry, path)
    result = take_in(other, path).value
    assert counts(result) == (3, 0, 0, 0, 0)
    assert result.problems == []
    assert {r.name: dict(r.values) for r in records(other)} == {r.name: dict(r.values) for r in records(registry)}
    assert counts(take_in(other, path).value) == (0, 0, 3, 0, 0)
    new = other.execute(AddRecord(PEOPLE, {"full_name": "Next One"})).value
    assert new.number not in {r.number for r in records(registry)}


def test_links_lead_to_the_same_people_where_numbers_have_to_change(
    registry: Registry, other: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    _linked(registry, path)
    other.execute(LoadDemonstration(PEOPLE, ({"full_name": "Somebody Else"}, {"full_name": "Other Stranger"})))
    assert take_in(other, path).value.problems == []
    found = {r.name: r for r in records(other)}
    assert found["Ana Patron"].values["relative"] == f"Zoe Sample ({found['Zoe Sample'].number})"
    again = take_in(other, path).value
    assert (counts(again), again.problems) == ((0, 0, 3, 0, 0), [])


def test_two_people_with_one_reference_stay_two(registry: Registry, other: Registry, tmp_path: Path) -> None:
    same = {"full_name": "Ana Sample", "external_id": "B-1"}
    registry.execute(LoadDemonstration(PEOPLE, (same | {"birth_date": "1980"}, same | {"occupation": "Cook"})))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    assert counts(take_in(other, path, duplicates="create").value) == (2, 0, 0, 0, 0)
    assert contents(other) == contents(registry)
    assert counts(take_in(other, path).value) == (0, 0, 2, 0, 0)


def test_a_number_of_somebody_of_another_name_is_no_link(registry: Registry, tmp_path: Path) -> None:
    registry.execute(LoadDemonstration(PEOPLE, LINKED))
    wrong = f"Leo Ailleurs ({records(registry)[0].number})"
    rows = [["Full name", "Relative", "Relationship"], ["Kit Tailleur", wrong, "child"]]
    said = translate(OTHER_PERSON, "en", number=records(registry)[0].number)
    assert [p.reason for p in take_in_rows(registry, rows).problems] == [said]
    assert records(registry)[-1].values["relative"] == wrong


def test_names_without_letters_are_known_again(registry: Registry, tmp_path: Path) -> None:
    registry.execute(LoadDemonstration(PEOPLE, ({"full_name": "(?)", "occupation": "Tailor"}, {"full_name": ".."})))
    path = tmp_path / "out.csv"
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    assert counts(take_in(registry, path).value) == (0, 0, 2, 0, 0)


def test_no_cell_of_a_workbook_is_a_formula(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    sheet = load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=cmd|' /C calc'!A0" in {cell.value for cell in cells}
    assert {cell.number_format for cell in cells} == {"@"}
    assert sheet.row_dimensions[1].hidden
    read = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == read


def test_text_files_are_guarded_against_formulas(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["skill"] == "'=cmd|' /C calc'!A0"
    assert not any(text[:1] in ("=", "+", "-", "@") for row in rows for text in row.values())


@given(st.text())
def test_guarding_is_undone_exactly_once(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_text_that_looks_like_a_coded_letter_stays_text(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    registry.execute(LoadDemonstration(PEOPLE, ({"full_name": "Ana _x0041_ Exemple", "notes": "_x005F_ _x000D_"},)))
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    values = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[2]
    assert {"Ana _x0041_ Exemple", "_x005F_ _x000D_"} <= set(values)
    assert counts(take_in(registry, path).value) == (0, 0, 1, 0, 0)


def test_columns_and_records_can_be_chosen(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    wanted = records(filled)[0]
    command = ExportRecords(PEOPLE, "", path, "test", (wanted.id,), ("full_name", "phone.2"))
    assert filled.execute(command).value == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["number", "full_name", "phone.2"], [wanted.number, "Ana Exemple", "call the neighbour"]]
    with pytest.raises(Invalid, match="shoe_size"):
        filled.execute(ExportRecords(PEOPLE, "", path, "test", None, ("shoe_size",)))


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "json", "vcf"])
def test_a_file_is_the_same_however_many_records_are_in_memory(
    filled: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    # People whose columns differ, made in another order than that of their names.
    filled.execute(LoadDemonstration(PEOPLE, RELATIVES))
    filled.execute(ExportRecords(PEOPLE, "", tmp_path / f"whole.{ending}", "test"))
    monkeypatch.setattr(exporting, "_BLOCK", 3)
    monkeypatch.setattr(exporting, "_TOGETHER", 2)
    filled.execute(ExportRecords(PEOPLE, "", tmp_path / f"parts.{ending}", "test"))
    whole, parts = (_content(tmp_path / f"{name}.{ending}") for name in ("whole", "parts"))
    assert whole == parts
    assert "Kit Sample" in str(whole)


def _content(path: Path) -> object:
    if path.suffix in (".xlsx", ".ods"):
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return path.read_text("utf-8")


def test_the_cells_of_one_field_stand_by_name_and_stay_where_they_are(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    names = ("full_name", "phone", "phone.2", "language.2", "consent.outreach_news.letter", "sex", "departure_year")
    filled.execute(LoadDemonstration(PEOPLE, ({"full_name": "Ana Alba", "phone": "nobody", "language": "es"},)))
    ids = tuple(reversed([record.id for record in records(filled)]))
    assert filled.execute(ExportRecords(PEOPLE, "", path, "test", (*ids, 10**9), names)).value == 4
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row[1:] for row in csv.reader(file)]
    assert rows == [
        list(names),
        ["Ana Alba", "nobody", "", "", "", "", ""],
        ["Bo Modèle", "", "", "", "", "", ""],
        ["''=1+1", "", "", "", "", "", ""],
        ["Ana Exemple", "'+33199001234", "call the neighbour", "es", "given", "?!", "1999"],
    ]


def test_fields_that_a_user_may_not_see_stay_out(filled: Registry, tmp_path: Path) -> None:
    filled.execute(AddUser("manager", "manager", "correct horse battery 7"))
    with Registry.open(filled.folder, "manager", "correct horse battery 7") as limited:
        limited.execute(ExportRecords(PEOPLE, "", tmp_path / "out.csv", "test"))
        with pytest.raises(Invalid):
            limited.execute(ExportRecords(PEOPLE, "", tmp_path / "out.csv", "test", None, ("notes",)))
    assert "notes" not in (tmp_path / "out.csv").read_text("utf-8-sig").split("\r\n")[0].split(",")


def test_the_data_of_many_needs_the_password_and_a_reason(registry: Registry, tmp_path: Path) -> None:
    registry.execute(LoadDemonstration(PEOPLE, tuple({"full_name": f"Person {i}"} for i in range(51))))
    path = tmp_path / "out.csv"
    with pytest.raises(ConfirmationNeeded):
        registry.execute(ExportRecords(PEOPLE, "", path, "meeting"))
    registry.confirm("demo")
    with pytest.raises(Invalid):
        registry.execute(ExportRecords(PEOPLE, "", path, " "))
    assert not path.exists()
    registry.confirm("demo")
    assert registry.execute(ExportRecords(PEOPLE, "", path, "meeting")).value == 51


class _Cancelling(Recorded):
    def committing(self) -> None:
        self.cancel()
        super().committing()


def test_a_file_is_whole_or_as_it_was(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("before")
    with pytest.raises(Cancelled):
        filled.execute(ExportRecords(PEOPLE, "", path, "test"), _Cancelling())
    assert path.read_text() == "before"
    with pytest.raises(Invalid, match=r"\.xlsx, \.ods"):
        filled.execute(ExportRecords(PEOPLE, "", tmp_path / "out.pdf", "test"))
    with pytest.raises(StorageTrouble):
        filled.execute(ExportRecords(PEOPLE, "", tmp_path / "absent" / "out.xlsx", "test"))
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in tmp_path.iterdir()} == {"out.xlsx", "registry"}


def test_an_export_leaves_a_trace(filled: Registry, tmp_path: Path) -> None:
    filled.execute(ExportRecords(PEOPLE, "exemple", tmp_path / "out.csv", "for the meeting"))
    newest = filled.read(GetHistory()).operations[0]
    assert newest.code == "export"
    assert "for the meeting" in str(newest)


def test_an_edited_record_is_found_by_its_number(filled: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    filled.execute(ExportRecords(PEOPLE, "", path, "test"))
    filled.execute(EditRecord(PEOPLE, records(filled)[2].id, {"occupation": "Nurse"}))
    assert counts(take_in(filled, path).value) == (0, 0, 3, 0, 0)

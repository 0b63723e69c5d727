"""A round of corrections: whatever an office does to an exported workbook, the plan shows just the edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from registry.app import Registry
from registry.commands import DeleteRecords, EditRecord, ExportRecords, ImportRecords, LoadDemonstration, MergeRecords
from registry.fields import PEOPLE
from registry.i18n import in_language
from registry.numbers import registration_number
from registry.queries import PlanImport, ReadList
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import CREATED, UNCHANGED, UPDATED, Plan
from tests.registry.transfer.importing import plan, records

PEOPLE_LISTED = tuple(
    {
        "full_name": f"Ana {name}",
        "family_name": name,
        "given_name": "Ana",
        "sex": "female",
        "birth_date": "1980-04-03",
        "phone": "+33199001234",
        "phone.2": "ring the neighbour",
        "phone.kind.2": "mobile",
        "phone.3": "+33199001235",
        "address.city": "Lima",
        "address.country": "PER",
        "language": "fr",
        "language.level": "C1",
        "language.2": "es",
        "language.level.2": "B2",
        "consent.outreach_news.letter": "given",
    }
    for name in ("Exemple", "Quillon", "Zembrani", "Ostervik")
)
#: What the office meant to change.
CORRECTED = [("address.city", "Grenoble")]
Edit = Callable[[Worksheet], None]


def nothing_more(_sheet: Worksheet) -> None:
    """The hidden row stays."""


def without_names(sheet: Worksheet) -> None:
    """The hidden row goes."""
    sheet.delete_rows(1)


def renamed(sheet: Worksheet) -> None:
    without_names(sheet)
    rename(sheet, "Family name", "Surname")
    rename(sheet, "Telephone", "Mobile")


def titled(sheet: Worksheet) -> None:
    without_names(sheet)
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Register of the consulate"


def titled_between(sheet: Worksheet) -> None:
    sheet.insert_rows(2)
    sheet["A2"] = "Register of the consulate"


def without_codes(sheet: Worksheet) -> None:
    drop_columns(sheet, lambda title: title.endswith("(code)"))


def without_codes_and_names(sheet: Worksheet) -> None:
    without_codes(sheet)
    without_names(sheet)


def without_number(sheet: Worksheet) -> None:
    drop_columns(sheet, lambda title: title == "Registration number")


def with_remarks(sheet: Worksheet) -> None:
    without_names(sheet)
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "Checked by Marie"
    sheet.cell(2, 3).value = "yes"


def sorted_with_titles(sheet: Worksheet) -> None:
    rows = sorted(([cell.value for cell in row] for row in sheet.iter_rows(min_row=2)), key=str, reverse=True)
    for place, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(place, column).value = value


def rename(sheet: Worksheet, old: str, new: str) -> None:
    next(cell for row in sheet.iter_rows(max_row=2) for cell in row if cell.value == old).value = new


def drop_columns(sheet: Worksheet, goes: Callable[[str], bool]) -> None:
    for place, cell in reversed(list(enumerate(sheet[2], 1))):
        if goes(str(cell.value)):
            sheet.delete_cols(place)


def exported(registry: Registry, path: Path) -> Path:
    registry.execute(ExportRecords(PEOPLE, "", path, "test"))
    return path


def corrected(path: Path, edit: Edit) -> Path:
    """An export in which somebody corrected a city, and did something more."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "address.city")
    sheet.cell(4, column).value = "Grenoble"
    edit(sheet)
    book.save(path)
    return path


def as_the_window(registry: Registry, path: Path) -> Plan:
    """The plan when every column is told as it was found, which is what the window does."""
    source = registry.read(ReadList(path, ImportOptions(), ""))
    told = {match.header: ", ".join(match.targets) or None for match in source.matches}
    given = Given(told, header_row=source.header_row, sheet=source.sheet)
    return registry.read(PlanImport(path, ImportOptions(source.kind, source.sheet, given)))


@pytest.fixture
def people(registry: Registry) -> Registry:
    """A registry of a few people with several values of one kind."""
    registry.execute(LoadDemonstration(PEOPLE, PEOPLE_LISTED))
    return registry


@pytest.mark.parametrize("seen", [plan, as_the_window])
@pytest.mark.parametrize(
    "edit",
    [
        *(nothing_more, without_names, renamed, titled, titled_between, without_codes, without_codes_and_names),
        *(with_remarks, sorted_with_titles),
    ],
)
def test_whatever_was_done_to_the_workbook_the_plan_shows_just_the_edits(
    people: Registry, tmp_path: Path, edit: Edit, seen: Callable[[Registry, Path], Plan]
) -> None:
    assert changes(seen(people, corrected(exported(people, tmp_path / "out.xlsx"), edit))) == CORRECTED


def test_an_export_in_another_language_is_known_by_its_titles(people: Registry, tmp_path: Path) -> None:
    with in_language("fr"):
        path = exported(people, tmp_path / "out.xlsx")
    assert changes(plan(people, corrected(path, without_names))) == CORRECTED


def test_an_export_without_its_numbers_is_compared_by_what_else_it_says(people: Registry, tmp_path: Path) -> None:
    path = exported(people, tmp_path / "out.xlsx")
    made = plan(people, corrected(path, without_number))
    assert (made.counts[UNCHANGED], made.counts[CREATED], made.review) == (3, 1, 1)


def test_a_column_added_for_what_the_list_lacks_is_taken_in_and_no_further_telephone(
    people: Registry, tmp_path: Path
) -> None:
    path = exported(people, tmp_path / "out.xlsx")

    def added(sheet: Worksheet) -> None:
        without_names(sheet)
        for column, (title, text) in enumerate((("Place of birth", "Lima"), ("Mobile", "+33199009999")), 60):
            sheet.cell(1, column).value, sheet.cell(2, column).value = title, text

    made = plan(people, corrected(path, added))
    assert sorted(changes(made)) == [*CORRECTED, ("birth_place", "Lima")]
    assert made.unmapped == ["Mobile"]


def test_a_list_split_in_two_sheets_is_one_list(people: Registry, tmp_path: Path) -> None:
    path = exported(people, tmp_path / "out.xlsx")
    book = load_workbook(path)
    second = book.copy_worksheet(book.worksheets[0])
    second.title = "Second half"
    second.delete_rows(3, 2)
    book.worksheets[0].delete_rows(5, 2)
    book.save(path)
    made = plan(people, path)
    assert [entry.outcome for entry in made.entries] == ["unchanged"] * 4
    assert any("Second half" in warning and "Codes" not in warning for warning in made.warnings)


@pytest.mark.parametrize("edit", [nothing_more, without_names])
@pytest.mark.parametrize(
    "columns", [("address.city", "phone"), ("family_name", "address.city"), ("address.city", "sex")]
)
def test_a_layout_without_names_is_known_by_its_numbers(
    people: Registry, tmp_path: Path, edit: Edit, columns: tuple[str, ...]
) -> None:
    path = tmp_path / "out.xlsx"
    people.execute(ExportRecords(PEOPLE, "", path, "test", columns=columns))
    made = plan(people, corrected(path, edit))
    assert changes(made) == CORRECTED
    people.execute(ImportRecords(made))
    assert sorted(record.values["address.city"] for record in records(people)) == ["Grenoble", "Lima", "Lima", "Lima"]
    assert all(record.name.startswith("Ana ") for record in records(people))


def test_a_mistyped_number_in_a_layout_without_names_is_named(people: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    people.execute(ExportRecords(PEOPLE, "", path, "test", columns=("address.city", "phone")))
    book = load_workbook(path)
    cells = [book.worksheets[0].cell(row, 1) for row in (3, 4)]
    mistyped, unknown = str(cells[0].value)[:-2] + "-?", registration_number("LYS", "26", 999_999)
    mistyped = mistyped.replace("?", "A" if str(cells[0].value)[-1] != "A" else "B")
    cells[0].value, cells[1].value = mistyped, unknown
    book.save(path)
    assert [row.reason for row in plan(people, path).rows("rejected")] == [
        f"The last character of {mistyped} does not fit the others: one of them is mistyped. Compare it with the card.",
        f"No record has the number {unknown}, and this row has no name.",
    ]


@pytest.mark.parametrize("seen", [plan, as_the_window])
@pytest.mark.parametrize(
    ("columns", "dropped", "edited", "text"),
    [
        (("full_name", "phone", "phone.3"), "phone", "phone.3", "+33199009999"),
        (("full_name", "language.2", "language.level.2"), "language.2", "language.level.2", "C2"),
        (("full_name", "phone.kind.2"), "", "phone.kind.2", "home"),
    ],
)
def test_values_keep_their_places_where_the_columns_before_them_were_deleted(
    people: Registry,
    tmp_path: Path,
    columns: tuple[str, ...],
    dropped: str,
    edited: str,
    text: str,
    seen: Callable[[Registry, Path], Plan],
) -> None:
    path = tmp_path / "out.xlsx"
    people.execute(ExportRecords(PEOPLE, "", path, "test", columns=columns))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    sheet.cell(4, names[edited]).value = text
    if dropped:
        sheet.delete_cols(names[dropped])
    book.save(path)
    made = seen(people, path)
    assert changes(made) == [(edited, text)]
    before = [dict(record.values) for record in records(people)]
    people.execute(ImportRecords(made))
    after = [dict(record.values) for record in records(people)]
    assert [set(now.items()) - set(was.items()) for was, now in zip(before, after, strict=True) if was != now] == [
        {(edited, text)}
    ]


@pytest.mark.parametrize("name", ["Anna Exemple", "Ana Exemple-Modèle"])
def test_values_keep_their_places_also_where_the_name_was_corrected(
    people: Registry, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "out.xlsx"
    people.execute(ExportRecords(PEOPLE, "", path, "test", columns=("full_name", "phone.3")))
    book = load_workbook(path)
    cells = book.worksheets[0]["B3:C3"][0]
    cells[0].value, cells[1].value = name, "+33199009999"
    book.save(path)
    made = plan(people, path)
    assert changes(made) == [("full_name", name), ("phone.3", "+33199009999")]
    people.execute(ImportRecords(made))
    (ana,) = (record.values for record in records(people) if record.name == name)
    assert (ana["phone"], ana["phone.3"]) == ("+33199001234", "+33199009999")


def test_another_registrys_row_is_given_nothing_of_the_record_with_its_number(people: Registry, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    people.execute(ExportRecords(PEOPLE, "", path, "test", columns=("full_name", "phone.3")))
    book = load_workbook(path)
    book.worksheets[0].cell(4, 2).value = "Tam Patron"
    book.save(path)
    people.execute(ImportRecords(plan(people, path)))
    (new,) = (record for record in records(people) if record.name == "Tam Patron")
    assert [value for name, value in new.values.items() if name.startswith("phone")] == ["+33199001235"]


def test_an_old_export_leaves_what_a_merged_record_was_given_and_names_whom_it_would_add_again(
    registry: Registry, tmp_path: Path
) -> None:
    people = (
        {"full_name": "Ana Exemple", "birth_place": "Lima", "notes": "two cards"},
        {"full_name": "Nina Quillon", "birth_place": "Cusco", "email": "nina@example.org"},
        {"full_name": "Odile Zembrani"},
    )
    registry.execute(LoadDemonstration(PEOPLE, people))
    path = exported(registry, tmp_path / "old.xlsx")
    ana, nina, odile = (record.id for record in records(registry))
    registry.execute(MergeRecords(ana, (nina,)))
    registry.execute(EditRecord(PEOPLE, ana, {"email": ""}))
    registry.execute(DeleteRecords(PEOPLE, (odile,)))
    made = plan(registry, path)
    rows = {entry.name: made.row(entry) for entry in made.entries}
    assert rows["Ana Exemple"].outcome == UNCHANGED
    assert [change.new for change in rows["Nina Quillon"].changes] == ["nina@example.org"]
    assert "became part of record" in rows["Nina Quillon"].reason
    assert (rows["Odile Zembrani"].outcome, "is not there any more" in rows["Odile Zembrani"].reason) == (CREATED, True)
    assert any("not there any more" in warning for warning in made.warnings)


@pytest.mark.parametrize("backwards", [False, True])
def test_what_a_record_got_since_an_old_export_is_not_replaced_by_that_of_one_it_swallowed(
    registry: Registry, tmp_path: Path, backwards: bool
) -> None:
    ana = {"full_name": "Ana Exemple", "phone": "+33199001234"}
    nina = {"full_name": "Nina Quillon", "given_name": "Nina", "birth_place": "Cusco", "phone": "+33199001235"}
    registry.execute(LoadDemonstration(PEOPLE, (ana, nina | {"hometown": "Ica"})))
    path = exported(registry, tmp_path / "old.xlsx")
    kept, gone = (record.id for record in records(registry))
    registry.execute(MergeRecords(kept, (gone,)))
    registry.execute(EditRecord(PEOPLE, kept, {"birth_place": "Lima", "hometown": "", "phone.2": ""}))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    rows[0][names.index("phone")] = "+33199009999"
    for place, row in enumerate(sorted(rows, key=lambda row: str(row[0]), reverse=backwards), 3):
        for column, text in enumerate(row, 1):
            sheet.cell(place, column).value = text
    book.save(path)
    registry.execute(ImportRecords(plan(registry, path)))
    (found,) = (record.values for record in records(registry))
    expected = {"full_name": "Ana Exemple", "birth_place": "Lima", "hometown": "Ica", "phone": "+33199009999"}
    assert {name: found.get(name) for name in (*expected, "phone.2")} == {**expected, "phone.2": None}


def changes(made: Plan) -> list[tuple[str, str]]:
    """What would be changed, and to what; nobody is added."""
    assert made.counts[UNCHANGED] + made.counts[UPDATED] == len(PEOPLE_LISTED)
    return [(change.field, change.new) for entry in made.entries for change in entry.changes]

"""The manager's workbook, read back by three programs: what stands in it, and who does not."""

from __future__ import annotations

import datetime
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from registry import i18n, vocabularies
from registry.app import Registry
from registry.commands import SetProtected, WriteSkillsWorkbook
from registry.context import ConfirmationNeeded
from registry.errors import BadFile, Invalid
from registry.fields import PEOPLE
from registry.queries import GetHistory, ListIds, PlanImport, SkillsInventory
from registry.skills.workbook import SkillsWorkbook
from registry.transfer.options import ImportOptions
from tests.registry.post import Post

SHEETS = [
    *("People", "Skills", "Occupation × country", "Skill × level", "Language × CEFR", "Availability"),
    *("Sex × generation", "Data dictionary", "Codes", "About"),
]


def write(registry: Registry, path: Path, query: str = "", preset: str = "") -> SkillsWorkbook:
    registry.confirm("demo")
    return registry.execute(WriteSkillsWorkbook(query, path, "for the ministry of health", preset)).value


@pytest.fixture(scope="module")
def written(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SkillsWorkbook]:
    """The workbook of everybody."""
    path = tmp_path_factory.mktemp("workbook") / "skills.xlsx"
    return path, write(registry, path)


@pytest.fixture(scope="module")
def sheets(written: tuple[Path, SkillsWorkbook]) -> dict[str, list[dict[str, Any]]]:
    """Sheet -> its lines by column, as openpyxl reads them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in load_workbook(written[0]).worksheets:
        head, *lines = sheet.iter_rows(values_only=True)
        names = [str(name) for name in head]
        found[sheet.title] = [dict(zip(names, line, strict=True)) for line in lines]
    return found


def found(registry: Registry, query: str) -> int:
    return len(registry.read(ListIds(PEOPLE, query)))


@pytest.mark.parametrize("kept", ["People", "Skills", ""])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_no_list_to_be_taken_in(registry: Registry, tmp_path: Path, kept: str, language: str) -> None:
    path = tmp_path / "skills.xlsx"
    with i18n.in_language(language):
        write(registry, path)
        kept = i18n.translate(kept, language) if kept else ""
    book = load_workbook(path)
    for sheet in book.worksheets:
        if kept and sheet.title != kept:
            book.remove(sheet)
    book.save(path)
    with pytest.raises(BadFile, match="This is a skills inventory"):
        registry.read(PlanImport(path, ImportOptions()))


def test_sheets_and_numbers(registry: Registry, written: tuple[Path, SkillsWorkbook]) -> None:
    path, made = written
    assert load_workbook(path).sheetnames == SHEETS == list(made.sheets)
    table = registry.read(SkillsInventory())
    assert (made.people, made.left_out) == (table.total, {"refused": table.left_out})
    assert CalamineWorkbook.from_path(str(path)).sheet_names == SHEETS


def test_everybody_who_takes_part_has_a_line(registry: Registry, sheets: dict[str, list[dict[str, Any]]]) -> None:
    lines = sheets["People"]
    assert len(lines) == found(registry, "-consent:skills_inventory/refused")
    assert len({line["Number"] for line in lines}) == len(lines)
    countries = Counter(line["Country code"] for line in lines)
    assert countries["FRA"] > 0
    assert {line["Country"] for line in lines if line["Country code"] == "FRA"} == {"France"}
    nurse = next(line for line in lines if line["Occupation code"] == "2221")
    assert (nurse["Occupation"], nurse["Major group"]) == ("Nursing professionals", "Professionals")
    text = next(line for line in lines if line["Occupation"] == "Fortune reader")
    assert (text["Occupation code"], text["Major group"]) == (None, "Not coded yet")


def test_numbers_and_dates_are_real_and_texts_are_texts(written: tuple[Path, SkillsWorkbook]) -> None:
    for sheet in load_workbook(written[0]).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), cell.coordinate
    people = load_workbook(written[0])["People"]
    head = [cell.value for cell in people[1]]
    columns = {name: [row[head.index(name)].value for row in people.iter_rows(min_row=2)] for name in head}
    assert {type(value) for value in columns["Year of birth"]} == {int, type(None)}
    assert {type(value) for value in columns["Available from"]} == {datetime.datetime, str, type(None)}
    assert datetime.datetime(2020, 1, 5) in columns["Available from"]
    assert "2020" in columns["Available from"]
    assert set(columns["Availability"]) == {"Available now", "Available later", "Not known"}


def test_one_line_a_skill(registry: Registry, sheets: dict[str, list[dict[str, Any]]]) -> None:
    lines = sheets["Skills"]
    numbers = {line["Number"] for line in sheets["People"]}
    assert {line["Number"] for line in lines} <= numbers
    assert {line["Level"] for line in lines} == {1, 2, 3, 4, None}
    nursing = [line for line in lines if line["Skill code"] == "nursing_care"]
    assert {(line["Skill group"]) for line in nursing} == {"Health care"}
    counted = {line["Number"] for line in nursing}
    assert len(counted) == found(registry, "skill:=nursing_care -consent:skills_inventory/refused")
    assert {line["Skill group"] for line in lines if line["Skill"] == "Yodelling"} == {"Not coded yet"}
    best = next(line["Skills"] for line in sheets["People"] if line["Skills"] and "(4)" in line["Skills"])
    assert best.index("(4)") < len(best.split(";")[0])


def test_counts_are_those_of_the_inventory(registry: Registry, sheets: dict[str, list[dict[str, Any]]]) -> None:
    for depth in (1, 2, 3, 4):
        table = registry.read(SkillsInventory("", f"occupation.{depth}", "country"))
        lines = {(line["Code"] or line["Occupation"], line["Level"]): line for line in sheets["Occupation × country"]}
        for place, row in enumerate(table.rows):
            coded = row.code in vocabularies.get("isco").labels
            level = vocabularies.get("isco").level(row.code) if coded else None
            line = lines[row.code if coded else row.label, level]
            if level in (depth, None):
                assert line["People"] == row.count
                assert [line[c.label] for c in table.columns] == list(table.counts[place])
    skills = registry.read(SkillsInventory("", "skill", "sex"))
    counted = {line["Code"] or line["Skill"]: line["People"] for line in sheets["Skill × level"]}
    assert counted == {
        row.code if row.code in vocabularies.get("skill").labels else row.label: row.count for row in skills.rows
    }
    for code, (title, column) in {
        "availability": ("Availability", "Availability"),
        "sex": ("Sex × generation", "Sex"),
    }.items():
        rows = registry.read(SkillsInventory("", code, "country")).rows
        lines_of = {line[column]: line["People"] for line in sheets[title]}
        assert lines_of.pop("People") == registry.read(SkillsInventory()).total
        assert lines_of == {row.label: row.count for row in rows}


def test_levels_count_a_person_once(registry: Registry, sheets: dict[str, list[dict[str, Any]]]) -> None:
    french = next(line for line in sheets["Language × CEFR"] if line["Code"] == "fr")
    assert french["People"] == found(registry, "language:fr -consent:skills_inventory/refused")
    assert french["C1"] == found(registry, "language:fr:C1 -consent:skills_inventory/refused")
    care = next(line for line in sheets["Skill × level"] if line["Code"] == "nursing_care")
    assert care["3 Advanced"] == found(registry, "skill:=nursing_care:3 -consent:skills_inventory/refused")
    unsaid = next(line for line in sheets["Language × CEFR"] if line["Spoken language"] == "Not known")
    assert unsaid["People"] == found(registry, "language:none -consent:skills_inventory/refused")


def test_the_dictionary_explains_every_column(sheets: dict[str, list[dict[str, Any]]]) -> None:
    explained = {(line["Sheet"], line["Column"]) for line in sheets["Data dictionary"]}
    for title in ("People", "Skills"):
        assert {(title, column) for column in sheets[title][0]} <= explained
    by_column = {(line["Sheet"], line["Column"]): line for line in sheets["Data dictionary"]}
    assert all(line["Meaning"] for line in sheets["Data dictionary"])
    assert by_column["People", "Occupation code"]["Version"].startswith("ISCO-08")
    assert by_column["People", "Sex"]["Codes"].startswith("male = Male")
    assert by_column["People", "Occupation code"]["Codes"] == "See the sheet “Codes”"
    codes = {(line["List"], line["Code"]): line["Label"] for line in sheets["Codes"]}
    assert codes["Occupation", "2221"] == "Nursing professionals"
    assert sum(line["List"] == "Occupation" for line in sheets["Codes"]) == 619


def test_about_says_who_when_and_who_is_missing_but_not_why(
    registry: Registry, written: tuple[Path, SkillsWorkbook], sheets: dict[str, list[dict[str, Any]]]
) -> None:
    about = {line["About"]: line["Value"] for line in sheets["About"]}
    assert about["Made on"].date() == datetime.date.today()
    assert about["People in this workbook"] == written[1].people
    assert about["Left out: Refused the skills inventory"] == written[1].left_out["refused"]
    with zipfile.ZipFile(written[0]) as book:
        assert not any(b"ministry of health" in book.read(part) for part in book.namelist())
    newest = registry.read(GetHistory()).operations[0]
    assert newest.code == "skills"
    assert newest.note is not None
    assert newest.note["reason"] == "for the ministry of health"
    assert newest.note["records"] == written[1].people


def test_sheets_are_ready_for_the_printer(written: tuple[Path, SkillsWorkbook]) -> None:
    for sheet in load_workbook(written[0]).worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.page_setup.fitToWidth == {"People": 4, "Skills": 2, "Data dictionary": 2}.get(sheet.title, 1)
        fitting, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert fitting is not None
        assert fitting.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_title_cols == ("$A:$B" if sheet.page_setup.fitToWidth > 1 else None)
        assert footer is not None
        assert "Skills inventory, LYS" in str(footer.left.text)
        assert "&P" in str(footer.right.text)


def test_three_programs_read_the_same(
    written: tuple[Path, SkillsWorkbook], sheets: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    book = CalamineWorkbook.from_path(str(written[0]))
    for title in SHEETS:
        rows = book.get_sheet_by_name(title).to_python()
        assert len(rows) == len(sheets[title]) + 1
        for row, line in zip(rows[1:], sheets[title], strict=True):
            for cell, value in zip(row, line.values(), strict=True):
                if isinstance(value, datetime.datetime):
                    assert cell == value.date()
                else:
                    assert cell == ("" if value is None else value)


def test_no_query_reason_or_formula_gets_out_as_one(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "few.xlsx"
    made = write(registry, path, 'name:"Invented Person 3" country:FRA OR country:DEU')
    assert 0 < made.people < 90
    about = load_workbook(path)["About"]
    values = {row[0].value: row[1] for row in about.iter_rows()}
    assert values["Query"].value == 'name:"Invented Person 3" country:FRA OR country:DEU'
    assert values["Query"].data_type == "s"


@pytest.mark.parametrize("preset", ["medical", "research"])
def test_presets_in_both_languages(registry: Registry, tmp_path: Path, preset: str) -> None:
    path = tmp_path / f"{preset}.xlsx"
    with i18n.in_language("fr"):
        made = write(registry, path, "country:FRA", preset)
        assert 0 < made.people < write(registry, path, "", preset).people
    title = {"medical": "Professions médicales", "research": "Recherche et sciences"}[preset]
    assert title in [row[1].value for row in load_workbook(path).worksheets[-1].iter_rows()]


@pytest.mark.parametrize(
    ("name", "query", "preset", "says"),
    [
        ("skills.csv", "", "", "Give its file the ending .xlsx."),
        ("skills.xlsx", "contry:FRA", "", "Did you mean “country”?"),
        ("skills.xlsx", "", "musical", "There is no preset “musical”. Choose one of: medical, research."),
    ],
)
def test_mistakes_write_nothing(
    registry: Registry, tmp_path: Path, name: str, query: str, preset: str, says: str
) -> None:
    with pytest.raises(Invalid) as caught:
        write(registry, tmp_path / name, query, preset)
    assert says in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_an_honest_workbook(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    assert write(registry, path, "zzyzx").people == 0
    assert [sheet.max_row for sheet in load_workbook(path).worksheets][:2] == [1, 1]


def test_data_of_many_people_asks_for_password_and_reason(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with pytest.raises(ConfirmationNeeded):
        registry.execute(WriteSkillsWorkbook("", path, "a reason"))
    registry.confirm("demo")
    with pytest.raises(Invalid, match="Say why"):
        registry.execute(WriteSkillsWorkbook("", path, " "))
    assert not path.exists()
    few = registry.execute(WriteSkillsWorkbook("external_id:I1", path, "a reason")).value
    assert few.people < 50


def test_who_is_to_be_contacted_alone_is_on_no_sheet(post: Post, tmp_path: Path) -> None:
    made = post.open("mara").execute(WriteSkillsWorkbook("", tmp_path / "post.xlsx", "test")).value
    assert made.left_out == {"individually": 1}
    with zipfile.ZipFile(tmp_path / "post.xlsx") as book:
        text = "".join(book.read(part).decode() for part in book.namelist())
    assert "Exemple" not in text
    assert "Sample" in text
    petra = post.open("petra")
    petra.execute(SetProtected(1, "safe_contact", ""))
    assert petra.execute(WriteSkillsWorkbook("", tmp_path / "post.xlsx", "test")).value.left_out == {}

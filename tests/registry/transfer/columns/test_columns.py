"""Whole columns decide how their cells are read; what was decided is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import setup
from registry.app import Registry
from registry.errors import BadFile, Invalid
from registry.transfer.columns.mapping import Given, given_of, load_given
from registry.transfer.values.several import emails, phones
from tests.registry.transfer.importing import plan, records, take_in, take_in_rows, write_csv


def births(registry: Registry) -> list[str]:
    return [r.values.get("birth_date", "raw " + r.raw.get("birth_date", "")) for r in records(registry)]


def test_one_clear_date_decides_the_whole_column(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "Born"], ["A Exemple", "03/04/1985"], ["B Exemple", "25/12/1990"]])
    assert births(registry) == ["1985-04-03", "1990-12-25"]
    assert any("day before month" in warning for warning in result.warnings)


def test_months_come_first_where_the_column_says_so(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "Born"], ["A Exemple", "03/04/1985"], ["B Exemple", "12/25/1990"]])
    assert births(registry) == ["1985-03-04", "1990-12-25"]
    assert any("month before day" in warning for warning in result.warnings)


def test_an_undecided_column_follows_its_neighbour(registry: Registry) -> None:
    rows = [
        ["Name", "Born", "Registered on"],
        ["A Exemple", "03/04/1985", "01/13/2020"],
        ["B Exemple", "05/06/1985", ""],
    ]
    result = take_in_rows(registry, rows)
    assert births(registry) == ["1985-03-04", "1985-05-06"]
    assert any("like “Registered on”" in warning for warning in result.warnings)


def test_a_mixed_column_stays_open_where_it_is_ambiguous(registry: Registry) -> None:
    rows = [["Name", "Born"], ["A Exemple", "25/12/1985"], ["B Exemple", "12/25/1990"], ["C Exemple", "03/04/1985"]]
    result = take_in_rows(registry, rows)
    assert births(registry) == ["1985-12-25", "1990-12-25", "raw 03/04/1985"]
    assert [(p.row, p.column) for p in result.problems] == [(4, "Born")]


def test_a_mapping_says_which_comes_first(registry: Registry, tmp_path: Path) -> None:
    rows = [["Name", "Born"], ["A Exemple", "03/04/1985"], ["B Exemple", "05/06/1985"]]
    path = write_csv(tmp_path / "list.csv", rows)
    result = take_in(registry, path, Given(dates={"born": "mdy"})).value
    assert births(registry) == ["1985-03-04", "1985-05-06"]
    assert not [warning for warning in result.warnings if "Born" in warning]
    with pytest.raises(Invalid, match="Gone"):
        plan(registry, path, Given(dates={"Gone": "mdy"}))
    assert given_of({"dates": {"Born": "ymd"}}) is None


def test_years_of_two_digits_are_written_in_full_and_told(registry: Registry) -> None:
    rows = [
        ["Name", "Born", "document.expires"],
        ["A Exemple", "25/12/85\u00a0", "31.12.30"],
        ["B Exemple", "3-4-01", "01.05.31"],
        ["C Exemple", "7-Mar-79", ""],
    ]
    result = take_in_rows(registry, rows)
    assert births(registry) == ["1985-12-25", "2001-04-03", "1979-03-07"]
    assert [r.values.get("document.expires") for r in records(registry)] == ["2030-12-31", "2031-05-01", None]
    assert sum("two digits" in warning for warning in result.warnings) == 2


def test_the_country_decides_only_where_it_is_clear_and_says_so(registry: Registry, tmp_path: Path) -> None:
    rows = [["Name", "Born"], ["A Exemple", "03/04/1985"]]
    result = take_in_rows(registry, rows)
    assert births(registry) == ["1985-04-03"]
    assert any("France" in warning and "Check it" in warning for warning in result.warnings)
    folder = tmp_path / "other"
    setup.create(folder, post="NYC", country="USA", home=None, admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as american:
        result = take_in(american, tmp_path / "list.csv").value
        assert births(american) == ["raw 03/04/1985"]
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("021 487 1601/2", ["021 487 1601", "021 487 1602"]),
        ("021 487 1601 / 2", ["021 487 1601", "021 487 1602"]),
        ("01 99 00 12 34 ou 35", ["01 99 00 12 34", "01 99 00 12 35"]),
        ("0300 123 1231 or 0344 123 1232", ["0300 123 1231", "0344 123 1232"]),
        ("00  55  (51)  3321  1360", ["00 55 (51) 3321 1360"]),
        ("+51 1 4333 381 //  +51 1 4333 382  // ", ["+51 1 4333 381", "+51 1 4333 382"]),
        ("01 99 00 12 34 / 01 99 00 12 35", ["01 99 00 12 34", "01 99 00 12 35"]),
        ("01 99 00 12 34\n01 99 00 12 35", ["01 99 00 12 34", "01 99 00 12 35"]),
        ("Mensajes/Whatsapp:  +1 305 555 01 23", ["+1 305 555 01 23"]),
        ("020\u00a07271\u00a00839", ["020 7271 0839"]),
        ("(00 62) (0) 816 919 121", ["+62 (0) 816 919 121"]),
        ("(001-305) 555 01 23", ["+1-305 555 01 23"]),
        ("on request", ["on request"]),
        ("", []),
    ],
)
def test_telephones_in_one_cell(cell: str, expected: list[str]) -> None:
    assert phones(cell) == expected


def test_emails_in_one_cell() -> None:
    assert emails("a@example.org; b@example.org,\u00a0<c@example.org>") == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    assert emails("a@example.org") == ["a@example.org"]
    assert emails("none yet") == ["none yet"]


def test_split_cells_become_repeated_values_and_are_told(registry: Registry) -> None:
    rows = [
        ["Name", "Phone", "Mobile", "Languages", "Skills"],
        [
            "A Exemple",
            "+33 1 99 00 12 34 // +33 1 99 00 12 35",
            "+33 6 12 34 56 78",
            "French, English",
            "Nursing; Choir",
        ],
        ["B Exemple", "", "+33 6 12 34 56 79", "French", "Nursing"],
    ]
    result = take_in_rows(registry, rows)
    first, second = records(registry)
    assert [first.values[n] for n in ("phone", "phone.2", "phone.3")] == [
        "+33199001234",
        "+33612345678",
        "+33199001235",
    ]
    assert [first.values[n] for n in ("language", "language.2", "skill", "skill.2")] == [
        "fr",
        "en",
        "nursing_care",
        "Choir",
    ]
    assert second.values["phone"] == "+33612345679"
    assert sum("several values" in warning for warning in result.warnings) == 3


def test_empty_marks_say_nothing_and_names_that_look_like_them_stay(registry: Registry) -> None:
    rows = [
        ["Surname", "First name", "City", "Phone"],
        ["Null", "Na", "N/A", "-"],
        ["Exemple", "Ana", "#N/A", "\u00a0"],
    ]
    result = take_in_rows(registry, rows)
    assert [r.name for r in records(registry)] == ["Na Null", "Ana Exemple"]
    assert all("address.city" not in r.values for r in records(registry))
    assert not result.problems


def test_numbers_that_were_telephones(registry: Registry, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Name", "Phone", "Postcode"], ["A Exemple", 33199001234, 69001], ["B Exemple", 199001235, "01000"]):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    result = take_in(registry, tmp_path / "list.xlsx").value
    assert [r.values["phone"] for r in records(registry)] == ["+33199001234", "+33199001235"]
    assert [r.values["address.postal_code"] for r in records(registry)] == ["69001", "01000"]
    assert any("France" in warning for warning in result.warnings)


def test_the_lists_own_country_reads_its_telephones(registry: Registry) -> None:
    rows = [["Name", "Phone", "Email"], *([f"P{i} Example", "021 487 1601", f"p{i}@example.gov.za"] for i in range(8))]
    result = take_in_rows(registry, rows, duplicates="create")
    assert {r.values["phone"] for r in records(registry)} == {"+27214871601"}
    assert any("South Africa" in warning for warning in result.warnings)


def test_values_that_no_field_holds_are_kept_and_reported(registry: Registry) -> None:
    rows = [
        ["Name", "Gender", "Language", "Level of language"],
        ["A Exemple", "?!", "Klingonish", "B2"],
        ["B Exemple", "F", "fr", "B2"],
        ["C Exemple", "M", "fr", "C1"],
    ]
    result = take_in_rows(registry, rows)
    first = records(registry)[0]
    assert dict(first.raw) == {"sex": "?!", "language": "Klingonish", "language.level": "B2"}
    assert [(p.row, p.column) for p in result.problems] == [(2, "Gender"), (2, "Language"), (2, "Level of language")]


def test_a_mapping_file_renames_recodes_and_leaves_out(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "mapping.json"
    file.write_text(
        '{"columns": {"Who": "full_name", "Was": "sex", "Name": null}, "values": {"sex": {"H": "male", "F*": "F"}}}',
        encoding="utf-8",
    )
    rows = [["Who", "Was", "Name"], ["A Exemple", "h", "x"], ["B Exemple", "F*", "y"]]
    result = take_in_rows(registry, rows, load_given(file))
    assert [(r.name, r.values["sex"]) for r in records(registry)] == [("A Exemple", "male"), ("B Exemple", "female")]
    assert result.mapping == {"Who": "full_name", "Was": "sex"}
    assert result.unmapped == ["Name"]


def test_columns_may_be_joined_and_cells_taken_apart_by_a_mapping(registry: Registry, tmp_path: Path) -> None:
    given = Given({"A": "full_name", "B": "notes", "C": "notes", "D": "address.city, address.postal_code"})
    take_in_rows(registry, [["A", "B", "C", "D"], ["A Exemple", "tall", "quiet", "Lyon, 69001"]], given)
    values = records(registry)[0].values
    assert values["notes"] == "B: tall\nC: quiet"
    assert (values["address.city"], values["address.postal_code"]) == ("Lyon", "69001")


def test_a_wrong_mapping_is_one_sentence(registry: Registry, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [["Name"], ["A Exemple"]])
    with pytest.raises(Invalid, match="Colour"):
        plan(registry, path, Given({"Colour": "sex"}))
    with pytest.raises(Invalid, match="shoe_size"):
        plan(registry, path, Given({"Name": "shoe_size"}))
    documents: list[object] = [[], {"column": {}}, {"columns": {"A": 1}}, {"header_row": -1}, {"values": {"sex": "m"}}]
    for document in documents:
        assert given_of(document) is None
    with pytest.raises(BadFile):
        load_given(tmp_path / "absent.json")


def test_beside_the_passport_the_day_of_another_paper_is_not_its_own(registry: Registry) -> None:
    header = ["Name", "National ID number", "Valid until", "Passport number", "Passport valid until"]
    result = take_in_rows(registry, [header, ["Ana Exemple", "N99", "2031-01-01", "X123", "2030-01-02"]])
    said = records(registry)[0].values
    assert (said["document.number"], said["document.expires"]) == ("X123", "2030-01-02")
    assert not {"valid_until", "association.to"} & said.keys()
    assert "2 columns are not taken in: National ID number, Valid until." in result.warnings

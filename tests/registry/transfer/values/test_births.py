"""Date and place of birth in one column are two fields; what does not split is told and never goes into the place."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.queries import ReadList
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import CellProblem
from registry.transfer.values import births
from tests.registry.transfer.importing import records, take_in_rows, write_csv


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12/03/1980 à Dakar", ("12/03/1980", "Dakar")),
        ("Dakar, 12.3.1980", ("12.3.1980", "Dakar")),
        ("Né(e) à Dakar le 12 mars 1980", ("12 mars 1980", "Dakar")),
        ("NÉ LE 12/03/1980 À DAKAR", ("12/03/1980", "DAKAR")),
        ("12 mars 1980, Saint-Louis (Sénégal)", ("12 mars 1980", "Saint-Louis (Sénégal)")),
        ("Dakar (12/03/1980)", ("12/03/1980", "Dakar")),
        ("vers 1960 à Kayes", ("vers 1960", "Kayes")),
        ("12/03/80 Le Havre", ("12/03/80", "Le Havre")),
        ("A Coruña, 12/03/1980", ("12/03/1980", "A Coruña")),
        ("March 12, 1980, Manila", ("March 12, 1980", "Manila")),
        ("El Alto, 1 de enero de 1990", ("1 de enero de 1990", "El Alto")),
        ("مواليد 12/03/1980 في بيروت", ("12/03/1980", "بيروت")),
        ("ur. 12.03.1980, Gdynia", ("12.03.1980", "Gdynia")),
        ("12.03.1980 р., м. Київ", ("12.03.1980", "Київ")),
    ],
)
def test_date_and_place_are_told_apart(text: str, parts: tuple[str, str]) -> None:
    assert births.apart(text) == parts


@pytest.mark.parametrize(
    "text",
    ["Dakar", "12/03/1980", "12/03/1980 A DAKAR", "Dakar 12/03/1980 75014 Paris", "inconnu", ""],
)
def test_what_is_not_beyond_doubt_stays_whole(text: str) -> None:
    assert births.apart(text) == (text, "")


LISTED = [
    ["Nom", "Date et lieu de naissance"],
    ["Ana Exemple", "12/03/1980 à Dakar"],
    ["Bo Exemple", "Thiès, le 25.12.1975"],
    ["Cy Exemple", "1960"],
    ["Di Exemple", "Dakar"],
]


def test_one_column_fills_both_and_the_rest_is_told(registry: Registry) -> None:
    result = take_in_rows(registry, LISTED)
    assert [(r.values.get("birth_date"), r.values.get("birth_place")) for r in records(registry)] == [
        ("1980-03-12", "Dakar"),
        ("1975-12-25", "Thiès"),
        ("1960", None),
        (None, None),
    ]
    assert any("were taken apart in 2 cells" in said for said in result.warnings)
    assert [(p.row, p.column) for p in result.problems if isinstance(p, CellProblem)] == [(5, LISTED[0][1])]
    assert records(registry)[3].raw["birth_date"] == "Dakar"


@pytest.mark.parametrize(
    "heading", ["Date and place of birth", "Né(e) le / à", "DOB / POB", "تاريخ ومكان الولادة", "Geburtsdatum und -ort"]
)
def test_the_heading_may_be_in_any_language(registry: Registry, heading: str) -> None:
    take_in_rows(registry, [["Name", heading], *LISTED[1:3]])
    assert [r.values["birth_place"] for r in records(registry)] == ["Dakar", "Thiès"]


def test_the_order_is_asked_where_no_cell_shows_it(registry: Registry) -> None:
    path = write_csv(registry.folder.parent / "list.csv", [LISTED[0], LISTED[1], ["Bo Exemple", "Thiès, 5.6.1975"]])
    assert registry.read(ReadList(path, ImportOptions())).undecided == {1: "12/03/1980"}


def test_beside_a_column_of_dates_the_place_alone_is_taken(registry: Registry) -> None:
    listed = [
        ["Name", "Date of birth", "Date and place of birth"],
        ["Ana Exemple", "1980-03-12", "12/03/1980 à Dakar"],
        ["Bo Exemple", "1975-12-25", "Thiès, le 25.12.1975"],
        ["Cy Exemple", "1960-01-02", "Le Caire"],
        ["Di Exemple", "1961-01-02", "02/01/1961 A DAKAR"],
    ]
    result = take_in_rows(registry, listed)
    assert [(r.values["birth_date"], r.values.get("birth_place")) for r in records(registry)] == [
        *(("1980-03-12", "Dakar"), ("1975-12-25", "Thiès"), ("1960-01-02", "Le Caire"), ("1961-01-02", None)),
    ]
    assert any("the place of birth was taken from 3 cells" in said for said in result.warnings)
    assert any("1 cell has no place of birth beyond doubt" in said for said in result.warnings)

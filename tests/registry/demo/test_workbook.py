"""The messy workbook has every trap it promises."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from registry.demo.names import plain
from registry.demo.people import people
from registry.demo.workbook import HEADER_ROW, KNOWN, MISWRITTEN, NAMELESS, NEWCOMERS, write_messy_workbook

Line = tuple[object, ...]
LISTED = KNOWN + MISWRITTEN + NEWCOMERS


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("demo") / "list.xlsx"
    write_messy_workbook(path, 1)
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def lines(workbook: openpyxl.Workbook) -> list[Line]:
    return list(workbook.worksheets[1].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def headers(lines: list[Line]) -> list[str]:
    return [str(text or "") for text in lines[HEADER_ROW - 1]]


@pytest.fixture(scope="module")
def body(lines: list[Line]) -> list[Line]:
    return lines[HEADER_ROW:-1]


def column(headers: list[str], body: list[Line], start: str) -> list[object]:
    place = next(place for place, text in enumerate(headers) if text.startswith(start))
    return [line[place] for line in body]


def test_sheets_titles_and_header(workbook: openpyxl.Workbook, lines: list[Line], headers: list[str]) -> None:
    assert [sheet.sheet_state for sheet in workbook.worksheets] == ["hidden", "visible"]
    assert [bool(line[0]) for line in lines[: HEADER_ROW - 1]] == [True, True, True, False]
    assert sum("\n" in text for text in headers) > 10
    assert Counter(headers)["Téléphone"] == Counter(headers)["Nationalité"] == 2
    assert "Observations internes" in headers
    assert headers.index("") < headers.index("E-mail")


def test_rows_nameless_ones_and_the_total(lines: list[Line], headers: list[str], body: list[Line]) -> None:
    assert len(body) == LISTED + NAMELESS
    names = list(zip(column(headers, body, "NOM"), column(headers, body, "Prénom"), strict=True))
    assert names.count((None, None)) == NAMELESS
    assert all(str(family) == str(family).upper() for family, _given in names if family)
    assert lines[-1][0] == "TOTAL"
    assert str(LISTED) in str(lines[-1][-1])
    assert {line[headers.index("")] for line in body} == {None}


def test_values_are_written_in_many_ways(headers: list[str], body: list[Line]) -> None:
    births = column(headers, body, "Date de naissance")
    assert sum(isinstance(value, datetime) for value in births) > 20
    assert sum(isinstance(value, str) and value[2:3] == "/" and int(value[:2]) > 12 for value in births) > 3
    phones = column(headers, body, "Téléphone")
    assert sum(isinstance(value, int) for value in phones) > 5
    assert sum(isinstance(value, str) and "\u00a0" in value for value in phones) > 5
    assert sum(isinstance(value, int) and value < 10_000 for value in column(headers, body, "Code postal")) > 3
    cells = {value for line in body for value in line if isinstance(value, str)}
    assert {"N/A", "-"} <= cells


def test_twelve_of_the_registry_by_one_identifier_each(headers: list[str], body: list[Line]) -> None:
    residents = list(people(2000, 1))
    found = 0
    for field, start in (
        ("external_id", "Identifiant"),
        ("document.number", "N° passeport"),
        ("email", "E-mail"),
    ):
        known = {row[field] for row in residents if field in row}
        matches = [value for value in column(headers, body, start) if value in known]
        assert len(matches) == len(set(matches)) == KNOWN / 3
        found += len(matches)
    assert found == KNOWN


def test_miswritten_ones_have_the_letters_of_somebody_in_the_registry(headers: list[str], body: list[Line]) -> None:
    def letters(family: object, given: object) -> tuple[str, list[str]]:
        return plain(str(given)), sorted(plain(str(family)))

    residents = [letters(row.get("family_name", ""), row.get("given_name", "")) for row in people(200, 1)]
    spelt = {plain(row.get("family_name", "")) for row in people(200, 1)}
    places = [headers.index(next(h for h in headers if h.startswith(start))) for start in ("NOM", "Prénom")]
    miswritten = [
        line
        for line in body
        if letters(*(line[place] for place in places)) in residents and plain(str(line[places[0]])) not in spelt
    ]
    assert len(miswritten) == MISWRITTEN


def test_same_arguments_same_cells(tmp_path: Path, lines: list[Line]) -> None:
    write_messy_workbook(tmp_path / "again.xlsx", 1)
    again = openpyxl.load_workbook(tmp_path / "again.xlsx").worksheets[1]
    assert list(again.iter_rows(values_only=True)) == lines
    write_messy_workbook(tmp_path / "other.xlsx", 2)
    other = openpyxl.load_workbook(tmp_path / "other.xlsx").worksheets[1]
    assert list(other.iter_rows(values_only=True)) != lines


def test_a_tiny_registry_still_gets_a_list(tmp_path: Path) -> None:
    write_messy_workbook(tmp_path / "tiny.xlsx", 1, count=5)
    sheet = openpyxl.load_workbook(tmp_path / "tiny.xlsx").worksheets[1]
    assert NEWCOMERS < sheet.max_row - HEADER_ROW - 1 < LISTED

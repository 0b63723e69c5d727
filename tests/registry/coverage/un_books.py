"""Workbooks laid out as the United Nations publish the migrant stock by destination and origin; invented figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

#: As the 2019 edition writes some countries, with enough others for a table.
ORIGINS = (
    *("Afghanistan", "Albania", "Algeria", "Angola", "Argentina", "Armenia", "Australia", "Austria", "Azerbaijan"),
    *("Bolivia (Plurinational State of)", "Brazil", "Cabo Verde", "Channel Islands", "China, Hong Kong SAR"),
    *("Côte d'Ivoire", "Dem. People's Republic of Korea", "Ethiopia", "Ghana", "Guatemala", "Holy See", "India"),
    *(
        "Iran (Islamic Republic of)",
        "Mexico",
        "Philippines",
        "State of Palestine",
        "Venezuela (Bolivarian Republic of)",
    ),
)
#: Name, note, number (UN M49), type of data.
DESTINATIONS = (
    ("WORLD", None, 900, None),
    ("UN development groups", None, None, None),
    ("More developed regions", "b", 901, None),
    ("High-income countries", "e", 1503, None),
    ("Sub-Saharan Africa", "g", 947, None),
    ("EUROPE", None, 908, None),
    ("Western Europe", None, 926, None),
    ("France*", "11", 250, "B R"),
    ("Switzerland", None, 756, "B"),
    ("Channel Islands", "10", 830, "B"),
    ("Iran (Islamic Republic of)", None, 364, "B R"),
)


def edition_of_2019(path: Path, origin: str, figures: Mapping[tuple[str, int], Any]) -> Path:
    """Tables 1 to 3: total, men, women; `figures` by destination and year are the total, half of it each sex."""
    book = Workbook()
    contents = book.active
    assert contents is not None
    contents.title = "CONTENTS"
    contents["A10"] = "Table of contents"
    for number, (words, share) in enumerate((("Total", 1), ("Male", 2), ("Female", 2)), 1):
        sheet = book.create_sheet(f"Table {number}")
        _title(
            sheet,
            "International Migrant Stock 2019",
            f"Table {number} - {words} migrant stock at mid-year by"
            " origin and by major area, region, country or area of destination, 1990-2019",
        )
        head = ("Year", "Sort\norder", "Major area, region, country or area of destination", "Notes", "Code")
        for column, text in enumerate((*head, "Type of data (a)", "Country or area of origin"), 1):
            sheet.cell(15, column, text)
        for column, text in enumerate(("Total", "Other North", "Other South", *ORIGINS), 7):
            sheet.cell(16, column, text)
        for column in range(1, 7):
            sheet.merge_cells(start_row=15, end_row=16, start_column=column, end_column=column)
        sheet.merge_cells(start_row=15, end_row=15, start_column=7, end_column=9 + len(ORIGINS))
        rows = ((year, line) for year in (2015, 2019) for line in enumerate(DESTINATIONS, 1))
        for row, (year, (order, (name, note, code, kind))) in enumerate(rows, 17):
            cells: list[Any] = [year, year * 1000 + order, name, note, code, kind, ".."]
            for column, cell in enumerate(cells, 1):
                sheet.cell(row, column, cell)
            value = figures.get((name.rstrip("*"), year), "..")
            sheet.cell(row, 10 + ORIGINS.index(origin), value // share if isinstance(value, int) else value)
    book.create_sheet("NOTES")["A1"] = "(a) Type of data"
    book.save(path)
    return path


def edition_of_2020(path: Path, pairs: Sequence[tuple[str, int, str, int, Sequence[Any]]]) -> Path:
    """Table 1: a row a destination and origin with both numbers, and the years 2015 and 2020 three times."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Table 1"
    _title(
        sheet,
        "International Migrant Stock 2020",
        "Table 1: International migrant stock at mid-year by sex and by"
        " region, country or area of destination and origin, 1990-2020",
    )
    groups = {8: "International migrant stock at mid-year (both sexes combined)",
              10: "International migrant stock at mid-year (males)",
              12: "International migrant stock at mid-year (females)"}  # fmt: skip
    for column, text in groups.items():
        sheet.cell(10, column, text)
        sheet.merge_cells(start_row=10, end_row=10, start_column=column, end_column=column + 1)
    head: tuple[Any, ...] = (
        *("Index", "Region, development group, country or area of destination", "Notes of destination"),
        *("Location code of destination", "Type of data of destination"),
        *("Region, development group, country or area of origin", "Location code of origin"),
        *(2015, 2020) * 3,
    )
    for column, text in enumerate(head, 1):
        sheet.cell(11, column, text)
    for row, (destination, number, origin, of, years) in enumerate(pairs, 12):
        for column, cell in enumerate((row - 11, destination, None, number, "B", origin, of, *years), 1):
            sheet.cell(row, column, cell)
    book.save(path)
    return path


def _title(sheet: Worksheet, work: str, table: str) -> None:
    texts = ("United Nations", "Population Division", "Department of Economic and Social Affairs", None, work, table)
    for row, text in enumerate((*texts, "POP/DB/MIG/Stock/Rev.", "Copyright © by United Nations"), 1):
        sheet.cell(row, 1, text)

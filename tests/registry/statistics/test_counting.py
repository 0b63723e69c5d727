"""Counts by fields are what the list finds, and what is published tells of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from registry import setup
from registry.app import Registry
from registry.commands import ChangeSetting, LoadDemonstration, WriteStatistics
from registry.demo.people import people
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import in_language
from registry.queries import CountBy, GetRecord, ListIds
from registry.statistics.suppression import is_small


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry of invented people."""
    place = tmp_path_factory.mktemp("statistics") / "registry"
    setup.create(place, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(place, "demo", "demo") as opened:
        opened.execute(LoadDemonstration(PEOPLE, tuple(people(300, 7))))
        yield opened


@pytest.mark.parametrize("by", [("sex",), ("age",), ("generation", "sex"), ("civil_status", "return_intention")])
@pytest.mark.parametrize("query", ["", "country:FRA", "-state:deceased language:fr"])
def test_everybody_is_counted_once(registry: Registry, by: tuple[str, ...], query: str) -> None:
    found = len(registry.read(ListIds(PEOPLE, query)))
    table = registry.read(CountBy(by, query))
    assert (table.total, sum(cell.count or 0 for cell in table.cells), table.several) == (found, found, False)


def test_a_cell_counts_whom_its_query_finds(registry: Registry) -> None:
    cells = registry.read(CountBy(("address.country", "sex"))).cells
    for cell in [cell for cell in cells if all(cell.by.values())][:12]:
        query = f"country:{cell.by['address.country']} sex:{cell.by['sex']}"
        assert cell.count == len(registry.read(ListIds(PEOPLE, query)))


def test_who_has_several_values_is_counted_at_each(registry: Registry) -> None:
    table = registry.read(CountBy(("language",)))
    assert table.several
    assert sum(cell.count or 0 for cell in table.cells) > (table.total or 0)


@pytest.mark.parametrize("by", [("address.country",), ("address.country", "sex"), ("generation", "age")])
def test_what_is_published_has_no_small_count_and_no_other_number(registry: Registry, by: tuple[str, ...]) -> None:
    exact = {tuple(cell.by.items()): cell.count or 0 for cell in registry.read(CountBy(by)).cells}
    published = registry.read(CountBy(by, public=True)).cells
    assert any(cell.suppressed for cell in published)
    assert any(not cell.suppressed for cell in published)
    for cell in published:
        true = exact.get(tuple(cell.by.items()), 0)
        assert cell.suppressed or (cell.count == true and not is_small(true))


def test_a_small_total_is_withheld(registry: Registry) -> None:
    (someone, *_others) = registry.read(ListIds(PEOPLE))
    number = registry.read(GetRecord(PEOPLE, someone)).number
    table = registry.read(CountBy(("sex",), f"number:{number}", public=True))
    assert (table.total, [cell.count for cell in table.cells]) == (None, [None])
    assert registry.read(CountBy(("sex",), f"number:{number}")).total == 1


def test_what_cannot_be_counted_is_said(registry: Registry) -> None:
    for by, words in (
        ((), "Count by one field"),
        (("sex", "age", "state"), "Count by one field"),
        (("sex", "sex"), "twice"),
        (("shoe_size",), "shoe_size"),
    ):
        with pytest.raises(Invalid, match=words):
            registry.read(CountBy(by))
    with pytest.raises(Invalid, match="protected"):
        registry.read(CountBy(("trust",), public=True))
    assert registry.read(CountBy(("trust",))).total


def test_files_say_what_the_table_says(registry: Registry, tmp_path: Path) -> None:
    registry.confirm("demo")
    book = tmp_path / "counts.xlsx"
    table = registry.execute(WriteStatistics(("sex", "age"), "", book, "a test", public=True)).value
    head, *lines = [list(line) for line in openpyxl.load_workbook(book)["Statistics"].values]
    assert head[1:] == list(table.groups[1].values())
    shown = {(line[0], column): cell for line in lines for column, cell in zip(head[1:], line[1:], strict=True)}
    for cell in table.cells:
        at = (table.groups[0][cell.by["sex"]], table.groups[1][cell.by["age"]])
        assert shown[at] == ("…" if cell.suppressed else cell.count)
    text = tmp_path / "counts.csv"
    registry.confirm("demo")
    registry.execute(WriteStatistics(("sex",), "", text, "a test"))
    assert text.read_text("utf-8-sig").splitlines()[0] == "sex,label,count"
    with pytest.raises(Invalid, match=r"\.xlsx, \.csv or \.pdf"):
        registry.execute(WriteStatistics(("sex",), "", tmp_path / "counts.docx", "a test"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("by", [("age", "sex"), ("arrival_year",), ("address.country", "generation")])
def test_a_page_tells_every_count(registry: Registry, tmp_path: Path, by: tuple[str, ...], language: str) -> None:
    file = tmp_path / "counts.pdf"
    registry.confirm("demo")
    with in_language(language):
        table = registry.execute(WriteStatistics(by, "", file, "a test", public=True)).value
    pages = [page.extract_text() for page in PdfReader(file).pages]
    words = " ".join(" ".join(pages).split())
    for head in (*table.rows, *table.columns):
        assert head.label.split()[0] in words
    for count in (table.total, *(head.count for head in table.rows)):
        assert (f"{count:,}".replace(",", "\u202f" if language == "fr" else ",") if count is not None else "…") in words
    assert "a test" not in words, "the reason stays in the history"


def test_who_does_not_count_is_left_out_when_asked(registry: Registry) -> None:
    registry.execute(ChangeSetting("belonging", "generation:first"))
    whole, within = (registry.read(CountBy(("sex",), everybody=everybody)) for everybody in (True, False))
    registry.execute(ChangeSetting("belonging", ""))
    assert whole.total == 300
    assert within.total == whole.total - within.outside < whole.total
    assert within.belonging

"""Map, Report: the pages are made, turned, made anew in another language, and written with their numbers."""

from __future__ import annotations

from pathlib import Path

from tests.ui.conftest import Screen
from ui.mapping.report_tab import ReportTab
from ui.pages.map import MapPage


def report(screen: Screen) -> ReportTab:
    window = screen.enter()
    page = MapPage(window.desk, window)
    page.show()
    page.arrive("report")
    screen.settle()
    tab = page.tabs["report"]
    assert isinstance(tab, ReportTab)
    return tab


def test_pages_are_made_and_turned(screen: Screen) -> None:
    tab = report(screen)
    assert tab.seen is not None
    pages = tab.seen.made.pages
    assert tab.place.text() == f"Page 1 of {pages}"
    assert not tab.sheet.image.isNull()
    first = tab.sheet.image.copy()
    tab.turn(1)
    screen.settle()
    assert tab.place.text() == f"Page 2 of {pages}"
    assert tab.sheet.image != first
    tab.turn(-5)
    assert tab.place.text().startswith("Page 1 ")


def test_another_language_makes_other_pages(screen: Screen) -> None:
    tab = report(screen)
    assert tab.seen is not None
    english = tab.seen.pdf
    tab.language.setCurrentIndex(tab.language.findData("ar"))
    tab.language.activated.emit(tab.language.currentIndex())
    screen.settle()
    assert tab.seen.pdf != english


def test_it_is_written_with_its_numbers(screen: Screen, tmp_path: Path) -> None:
    tab = report(screen)
    file = tmp_path / "report.pdf"
    tab.write(file)
    screen.settle()
    assert file.read_bytes().startswith(b"%PDF")
    assert (tmp_path / "report-data.xlsx").exists()
    tab.data.setChecked(False)
    other = tmp_path / "other.pdf"
    tab.write(other)
    screen.settle()
    assert other.exists()
    assert not (tmp_path / "other-data.xlsx").exists()

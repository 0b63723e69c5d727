"""Map, Coverage and Visits; posts in the administration: by keyboard, on the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from registry.app import Registry
from registry.commands import ChangeSetting
from registry.demo import surroundings
from registry.queries import ListEstimates, ListPosts, Search
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from tests.ui.test_administration import administration
from ui.administration.posts_tab import PostsTab
from ui.mapping.coverage_tab import CoverageTab
from ui.mapping.save_plans import SaveCoverageDialog, SaveVisitsDialog
from ui.mapping.taking_in import LEFT_OUT
from ui.mapping.visits_tab import VisitsTab
from ui.pages.map import MapPage
from ui.pages.outreach import OutreachPage
from ui.pages.records import RecordsPage


@pytest.fixture
def surrounded(folder: Path) -> Path:
    """With the demonstration's posts and estimates."""
    with Registry.open(folder, "demo", "demo") as registry:
        surroundings.fill(registry, PEOPLE)
    return folder


def coverage(screen: Screen, user: str = "demo", password: str = "demo") -> CoverageTab:
    page = screen.enter(user, password, "map").page
    assert isinstance(page, MapPage)
    page.arrive("coverage")
    screen.settle()
    tab = page.tabs["coverage"]
    assert isinstance(tab, CoverageTab)
    return tab


def visits(screen: Screen) -> VisitsTab:
    page = screen.enter(place="map").page
    assert isinstance(page, MapPage)
    page.arrive("visits")
    screen.settle()
    tab = page.tabs["visits"]
    assert isinstance(tab, VisitsTab)
    return tab


def shown_people(screen: Screen) -> int:
    """How many the list of people shows."""
    screen.settle()
    page = screen.window.page
    assert isinstance(page, RecordsPage)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        return registry.read(Search(page.query)).total


def test_a_line_opens_exactly_its_people(screen: Screen, surrounded: Path) -> None:
    tab = coverage(screen)
    assert tab.found is not None
    place, line = next((i, r) for i, r in enumerate(tab.table.things) if r.country == "DEU")
    tab.table.setFocus()
    tab.table.choose(place)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    assert screen.window.page_code == "people"
    assert shown_people(screen) == line.registered


def test_years_sources_cities_and_who_counts_are_chosen(screen: Screen, surrounded: Path) -> None:
    with Registry.open(surrounded, "demo", "demo") as registry:
        registry.execute(ChangeSetting("belonging", "sex:female"))
    tab = coverage(screen)
    assert tab.found is not None
    women = tab.found.registered
    assert "Who counts: Sex: Female." in tab._notes.text()
    tab.everybody.click()
    screen.settle()
    assert tab.found.registered > women
    QTest.keyClick(tab.place, Qt.Key.Key_Down)
    tab.place.activated.emit(1)
    screen.settle()
    assert {row.city_id != 0 for row in tab.table.things} == {True}
    tab.year.setCurrentIndex(2)
    tab.year.activated.emit(2)
    screen.settle()
    assert {row.estimate.year for row in tab.table.things if row.estimate} == {tab.year.currentData()}


def test_an_estimate_is_written_down_and_what_is_wrong_stands_at_its_field(screen: Screen) -> None:
    tab = coverage(screen)
    estimates = tab.open_estimates()
    screen.settle()
    dialog = estimates.add()
    dialog.country.set_code("FRA")
    for line, text in ((dialog.year, "19"), (dialog.population, "12 500"), (dialog.source, "A census")):
        QTest.keyClicks(line, text)
    QTest.keyClick(dialog.source, Qt.Key.Key_Return)
    screen.settle()
    assert "is not a year" in dialog.year.accessibleDescription()
    dialog.year.setText("2019")
    QTest.keyClick(dialog.year, Qt.Key.Key_Return)
    screen.settle()
    assert [(one.country, one.population) for one in estimates.table.things] == [("FRA", 12500)]
    assert next(r for r in tab.table.things if r.country == "FRA").estimate is not None
    estimates.table.choose(0)
    estimates.remove()
    screen.settle()
    assert not estimates.table.things
    tab.desk.undo()
    screen.settle()
    assert [one.population for one in estimates.table.things] == [12500]


def test_a_list_is_shown_before_it_is_taken_in(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "census.csv"
    path.write_text("country,year,people\nFRA,2020,500\nAtlantis,2020,5\n", encoding="utf-8")
    estimates = coverage(screen).open_estimates()
    screen.settle()
    dialog = estimates.take(path)
    screen.settle()
    assert [row.outcome for row in dialog.table.things] == [LEFT_OUT, LEFT_OUT]
    assert not dialog.main.isEnabled()
    QTest.keyClicks(dialog.source, "A census")
    dialog.source.editingFinished.emit()
    screen.settle()
    assert [(row.number, row.outcome) for row in dialog.table.things] == [(2, "new"), (3, LEFT_OUT)]
    QTest.keyClick(dialog.main, Qt.Key.Key_Space)
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert [(one.country, one.source) for one in registry.read(ListEstimates())] == [("FRA", "A census")]


def test_a_file_that_holds_no_estimates_is_refused(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Full name\nEve Other\n", encoding="utf-8")
    dialog = coverage(screen).open_estimates().take(path)
    screen.settle()
    assert "holds no estimates" in dialog.trouble.text
    assert not dialog.main.isEnabled()


def test_a_clerk_compares_and_writes_no_estimates(screen: Screen, surrounded: Path) -> None:
    tab = coverage(screen, "clerk", CLERK_PASSWORD)
    assert tab.table.things
    assert tab.estimates.isHidden()


def test_coverage_is_saved_with_a_reason(screen: Screen, surrounded: Path, tmp_path: Path) -> None:
    tab = coverage(screen)
    tab.save_table()
    dialog = screen.window.findChildren(SaveCoverageDialog)[-1]
    assert not dialog._main.isEnabled()
    dialog.reason.setText("yearly report")
    assert dialog._main.isEnabled()
    tab.desk.runner.registry.confirm("demo")
    dialog.write(tmp_path / "coverage.xlsx")
    screen.settle()
    assert (tmp_path / "coverage.xlsx").stat().st_size > 1000


def test_a_visit_opens_its_people_and_begins_an_invitation(screen: Screen, surrounded: Path) -> None:
    tab = visits(screen)
    assert tab.plan is not None
    assert tab.plan.visits
    tab.visits.setFocus()
    tab.visits.choose(0)
    QTest.keyClick(tab.visits, Qt.Key.Key_Return)
    assert screen.window.page_code == "people"
    assert shown_people(screen) == tab.plan.visits[0].people
    tab.desk.go("map", "visits")
    screen.settle()
    tab.begin_letter()
    screen.settle()
    page = screen.window.page
    assert isinstance(page, OutreachPage)
    assert page.flow is not None
    assert page.flow.letter._draft.template == "mobile-consulate"


def test_numbers_turn_the_plan_and_distances_open_people(screen: Screen, surrounded: Path, tmp_path: Path) -> None:
    tab = visits(screen)
    assert tab.plan is not None
    before = tab.plan.far
    tab.beyond.setValue(500)
    screen.settle()
    assert tab.plan.far < before
    tab.count.setFocus()
    QTest.keyClick(tab.count, Qt.Key.Key_Up)
    screen.settle()
    assert len(tab.plan.visits) == 6
    assert sum(sum(each.nearest) for each in tab.posts.things) == sum(band.people for band in tab.bands.things)
    tab.centre.setValue(20)
    screen.settle()
    assert tab.large.things
    place, band = next((i, b) for i, b in enumerate(tab.bands.things) if b.people)
    tab.bands.choose(place)
    QTest.keyClick(tab.bands, Qt.Key.Key_Return)
    assert shown_people(screen) == band.people
    tab.save_plan()
    dialog = screen.window.findChildren(SaveVisitsDialog)[-1]
    dialog.reason.setText("plan of the year")
    tab.desk.runner.registry.confirm("demo")
    dialog.write(tmp_path / "visits.xlsx")
    screen.settle()
    assert (tmp_path / "visits.xlsx").exists()


def test_without_posts_it_says_where_to_write_them_down(screen: Screen) -> None:
    tab = visits(screen)
    assert tab.plan is None
    assert "No post is in service" in tab.state.accessibleName()
    assert tab.state._main is not None
    QTest.keyClick(tab.state._main, Qt.Key.Key_Space)
    screen.settle()
    assert screen.window.page_code == "administration"


def test_posts_are_kept_in_the_administration(screen: Screen) -> None:
    tab = administration(screen, "posts").tabs["posts"]
    assert isinstance(tab, PostsTab)
    dialog = tab.add()
    assert dialog.code.text() == "LYS"
    dialog.name.setText("Consulate General")
    dialog.city.setText("Atlantis")
    dialog.save()
    screen.settle()
    assert "is not a city of France" in dialog.city.accessibleDescription()
    dialog.city.setText("Lyon")
    dialog.areas.setText("Auvergne-Rhône-Alpes; Switzerland")
    QTest.keyClick(dialog.areas, Qt.Key.Key_Return)
    screen.settle()
    assert [(one.code, one.own, one.areas) for one in tab.table.things] == [("LYS", True, ("FR-ARA", "CHE"))]
    tab.table.choose(0)
    tab.remove()
    screen.settle()
    assert tab.table.things == ()
    tab.desk.undo()
    screen.settle()
    assert len(tab.table.things) == 1


def test_a_list_of_posts_is_taken_in_and_the_own_one_is_missed(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("code,name,country,city\nGVA,Consulate,CHE,Geneva\n", encoding="utf-8")
    tab = administration(screen, "posts").tabs["posts"]
    assert isinstance(tab, PostsTab)
    dialog = tab.take(path)
    screen.settle()
    QTest.keyClick(dialog.main, Qt.Key.Key_Space)
    screen.settle()
    assert [one.code for one in tab.table.things] == ["GVA"]
    assert "LYS, is not among them" in tab.missing.text
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert [one.own for one in registry.read(ListPosts())] == [False]

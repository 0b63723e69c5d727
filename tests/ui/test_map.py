"""The place Map by keyboard and mouse: shade, come near, open the people of a country or city, save."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from registry.access import CONFIRM_ABOVE
from registry.app import Registry
from registry.commands import ChangeSetting
from registry.queries import Search
from tests.ui.conftest import CLERK_PASSWORD, Screen, make
from ui.dialogs.password import PasswordDialog
from ui.mapping import outline_paths
from ui.mapping.home_tab import HomeTab
from ui.mapping.map_tab import MapTab
from ui.mapping.save_map import SaveMapDialog
from ui.pages.map import MapPage


def shown(screen: Screen, user: str = "demo", password: str = "demo") -> MapTab:
    """The map, its people counted."""
    page = screen.enter(user, password, "map").page
    assert isinstance(page, MapPage)
    screen.settle()
    tab = page.tabs["map"]
    assert isinstance(tab, MapTab)
    screen.bot.waitUntil(lambda: tab.world is not None)
    return tab


def pixel(tab: MapTab, code: str) -> QPoint:
    """Where a country is in the view."""
    place = outline_paths.anchor(code)
    assert place is not None
    return tab.view.camera.transform.map(place).toPoint()


def shade(screen: Screen, tab: MapTab, code: str) -> None:
    """Choose by keyboard what the map is shaded by."""
    tab.by.setFocus()
    QTest.keyClick(tab.by, Qt.Key.Key_Home)
    for _step in range(tab.by.findData(code)):
        QTest.keyClick(tab.by, Qt.Key.Key_Down)
    screen.settle()
    assert tab.by.currentData() == code


def test_the_list_beside_the_map_has_the_same_numbers_and_opens_the_people(screen: Screen) -> None:
    tab = shown(screen)
    assert tab.world is not None
    assert tab.table.hasFocus()
    assert [c.code for c in tab.table.things] == [c.code for c in tab.world.countries]
    QTest.keyClick(tab.table, Qt.Key.Key_Down)
    chosen = tab.table.current
    assert chosen is not None
    assert tab.view.mark == chosen.code
    assert chosen.label in tab.view.accessibleDescription()
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    screen.settle()
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == chosen.count


def test_a_click_opens_the_people_of_a_country_and_a_second_one_comes_near(screen: Screen) -> None:
    tab = shown(screen)
    assert tab.world is not None
    at = pixel(tab, "FRA")
    QTest.mouseMove(tab.view, at)
    assert tab.view.under(QPointF(at)) == (None, "FRA")
    QTest.mouseDClick(tab.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert tab.view.camera.near > 4
    assert tab.view.clusters
    assert screen.window.page_code == "map"
    tab.view.whole()
    QTest.mouseClick(tab.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel(tab, "USA"))
    assert tab.table.current is not None
    assert tab.table.current.code == "USA"
    screen.bot.waitUntil(lambda: screen.window.page_code == "people")
    screen.settle()
    found = {country.code: country.count for country in tab.world.countries}
    assert len(screen.page.table.records.ids) == found["USA"]


def test_a_city_opens_its_people(screen: Screen) -> None:
    tab = shown(screen)
    tab.view.look_at("FRA")
    tab.view.zoom(3)
    screen.settle()
    alone = next(cluster for cluster in tab.view.clusters if len(cluster.cities) == 1)
    tab.view.camera.centre = QPointF(alone.x, alone.y)
    at = tab.view.camera.transform.map(QPointF(alone.x, alone.y)).toPoint()
    QTest.mouseClick(tab.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    screen.settle()
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == alone.count


def test_the_map_moves_by_keyboard_and_by_hand(screen: Screen) -> None:
    view = shown(screen).view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    near, centre = view.camera.near, view.camera.centre
    assert near > 2
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.centre.x() > centre.x()
    held = view.camera.on_plane(QPointF(100, 100))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 100))
    QTest.mouseMove(view, QPoint(140, 130))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(140, 130))
    away = view.camera.on_plane(QPointF(140, 130)) - held
    assert abs(away.x()) + abs(away.y()) < 1e-6
    screen.settle()
    assert screen.window.page_code == "map"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.camera.near == 1
    view.set_mark("JPN")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.camera.near > 3


def test_what_is_drawn_while_it_moves_is_what_is_drawn_at_rest(screen: Screen) -> None:
    tab = shown(screen)
    view = tab.view
    view.zoom(2)
    screen.settle()
    view._settle()
    view.camera.move(QPointF(-60, 25))
    moving = view.grab().toImage()
    view._settle()
    still = view.grab().toImage()
    wide, high = still.width(), still.height()
    places = [(wide * i // 12, high * j // 12) for i in range(1, 12) for j in range(1, 12)]
    same = sum(moving.pixelColor(*at) == still.pixelColor(*at) for at in places)
    assert same > 0.9 * len(places)


def test_shades_follow_what_is_chosen_and_the_legend_says_what_they_mean(screen: Screen) -> None:
    tab = shown(screen)
    assert tab.world is not None
    most = tab.world.countries[0].code
    at = pixel(tab, "USA")
    tab.view._settle()
    assert tab.view.grab().toImage().pixelColor(at) == QColor(tab.view.shown.colours["USA"])
    assert tab.view.shown.colours[most] != tab.view.shown.colours[tab.world.countries[-1].code]
    assert "and more" in tab.legend.accessibleName()
    shade(screen, tab, "growth")
    assert tab.years.isVisible()
    assert "%" in tab.legend.accessibleName()
    shade(screen, tab, "part")
    assert tab.part.isVisible()
    assert tab.world.asked.part == "willing:yes"
    tab.part.box.setFocus()
    tab.part.box.clear()
    QTest.keyClicks(tab.part.box, "sex:female")
    screen.bot.waitUntil(lambda: tab.world is not None and tab.world.asked.part == "sex:female")
    tab.kind.setFocus()
    QTest.keyClick(tab.kind, Qt.Key.Key_Down)
    screen.settle()
    assert tab.by.findData("growth") < 0


def test_the_search_box_narrows_the_map_and_who_is_nowhere_is_told(screen: Screen) -> None:
    tab = shown(screen)
    assert tab.world is not None
    everybody = tab.world.total or 0
    screen.window.search.setText("sex:female")
    screen.window.search.searched.emit("sex:female")
    screen.settle()
    assert tab.world is not None
    assert 0 < (tab.world.total or 0) < everybody
    assert tab.unknown.isVisible()
    unknown = tab.world.unknown
    tab.unknown.click()
    screen.settle()
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == unknown


def test_nobody_found_is_said_and_a_broken_query_is_told_at_the_box(screen: Screen) -> None:
    tab = shown(screen)
    screen.window.search.searched.emit("number:X-0")
    screen.settle()
    assert "Nobody to show" in tab.state.accessibleName()
    screen.window.search.searched.emit("contry:FR")
    screen.settle()
    assert "contry" in screen.window.search.toolTip()


def test_a_map_is_saved_with_a_reason_or_for_publication_without(screen: Screen, tmp_path: Path) -> None:
    tab = shown(screen)
    assert tab.world is not None
    assert (tab.world.total or 0) > CONFIRM_ABOVE
    tab.save.click()
    dialog = screen.window.findChildren(SaveMapDialog)[-1]
    assert not dialog._main.isEnabled()
    dialog.public.click()
    assert dialog._main.isEnabled()
    published = tmp_path / "published.svg"
    dialog.write(published)
    screen.settle()
    screen.bot.waitUntil(published.exists)
    assert "Withheld" in "".join(ElementTree.parse(published).getroot().itertext())
    tab.save.click()
    dialog = screen.window.findChildren(SaveMapDialog)[-1]
    QTest.keyClicks(dialog.reason, "Yearly report")
    exact = tmp_path / "exact.svg"
    dialog.write(exact)
    screen.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasswordDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QWidget)
    line = asked.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "demo")
    QTest.keyClick(line, Qt.Key.Key_Return)
    screen.settle()
    screen.bot.waitUntil(exact.exists)
    assert "Withheld" not in "".join(ElementTree.parse(exact).getroot().itertext())


def test_a_country_that_is_looked_at_is_saved_alone_with_its_cities(screen: Screen, tmp_path: Path) -> None:
    tab = shown(screen)
    tab.view.set_mark("FRA")
    tab.view.look_at("FRA")
    tab.save.click()
    dialog = screen.window.findChildren(SaveMapDialog)[-1]
    assert dialog.alone.isVisible()
    dialog.public.click()
    dialog.alone.click()
    assert not dialog.public.isChecked()
    assert not dialog.public.isEnabled()
    QTest.keyClicks(dialog.reason, "Yearly report")
    tab.desk.runner.registry.confirm("demo")
    file = tmp_path / "france.svg"
    dialog.write(file)
    screen.bot.waitUntil(file.exists)
    said = "".join(ElementTree.parse(file).getroot().itertext())
    assert "Lyon" in said
    assert "France" in said
    screen.settle()


def test_who_counts_is_told_and_everybody_is_counted_for_once(screen: Screen) -> None:
    tab = shown(screen)
    assert not tab.everybody.isVisible()
    tab.desk.execute(ChangeSetting("belonging", "sex:female"))
    screen.settle()
    screen.settle()
    assert tab.world is not None
    assert "Who counts" in tab._notes.text()
    tab.everybody.click()
    screen.settle()
    assert tab.world is not None
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert tab.world.total == registry.read(Search("", limit=1)).total


def test_a_clerk_sees_the_map_and_an_auditor_does_not(screen: Screen) -> None:
    tab = shown(screen, "clerk", CLERK_PASSWORD)
    assert tab.table.things
    window = screen.enter("auditor", CLERK_PASSWORD, "administration")
    assert "map" not in [place.code for place in window.places]


def test_an_empty_registry_says_that_nobody_is_there(screen: Screen, tmp_path: Path) -> None:
    make(tmp_path / "empty")
    window = screen.program.enter(Registry.open(tmp_path / "empty", "demo", "demo"), "map")
    screen.settle()
    page = window.page
    assert isinstance(page, MapPage)
    tab = page.tabs["map"]
    assert isinstance(tab, MapTab)
    assert "Nobody to show" in tab.state.accessibleName()
    assert not tab.save.isEnabled()


def test_regions_of_origin_open_their_people_from_the_picture_and_the_list(screen: Screen, tmp_path: Path) -> None:
    page = screen.enter(place="map").page
    assert isinstance(page, MapPage)
    page.arrive("origins")
    screen.settle()
    tab = page.tabs["origins"]
    assert isinstance(tab, HomeTab)
    assert tab.home is not None
    assert tab.table.hasFocus()
    assert tab.view.figure is not None
    assert tab.home.districts[0].label in tab.view.figure.alternative
    tab.save.click()
    dialog = screen.window.findChildren(SaveMapDialog)[-1]
    dialog.public.click()
    file = tmp_path / "origins.svg"
    dialog.write(file)
    screen.bot.waitUntil(file.exists)
    screen.settle()
    tab.table.choose(1)
    chosen = tab.table.current
    assert chosen is not None
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    screen.settle()
    assert screen.window.page_code == "people"
    assert len(screen.page.table.records.ids) == chosen.count

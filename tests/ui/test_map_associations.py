"""Map, Associations: one table at a time, and the lists behind its lines."""

from __future__ import annotations

from registry.app import Registry
from registry.queries import ListIds
from tests.ui.conftest import Screen
from ui.mapping.associations_tab import AssociationsTab
from ui.pages.map import MapPage


def associations(screen: Screen) -> tuple[list[tuple[str, object]], AssociationsTab]:
    """The part, and where it asks to go."""
    window = screen.enter()
    page = MapPage(window.desk, window)
    asked: list[tuple[str, object]] = []
    window.desk.place_asked.disconnect()
    window.desk.place_asked.connect(lambda place, intent: asked.append((place, intent)))
    page.show()
    page.arrive("associations")
    screen.settle()
    tab = page.tabs["associations"]
    assert isinstance(tab, AssociationsTab)
    return asked, tab


def show(tab: AssociationsTab, code: str) -> None:
    tab.view.setCurrentIndex(tab.view.findData(code))
    tab.view.activated.emit(tab.view.currentIndex())


def test_a_sort_opens_its_associations(screen: Screen) -> None:
    asked, tab = associations(screen)
    sort = tab.sorts.things[0]
    tab.open.click()
    assert asked == [("associations", ("query", sort.query))]


def test_a_country_opens_its_people_its_members_and_its_associations(screen: Screen) -> None:
    asked, tab = associations(screen)
    show(tab, "countries")
    place = tab.places.things[0]
    for each in (tab.people, tab.organised, tab.bodies):
        assert not each.isHidden()
        each.click()
    assert asked == [
        ("people", ("query", place.query)),
        ("people", ("query", place.organised_query)),
        ("associations", ("query", place.associations_query)),
    ]
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert len(registry.read(ListIds("people", place.query))) == place.people


def test_places_without_an_association_are_listed_and_no_umbrella_is_said_so(screen: Screen) -> None:
    _asked, tab = associations(screen)
    show(tab, "without")
    assert all(not place.associations for place in tab.places.things)
    assert tab.places.things
    show(tab, "tree")
    assert tab._stack.currentWidget() is tab._state
    assert tab.open.isHidden()

"""Map, Engagement: segments described, ways to engage, concerns, and what each line opens."""

from __future__ import annotations

from registry.changes import Changes
from registry.commands import SaveSegment
from tests.ui.conftest import Screen
from ui.mapping.engagement_tab import EngagementTab
from ui.pages.map import MapPage


def engagement(screen: Screen, view: str) -> tuple[list[tuple[str, object]], EngagementTab]:
    """The part, and where it asks to go."""
    window = screen.enter()
    page = MapPage(window.desk, window)
    asked: list[tuple[str, object]] = []
    window.desk.place_asked.disconnect()
    window.desk.place_asked.connect(lambda place, intent: asked.append((place, intent)))
    page.show()
    page.arrive("engagement")
    tab = page.tabs["engagement"]
    assert isinstance(tab, EngagementTab)
    tab.show_view(view)
    screen.settle()
    return asked, tab


def test_a_group_that_is_typed_is_described_and_opens(screen: Screen) -> None:
    asked, tab = engagement(screen, "profiles")
    assert len(tab.profiles.groups.things) > 3
    tab.profiles.query.setText("sex:female")
    tab.profiles.arrive()
    screen.settle()
    (group,) = tab.profiles.groups.things
    assert f"{group.total} people beside" in tab.profiles._note.text() or not group.values
    tab.profiles._open(group)
    assert asked == [("people", ("query", "sex:female"))]


def test_a_query_that_cannot_be_read_says_why(screen: Screen) -> None:
    _asked, tab = engagement(screen, "profiles")
    tab.profiles.query.setText("nonsense:1")
    tab.profiles.arrive()
    screen.settle()
    assert tab.profiles._stack.currentIndex() == 0
    assert "nonsense" in tab.profiles._state.accessibleName()


def test_a_cell_of_the_ways_opens_its_people(screen: Screen) -> None:
    asked, tab = engagement(screen, "ways")
    assert tab.ways.found is not None
    tab.ways.table.opened.emit(-1, 0)
    assert asked == [("people", ("query", tab.ways.found.table.query_of(None, 0)))]
    before = tab.ways.found.table.total or 0
    tab.ways.channel.setCurrentIndex(tab.ways.channel.findData("letter"))
    tab.ways.channel.activated.emit(tab.ways.channel.currentIndex())
    screen.settle()
    assert 0 < (tab.ways.found.table.total or 0) < before


def test_concerns_are_narrowed_by_theme_and_open_a_card(screen: Screen) -> None:
    asked, tab = engagement(screen, "concerns")
    view = tab.concerns
    assert view.found is not None
    assert len(view.concerns.things) == view.found.waiting
    place, theme = next((i, t) for i, t in enumerate(view.themes.things) if t.code and t.waiting)
    view.themes.choose(place)
    view.narrow()
    screen.settle()
    assert len(view.concerns.things) == theme.waiting
    assert {concern.theme for concern in view.concerns.things} == {theme.label}
    view.concerns.choose(0)
    view._open()
    assert asked == [("people", ("open", view.concerns.things[0].record))]


def test_a_segment_that_is_saved_is_described_at_once(screen: Screen) -> None:
    _asked, tab = engagement(screen, "profiles")
    tab.desk.execute(SaveSegment("Women", "sex:female"))
    screen.settle()
    assert "segments" in MapPage.kinds
    tab.refresh(Changes({"segments": frozenset({1})}))
    screen.settle()
    assert [profile.name for profile in tab.profiles.groups.things] == ["Women"]

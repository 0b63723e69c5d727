"""Quality: what waits for a code, decided by keyboard; host countries in the administration."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from registry.app import Registry
from registry.queries import HostFacts, ListTerms, UncodedValues
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_administration import administration
from ui.administration.hosts_tab import HostFactDialog, HostsTab
from ui.administration.lists_tab import ListsTab
from ui.pages.quality import QualityPage
from ui.quality.coding_tab import CodingTab


def quality(screen: Screen, user: str = "demo", password: str = "demo") -> CodingTab:
    """What is to be coded, in the place Quality."""
    page = screen.enter(user, password, "quality").page
    assert isinstance(page, QualityPage)
    page.arrive("coding")
    screen.settle()
    return page.coding


def test_a_text_is_coded_by_keyboard_for_all_who_have_it(screen: Screen) -> None:
    page = quality(screen)
    place, value = next((i, v) for i, v in enumerate(page.table.things) if v.field == "skill")
    page.table.choose(place)
    assert page.question.line is not None
    page.question.line.clear()
    QTest.keyClicks(page.question.line, "masonry")
    QTest.keyClick(page.question.line, Qt.Key.Key_Return)
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        left = {(v.field, v.text) for v in registry.read(UncodedValues("people"))}
    assert (value.field, value.text) not in left


def test_who_may_not_edit_sees_what_waits_and_decides_nothing(screen: Screen) -> None:
    page = quality(screen, "outreach", CLERK_PASSWORD)
    assert page.table.things
    assert not page.question.isVisible()


def test_a_host_country_is_written_down_and_a_missing_source_told(screen: Screen) -> None:
    tab = administration(screen, "hosts").tabs["hosts"]
    assert isinstance(tab, HostsTab)
    dialog = tab.add()
    assert isinstance(dialog, HostFactDialog)
    dialog.country.set_code("FRA")
    dialog.topic.set_code("dual_citizenship")
    dialog.value.set_code("yes")
    dialog.save()
    screen.settle()
    assert "Say where this is known from" in dialog._trouble.text
    dialog.source.setText("Civil code")
    dialog.save()
    screen.settle()
    assert [fact.value for fact in tab.table.things] == ["yes"]
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert [fact.country for fact in registry.read(HostFacts())] == ["FRA"]


def test_a_text_that_the_list_lacks_becomes_a_term_of_it(screen: Screen) -> None:
    page = quality(screen)
    place, value = next((i, v) for i, v in enumerate(page.table.things) if v.field == "skill")
    page.table.choose(place)
    page.add()
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert [term.label for term in registry.read(ListTerms())] == [value.text]
        assert (value.field, value.text) not in {(v.field, v.text) for v in registry.read(UncodedValues("people"))}


def test_a_ministrys_list_is_imported_and_one_that_is_none_is_refused(screen: Screen) -> None:
    tab = administration(screen, "lists").tabs["lists"]
    assert isinstance(tab, ListsTab)
    path = screen.folder.parent / "national.csv"
    path.write_text("code,label,parent\n9629-3,Lantern keepers,9629\n", encoding="utf-8")
    tab.list.setCurrentIndex(tab.list.findData("isco"))
    tab.take(path)
    screen.settle()
    assert [(term.code, term.source) for term in tab.table.things] == [("9629-3", "national.csv")]
    path.write_text("nothing,here\n1,2\n", encoding="utf-8")
    tab.take(path)
    screen.settle()
    assert len(tab.table.things) == 1
    tab.table.choose(0)
    tab.remove()
    screen.settle()
    assert not tab.table.things

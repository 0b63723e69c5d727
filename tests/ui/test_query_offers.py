"""What is offered under the search box while one types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from registry.i18n import in_language
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_people import press, write
from ui.widgets.query_offers import QueryOffers

KEYS = Qt.Key


def offered(screen: Screen, typed: str) -> QueryOffers:
    """The offers, after `typed` was typed into the empty search box."""
    window = screen.window
    window.search.clear()
    window.search.setFocus()
    write(typed)
    screen.bot.waitUntil(window.offers.isVisible, timeout=5_000)
    return window.offers


def click(offers: QueryOffers) -> None:
    """Click the first entry."""
    place = offers.visualRect(offers.model().index(0, 0)).center()
    QTest.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=place)


def row(offers: QueryOffers, number: int) -> tuple[str, str]:
    item = offers.topLevelItem(number)
    assert item is not None
    return item.text(0), item.text(1)


def test_a_field_and_a_value_are_chosen_by_keyboard(screen: Screen) -> None:
    window = screen.enter()
    offers = offered(screen, "coun")
    assert QApplication.focusWidget() is window.search
    assert row(offers, 0) == ("Country", "country:")
    press(KEYS.Key_Down)
    press(KEYS.Key_Return)
    assert window.search.text() == "country:"
    screen.bot.waitUntil(lambda: "country:France" in offers.texts(), timeout=5_000)
    label, count = row(offers, 0)
    assert label == "France"
    press(KEYS.Key_Down)
    press(KEYS.Key_Return)
    assert window.search.text() == "country:France "
    assert not offers.isVisible()
    screen.bot.waitUntil(lambda: screen.page.table.records.rowCount() == int(count), timeout=5_000)
    assert QApplication.focusWidget() is window.search
    write("sex:f")
    screen.bot.waitUntil(lambda: offers.texts()[:1] == ["sex:Female"], timeout=5_000)
    click(offers)
    assert window.search.text() == "country:France sex:Female "


def test_offers_never_steal_what_is_typed(screen: Screen) -> None:
    window = screen.enter()
    offers = offered(screen, "sex:")
    write("mal")
    assert window.search.text() == "sex:mal"
    screen.bot.waitUntil(lambda: offers.texts()[:1] == ["sex:Male"], timeout=5_000)
    press(KEYS.Key_Return)  # nothing was chosen: what stands there is searched
    assert window.search.text() == "sex:mal"
    assert not offers.isVisible()


def test_escape_puts_the_offers_away_and_then_empties_the_box(screen: Screen) -> None:
    window = screen.enter()
    offers = offered(screen, "sex:")
    press(KEYS.Key_Down)
    press(KEYS.Key_Down)
    press(KEYS.Key_Up)
    press(KEYS.Key_Up)
    assert offers.currentIndex().row() == -1
    press(KEYS.Key_Escape)
    assert not offers.isVisible()
    assert window.search.text() == "sex:"
    press(KEYS.Key_Escape)
    assert window.search.text() == ""


def test_half_a_condition_is_no_mistake_before_enter(screen: Screen) -> None:
    window = screen.enter()
    for half in ("sex:", 'city:"Saint'):
        offered(screen, half[:4])
        write(half[4:])
        QTest.qWait(250)
        screen.settle()
        assert window._problem.text() == ""
        press(KEYS.Key_Return)
        screen.settle()
        assert window._problem.text() != ""
        window.search.clear()
        screen.settle()


def test_offers_go_when_the_keyboard_goes_elsewhere(screen: Screen) -> None:
    screen.enter()
    offers = offered(screen, "sex:")
    screen.page.table.setFocus()
    assert not offers.isVisible()


def test_an_offer_takes_the_place_of_the_word_at_the_cursor(screen: Screen) -> None:
    window = screen.enter()
    offered(screen, "coun")
    window.search.setText("maria (se) x")
    window.search.setCursorPosition(9)
    write("x")
    screen.bot.waitUntil(lambda: "sex:" in window.offers.texts(), timeout=5_000)
    press(KEYS.Key_Down)
    press(KEYS.Key_Return)
    assert window.search.text() == "maria (sex:) x"


def test_associations_have_their_own_words(screen: Screen) -> None:
    window = screen.enter(place="associations")
    assert offered(screen, "type:").texts()[0].startswith("type:")
    assert window.search.text() == "type:"


def test_offers_stand_under_the_box_inside_the_window(screen: Screen) -> None:
    window = screen.enter()
    offers = offered(screen, "city:")
    below = window.search.mapTo(window, QPoint(0, window.search.height()))
    assert offers.parentWidget() is window
    assert offers.x() == below.x()
    assert below.y() <= offers.y() < below.y() + 12
    assert window.rect().contains(offers.geometry())
    assert offers.accessibleName()


@pytest.mark.parametrize(("typed", "label"), [("pay", "Pays"), ("lang", "Langue parlée")])
def test_offers_speak_french(screen: Screen, typed: str, label: str) -> None:
    with in_language("fr"):
        screen.enter()
        offers = offered(screen, typed)
        assert label in [row(offers, number)[0] for number in range(offers.topLevelItemCount())]


def test_a_member_of_staff_is_offered_what_the_role_sees(screen: Screen) -> None:
    screen.enter("outreach", CLERK_PASSWORD)
    assert not any("document" in text for text in offered(screen, "do").texts())
    screen.window.search.clear()
    write("document.type:")
    QTest.qWait(300)
    assert screen.window.offers.texts() == []

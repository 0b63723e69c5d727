"""Cities on a card: offered while one types in any script, and told with the time there once they are found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, Qt, QTimeZone
from PySide6.QtTest import QTest

from registry.commands import AddRecord
from registry.queries import GetRecord
from tests.ui.cards import CONTROL, KEYS, show_part, words
from tests.ui.conftest import Screen
from ui.card.card import RecordCard
from ui.card.city_found import CityFound
from ui.card.editors import FieldEditor
from ui.widgets.city_line import CityLine


def begin(screen: Screen) -> RecordCard:
    """The card of somebody new, with every field."""
    window = screen.enter()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    return screen.page.card


def editor(screen: Screen, name: str) -> FieldEditor:
    return next(e for e in screen.page.card.form.editors() if e.name == name)


def type_city(screen: Screen, name: str, text: str) -> CityLine:
    """Type a city, and wait for what is offered."""
    line = editor(screen, name).focusProxy()
    assert isinstance(line, CityLine)
    line.setFocus()
    line.clear()
    line.insert(text)  # keys of a test are Latin only
    screen.bot.waitUntil(lambda: bool(line.offers()))
    return line


def choose(screen: Screen, line: CityLine, words: str) -> None:
    """Take the offer that begins so."""
    popup = line.popup()
    screen.bot.waitUntil(popup.isVisible)
    place = next(i for i, offered in enumerate(line.offers()) if offered.startswith(words))
    for _ in range(place + 1):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    screen.bot.waitUntil(lambda: "," not in line.text())


@pytest.mark.parametrize("typed", ["الرباط", "rabat", "Raba"])
def test_a_city_is_offered_in_any_script(screen: Screen, typed: str) -> None:
    begin(screen)
    line = type_city(screen, "address.city", typed)
    assert line.offers()[0].startswith("Rabat, Rabat-Salé-Kénitra, Morocco")


def test_a_chosen_city_fills_the_country_and_among_homonyms_the_region(screen: Screen) -> None:
    begin(screen)
    choose(screen, type_city(screen, "address.city", "springf"), "Springfield, Illinois")
    texts = {e.name: e.text() for e in screen.page.card.form.editors()}
    assert (texts["address.city"], texts["address.region"], texts["address.country"]) == (
        *("Springfield", "Illinois", "USA"),
    )


def test_cities_of_the_country_come_first_and_what_is_typed_is_overwritten_by_none(screen: Screen) -> None:
    begin(screen)
    editor(screen, "address.country").set_value("CAN", initial=False)
    choose(screen, type_city(screen, "address.city", "london"), "London, Ontario, Canada")
    assert editor(screen, "address.country").text() == "CAN"
    line = type_city(screen, "address.city", "springf")
    choose(screen, line, "Springfield, Missouri")
    assert editor(screen, "address.country").text() == "CAN"


def test_hometowns_are_offered_too_and_any_text_can_be_kept(screen: Screen) -> None:
    card = begin(screen)
    editor(screen, "full_name").set_value("Invented", initial=False)
    card._show_whole()
    show_part(card, "Origin")
    line = type_city(screen, "hometown", "Kenit")
    choose(screen, line, "Kenitra, Rabat")
    line.insert(" the Old")
    QTest.keyClick(screen.window, KEYS.Key_S, CONTROL)
    screen.settle()
    record = screen.window.desk.registry.read(GetRecord("people", card.record_id))
    assert record.values["hometown"] == "Kenitra the Old"


def test_the_card_tells_the_city_that_was_found_and_the_time_there(screen: Screen) -> None:
    window = screen.enter()
    texts = {"full_name": "Di Invented", "address.city": "الرباط", "address.country": "MAR"}
    made = window.desk.registry.execute(AddRecord("people", texts)).value
    screen.page.open_record(made.id)
    screen.settle()
    card = screen.page.card
    show_part(card, "Contact")
    told = card.findChildren(CityFound)
    assert len(told) == 1
    now = QDateTime.currentDateTimeUtc().toTimeZone(QTimeZone(b"Africa/Casablanca")).toString("HH:mm")
    assert (
        told[0]
        .text()
        .startswith("Rabat, Rabat-Salé-Kénitra, Morocco · 34.0132,\u00a0-6.8326 · Africa/Casablanca · now ")
    )
    assert now[:2] in told[0].text() or now.endswith(("00", "59"))
    assert "Latitude and longitude" not in words(card)
    unknown = window.desk.registry.execute(AddRecord("people", texts | {"address.city": "Nowhere"})).value
    screen.page.open_record(unknown.id)
    screen.settle()
    assert card.findChildren(CityFound) == []

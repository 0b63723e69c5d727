"""A new person's card filled from a passport, and addresses edited by the rules of their country."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from registry.app import Registry
from registry.commands import AddRecord
from registry.editing import defaults
from registry.queries import GetRecord
from tests.registry.mrz.making import Zone, lines
from tests.ui.conftest import Screen
from tests.ui.test_people import CONTROL, KEYS, press, texts, write
from ui.card.card import RecordCard
from ui.card.editors import FieldEditor
from ui.dialogs.passport import PassportDialog

HALINA = Zone(issuer="D", nationality="D", family="VON ARNAU", given="HALINA", number="C01X00T47", birth="851203",
              expiry="310228")  # fmt: skip
FILLED = {
    "family_name": "von Arnau",
    "given_name": "Halina",
    "sex": "female",
    "birth_date": "1985-12-03",
    "citizenship": "DEU",
    "document.type": "passport",
    "document.number": "C01X00T47",
    "document.expires": "2031-02-28",
}


def begin(screen: Screen) -> RecordCard:
    """An empty card of a new person, the keyboard in its first field."""
    window = screen.enter()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    return screen.page.card


def editor(screen: Screen, name: str) -> FieldEditor:
    return next(e for e in screen.page.card.form.editors() if e.name == name)


def typed(screen: Screen) -> dict[str, str]:
    """What stands in the form, without what is empty or stood there from the start."""
    given = defaults("people")
    return {name: text for name, text in texts(screen).items() if text and given.get(name) != text}


def shown_parts(screen: Screen, place: str = "") -> list[str]:
    """The parts of an address as they stand on the screen, from the top."""
    parts = [e for e in screen.page.card.form.editors() if e.name.startswith("address.") and e.isVisible()]
    QApplication.processEvents()
    here = [e for e in parts if e.name.endswith(place) and (place or not e.name[-1].isdigit())]
    return [e.name.split(".")[1] for e in sorted(here, key=lambda e: e.mapTo(screen.page.card, e.rect().topLeft()).y())]


# --- machine readable zones -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["TD1", "TD2", "TD3"])
@pytest.mark.parametrize("enters", ["between", "end", "everywhere"])
def test_a_reader_fills_the_card_by_its_keystrokes(screen: Screen, layout: str, enters: str) -> None:
    card = begin(screen)
    rows = lines(layout, HALINA)
    for number, row in enumerate(rows, 1):
        write(row)
        if enters == "everywhere" or (enters == "end") == (number == len(rows)):
            press(KEYS.Key_Return)
    screen.bot.waitUntil(lambda: typed(screen).items() >= FILLED.items())
    assert texts(screen)["full_name"] == ""
    assert card.banner.text == "Filled in from the document."
    write("01 99 00 12 34")  # the first field that the document left empty
    assert card.banner.text == ""
    press(KEYS.Key_S, CONTROL)
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        values = registry.read(GetRecord("people", card.record_id)).values
    assert values.items() >= FILLED.items()
    assert values["full_name"] == "Halina von Arnau"
    assert "<" not in "".join(values.values())


def test_a_reader_may_type_into_a_list_that_takes_typing(screen: Screen) -> None:
    begin(screen)
    editor(screen, "citizenship").setFocus()
    for row in lines("TD1", HALINA):
        write(row)
        press(KEYS.Key_Return)
    screen.bot.waitUntil(lambda: typed(screen).items() >= FILLED.items())


def test_a_zone_is_pasted_into_any_field_and_what_was_typed_elsewhere_stays(screen: Screen) -> None:
    begin(screen)
    write("Halina")
    editor(screen, "phone").setFocus()
    write("01 99 00 12 34")
    QGuiApplication.clipboard().setText("Passport\n" + "\n".join(lines("TD3", HALINA)).lower() + "\nsigned")
    editor(screen, "email").setFocus()
    press(KEYS.Key_V, CONTROL)
    screen.bot.waitUntil(lambda: typed(screen).items() >= FILLED.items())
    assert (texts(screen)["phone"], texts(screen)["email"]) == ("01 99 00 12 34", "")
    assert texts(screen)["full_name"] == "Halina"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() not in ("Full name", "Family name")


def test_a_wrong_check_digit_is_told_and_what_it_covers_is_marked(screen: Screen) -> None:
    card = begin(screen)
    write("".join(lines("TD3", HALINA)).replace("C01X00T47", "C01X00T46"))
    screen.bot.waitUntil(lambda: typed(screen).get("document.number") == "C01X00T46")
    assert "look at characters 1 to 9 of line 2" in card.banner.text
    assert "The last check digit" in card.banner.text
    number = editor(screen, "document.number")
    assert number._input.hasFocus()
    assert number._below.text().startswith("The check digit of the document number is wrong")
    assert number._below.property("role") == "warning"
    number.set_value("C01X00T47", initial=False)
    assert number._below.isHidden()
    assert card.banner.text


def test_letters_taken_for_digits_are_told(screen: Screen) -> None:
    card = begin(screen)
    write("".join(lines("TD3", HALINA)).replace("851203", "85I2O3"))
    screen.bot.waitUntil(lambda: typed(screen).get("birth_date") == "1985-12-03")
    assert "“I” was corrected to “1”" in card.banner.text
    assert "“O” was corrected to “0”" in card.banner.text


def test_filling_can_be_taken_back(screen: Screen) -> None:
    card = begin(screen)
    editor(screen, "birth_date").set_value("1984", initial=False)
    write("".join(lines("TD3", HALINA)).replace("C01X00T47", "C01X00T46"))
    screen.bot.waitUntil(lambda: bool(card.banner.text))
    card.zone._take_back({"birth_date": "1984"})
    assert typed(screen) == {"birth_date": "1984"}
    assert card.banner.text == ""


def test_statelessness_is_neither_filled_in_nor_named(screen: Screen) -> None:
    card = begin(screen)
    zone = Zone(issuer="CHE", nationality="XXB", family="VON ARNAU", given="HALINA", expiry="310228")
    write("".join(lines("TD3", zone)))
    screen.bot.waitUntil(lambda: "family_name" in typed(screen))
    assert set(typed(screen)) == {"family_name", "given_name", "sex", "birth_date"}
    assert "XXB" not in card.banner.text
    assert "Fill in what may be kept" in card.banner.text


def test_a_visa_is_refused_and_stays_where_it_was_typed(screen: Screen) -> None:
    card = begin(screen)
    visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L8988901C4XXX4009078F96121096ZE184226B<<<<<<"
    write(visa)
    screen.bot.waitUntil(lambda: bool(card.banner.text))
    assert "visa" in card.banner.text
    assert texts(screen)["full_name"] == visa


def test_the_card_of_somebody_registered_is_not_filled(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    page.open_record(page.table.records.ids[0])
    screen.settle()
    page.card.edit()
    before = texts(screen)
    zone = "".join(lines("TD3", HALINA))
    editor(screen, "full_name").set_value(zone, initial=False)
    QApplication.processEvents()
    assert texts(screen) == {**before, "full_name": zone}
    assert page.card.header._document.isHidden()
    QTest.keyClick(page.card, KEYS.Key_M, CONTROL)
    assert screen.window.findChildren(PassportDialog) == []


def test_the_dialog_takes_a_zone_without_a_doubt_at_once(screen: Screen) -> None:
    begin(screen)
    press(KEYS.Key_M, CONTROL)
    dialog = screen.window.findChildren(PassportDialog)[-1]
    QTest.keyClicks(dialog.zone, "P<D<<VON")
    QApplication.processEvents()
    assert dialog.says.text == ""
    assert not dialog.main.isEnabled()
    dialog.zone.setPlainText("\n".join(lines("TD3", HALINA)))
    screen.bot.waitUntil(lambda: typed(screen).items() >= FILLED.items())
    screen.bot.waitUntil(lambda: not screen.window.findChildren(PassportDialog))


def test_the_dialog_says_what_is_wrong_and_fills_in_when_asked(screen: Screen) -> None:
    card = begin(screen)
    card.header._document.click()
    dialog = screen.window.findChildren(PassportDialog)[-1]
    rows = lines("TD3", HALINA)
    dialog.zone.setPlainText(f"{rows[0]}\n{rows[1][1:]}")
    screen.bot.waitUntil(lambda: "Line 2 has 43 characters instead of 44" in dialog.says.text)
    assert not dialog.main.isEnabled()
    dialog.zone.setPlainText("\n".join(rows).replace("851203", "851204"))
    screen.bot.waitUntil(lambda: "check digit of the date of birth" in dialog.says.text)
    assert dialog.says.text.startswith("Halina von Arnau")
    dialog.main.click()
    screen.bot.waitUntil(lambda: typed(screen).get("birth_date") == "1985-12-04")
    assert "check digit of the date of birth" in card.banner.text


# --- addresses ------------------------------------------------------------------------------------------------------


def test_parts_follow_the_country_and_required_ones_are_marked(screen: Screen) -> None:
    begin(screen)
    assert shown_parts(screen) == ["street", "postal_code", "city", "country"]  # of France, where the post is
    assert editor(screen, "address.postal_code")._caption.text() == "Postcode *"
    assert editor(screen, "address.region").isHidden()
    editor(screen, "address.country").set_value("JPN", initial=False)
    assert shown_parts(screen) == ["postal_code", "region", "city", "street", "country"]
    assert editor(screen, "address.region")._caption.text() == "Prefecture *"
    assert editor(screen, "address.city")._caption.text() == "City"
    editor(screen, "address.country").set_value("ARE", initial=False)
    assert shown_parts(screen) == ["street", "city", "region", "postal_code", "country"]
    assert editor(screen, "address.region")._caption.text() == "Emirate *"
    assert editor(screen, "address.postal_code")._caption.text() == "Postcode"


def test_the_keyboard_follows_the_parts(screen: Screen) -> None:
    begin(screen)
    editor(screen, "address.country").set_value("JPN", initial=False)
    wanted = [
        "Postcode (needed for post)",
        "Prefecture (needed for post)",
        "City",
        "Street (needed for post)",
        "Country",
    ]
    editor(screen, "preferred_language").setFocus()
    assert [pressed(KEYS.Key_Return) for _stop in wanted] == wanted
    assert [pressed(KEYS.Key_Tab) for _stop in range(2)] == ["Remove Address 1", ""]
    assert [pressed(KEYS.Key_Backtab) for _stop in range(6)] == ["Remove Address 1", *wanted[::-1]]
    assert pressed(KEYS.Key_Backtab) == "Preferred language"


def pressed(key: Qt.Key) -> str:
    """What the keyboard reaches by a key."""
    press(key)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused.accessibleName()


def test_a_wrong_postcode_is_a_hint_and_is_kept(screen: Screen) -> None:
    card = begin(screen)
    write("Oren Castellvi")
    for name, text in (("street", "rue de la Paix"), ("city", "Lyon"), ("postal_code", "6900"), ("country", "FRA")):
        editor(screen, f"address.{name}").set_value(text, initial=False)
        editor(screen, f"address.{name}").check()
    below = editor(screen, "address.postal_code")._below
    assert below.text() == "“6900” is no postcode of France. One looks like this: 33380."
    assert below.property("role") == "warning"
    card.save()
    screen.settle()
    assert card._record is not None
    assert card._record.values["address.postal_code"] == "6900"
    card.edit("address.postal_code")
    assert editor(screen, "address.postal_code")._below.text().startswith("“6900”")


def test_a_part_that_was_passed_over_is_asked_for(screen: Screen) -> None:
    begin(screen)
    editor(screen, "address.country").set_value("FRA", initial=False)
    editor(screen, "address.street").set_value("rue de la Paix", initial=False)
    editor(screen, "address.street").check()
    assert editor(screen, "address.city")._below.text() == ""
    editor(screen, "address.city").set_value("Lyon", initial=False)
    editor(screen, "address.city").check()
    assert editor(screen, "address.postal_code")._below.text() == "Post to France needs this: Postcode."


def test_regions_are_completed(screen: Screen) -> None:
    begin(screen)
    editor(screen, "address.country").set_value("USA", initial=False)
    region = editor(screen, "address.region")
    region.setFocus()
    write("massa")
    assert isinstance(region._input, QLineEdit)
    completer = region._input.completer()
    assert completer is not None
    assert completer.currentCompletion() == "Massachusetts"
    popup = completer.popup()
    assert popup is not None
    popup.hide()


def test_each_of_several_addresses_follows_its_own_country(screen: Screen) -> None:
    screen.enter()
    both = {"full_name": "Two Homes", "address.city": "Lyon", "address.country": "FRA",
            "address.street.2": "1 Main Street", "address.city.2": "Boston", "address.postal_code.2": "021",
            "address.country.2": "USA"}  # fmt: skip
    with Registry.open(screen.folder, "demo", "demo") as registry:
        added = registry.execute(AddRecord("people", both)).value
    screen.page.open_record(added.id)
    screen.settle()
    screen.page.card.edit("address.street")
    screen.page.card.form.focus_field("address.street.2")
    screen.bot.waitUntil(lambda: editor(screen, "address.street.2").isVisible())
    assert shown_parts(screen)[:6] == ["house_number", "street", "district", "postal_code", "city", "region"]
    wanted = ["house_number", "street", "district", "city", "region", "postal_code", "country"]
    assert shown_parts(screen, ".2")[:7] == wanted
    assert editor(screen, "address.postal_code.2")._caption.text() == "ZIP code *"
    assert "United States" in editor(screen, "address.postal_code.2")._below.text()


def test_an_association_s_seat_follows_its_country_too(screen: Screen) -> None:
    screen.enter(place="associations")
    screen.page.start_new()
    editor(screen, "address.country").set_value("GBR", initial=False)
    assert shown_parts(screen) == ["street", "city", "postal_code", "country"]
    assert editor(screen, "address.city")._caption.text() == "Post town *"
    assert screen.page.card.header._document.isHidden()
    QTest.keyClick(screen.page.card, KEYS.Key_M, CONTROL)
    assert screen.window.findChildren(PassportDialog) == []

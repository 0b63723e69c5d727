"""Links between records in the window: seen, opened, written by keyboard; likely duplicates of a new card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from registry.app import Registry
from registry.commands import AddRecord, EditRecord
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import GetRecord, GetRelated
from tests.ui.conftest import Screen
from tests.ui.test_people import CONTROL, KEYS, press, write
from ui.card.connections import Connections
from ui.dialogs.family import HouseholdDialog, RelateDialog
from ui.pages.records import RecordsPage
from ui.widgets.link_line import LinkLine

#: Two people and their choir; nobody of the demonstration is called like them.
MIRELA = {"full_name": "Mirela Vantorsky", "family_name": "Vantorsky", "birth_date": "1985-03-12"}
OTTO = {"full_name": "Ottokar Vantorsky", "family_name": "Vantorsky"}
CHOIR = {"name": "Vantorsky Family Choir", "acronym": "VFC", "type": "cultural"}


def made(screen: Screen) -> tuple[int, int, int]:
    """Their ids, and the choir's, of which Mirela is a member."""
    with Registry.open(screen.folder, "demo", "demo") as registry:
        choir = registry.execute(AddRecord(ASSOCIATIONS, CHOIR)).value.id
        member = {"association": CHOIR["name"], "association.role": "soprano"}
        mirela = registry.execute(AddRecord(PEOPLE, {**MIRELA, **member})).value.id
        return mirela, registry.execute(AddRecord(PEOPLE, OTTO)).value.id, choir


def opened(screen: Screen, record_id: int, tab: int) -> RecordsPage:
    page = screen.page
    page.open_record(record_id)
    screen.settle()
    page.card.tabs.setCurrentIndex(tab)
    screen.settle()
    return page


def shown(connections: Connections) -> str:
    """Everything that is said, headings and names of records too."""
    parts = [w.text() for w in connections.findChildren(QLabel)]
    return "\n".join([*parts, *(w.accessibleName() or w.text() for w in connections.findChildren(QPushButton))])


def press_button(screen: Screen, connections: Connections, words: str) -> None:
    """By keyboard, as the officer does."""
    screen.window.activateWindow()  # this platform gives the keyboard back to no window by itself
    button = next(b for b in connections.findChildren(QPushButton) if words in (b.accessibleName() or b.text()))
    button.setFocus()
    screen.bot.waitUntil(lambda: QApplication.focusWidget() is button)
    press(KEYS.Key_Space)


def choose_first(screen: Screen, line: LinkLine, text: str) -> None:
    """Type, wait for what is offered, and take the first with the arrow and Enter."""
    line.setFocus()
    screen.bot.waitUntil(line.hasFocus)
    line.selectAll()
    write(text)
    screen.bot.waitUntil(lambda: bool(line.offers()), timeout=5_000)
    popup = line.popup()
    screen.bot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, KEYS.Key_Down)
    QTest.keyClick(popup, KEYS.Key_Return)
    screen.settle()


def test_a_linked_record_opens_across_places_by_keyboard(screen: Screen) -> None:
    screen.enter()
    mirela, _otto, choir = made(screen)
    page = opened(screen, mirela, 1)
    assert "soprano" in shown(page.card.tabs.connections)
    assert "No relatives are written down." in shown(page.card.tabs.connections)
    press_button(screen, page.card.tabs.connections, "Vantorsky Family Choir")
    screen.settle()
    assert screen.window.page_code == "associations"
    assert screen.page.card.record_id == choir
    screen.page.card.tabs.setCurrentIndex(1)
    screen.settle()
    press_button(screen, screen.page.card.tabs.connections, "Show in the list")
    screen.settle()
    assert screen.window.page_code == "people"
    assert screen.page.table.records.ids.tolist() == [mirela]


def test_a_relative_is_added_and_seen_on_both_cards(screen: Screen) -> None:
    screen.enter()
    mirela, otto, _choir = made(screen)
    page = opened(screen, mirela, 1)
    press_button(screen, page.card.tabs.connections, "Add a relative…")
    dialog = screen.window.findChild(RelateDialog)
    assert isinstance(dialog, RelateDialog)
    assert not dialog.main.isEnabled()
    choose_first(screen, dialog.relative, "ottokar vant")
    dialog.kind.set_code("child")
    assert dialog.main.isEnabled()
    dialog.main.click()
    screen.settle()
    assert "Ottokar Vantorsky" in shown(page.card.tabs.connections)
    assert "Child" in shown(page.card.tabs.connections)
    page.open_record(otto)
    screen.settle()
    assert "Parent" in shown(page.card.tabs.connections)
    assert "Saved on both cards." in screen.window.notices.text


def test_people_are_put_into_a_household_and_out_of_it(screen: Screen) -> None:
    screen.enter()
    mirela, otto, _choir = made(screen)
    page = opened(screen, mirela, 1)
    press_button(screen, page.card.tabs.connections, "Change the household…")
    dialog = screen.window.findChild(HouseholdDialog)
    assert isinstance(dialog, HouseholdDialog)
    screen.settle()
    assert dialog.name.text() == "Vantorsky"
    assert dialog.leave.isHidden()
    choose_first(screen, dialog.joins, "ottokar vant")
    screen.bot.waitUntil(lambda: dialog.joining == [otto])
    assert dialog.joins.text() == ""
    dialog.main.click()
    screen.settle()
    assert "Ottokar Vantorsky" in shown(page.card.tabs.connections)
    press_button(screen, page.card.tabs.connections, "Change the household…")
    again = next(d for d in screen.window.findChildren(HouseholdDialog) if d.isVisible())
    screen.settle()
    again.leave.click()
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert "household" not in registry.read(GetRecord(PEOPLE, mirela)).values
        assert registry.read(GetRecord(PEOPLE, otto)).values["household"] == "Vantorsky"


def test_a_change_elsewhere_is_seen_when_one_comes_back(screen: Screen) -> None:
    window = screen.enter()
    mirela, _otto, choir = made(screen)
    opened(screen, mirela, 1)
    window.show_place("associations")
    screen.settle()
    page = opened(screen, choir, 1)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        number = registry.read(GetRecord(PEOPLE, mirela)).number
    window.desk.execute(EditRecord(ASSOCIATIONS, choir, {"officer": number, "officer.role": "president"}))
    screen.settle()
    assert "President or chair" in shown(page.card.tabs.connections)
    window.show_place("people")
    screen.settle()
    assert "President or chair" in shown(screen.page.card.tabs.connections)


def test_a_link_is_written_by_typing_part_of_a_name(screen: Screen) -> None:
    window = screen.enter(place="associations")
    mirela, otto, choir = made(screen)
    screen.settle()
    page = opened(screen, choir, 0)
    page.card.edit("officer")
    page.card.form.focus_field("parent")
    editors = {editor.name: editor for editor in page.card.form.editors()}
    person, umbrella = (editors[name]._input for name in ("officer", "parent"))
    assert isinstance(person, LinkLine)
    assert isinstance(umbrella, LinkLine)
    page.card.form.focus_field("officer")
    choose_first(screen, person, "mirela vant")
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert person.text() == f"Mirela Vantorsky ({registry.read(GetRecord(PEOPLE, mirela)).number})"
    page.card.form.focus_field("parent")
    write("Some Ministry of Song")
    page.card.save()
    screen.settle()
    assert not page.card.editing
    with Registry.open(screen.folder, "demo", "demo") as registry:
        groups = {g.code: g.rows for g in registry.read(GetRelated(ASSOCIATIONS, choir))}
    assert [r.id for r in groups["officers"]] == [mirela]
    assert [(r.id, r.name) for r in groups["above"]] == [(0, "Some Ministry of Song")]
    assert window.page is page
    assert otto


def test_what_cannot_be_linked_is_said_at_its_field(screen: Screen) -> None:
    screen.enter(place="associations")
    _mirela, _otto, choir = made(screen)
    screen.settle()
    page = opened(screen, choir, 0)
    page.card.edit("officer")
    page.card.form.focus_field("parent")
    editors = {editor.name: editor for editor in page.card.form.editors()}
    editors["parent"].set_value("vantorsky family CHOIR", initial=False)
    page.card.save()
    screen.settle()
    assert page.card.editing
    assert "cannot stand in relation to itself" in editors["parent"]._below.text()
    editors["parent"].set_value("", initial=False)
    editors["officer.role"].set_value("president", initial=False)
    page.card.save()
    screen.settle()
    assert "“Officer” is empty" in editors["officer"]._below.text()


def test_a_likely_duplicate_is_shown_while_typing_and_asked_about_before_saving(screen: Screen) -> None:
    window = screen.enter()
    mirela, _otto, _choir = made(screen)
    screen.settle()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    card = screen.page.card
    write("Vantorsky Mirela")
    screen.bot.waitUntil(lambda: not card.similar.isHidden(), timeout=5_000)
    names = [b.accessibleName() for b in card.similar.findChildren(QPushButton)]
    assert names == ["Mirela Vantorsky"]
    editors = {editor.name: editor for editor in card.form.editors()}
    editors["birth_date"].set_value("12.3.1985", initial=False)
    card.save()
    screen.settle()
    assert card.editing
    assert "Mirela Vantorsky" in card.banner.text
    assert "same birth date" in card.banner.text
    assert "same family name" in card.banner.text
    instead, anyway = (b for b in card.banner.findChildren(QPushButton) if b.isVisible())
    anyway.setFocus()
    press(KEYS.Key_Space)
    screen.settle()
    assert card.record_id not in (0, mirela)
    assert card.similar.isHidden()
    assert instead is not anyway


def test_the_record_that_is_there_already_is_opened_instead(screen: Screen) -> None:
    window = screen.enter(place="associations")
    _mirela, _otto, choir = made(screen)
    screen.settle()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    card = screen.page.card
    write("family choir, VANTORSKY")
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    card.save()
    screen.settle()
    assert "same name" in card.banner.text
    instead = next(b for b in card.banner.findChildren(QPushButton) if b.isVisible())
    instead.click()
    screen.settle()
    assert (card.record_id, card.editing) == (choir, False)
    assert [b for b in card.header.findChildren(QLabel) if b.text() == "VFC"]


def test_institutions_are_one_key_away(screen: Screen) -> None:
    window = screen.enter(place="associations")
    filters = screen.page.filters
    ((name, chip),) = filters._short_ways
    assert (name, chip.text()) == ("type", "Institutions")
    total = screen.page.table.records.rowCount()
    chip.setFocus()
    press(KEYS.Key_Space)
    screen.settle()
    assert window.search.text() == "type:institution"
    assert 0 < screen.page.table.records.rowCount() < total
    assert chip.isHidden()
    assert [c.text() for c in filters._chips] == ["Type: Institution"]

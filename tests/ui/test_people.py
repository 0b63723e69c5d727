"""The place People, driven as a clerk drives it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from registry.app import Registry
from registry.commands import AddRecord, EditRecord
from registry.queries import GetRecord, ListIds
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from ui.widgets.choices import CodeBox

KEYS = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    """Type where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def texts(screen: Screen) -> dict[str, str]:
    """What the form holds now."""
    return {editor.name: editor.text() for editor in screen.page.card.form.editors()}


def name_in(screen: Screen, row: int) -> str:
    """The name in a row of the list, once it has been read."""
    records = screen.page.table.records
    place = records.columns.index("full_name")
    screen.bot.waitUntil(lambda: records.data(records.index(row, place)) != "…")
    return str(records.data(records.index(row, place)))


def test_the_list_shows_everybody_with_a_count(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    assert table.records.rowCount() == PEOPLE
    assert screen.page.head.count.text() == f"{PEOPLE} people"
    shown = name_in(screen, 0)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        first = registry.read(ListIds("people"))[0]
        assert shown == registry.read(GetRecord("people", first)).name


def test_typing_searches_and_arrow_down_reaches_the_list(screen: Screen) -> None:
    window = screen.enter()
    name = name_in(screen, 5)
    QTest.keyClick(window, KEYS.Key_K, CONTROL)
    assert QApplication.focusWidget() is window.search
    write(name)
    press(KEYS.Key_Down)
    screen.settle()
    assert 1 <= screen.page.table.records.rowCount() < PEOPLE
    assert name_in(screen, 0) == name
    assert screen.page.table.hasFocus()


def test_where_nobody_fits_close_names_are_shown_and_said_to_be_no_more(screen: Screen) -> None:
    screen.enter()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        known = registry.execute(AddRecord("people", {"full_name": "Yusuf Hassan Ibrahim"})).value.id
    page = screen.page
    page.search("Youssef Hasan Ibrahim")
    screen.settle()
    assert page.table.records.ids[0] == known
    assert page.head.count.text().startswith("None fits")
    assert page.selection().ids == tuple(page.table.records.ids)
    page.search("Xqzw Vvrrk")
    screen.settle()
    assert page.head.count.text() == "0 people"
    assert page.state.accessibleName().startswith("Nothing found")


def test_a_query_that_cannot_be_read_says_why_and_keeps_the_list(screen: Screen) -> None:
    window = screen.enter()
    window.search.setFocus()
    write("contry:FRA")
    press(KEYS.Key_Return)
    screen.settle()
    assert "contry" in window._problem.text()
    assert "country" in window._problem.text()
    assert screen.page.table.records.rowCount() == PEOPLE


def test_no_hits_offers_the_way_back(screen: Screen) -> None:
    window = screen.enter()
    screen.page._take_query("zzyzx")
    screen.settle()
    assert screen.page.state.isVisible()
    screen.page.state.focus_main()
    press(KEYS.Key_Space)
    screen.settle()
    assert screen.page.table.records.rowCount() == PEOPLE
    assert window.search.text() == ""


def test_a_filter_chip_adds_to_the_query_and_takes_away(screen: Screen) -> None:
    window = screen.enter()
    filters = screen.page.filters
    filters._offers["sex"].click()
    screen.settle()
    menu = next(m for m in filters.findChildren(QMenu) if m.isVisible())
    female = next(action for action in menu.actions() if action.text().startswith("Female\t"))
    count = int(female.text().partition("\t")[2])
    female.trigger()
    menu.close()
    screen.settle()
    assert window.search.text() == "sex:female"
    assert screen.page.table.records.rowCount() == count < PEOPLE
    assert [chip.text() for chip in filters._chips] == ["Sex: Female"]
    filters._chips[0].click()
    screen.settle()
    assert window.search.text() == ""
    assert screen.page.table.records.rowCount() == PEOPLE


def test_the_filters_stay_in_sight_when_one_is_taken_out(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    for query in ("country:FRA", "ab", "", "country:FRA", "ab", "sex:female", "zz", ""):
        page.search(query)
        screen.settle()
        offered = [b for b in page.filters.findChildren(QPushButton) if b.isVisible()]
        assert offered, query
        assert all(page.filters.rect().contains(b.geometry()) for b in offered), query


def test_a_new_person_by_keyboard_alone(screen: Screen) -> None:
    window = screen.enter()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    card = screen.page.card
    assert card.isVisible()
    write("Ilsabet Morvane")
    press(KEYS.Key_Return)  # sex
    write("f")
    press(KEYS.Key_Return)
    write("1985-03")
    while not (isinstance(QApplication.focusWidget(), QLineEdit) and _field() == "Telephone"):
        press(KEYS.Key_Tab)
    write("01 99 00 12 34")
    press(KEYS.Key_S, CONTROL)
    screen.settle()
    assert card.record_id
    with Registry.open(screen.folder, "demo", "demo") as registry:
        values = registry.read(GetRecord("people", card.record_id)).values
    assert values["full_name"] == "Ilsabet Morvane"
    assert values["sex"] == "female"
    assert values["birth_date"] == "1985-03"
    assert values["phone"] == "+33199001234"
    assert screen.page.table.current_id() == card.record_id
    assert screen.page.table.records.rowCount() == PEOPLE + 1


def _field() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused is not None else ""


def test_control_enter_saves_and_begins_the_next(screen: Screen) -> None:
    window = screen.enter()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    write("Oren Castellvi")
    press(KEYS.Key_Return, CONTROL)
    screen.settle()
    assert screen.page.table.records.rowCount() == PEOPLE + 1
    assert screen.page.card.editing
    assert screen.page.card.record_id == 0
    assert texts(screen)["full_name"] == ""


def test_a_value_that_cannot_be_kept_is_refused_at_its_field(screen: Screen) -> None:
    window = screen.enter()
    QTest.keyClick(window, KEYS.Key_N, CONTROL)
    card = screen.page.card
    editors = {editor.name: editor for editor in card.form.editors()}
    editors["full_name"].set_value("Oren Castellvi", initial=False)
    editors["birth_date"].set_value("31.2.1985", initial=False)
    card.save()
    screen.settle()
    assert card.editing
    assert "31.2.1985" in editors["birth_date"]._below.text()
    assert editors["birth_date"]._input.hasFocus()
    assert screen.page.table.records.rowCount() == PEOPLE


def test_edit_in_place_then_undo(screen: Screen) -> None:
    window = screen.enter()
    page = screen.page
    page.table.setFocus()
    press(KEYS.Key_Return)
    screen.settle()
    before = page.card._record
    assert before is not None
    press(KEYS.Key_Tab)
    page.card.edit("employer")
    editor = next(e for e in page.card.form.editors() if e.name == "employer")
    editor.setFocus()
    editor.set_value("", initial=False)
    write("Lamp whisperer")
    press(KEYS.Key_S, CONTROL)
    screen.settle()
    assert not page.card.editing
    assert page.card._record is not None
    assert page.card._record.values["employer"] == "Lamp whisperer"
    assert window.user_menu._undo.text() == "Undo: Edit a record"
    page.table.setFocus()
    press(KEYS.Key_Z, CONTROL)
    screen.settle()
    assert "Edit a record" in window.notices.text
    assert page.card._record.values.get("employer") == before.values.get("employer")


def test_a_conflict_keeps_what_was_typed(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    record_id = page.table.records.ids[0]
    page.open_record(record_id)
    screen.settle()
    page.card.edit()
    editor = next(e for e in page.card.form.editors() if e.name == "full_name")
    editor.set_value("Typed Here", initial=False)
    with Registry.open(screen.folder, "demo", "demo") as other:
        other.execute(EditRecord("people", record_id, {"notes": "written elsewhere"}))
    page.card.save()
    screen.settle()
    assert "Somebody else changed this record" in page.card.banner.text
    page.card._load_again()
    screen.settle()
    assert texts(screen)["full_name"] == "Typed Here"
    page.card.save()
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        values = registry.read(GetRecord("people", record_id)).values
    assert values["full_name"] == "Typed Here"
    assert values["notes"] == "written elsewhere"


def test_unsaved_changes_are_not_lost_by_clicking_elsewhere(screen: Screen) -> None:
    window = screen.enter()
    page = screen.page
    first, second = page.table.records.ids[0], page.table.records.ids[1]
    page.open_record(first)
    screen.settle()
    page.card.edit()
    page.card.form.editors()[0].set_value("X-1", initial=False)
    page.open_record(second)
    assert page.card.record_id == first
    assert "not saved" in page.card.banner.text
    assert not window.may_leave()
    page.card._discard()
    screen.settle()
    page.open_record(second)
    screen.settle()
    assert page.card.record_id == second


def test_the_open_card_follows_the_arrow_keys(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    page.table.setFocus()
    press(KEYS.Key_Return)
    screen.settle()
    press(KEYS.Key_Down)
    press(KEYS.Key_Down)
    screen.bot.waitUntil(lambda: page.card.record_id == page.table.records.ids[2])


def test_a_country_that_is_offered_no_more_is_shown_by_its_name(screen: Screen) -> None:
    window = screen.enter()
    person = screen.page.table.records.ids[0]
    window.desk.registry.execute(EditRecord("people", person, {"birth_country": "Yugoslavia"}))
    screen.page.open_record(person)
    screen.settle()
    screen.page.card.edit("birth_country")
    editor = next(e for e in screen.page.card.form.editors() if e.name == "birth_country")
    box = editor.findChild(CodeBox)
    assert box is not None
    assert (box.currentText(), editor.text(), editor.changed) == ("Yugoslavia (until 2003)", "YUG", False)


def test_repeated_values_are_added_and_removed(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    with Registry.open(screen.folder, "demo", "demo") as registry:
        added = registry.execute(
            AddRecord("people", {"full_name": "Two Phones", "phone": "+33199001234", "phone.2": "+33199005678"})
        ).value
    page.open_record(added.id)
    screen.settle()
    page.card.edit("phone")
    phones = next(group for group in page.card.form._groups if group._block.table == "phone")
    phones._remove(0)
    phones._add_row()
    added_phone = next(editor for editor in phones.editors() if editor.name == "phone.3")
    added_phone.set_value("+33199009999", initial=False)
    page.card.save()
    screen.settle()
    assert page.card._record is not None
    kept = [v for n, v in page.card._record.values.items() if n.partition(".")[0] == "phone"]
    assert kept == ["+33199005678", "+33199009999"]


def test_delete_offers_undo(screen: Screen) -> None:
    window = screen.enter()
    table = screen.page.table
    table.setFocus()
    table.mark_row(0)
    press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(table.marked_ids()) == 2
    press(KEYS.Key_Delete)
    screen.settle()
    assert table.records.rowCount() == PEOPLE - 2
    assert window.notices.text == "2 people deleted."
    window.notices._action.click()
    screen.settle()
    assert table.records.rowCount() == PEOPLE


def test_an_outreach_officer_sees_no_way_to_edit_people(screen: Screen) -> None:
    screen.enter("outreach", CLERK_PASSWORD)
    page = screen.page
    page.start_new()
    assert page.card.isHidden()
    assert "notes" not in page.table.kept.available()
    page.open_record(page.table.records.ids[0])
    screen.settle()
    page.card.edit()
    names = {editor.name for editor in page.card.form.editors()}
    assert names == set()
    index = page.card.details.index
    index.setCurrentRow(next(i for i in range(index.count()) if index.item(i).text().startswith("Consents")))
    assert page.card.form._consents


def test_an_auditor_has_no_list_at_all(screen: Screen) -> None:
    window = screen.enter("auditor", CLERK_PASSWORD)
    assert all(place.code not in ("people", "associations") for place in window.places)


def test_associations_use_the_same_list(screen: Screen) -> None:
    screen.enter(place="associations")
    page = screen.page
    assert page.table.records.rowCount() > 0
    page.open_record(page.table.records.ids[0])
    screen.settle()
    assert page.card._record is not None
    assert page.card.header._name.text() == page.card._record.name


def test_the_window_speaks_french(screen: Screen) -> None:
    before = screen.enter()
    before.user_menu._choose("language", "fr")
    screen.settle()
    assert screen.window is not before
    screen.page._take_query("country:France sex:female")
    screen.settle()
    assert screen.page.filters._chips[-1].text().endswith("Femme")
    assert screen.page.table.records.rowCount() > 0

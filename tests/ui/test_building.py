"""A query built from rows: what the box says is shown, what is changed is written, nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from registry.queries import ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_people import press, write
from ui.building.dialog import BuilderDialog
from ui.building.rows import ChoiceRow, ConditionRow, WrittenRow

KEYS = Qt.Key


def build(screen: Screen, query: str = "") -> BuilderDialog:
    """The dialog, opened from the search box with this query in it."""
    window = screen.window
    window.search.show_query(query)
    window.build.setFocus()
    press(KEYS.Key_Space)
    dialog = window.findChild(BuilderDialog)
    assert dialog is not None
    screen.bot.waitUntil(dialog.isActiveWindow, timeout=5_000)
    screen.settle()
    return dialog


def condition(dialog: BuilderDialog, place: int) -> ConditionRow:
    found = dialog.rows.shown[place]
    assert isinstance(found, ConditionRow)
    return found


def choose(box: QComboBox, data: str) -> None:
    """Choose an entry as the mouse would."""
    place = box.findData(data)
    assert place >= 0, data
    box.setCurrentIndex(place)
    box.activated.emit(place)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "maria lyon",
        'maria language:fr>=B2 -state:deceased (country:FRA OR city:Lyon OR "a b") born<30y phone:none occupation:2221',
        "country:FRA OR -sex:female",
        "-(sex:male OR country:FRA) consent:outreach_news/letter consent:news consent:news/refused",
        "pays:Frankreich near:Lyon<100km weeks_a_year>=3 skill:nurs skill:x>3 occupation:==22 sex:=female",
        "consent.outreach_news.letter:given association:any trust>=2 host.dual_citizenship:yes skill:any>=2",
        '(open "and broken',
    ],
)
def test_what_stands_in_the_box_comes_back_as_it_was(screen: Screen, query: str) -> None:
    screen.enter()
    dialog = build(screen, query)
    if query.startswith("(open"):
        assert not dialog.main.isEnabled()
        assert "not closed" in dialog.found.text()
    else:
        assert dialog.query() == query
        assert dialog.main.isEnabled()
    dialog.reject()


def test_a_query_is_built_by_keyboard(screen: Screen) -> None:
    window = screen.enter()
    dialog = build(screen)
    assert condition(dialog, 0).field.hasFocus()
    write("Sex")
    offered = QApplication.activePopupWidget()
    assert offered is not None
    QTest.keyClick(offered, KEYS.Key_Escape)
    press(KEYS.Key_Tab)
    first = condition(dialog, 0)
    assert first.field.word() == "sex"
    press(KEYS.Key_Space)  # not
    press(KEYS.Key_Tab)
    press(KEYS.Key_Tab)
    press(KEYS.Key_Down)
    press(KEYS.Key_Down)
    assert dialog.query() == "-sex:female"
    screen.bot.waitUntil(lambda: not dialog._pause.isActive())
    screen.settle()
    with_them = len(window.desk.registry.read(ListIds("people", "-sex:female")))
    assert dialog.found.text() == f"{with_them} people"
    press(KEYS.Key_Return)
    assert window.search.text() == "-sex:female"
    screen.settle()
    assert screen.page.table.records.rowCount() == with_them


def test_the_editor_follows_the_field_and_the_comparison(screen: Screen) -> None:
    screen.enter()
    dialog = build(screen, "country:FRA")
    row = condition(dialog, 0)
    row.field.setCurrentIndex(row.field.findData("birth_date"))
    assert isinstance(row.value.editor, QLineEdit)
    choose(row.comparison, ">=")
    row.value.setFocus()
    write("1990")
    assert dialog.query() == "birth_date>=1990"
    choose(row.comparison, "none")
    assert not row.value.isVisible()
    assert dialog.query() == "birth_date:none"
    row.field.setCurrentIndex(row.field.findData("language"))
    choose(row.value.editor, "fr")  # type: ignore[arg-type]
    assert dialog.query() == "language:fr"
    assert row.value._level is not None
    choose(row.value._level, "B2")
    assert dialog.query() == "language:fr>=B2"
    row.field.setCurrentIndex(row.field.findData("consent"))
    choose(row.value.editor, "outreach_news/letter")  # type: ignore[arg-type]
    assert dialog.query() == "consent:outreach_news/letter"


def test_groups_and_words_are_added_and_taken_out(screen: Screen) -> None:
    window = screen.enter()
    dialog = build(screen, "sex:male")
    buttons = {b.text(): b for b in dialog.findChildren(QAbstractButton)}
    buttons["Add a group: at least one"].click()
    group = dialog.rows.shown[1]
    assert isinstance(group, ChoiceRow)
    group._add()
    for place, code in enumerate(("FRA", "DEU")):
        inner = group.rows.shown[place]
        assert isinstance(inner, ConditionRow)
        inner.field.setCurrentIndex(inner.field.findData("country"))
        choose(inner.value.editor, code)  # type: ignore[arg-type]
    buttons["Add words"].click()
    assert isinstance(dialog.rows.shown[2], WrittenRow)
    write("maria (")
    assert not dialog.main.isEnabled()
    press(KEYS.Key_Backspace)
    assert dialog.query() == "sex:male (country:FRA OR country:DEU) maria"
    assert dialog.text.text() == dialog.query()
    condition(dialog, 0).removed.emit()
    dialog.rows.shown[1].removed.emit()
    assert dialog.query() == "country:FRA OR country:DEU"
    dialog.main.click()
    assert window.search.text() == "country:FRA OR country:DEU"


def test_a_value_that_is_none_is_told_before_searching(screen: Screen) -> None:
    screen.enter()
    dialog = build(screen)
    row = condition(dialog, 0)
    row.field.setCurrentIndex(row.field.findData("birth_date"))
    row.value.setFocus()
    write("soon")
    screen.bot.waitUntil(lambda: "is not a date" in dialog.found.text(), timeout=5_000)
    assert not dialog.main.isEnabled()


def test_every_control_has_a_name_and_fields_follow_the_role(screen: Screen) -> None:
    screen.enter("outreach", CLERK_PASSWORD)
    dialog = build(screen, "maria language:fr>=B2 (country:FRA OR born<30y)")
    for kind in (QComboBox, QLineEdit, QAbstractButton):
        for control in dialog.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or getattr(control, "text", str)(), control
    row = condition(dialog, 1)
    assert row.field.findData("notes") < 0 <= row.field.findData("country")


def test_associations_are_built_with_their_own_fields(screen: Screen) -> None:
    window = screen.enter(place="associations")
    dialog = build(screen, "members>10")
    assert condition(dialog, 0).field.findData("founded") >= 0
    QTest.qWait(300)
    screen.settle()
    assert dialog.found.text().endswith("associations")
    dialog.main.click()
    assert window.search.text() == "members>10"

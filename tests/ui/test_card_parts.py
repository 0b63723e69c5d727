"""The details of a card in parts: reading, editing, where values come from, and the 90 seconds of a new person."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from registry.access import Role, Session
from registry.app import Registry
from registry.commands import AddRecord, EditRecord
from registry.editing import defaults
from registry.queries import GetRecord
from tests import whole_person
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_people import CONTROL, KEYS, press, write
from ui.card.blocks import PARTS, parts
from ui.card.card import RecordCard
from ui.card.reading import ReadingLine

#: Seconds a keystroke of an average typist (40 words a minute) and of preparing one's mind for a field, from the
#: keystroke-level model: Card, Moran and Newell, Communications of the ACM 23 (1980), 396-410.
KEYSTROKE, PREPARATION = 0.28, 1.35
#: The slower clerk of our own bar.
SLOW_KEYSTROKE, SLOW_PREPARATION = 1 / 3, 1.2
LIMIT = 90


@dataclass
class Clerk:
    """Types, and counts.

    Attributes:
        strokes: keys pressed, modifiers among them.
        fields: how many fields were filled in or passed.
    """

    strokes: int = 0
    fields: int = 0

    def fill(self, text: str, expected: str) -> None:
        """Type into the field that has the keyboard, which is `expected`, and go on to the next."""
        here = QApplication.focusWidget()
        assert here is not None
        assert here.accessibleName().partition(" (")[0] == expected
        QTest.keyClicks(here, text)
        self.press(KEYS.Key_Return)
        self.strokes += len(text)
        self.fields += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifier)
        self.strokes += 1 if modifier == Qt.KeyboardModifier.NoModifier else 2

    def seconds(self, keystroke: float, preparation: float) -> float:
        return self.strokes * keystroke + self.fields * preparation


def test_a_person_is_registered_by_keyboard_in_90_seconds(screen: Screen) -> None:
    screen.enter()
    screen.page.table.setFocus()
    clerk = Clerk()
    clerk.press(KEYS.Key_N, CONTROL)
    for text, expected in (
        ("Ilsabet Morvane-Kovarova", "Full name"),
        ("f", "Sex"),
        ("12.3.1985", "Date of birth"),
        ("moro", "Citizenship"),
        ("01 99 00 12 34", "Telephone"),
        ("ilsabet.morvane@post.example", "E-mail"),
        ("french", "Preferred language"),
        ("17 rue des Acacias", "Street"),
        ("69002", "Postcode"),
        ("Lyon", "City"),
        ("fra", "Country"),
    ):
        clerk.fill(text, expected)
    assert QApplication.focusWidget() is screen.page.card.save_button
    clerk.press(KEYS.Key_Return, CONTROL)
    screen.settle()
    assert screen.page.card.editing  # the next person
    assert screen.page.card.record_id == 0
    with Registry.open(screen.folder, "demo", "demo") as registry:
        values = registry.read(GetRecord("people", max(screen.page.table.records.ids))).values
    assert (
        values.items()
        >= {
            **defaults("people"),
            "full_name": "Ilsabet Morvane-Kovarova",
            "sex": "female",
            "birth_date": "1985-03-12",
            "citizenship": "MAR",
            "phone": "+33199001234",
            "email": "ilsabet.morvane@post.example",
            "preferred_language": "fr",
            "address.street": "17 rue des Acacias",
            "address.postal_code": "69002",
            "address.city": "Lyon",
            "address.country": "FRA",
        }.items()
    )
    slow, average = clerk.seconds(SLOW_KEYSTROKE, SLOW_PREPARATION), clerk.seconds(KEYSTROKE, PREPARATION)
    assert (clerk.strokes, clerk.fields) == (131, 11)
    assert (round(slow), round(average)) == (57, 52)  # seconds
    assert max(slow, average) < LIMIT


# --- parts ------------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(screen: Screen) -> RecordCard:
    """The card of a person of whom everything is written down."""
    window = screen.enter()
    window.resize(1366, 768)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        added = registry.execute(AddRecord("people", whole_person.texts())).value
    screen.page.open_record(added.id)
    screen.settle()
    return screen.page.card


def areas(card: RecordCard) -> list[tuple[str, float]]:
    """Each part and its height in screens."""
    found = []
    for place in range(card.details.index.count()):
        card.details.index.setCurrentRow(place)
        QApplication.processEvents()
        area = card.details._pages.currentWidget()
        assert isinstance(area, QScrollArea)
        inside = area.widget()
        assert inside is not None
        found.append((card.details.index.item(place).text(), inside.height() / area.viewport().height()))
    return found


@pytest.mark.parametrize("editing", [False, True], ids=["reading", "editing"])
def test_nothing_needs_more_than_one_scroll(whole: RecordCard, editing: bool) -> None:
    if editing:
        whole.edit()
    found = areas(whole)
    assert len(found) == len(PARTS["people"])
    assert not [(part, round(screens, 2)) for part, screens in found if screens > 2]


def test_every_value_is_read_in_one_of_the_parts(whole: RecordCard) -> None:
    record = whole._record
    assert record is not None
    seen = {"full_name", "native_name", "number", "state"}  # in the header
    for place in range(whole.details.index.count()):
        whole.details.index.setCurrentRow(place)
        seen |= {name for line in whole.reading.lines() for name in line.names}
    # Activities have a tab of their own.
    told = {n for n in (*record.values, *record.raw) if not n.startswith("activity")}
    assert told <= seen


def test_what_was_typed_in_one_part_is_kept_in_another_and_saved_at_once(screen: Screen, whole: RecordCard) -> None:
    whole.edit("title")
    form = whole.form
    next(e for e in form.editors() if e.name == "title").set_value("Professor", initial=False)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, KEYS.Key_PageDown, CONTROL)
    assert whole.details.index.currentRow() == 1
    next(e for e in form.editors() if e.name == "hometown").set_value("Zhbor", initial=False)
    whole.details.turn(-1)
    assert next(e for e in form.editors() if e.name == "title").text() == "Professor"
    assert whole.is_dirty()
    whole.save()
    screen.settle()
    assert whole._record is not None
    assert (whole._record.values["title"], whole._record.values["hometown"]) == ("Professor", "Zhbor")


def test_a_part_that_was_not_looked_at_keeps_what_was_typed_before(screen: Screen, whole: RecordCard) -> None:
    whole.edit("hometown")
    next(e for e in whole.form.editors() if e.name == "hometown").set_value("Zhbor", initial=False)
    with Registry.open(screen.folder, "demo", "demo") as other:
        other.execute(EditRecord("people", whole.record_id, {"notes": "written elsewhere"}))
    whole.save()
    screen.settle()
    whole.details.index.setCurrentRow(0)
    whole._load_again()
    screen.settle()
    assert whole.form.changes() == {"hometown": "Zhbor"}
    assert all(editor.name != "hometown" for editor in whole.form.editors())


def test_a_problem_in_another_part_brings_it_to_the_front(screen: Screen, whole: RecordCard) -> None:
    whole.edit("education.year.2")
    next(e for e in whole.form.editors() if e.name == "education.year.2").set_value("31.2.1985", initial=False)
    whole.details.index.setCurrentRow(0)
    whole.save()
    screen.settle()
    assert whole.details.index.item(whole.details.index.currentRow()).text() == "Work and skills"
    wrong = next(e for e in whole.form.editors() if e.name == "education.year.2")
    assert wrong.isVisible()
    assert "31.2.1985" in wrong._below.text()
    assert wrong._input.hasFocus()


def test_the_keyboard_goes_through_a_part_and_leaves_it(whole: RecordCard) -> None:
    whole.edit("full_name")
    press(KEYS.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName() == "Family name"
    whole.form._chain()[-1].setFocus()
    press(KEYS.Key_Tab)
    assert QApplication.focusWidget() is whole.save_button
    whole.form._chain()[0].setFocus()
    press(KEYS.Key_Backtab)
    assert QApplication.focusWidget() is whole.details.index


def test_tab_goes_from_field_to_field_and_offers_another_value_only_behind_one(screen: Screen) -> None:
    screen.enter()
    screen.page.start_new()
    screen.settle()

    def tabbed(key: KEYS = KEYS.Key_Tab) -> str:
        press(key)
        here = QApplication.focusWidget()
        return getattr(here, "text", str)() if isinstance(here, QPushButton) else here.accessibleName() if here else ""

    form = screen.page.card.form
    form.focus_field("citizenship")
    assert [tabbed() for _stop in range(4)] == ["Telephone", "E-mail", "Preferred language", "Street (needed for post)"]
    form.focus_field("phone")
    write("01 99 00 12 34")
    assert [tabbed() for _stop in range(3)] == ["Remove Telephone 1", "Add a telephone", "E-mail"]
    press(KEYS.Key_Backtab)
    press(KEYS.Key_Space)
    write("01 99 00 56 78")
    assert [tabbed() for _stop in range(5)][3:] == ["Remove Telephone 2", "Add a telephone"]
    assert tabbed(KEYS.Key_Backtab) == "Remove Telephone 2"
    press(KEYS.Key_Space)
    assert tabbed() == "E-mail"
    assert form.text_of("phone") == "01 99 00 12 34"


def test_values_of_a_group_open_from_their_line(whole: RecordCard) -> None:
    whole.edit("document.number.2")
    assert {e.name for e in whole.form.editors() if e.name.startswith("document")} >= {"document.type.2"}
    closed = next(
        b for b in whole.form.findChildren(QPushButton) if b.accessibleName().startswith("Edit Birth certificate")
    )
    closed.setFocus()
    press(KEYS.Key_Space)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName() == "Document"
    assert whole.form.changes() == {}


def test_an_empty_part_says_what_would_stand_there_and_offers_to_fill_it_in(screen: Screen) -> None:
    screen.enter()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        added = registry.execute(AddRecord("people", {"full_name": "Oren Castellvi"})).value
    screen.page.open_record(added.id)
    screen.settle()
    card = screen.page.card
    card.details.index.setCurrentRow(3)
    words = " ".join(child.text() for child in card.reading.findChildren(QLabel))
    assert "Nothing is written down here yet." in words
    assert "Education, Work, Skills and languages" in words
    next(b for b in card.reading.findChildren(QPushButton) if b.text() == "Fill in").click()
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName() == "Level of education"


def test_parts_of_which_nothing_is_seen_are_absent() -> None:
    assert parts("people", Session(1, "a", Role.AUDITOR)) == ()
    outreach = parts("people", Session(1, "o", Role.OUTREACH))
    assert all(
        field.sensitivity < 2 for part in outreach for s in part.sections for b in s.blocks for field in b.fields
    )
    clerk = {name for part in parts("people", Session(1, "c", Role.CLERK)) for name in part.names}
    assert clerk > {name for part in outreach for name in part.names}


# --- where values come from -------------------------------------------------------------------------------------


def test_a_value_tells_where_it_comes_from_on_hover_and_by_keyboard(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    record_id = screen.page.table.records.ids[0]
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(EditRecord("people", record_id, {"title": "Professor"}))
    screen.page.open_record(record_id)
    screen.settle()
    card = screen.page.card
    lines = {name: line for line in card.reading.lines() for name in line.names}
    assert lines["title"].toolTip().startswith("Edit a record · ")
    assert lines["title"].toolTip().endswith(" · demo")
    assert lines["sex"].toolTip().startswith("demonstration · Load the demonstration · ")
    assert lines["sex"].accessibleDescription() == lines["sex"].toolTip()
    lines["sex"].setFocus()
    assert card.details.origin.isVisible()
    assert card.details.origin.text() == lines["sex"].toolTip()
    press(KEYS.Key_Down)
    below = QApplication.focusWidget()
    assert isinstance(below, ReadingLine)
    assert below.names == ["birth_date"]
    press(KEYS.Key_Return)
    edited = QApplication.focusWidget()
    assert edited is not None
    assert edited.accessibleName() == "Date of birth"
    assert edited.accessibleDescription().startswith("demonstration · ")
    assert card._foot.aside.text() == edited.accessibleDescription()
    assert card.details.origin.isHidden()


def test_an_empty_field_tells_nothing(screen: Screen) -> None:
    screen.enter()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        added = registry.execute(AddRecord("people", {"full_name": "Oren Castellvi"})).value
    screen.page.open_record(added.id)
    screen.settle()
    screen.page.card.edit("title")
    write("D")
    assert screen.page.card._foot.aside.text() == ""

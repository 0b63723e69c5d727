"""Duplicates in the window, by keyboard: looked for, compared, chosen, merged, taken back, kept apart, taken apart."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from registry.app import Registry
from registry.commands import AddRecord, EditRecord, FindDuplicates, LoadDemonstration, MergeRecords
from registry.demo.people import people
from registry.matching.evidence import Evidence
from registry.merging.proposal import Side
from registry.queries import FindByNumber, GetRecord, ListIds, ListMerged, ReviewDuplicates
from tests.registry.transfer.importing import take_in_rows
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui import theme
from ui.desk import Notice
from ui.dialogs.base import Dialog
from ui.dialogs.take_apart import TakeApartDialog
from ui.pages.quality import QualityPage
from ui.pages.records import RecordsPage
from ui.places import Selection
from ui.quality import duplicates_tab
from ui.quality.comparison import _badge
from ui.quality.duplicates_tab import DuplicatesTab
from ui.quality.merge_dialog import MergeDialog, merge_marked
from ui.quality.sides import PART, STAYS

Shown = TypeVar("Shown", bound=Dialog)

MIRA = {
    "full_name": "Mira Contrived",
    "birth_date": "1985-03-04",
    "phone": "01 99 00 55 66",
    "sex": "female",
    "email": "mira@example.org",
    "document.number": "QX7712345",
}
#: The first and the third tell more.
MIRAS = (MIRA | {"notes": "met at the fair"}, MIRA, MIRA | {"phone.2": "01 99 00 77 88", "notes": "moved in May"})


@pytest.fixture
def three(screen: Screen) -> list[int]:
    """One person registered three times, and the run that finds it."""
    with Registry.open(screen.folder, "demo", "demo") as registry:
        ids = [registry.execute(AddRecord("people", texts)).value.id for texts in MIRAS]
        registry.execute(FindDuplicates())
    return ids


def review(screen: Screen, record_id: int = 0, user: str = "demo", password: str = "demo") -> DuplicatesTab:
    """The part of Quality, at the group of a record."""
    page = screen.enter(user, password, "quality").page
    assert isinstance(page, QualityPage)
    page.arrive(("duplicates", record_id))
    screen.settle()
    return page.duplicates


def dialog(kind: type[Shown]) -> Shown:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def press(screen: Screen, widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)
    screen.settle()


def go_to(tab: DuplicatesTab, row: int, column: int) -> None:
    """With the arrows, as somebody without a mouse does."""
    table = tab.comparison.table
    table.setFocus()
    while (here := table.currentIndex().row()) != row:
        QTest.keyClick(table, Qt.Key.Key_Down if here < row else Qt.Key.Key_Up)
    while (here := table.currentIndex().column()) != column:
        QTest.keyClick(table, Qt.Key.Key_Right if here < column else Qt.Key.Key_Left)


def row_of(tab: DuplicatesTab, name: str) -> int:
    lines = tab.comparison.table.sides.lines
    return next(n for n, line in enumerate(lines) if (line.field if isinstance(line, Side) else line) == name)


def test_nobody_has_looked_yet_and_then_the_queue_is_there(screen: Screen) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        for texts in MIRAS:
            registry.execute(AddRecord("people", texts))
    tab = review(screen)
    assert "Nobody has looked for duplicates yet" in tab._state.accessibleName()
    notices: list[Notice] = []
    tab.desk.noticed.connect(notices.append)
    tab.finder.setFocus()
    press(screen, tab.finder, Qt.Key.Key_Space)
    assert tab.finder.isEnabled()
    assert "may be one" in notices[-1].text
    assert any("Mira Contrived" in tab.queue.item(n).text() for n in range(tab.queue.count()))
    assert "among 153 records" in tab._age.text()


def test_records_are_chosen_and_merged_by_keyboard_and_taken_back(screen: Screen, three: list[int]) -> None:
    tab = review(screen, three[0])
    first, second, third = three
    assert tab.comparison.ids == tuple(three)
    count = tab.queue.count()
    go_to(tab, row_of(tab, STAYS), 2)
    press(screen, tab.comparison.table, Qt.Key.Key_Space)
    go_to(tab, row_of(tab, "notes"), 1)
    press(screen, tab.comparison.table, Qt.Key.Key_Return)
    press(screen, tab.comparison.table, Qt.Key.Key_M)
    notices: list[Notice] = []
    tab.desk.noticed.connect(notices.append)
    assert tab.queue.count() == count - 1
    assert set(tab.comparison.ids).isdisjoint(three)
    read = tab.desk.registry.read
    values = read(GetRecord("people", second)).values
    assert values["notes"] == "met at the fair"
    assert values["phone.2"] == "+33199007788"
    assert {first, third}.isdisjoint(read(ListIds("people")))
    tab.desk.undo()
    screen.settle()
    assert {*three} <= {*read(ListIds("people"))}
    assert any(group.ids == tuple(three) for group in read(ReviewDuplicates()).groups)
    assert tab.queue.count() == count


def test_who_is_left_out_stays_a_record_of_its_own(screen: Screen, three: list[int]) -> None:
    tab = review(screen, three[0])
    go_to(tab, row_of(tab, PART), 3)
    press(screen, tab.comparison.table, Qt.Key.Key_Space)
    assert tab.comparison.part == tuple(three[:2])
    assert tab.comparison.command().id in three[:2]
    go_to(tab, row_of(tab, PART), 2)
    press(screen, tab.comparison.table, Qt.Key.Key_Space)
    assert not tab.merge.isEnabled()
    press(screen, tab.comparison.table, Qt.Key.Key_M)
    press(screen, tab.comparison.table, Qt.Key.Key_Space)
    press(screen, tab.comparison.table, Qt.Key.Key_M)
    ids = tab.desk.registry.read(ListIds("people"))
    assert three[2] in ids
    assert len({*three} & {*ids}) == 2


def test_not_the_same_is_remembered_and_taken_back(screen: Screen, three: list[int]) -> None:
    tab = review(screen, three[0])
    count = tab.queue.count()
    tab.queue.setFocus()
    press(screen, tab.queue, Qt.Key.Key_N)
    assert tab.queue.count() == count - 1
    assert not any({*three} & {*group.ids} for group in tab.desk.registry.read(ReviewDuplicates()).groups)
    tab.desk.undo()
    screen.settle()
    assert any(group.ids == tuple(three) for group in tab._groups)


def test_later_goes_to_the_end_and_the_next_is_shown(screen: Screen, three: list[int]) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        for _time in range(2):
            registry.execute(AddRecord("people", MIRA | {"full_name": "Bo Feigned", "document.number": "ZZ998877"}))
        registry.execute(FindDuplicates())
    tab = review(screen)
    first, second = tab._groups[0].ids, tab._groups[1].ids
    tab.queue.setFocus()
    press(screen, tab.queue, Qt.Key.Key_L)
    assert tab.comparison.ids == second
    assert tab._groups[-1].ids == first
    tab.arrive()
    screen.settle()
    assert tab._groups[-1].ids == first


def test_only_what_differs_is_shown_and_that_is_kept(screen: Screen, three: list[int]) -> None:
    tab = review(screen, three[0])
    lines = len(tab.comparison.table.sides.lines)
    tab.comparison.differences.setFocus()
    press(screen, tab.comparison.differences, Qt.Key.Key_Space)
    shown = tab.comparison.table.sides.lines
    assert len(shown) < lines
    assert not any(line.equal for line in shown if isinstance(line, Side))
    assert tab.desk.settings.text("duplicates_only_differences") == "on"


def test_who_may_not_review_is_told(screen: Screen) -> None:
    tab = review(screen, user="outreach", password=CLERK_PASSWORD)
    assert tab._state.isVisible()
    assert "Nothing to review with this account" in tab._state.accessibleName()
    assert not tab.finder.isEnabled()


def test_associations_have_a_queue_of_their_own(screen: Screen, three: list[int]) -> None:
    page = screen.enter(place="quality").page
    assert isinstance(page, QualityPage)
    page.arrive(("association_duplicates", 0))
    screen.settle()
    assert page.duplicates.kind == "associations"
    assert page.duplicates.queue.count() == 0


def test_today_leads_to_the_queue(screen: Screen, three: list[int]) -> None:
    window = screen.enter(place="today")
    window.desk.go("quality", ("duplicates", three[2]))
    screen.settle()
    assert isinstance(window.page, QualityPage)
    assert three[2] in window.page.duplicates.comparison.ids


def card_of(screen: Screen, record_id: int) -> RecordsPage:
    page = screen.enter().page
    assert isinstance(page, RecordsPage)
    page.open_record(record_id)
    screen.settle()
    return page


def test_a_card_says_who_may_be_the_same_and_leads_there(screen: Screen, three: list[int]) -> None:
    page = card_of(screen, three[1])
    same = page.card.same
    assert same.compare.isVisible()
    assert not same.apart.isVisible()
    same.compare.setFocus()
    press(screen, same.compare, Qt.Key.Key_Space)
    shown = screen.window.page
    assert isinstance(shown, QualityPage)
    assert shown.duplicates.comparison.ids == tuple(three)


def test_what_became_part_of_a_record_is_taken_apart_from_its_card(screen: Screen, three: list[int]) -> None:
    first, second, third = three
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(MergeRecords(first, (third, second), {"notes": third}))
        registry.execute(EditRecord("people", first, {"phone.3": "01 99 00 11 22", "notes": "told again"}))
        numbers = [part.number for part in registry.read(ListMerged(first))]
    page = card_of(screen, first)
    assert all(number in page.card.same._what.text() for number in numbers)
    press(screen, page.card.same.apart, Qt.Key.Key_Space)
    shown = dialog(TakeApartDialog)
    shown.which.setFocus()
    press(screen, shown.which, Qt.Key.Key_Down)
    assert numbers[1] in shown.sentence.text()
    assert "Notes" in shown.kept.text()
    ((added, choice),) = shown.choices
    assert added.text
    choice.setFocus()
    press(screen, choice, Qt.Key.Key_Down)
    press(screen, choice, Qt.Key.Key_Return)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, TakeApartDialog) and w.isVisible()]
    read = page.desk.registry.read
    _kind, back = read(FindByNumber(numbers[1]))
    assert back == third
    assert "+33199001122" in read(GetRecord("people", back)).values.values()
    assert "+33199001122" not in read(GetRecord("people", first)).values.values()
    assert read(GetRecord("people", first)).values["notes"] == "told again"
    page.desk.undo()
    screen.settle()
    assert [part.number for part in read(ListMerged(first))] == numbers


def test_marked_records_of_a_list_are_merged(screen: Screen, three: list[int]) -> None:
    page = card_of(screen, three[0])
    notices: list[Notice] = []
    page.desk.noticed.connect(notices.append)
    merge_marked(page.desk, Selection("people", "", None, 150))
    assert "Mark the records" in notices[-1].text
    merge_marked(page.desk, Selection("people", "", tuple(three[:2]), 2))
    screen.settle()
    shown = dialog(MergeDialog)
    assert shown.main.isEnabled()
    shown.main.setFocus()
    press(screen, shown.main, Qt.Key.Key_Return)
    screen.settle()
    assert "is now part of" in notices[-1].text
    assert len({*three} & {*page.desk.registry.read(ListIds("people"))}) == 2


def test_the_queue_is_read_part_by_part(screen: Screen, three: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(LoadDemonstration("people", tuple(one for one in people(70, 5) for _time in range(2))))
        registry.execute(FindDuplicates())
        count = registry.read(ReviewDuplicates()).count
    assert count > 40
    monkeypatch.setattr(duplicates_tab, "_PAGE", 20)
    tab = review(screen)
    assert tab.queue.count() == 20
    assert f"{count} to review" in tab._age.text()
    shown = tab.comparison.ids
    bar = tab.queue.verticalScrollBar()
    bar.setValue(bar.maximum())
    here = bar.value()
    screen.settle()
    assert tab.queue.count() == 40
    assert (tab.comparison.ids, bar.value()) == (shown, here), "nothing jumps away from under the hand"
    tab.queue.setFocus()
    press(screen, tab.queue, Qt.Key.Key_End)
    assert tab.queue.count() == count


def test_pairs_of_an_import_wait_although_nobody_has_compared_all(screen: Screen) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        take_in_rows(
            registry, [["full_name", "birth_date"], ["Mira Contrived", "1985-03-04"], ["CONTRIVED Mira", "1985-03-04"]]
        )
    tab = review(screen)
    assert tab.queue.count() == 1
    assert "nobody has compared all records yet" in tab._age.text()


def test_what_all_say_alike_is_dimmed_and_what_is_chosen_stands_out(screen: Screen, three: list[int]) -> None:
    sides = review(screen, three[0]).comparison.table.sides

    def look(name: str, section: int) -> tuple[str, bool]:
        row = next(n for n, line in enumerate(sides.lines) if isinstance(line, Side) and line.field == name)
        index = sides.index(row, section)
        font = sides.data(index, Qt.ItemDataRole.FontRole)
        return sides.data(index, Qt.ItemDataRole.ForegroundRole).name(), font is not None and font.bold()

    quiet, plain = (QColor(colour).name() for colour in (theme.colours().quiet, theme.colours().text))
    assert {look("birth_date", section) for section in (1, 2, 3)} == {(quiet, False)}
    assert sorted(look("notes", section) for section in (1, 2, 3)) == sorted([(plain, True)] + [(plain, False)] * 2)


def test_a_reason_that_counts_for_nothing_has_no_weight(screen: Screen) -> None:
    one = _badge(Evidence("renewed", "other passport, issued later", 0))
    other = _badge(Evidence("born", "same birth date", 53))
    screen.bot.addWidget(one)
    screen.bot.addWidget(other)
    assert isinstance(one, QLabel)
    assert isinstance(other, QLabel)
    assert (one.text(), one.property("role")) == ("other passport, issued later", "badge")
    assert (other.text(), other.property("role")) == ("same birth date +5.3", "badge-success")


def test_the_reasons_take_as_much_room_as_they_need_and_no_more(screen: Screen, three: list[int]) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        for _time in range(2):
            registry.execute(AddRecord("people", {"full_name": "Bo Feigned", "birth_date": "1971-11-23"}))
        registry.execute(FindDuplicates())
        pair = next(
            group.ids for group in registry.read(ReviewDuplicates()).groups if group.records[0].name == "Bo Feigned"
        )
    tab = review(screen, pair[0])
    area = tab.comparison._evidence
    line = tab.comparison.findChildren(QLabel)[0].height()
    screen.bot.waitUntil(lambda: line <= area.height() < 2 * line + 8)
    tab.begin_at("people", three[0])
    tab.arrive()
    screen.settle()
    screen.bot.waitUntil(lambda: area.height() > 3 * line)

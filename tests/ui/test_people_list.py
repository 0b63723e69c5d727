"""The list of people: copied, kept in place, sorted, its columns chosen."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from registry.app import Registry
from registry.commands import AddRecord
from registry.errors import RegistryError
from registry.progress import Progress
from registry.queries import GetRecords, ListIds, ListViews
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from tests.ui.test_people import name_in, press
from ui.dialogs.columns import ColumnsDialog
from ui.segments.naming import NameDialog
from ui.widgets.reason_notes import REASON

KEYS = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_cut_value_ends_in_an_ellipsis_and_is_whole_in_the_tool_tip(screen: Screen) -> None:
    screen.enter()
    registry, table = screen.window.desk.registry, screen.page.table
    name = "Maximiliana Wilhelmina Theodora von und zu Beispielhausen-Musterfeld"
    added = registry.execute(AddRecord("people", {"full_name": name, "phone": "0199001234", "phone.2": "0199005678"}))
    screen.bot.waitUntil(lambda: table.records.row_of(added.value.id) >= 0, timeout=5_000)
    assert table.textElideMode() is Qt.TextElideMode.ElideRight
    row = table.records.row_of(added.value.id)

    def tip(field: str) -> str:
        index = table.records.index(row, table.records.columns.index(field))
        return str(table.records.data(index, Qt.ItemDataRole.ToolTipRole)).strip("\u2068\u2069")

    screen.bot.waitUntil(lambda: tip("full_name") == name, timeout=5_000)
    phones = [line.strip("\u2068\u2069") for line in tip("phone").splitlines()]
    assert phones == ["+33 1 99 00 12 34", "+33 1 99 00 56 78"]


def test_a_list_shows_the_address_where_somebody_lives(screen: Screen) -> None:
    screen.enter()
    registry, table = screen.window.desk.registry, screen.page.table
    at_home = {"address.kind": "home_country", "address.city": "Sfax", "address.country": "TUN"}
    here = {"address.city.2": "Bern", "address.country.2": "CHE"}
    added = registry.execute(AddRecord("people", {"full_name": "Ana Exemple", **at_home, **here}))
    screen.bot.waitUntil(lambda: table.records.row_of(added.value.id) >= 0, timeout=5_000)
    row, column = table.records.row_of(added.value.id), table.records.columns.index("address.city")

    def shown() -> str:
        return str(table.records.data(table.records.index(row, column)))

    screen.bot.waitUntil(lambda: "Bern  +1" in shown(), timeout=5_000)


def test_a_column_of_names_takes_the_room_that_is_left_and_long_kinds_begin_wide(screen: Screen) -> None:
    window = screen.enter()
    table = screen.page.table
    window.resize(1366, 768)
    screen.settle()
    narrow = table.columnWidth(0)
    window.resize(1900, 768)
    screen.settle()
    assert table.columnWidth(0) > narrow >= 196 * 0.9
    assert table._first_width("occupation") > table._first_width("sex")


def test_rows_copied_paste_into_a_sheet(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    table.mark_row(2)
    table.setFocus()
    press(KEYS.Key_C, CONTROL)
    head, line = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[0] == "Full name"
    assert line.split("\t")[0] == name_in(screen, 2)


def test_marked_rows_stay_marked_when_somebody_else_adds_people(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    table.mark_row(3)
    marked = table.marked_ids()
    with Registry.open(screen.folder, "demo", "demo") as other:
        other.execute(AddRecord("people", {"full_name": "Aaron Aaberg", "family_name": "Aaberg"}))
    screen.bot.waitUntil(lambda: table.records.rowCount() == PEOPLE + 1, timeout=5_000)
    assert table.marked_ids() == marked


def test_a_slow_page_of_the_list_before_does_not_come_into_the_next_one(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.enter()
    records = screen.page.table.records
    monkeypatch.setattr("ui.widgets.record_model._QUICK", 0.0)  # a worker reads every page
    everybody = records.ids
    place = records.columns.index("full_name")
    records.set_ids(everybody[5:6])
    records.data(records.index(0, place))
    records.set_ids(everybody[:5])
    records.data(records.index(0, place))
    screen.settle()
    shown = [str(records.data(records.index(row, place))) for row in range(5)]
    with Registry.open(screen.folder, "demo", "demo") as registry:
        known = registry.read(GetRecords("people", tuple(everybody[:5])))
    assert shown == [record.name for record in known.values()]


def test_rows_asked_for_while_painting_paint_no_progress_inside(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = screen.enter()
    records = screen.page.table.records
    monkeypatch.setattr("ui.widgets.record_model._QUICK", 0.0)  # a worker reads every page
    going = threading.Event()

    def work(progress: Progress) -> None:
        while not going.wait(0.001):
            progress.step(int(1000 * time.monotonic()) % 1000, 1000, "Counting")

    window.desk.runner.call(work, lambda _nothing: None, title="Counting")
    screen.bot.waitUntil(window.status._bar.isVisible, timeout=5_000)
    for _turn in range(30):
        records.reread()
        screen.page.table.viewport().repaint()  # Qt warns of a paint within a paint, and the warning fails the test
        screen.bot.wait(5)
    going.set()
    screen.settle()
    assert records.data(records.index(0, 0)) != "…"


def test_sorting_by_a_heading(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    place = table.records.columns.index("birth_date")
    table._sort(place)
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert table.records.ids == registry.read(ListIds("people", sort="birth_date"))
    table._sort(place)
    screen.settle()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert table.records.ids == registry.read(ListIds("people", sort="birth_date", descending=True))


def test_a_click_on_a_heading_sorts_and_leaves_the_marks(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    table.mark_row(3)
    marked = table.marked_ids()
    header = table.horizontalHeader()
    place = header.sectionViewportPosition(2) + 20
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place, 10))
    screen.settle()
    assert screen.page.table.sorting[0] == table.records.columns[2]
    assert table.marked_ids() == marked


def test_columns_are_kept_for_the_next_start(screen: Screen) -> None:
    screen.enter()
    screen.page.head.views.choose()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)  # type: ignore[attr-defined]
    dialog.list.setCurrentRow(2)  # type: ignore[attr-defined]
    dialog._move(-1)  # type: ignore[attr-defined]
    dialog._choose()  # type: ignore[attr-defined]
    assert screen.page.table.shown_columns()[:2] == ("birth_date", "number")
    screen.window.desk.close()
    screen.enter()
    assert screen.page.table.shown_columns()[:2] == ("birth_date", "number")


def test_the_order_is_kept_for_the_next_start_until_a_third_click(screen: Screen) -> None:
    screen.enter()
    table = screen.page.table
    by_name = list(table.records.ids)
    place = table.records.columns.index("phone")
    for _click in range(2):
        table._sort(place)
    assert table.sorting == ("phone", True)
    screen.window.desk.close()
    screen.enter()
    table = screen.page.table
    assert table.sorting == ("phone", True)
    assert table.horizontalHeader().isSortIndicatorShown()
    with Registry.open(screen.folder, "demo", "demo") as registry:
        assert table.records.ids == registry.read(ListIds("people", sort="phone", descending=True))
    table._sort(place)
    screen.settle()
    assert (table.sorting, list(table.records.ids)) == (("", False), by_name)
    assert not table.horizontalHeader().isSortIndicatorShown()


def test_each_user_has_columns_of_their_own(screen: Screen) -> None:
    screen.enter()
    standard = screen.page.table.shown_columns()
    screen.page.table.set_columns(["full_name", "hometown", "consent.outreach_news.letter"])
    screen.window.desk.close()
    screen.enter("clerk", CLERK_PASSWORD)
    assert screen.page.table.shown_columns() == standard
    screen.window.desk.close()
    screen.enter()
    assert screen.page.table.shown_columns() == ("full_name", "hometown", "consent.outreach_news.letter")
    assert "hometown" not in screen.program.settings.texts("columns.people")


def test_a_view_is_saved_shown_and_deleted_and_the_standard_comes_back(screen: Screen) -> None:
    screen.enter()
    table, views = screen.page.table, screen.page.head.views
    standard = table.shown_columns()
    table.set_columns(["full_name", "document.expires", "phone"])
    table.sort_by("document.expires", descending=False)
    views.save()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("Passports that lapse")
    dialog.main.click()
    screen.settle()
    by_expiry = list(table.records.ids)
    table.show_standard()
    screen.settle()
    assert (table.shown_columns(), table.sorting) == (standard, ("", False))
    views._fill()
    entry = next(a for a in views.menu_shown.actions() if a.text() == "Passports that lapse")
    assert not entry.isChecked()
    entry.trigger()
    screen.settle()
    assert table.shown_columns() == ("full_name", "document.expires", "phone")
    assert list(table.records.ids) == by_expiry
    views._fill()
    assert next(a for a in views.menu_shown.actions() if a.text() == "Passports that lapse").isChecked()
    views._delete("Passports that lapse")
    screen.settle()
    assert screen.window.desk.registry.read(ListViews("people")) == ()


def test_columns_are_found_by_their_name(screen: Screen) -> None:
    screen.enter()
    screen.page.head.views.choose()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ColumnsDialog)
    dialog.search.setText("expires")
    items = [dialog.list.item(place) for place in range(dialog.list.count())]
    left = {item.data(Qt.ItemDataRole.UserRole): item for item in items if not item.isHidden()}
    assert "full_name" not in left
    left["document.expires"].setCheckState(Qt.CheckState.Checked)
    assert dialog.names()[-1] == "document.expires"
    dialog._choose()
    assert screen.page.table.shown_columns()[-1] == "document.expires"


def test_a_quiet_line_says_why_a_record_was_found(screen: Screen) -> None:
    screen.enter()
    registry, table = screen.window.desk.registry, screen.page.table
    texts = {"full_name": "Anna Nowak", "birth_name": "Zielinska"}
    added = registry.execute(AddRecord("people", texts)).value.id
    screen.bot.waitUntil(lambda: table.records.row_of(added) >= 0, timeout=5_000)
    screen.page.search("zielinska")
    screen.bot.waitUntil(lambda: list(table.records.ids) == [added], timeout=5_000)
    cell = table.records.index(0, table.records.columns.index("full_name"))
    screen.bot.waitUntil(lambda: cell.data(REASON) == "Name at birth: Zielinska", timeout=5_000)
    assert "Name at birth: Zielinska" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert "Name at birth: Zielinska" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not table.records.index(0, table.records.columns.index("phone")).data(REASON)
    screen.page.search("nowak")
    screen.bot.waitUntil(lambda: bool(table.records.ids) and not screen.window.desk.runner.tasks, timeout=5_000)
    assert table.records.index(table.records.row_of(added), cell.column()).data(REASON) == ""


def test_the_first_rows_are_shown_before_all_are_there_and_offer_nothing_about_all(screen: Screen) -> None:
    screen.enter(place="today")
    screen.window.show_place("people")
    screen.settle()
    page = screen.page
    whole = page.table.records.ids
    page.table.show_ids(whole[:0])
    page._show_first(whole[:20])
    assert page.table.records.ids == whole[:20]
    assert not any(made.isEnabled() for made, _action, _entry in page.head.buttons)
    screen.settle()
    assert page.table.records.ids == whole
    assert all(made.isEnabled() for made, _action, _entry in page.head.buttons)
    page.table.show_ids(whole[:0])
    page._read_first()
    page.search("zzqx")  # before the first rows come, which are then not taken for what is found
    screen.settle()
    assert not page.table.records.ids


def test_a_part_of_a_list_that_cannot_be_read_is_not_taken_for_all(screen: Screen) -> None:
    screen.enter()
    page = screen.page
    whole = page.table.records.ids
    page.table.show_ids(whole[:0])
    page._show_first(whole[:20])
    page._refuse(RegistryError("The disk is gone."))
    assert len(page.table.records.ids) == 0
    assert not page.state.isHidden()

"""The steps of a registration from the card's menu and above the list, by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from registry import dates
from registry.app import Registry
from registry.commands import AddRecord, ChangeSetting, EditRecord
from registry.queries import GetHistory, GetRecord, GetRegistration, ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.card.past import Past
from ui.places import LIST_ACTIONS, Selection
from ui.registration.death import DeathDialog
from ui.registration.moves import MoveDialog, ReturnDialog, TransferDialog, UntraceableDialog
from ui.registration.several import SeveralDialog, lapse

Shown = TypeVar("Shown", bound=QDialog)
KEYS = Qt.Key
ADDRESS = {"address.street": "12 rue Inventée", "address.city": "Lyon", "address.country": "FRA"}


def person(screen: Screen, name: str = "Ana Exemple", **texts: str) -> int:
    """Somebody new, of whom the test knows everything."""
    with Registry.open(screen.folder, "demo", "demo") as registry:
        return registry.execute(AddRecord("people", {"full_name": name, **ADDRESS, **texts})).value.id


def values(screen: Screen, record_id: int) -> dict[str, str]:
    """What the card says."""
    return dict(screen.window.desk.registry.read(GetRecord("people", record_id)).values)


def choose(screen: Screen, record_id: int, words: str, kind: type[Shown]) -> Shown:
    """Open a card and choose an entry of its menu “Registration”."""
    screen.page.open_record(record_id)
    screen.settle()
    menus = screen.page.card.header._more.menu().findChildren(QMenu)
    entry = next(a for menu in menus for a in menu.actions() if a.text() == words)
    entry.trigger()
    screen.settle()
    return screen.window.findChildren(kind)[-1]


def write(*texts: str) -> None:
    """Type where the keyboard is, going on with Tab between the texts."""
    for place, text in enumerate(texts):
        focused = QApplication.focusWidget()
        assert focused is not None
        if place:
            QTest.keyClick(focused, KEYS.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
        if text:
            QTest.keyClicks(focused, text)


def press(key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_a_death_by_keyboard_names_what_follows_first(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen, occupation="Nurse", birth_date="1950-05-01", **{"consent.elections.letter": "given"})
    dialog = choose(screen, ana, "Died…", DeathDialog)
    assert "consents count as withdrawn" in dialog.follows.text()
    assert "These end on that day: 1 job." in dialog.follows.text()
    write("1949")
    press(KEYS.Key_Return)
    screen.settle()
    assert "before the date of birth" in dialog.editors["died_on"]._below.text()
    assert values(screen, ana)["state"] == "active"
    dialog.editors["died_on"]._input.selectAll()  # type: ignore[union-attr]
    write("3 June 2025", "town hall")
    press(KEYS.Key_Return)
    screen.settle()
    assert screen.window.notices.text == "The death is written down."
    now = values(screen, ana)
    assert (now["state"], now["died_on"], now["occupation.to"]) == ("deceased", "2025-06-03", "2025-06-03")
    screen.window.desk.undo()
    screen.settle()
    assert values(screen, ana)["state"] == "active"


def test_a_move_by_keyboard_with_the_household(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    ana, bo = (person(screen, name, household="H-test") for name in ("Ana Exemple", "Bo Exemple"))
    dialog = choose(screen, ana, "Moved…", MoveDialog)
    assert dialog.household.text() == "So did 1 other of the household"
    write("7", "quai Neuf", "1201", "Geneva", "", "Switzerland")
    assert "not the country of this post" in dialog.follows.text()
    write("", "", "")
    press(KEYS.Key_Tab)
    assert QApplication.focusWidget() is dialog.household
    press(KEYS.Key_Space)
    press(KEYS.Key_Return)
    screen.settle()
    for moved in (ana, bo):
        now = values(screen, moved)
        assert (now["address.house_number"], now["address.city"], now["address.country"]) == ("7", "Geneva", "CHE")
        assert now["address.from"] == now["address.to.2"] == date.today().isoformat()
    assert "To look at: Switzerland is not the country" in screen.window.notices.text
    assert dialog is not None


def test_a_move_without_an_address_stays_open_and_says_why(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    dialog = choose(screen, person(screen), "Moved…", MoveDialog)
    dialog.main.click()
    screen.settle()
    assert dialog.editors["address.street"]._below.text() == "Write the new address."
    assert dialog.main.isEnabled()
    press(KEYS.Key_Escape)
    screen.settle()


def test_return_transfer_and_untraceable(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen, **{"consent.elections.letter": "given"})
    returned = choose(screen, ana, "Returned home…", ReturnDialog)
    assert "1 consent is given." in returned.follows.text()
    returned.reachable.setChecked(False)
    returned.main.click()
    screen.settle()
    assert (values(screen, ana)["state"], values(screen, ana)["consent.elections.letter"]) == ("returned", "refused")
    bo = person(screen, "Bo Sample")
    choose(screen, bo, "Transferred…", TransferDialog)
    write("Consulate in Geneva")
    press(KEYS.Key_Return)
    screen.settle()
    cy = person(screen, "Cy Pattern")
    choose(screen, cy, "Untraceable…", UntraceableDialog)
    write("a letter came back")
    press(KEYS.Key_Return)
    screen.settle()
    registry = screen.window.desk.registry
    newest = [registry.read(GetRegistration(i)).states[0] for i in (bo, cy)]
    assert [(s.state, s.reason) for s in newest] == [
        ("transferred", "Consulate in Geneva"),
        ("untraceable", "a letter came back"),
    ]


def test_confirming_proposes_the_day_of_the_settings(screen: Screen) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(ChangeSetting("validity_years", "3"))
    screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen, registered_on="2015", valid_until="2016")
    dialog = choose(screen, ana, "Confirm…", SeveralDialog)
    until = dates.years_later(date.today(), 3).isoformat()
    assert dialog.until.text() == until
    press(KEYS.Key_Return)
    screen.settle()
    assert values(screen, ana)["valid_until"] == until
    assert screen.window.notices.text == "1 registration confirmed."


def test_a_whole_list_and_who_was_left(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    past = (date.today() - timedelta(days=3)).isoformat()
    person(screen, "Ana Exemple", household="H-list", valid_until=past)
    person(screen, "Bo Exemple", household="H-list", valid_until="2099")
    screen.page._take_query("household:H-list")
    screen.settle()
    entry = next(a for a in screen.page.head.more.menu().actions() if a.text() == "Record notices…")
    entry.trigger()
    dialog = window.findChildren(SeveralDialog)[-1]
    assert "For 2 registrations" in dialog.sentence.text()
    screen.bot.waitUntil(dialog.main.hasFocus)
    press(KEYS.Key_Return)
    screen.bot.waitUntil(dialog.left.isVisible)
    assert "It is valid until 2099." in dialog.left.toPlainText()
    assert window.notices.text == "1 notice recorded."
    press(KEYS.Key_Return)
    screen.settle()
    found = window.desk.registry.read(ListIds("people", "household:H-list state:expiring"))
    assert len(found) == 1


def test_a_day_that_is_past_is_refused_at_its_field(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    dialog = choose(screen, person(screen), "Confirm…", SeveralDialog)
    dialog.until.set_value("2001-02-03", initial=False)
    dialog.main.click()
    screen.settle()
    assert "is past" in dialog.until._below.text()
    press(KEYS.Key_Escape)
    screen.settle()


def test_who_may_not_edit_is_offered_no_step(screen: Screen) -> None:
    screen.enter("outreach", CLERK_PASSWORD)
    screen.page.open_record(screen.page.table.records.ids[0])
    screen.settle()
    assert screen.page.card.header._more.menu().findChildren(QMenu) == []
    offered = ["Labels…", "Envelopes…", "List of registered mail…", "Attendance list…", "Save this search…"]
    offered += ["Put on a list…", "Take off a list…", "Assign a follow-up…", "Log activity…"]
    assert [a.text() for a in screen.page.head.more.menu().actions() if a.isVisible()] == offered
    steps = {"confirm", "notice", "lapse"}
    lists = {"save_search", "put_on", "take_off", "set_field", "follow_up", "activity", "merge"}
    paper = {"labels", "envelopes", "registered_mail", "attendance"}
    assert {a.code for a in LIST_ACTIONS if a.more} == steps | lists | paper


def test_a_step_waits_while_something_is_not_saved(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen)
    screen.page.open_record(ana)
    screen.settle()
    screen.page.card.edit()
    screen.page.card.form.editors()[0].set_value("Other", initial=False)
    menus = screen.page.card.header._more.menu().findChildren(QMenu)
    next(a for menu in menus for a in menu.actions() if a.text() == "Died…").trigger()
    screen.settle()
    assert screen.window.findChildren(DeathDialog) == []
    assert "not saved" in screen.page.card.banner.text
    screen.page.card._discard()
    screen.settle()


def test_the_card_shows_states_and_whether_somebody_may_vote(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen, citizenship="XDR", birth_date="1980", registered_on="2015-02-03")
    window.desk.registry.execute(EditRecord("people", ana, {"state": "lapsed"}))
    screen.page.open_record(ana)
    screen.settle()
    index = screen.page.card.details.index
    details: list[str] = []
    for place in range(index.count()):
        index.setCurrentRow(place)
        details += [made.text() for made in screen.page.card.reading.findChildren(QLabel)]
    assert details[details.index("May vote") + 1] == "No: the registration is not active"
    screen.page.card.tabs.setCurrentIndex(screen.page.card.tabs.count() - 1)
    screen.settle()
    past = [made.text() for made in screen.page.card.tabs.past.findChildren(QLabel)]
    assert past[:2] == ["Registration", f"Lapsed since {dates.show(date.today().isoformat())}"]
    assert "Active since 3 Feb 2015" in past


def test_the_states_stand_above_a_history_that_was_read_sooner(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    ana = person(screen, registered_on="2015-02-03")
    registry, view = window.desk.registry, Past(window.desk, "people")
    screen.bot.addWidget(view)
    view._show(registry.read(GetHistory(ana, 0, 30)))
    view._show_states(registry.read(GetRegistration(ana)))
    shown = [made.text() for made in view.findChildren(QLabel)]
    assert shown.index("Active since 3 Feb 2015") < shown.index("History") < shown.index("Add a record")


def test_the_selection_names_its_number(screen: Screen) -> None:
    window = screen.enter("clerk", CLERK_PASSWORD)
    lapse(window.desk, Selection("people", "", None, 150))
    dialog = window.findChildren(SeveralDialog)[-1]
    assert dialog.sentence.text().startswith("150 registrations are looked at")
    dialog.main.click()
    screen.bot.waitUntil(dialog.left.isVisible)
    assert "registrations were left" in dialog.sentence.text()
    dialog.reject()

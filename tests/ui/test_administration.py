"""Administration: history with undo and verification, staff, settings, checks; each for those who may."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from registry.access import Role
from registry.app import Registry
from registry.commands import EditRecord
from registry.queries import GetRecord, GetSettings, ListIds, ListUsers
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.administration.checks_tab import ChecksTab
from ui.administration.history_tab import HistoryTab
from ui.administration.settings_tab import SettingsTab
from ui.administration.staff_tab import StaffTab
from ui.dialogs.create_registry import RecoveryKeys
from ui.pages.administration import AdministrationPage

NEW_PASSWORD = "lantern-orchard-77"


def administration(screen: Screen, tab: str, user: str = "demo", password: str = "demo") -> AdministrationPage:
    """The place Administration, at a tab."""
    page = screen.enter(user, password, "administration").page
    assert isinstance(page, AdministrationPage)
    page.arrive(tab)
    screen.settle()
    return page


def history(screen: Screen, user: str = "demo", password: str = "demo") -> HistoryTab:
    """The tab History."""
    tab = administration(screen, "history", user, password).tabs["history"]
    assert isinstance(tab, HistoryTab)
    return tab


def edited(folder: Path) -> tuple[int, str]:
    """Somebody whose occupation was changed: id and number."""
    with Registry.open(folder, "demo", "demo") as registry:
        first = registry.read(ListIds("people"))[0]
        registry.execute(EditRecord("people", first, {"occupation": "Beekeeper"}))
        return first, registry.read(GetRecord("people", first)).number


def test_an_operation_is_listed_and_taken_back(screen: Screen) -> None:
    first, _number = edited(screen.folder)
    tab = history(screen)
    assert tab.table.things[0].code == "edit_record"
    assert tab.table.things[0].user == "demo"
    tab.undo(tab.table.things[0].batch)
    screen.settle()
    registry = screen.window.desk.registry
    assert registry.read(GetRecord("people", first)).values.get("occupation") != "Beekeeper"
    screen.settle()
    assert tab.table.things[0].code == "undo"
    assert tab._state_words(tab.table.things[1]) == "Taken back"


def test_the_history_of_one_record_shows_its_values(screen: Screen) -> None:
    _first, number = edited(screen.folder)
    tab = history(screen)
    tab._number.setText(number)
    tab._find(number)
    screen.settle()
    assert tab.table.things[0].changes
    said = [label.text() for label in tab.panel.findChildren(QLabel)]
    assert "Beekeeper" in said
    tab._find("LYS-26-999999-9")
    screen.settle()
    assert tab._stack.currentWidget() is tab._state


def test_verification_ends_in_a_sentence(screen: Screen) -> None:
    tab = history(screen)
    tab.verify()
    screen.settle()
    assert "nothing was altered" in tab.banner.text
    assert tab._verify.isEnabled()


def test_an_auditor_sees_what_happened_without_values(screen: Screen) -> None:
    _first, _number = edited(screen.folder)
    tab = history(screen, "auditor", CLERK_PASSWORD)
    assert tab.table.things[0].note is None
    assert not tab._may_undo(tab.table.things[0])


def test_each_tab_is_for_those_who_may(screen: Screen) -> None:
    page = administration(screen, "history", "clerk", CLERK_PASSWORD)
    assert set(page.tabs) == {"history", "checks"}


def test_an_account_is_added_and_signs_in(screen: Screen) -> None:
    tab = administration(screen, "staff").tabs["staff"]
    assert isinstance(tab, StaffTab)
    dialog = tab.add()
    dialog.name.setText("yara")
    dialog.role.setCurrentIndex(dialog.role.findData(Role.MANAGER))
    dialog.passwords.first.setText(NEW_PASSWORD)
    dialog.passwords.second.setText("something else")
    assert not dialog._main.isEnabled()
    dialog.passwords.second.setText(NEW_PASSWORD)
    assert dialog._main.isEnabled()
    dialog.save()
    screen.settle()
    screen.settle()
    assert "yara" in [user.name for user in tab.table.things]
    with Registry.open(screen.folder, "yara", NEW_PASSWORD) as registry:
        assert registry.session.role is Role.MANAGER


def test_a_weak_password_is_refused_in_the_dialog(screen: Screen) -> None:
    tab = administration(screen, "staff").tabs["staff"]
    assert isinstance(tab, StaffTab)
    dialog = tab.add()
    dialog.name.setText("yara")
    dialog.passwords.first.setText("password1")
    dialog.passwords.second.setText("password1")
    dialog.save()
    screen.settle()
    assert dialog._trouble.text
    assert dialog.isVisible()
    dialog.reject()
    assert "yara" not in [user.name for user in screen.window.desk.registry.read(ListUsers())]


def test_new_recovery_keys_are_shown_once(screen: Screen) -> None:
    tab = administration(screen, "staff").tabs["staff"]
    assert isinstance(tab, StaffTab)
    dialog = tab.renew_recovery()
    dialog.save()
    screen.settle()
    screen.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RecoveryKeys))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, RecoveryKeys)
    words = [label.text() for label in shown.findChildren(QLabel)]
    assert all(key in words for key in shown._keys)
    assert len(shown._keys) == 2
    kept = shown.findChild(QCheckBox)
    assert kept is not None
    kept.setChecked(True)
    shown.accept()


def test_settings_are_saved(screen: Screen) -> None:
    tab = administration(screen, "settings").tabs["settings"]
    assert isinstance(tab, SettingsTab)
    assert not tab.save_button.isEnabled()
    tab.lines["post_name"].setText("Consulate General in Lyon")
    tab.lines["post_name.fr"].setText("Consulat général à Lyon")
    tab.address.setPlainText("1 quai Inventé\n69002 Lyon")
    tab.save()
    screen.settle()
    settings = screen.window.desk.registry.read(GetSettings())
    assert settings["post_name"] == "Consulate General in Lyon"
    assert settings["post_name.fr"] == "Consulat général à Lyon"
    assert settings["post_address"] == "1 quai Inventé\n69002 Lyon"
    assert not tab.changed


def test_the_checks_are_listed(screen: Screen) -> None:
    tab = administration(screen, "checks").tabs["checks"]
    assert isinstance(tab, ChecksTab)
    assert [line.code for line in tab.table.things][:3] == ["storage", "history", "index"]
    assert tab.banner.text == "Everything is sound."


def test_a_number_that_no_setting_can_be_is_said_at_its_line(screen: Screen) -> None:
    tab = administration(screen, "settings").tabs["settings"]
    assert isinstance(tab, SettingsTab)
    assert (tab.lines["validity_years"].text(), tab.lines["notice_days"].text()) == ("5", "60")
    tab.lines["validity_years"].setText("many")
    tab.lines["notice_days"].setText("45")
    tab.lines["post_city"].setText("Lyon")
    tab.save()
    screen.settle()
    assert tab.numbers["validity_years"]._below.text() == "Write a whole number from 1 to 50."
    assert set(tab.changed) == {"validity_years"}
    settings = screen.window.desk.registry.read(GetSettings())
    assert (settings["notice_days"], settings["post_city"]) == ("45", "Lyon")
    assert "validity_years" not in settings
    tab.lines["validity_years"].setText("7")
    tab.save()
    screen.settle()
    assert screen.window.notices.text == "The settings are saved."
    assert tab.changed == {}

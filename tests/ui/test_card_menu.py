"""The menu of a person's card: what cannot be taken back, and what is sealed."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from registry.app import Registry
from registry.commands import ChangeSetting, ChangeUser, OpenProtected
from registry.errors import RegistryError
from registry.queries import GetHistory, GetRecord
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from ui.dialogs.erase import EraseDialog
from ui.dialogs.protected import ProtectedDialog

Shown = TypeVar("Shown", bound=QDialog)


def entry(screen: Screen, words: str) -> QAction | None:
    """What the menu of the first person's card offers under these words."""
    screen.page.open_record(screen.page.table.records.ids[0])
    screen.settle()
    menu = screen.page.card.header._more.menu()
    return next((a for a in menu.actions() if a.text() == words and a.isVisible()), None)


def choose(screen: Screen, words: str, kind: type[Shown]) -> Shown:
    """Choose an entry, which opens a dialog."""
    offered = entry(screen, words)
    assert offered is not None
    offered.trigger()
    return screen.window.findChildren(kind)[-1]


def test_erasing_asks_why_and_leaves_nothing(screen: Screen) -> None:
    window = screen.enter()
    dialog = choose(screen, "Erase for good…", EraseDialog)
    record_id = screen.page.card.record_id
    assert not dialog.main.isEnabled()
    QTest.keyClicks(dialog.reason, "Request of 3 May")
    dialog.main.click()
    screen.settle()
    assert screen.page.table.records.rowCount() == PEOPLE - 1
    assert screen.page.card.isHidden()
    assert window.notices.text == "Erased for good."
    with pytest.raises(RegistryError):
        window.desk.registry.read(GetRecord("people", record_id))
    newest = window.desk.registry.read(GetHistory(limit=1)).operations[0]
    assert newest.note is not None
    assert (newest.code, newest.note["reason"]) == ("erase_record", "Request of 3 May")


def test_a_clerk_is_offered_neither(screen: Screen) -> None:
    screen.enter("clerk", CLERK_PASSWORD)
    assert entry(screen, "Delete") is not None
    assert entry(screen, "Erase for good…") is None
    assert entry(screen, "Protected values…") is None


def test_protected_values_open_after_password_and_reason(screen: Screen) -> None:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(ChangeSetting("protected", "on"))
        registry.execute(ChangeUser("demo", protected=True))
    window = screen.enter()
    dialog = choose(screen, "Protected values…", ProtectedDialog)
    QTest.keyClicks(dialog.reason, "Letter about a summons")
    QTest.keyClicks(dialog.password, "wrong")
    dialog.main.click()
    screen.settle()
    assert not dialog._trouble.isHidden()
    dialog.password.setText("demo")
    dialog.main.click()
    screen.settle()
    assert dialog.texts["safe_contact"].isVisible()
    QTest.keyClicks(dialog.texts["safe_contact"], "Only by the sister, evenings")
    dialog.main.click()
    screen.settle()
    window.desk.registry.confirm("demo")
    opened = window.desk.registry.execute(OpenProtected(screen.page.card.record_id, "a reason")).value
    assert opened == {"safe_contact": "Only by the sister, evenings"}


def test_columns_beside_a_card_are_not_cut(screen: Screen) -> None:
    window = screen.enter()
    window.resize(1366, 768)
    table = screen.page.table
    screen.page.open_record(table.records.ids[0])
    screen.settle()
    screen.bot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    hidden = [name for place, name in enumerate(table.records.columns) if table.isColumnHidden(place)]
    assert hidden[-1:] == ["state"]
    screen.page._close_card()
    screen.bot.waitUntil(lambda: table.horizontalHeader().hiddenSectionCount() == 0)
    assert table.shown_columns() == table.records.columns

"""What tests of a card share: keys where the keyboard is, what is said, and somebody of whom little is known."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from registry.queries import GetRecord, ListActivities
from tests.ui.conftest import Screen
from ui.card.card import RecordCard

KEYS = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Shown = TypeVar("Shown", bound=QDialog)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def words(widget: QWidget) -> str:
    """All that a widget says."""
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if not part.isHidden())


def alone(screen: Screen, user: str = "demo", password: str = "demo") -> RecordCard:
    """The card of somebody without activities, files or consents."""
    window = screen.enter(user, password)
    registry = window.desk.registry
    chosen = next(
        i for i in screen.page.table.records.ids
        if not registry.read(ListActivities("people", i)) and not registry.read(GetRecord("people", i)).consents
    )  # fmt: skip
    screen.page.open_record(chosen)
    screen.settle()
    screen.page.card.setFocus()
    return screen.page.card


def show_part(card: RecordCard, title: str) -> None:
    """Bring the part of the details to the front whose name begins so."""
    index = card.details.index
    index.setCurrentRow(next(i for i in range(index.count()) if index.item(i).text().startswith(title)))


def dialog(screen: Screen, kind: type[Shown]) -> Shown:
    """The dialog that was opened, once it has the keyboard."""
    screen.settle()
    shown = screen.window.findChildren(kind)[-1]
    screen.bot.waitUntil(shown.isActiveWindow)
    return shown


def stand_on(screen: Screen, entry: QWidget) -> None:
    """Give an entry the keyboard, once no dialog has it any more."""
    screen.window.activateWindow()  # without a screen nobody else gives it back
    screen.bot.waitUntil(screen.window.isActiveWindow)
    entry.setFocus()


def tab(screen: Screen, card: RecordCard, place: int) -> None:
    card.tabs.setCurrentIndex(place)
    screen.settle()


def notice(screen: Screen) -> str:
    return screen.window.notices.text

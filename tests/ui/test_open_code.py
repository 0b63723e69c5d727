"""A line for occupations and skills: it offers what the vocabulary has, and keeps what it has not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from registry import fields
from registry.kinds import Situation
from ui.card.editors import FieldEditor
from ui.widgets.open_code import OpenCodeLine


def test_typing_offers_entries_in_any_language(qtbot: QtBot) -> None:
    line = OpenCodeLine("isco", "Occupation")
    qtbot.addWidget(line)
    for typed in ("nurs", "infirm"):
        line.clear()
        QTest.keyClicks(line, typed)
        assert any("Nursing professionals" in words for words in line.offers())


def test_a_chosen_entry_stands_as_its_label(qtbot: QtBot) -> None:
    line = OpenCodeLine("isco", "Occupation")
    qtbot.addWidget(line)
    line.show()
    QTest.keyClicks(line, "2221")
    popup = line.completer().popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "Nursing professionals"


def test_the_editor_shows_labels_and_says_what_is_not_in_the_list(qtbot: QtBot) -> None:
    editor = FieldEditor(fields.by_name("people")["occupation"], "occupation", Situation)
    qtbot.addWidget(editor)
    editor.set_value("2221")
    assert (editor.text(), editor.changed) == ("Nursing professionals", False)
    editor.set_value("Lantern keeper")
    assert editor.text() == "Lantern keeper"
    assert editor.check()
    assert "to be coded later" in editor._below.text()

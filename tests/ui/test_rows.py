"""The small tables of the flows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.rows import Column, Rows


def test_copied_lines_hold_no_formula(qtbot: QtBot) -> None:
    rows: Rows[str] = Rows("Names", [Column("Name", lambda name: name), Column("Length", lambda name: str(len(name)))])
    qtbot.addWidget(rows)
    rows.show_things(["=1+cmd", "Two\tlines\nhere"])
    rows.selectAll()
    QTest.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "'=1+cmd\t6\nTwo lines here\t14"

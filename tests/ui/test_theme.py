"""Colours that can be read, and controls that have names."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

import resources
from tests.ui.conftest import Screen
from ui.theme import DARK, LIGHT, Colours

#: Words and the grounds they stand on.
PAIRS = [
    *((words, ground) for words in ("text", "quiet", "accent_text", "danger", "warning", "success")
      for ground in ("window", "surface", "raised")),
    *((words, ground) for words in ("text", "quiet") for ground in ("hover", "accent_soft")),
    ("on_accent", "accent"), ("danger", "danger_soft"), ("warning", "warning_soft"), ("success", "success_soft"),
    ("text", "danger_soft"), ("text", "warning_soft"), ("text", "success_soft"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    mixed = QColor(colour)

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(mixed.redF()) + 0.7152 * linear(mixed.greenF()) + 0.0722 * linear(mixed.blueF())


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_can_be_read_on_its_ground(colours: Colours) -> None:
    weak = {
        pair: round(contrast(getattr(colours, pair[0]), getattr(colours, pair[1])), 2)
        for pair in PAIRS
        if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_inputs_can_be_seen(colours: Colours) -> None:
    assert contrast(colours.edge, colours.window) >= 2.5
    assert contrast(colours.accent_text, colours.window) >= 3


def test_every_control_has_a_name(screen: Screen) -> None:
    window = screen.enter()
    screen.page.open_record(screen.page.table.records.ids[0])
    screen.settle()
    screen.page.card.edit()
    index = screen.page.card.details.index
    nameless = []
    for place in range(index.count()):
        index.setCurrentRow(place)
        nameless += [
            f"{type(widget).__name__} in {type(widget.parent()).__name__}"
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and _is_control(widget)
            and not _name(widget)
        ]
    assert nameless == []


def _is_control(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)


def _name(widget: QWidget) -> str:
    named = isinstance(widget.parent(), QComboBox) and widget.parent().accessibleName()  # type: ignore[union-attr]
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "") or str(named or "")


def test_labels_never_read_names_as_markup(screen: Screen) -> None:
    window = screen.enter()
    formats = {widget.textFormat() for widget in window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_every_icon_is_one_of_the_set() -> None:
    for file in resources.path("icons").glob("*.svg"):
        assert re.search(r'viewBox="(0 -960 960 960|-140 -1100 1240 1240)"', file.read_text(encoding="utf-8")), (
            file.name
        )

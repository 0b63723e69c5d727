"""Inputs with a name above and a sentence below when what stands in them cannot be used."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from registry.i18n import _
from ui import icons
from ui.widgets.labels import column, label, repolish


class PasswordLine(QLineEdit):
    """A line for a password, which an eye at its end makes readable."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self._eye = QAction(self)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._eye.triggered.connect(self._turn)
        self._draw()

    def _turn(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._draw()

    def _draw(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self._eye.setIcon(icons.icon("visibility" if hidden else "visibility_off", "quiet"))
        self._eye.setText(_("Show the password") if hidden else _("Hide the password"))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than a password of some length."""
        return super().minimumSizeHint().expandedTo(QSize(160, 0))


def number_box(least: int, most: int, unit: str = "") -> QSpinBox:
    """A box for a whole number, with its unit behind it."""
    box = QSpinBox()
    box.setRange(least, most)
    if unit:
        box.setSuffix(f" {unit}")
    box.lineEdit().setTextMargins(8, 0, 0, 0)  # Qt's style sheets move the text of no such box
    return box


class Labelled(QWidget):
    """An input under its label, with a place for what is wrong with it.

    Attributes:
        input: the input itself.
    """

    def __init__(self, name: str, widget: QWidget, hint: str = "") -> None:
        super().__init__()
        self.input = widget
        layout: QVBoxLayout = column(self, spacing=4)
        self._label: QLabel = label(name, "quiet")
        self._label.setBuddy(widget)
        if not widget.accessibleName():
            widget.setAccessibleName(name)
        layout.addWidget(self._label)
        layout.addWidget(widget)
        self._hint = hint
        self._below = label(hint, "small", wrap=True)
        layout.addWidget(self._below)  # first into its place: what is shown without one is a window of its own
        self._below.setVisible(bool(hint))

    def set_hint(self, sentence: str) -> None:
        """Say something else below the input while nothing is wrong with it."""
        self._hint = sentence
        self.set_problem("")

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with what stands in the input; "" = nothing any more."""
        mark_wrong(self.input, bool(sentence))
        self._below.setText(sentence or self._hint)
        self._below.setProperty("role", "danger" if sentence else "small")
        repolish(self._below)
        self._below.setVisible(bool(sentence or self._hint))
        self.input.setAccessibleDescription(sentence)


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Give an input the edge of one that cannot be used, or its own again."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        repolish(widget)

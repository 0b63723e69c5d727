"""Labels, buttons and rows in the program's few styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons

Box = TypeVar("Box", bound=QBoxLayout)


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of plain text.

    Args:
        text: translated; never read as markup.
        role: "", "title", "heading", "section", "quiet", "small", "danger", "warning", "success" or "badge…".
        wrap: break long text into lines.
        selectable: let the officer copy it with mouse and keyboard.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setAlignment(leading())
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def leading() -> Qt.AlignmentFlag:
    """The edge at which lines begin; Qt would begin Latin words at the left in a mirrored window too."""
    edge = Qt.AlignmentFlag.AlignRight if QGuiApplication.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    return edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def isolated(text: str) -> str:
    """A value that keeps its own direction in a mirrored window, such as a telephone number (Unicode: FSI, PDI)."""
    return f"\u2068{text}\u2069" if text and QGuiApplication.isRightToLeft() else text


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(text: str, on_click: Callable[[], object] | None = None, role: str = "", icon: str = "") -> QPushButton:
    """A push button; roles are "", "primary", "danger", "link", "chip", "chip-on"."""
    made = QPushButton(text.replace("&", "&&"))
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if icon:
        icons.dress(
            made, icon, {"primary": "on_accent", "link": "accent_text", "danger": "danger"}.get(role, "text"), 18
        )
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def icon_button(name: str, text: str, on_click: Callable[[], object] | None = None) -> QToolButton:
    """A button of an icon alone; `text` is its name for screen readers and its tool tip."""
    made = QToolButton()
    as_icon(made, name, text)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def as_icon(made: QToolButton, name: str, text: str) -> None:
    """Let a button be one of an icon alone."""
    icons.dress(made, name)
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setFixedSize(QSize(34, 34))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def surface(role: str = "surface") -> QFrame:
    """A frame with its own ground."""
    frame = QFrame()
    frame.setProperty("role", role)
    return frame


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls where it has less room than it needs."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def line(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    frame = surface("line")
    if vertical:
        frame.setFixedWidth(1)
    else:
        frame.setFixedHeight(1)
    return frame


def column(parent: QWidget | None = None, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """A vertical layout on the 4-pixel grid."""
    return _spaced(QVBoxLayout(parent) if parent is not None else QVBoxLayout(), margin, spacing)


def row(parent: QWidget | None = None, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """A horizontal layout on the 4-pixel grid."""
    return _spaced(QHBoxLayout(parent) if parent is not None else QHBoxLayout(), margin, spacing)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; hidden at once, since what is only to be deleted may be drawn once more."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def indented(widget: QWidget, pixels: int) -> QHBoxLayout:
    """A widget that begins so far from the edge; unlike margins, the space is mirrored with the window."""
    made = row(spacing=0)
    made.addSpacing(pixels)
    made.addWidget(widget, 1)
    return made


def _spaced(layout: Box, margin: int, spacing: int) -> Box:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout

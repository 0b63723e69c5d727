"""Colours, fonts and style: light and dark after the system, one accent colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui import icons
from ui.stylesheet import stylesheet


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance; every text on its ground has a contrast of 4.5 or more (WCAG 2.2 AA).

    Attributes:
        window, surface, raised: grounds, from the back to the front.
        line, edge: quiet separators, and the edges of what can be typed in (3:1).
        text, quiet: words, and words that matter less.
        accent, on_accent, accent_text, accent_soft: filled controls and the words on them; links; selected rows.
        danger, warning, success: words of that meaning; the `_soft` ones are their grounds.
    """

    window: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_text: str
    accent_soft: str
    hover: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str


LIGHT = Colours(
    window="#f4f6f8",
    surface="#ffffff",
    raised="#ffffff",
    line="#e1e6eb",
    edge="#8f9aa6",
    text="#1b232c",
    quiet="#566371",
    accent="#1f5f96",
    on_accent="#ffffff",
    accent_text="#1a5a91",
    accent_soft="#dceaf6",
    hover="#eaeff4",
    danger="#a8261c",
    danger_soft="#fbe9e7",
    warning="#7a4f00",
    warning_soft="#fdf1d8",
    success="#1d6a3a",
    success_soft="#e2f3e8",
)
DARK = Colours(
    window="#14181d",
    surface="#1b2027",
    raised="#232a32",
    line="#2d353f",
    edge="#717d8a",
    text="#e6eaef",
    quiet="#a3afbb",
    accent="#2f74b0",
    on_accent="#ffffff",
    accent_text="#8dc3f2",
    accent_soft="#243f58",
    hover="#29313a",
    danger="#ff9d92",
    danger_soft="#43211f",
    warning="#f1c66b",
    warning_soft="#3d3118",
    success="#83d3a0",
    success_soft="#1b3a28",
)

#: The fallbacks behind the system's font, so that names in every script are drawn.
_FALLBACKS = (
    "Noto Sans",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Ethiopic",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Sinhala",
    "Noto Sans Thai",
    "Noto Sans Khmer",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans SC",
)
#: What a system without a desktop calls its font.
_NAMELESS = frozenset({"", "Sans", "Sans Serif", "sans-serif"})

_current = LIGHT


def colours() -> Colours:
    """The colours in use."""
    return _current


def apply(application: QApplication, appearance: str = "system") -> None:
    """Dress the whole program: `appearance` is "system", "light" or "dark"."""
    global _current
    hints = application.styleHints()
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(appearance, Qt.ColorScheme.Unknown)
    if scheme is Qt.ColorScheme.Unknown:
        hints.unsetColorScheme()
        scheme = hints.colorScheme()
    else:
        hints.setColorScheme(scheme)
    _current = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(_current))
    application.setStyleSheet(stylesheet(_current))
    icons.recolour(application)


def use_fonts(application: QApplication) -> None:
    """Take the system's font, with the Noto fonts behind it for scripts it lacks."""
    for file in sorted(resources.path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    own = [] if system.family() in _NAMELESS else [system.family()]
    font = QFont(system)
    font.setFamilies([*own, *_FALLBACKS])
    font.setPointSizeF(max(system.pointSizeF(), 10.0))
    application.setFont(font)


def heading(size: float = 15.0, *, bold: bool = True) -> QFont:
    """The program's font for a heading, in points."""
    font = QFont(QApplication.font())
    font.setPointSizeF(size)
    font.setBold(bold)
    return font


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.PlaceholderText, c.quiet),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.BrightText, c.danger),
        (role.Link, c.accent_text),
        (role.LinkVisited, c.accent_text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.Light, c.raised),
        (role.Midlight, c.line),
        (role.Mid, c.line),
        (role.Dark, c.edge),
        (role.Shadow, c.line),
        (role.Accent, c.accent),
    ):
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(c.edge))
    return palette

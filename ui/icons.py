"""Icons of one set (Material Symbols), drawn in the colours of the appearance in use."""

from __future__ import annotations

from functools import cache, lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

import resources

_NAME, _ROLE, _SIZE, _GAP = "icon_name", "icon_role", "icon_size", "icon_gap"


def dress(widget: QAbstractButton | QLabel, name: str, role: str = "text", size: int = 20, gap: int = 0) -> None:
    """Put an icon on a button or a label; it follows the appearance from then on.

    Args:
        name: file in resources/icons without ending.
        role: attribute of `theme.Colours`.
        size: logical pixels.
        gap: logical pixels more between a button's icon and its words.
    """
    widget.setProperty(_NAME, name)
    widget.setProperty(_ROLE, role)
    widget.setProperty(_SIZE, size)
    widget.setProperty(_GAP, gap)
    _draw(widget)


def recolour(application: QApplication) -> None:
    """Draw every icon again, in the colours now in use."""
    for widget in application.allWidgets():
        if widget.property(_NAME):
            _draw(widget)


def icon(name: str, role: str = "text", size: int = 20, gap: int = 0) -> QIcon:
    """An icon in today's colours, for menus and tables that are made anew each time."""
    from ui import theme

    colours = theme.colours()
    found = QIcon()
    for density in _densities():
        found.addPixmap(_pixmap(name, getattr(colours, role), size, density, gap))
        found.addPixmap(_pixmap(name, colours.edge, size, density, gap), QIcon.Mode.Disabled)
    return found


def _draw(widget: QWidget) -> None:
    name, role, size = str(widget.property(_NAME)), str(widget.property(_ROLE)), int(widget.property(_SIZE))
    if isinstance(widget, QAbstractButton):
        gap = int(widget.property(_GAP))
        widget.setIcon(icon(name, role, size, gap))
        widget.setIconSize(QSize(size + 2 * gap, size))
    elif isinstance(widget, QLabel):
        widget.setPixmap(icon(name, role, size).pixmap(QSize(size, size), widget.devicePixelRatio()))


def _densities() -> set[int]:
    """Device pixels a logical one is drawn with on the screens that there are: 1 at 100 %, 2 up to 200 %, and so on."""
    return {ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens()}


@cache
def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, density: int, gap: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("<path ", f'<path fill="{colour}" ').encode()))
    pixmap = QPixmap((size + 2 * gap) * density, size * density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(gap * density, 0, size * density, size * density))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap

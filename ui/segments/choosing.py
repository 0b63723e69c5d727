"""A button that offers the segments, where a query is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from registry.i18n import _
from registry.queries import ListSegments
from registry.segments.looking import SegmentView
from ui import icons
from ui.desk import Desk
from ui.segments.words import query_of
from ui.widgets.labels import button


def segment_button(
    desk: Desk, kind: Callable[[], str], chosen: Callable[[str], object], parent: QWidget
) -> QPushButton:
    """The button; `kind` tells which records are searched, `chosen` hears the query that finds the segment."""
    made = button(_("Choose a segment…"), role="link", icon="bookmark")

    def offer(found: tuple[SegmentView, ...]) -> None:
        menu = QMenu(parent)
        for each in found:
            action = menu.addAction(icons.icon("bookmark" if each.fixed_on else "search"), each.name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, name=each.name: chosen(query_of(name)))
            action.setEnabled(not each.problem)
        if not found:
            menu.addAction(_("No segments yet")).setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(made.mapToGlobal(QPoint(0, made.height() + 4)))

    made.clicked.connect(lambda: desk.read(ListSegments(kind(), counts=False), offer, key=("segments", kind())))
    return made

"""Filter chips above a list: what is in force, and the values on offer with their counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from registry import formats
from registry.fields import Field
from registry.i18n import _
from registry.queries import Facets
from ui import filters, icons
from ui.desk import Desk
from ui.widgets.labels import button
from ui.widgets.wrapping import WrappingLayout

if TYPE_CHECKING:  # what makes them counts with libraries that take long to load
    from registry.packed.facets import Facet

#: Values offered in one menu; rarer ones can be typed into the search box.
_MOST_VALUES = 16


class FilterBar(QWidget):
    """The filters of one list.

    Signals:
        chosen: the query as it should be now.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._query = ""
        self._flow = WrappingLayout(self)
        self._offers: dict[str, QPushButton] = {}
        for field in filters.offered(kind, desk.session):
            self._offers[field.name] = self._offer(field)
            self._flow.addWidget(self._offers[field.name])
        self._short_ways: list[tuple[str, QPushButton]] = []
        for name, code, words in filters.SHORT_WAYS[kind]:
            found = next((f for f in filters.offered(kind, desk.session) if f.name == name), None)
            if found is not None:
                made = button(_(words), partial(self._choose, found, code), "chip")
                self._short_ways.append((name, made))
                self._flow.addWidget(made)
        self._chips: list[QPushButton] = []
        self._questions = QMenu(self)
        self._asked = self._chip_with_menu(_("Profile answers"), self._ask_question)
        self._flow.addWidget(self._asked)

    def _offer(self, field: Field) -> QPushButton:
        return self._chip_with_menu(field.title, lambda made: self._ask(field, made))

    def _chip_with_menu(self, words: str, ask: Callable[[QPushButton], None]) -> QPushButton:
        made = button(words, role="chip")
        icons.dress(made, "keyboard_arrow_down", "quiet", 18)
        made.setLayoutDirection(_opposite(self.layoutDirection()))
        made.setAccessibleName(_("Filter by {field}", field=words))
        made.clicked.connect(lambda _checked=False: ask(made))
        return made

    def show_query(self, query: str) -> None:
        """Show which filters a query holds: first those in force, then those on offer."""
        self._query = query
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        while self._flow.takeAt(0) is not None:
            continue
        found = filters.active(query, self._kind, self._desk.session)
        self._chips = [self._chip(each) for each in found]
        for chip in self._chips:
            self._flow.addWidget(chip)
        used = {each.field for each in found}
        for name, offer in self._offers.items():
            offer.setVisible(name not in used)
            self._flow.addWidget(offer)
        for name, made in self._short_ways:
            made.setVisible(name not in used)
            self._flow.addWidget(made)
        self._asked.setVisible(bool(filters.asked(self._kind, self._desk.session)))
        self._flow.addWidget(self._asked)
        self.updateGeometry()  # else the list may give a bar whose chips were all exchanged no height

    def _chip(self, found: filters.Filter) -> QPushButton:
        chip = button(found.label, lambda: self.chosen.emit(found.without), "chip-on")
        icons.dress(chip, "close", "text", 16)
        chip.setLayoutDirection(_opposite(self.layoutDirection()))
        chip.setAccessibleName(_("Remove the filter {filter}", filter=found.label))
        chip.setToolTip(_("Remove this filter"))
        return chip

    def _ask_question(self, offer: QPushButton) -> None:
        """Which question of a profile template the list is filtered by."""
        self._questions.deleteLater()
        self._questions = menu = QMenu(self)  # kept: answers arrive for it while it is shown
        heading = ""
        for field in filters.asked(self._kind, self._desk.session):
            if field.heading != heading:
                heading = field.heading
                menu.addSection(heading)
            answers = menu.addMenu(field.title.replace("&", "&&"))
            answers.aboutToShow.connect(lambda question=field, below=answers: self._read_answers(question, below))
        menu.popup(offer.mapToGlobal(QPoint(0, offer.height() + 4)))

    def _read_answers(self, field: Field, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(_("Loading…")).setEnabled(False)

        def answered(facets: Sequence[Facet]) -> None:
            if menu in self._questions.findChildren(QMenu):  # it was not opened anew meanwhile
                self._fill(field, menu, facets)

        query = Facets(self._kind, self._query, (field.name,), _MOST_VALUES)
        self._desk.read(query, answered, key=("facets", self._kind))

    def _ask(self, field: Field, offer: QPushButton) -> None:
        query = Facets(self._kind, self._query, (field.name,), _MOST_VALUES)
        self._desk.read(query, lambda facets: self._open(field, offer, facets), key=("facets", self._kind))

    def _open(self, field: Field, offer: QPushButton, facets: Sequence[Facet]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(field, menu, facets)
        menu.popup(offer.mapToGlobal(QPoint(0, offer.height() + 4)))

    def _fill(self, field: Field, menu: QMenu, facets: Sequence[Facet]) -> None:
        """The values of a field with their counts."""
        menu.clear()
        values = facets[0].values if facets else ()
        for value in values:
            action = menu.addAction(f"{value.label.replace('&', '&&')}\t{formats.number(value.count)}")
            action.triggered.connect(lambda _checked=False, code=value.code: self._choose(field, code))
        if not values:
            menu.addAction(_("No values here")).setEnabled(False)
        elif facets[0].more:
            menu.addSeparator()
            menu.addAction(_("Type others into the search box")).setEnabled(False)

    def _choose(self, field: Field, code: str) -> None:
        self.chosen.emit(filters.with_value(self._query, field, code, self._kind, self._desk.session))


def _opposite(direction: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """For a button whose icon stands behind its words."""
    return Qt.LayoutDirection(1 - direction.value)

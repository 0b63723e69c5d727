"""Map: where the diaspora lives, shaded by what one chooses; beside it the countries with the same numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number, share
from registry.gazetteer import City
from registry.i18n import _, ngettext
from registry.mapping.figure import city_tip, classes_of, notes, nothing_known, tip, value_of
from registry.mapping.page import DISCLAIMER
from registry.mapping.world import COUNT, GROWTH, OF_PEOPLE, PART, SHADINGS, CountryCount, World
from registry.queries import WorldMap
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.mapping.legend import Legend
from ui.mapping.save_map import SaveMapDialog
from ui.mapping.shown import Shown
from ui.mapping.world_view import WorldView
from ui.widgets.empty import EmptyState
from ui.widgets.figure_view import palette
from ui.widgets.inputs import Labelled, number_box
from ui.widgets.labels import button, column, icon_button, label, row
from ui.widgets.query_line import QueryLine
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout

#: The share that is shown first.
_FIRST_PART = "willing:yes"


class MapTab(Tab):
    """The map."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.world: World | None = None
        self._query, self._arrived = "", False
        self.kind, self.by = QComboBox(), QComboBox()
        self.years = number_box(1, 50)
        self.part = QueryLine(desk, lambda: str(self.kind.currentData()))
        self.everybody = QCheckBox(_("Count everybody"))
        self.view, self.legend = WorldView(), Legend()
        columns = [
            Column[CountryCount](_("Country"), lambda c: c.label),
            Column[CountryCount](_("Count"), _counted, width=80, number=True),
            Column[CountryCount](_("Per cent"), self._share, width=120, number=True),
        ]
        self.table: Rows[CountryCount] = Rows(_("Countries"), columns)
        self.state = EmptyState()
        self._build()
        self._fill()
        self._connect()
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))

    def _build(self) -> None:
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 12, 0, 0)
        self._choosers = QWidget()
        line = WrappingLayout(self._choosers)
        self.save = button(_("Save the map…"), self.save_map, "primary", "file_save")
        self._part, self._years = Labelled(_("Share of"), self.part), Labelled(_("Years"), self.years)
        self._part.setMinimumWidth(280)
        for name, box in ((_("Whom the map shows"), self.kind), (_("Shaded by"), self.by)):
            line.addWidget(Labelled(name, box))
        line.addWidget(self._part)
        line.addWidget(self._years)
        head = row(spacing=8)
        head.addWidget(self._choosers, 1)
        head.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._map_side())
        split.addWidget(self.table)
        split.setStretchFactor(0, 1)
        split.setSizes([900, 360])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(split)
        layout.addWidget(self._stack, 1)
        foot = row(spacing=12)
        self._notes = label(role="quiet", wrap=True)
        foot.addWidget(self._notes, 1)
        foot.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)
        layout.addWidget(label(_(DISCLAIMER), "small", wrap=True))

    def _map_side(self) -> QWidget:
        """The map, and under it what its colours mean and how one comes near."""
        side = QWidget()
        layout = column(side, spacing=8)
        layout.addWidget(self.view, 1)
        line = row(spacing=4)
        line.addWidget(self.legend, 1)
        self.unknown = button("", self._open_unknown, "link")
        line.addWidget(self.unknown)
        self._buttons(line)
        layout.addLayout(line)
        return side

    def _buttons(self, line: QHBoxLayout) -> None:
        for name, words, done in (
            ("zoom_in", _("Zoom in"), lambda: self.view.zoom()),
            ("zoom_out", _("Zoom out"), lambda: self.view.zoom(1 / 1.6)),
            ("public", _("Show the whole world"), lambda: self.view.whole()),
        ):
            line.addWidget(icon_button(name, words, done))

    def _fill(self) -> None:
        for kind, words in ((fields.PEOPLE, _("People")), (fields.ASSOCIATIONS, _("Associations"))):
            self.kind.addItem(words, kind)
        self._offer()
        kept = self.by.findData(self.desk.settings.text("map.by"))
        self.by.setCurrentIndex(max(kept, 0))
        self.part.box.setPlaceholderText(_("For example willing:yes"))
        self.part.box.setAccessibleName(_("Share of"))
        self.part.box.show_query(_FIRST_PART)
        self.view.setAccessibleName(_("Map of the world"))
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        if not self.desk.may(Right.EXPORT):
            self.save.hide()

    def _offer(self) -> None:
        """What this kind of record can be shaded by."""
        before = self.by.currentData()
        self.by.clear()
        for code, words in SHADINGS.items():
            if code not in OF_PEOPLE or self.searched == PEOPLE:
                self.by.addItem(_(words), code)
        self.by.setCurrentIndex(max(self.by.findData(before), 0))

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self._turn())
        self.by.activated.connect(lambda _place: self._shade())
        self.years.valueChanged.connect(lambda _years: self._read())
        self.part.box.searched.connect(lambda _text: self._read())
        self.everybody.toggled.connect(lambda _on: self._read())
        self.table.chosen.connect(self._mark_chosen)
        self.table.activated.connect(lambda _index: self._open_chosen())
        self.view.marked.connect(self._choose_marked)
        self.view.opened.connect(self._open)
        self.view.city_opened.connect(self._open_city)

    # --- what is asked ------------------------------------------------------------------------------------------

    @property
    def searched(self) -> str:
        """Which records the search box is about."""
        return str(self.kind.currentData())

    def arrive(self) -> None:
        """Count if nothing has been counted yet."""
        self._arrived = True
        self.searched_changed.emit(self.searched)
        if self.world is None:
            self._read()

    def refresh(self, changes: Changes) -> None:
        """Records or the definition of who counts changed."""
        self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self._query = text
        self.world = None
        if self.isVisible():
            self._read()

    @property
    def asked(self) -> WorldMap:
        """What the choosers say."""
        by = str(self.by.currentData())
        part = self.part.box.text() if by == PART else ""
        return WorldMap(self._query, self.searched, by, part, self.years.value(), self.everybody.isChecked())

    def _turn(self) -> None:
        self._offer()
        self.searched_changed.emit(self.searched)
        self._read()

    def _shade(self) -> None:
        self.desk.settings.keep("map.by", str(self.by.currentData()))
        self._read()

    def _read(self) -> None:
        by = self.by.currentData()
        self._part.setVisible(by == PART)
        self._years.setVisible(by == GROWTH)
        self._choosers.updateGeometry()
        if by == PART and not self.part.box.text().strip():
            return
        self.desk.read(self.asked, self._show, self._refuse, key="map")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, world: World) -> None:
        self.world = world
        self.problem_changed.emit("")
        marked = self.view.mark
        self.table.show_things(world.countries)
        self._paint()
        self._notes.setText(" ".join(notes(world)))
        self.everybody.setVisible(bool(world.belonging))
        self.unknown.setVisible(bool(world.unknown))
        self.unknown.setText(ngettext("{count} without a country", "{count} without a country", world.unknown or 0))
        self.save.setEnabled(bool(world.countries))
        if world.countries:
            self._stack.setCurrentIndex(1)
            self._choose_marked(marked)
            if self._arrived and self.isVisible():
                self.table.setFocus()
            self._arrived = False
        else:
            self._show_none()

    def _paint(self) -> None:
        """The map and its legend in the colours of the appearance in use."""
        world = self.world
        if world is None:
            return
        classes, colours = classes_of(world), palette()
        shades = {c.code: classes.colour(c.value, colours.scale) for c in world.countries if c.value is not None}
        told = {country.code: tip(world, country) for country in world.countries}
        self.view.show_world(
            Shown(
                shades, lambda code: told.get(code, ""), world.cities, lambda found: city_tip(found.cities, found.count)
            )
        )
        rows = [
            *zip(classes.colours(colours.scale), classes.labels(), strict=True),
            (colours.none, nothing_known(world)),
        ]
        self.legend.show_classes(rows)

    def _show_none(self) -> None:
        words = _("Nobody fits this search of whom a country is known.")
        self.state.show_state("public", _("Nobody to show"), words)
        self._stack.setCurrentIndex(0)

    def _refuse(self, error: RegistryError) -> None:
        self.problem_changed.emit(str(error))
        if self.world is None:
            again = ("refresh", _("Try again"), self._read)
            self.state.show_state("error", _("The people cannot be counted"), str(error), [again])
            self._stack.setCurrentIndex(0)

    def _share(self, country: CountryCount) -> str:
        """What a country is shaded by; where that is the count, its share of all."""
        if self.world is None:
            return ""
        if country.value is not None and self.world.asked.by == COUNT:
            return share(country.value / self.world.total) if self.world.total else ""
        return value_of(self.world, country)

    # --- what is chosen -----------------------------------------------------------------------------------------

    def _mark_chosen(self) -> None:
        chosen = self.table.current
        if chosen is not None:
            self.view.set_mark(chosen.code, follow=True)

    def _choose_marked(self, code: str) -> None:
        place = next((place for place, c in enumerate(self.table.things) if c.code == code), -1)
        if place >= 0 and not self.table.selectionModel().isRowSelected(place):
            self.table.choose(place)
        self.view.set_mark(code if place >= 0 else "")

    def _open_chosen(self) -> None:
        if self.table.current is not None:
            self._open(self.table.current.code)

    def _open(self, code: str) -> None:
        if self.world is not None:
            self.desk.go(self.world.asked.kind, ("query", self.world.query_of(code)))

    def _open_city(self, city: City) -> None:
        if self.world is not None:
            self.desk.go(self.world.asked.kind, ("query", self.world.query_of_city(city)))

    def _open_unknown(self) -> None:
        self._open("")

    def save_map(self) -> None:
        """Ask how the map leaves, and where to."""
        if self.world is not None and self.world.countries:
            near = self.view.mark if self.view.clusters else ""
            SaveMapDialog(self.desk, self.world, self.desk.window, near).open()


def _counted(country: CountryCount) -> str:
    return _("withheld") if country.count is None else number(country.count)

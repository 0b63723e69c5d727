"""Associations as a whole: of which sorts, whom they reach in each country and city, and where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from registry import fields
from registry.changes import Changes
from registry.engagement.associations import SORTS, Associations, Branch, Place, Sort
from registry.errors import RegistryError
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.formats import number, share
from registry.i18n import N_, _, ngettext
from registry.queries import MapAssociations
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows

_COUNTRIES, _CITIES, _WITHOUT, _TREE = "countries", "cities", "without", "tree"
_VIEWS = {
    _COUNTRIES: N_("Reach by country"),
    _CITIES: N_("Reach by city"),
    _WITHOUT: N_("Places without an association"),
    _TREE: N_("Umbrellas"),
}


class AssociationsTab(Tab):
    """One table at a time, and under it the lists behind the chosen line."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Associations | None = None
        self.view = QComboBox()
        self.everybody = QCheckBox(_("Count everybody"))
        self.sorts: Rows[Sort] = Rows(_("Associations"), _sort_columns())
        self.places: Rows[Place] = Rows(_("Places"), _place_columns())
        self.tree: Rows[Branch] = Rows(_("Umbrellas"), _branch_columns())
        self._build()
        self._state.show_state("hourglass_empty", _("One moment…"), _("The associations are being counted."))

    def _build(self) -> None:
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        for name in SORTS:
            self.view.addItem(_("Associations · {field}", field=fields.by_name(ASSOCIATIONS)[name].title), name)
        for code, words in _VIEWS.items():
            self.view.addItem(_(words), code)
        head = row(spacing=12)
        head.addWidget(Labelled(_("What is shown"), self.view))
        said = column(spacing=4)
        self.summary, self._note = label(wrap=True), label(role="quiet", wrap=True)
        said.addStretch(1)
        said.addWidget(self.summary)
        said.addWidget(self._note)
        head.addLayout(said, 1)
        head.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(head)
        self._state, self._stack = EmptyState(), QStackedWidget()
        for part in (self._state, self.sorts, self.places, self.tree):
            self._stack.addWidget(part)
        layout.addWidget(self._stack, 1)
        foot = row(spacing=8)
        self.people = button(_("People there"), lambda: self._open_place("query"), icon="groups")
        self.organised = button(
            _("Members among them"), lambda: self._open_place("organised_query"), icon="diversity_3"
        )
        self.bodies = button(_("Associations there"), lambda: self._open_place("associations_query"), icon="apartment")
        self.open = button(_("Show in the list"), self._open, icon="apartment")
        for each in (self.people, self.organised, self.bodies, self.open):
            foot.addWidget(each)
        foot.addStretch(1)
        layout.addLayout(foot)
        for table in (self.sorts, self.tree):
            table.activated.connect(lambda _index: self._open())
        self.places.activated.connect(lambda _index: self._open_place("query"))
        self.view.activated.connect(lambda _place: self._turn())
        self.everybody.toggled.connect(lambda _on: self.arrive())

    def arrive(self) -> None:
        """Count."""
        self.desk.read(MapAssociations(self.everybody.isChecked()), self._show, self._fail, key="map associations")

    def refresh(self, changes: Changes) -> None:
        """Records changed, or who counts."""
        if any(changes.touch(kind) for kind in (PEOPLE, ASSOCIATIONS, "settings")):
            self.arrive()

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, found: Associations) -> None:
        self.found = found
        self._note.setText(who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked()))
        self._note.setVisible(bool(self._note.text()))
        self.everybody.setVisible(bool(found.belonging))
        many = number(found.reach.organised)
        bodies = ngettext("{count} association or institution.", "{count} associations and institutions.", found.total)
        reach = _("{count} people are members of an association: {share}.", count=many, share=_share(found.reach))
        self.summary.setText(f"{bodies} {reach}")
        self._turn()

    def _turn(self) -> None:
        """Show what is chosen."""
        found, code = self.found, str(self.view.currentData())
        if found is None:
            return
        things: Sequence[Any]
        table: Rows[Any] = self.places
        if code in SORTS:
            table = self.sorts
            things = found.sorts[code]
        elif code == _TREE:
            table = self.tree
            things = found.tree
        else:
            things = {_COUNTRIES: found.countries, _CITIES: found.cities, _WITHOUT: found.without}[code]
        table.show_things(things)
        self.setFocusProxy(table)
        self._stack.setCurrentWidget(table if things else self._state)
        for each in (self.people, self.organised, self.bodies):
            each.setVisible(bool(things) and table is self.places)
        self.open.setVisible(bool(things) and table is not self.places)
        if things:
            table.choose(0)
        else:
            self._show_none(code)

    def _show_none(self, code: str) -> None:
        words = {
            _TREE: _("No association stands under another yet. Its card says to which umbrella it belongs."),
            _WITHOUT: _("Wherever people live, there is an association."),
        }.get(code, _("As soon as there are associations and people, they are counted here."))
        self._state.show_state("apartment", _("Nothing to show"), words)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The associations cannot be counted"), str(error), again)

    # --- what is opened -----------------------------------------------------------------------------------------

    def _open(self) -> None:
        """The associations of a sort, or the card of one."""
        if self._stack.currentWidget() is self.tree and self.tree.current is not None:
            self.desk.go(ASSOCIATIONS, ("open", self.tree.current.id))
        elif self.sorts.current is not None:
            self.desk.go(ASSOCIATIONS, ("query", self.sorts.current.query))

    def _open_place(self, which: str) -> None:
        place = self.places.current
        if place is not None:
            kind = ASSOCIATIONS if which == "associations_query" else PEOPLE
            self.desk.go(kind, ("query", getattr(place, which)))


def _share(place: Place) -> str:
    return share(place.reach)


def _sort_columns() -> list[Column[Sort]]:
    return [
        Column(_("Group"), lambda s: s.label),
        Column(_("Associations"), lambda s: number(s.count), width=150, number=True),
        Column(_("Members, as they say"), lambda s: number(s.members), width=200, number=True),
    ]


def _place_columns() -> list[Column[Place]]:
    return [
        Column(_("Place"), lambda p: p.label),
        Column(_("People"), lambda p: number(p.people), width=120, number=True),
        Column(_("Members"), lambda p: number(p.organised), width=120, number=True),
        Column(_("Reach"), _share, width=100, number=True),
        Column(_("Associations"), lambda p: number(p.associations), width=150, number=True),
    ]


def _branch_columns() -> list[Column[Branch]]:
    return [
        Column(_("Association"), lambda b: "\u2003" * b.depth + b.name),
        Column(_("Number"), lambda b: b.number, width=180),
        Column(_("Below it"), lambda b: number(b.below) if b.below else "", width=120, number=True),
        Column(_("Members"), lambda b: number(b.members) if b.members is not None else "", width=120, number=True),
    ]

"""How good the records are: the score, what it is made of, what would raise it most, and who is behind each number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from registry import fields
from registry.access import Right
from registry.changes import Changes
from registry.errors import RegistryError
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.formats import number, tenths
from registry.i18n import N_, _, ngettext
from registry.quality.overview import Line, Overview
from registry.queries import DataQuality
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.skills_workbook import who_counts
from ui.widgets.cross_table import CrossTable
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import clear, column, label, row, surface
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout

#: By which field the measures can be seen side by side.
_BY = {PEOPLE: ("address.country", "consular_district", "state"), ASSOCIATIONS: ("address.country", "type", "level")}
_ICONS = {
    "complete": "fact_check",
    "confirmed": "event",
    "contacts": "call",
    "coded": "rule",
    "single": "content_copy",
}
_KINDS = {PEOPLE: N_("People"), ASSOCIATIONS: N_("Associations")}


class OverviewTab(Tab):
    """The score and its measures, or the measures by groups."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Overview | None = None
        self.kind, self.by = QComboBox(), QComboBox()
        self.everybody = QCheckBox(_("Count everybody"))
        self._build()
        self._offer_groups()
        self.kind.activated.connect(lambda _place: self._turn())
        self.by.activated.connect(lambda _place: self._read())
        self.everybody.toggled.connect(lambda _on: self._read())
        self._state.show_state("hourglass_empty", _("One moment…"), _("The records are being looked at."))
        self.setFocusProxy(self.lines)

    def _build(self) -> None:
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        for kind, words in _KINDS.items():
            self.kind.addItem(_(words), kind)
        chosen = row(spacing=12)
        chosen.addWidget(Labelled(_("What is looked at"), self.kind))
        chosen.addWidget(Labelled(_("Side by side"), self.by))
        self._note = label(role="quiet", wrap=True)
        chosen.addWidget(self._note, 1, Qt.AlignmentFlag.AlignBottom)
        chosen.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(chosen)
        self._parts = QWidget()
        self._cards = WrappingLayout(self._parts)
        layout.addWidget(self._parts)
        self._advice = label(wrap=True)
        layout.addWidget(self._advice)
        self.lines: Rows[Line] = Rows(_("To be put right"), _columns())
        self.lines.activated.connect(lambda _index: self.open_line())
        self.table = CrossTable()
        self.table.opened.connect(self._open_cell)
        self._state = EmptyState()
        self._stack = QStackedWidget()
        for part in (self._state, self.lines, self.table):
            self._stack.addWidget(part)
        layout.addWidget(self._stack, 1)
        layout.addWidget(label(_("Enter or a double click opens the records behind a number."), "small"))

    def _offer_groups(self) -> None:
        self.by.clear()
        self.by.addItem(_("All together"), "")
        for name in _BY[self._kind]:
            self.by.addItem(fields.by_name(self._kind)[name].title, name)

    @property
    def _kind(self) -> str:
        return str(self.kind.currentData())

    # --- what is asked ------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Look at the records."""
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Records changed, or what was found of them."""
        if any(changes.touch(what) for what in (self._kind, "duplicates", "settings")):
            self._read()

    def _turn(self) -> None:
        self._offer_groups()
        self._read()

    def _read(self) -> None:
        query = DataQuality(self._kind, str(self.by.currentData()), self.everybody.isChecked())
        self.desk.read(query, self._show, self._fail, key="data quality")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, found: Overview) -> None:
        self.found = found
        self._note.setText(who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked()))
        self.everybody.setVisible(bool(found.belonging))
        self._show_score(found)
        waiting = [line for line in found.lines if line.count]
        if not found.total:
            words = _("As soon as there are records, it is seen here what they lack.")
            self._state.show_state("fact_check", _("No records yet"), words)
            self._stack.setCurrentWidget(self._state)
        elif found.table is not None:
            self.table.show_table(found.table)
            self._stack.setCurrentWidget(self.table)
        else:
            chosen = self.lines.currentIndex().row()
            self.lines.show_things(waiting)
            self.lines.choose(max(chosen, 0))
            self._stack.setCurrentWidget(self.lines)

    def _show_score(self, found: Overview) -> None:
        clear(self._cards)
        words = ngettext("{count} record", "{count} records", found.total)
        self._cards.addWidget(_card(_("Score of the register"), tenths(round(found.score * 10)), words))
        for part in found.parts:
            of = _("of {points} points", points=part.of)
            self._cards.addWidget(_card(part.title, tenths(round(part.points * 10)), of))
        self._parts.setVisible(bool(found.total))
        self._parts.updateGeometry()
        best = [line for line in found.lines if line.gain >= 0.05][:3]
        said = ", ".join(
            _("{what} (+{points})", what=line.title, points=tenths(round(line.gain * 10))) for line in best
        )
        self._advice.setText(_("What would raise the score most: {list}.", list=said) if said else "")
        self._advice.setVisible(bool(said))

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self._read)]
        self._state.show_state("error", _("The records cannot be looked at"), str(error), again)

    # --- what is opened -----------------------------------------------------------------------------------------

    def open_line(self) -> None:
        """The records behind the chosen line: in their list, or as the queue of duplicates."""
        line = self.lines.current
        if line is None:
            return
        if line.query:
            self.desk.go(self._kind, ("query", line.query))
        elif self.desk.may(Right.EDIT):
            self.desk.go("quality", ("duplicates" if self._kind == PEOPLE else "association_duplicates", 0))

    def _open_cell(self, down: int, across: int) -> None:
        if self.found is not None and self.found.table is not None:
            query = self.found.table.query_of(None if down < 0 else down, None if across < 0 else across)
            self.desk.go(self._kind, ("query", query))


def _card(title: str, points: str, of: str) -> QWidget:
    """One number of the score, with what it is."""
    card = surface()
    card.setAccessibleName(f"{title}: {points} {of}")
    inside = column(card, margin=12, spacing=0)
    inside.addWidget(label(title, "small"))
    line = row(spacing=8)
    line.addWidget(label(points, "title"))
    line.addWidget(label(of, "quiet"), 0, Qt.AlignmentFlag.AlignBottom)
    inside.addLayout(line)
    return card


def _columns() -> list[Column[Line]]:
    return [
        Column(_("To be put right"), lambda line: line.title, lambda line: _ICONS[line.measure.part]),
        Column(_("Records"), lambda line: number(line.count), width=120, number=True),
        Column(_("Points each loses"), lambda line: str(line.measure.points), width=150, number=True),
        Column(_("Would raise the score by"), lambda line: tenths(round(line.gain * 10)), width=200, number=True),
    ]

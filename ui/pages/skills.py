"""Skills: who can do what and where, counted in a table whose cells open the people, and the manager's workbook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QWidget

from registry import vocabularies
from registry.access import Right
from registry.changes import Changes
from registry.errors import RegistryError
from registry.i18n import _, ngettext
from registry.packed import dimensions
from registry.queries import SkillsInventory
from registry.skills.inventory import Inventory
from registry.skills.presets import presets
from ui.desk import Desk
from ui.dialogs.skills_workbook import Chosen, SkillsWorkbookDialog, left_out, who_counts
from ui.page import Page
from ui.widgets.cross_table import CrossTable
from ui.widgets.empty import EmptyState
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.wrapping import WrappingLayout

#: What stands for a query that the officer typed, in the list of presets.
_OWN = "own"
_FIRST = {"rows": "occupation.1", "columns": "country"}


class SkillsPage(Page):
    """The inventory."""

    kinds = frozenset({"people", "settings"})
    searches = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Inventory | None = None
        self._arrived = False
        self.preset, self.rows, self.columns, self.least = (QComboBox() for _number in range(4))
        self.everybody = QCheckBox(_("Count everybody"))
        self.table = CrossTable()
        self.state = EmptyState()
        self._build()
        self._fill()
        self.table.opened.connect(self._open_cell)
        self.setFocusProxy(self.table)
        self.state.show_state("hourglass_empty", _("One moment…"), _("The people are being counted."))

    def _build(self) -> None:
        layout = column(self, margin=16, spacing=12)
        head = row(spacing=8)
        self._count = label(role="quiet")
        head.addWidget(label(_("Skills"), "title"))
        head.addSpacing(4)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        self.workbook = button(_("Workbook…"), self.write_workbook, "primary", "table_view")
        if not self.desk.may(Right.EXPORT):
            self.workbook.hide()
        head.addWidget(self.workbook)
        layout.addLayout(head)
        self._choosers = QWidget()
        line = WrappingLayout(self._choosers)
        self._least = Labelled(_("Language level at least"), self.least)
        for name, box in ((_("Selection"), self.preset), (_("Rows"), self.rows), (_("Columns"), self.columns)):
            line.addWidget(Labelled(name, box))
        line.addWidget(self._least)
        layout.addWidget(self._choosers)
        self._notes = QWidget()
        notes = row(self._notes, spacing=12)
        self._note = label(role="quiet", wrap=True)
        self._uncoded = button("", self._open_uncoded, "link")
        notes.addWidget(self._note, 1)
        notes.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignTop)
        notes.addWidget(self._uncoded, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._notes)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self._show_choosers(shown=False)

    def _fill(self) -> None:
        self.preset.addItem(_("Everybody"), "")
        for preset in presets():
            self.preset.addItem(preset.label, preset.code)
        self.least.addItem(_("Any"), "")
        for code, words in vocabularies.get("cefr").choices():
            self.least.addItem(words, code)
        for name, box in (("rows", self.rows), ("columns", self.columns)):
            for dimension in dimensions.offered(self.desk.session):
                box.addItem(_(dimension.label), dimension.code)
            kept = box.findData(self.desk.settings.text(f"skills.{name}"))
            box.setCurrentIndex(kept if kept >= 0 else box.findData(_FIRST[name]))
            box.activated.connect(lambda _place: self._turn())
        self.everybody.setToolTip(_("For once, also those who do not count by the ministry's definition"))
        self.everybody.toggled.connect(lambda _on: self._read())
        self.preset.activated.connect(lambda _place: self._take_preset())
        self.least.activated.connect(lambda _place: self._read())

    # --- what is asked ------------------------------------------------------------------------------------------

    def arrive(self, intent: object = "") -> None:
        """Count if nothing has been counted yet."""
        self._arrived = True
        if self.found is None:
            self._read()
        else:
            self._take_keyboard()

    def refresh(self, changes: Changes) -> None:
        """People changed."""
        self._read()

    def search(self, text: str) -> None:
        """The officer typed into the search box."""
        self.query = text
        self._show_preset()
        self._read()

    def _take_preset(self) -> None:
        """A selection that ships, written out in the search box."""
        code = self.preset.currentData()
        if code != _OWN:
            self.search(next((p.query for p in presets() if p.code == code), ""))
            self.query_changed.emit(self.query)

    def _show_preset(self) -> None:
        """The name of the query in force, or that it is the officer's own."""
        text = self.query.strip()
        code = next((p.code for p in presets() if p.query == text), _OWN if text else "")
        own = self.preset.findData(_OWN)
        if code == _OWN and own < 0:
            self.preset.addItem(_("Own search"), _OWN)
        elif code != _OWN and own >= 0:
            self.preset.removeItem(own)
        self.preset.setCurrentIndex(self.preset.findData(code))

    def _turn(self) -> None:
        """Other rows or columns, remembered for the next time."""
        for name, box in (("rows", self.rows), ("columns", self.columns)):
            self.desk.settings.keep(f"skills.{name}", str(box.currentData()))
        self._read()

    def _read(self) -> None:
        rows, columns = str(self.rows.currentData()), str(self.columns.currentData())
        leveled = "language" in (rows, columns)
        self._least.setVisible(leveled)
        least = str(self.least.currentData()) if leveled else ""
        query = SkillsInventory(self.query, rows, columns, least, self.everybody.isChecked())
        self.desk.read(query, self._show, self._refuse, key="skills")

    # --- what is shown ------------------------------------------------------------------------------------------

    def _show(self, found: Inventory) -> None:
        self.found = found
        self.problem_changed.emit("")
        self._show_choosers(shown=found.described)
        self._count.setText(ngettext("{count} person", "{count} people", found.total) if found.described else "")
        self.workbook.setEnabled(found.total > 0)
        self._note.setText(" ".join(self._said(found)))
        self.everybody.setVisible(bool(found.belonging))
        self._uncoded.setVisible(bool(found.uncoded))
        said = ngettext("{count} person not coded yet", "{count} people not coded yet", found.uncoded)
        self._uncoded.setText(said)
        self._uncoded.setToolTip(_("An occupation or a skill is still text: no code of the list was found for it."))
        if found.total and found.described:
            self.table.show_table(found)
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_none(found)
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """Once after arriving, and only if the officer has not gone elsewhere meanwhile."""
        if self._arrived and self.isVisible():
            if self._stack.currentWidget() is self.table:
                self.table.setFocus()
            else:
                self.state.focus_main()
        self._arrived = False

    def _said(self, found: Inventory) -> list[str]:
        said = [who_counts(found.belonging, found.outside, everybody=self.everybody.isChecked())]
        said += [left_out(found.left_out)] if found.left_out else []
        if found.several:
            said.append(_("Who has several values is counted in several rows or columns, and once in “Everybody”."))
        return [sentence for sentence in said if sentence]

    def _show_none(self, found: Inventory) -> None:
        """Nobody to count: because nothing is known of anybody, or because nobody fits."""
        if found.described:
            clear = ("close", _("Show all"), self._clear)
            self.state.show_state("search", _("Nothing found"), _("Nobody fits this search who takes part."), [clear])
        else:
            text = _("Nobody has an occupation or a skill yet. Take in a list with them, or write them on the cards.")
            people = ("groups", _("To the people"), lambda: self.desk.go("people"))
            self.state.show_state("work", _("No skills yet"), text, [people])
        waiting = self.window().focusWidget() in (None, self.table)
        self._stack.setCurrentWidget(self.state)
        if waiting:
            self.state.focus_main()

    def _show_choosers(self, *, shown: bool) -> None:
        for part in (self._choosers, self._notes):
            part.setVisible(shown)
        if self.desk.may(Right.EXPORT):
            self.workbook.setVisible(shown)

    def _clear(self) -> None:
        self.search("")
        self.query_changed.emit("")

    def _refuse(self, error: RegistryError) -> None:
        self.problem_changed.emit(str(error))
        self.workbook.setEnabled(False)
        if self.found is None:
            again = ("refresh", _("Try again"), self._read)
            self.state.show_state("error", _("The people cannot be counted"), str(error), [again])
            self._stack.setCurrentWidget(self.state)

    # --- what is opened -----------------------------------------------------------------------------------------

    def _open_cell(self, down: int, across: int) -> None:
        """The people of a cell; -1 stands for everybody in that direction."""
        if self.found is not None:
            query = self.found.query_of(None if down < 0 else down, None if across < 0 else across)
            self.desk.go("people", ("query", query))

    def _open_uncoded(self) -> None:
        if self.found is not None:
            self.desk.go("people", ("query", self.found.query_of_uncoded()))

    def write_workbook(self) -> None:
        """Ask for the reason and the file."""
        found, code = self.found, str(self.preset.currentData())
        if found is None or not found.total:
            return
        own = code == _OWN
        title, query = self.preset.currentText(), self.query.strip() if own else ""
        everybody = self.everybody.isChecked()
        who = who_counts(found.belonging, found.outside, everybody=everybody)
        chosen = Chosen(title, query, "" if own else code, found.total, found.left_out, who, everybody)
        SkillsWorkbookDialog(self.desk, chosen, self.desk.window).open()

"""Lists of terms: what this registry adds to occupations, skills, sectors and fields of study."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QStackedWidget

from registry.changes import Changes, Outcome
from registry.commands import ImportTerms, RemoveTerms
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.queries import ListTerms
from registry.vocabularies.terms import TermsImported, TermView, extensible
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows

#: How the lists that can be added to are called.
LIST_NAMES = {
    "isco": N_("Occupations"),
    "skill": N_("Skills"),
    "isic": N_("Sectors of employment"),
    "isced_field": N_("Fields of study"),
    "dac_sector": N_("Fields of action"),
    "officer_role": N_("Offices in an association"),
}


class ListsTab(Tab):
    """The terms of the registry's own, and where more come from."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        explanation = _(
            "A fuller or a national list, such as ESCO’s published tables, is laid over the one that ships: a CSV file "
            "or a workbook with the columns code, label, aliases and parent."
        )
        layout.addWidget(label(explanation, "quiet", wrap=True))
        head = row(spacing=8)
        self.list = QComboBox()
        self.list.setAccessibleName(_("List"))
        for name in extensible():
            self.list.addItem(_(LIST_NAMES[name]), name)
        head.addWidget(self.list)
        head.addWidget(button(_("Import a list…"), self.choose, "primary", "upload_file"))
        self._remove = button(_("Remove"), self.remove, icon="delete")
        head.addWidget(self._remove)
        head.addStretch(1)
        layout.addLayout(head)
        self._stack = QStackedWidget()
        self._state = EmptyState()
        self.table: Rows[TermView] = Rows(_("Terms of your own"), _columns())
        self.table.chosen.connect(self._allow)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self._state.show_state("hourglass_empty", _("Terms of your own"), _("Loading…"))
        self.setFocusProxy(self.list)
        self._allow()

    def arrive(self) -> None:
        """Read the terms."""
        self.desk.read(ListTerms(), self._show, self._fail, key="terms")

    def refresh(self, changes: Changes) -> None:
        """Terms changed."""
        if changes.touch("vocabularies"):
            self.arrive()

    def _show(self, terms: tuple[TermView, ...]) -> None:
        self.table.show_things(terms)
        self._stack.setCurrentWidget(self.table if terms else self._state)
        if not terms:
            self._state.show_state(
                "rule",
                _("No terms of your own yet"),
                _("The lists that ship are in use. Import a national list, or add a term where a text is coded."),
            )
        self._allow()

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The terms cannot be shown"), str(error), again)

    def _allow(self) -> None:
        self._remove.setEnabled(self.table.current is not None)

    def choose(self) -> None:
        """Ask for the file."""
        patterns = [_("Lists ({endings})", endings="*.csv *.xlsx *.xls *.ods")]
        ask_file(self, self.desk.settings, "terms", _("Import a list of terms"), patterns, self.take)

    def take(self, path: Path) -> None:
        """Lay the list in a file over the one that is chosen."""
        command = ImportTerms(str(self.list.currentData()), path)
        self.desk.execute(command, self._taken, title=_("Importing the list"))

    def _taken(self, outcome: Outcome[TermsImported]) -> None:
        added, changed = outcome.value.added, outcome.value.changed
        if not added and not changed:
            self.desk.say(_("The list says nothing new."), "notice")
            return
        new = ngettext("{count} new term.", "{count} new terms.", added) if added else ""
        other = ngettext("{count} term changed.", "{count} terms changed.", changed) if changed else ""
        self.desk.say(f"{new} {other}".strip(), "success", (_("Undo"), self.desk.undo))
        self.arrive()

    def remove(self) -> None:
        """Take the chosen term out."""
        term = self.table.current
        if term is not None:
            self.desk.execute(RemoveTerms(term.vocabulary, (term.code,)), self._removed)

    def _removed(self, _outcome: Outcome[int]) -> None:
        self.desk.say(_("The term is removed."), "notice", (_("Undo"), self.desk.undo))
        self.arrive()


def _columns() -> list[Column[TermView]]:
    return [
        Column(_("List"), lambda t: _(LIST_NAMES[t.vocabulary])),
        Column(_("Code"), lambda t: t.code, width=140),
        Column(_("Name"), lambda t: t.label),
        Column(_("Stands under"), lambda t: t.parent),
        Column(_("From the file"), lambda t: t.source),
    ]
